"""The work date of an imported day: from its title, its front matter, its address or the name of its file.

Pure. The first that has a date decides, and the others must agree; a title without a year (``April 02``)
takes the year of the next that has one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from records.importers.page import Dated

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SPELLINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}[/_](?P<month>\d\d)[/_](?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_DAY} {_MONTH},? {_YEAR}\b",
        rf"\b{_MONTH} {_DAY}(?!\d)",
    )
)


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


def stated_dates(places: Sequence[Dated]) -> list[StatedDate]:
    """The dates that the places state, in their order; a place without one is passed over."""
    found = ((place.where, _match(place.text)) for place in places)
    return [_stated(where, match) for where, match in found if match]


def work_date(places: Sequence[Dated]) -> date:
    """The work date all places agree on. Raises ``NoDate``."""
    stated = stated_dates(places)
    if not stated:
        raise NoDate("No date was found in title, front matter, address or file name. Give one: 2026-04-12.")
    other = next((later for later in stated[1:] if not later.agrees_with(stated[0])), None)
    if other:
        raise NoDate(f"Two dates disagree: {stated[0]}, {other}. Give the one that counts: 2026-04-12.")
    year = next((one.year for one in stated if one.year), None)
    if year is None:
        raise NoDate(f"The year is missing: {stated[0]}. Give the whole date: 2026-04-12.")
    try:
        return date(year, stated[0].month, stated[0].day)
    except ValueError:
        raise NoDate(f"There is no such day: {stated[0]}. Give the right one: 2026-04-12.") from None


def without_date(title: str) -> str:
    """The title without the first date in it, and without the marks around that."""
    match = _match(title)
    if match is None:
        return title.strip()
    return f"{title[: match.start()].rstrip(' :,–—-')} {title[match.end() :].lstrip(' :,')}".strip()


def _match(text: str) -> re.Match[str] | None:
    return next((match for pattern in _SPELLINGS if (match := pattern.search(text))), None)


def _stated(where: str, match: re.Match[str]) -> StatedDate:
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = parts.get("year")
    return StatedDate(where, match[0], number, int(parts["day"]), int(year) if year else None)
