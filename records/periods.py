"""Years, months and ISO weeks: how addresses name them, where they begin and end, what stands beside them.

Pure. A week runs from Monday to Sunday and belongs to the year that ISO 8601 gives it: 2026-W01 begins on
December 29, 2025.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_KEY = re.compile(r"([0-9]{4})(?:-W([0-9]{2})|-([0-9]{2}))?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_A_DAY = timedelta(days=1)


class NotAPeriod(ValueError):
    """A text that names no year, month or week."""


class Unit(StrEnum):
    """What time is divided into, from short to long."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """A day, a week, a month or a year, by its first day."""

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """The last day, at most the last one the calendar has."""
        if self.unit is Unit.DAY:
            return self.first
        if self.unit is Unit.WEEK:
            return self.first + min(timedelta(days=6), date.max - self.first)
        if self.unit is Unit.YEAR:
            return date(self.first.year, 12, 31)
        following = (self.first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return following - _A_DAY if self.first < date(9999, 12, 1) else date.max

    @property
    def key(self) -> str:
        """As in addresses: 2026, 2026-04, 2026-W15, 2026-04-12."""
        if self.unit is Unit.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return self.first.isoformat()[: {Unit.DAY: 10, Unit.MONTH: 7, Unit.YEAR: 4}[self.unit]]

    @property
    def name(self) -> str:
        """As a title: 2026, April 2026, Week 15 of 2026, April 12, 2026."""
        if self.unit is Unit.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"Week {week} of {year}"
        month = MONTHS[self.first.month - 1]
        if self.unit is Unit.DAY:
            return f"{month} {self.first.day}, {self.first.year}"
        return f"{month} {self.first.year}" if self.unit is Unit.MONTH else f"{self.first.year}"

    @property
    def within_a_sentence(self) -> str:
        """The name where a sentence has begun before it: week 15 of 2026."""
        return f"{self.name[0].lower()}{self.name[1:]}" if self.unit is Unit.WEEK else self.name

    @property
    def previous(self) -> "Period | None":
        """The one right before; ``None`` where the calendar begins."""
        return None if self.first == date.min else period_of(self.first - _A_DAY, self.unit)

    @property
    def next(self) -> "Period | None":
        """The one right after; ``None`` where the calendar ends."""
        return None if self.last == date.max else period_of(self.last + _A_DAY, self.unit)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def parse(text: str) -> Period:
    """The year, month or week of an address; raises ``NotAPeriod`` for anything else."""
    found = _KEY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, week, month = found.groups()
        if week:
            return Period(Unit.WEEK, date.fromisocalendar(int(year), int(week), 1))
        return Period(Unit.MONTH if month else Unit.YEAR, date(int(year), int(month or 1), 1))
    except ValueError:
        raise NotAPeriod(f"“{text}” names no period. Try 2026, 2026-04 or 2026-W15.") from None


def iso_date(text: str) -> date:
    """The date in a text such as 2026-04-12. Raises ``ValueError``, and ``TypeError`` for what is no text.

    Python would also take 20260412 and 2026-W15-7, which no message of ours offers.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text}” is no date. Try 2026-04-12.")
    return date.fromisoformat(text)


def period_of(day: date, unit: Unit) -> Period:
    """The period of a kind in which a day lies."""
    if unit is Unit.WEEK:
        return Period(unit, day - min(timedelta(days=day.weekday()), day - date.min))
    first = {Unit.DAY: day, Unit.MONTH: day.replace(day=1), Unit.YEAR: day.replace(month=1, day=1)}
    return Period(unit, first[unit])


def stretch(first: date, last: date, unit: Unit) -> Iterator[Period]:
    """The periods of a kind from the one of the first day to the one of the last, none left out."""
    period: Period | None = period_of(first, unit)
    while period is not None and period.first <= last:
        yield period
        period = period.next


def count_of(first: date, last: date, unit: Unit) -> int:
    """How many periods ``stretch`` would give."""
    start, end = period_of(first, unit).first, period_of(last, unit).first
    if unit is Unit.DAY:
        return (end - start).days + 1
    if unit is Unit.WEEK:
        return (end - start).days // 7 + 1
    months = (end.year - start.year) * 12 + end.month - start.month
    return (months if unit is Unit.MONTH else months // 12) + 1


def between(first: date, last: date) -> str:
    """Two days in words: April 12, 2026; April 5 to 12, 2026; January 2 to April 12, 2026."""
    start, end = Period(Unit.DAY, first).name, Period(Unit.DAY, last).name
    if first == last:
        return end
    if first.year != last.year:
        return f"{start} to {end}"
    if first.month != last.month:
        return f"{start.partition(',')[0]} to {end}"
    return f"{start.partition(',')[0]} to {last.day}, {last.year}"
