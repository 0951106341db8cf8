"""The work date of an imported day: from its title, its front matter, its address or the name of its file.

Pure. The first that has a date decides, and the others must agree; a title without a year (``April 02``)
takes the year of the next that has one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from records.importers.page import Dated
from records.periods import iso_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_NAME = r"(?-i:(?=[A-Z]))"  # without a year, "may" and "march" are words
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SPELLINGS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}[/_.](?P<month>\d\d)[/_.](?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}[ -]{_DAY},?[ -]{_YEAR}\b",
        rf"\b{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}\b",
        r"(?<!\d)(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>20\d\d)(?!\d)",
        r"(?<![\d.,])(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\d.,]\d)(?!\d)",
        rf"\b{_NAME}{_MONTH} {_DAY}(?![\w.:]\d|\d)",
        rf"\b{_DAY} {_NAME}{_MONTH}(?=\W|$)(?! \d)",
    )
)

_PATHS = ("file name", "canonical address")


class NoDate(ValueError):
    """A day without a date, with two, or with one that does not exist; ``str()`` says what would help."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as stated somewhere; its year is ``None`` where only month and day stood."""

    where: str
    text: str
    month: int
    day: int
    year: int | None

    def agrees_with(self, other: "StatedDate") -> bool:
        """Whether both can be the same day."""
        same_year = self.year == other.year or None in (self.year, other.year)
        return same_year and (self.month, self.day) == (other.month, other.day)

    def __str__(self) -> str:
        return f"the {self.where} says “{self.text}”"


def has_date(text: str) -> bool:
    """Whether a date stands in a text, with its year or without."""
    return _match(text) is not None


def stated_dates(places: Sequence[Dated]) -> list[StatedDate]:
    """The dates that the places state, in their order; a place without one is passed over."""
    found = ((place.where, _match(_last_part(place))) for place in places)
    return [_stated(where, match) for where, match in found if match]


def work_date(places: Sequence[Dated]) -> date:
    """The work date all places agree on. Raises ``NoDate``."""
    stated = stated_dates(places)
    if not stated:
        raise NoDate("No date was found in title, front matter, address or file name. Give one: 2026-04-12.")
    if disagreeing := next(_disagreeing(stated), None):
        one, other = disagreeing
        raise NoDate(f"Two dates disagree: {one}, {other}. Give the one that counts: 2026-04-12.")
    year = next((one.year for one in stated if one.year), None)
    if year is None:
        raise NoDate(f"The year is missing: {stated[0]}. Give the whole date: 2026-04-12.")
    try:
        return date(year, stated[0].month, stated[0].day)
    except ValueError:
        raise NoDate(f"There is no such day: {stated[0]}. Give the right one: 2026-04-12.") from None


def day_in(cell: str) -> date | None:
    """The date that a cell of a table holds, with its year; ``None`` for none, or for no day there is."""
    try:
        return iso_date(cell)
    except ValueError:
        match = _match(cell)
    stated = _stated("", match) if match else None
    try:
        return date(stated.year, stated.month, stated.day) if stated and stated.year else None
    except ValueError:
        return None


def without_date(title: str) -> str:
    """The title without the first date in it, and without the marks around that."""
    match = _match(title)
    if match is None:
        return title.strip()
    return f"{title[: match.start()].rstrip(' :,–—-')} {title[match.end() :].lstrip(' :,')}".strip()


def _disagreeing(stated: Sequence[StatedDate]) -> Iterator[tuple[StatedDate, StatedDate]]:
    return ((one, other) for one, other in combinations(stated, 2) if not one.agrees_with(other))


def _last_part(place: Dated) -> str:
    """What of a place may hold the date: of a path its last part, if that has one."""
    last = place.text.rstrip("/").rpartition("/")[2]
    return last if place.where in _PATHS and has_date(last) else place.text


def _match(text: str) -> re.Match[str] | None:
    return next((match for pattern in _SPELLINGS if (match := pattern.search(text))), None)


def _stated(where: str, match: re.Match[str]) -> StatedDate:
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = parts.get("year")
    return StatedDate(where, match[0], number, int(parts["day"]), int(year) if year else None)
