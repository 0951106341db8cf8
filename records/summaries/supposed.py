"""Many days together as a scenario has them: the series, a period, factors, categories.

What a scenario only multiplies is multiplied here, without asking the database again. Any other is one more
question for each of these, over the same tasks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Min

from records.leverage import Totals, factor
from records.models import NO_CATEGORY, Task
from records.models.sums import leverage_in
from records.models.task import TaskQuerySet
from records.scenario import AS_RECORDED, Scenario
from records.summaries.any_series import DayFigures
from records.summaries.categories import CategoryRow, Spread, category_rows
from records.summaries.factors import FactorCount, Factors
from records.summaries.period import BEST, PeriodSummary
from records.summaries.reach import Reach
from records.summaries.series import Series

NOTHING = Totals.of(())


def series_in(scenario: Scenario, series: Series, tasks: TaskQuerySet) -> Series:
    """The days of a series in a scenario, ``tasks`` being theirs; one query, none where it only multiplies.

    A day of which nothing is left stays in its place, without a figure.
    """
    if scenario.is_plain:
        return series
    if scenario.only_multiplies:
        totals = {each.date: _scaled(each.totals, scenario) for each in series.worked}
    else:
        totals = tasks.totals_by("day_id", scenario)
    return Series(tuple(_day_in(scenario, each, totals) for each in series.days))


@dataclass(frozen=True)
class SupposedPeriod(PeriodSummary):
    """A period whose figures are those of a scenario."""

    scenario: Scenario = AS_RECORDED

    @cached_property
    def factors(self) -> Factors:
        """How the factors of its tasks are distributed; one query."""
        return factors_in(self.scenario, self.tasks)

    @cached_property
    def best(self) -> list[Task]:
        """The tasks of the highest factors; of equal ones those logged first; one query."""
        ranked = self.tasks.kept_in(self.scenario).annotate(rank=leverage_in(self.scenario))
        best = ranked.filter(rank__isnull=False).order_by("-rank", "id").select_related("category")[:BEST]
        return [task.supposing(self.scenario) for task in best]


def period_in(scenario: Scenario, summary: PeriodSummary) -> PeriodSummary:
    """A period in a scenario, and the one before it; one query more at most."""
    if scenario.is_plain:
        return summary
    both = Series((*summary.before.days, *summary.series.days))
    tasks = Task.objects.visible(summary.reach.at).filter(day__gte=both.first, day__lte=both.last)
    supposed, start = series_in(scenario, both, tasks).days, len(summary.before.days)
    values = {each.name: getattr(summary, each.name) for each in fields(summary)}
    values |= {"before": Series(supposed[:start]), "series": Series(supposed[start:])}
    return SupposedPeriod(**values, scenario=scenario)


def factors_in(scenario: Scenario, tasks: TaskQuerySet) -> Factors:
    """How the factors of some tasks are distributed in a scenario; one query."""
    if scenario.only_multiplies:
        recorded = Factors.of(tasks)
        return recorded if scenario.hours == 1 else _merged(_multiplied(recorded.counts, scenario))
    return _merged(count for _, count in _counts_in(scenario, tasks))


def category_rows_in(scenario: Scenario, reach: Reach) -> list[CategoryRow]:
    """The table of categories in a scenario; two queries more than as recorded, none where it multiplies."""
    rows, tasks = category_rows(reach), reach.tasks
    if scenario.is_plain:
        return rows
    if scenario.only_multiplies:
        return [row.supposing(scenario) for row in rows]
    totals = {slug or NO_CATEGORY: each for slug, each in tasks.totals_by("category__slug", scenario).items()}
    counts: dict[str, list[FactorCount]] = {}
    for slug, count in _counts_in(scenario, tasks):
        counts.setdefault(slug or NO_CATEGORY, []).append(count)
    return [
        replace(row, totals=totals[row.slug], spread=_spread(_merged(counts.get(row.slug, ()))))
        for row in rows
        if row.slug in totals
    ]


def _day_in(scenario: Scenario, each: DayFigures, totals: Mapping[date, Totals]) -> DayFigures:
    if not each.totals.tasks:
        return each
    supposed = totals.get(each.date, NOTHING)
    day = each.day.supposing(supposed)
    if scenario.without_largest:  # of the tokens stated for the day, nobody knows that task's share
        day.stated_tokens = None
    return replace(each, day=day, totals=supposed)


def _scaled(totals: Totals, scenario: Scenario) -> Totals:
    return totals.scaled(hours=scenario.hours, supervision=scenario.supervision)


def _multiplied(counts: Iterable[FactorCount], scenario: Scenario) -> Iterable[FactorCount]:
    for count in counts:
        hours = count.human_hours * scenario.hours
        yield replace(count, human_hours=hours, factor=factor(hours, count.agent_minutes) or Decimal(0))


def _counts_in(scenario: Scenario, tasks: TaskQuerySet) -> Iterable[tuple[str | None, FactorCount]]:
    """Tasks of the same figures and category together; of their minutes, those that hours are divided by."""
    beside = ("supervisory_minutes",) if scenario.minutes_together else ()
    known = tasks.kept_in(scenario).filter(human_hours__isnull=False, agent_minutes__isnull=False)
    rows = known.order_by().values_list(
        "category__slug", "human_hours", "estimate_low", "agent_minutes", *beside
    )
    for slug, likely, low, *minutes, number, task, first in rows.annotate(
        Count("id"), Min("id"), Min("day_id")
    ):
        hours, divisor = scenario.human_hours(likely, low), _divisor(scenario, *minutes)
        value = factor(hours, divisor)
        if hours is not None and divisor is not None and value is not None:
            yield slug, FactorCount(hours, divisor, value, number, task, first)


def _divisor(scenario: Scenario, agent: Decimal, supervision: Any = 0) -> Decimal | None:
    """The minutes that hours are divided by; without the second argument, the agent's alone."""
    return None if supervision is None else agent + supervision * scenario.supervision


def _merged(counts: Iterable[FactorCount]) -> Factors:
    """The counts, lowest factor first, with those that a scenario made alike put together."""
    alike: dict[tuple[Decimal, Decimal], FactorCount] = {}
    for count in counts:
        key = (count.human_hours, count.agent_minutes)
        known = alike.get(key)
        alike[key] = _both(known, count) if known else count
    return Factors(sorted(alike.values(), key=lambda count: (count.factor, count.task)))


def _both(one: FactorCount, other: FactorCount) -> FactorCount:
    return replace(
        one,
        tasks=one.tasks + other.tasks,
        task=min(one.task, other.task),
        first=min(one.first, other.first),
    )


def _spread(factors: Factors) -> Spread:
    lowest, highest = factors.lowest, factors.highest
    if lowest is None or highest is None:
        return Spread()
    return Spread(lowest.factor, factors.median, highest.factor)
