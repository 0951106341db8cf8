"""Categories with the figures of their tasks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from records.leverage import Totals, factor, median, times
from records.models import NO_CATEGORY, Category
from records.models.sums import SUMS
from records.models.task import TaskQuerySet
from records.scenario import Scenario
from records.summaries.kept import kept
from records.summaries.reach import Reach

T = TypeVar("T")
WITHOUT_CATEGORY = "No category yet"


@dataclass(frozen=True)
class Spread:
    """The lowest, middle and highest factor of some tasks; ``None`` where no task has a factor."""

    lowest: Decimal | None = None
    median: Decimal | None = None
    highest: Decimal | None = None

    def scaled(self, multiplier: Decimal) -> "Spread":
        """The same with every factor multiplied."""
        three = (self.lowest, self.median, self.highest)
        return Spread(*(times(value, multiplier) for value in three))


@dataclass(frozen=True)
class CategoryRow:
    """One line of the table of categories; the slug ``none`` is for tasks without a category."""

    slug: str
    name: str
    url: str
    totals: Totals
    spread: Spread
    sample: bool

    def supposing(self, scenario: Scenario) -> "CategoryRow":
        """The line in a scenario that only multiplies."""
        totals = self.totals.scaled(hours=scenario.hours, supervision=scenario.supervision)
        return replace(self, totals=totals, spread=self.spread.scaled(scenario.hours))

    @property
    def factor(self) -> Decimal | None:
        """The weighted average leverage factor."""
        return self.totals.leverage.value

    @property
    def supervisory_factor(self) -> Decimal | None:
        """The weighted average supervisory leverage factor."""
        return self.totals.supervision.value

    @property
    def median_factor(self) -> Decimal | None:
        """The middle of the tasks' leverage factors."""
        return self.spread.median

    @property
    def lowest_factor(self) -> Decimal | None:
        """The lowest leverage factor of a task."""
        return self.spread.lowest

    @property
    def highest_factor(self) -> Decimal | None:
        """The highest leverage factor of a task."""
        return self.spread.highest


def category_rows(reach: Reach) -> list[CategoryRow]:
    """A row for each category of the tasks of a reach, those without one last; three queries.

    Sums come from the summaries. Of all days they are kept, with lowest, median and highest.
    """
    sums = _kept("sums of categories", lambda: _sums_of(reach), reach)
    spread = spreads_of(reach)
    named: dict[int | None, Category] = {
        category.pk: category
        for category in Category.objects.filter(pk__in=[key for key in sums if key]).in_order()
    }
    return [
        _row(named.get(key), sums[key][0], spread.get(key, Spread()), sample=sums[key][1])
        for key in [*named, None]
        if key in sums
    ]


def spreads_of(reach: Reach) -> dict[int | None, Spread]:
    """Lowest, median and highest factor by category; those of all days are kept, since each task counts."""
    return _kept("spreads of categories", lambda: spreads(reach.tasks, by="category_id"), reach)


def _kept(name: str, make: Callable[[], T], reach: Reach) -> T:
    return make() if reach.is_narrow else kept(name, make, reach.edition)


def _sums_of(reach: Reach) -> dict[int | None, tuple[Totals, bool]]:
    """By category, the totals and whether some of them are of made-up days."""
    summed = {f"sum_{name}": Sum(name) for name in SUMS}
    of_samples = Count("pk", filter=Q(day__summary__sample=True))
    rows = reach.category_summaries.order_by().values("category_id").annotate(**summed, of_samples=of_samples)
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    return {
        row["category_id"]: (Totals.from_units(row, prefix="sum_"), row["of_samples"] > 0) for row in found
    }


def spreads(tasks: TaskQuerySet, by: str) -> dict[Any, Spread]:
    """Lowest, median and highest factor for each value of a column, in one query.

    The database finds the rows in question; their factors are divided exactly from hours and minutes.
    """
    ranked = tasks.filter(factor__isnull=False).annotate(
        rank=Window(RowNumber(), partition_by=[F(by)], order_by=["factor", "id"]),
        of=Window(Count("id"), partition_by=[F(by)]),
    )
    at_the_middle = Q(rank__gte=F("of") / 2.0, rank__lte=F("of") / 2.0 + 1)
    telling = ranked.filter(Q(rank=1) | Q(rank=F("of")) | at_the_middle).order_by(by, "rank")
    groups: dict[Any, dict[int, Decimal | None]] = {}
    for key, rank, hours, minutes in telling.values_list(by, "rank", "human_hours", "agent_minutes"):
        groups.setdefault(key, {})[rank] = factor(hours, minutes)
    return {key: _spread(by_rank) for key, by_rank in groups.items()}


def _spread(by_rank: dict[int, Decimal | None]) -> Spread:
    of = max(by_rank)
    middle = [value for rank, value in by_rank.items() if of <= 2 * rank <= of + 2]
    return Spread(lowest=by_rank[1], median=median(middle), highest=by_rank[of])


def _row(category: Category | None, totals: Totals, spread: Spread, *, sample: bool) -> CategoryRow:
    if category is None:
        url = f"{reverse('records:task_list')}?category={NO_CATEGORY}"
        return CategoryRow(NO_CATEGORY, WITHOUT_CATEGORY, url, totals, spread, sample)
    return CategoryRow(category.slug, category.name, category.get_absolute_url(), totals, spread, sample)
