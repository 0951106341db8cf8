"""A claim that is one figure taken apart, so that something else may state the figure in its place."""

import re
from dataclasses import dataclass

from records.facts.numbers import Number, numbers_in
from records.facts.quantities import quantities_in
from records.facts.units import Quantity, Unit, unit_at

_UNITS = {
    "hours": Unit.HOURS,
    "minutes": Unit.MINUTES,
    "supervisory_minutes": Unit.MINUTES,
    "factor": Unit.FACTOR,
    "supervisory_factor": Unit.FACTOR,
    "weeks": Unit.WEEKS,
    "tokens": Unit.TOKENS,
    "tasks": Unit.TASKS,
}
_WITH_SIGN = (Unit.FACTOR, Unit.PERCENT)  # what states these writes × and % itself
_COUNTED = re.compile(r"\b(?:hour|minute|week|token|task)(s?)$")


@dataclass(frozen=True)
class Restating:
    """The part of a claim, from ``start`` to ``end``, in whose place the figure and then ``after`` go.

    ``in_words`` tells of a number in words, ``capital`` of one that begins with a capital.
    """

    start: int
    end: int
    after: str
    in_words: bool
    capital: bool


def restating(claim: str, name: str, text: str) -> Restating | None:
    """How the live figure of a name, written as ``text``, takes the place of the only figure of a claim.

    What loosens the number ("about") goes with it, since the figure is exact; its unit stays, unless the
    figure counts in another. ``None`` for a claim of several figures, or of none.
    """
    found = quantities_in(claim)
    number = next((each for each in numbers_in(claim) if found and each.start == found[0].number_start), None)
    unit = Unit.PERCENT if name.startswith("share.") else _UNITS.get(name.rpartition(".")[2])
    if len(found) != 1 or found[0].high is not None or number is None or unit is None:
        return None
    return _restated(claim, found[0], number, unit, text)


def _restated(claim: str, quantity: Quantity, number: Number, unit: Unit, text: str) -> Restating:
    counted, unit_end, _ = unit_at(claim, number.end)
    written = claim[number.end : unit_end]
    end, after = number.end, ""
    if unit in _WITH_SIGN:
        end = unit_end if counted is unit else number.end
    elif counted is not unit and counted is not Unit.OTHER:
        end, after = unit_end, f" {unit.value}"
    elif quantity.end > unit_end or _number_of(written, text) != written:
        end, after = unit_end, _number_of(written, text)
    if quantity.end > unit_end:
        end = quantity.end  # "1,300 hours or more"
    starts_with_capital = claim[quantity.start].isupper()
    return Restating(quantity.start, end, after, number.in_words, starts_with_capital)


def _number_of(unit: str, text: str) -> str:
    """The unit in the singular for 1, in the plural for anything else; "-hour" stays as it is."""
    found = _COUNTED.search(unit)
    if found is None or unit.startswith("-"):
        return unit
    return unit[: found.start(1)] + ("" if text == "1" else "s")
