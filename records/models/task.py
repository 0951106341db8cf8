"""A task: what was done, what it would have cost a human, what it cost the agent and its supervisor."""

from copy import copy
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Value, Window
from django.db.models.functions import Coalesce, Lower, RowNumber

from records import leverage
from records.leverage import Totals
from records.models.category import Category
from records.models.conditions import OneByOne
from records.models.day import Day
from records.models.estimate import Basis, Step, Timing, check_steps, steps_in
from records.models.fields import HoursField, MinutesField, WebAddressField, factor_in_sql, token_bounds
from records.models.indexes import INDEXES
from records.models.json import ExactJSONField
from records.models.naming import NAME_LENGTH, detail_of, name_in
from records.models.paths import path_of
from records.models.public import PublicTexts
from records.models.rules import CONSTRAINTS
from records.models.sums import totals_expressions
from records.scenario import AS_RECORDED, Scenario, supposed_totals

PUBLIC_NEEDS = {
    "human_hours": "A public task needs human hours, such as 8h.",
    "agent_minutes": "A public task needs the agent's minutes, such as 15m.",
}
SMALLEST_HOURS = Decimal("0.0001")
SMALLEST_MINUTES = Decimal("0.01")
_INDEXED = ("factor", "supervisory_factor")  # descending, on the expression of ``highest_first``


class FigureSource(models.TextChoices):
    """How a figure came to be known."""

    DECLARED = "declared", "declared"
    MEASURED = "measured", "measured"
    DERIVED = "derived", "derived from a printed factor"
    APPROXIMATE = "approximate", "approximate"


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def visible(self, at: datetime | None = None) -> Self:
        """The tasks of the days the public may see at a moment, now by default.

        Not by a join, so that a list can follow an index of the tasks; and by the few days that are hidden:
        the database makes a small set of them, where it would look up thousands that are not.
        """
        return self.exclude(day_id__in=Day.objects.hidden(at).order_by().values("date"))

    def in_log_order(self) -> Self:
        """As logged: newest day first, then position."""
        return self.order_by("-day_id", "position", "id")

    def newest(self, at_most: int) -> "TaskQuerySet":
        """So many of them, those of the newest days and there those logged last, in no order."""
        return Task.objects.using(self.db).filter(OneByOne(F("pk"), self.newest_ids(at_most)))

    def newest_ids(self, at_most: int) -> models.QuerySet[Any, int]:
        """The ids of those, which are in order.

        The index of the log is walked backwards: no list of tasks is too long for that.
        """
        return self.order_by("-day_id", "-position", "-id").values_list("pk", flat=True)[:at_most]

    def by_factor(self) -> Self:
        """Highest factor first, then as logged: the order of a record."""
        return self.order_by(highest_first("factor"), "position", "id")

    def ranked(self, by: str, *, descending: bool) -> Self:
        """Ordered by a column, null last both ways, ties by id in that direction; dates as logged.

        Categories whose names differ in case alone follow one another, as in ``walks.ByCategory``.
        """
        if by == "date":
            return self.in_log_order() if descending else self.order_by("day_id", "position", "id")
        ties = ("category_id", "id") if by == "category" else ("id",)
        if descending:
            known_first = highest_first(by) if by in _INDEXED else _in_sql(by).desc(nulls_last=True)
            return self.order_by(known_first, *(f"-{tie}" for tie in ties))
        return self.order_by(_in_sql(by).asc(nulls_last=True), *ties)

    def totals(self, scenario: Scenario = AS_RECORDED) -> Totals:
        """Sums and weighted averages of these tasks, as recorded or in a scenario, in one query."""
        tasks = self.kept_in(scenario).order_by()
        return supposed_totals(tasks.aggregate(**totals_expressions(scenario=scenario)), scenario)

    def totals_by(self, column: str, scenario: Scenario = AS_RECORDED) -> dict[Any, Totals]:
        """Totals for each value of a column, in one query."""
        sums = totals_expressions(scenario=scenario)
        renamed = {f"sum_{name}": sum_ for name, sum_ in sums.items()}
        rows = self.kept_in(scenario).order_by().values(column).annotate(**renamed)
        return {
            row[column]: supposed_totals({name: row[f"sum_{name}"] for name in sums}, scenario)
            for row in rows
        }

    def kept_in(self, scenario: Scenario) -> Self:
        """These tasks without those a scenario leaves out: of a day the one of most hours, first logged."""
        if not scenario.without_largest:
            return self
        rank = Window(
            RowNumber(),
            partition_by=[F("day_id")],
            order_by=[F("human_hours").desc(nulls_last=True), "position", "id"],
        )
        of_these_days = Task.objects.order_by().filter(day__in=self.order_by().values("day_id"))
        first = of_these_days.annotate(place=rank).filter(place=1, human_hours__isnull=False)
        return self.exclude(pk__in=first.values("pk"))


def _in_sql(column: str) -> F | Lower:
    return Lower("category__name") if column == "category" else F(column)


def highest_first(column: str) -> models.OrderBy:
    """Descending with null last, spelled so that both databases can use an index on the expression."""
    return Coalesce(F(column), Value(-1.0)).desc()


def address_of_task(pk: int) -> str:
    """The page of a task."""
    return path_of("task_detail", pk)


