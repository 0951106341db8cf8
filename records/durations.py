"""Durations as people type them: ``160h``, ``1.5h``, ``90m``, ``1h 30m``, ``1:30``, ``2d``, ``1w``.

Pure. What is accepted, whatever the field:

- a number with a unit: weeks (``w``), days (``d``), hours (``h``), minutes (``m``), seconds (``s``), or
  the usual longer spellings (``hrs``, ``minutes``), with or without a space before it;
- several of them, each unit once and the larger first: ``1w 2d``, ``1h30m``; after hours the last unit may
  be left off two digits of minutes: ``1h30``;
- ``1:30``, hours and minutes in every field;
- a number alone, in the unit of the field.

A number has a point or a comma before its decimals, at least one digit after it. A comma stands between
thousands exactly when groups of three digits follow one to three digits that do not start with 0: ``1,222``
and ``1,222.75`` are thousands, ``1,5``, ``0,750`` and ``1222,5`` are decimals. Full-width characters and
every kind of space count as the plain ones.
"""

import re
from decimal import Decimal
from fractions import Fraction

from records.formats import plain, quantity
from records.leverage import HOURS_PLACES, MINUTES_PLACES

HOURS_PER_DAY = Decimal(8)
HOURS_PER_WEEK = Decimal(40)
LONGEST_HOURS = Decimal("99999.9999")
LONGEST_MINUTES = Decimal("9999999.99")
EXAMPLES = "Try 5m, 1h 30m or 0.5h."

# Spelled out, because a browser's idea of a space is not Python's.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)

_LONGEST_TEXT = 60
_QUOTED = 24
_SECONDS_PER_MINUTE = 60
_SECONDS_PER_HOUR = 3600
_SPACES = re.compile(f"[{SPACES}]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?|[.,][0-9]+"
_BARE = re.compile(_NUMBER)
_PART = re.compile(rf"({_NUMBER}) ?([a-z]+) ?")
_SIMPLE = re.compile(r"[0-9]*(?:[.,][0-9]+)?")
_CLOCK = re.compile(r"([0-9]+):([0-5][0-9])")
_MINUTES_AFTER_HOURS = re.compile(r"(?<=h)([0-5][0-9])$")
_UNITS = {
    spelling: rank
    for rank, spellings in enumerate(
        (
            "w wk wks week weeks",
            "d day days",
            "h hr hrs hour hours",
            "m min mins minute minutes",
            "s sec secs second seconds",
        )
    )
    for spelling in spellings.split()
}


class NotADuration(ValueError):
    """A text that is no duration, or one that does not fit; ``str()`` says so in words for the page."""


def parse_hours(
    text: str, hours_per_day: Decimal = HOURS_PER_DAY, hours_per_week: Decimal = HOURS_PER_WEEK
) -> Decimal:
    """Hours with four decimals; a number alone is hours. Raises ``NotADuration``."""
    seconds = _seconds(text, _SECONDS_PER_HOUR, hours_per_day, hours_per_week)
    return _fitting(text, seconds / _SECONDS_PER_HOUR, HOURS_PLACES, LONGEST_HOURS, "hours")


def parse_minutes(
    text: str, hours_per_day: Decimal = HOURS_PER_DAY, hours_per_week: Decimal = HOURS_PER_WEEK
) -> Decimal:
    """Minutes with two decimals; a number alone is minutes. Raises ``NotADuration``."""
    seconds = _seconds(text, _SECONDS_PER_MINUTE, hours_per_day, hours_per_week)
    return _fitting(text, seconds / _SECONDS_PER_MINUTE, MINUTES_PLACES, LONGEST_MINUTES, "minutes")


def write_hours(hours: Decimal | None) -> str:
    """Hours as a form shows them (``160h``), so that ``parse_hours`` reads them; blank when unknown."""
    return "" if hours is None else f"{plain(hours, HOURS_PLACES)}h"


def write_minutes(minutes: Decimal | None) -> str:
    """Minutes as a form shows them (``20m``), so that ``parse_minutes`` reads them; blank when unknown."""
    return "" if minutes is None else f"{plain(minutes, MINUTES_PLACES)}m"


def _seconds(text: str, bare_unit: int, hours_per_day: Decimal, hours_per_week: Decimal) -> Fraction:
    if len(text) > _LONGEST_TEXT:
        raise _refusal(text)
    typed = _SPACES.sub(" ", text.translate(_FULL_WIDTH)).strip().lower()
    negative = typed[:1] in {"-", "−", "–"}
    sizes = (
        Fraction(hours_per_week) * _SECONDS_PER_HOUR,
        Fraction(hours_per_day) * _SECONDS_PER_HOUR,
        Fraction(_SECONDS_PER_HOUR),
        Fraction(_SECONDS_PER_MINUTE),
        Fraction(1),
    )
    seconds = _plain_seconds(typed[1:].lstrip() if negative else typed, bare_unit, sizes)
    if seconds is None:
        raise _refusal(text)
    if negative:
        raise NotADuration(f"“{_quoted(text)}” is negative. {EXAMPLES}")
    return seconds


def _plain_seconds(typed: str, bare_unit: int, sizes: tuple[Fraction, ...]) -> Fraction | None:
    if clock := _CLOCK.fullmatch(typed):
        return Fraction(int(clock[1]) * _SECONDS_PER_HOUR + int(clock[2]) * _SECONDS_PER_MINUTE)
    if _BARE.fullmatch(typed):
        number = _number(typed)
        return None if number is None else number * bare_unit
    return _sum_of_parts(_MINUTES_AFTER_HOURS.sub(r"\1m", typed), sizes)


def _sum_of_parts(typed: str, sizes: tuple[Fraction, ...]) -> Fraction | None:
    total, rank_before, position = Fraction(0), -1, 0
    while position < len(typed):
        part = _PART.match(typed, position)
        rank = _UNITS.get(part[2], -1) if part else -1
        number = _number(part[1]) if part else None
        if part is None or number is None or rank <= rank_before:
            return None
        total, rank_before, position = total + number * sizes[rank], rank, part.end()
    return total if rank_before >= 0 else None


def _number(typed: str) -> Fraction | None:
    if _GROUPED.fullmatch(typed):
        return Fraction(typed.replace(",", ""))
    if _SIMPLE.fullmatch(typed):
        return Fraction(typed.replace(",", "."))
    return None


def _fitting(text: str, amount: Fraction, places: int, longest: Decimal, unit: str) -> Decimal:
    scale = 10**places
    units = (2 * amount.numerator * scale + amount.denominator) // (2 * amount.denominator)
    if units > longest * scale:
        raise NotADuration(f"“{_quoted(text)}” is too long: at most {quantity(longest)} {unit} fit.")
    return Decimal(units).scaleb(-places)


def _refusal(text: str) -> NotADuration:
    return NotADuration(f"“{_quoted(text)}” is not a duration. {EXAMPLES}")


def _quoted(text: str) -> str:
    shown = _SPACES.sub(" ", text[: _QUOTED * 2]).strip()
    return shown if len(shown) <= _QUOTED and len(text) <= _QUOTED * 2 else f"{shown[:_QUOTED]}…"
