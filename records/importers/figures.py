"""Figures as records print them: ``65.0h``, ``40 min``, ``1,297.7x``, ``1.1w``, ``850k``, ``~595,000``.

Pure. A printed figure stands for every value that rounds to it, whichever way ties go: ``22.5x`` for all
from 22.45 to 22.55.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from records.durations import NotADuration, parse_hours, parse_minutes
from records.importers.known import Known

# A figure begins with a digit and has no leading zero before another digit; commas stand between thousands.
WHOLE = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)"
NUMBER = rf"{WHOLE}(?:\.[0-9]+)?"
NOTHING = r"(?:--?|[–—?]|[nN]/[aA]|∞)"

_SIGN = re.compile(r"^(?:[~≈]|about |ca\.? |approx\.? )\s*", re.IGNORECASE)
_FACTOR = re.compile(rf"({NUMBER})\s?[x×]?", re.IGNORECASE)
_TOKENS = re.compile(rf"({NUMBER})\s?(k|m|million|thousand)?(?: tokens?)?", re.IGNORECASE)
_WEEKS = re.compile(rf"({NUMBER})\s?(?:w|wks?|weeks?)?\.?", re.IGNORECASE)
_EMPTY = re.compile(rf"(?:{NOTHING}|none|unknown)?", re.IGNORECASE)
_DECIMALS = re.compile(r"[0-9]\.([0-9]+)")
_MINUTES_OR_SECONDS = re.compile(r"[0-9]\s?[ms]|:", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]\s?s", re.IGNORECASE)
_SIZES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "": 1}
_MOST_DIGITS = 18


class NotAFigure(ValueError):
    """A cell that is not the figure its column holds; ``str()`` says what would be right."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure, half of the unit of its last digit, and whether a ``~`` stood before it."""

    value: Decimal
    half: Decimal
    approximate: bool = False

    @property
    def low(self) -> Decimal:
        """The least value that rounds to it."""
        return self.value - self.half

    @property
    def high(self) -> Decimal:
        """The greatest value that rounds to it."""
        return self.value + self.half

    def holds(self, low: Decimal | None, high: Decimal | None = None) -> bool:
        """Whether a value, or one between two, rounds to what was printed; nothing does not."""
        if low is None:
            return False
        return low <= self.high and (low if high is None else high) >= self.low


def is_empty(cell: str) -> bool:
    """Whether a cell says that its figure is not known: blank, a dash, n/a."""
    return not cell[:1].isdecimal() and bool(_EMPTY.fullmatch(cell.strip()))


def hours_in(cell: str, known: Known) -> Decimal:
    """Human hours with four decimals; a number alone is hours. Raises ``NotAFigure``."""
    return _duration(parse_hours, cell, known.hours_per_day, known.hours_per_week)


def minutes_in(cell: str, known: Known) -> Decimal:
    """Minutes with two decimals; a number alone is minutes. Raises ``NotAFigure``."""
    return _duration(parse_minutes, cell, known.hours_per_day, known.hours_per_week)


def hours_printed(cell: str, known: Known) -> Printed:
    """Human hours, and half of what they were rounded by on entry or by ``~``. Raises ``NotAFigure``."""
    hours = hours_in(cell, known)
    was_rounded = _MINUTES_OR_SECONDS.search(cell)
    return Printed(hours, Decimal("0.00005") if was_rounded else _about(cell), is_marked(cell))


def minutes_printed(cell: str, known: Known) -> Printed:
    """Minutes, and half of what they were rounded by on entry or by ``~``. Raises ``NotAFigure``."""
    minutes = minutes_in(cell, known)
    return Printed(minutes, Decimal("0.005") if _SECONDS.search(cell) else _about(cell), is_marked(cell))


@lru_cache(4096)
def factor_in(cell: str) -> Printed:
    """A printed factor. Raises ``NotAFigure``."""
    return _printed(_FACTOR, cell, "a factor. Try 480.0x or 1,297.7x.")


@lru_cache(4096)
def weeks_in(cell: str) -> Printed:
    """Printed weeks. Raises ``NotAFigure``."""
    return _printed(_WEEKS, cell, "a number of weeks. Try 1.1w or 0.075w.")


@lru_cache(4096)
def tokens_in(cell: str) -> Printed:
    """A number of tokens, whole: ``850k`` and ``~595,000`` are approximate. Raises ``NotAFigure``."""
    plain = without_sign(cell)
    match = _TOKENS.fullmatch(plain)
    if match is None or len(match[1]) > _MOST_DIGITS:
        raise NotAFigure(f"“{cell[:40]}” is not a number of tokens. Try 595,000, 850k or 1.2M.")
    size = _SIZES[(match[2] or "").lower()]
    number = Decimal(match[1].replace(",", ""))
    marked = plain != cell.strip()
    half = _half(match[1]) * size
    if marked and size == 1:
        half = Decimal(5).scaleb(trailing_zeros(int(number)) - 1)
    return Printed(
        Decimal(int(number * size)), half if size > 1 or marked else Decimal(0), marked or size > 1
    )


def decimals_of(cell: str) -> int:
    """How many decimals the first number of a cell is printed with."""
    match = _DECIMALS.search(cell)
    return len(match[1]) if match else 0


def without_sign(cell: str) -> str:
    """The cell without the ``~`` or "about" before its figure."""
    return _SIGN.sub("", cell.strip())


def is_marked(cell: str) -> bool:
    """Whether the cell says that its figure is approximate."""
    return bool(_SIGN.match(cell.strip()))


def number_in(text: str) -> Printed:
    """A number without a unit, as printed. Raises ``NotAFigure``."""
    return _printed(re.compile(f"({NUMBER})"), text, "a number. Try 1,222.75.")


def scaled(figure: Printed, by: Decimal) -> Printed:
    """The figure in another unit: 3.6 hours are 216 minutes, give or take 3."""
    return Printed(figure.value * by, figure.half * by, figure.approximate)


@lru_cache(4096)
def _duration(
    parse: Callable[[str, Decimal, Decimal], Decimal], cell: str, per_day: Decimal, per_week: Decimal
) -> Decimal:
    try:
        return parse(without_sign(cell), per_day, per_week)
    except NotADuration as refusal:
        raise NotAFigure(str(refusal)) from None


def _printed(pattern: re.Pattern[str], cell: str, right: str) -> Printed:
    plain = without_sign(cell)
    match = pattern.fullmatch(plain)
    if match is None or len(match[1]) > _MOST_DIGITS:
        raise NotAFigure(f"“{cell[:40]}” is not {right}")
    number = Decimal(match[1].replace(",", ""))
    return Printed(number, _half(match[1]), plain != cell.strip())


def _about(cell: str) -> Decimal:
    """Half of the last digit's unit for a figure after ``~``, nothing for any other."""
    return Decimal(5).scaleb(-decimals_of(cell) - 1) if is_marked(cell) else Decimal(0)


def _half(number: str) -> Decimal:
    return Decimal(5).scaleb(-len(number.partition(".")[2]) - 1)


def trailing_zeros(number: int) -> int:
    """How many zeros a whole number ends with."""
    text = str(number)
    return len(text) - len(text.rstrip("0")) if number else 0
