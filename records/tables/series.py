"""The series as an address asks for it: which days, by which unit, in which order, which page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.http import QueryDict

from records.filters import PER_PAGE, WHAT_IF, TableState, WhatIf, link
from records.filters.fields import faults
from records.filters.links import kept
from records.filters.span import UNITS, SpanForm
from records.models import Day
from records.models.day import DayQuerySet
from records.periods import Unit, count_of
from records.scenario import Scenario
from records.summaries.any_series import AnySeries
from records.summaries.reach import Reach
from records.summaries.scaled import ScaledSeries
from records.summaries.series import Series
from records.summaries.stored import Readings, StoredSeries
from records.summaries.supposed import series_in
from records.tables.days import DayTable, ranked_days, ranked_in_sql, scaled_days

LATEST = (30, 90)  # days, offered as ranges


class SeriesState(TableState):
    """Order and page of the days of a series, of which fewer stand on a page."""

    rows = PER_PAGE[0]


@dataclass(frozen=True)
class Way:
    """A link to another view of the series, and whether it is the present one."""

    text: str
    url: str
    current: bool


class SeriesDays:
    """The days an address asks for, with the figures it supposes.

    ``whole`` are all days and ``recorded`` those asked for, as recorded; ``series`` are these as the scenario
    has them, and ``tasks`` theirs. All of it comes from summaries, unless a scenario does more than multiply.
    """

    def __init__(self, query: QueryDict, at: datetime, knobs: tuple[str, ...] = WHAT_IF) -> None:
        """``at`` is the moment whose public days are meant, ``knobs`` the names that may be turned here."""
        self.form = SpanForm(query)
        self.state = SeriesState(query, DayTable.sorts(), DayTable.default_sort)
        self.query = kept(query, ("by", "from", "to", "sort", "per_page", *WHAT_IF))
        wrong = {**self.form.errors, **self.state.errors}
        self.what_if = WhatIf(kept(self.query, [name for name in self.query if name not in wrong]), knobs)
        self.reach = Reach(at, self.form.first, self.form.last)
        self.edition = self.reach.edition
        self.readings = Readings(self.reach, self.edition)
        self.recorded = StoredSeries(self.readings, self.form.unit)
        self.whole = self.recorded
        if self.reach.is_narrow:
            self.whole = StoredSeries(Readings(self.reach.whole, self.edition))
        self.tasks = self.reach.tasks

    @cached_property
    def stored(self) -> StoredSeries | None:
        """The days asked for as the scenario has them, where the summaries can tell."""
        if self.scenario.is_plain:
            return self.recorded
        if self.scenario.only_multiplies:
            return ScaledSeries(self.readings, self.form.unit, self.scenario)
        return None

    @cached_property
    def supposed(self) -> Series:
        """The same in memory, where each task has to be looked at."""
        return series_in(self.scenario, Series.of(self.reach.days), self.tasks)

    @property
    def series(self) -> AnySeries:
        """The same, whichever it is."""
        return self.stored or self.supposed

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.form), **faults(self.state), **self.what_if.faults}

    @property
    def scenario(self) -> Scenario:
        """What the address supposes."""
        return self.what_if.scenario

    @property
    def is_narrowed(self) -> bool:
        """Whether the range leaves days on record out."""
        return self.recorded.days_on_record < self.whole.days_on_record

    @cached_property
    def unit(self) -> Unit:
        """The unit of the charts: the one asked for, or a longer one where that would not fit."""
        return self.series.unit_for(self.form.unit)

    @property
    def asked_too_much(self) -> int | None:
        """How many columns the unit asked for would have, where those are too many."""
        asked = self.form.unit
        if asked is None or asked is self.unit or not self.series.days_on_record:
            return None
        return count_of(self.series.first, self.series.last, asked)

    @property
    def ordered(self) -> DayQuerySet | list[Day]:
        """The days in the order asked for; as recorded, where the scenario leaves the order as it is."""
        if self.stored:
            return ranked_in_sql(self.reach.days, self.state.sort)
        return ranked_days([each.day for each in self.supposed.days], self.state.sort)

    def shown(self, days: Iterable[Day]) -> Iterator[Day]:
        """Some of them as the scenario has them."""
        yield from scaled_days(days, self.scenario) if self.stored else days

    def table(self, agent: str) -> DayTable:
        """The page asked for."""
        count = self.series.days_on_record
        table = DayTable(self.ordered, count=count, sort=self.state.sort, agent=agent)
        table.turn_to(self.state)
        return table

    @property
    def span(self) -> str:
        """The range as other lists take it, to be added to their query; nothing where it is whole."""
        ends = {"from": self.form.first, "to": self.form.last}
        return "".join(f"&{name}={day.isoformat()}" for name, day in ends.items() if day)

    @property
    def narrowed(self) -> str:
        """Range and knobs as other lists take them, to be added to their query."""
        return f"{self.span}{self.what_if.asked_of_lists}"

    def units(self) -> Iterator[Way]:
        """A link for each unit."""
        for unit in UNITS:
            yield Way(unit.value.title(), link(self.query, by=unit.value), unit is self.unit)

    def ranges(self) -> list[Way]:
        """Links to all days, to the latest of them and to each year, as far as they make a difference."""
        narrower = list(self._narrower()) if self.whole.days_on_record else []
        return [self._range("All", None, None), *narrower] if narrower or self.form.changed_data else []

    def _narrower(self) -> Iterator[Way]:
        first, last = self.whole.first, self.whole.last
        for days in LATEST:
            start = last - timedelta(days=days - 1)
            if start > first:
                yield self._range(f"Last {days} days", start, last)
        if first.year != last.year:
            for year in range(last.year, first.year - 1, -1):
                yield self._range(f"{year}", date(year, 1, 1), date(year, 12, 31))

    def _range(self, text: str, first: date | None, last: date | None) -> Way:
        query = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
        current = (self.form.first, self.form.last) == (first, last)
        return Way(text, link(self.query, **query), current)
