"""Printed totals taken apart: ``284 hours (~7.1 work weeks)`` is 284 hours and, in brackets, 7.1 weeks.

Pure. A figure without a unit has the one its label names.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from records.importers.figures import (
    NUMBER,
    NotAFigure,
    Printed,
    hours_in,
    is_marked,
    number_in,
    tokens_in,
    trailing_zeros,
    without_sign,
)
from records.importers.known import Known


class Unit(Enum):
    """What a printed total counts, by the word for it in a message."""

    WEEKS = "weeks"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    FACTOR = "x"
    TASKS = "tasks"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of a printed total; ``figure`` is all that it can stand for."""

    figure: Printed
    unit: Unit


_UNIT_WORDS = {
    Unit.WEEKS: r"w|wks?|weeks?",
    Unit.DAYS: r"d|days?",
    Unit.HOURS: r"h|hrs?|hours?",
    Unit.MINUTES: r"m|mins?|minutes?",
    Unit.FACTOR: r"x|×",
    Unit.TASKS: r"tasks?",
}
_BY_KEY = {
    "tasks": Unit.TASKS,
    "human_hours": Unit.HOURS,
    "human_weeks": Unit.WEEKS,
    "agent_minutes": Unit.MINUTES,
    "supervisory_minutes": Unit.MINUTES,
    "tokens": Unit.TOKENS,
    "factor": Unit.FACTOR,
    "supervisory_factor": Unit.FACTOR,
}
_TIMES = (Unit.WEEKS, Unit.DAYS, Unit.HOURS, Unit.MINUTES)
_KIND = r"(?:(?:human|work|working|person|engineer|claude|agent|supervisory)[ -])?(?:equivalent )?"
_WITH_UNIT = re.compile(
    rf"({NUMBER})\s?(?:{_KIND}(?:"
    + "|".join(f"(?P<{unit.name}>{words})" for unit, words in _UNIT_WORDS.items())
    + r")\.?)?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^(?P<main>[^()]*?)\s*\((?P<bracket>[^()]*)\)$")


def amounts_in(value: str, key: str, label: str, known: Known) -> list[Amount]:
    """The main figure of a printed total, and the one in brackets if there is one. Raises ``NotAFigure``."""
    unit = _unit_of(key, label)
    match = _BRACKET.match(value.strip())
    if match is None:
        return [_amount(value, unit, known)]
    found = [_amount(match["main"], unit, known)]
    if any(map(str.isdigit, match["bracket"])):
        found.append(_amount(match["bracket"], unit, known))
    return found


def _unit_of(key: str, label: str) -> Unit:
    """The unit of a figure that has none: a label such as "Total Claude hours" names it, or else the key."""
    by_key = _BY_KEY[key]
    if by_key in _TIMES:
        words = label.casefold().replace("-", " ")
        return next((unit for unit in _TIMES if re.search(rf"\b{unit.value}\b", words)), by_key)
    return by_key


def _amount(text: str, unit: Unit, known: Known) -> Amount:
    if unit is Unit.TOKENS:
        return Amount(tokens_in(text), unit)
    match = _WITH_UNIT.fullmatch(without_sign(text))
    if match is None:
        return _in_parts(text, unit, known)
    figure = number_in(match[1])
    if is_marked(text):
        figure = _about(figure)
    found = Unit[match.lastgroup] if match.lastgroup else unit
    return Amount(replace(figure, half=Decimal(0)) if found is Unit.TASKS else figure, found)


def _about(figure: Printed) -> Printed:
    """A whole figure after ``~`` was rounded to its last digit that is not 0."""
    if figure.value == figure.value.to_integral_value():
        return replace(figure, half=Decimal(5).scaleb(trailing_zeros(int(figure.value)) - 1))
    return figure


def _in_parts(text: str, unit: Unit, known: Known) -> Amount:
    """A time such as ``3h 37m``, whose last unit was rounded."""
    if unit not in _TIMES:
        raise NotAFigure(f"“{text[:40]}” is not a total that can be read. Try 37 or 119.5x.")
    return Amount(Printed(hours_in(text, known), Decimal("0.0084")), Unit.HOURS)
