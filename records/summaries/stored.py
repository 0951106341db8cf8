"""A series of any length, read from the summaries: the database adds up, no list is longer than a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, Count, F, Max, Min, Q, Sum

from records.leverage import Totals
from records.models.sums import SUMS
from records.periods import Period, Unit, stretch
from records.summaries.any_series import AnySeries, DayFigures, Extremes, Stretch
from records.summaries.broken import Mark
from records.summaries.highlights import Highlights
from records.summaries.kept import kept
from records.summaries.reach import Reach

_COLUMNS = {Unit.DAY: "day_id", Unit.WEEK: "week", Unit.MONTH: "month", Unit.YEAR: "year"}
_MOMENTS = ("as_of", "changed_at")
_ADDED = (*SUMS, "tokens", "agent_about", "supervision_about")
_COUNTED: dict[str, Q] = {
    "days_worked": Q(tasks__gt=0),
    "days_leaving_out": Q(leaves_out=True),
    "of_samples": Q(sample=True),
    "tokens_unknown": Q(stated_tokens__isnull=True, tokens_known__lt=F("tasks")),
}


@dataclass(frozen=True)
class Extent:
    """From when to when some days go, and how many they are."""

    first: date | None
    last: date | None
    days: int


@dataclass(frozen=True)
class Readings:
    """What was read of the days of a reach so far, ``edition`` being the state of the site."""

    reach: Reach
    edition: str

    @cached_property
    def extent(self) -> Extent:
        """From when to when the days go; kept."""
        return kept(f"extent {self.reach.name}", self._extent, self.edition)

    @cached_property
    def highlights(self) -> Highlights:
        """What stands out among the days; kept, since each of them has to be looked at."""
        return kept(f"highlights {self.reach.name}", lambda: Highlights.of(self.reach), self.edition)

    def sums(self, unit: Unit) -> list[dict[str, Any]]:
        """Sums by a unit, only of periods that have a day; one query, the first time."""
        if unit not in self._sums:
            sums: dict[str, Aggregate] = {f"sum_{name}": Sum(name) for name in _ADDED}
            sums |= {name: Count("pk", filter=which) for name, which in _COUNTED.items()}
            sums |= {f"latest_{name}": Max(name) for name in _MOMENTS} | {"number": Count("pk")}
            rows = self.reach.summaries.order_by().values(start=F(_COLUMNS[unit])).annotate(**sums)
            self._sums[unit] = [dict(row) for row in rows]
        return self._sums[unit]

    def days_of(self, year: int) -> Sequence[DayFigures]:
        """The days of a year, earliest first; one query, the first time."""
        if year not in self._years:
            days = self.reach.days.filter(date__year=year).with_totals().defer("lede", "analysis")
            self._years[year] = [DayFigures(day, day.totals()) for day in days.order_by("date")]
        return self._years[year]

    def _extent(self) -> Extent:
        found = self.reach.summaries.aggregate(first=Min("day_id"), last=Max("day_id"), days=Count("pk"))
        return Extent(**found)

    @cached_property
    def _sums(self) -> dict[Unit, list[dict[str, Any]]]:
        return {}

    @cached_property
    def _years(self) -> dict[int, Sequence[DayFigures]]:
        return {}


@dataclass(frozen=True)
class StoredSeries(AnySeries):
    """The days that were read; ``asked`` is the unit of their charts.

    One query adds up by the unit, and all that is asked of the whole is made of its answer.
    """

    readings: Readings
    asked: Unit | None = None

    @cached_property
    def unit(self) -> Unit:
        """The unit asked for, or a longer one where that would be too fine."""
        return self.unit_for(self.asked)

    def by(self, unit: Unit, span: tuple[date, date] | None = None) -> list[Stretch]:
        """Every period of a kind, those without a day included: of ``span``, or from first to last day."""
        if not self.days_on_record:
            return []
        rows = {row["start"]: row for row in self.readings.sums(unit)}
        first, last = span or (self.first, self.last)
        return [_stretch(period, rows.get(period.first)) for period in stretch(first, last, unit)]

    def of_year(self, year: int) -> Sequence[DayFigures]:
        """The days of one year, earliest first."""
        return self.readings.days_of(year)

    @property
    def first(self) -> date:
        """The earliest day; there has to be one."""
        return self.readings.extent.first or date.min

    @property
    def last(self) -> date:
        """The latest day; there has to be one."""
        return self.readings.extent.last or date.max

    @property
    def days_on_record(self) -> int:
        """How many days there are, notes included."""
        return self.readings.extent.days

    @property
    def days_worked(self) -> int:
        """How many of the days have tasks."""
        return int(self._sums["days_worked"])

    @property
    def days_leaving_out(self) -> int:
        """How many of the days name what they leave out."""
        return int(self._sums["days_leaving_out"])

    @property
    def years(self) -> Sequence[int]:
        """The years that have a day, the latest first."""
        return self.readings.highlights.years

    @property
    def totals(self) -> Totals:
        """Sums and weighted averages of all tasks, and the days' own tokens."""
        return _totals(self._sums)

    @property
    def leverage_extremes(self) -> Extremes | None:
        """The days of the lowest and highest leverage factor; ``None`` unless they differ."""
        return self.readings.highlights.leverage

    @property
    def supervision_extremes(self) -> Extremes | None:
        """The days of the lowest and highest supervisory factor; ``None`` unless they differ."""
        return self.readings.highlights.supervision

    @property
    def marks(self) -> Mapping[str, Sequence[Mark]]:
        """By kind, every figure that was the highest when its day came, earliest first."""
        return self.readings.highlights.marks

    @property
    def as_of(self) -> datetime | None:
        """When a figure of these days last changed."""
        return self._latest("as_of")

    @property
    def changed(self) -> datetime | None:
        """When readers last got something new."""
        return self._latest("changed_at")

    @property
    def sample(self) -> bool:
        """Whether some of the days are made up."""
        return bool(self._sums["of_samples"])

    @property
    def agent_is_approximate(self) -> bool:
        """Whether agent minutes of some task are only about right, and so their sum."""
        return bool(self._sums["agent_about"])

    @property
    def supervision_is_approximate(self) -> bool:
        """Whether supervisory minutes of some task are only about right, and so their sum."""
        return bool(self._sums["supervision_about"])

    @property
    def tokens_are_partial(self) -> bool:
        """Whether the tokens of some task are in no sum and no stated total."""
        return bool(self._sums["tokens_unknown"])

    @cached_property
    def _sums(self) -> dict[str, Any]:
        """What the rows add up to; a sum of nothing known is ``None``."""
        rows = self.readings.sums(self.unit) if self.days_on_record else []
        sums: dict[str, Any] = {name: sum(row[name] for row in rows) for name in _COUNTED}
        for name in _ADDED:
            known = [row[f"sum_{name}"] for row in rows if row[f"sum_{name}"] is not None]
            sums[name] = sum(known) if known else None
        return sums

    def _latest(self, name: str) -> datetime | None:
        rows = self.readings.sums(self.unit) if self.days_on_record else []
        return max((row[f"latest_{name}"] for row in rows if row[f"latest_{name}"]), default=None)


def _stretch(period: Period, row: Mapping[str, Any] | None) -> Stretch:
    if row is None:
        return Stretch(period, 0, Totals.of(()))
    return Stretch(period, row["number"], _totals({name: row[f"sum_{name}"] for name in _ADDED}))


def _totals(sums: Mapping[str, Any]) -> Totals:
    tokens = sums["tokens"]
    return Totals.from_units(sums)._replace(tokens=None if tokens is None else int(tokens))
