"""What the fact check is told of a record: plain figures of the day, of its tasks and of the other days."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from records.leverage import Totals, WithoutRange, factor


class Measure(Enum):
    """What can be said of a task, of some tasks together, or of a day; the value is how it is called."""

    TASKS = "tasks"
    HOURS = "human hours"
    FACTOR = "leverage factor"
    SUPERVISORY_FACTOR = "supervisory leverage factor"
    MINUTES = "agent minutes"
    SUPERVISORY_MINUTES = "supervisory minutes"
    TOKENS = "tokens"


M = Measure  # for tables of measures


@dataclass(frozen=True)
class TaskFigures(WithoutRange):
    """One task: hours and minutes as stored, unknown ones ``None``."""

    position: int
    name: str
    description: str = ""
    category: str = ""
    category_name: str = ""
    human_hours: Decimal | None = None
    agent_minutes: Decimal | None = None
    supervisory_minutes: Decimal | None = None
    tokens: int | None = None

    @cached_property
    def factor(self) -> Decimal | None:
        """The leverage factor, exact."""
        return factor(self.human_hours, self.agent_minutes)

    @cached_property
    def supervisory_factor(self) -> Decimal | None:
        """The supervisory leverage factor, exact."""
        return factor(self.human_hours, self.supervisory_minutes)


Tasks = tuple[TaskFigures, ...]


def measured(totals: Totals, measure: Measure, tokens: int | None = None) -> Decimal | None:
    """One measure of some totals; ``tokens`` is what a day shows in place of the sum over its tasks."""
    shown = totals.tokens_with(tokens)
    values: dict[Measure, Decimal | None] = {
        Measure.TASKS: Decimal(totals.tasks),
        Measure.HOURS: totals.human_hours,
        Measure.FACTOR: totals.leverage.value,
        Measure.SUPERVISORY_FACTOR: totals.supervision.value,
        Measure.MINUTES: totals.agent_minutes,
        Measure.SUPERVISORY_MINUTES: totals.supervisory_minutes,
        Measure.TOKENS: None if shown is None else Decimal(shown),
    }
    return values[measure]


def value_of(task: TaskFigures, measure: Measure) -> Decimal | None:
    """One measure of one task."""
    tokens = None if task.tokens is None else Decimal(task.tokens)
    values: dict[Measure, Decimal | None] = {
        Measure.TASKS: Decimal(1),
        Measure.HOURS: task.human_hours,
        Measure.FACTOR: task.factor,
        Measure.SUPERVISORY_FACTOR: task.supervisory_factor,
        Measure.MINUTES: task.agent_minutes,
        Measure.SUPERVISORY_MINUTES: task.supervisory_minutes,
        Measure.TOKENS: tokens,
    }
    return values[measure]


@dataclass(frozen=True)
class DayFigures:
    """One published day: its totals and the tokens it states."""

    date: date
    totals: Totals
    tokens: int | None = None

    def value(self, measure: Measure) -> Decimal | None:
        """One measure of the day."""
        return measured(self.totals, measure, self.tokens)


@dataclass(frozen=True)
class Figures:
    """The record whose prose is checked, and every other published day."""

    date: date
    tasks: Tasks
    others: tuple[DayFigures, ...] = ()
    tokens: int | None = None
    hours_per_day: Decimal = Decimal(8)
    hours_per_week: Decimal = Decimal(40)
    agent_name: str = "Claude"

    @cached_property
    def day(self) -> DayFigures:
        """The day itself, as one of the series."""
        return DayFigures(self.date, Totals.of(self.tasks), self.tokens)

    @cached_property
    def series(self) -> tuple[DayFigures, ...]:
        """All published days and this one, earliest first."""
        others = [day for day in self.others if day.date != self.date]
        return tuple(sorted([*others, self.day], key=lambda day: day.date))

    @cached_property
    def earlier(self) -> tuple[DayFigures, ...]:
        """The published days before this one, earliest first."""
        return tuple(day for day in self.series if day.date < self.date)

    @cached_property
    def by_category(self) -> dict[str, Tasks]:
        """The tasks of each category, by slug; those without one under the empty slug."""
        groups: dict[str, Tasks] = {}
        for task in self.tasks:
            groups[task.category] = (*groups.get(task.category, ()), task)
        return groups

    def ranked(self, measure: Measure, *, highest: bool = True) -> Tasks:
        """The tasks that have the measure, from one end, ties as logged."""
        known = [(task, value) for task in self.tasks if (value := value_of(task, measure)) is not None]
        return tuple(task for task, _ in sorted(known, key=lambda pair: -pair[1] if highest else pair[1]))
