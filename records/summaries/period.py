"""A year, a month or a week: its figures, its best tasks, and how it stands to the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Min, Q
from django.utils import timezone

from records.leverage import Totals
from records.models import Day, Task
from records.models.task import TaskQuerySet, highest_first
from records.periods import Period, Unit, period_of
from records.summaries.any_series import DayFigures
from records.summaries.factors import Factors
from records.summaries.reach import Reach
from records.summaries.series import Series

BEST = 5


@dataclass(frozen=True)
class PeriodSummary:
    """A period with public days; everything in it is computed from them and from their tasks."""

    period: Period
    series: Series
    before: Series
    earlier: Period | None
    later: Period | None
    reach: Reach

    @classmethod
    def of(cls, period: Period, at: datetime | None = None) -> "PeriodSummary | None":
        """The summary of what is public at a moment, now by default; ``None`` where nothing is."""
        moment = at or timezone.now()
        start = period.previous.first if period.previous else period.first
        both = Series.of(Reach(moment, start, period.last).days)
        series = both.within(period.first, period.last)
        if not series.days:
            return None
        beside = Day.objects.visible(moment).aggregate(
            earlier=Max("date", filter=Q(date__lt=period.first)),
            later=Min("date", filter=Q(date__gt=period.last)),
        )
        earlier, later = (_of(beside[side], period.unit) for side in ("earlier", "later"))
        before = Series(tuple(each for each in both.days if each.date < period.first))
        return cls(period, series, before, earlier, later, Reach(moment, period.first, period.last))

    @property
    def tasks(self) -> TaskQuerySet:
        """Its tasks."""
        return self.reach.tasks

    @property
    def totals(self) -> Totals:
        """Sums and weighted averages of the period."""
        return self.series.totals

    @cached_property
    def factors(self) -> Factors:
        """How the factors of its tasks are distributed; one query."""
        return Factors.of(self.tasks)

    @cached_property
    def best(self) -> list[Task]:
        """The tasks of the highest factors; of equal ones those logged first; one query."""
        known = self.tasks.filter(factor__isnull=False).select_related("category")
        return list(known.order_by(highest_first("factor"), "id")[:BEST])

    @property
    def sharing_the_best(self) -> int:
        """How many tasks have the highest factor."""
        highest = self.factors.highest
        return sum(each.tasks for each in self.factors.counts if highest and each.factor == highest.factor)

    def is_under_way(self, today: date) -> bool:
        """Whether days of it are still to come."""
        return self.period.first <= today < self.period.last

    @property
    def parts(self) -> Iterator[Period]:
        """The shorter periods it is made of, as far as they are on record."""
        shorter = {Unit.YEAR: Unit.MONTH, Unit.MONTH: Unit.WEEK}.get(self.period.unit)
        if shorter:
            yield from dict.fromkeys(period_of(each.date, shorter) for each in self.series.days)

    @property
    def around(self) -> Iterator[Period]:
        """The longer periods it lies in; a week that reaches into two months lies in both."""
        longer = {Unit.WEEK: (Unit.MONTH, Unit.YEAR), Unit.MONTH: (Unit.YEAR,)}.get(self.period.unit, ())
        for unit in longer:
            yield from dict.fromkeys(period_of(each.date, unit) for each in self.series.days)


@dataclass(frozen=True)
class Compared:
    """A figure of a period beside that of the period before."""

    name: str
    now: Decimal | int | None
    before: Decimal | int | None
    unit: str


def compared(summary: PeriodSummary, agent: str) -> list[Compared]:
    """The figures of a period and of the one before; empty where that has no day on record."""
    if not summary.before.days:
        return []
    now, before = summary.series.totals, summary.before.totals
    return [
        Compared("Days with tasks", len(summary.series.worked), len(summary.before.worked), ""),
        Compared("Tasks", now.tasks, before.tasks, ""),
        Compared("Human-equivalent hours", now.human_hours, before.human_hours, " h"),
        Compared(f"{agent} minutes", now.agent_minutes, before.agent_minutes, " min"),
        Compared("Supervisory minutes", now.supervisory_minutes, before.supervisory_minutes, " min"),
        Compared("Leverage factor", now.leverage.value, before.leverage.value, "×"),
        Compared("Supervisory leverage factor", now.supervision.value, before.supervision.value, "×"),
    ]


def _of(day: date | None, unit: Unit) -> Period | None:
    return period_of(day, unit) if day else None


def only_day(series: Series) -> DayFigures | None:
    """The one day with tasks, where there is only one."""
    return series.worked[0] if len(series.worked) == 1 else None