class Task(PublicTexts):
    """One task of a day."""

    public_texts = (
        "name",
        "description",
        "agent",
        "model_version",
        "estimate_basis",
        "estimate_by",
        "evidence_url",
    )
    public_parts = MappingProxyType({"estimate_steps": ("name",)})

    class Outcome(models.TextChoices):
        """What became of the work, said later."""

        IN_USE = "in-use", "in use"
        MERGED = "merged", "merged"
        REWORKED = "reworked", "reworked"
        REVERTED = "reverted", "reverted"
        ABANDONED = "abandoned", "abandoned"

    day = models.ForeignKey(
        Day,
        to_field="date",
        db_column="date",
        on_delete=models.CASCADE,
        related_name="tasks",
        db_index=False,  # the walks begin with it
    )
    position = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    name = models.CharField(max_length=NAME_LENGTH, blank=True, help_text="Blank: the start of the text.")
    description = models.TextField("text", max_length=20_000, validators=[MaxLengthValidator(20_000)])
    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        db_index=False,  # the walks begin with it
    )
    human_hours = HoursField(null=True, blank=True, validators=[MinValueValidator(SMALLEST_HOURS)])
    agent_minutes = MinutesField(null=True, blank=True, validators=[MinValueValidator(SMALLEST_MINUTES)])
    supervisory_minutes = MinutesField(null=True, blank=True, validators=[MinValueValidator(Decimal(0))])
    tokens = models.BigIntegerField(null=True, blank=True, validators=token_bounds())
    agent_minutes_source = models.CharField(
        max_length=12, choices=FigureSource.choices, default=FigureSource.DECLARED
    )
    supervisory_minutes_source = models.CharField(
        max_length=12, choices=FigureSource.choices, default=FigureSource.DECLARED
    )
    tokens_source = models.CharField(
        max_length=12, choices=FigureSource.choices, default=FigureSource.DECLARED
    )
    agent = models.CharField(max_length=60, blank=True)
    model_version = models.CharField(max_length=60, blank=True)
    estimate_low = HoursField(null=True, blank=True, validators=[MinValueValidator(SMALLEST_HOURS)])
    estimate_high = HoursField(null=True, blank=True, validators=[MinValueValidator(SMALLEST_HOURS)])
    estimate_steps = ExactJSONField(
        "steps of the estimate", default=list, blank=True, validators=[check_steps]
    )
    estimate_basis_kind = models.CharField(
        "estimate rests on", max_length=10, choices=Basis.choices, blank=True
    )
    estimate_basis = models.CharField(max_length=200, blank=True)
    estimate_by = models.CharField(max_length=80, blank=True)
    estimate_on = models.DateField(null=True, blank=True)
    estimate_timing = models.CharField("estimated", max_length=6, choices=Timing.choices, blank=True)
    evidence_url = WebAddressField("evidence", max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField("outcome known on", null=True, blank=True)
    factor = models.GeneratedField(
        expression=factor_in_sql("human_hours", "agent_minutes"),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )
    supervisory_factor = models.GeneratedField(
        expression=factor_in_sql("human_hours", "supervisory_minutes"),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )

    minutes_together = False  # set by ``supposing`` alone

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "position", "id"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The task's page."""
        return address_of_task(self.pk)

    def clean(self) -> None:
        """Raise ``ValidationError`` beside the field for an estimate whose range does not hold it."""
        low, likely, high = self.estimate_low, self.human_hours, self.estimate_high
        faults = {}
        if low is not None and likely is not None and low > likely:
            faults["estimate_low"] = "The low end lies above the estimate itself."
        if high is not None and likely is not None and high < likely:
            faults["estimate_high"] = "The high end lies below the estimate itself."
        if low is not None and high is not None and low > high:
            faults.setdefault("estimate_high", "The high end lies below the low end.")
        if self.outcome_on and not self.outcome:
            faults["outcome_on"] = "A date of no outcome. Choose the outcome, or clear its date."
        if faults:
            raise ValidationError(faults)

    def missing_for_public(self) -> list[str]:
        """The fields a public task needs and this one lacks, in the order of the form."""
        return [name for name in PUBLIC_NEEDS if getattr(self, name) is None]

    @property
    def title(self) -> str:
        """The name as shown: the author's, else the one its text carries."""
        return self.name or name_in(self.description)

    @property
    def detail(self) -> str:
        """What the text says beyond the name it carries."""
        return detail_of(self.name, self.description)

    def supposing(self, scenario: Scenario) -> "Task":
        """A copy with the figures of a scenario, to be shown and never to be saved."""
        supposed = copy(self)
        supposed.human_hours = scenario.human_hours(self.human_hours, self.estimate_low)
        supposed.supervisory_minutes = scenario.supervisory_minutes(self.supervisory_minutes)
        supposed.minutes_together = scenario.minutes_together
        if not scenario.is_plain:  # the ends of a range are of the estimate as it was made
            supposed.estimate_low = supposed.estimate_high = None
        return supposed

    @property
    def leverage_minutes(self) -> Decimal | None:
        """What the hours are divided by: agent minutes, in a scenario perhaps with the supervisory ones."""
        minutes: Decimal | None = self.agent_minutes
        if not self.minutes_together or minutes is None:
            return minutes
        return None if self.supervisory_minutes is None else minutes + self.supervisory_minutes

    def leverage_factor(self) -> Decimal | None:
        """Human hours x 60 / agent minutes, exact; ``None`` when a part is unknown."""
        return leverage.factor(self.human_hours, self.leverage_minutes)

    def steps(self) -> list[Step]:
        """The steps of the estimate, in order; none where it has none."""
        return steps_in(self.estimate_steps)

    def unaccounted_hours(self) -> Decimal | None:
        """The hours estimated less those of its steps; ``None`` without steps or without an estimate."""
        steps = self.steps()
        if not steps or self.human_hours is None:
            return None
        together = sum((step.hours for step in steps), Decimal(0))
        return Decimal(self.human_hours - together)

    def supervisory_leverage_factor(self) -> Decimal | None:
        """Human hours x 60 / supervisory minutes, exact; ``None`` when unknown or 0 minutes."""
        return leverage.factor(self.human_hours, self.supervisory_minutes)
