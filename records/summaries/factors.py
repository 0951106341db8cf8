"""How the leverage factors of many tasks are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Min
from django.urls import reverse

from records.leverage import factor, geometric_mean, quantile
from records.models.task import TaskQuerySet

QUANTILES = (Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("0.9"))


@dataclass(frozen=True)
class FactorCount:
    """Tasks with the same hours and the same minutes: how many, one of them, the day of the first."""

    human_hours: Decimal
    agent_minutes: Decimal
    factor: Decimal
    tasks: int
    task: int
    first: date

    @property
    def url(self) -> str:
        """The page of one of them, the one logged first."""
        return reverse("records:task_detail", args=[self.task])


@dataclass(frozen=True)
class Averages:
    """The factors of some tasks in short: how many, the two ends, and two ways to name their middle."""

    tasks: int
    lowest: FactorCount | None
    highest: FactorCount | None
    median: Decimal | None
    geometric_mean: Decimal | None


@dataclass(frozen=True)
class Factors:
    """The factors of some tasks, lowest first; those whose factor is unknown are not among them."""

    counts: Sequence[FactorCount]

    @classmethod
    def of(cls, tasks: TaskQuerySet) -> "Factors":
        """The factors of these tasks, in one query that gives one row for each pair of hours and minutes."""
        pairs = tasks.filter(human_hours__isnull=False, agent_minutes__isnull=False).order_by()
        rows = pairs.values_list("human_hours", "agent_minutes").annotate(
            Count("id"), Min("id"), Min("day_id")
        )
        counts = [
            FactorCount(hours, minutes, value, *others)
            for hours, minutes, *others in rows
            if (value := factor(hours, minutes)) is not None
        ]
        return cls(sorted(counts, key=lambda count: (count.factor, count.task)))

    @cached_property
    def tasks(self) -> int:
        """How many tasks have a factor."""
        return sum(count.tasks for count in self.counts)

    @cached_property
    def values(self) -> list[tuple[Decimal, int]]:
        """Each factor with how often it comes, lowest first."""
        return [(count.factor, count.tasks) for count in self.counts]

    @property
    def lowest(self) -> FactorCount | None:
        """The lowest factor."""
        return self.counts[0] if self.counts else None

    @property
    def highest(self) -> FactorCount | None:
        """The highest factor; of equal ones that of the task logged first."""
        return min(self.counts, key=lambda count: (-count.factor, count.task)) if self.counts else None

    @property
    def median(self) -> Decimal | None:
        """The middle factor."""
        return self.quantile(Decimal("0.5"))

    @cached_property
    def geometric_mean(self) -> Decimal | None:
        """The root of their product, in which every task weighs the same."""
        return geometric_mean(self.values)

    @property
    def averages(self) -> Averages:
        """The same in short."""
        return Averages(self.tasks, self.lowest, self.highest, self.median, self.geometric_mean)

    def quantile(self, share: Decimal) -> Decimal | None:
        """The factor below which a share of the tasks stands."""
        return quantile(self.values, share)
