"""How the hours of a time are shared among categories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import DateField, Sum
from django.db.models.functions import Cast, TruncMonth, TruncWeek, TruncYear
from django.urls import reverse

from records.leverage import quotient
from records.models import NO_CATEGORY, DayCategorySummary
from records.models.fields import HOUR_UNITS
from records.models.summary import SummaryQuerySet
from records.models.sums import hour_units
from records.models.task import TaskQuerySet
from records.periods import Period, Unit
from records.scenario import AS_RECORDED, Scenario
from records.summaries.categories import WITHOUT_CATEGORY

_NAMES = ("category__name", "category__slug")
_TRUNCATED = {Unit.WEEK: TruncWeek, Unit.MONTH: TruncMonth, Unit.YEAR: TruncYear}


@dataclass(frozen=True)
class CategoryShare:
    """The human hours of one category by period."""

    name: str
    slug: str
    hours: Mapping[Period, Decimal]

    @property
    def url(self) -> str:
        """Its page; for tasks without a category, the list of them."""
        if self.slug == NO_CATEGORY:
            return f"{reverse('records:task_list')}?category={NO_CATEGORY}"
        return reverse("records:category_detail", args=[self.slug])

    @cached_property
    def total(self) -> Decimal:
        """Its hours in all."""
        return sum(self.hours.values(), Decimal(0))


@dataclass(frozen=True)
class Shares:
    """The categories of some tasks, that of most hours first, by weeks, months or years."""

    unit: Unit
    categories: Sequence[CategoryShare]

    @classmethod
    def of(cls, tasks: TaskQuerySet, unit: Unit, scenario: Scenario = AS_RECORDED) -> "Shares":
        """The shares of these tasks by a unit from a week up, in one query."""
        start = _TRUNCATED[unit](Cast("day_id", DateField()))
        known = tasks.kept_in(scenario).filter(human_hours__isnull=False).order_by().annotate(start=start)
        rows = known.values_list(*_NAMES, "start").annotate(units=Sum(hour_units(scenario)))
        return cls._made(rows, unit, scenario.worth_of_sums)

    @classmethod
    def of_summaries(
        cls,
        summaries: SummaryQuerySet[DayCategorySummary],
        unit: Unit,
        scenario: Scenario = AS_RECORDED,
    ) -> "Shares":
        """The same of what is kept of the days, in one query; the scenario may only multiply."""
        known = summaries.filter(hours_units__isnull=False).order_by()
        rows = known.values_list(*_NAMES, unit.value).annotate(units=Sum("hours_units"))
        return cls._made(rows, unit, scenario.hours)

    @classmethod
    def _made(cls, rows: Iterable[tuple[Any, ...]], unit: Unit, worth: Decimal) -> "Shares":
        found: dict[tuple[str, str], dict[Period, Decimal]] = {}
        for name, slug, first, units in rows:
            hours = Decimal(units) / HOUR_UNITS * worth
            found.setdefault((name or WITHOUT_CATEGORY, slug or NO_CATEGORY), {})[Period(unit, first)] = hours
        categories = [CategoryShare(*key, hours) for key, hours in found.items()]
        return cls(unit, sorted(categories, key=lambda each: (-each.total, each.name)))

    @cached_property
    def totals(self) -> Mapping[Period, Decimal]:
        """The hours of all categories by period."""
        sums: dict[Period, Decimal] = {}
        for category in self.categories:
            for period, hours in category.hours.items():
                sums[period] = sums.get(period, Decimal(0)) + hours
        return sums

    @cached_property
    def total(self) -> Decimal:
        """The hours of all."""
        return sum(self.totals.values(), Decimal(0))

    def share(self, category: CategoryShare, period: Period) -> Decimal | None:
        """The part of a period's hours that a category has; ``None`` for a period without hours."""
        return quotient(category.hours.get(period, Decimal(0)), self.totals.get(period))
