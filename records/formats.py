"""How figures are written: for people with commas, for files as plain numbers.

Pure. Everything starts from a ``Decimal`` or an ``int``, and every half rounds away from zero. What is
unknown is written as a dash for people and as nothing in a file.
"""

from decimal import Decimal
from functools import lru_cache

from records.leverage import rounded

DASH = "—"
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FACTOR_PLACES_IN_FILES = 6
UNITS = {
    "human_hours": " h",
    "estimate_low": " h",
    "estimate_high": " h",
    "agent_minutes": " min",
    "supervisory_minutes": " min",
    "elapsed_minutes": " min",
}


def task_factor(value: Decimal | None) -> str:
    """One task's factor: up to two decimals, trailing zeros cut down to one (480.0, 137.14, 22.5)."""
    return DASH if value is None else _grouped(value, places=2, at_least=1)


def average_factor(value: Decimal | None) -> str:
    """A weighted average or a median: exactly one decimal (119.5)."""
    return DASH if value is None else _grouped(value, places=1, at_least=1)


def quantity(value: Decimal | int | None, places: int = 4) -> str:
    """Hours or minutes with the decimals they have and no more (1,222.75, 160, 0.5)."""
    return DASH if value is None else _grouped(Decimal(value), places=places, at_least=0)


def one_decimal(value: Decimal | None) -> str:
    """A derived quantity, such as working weeks, with one decimal (30.6)."""
    return DASH if value is None else _grouped(value, places=1, at_least=1)


def percent(share: Decimal | None) -> str:
    """A share between 0 and 1 as a whole percentage (52 %)."""
    return DASH if share is None else f"{_grouped(share * 100, places=0, at_least=0)} %"


def tokens(value: int | None) -> str:
    """A token count to three significant digits (4.13 M, 595 k, 812)."""
    if value is None:
        return DASH
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if value >= size - size // 2000:
            return f"{_significant(Decimal(value) / size)} {unit}"
    return str(value)


def signed(value: Decimal | int, written: str) -> str:
    """A written difference with its sign: ``+`` or ``−`` before it, ``±`` before a zero."""
    if value < 0:
        return written.replace("-", "−")
    return f"+{written}" if value else f"±{written}"


def in_words(count: int) -> str:
    """A whole number in words (thirty-seven); in digits from a million on, or below zero."""
    if not 0 <= count < 10**6:
        return quantity(count)
    thousands, rest = divmod(count, 1000)
    if not thousands:
        return _below_a_thousand(rest)
    before = f"{_below_a_thousand(thousands)} thousand"
    joined = " and " if 0 < rest < 100 else " "
    return f"{before}{joined}{_below_a_thousand(rest)}" if rest else before


def with_unit(written: str, unit: str) -> str:
    """A written figure with what follows it (119.5×, "614 min"); a dash stays alone."""
    return written if written == DASH else f"{written}{unit}"


def counted(count: Decimal | int | None, noun: str) -> str:
    """How many of what (1 task, 1,037 tasks, 22.5 minutes); the noun has an s unless there is one of it."""
    number = f"{count:,}" if isinstance(count, int) else quantity(count)
    return f"{number} {noun}{'' if count == 1 else 's'}"


def shortened(text: str, most: int) -> str:
    """A text for a message, of ``most`` letters at most; an ellipsis says that there was more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def figure(name: str, value: Decimal | int | None) -> str:
    """A figure of a day or a task with the unit that its field has (160 h, 20 min, 4,129,000)."""
    return with_unit(quantity(value), UNITS.get(name, ""))


def equality(value: Decimal, places: int) -> str:
    """``=`` before a value that its first decimals give whole, ``≈`` before one that had to be rounded."""
    return "=" if rounded(value, places) == value else "≈"


def plain(value: Decimal | None, places: int = FACTOR_PLACES_IN_FILES) -> str:
    """A number as files carry it: no sign, no comma, trailing zeros cut; nothing when unknown."""
    if value is None:
        return ""
    text = f"{rounded(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_units(units: int, places: int) -> str:
    """``plain`` of a number that is given in whole units of its last decimal; never negative."""
    whole, rest = divmod(units, 10**places)
    return f"{whole}.{rest:0{places}}".rstrip("0") if rest else str(whole)


@lru_cache(8192)
def json_number(value: Decimal | None, places: int = FACTOR_PLACES_IN_FILES) -> int | float | None:
    """A number that JSON writes with the digits of ``plain``: a float repeats up to 15 of them exactly."""
    if value is None:
        return None
    text = plain(value, places)
    return float(text) if "." in text else int(text)


def at_point(text: str) -> tuple[str, str]:
    """A written number cut before its point, so that a column can align there ("480", ".0")."""
    whole, point, fraction = text.partition(".")
    return whole, point + fraction


def _grouped(value: Decimal, places: int, at_least: int) -> str:
    whole, _, fraction = f"{rounded(value, places):,f}".partition(".")
    fraction = fraction.rstrip("0").ljust(at_least, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _below_a_thousand(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    if not hundreds:
        return _below_a_hundred(rest)
    before = f"{_ONES[hundreds]} hundred"
    return f"{before} and {_below_a_hundred(rest)}" if rest else before


def _below_a_hundred(count: int) -> str:
    if count < len(_ONES):
        return _ONES[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens - 2]}-{_ONES[ones]}" if ones else _TENS[tens - 2]


def _significant(value: Decimal) -> str:
    places = 2 if value < 10 else 1 if value < 100 else 0
    return plain(value, places)
