"""What the tasks of a day add up to, kept beside them: a list of days need not sum its tasks again.

These rows hold nothing of their own. ``records.publishing.summing`` writes them in the transaction that
changes a day, ``manage.py check_summaries`` computes them anew and compares.
"""

from datetime import datetime
from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.db.models import Case, F, Max, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, Coalesce, Greatest, TruncMonth, TruncWeek, TruncYear

from records.leverage import Totals
from records.models.category import Category
from records.models.day import Day, DayQuerySet
from records.models.fields import weighted_factor_in_sql
from records.models.reading import ReadAsStored
from records.models.sums import KEPT_SUMS, SUMS, summary_expressions
from records.models.task import Task, TaskQuerySet

Row = TypeVar("Row", bound="Summary")


class SummaryQuerySet(models.QuerySet[Row], Generic[Row]):
    """Questions about summaries; none of them reads a task."""

    def visible(self, at: datetime | None = None) -> Self:
        """The summaries of the days the public may see at a moment, now by default."""
        return self.filter(day__in=Day.objects.visible(at).values("date"))

    def totals(self) -> Totals:
        """Sums and weighted averages of all tasks these stand for, in one query."""
        sums = self.order_by().aggregate(**_sums_of_sums())
        return Totals.from_units(sums, prefix="sum_")

    def totals_by(self, column: str) -> dict[Any, Totals]:
        """Totals for each value of a column, in one query."""
        rows = self.order_by().values(column).annotate(**_sums_of_sums())
        return {row[column]: Totals.from_units(row, prefix="sum_") for row in rows if row["sum_tasks"]}


def _sums_of_sums() -> dict[str, Sum]:
    return {f"sum_{name}": Sum(name) for name in SUMS}


def _units() -> "models.BigIntegerField[int | None, int | None]":
    """A sum in whole units; null where nothing is known to be added."""
    return models.BigIntegerField(null=True)


class Summary(ReadAsStored):
    """Counts, sums in whole units (1/10,000 hour, 1/100 minute), extremes and logarithms of some tasks.

    The first days of its week, month and year stand beside it, so that a database adds up by them without
    taking each date apart.
    """

    week = models.DateField()
    month = models.DateField()
    year = models.DateField()
    tasks = models.PositiveIntegerField()
    hours_units = _units()
    agent_units = _units()
    supervisory_units = _units()
    supervision_known = models.PositiveIntegerField()
    tokens_sum = models.BigIntegerField(null=True)
    tokens_known = models.PositiveIntegerField()
    leverage_hours_units = _units()
    leverage_minutes_units = _units()
    leverage_pairs = models.PositiveIntegerField()
    supervision_hours_units = _units()
    supervision_minutes_units = _units()
    supervision_pairs = models.PositiveIntegerField()
    low_units = _units()
    high_units = _units()
    ranged = models.PositiveIntegerField()
    most_hours_units = _units()
    lowest_factor = models.FloatField(null=True)
    highest_factor = models.FloatField(null=True)
    log_sum = models.FloatField(null=True)  # of the factors; as many as leverage_pairs
    agent_about = models.PositiveIntegerField()
    supervision_about = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def totals(self) -> Totals:
        """Sums and weighted averages of the tasks."""
        return Totals.from_units({name: getattr(self, name) for name in SUMS})


