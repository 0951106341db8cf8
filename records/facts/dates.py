"""Dates, weekdays and months as prose writes them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from records import periods
from records.facts.patterns import pattern

MONTHS = [month.lower() for month in periods.MONTHS]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


_MONTH = "|".join(
    [
        *(month for month in MONTHS if month != "may"),
        "may",
        *["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"],
    ]
)


DATE = pattern(
    rf"(?<![\w-])(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:the )?)?(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]?\d"
    rf"|[x×%])(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?: of)? (?P<month2>{_MONTH})\b(?:,? (?P<year2>(?:19|20)\d\d))?)(?![\w-])"
)


_YEARS = re.compile(
    r"(?<![\w.,$€-])(?:19|20)\d\d(?!(?:\.?\d|[,x×%]| ?(?:hours|minutes|tasks|tokens|human|labs|h\b|m\b)))"
)


def dates_in(text: str, on: date) -> Iterator[tuple[re.Match[str], date | None]]:
    """Each date a text writes, without a year the nearest one; ``None`` for one that cannot be."""
    for match in DATE.finditer(text):
        yield match, _date(match, on)


def masks(text: str) -> list[tuple[int, int]]:
    """Where dates and years stand, whose digits are no figures."""
    return [match.span() for found in (DATE, _YEARS) for match in found.finditer(text)]


def _date(match: re.Match[str], on: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = month_number(match["month"] or match["month2"])
        day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
        if year:
            return date(int(year), month, day)
        return min((date(on.year + step, month, day) for step in (0, -1, 1)), key=lambda each: abs(each - on))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for January, also in short."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def written(on: date) -> str:
    """A date as pages write it, without the year."""
    return f"{MONTHS[on.month - 1].title()} {on.day}"


def days_before(on: date, days: int) -> date:
    """The date so many days earlier."""
    return date.fromordinal(max(1, on.toordinal() - days))


def week_of(on: date) -> tuple[date, date]:
    """Monday and Sunday of a date's week."""
    monday = days_before(on, on.weekday())
    return monday, monday + timedelta(6)


def month_of(on: date, month: int, year: int | None = None) -> tuple[date, date]:
    """First and last day of a month: the latest one of that name up to the date."""
    if year is None:
        year = on.year if month <= on.month else on.year - 1
    first = date(max(1, year), month, 1)
    following = date(first.year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(1)