class DaySummary(Summary):
    """What a day adds up to, one with tasks or a note without; of the day itself, what lists ask for."""

    day = models.OneToOneField(
        Day, to_field="date", db_column="date", primary_key=True, on_delete=models.CASCADE,
        related_name="summary",
    )  # fmt: skip
    version = models.PositiveIntegerField()
    sample = models.BooleanField()
    leaves_out = models.BooleanField()
    as_of = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    stated_tokens = models.BigIntegerField(null=True)
    tokens = models.BigIntegerField(null=True)
    # The tasks of the two extremes, of equal ones the first logged: links, not to be followed by a removal.
    lowest_task = models.ForeignKey(
        Task, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    highest_task = models.ForeignKey(
        Task, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    factor = models.GeneratedField(
        expression=weighted_factor_in_sql("leverage_hours_units", "leverage_minutes_units"),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )
    supervisory_factor = models.GeneratedField(
        expression=weighted_factor_in_sql("supervision_hours_units", "supervision_minutes_units"),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )

    objects = SummaryQuerySet["DaySummary"].as_manager()

    class Meta:
        verbose_name_plural = "day summaries"

    def __str__(self) -> str:
        return f"{self.day_id}: {self.tasks} tasks"


class DayCategorySummary(Summary):
    """What the tasks of a day add up to that have one category, or none yet."""

    day = models.ForeignKey(
        Day, to_field="date", db_column="date", on_delete=models.CASCADE, related_name="category_summaries"
    )
    category = models.ForeignKey(Category, null=True, on_delete=models.CASCADE, related_name="summaries")

    objects = SummaryQuerySet["DayCategorySummary"].as_manager()

    class Meta:
        verbose_name_plural = "summaries of days by category"
        constraints = [
            models.UniqueConstraint(fields=["day", "category"], name="day_category_summary_once"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(category__isnull=True), name="day_category_summary_none_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_id}, {self.category_id or 'none'}: {self.tasks} tasks"


# How they are computed -------------------------------------------------------------------------------------

_PERIODS = ("week", "month", "year")
_OF_THE_DAY = ("version", "sample", "stated_tokens", "leaves_out", "as_of")
DAY_COLUMNS = ("day_id", *_PERIODS, *_OF_THE_DAY, "changed_at", "tokens", *KEPT_SUMS)
CATEGORY_COLUMNS = ("day_id", "category_id", *_PERIODS, *KEPT_SUMS)


def computed_by_day(days: DayQuerySet) -> "models.QuerySet[Day, tuple[Any, ...]]":
    """What the summaries of some days have to hold, computed from their tasks: rows of ``DAY_COLUMNS``."""
    own = days.order_by().values("date", "version", "sample", "stated_tokens")
    said = own.annotate(
        **_periods("date"),
        leaves_out=Case(When(left_out="", then=False), default=True),
        as_of=Coalesce("figures_changed_at", "published_at"),
        own_changed_at=_latest("published_at", "figures_changed_at", "prose_changed_at"),
    )
    summed = said.annotate(**_renamed("tasks__")).annotate(own_tokens=_own_tokens())
    own_columns = ("own_changed_at", "own_tokens")
    return summed.values_list("date", *_PERIODS, *_OF_THE_DAY, *own_columns, *_renamed())


def computed_by_category(tasks: TaskQuerySet) -> "models.QuerySet[Task, tuple[Any, ...]]":
    """The same of tasks by day and category: rows of ``CATEGORY_COLUMNS``."""
    own = tasks.order_by().values("day_id", "category_id").annotate(**_periods("day_id"))
    return own.annotate(**_renamed()).values_list("day_id", "category_id", *_PERIODS, *_renamed())


def _latest(*moments: str) -> Greatest:
    """The latest of the moments that are known: to one database a null is the greatest, to another none."""
    return Greatest(*(Coalesce(one, *(other for other in moments if other != one)) for one in moments))


def _periods(column: str) -> dict[str, Cast]:
    """The first days of week, month and year; of the group's one date, so that no row is asked for them."""
    on = Cast(Max(column), models.DateField())
    cut = {"week": TruncWeek(on), "month": TruncMonth(on), "year": TruncYear(on)}
    return {name: Cast(first, models.DateField()) for name, first in cut.items()}


def first_of_day(*order: str) -> Subquery:
    """The id of a day's first task with a factor by some order, for a query of ``DaySummary``."""
    known = Task.objects.filter(day=OuterRef("day_id"), factor__isnull=False)
    return Subquery(known.order_by(*order).values("pk")[:1])


LOWEST_FIRST, HIGHEST_FIRST = ("factor", "id"), ("-factor", "id")


def _renamed(prefix: str = "") -> dict[str, Any]:
    return {f"sum_{name}": sum_ for name, sum_ in summary_expressions(prefix).items()}


def _own_tokens() -> Case:
    """A day's tokens in SQL, as ``Totals.tokens_with`` has them."""
    return Case(
        When(sum_tasks__gt=0, sum_tokens_known=F("sum_tasks"), then=F("sum_tokens_sum")),
        default=Coalesce(F("stated_tokens"), F("sum_tokens_sum")),
        output_field=models.BigIntegerField(),
    )
