"""What the page of one day says in figures."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter

from django.utils.formats import date_format

from records.formats import average_factor, counted, quantity, with_unit
from records.leverage import MINUTES_PER_HOUR, Totals, WeightedFactor, largest, median, quotient
from records.models import NO_CATEGORY, Category, Day, FigureSource, SiteProfile, Task
from records.scenario import AS_RECORDED, Scenario
from records.summaries.categories import WITHOUT_CATEGORY

LARGEST = 2
MADE_UP = "Sample data: these figures are made up."


@dataclass(frozen=True)
class CategoryPart:
    """The tasks of one day that share a category; the slug ``none`` is for those without one."""

    category: Category | None
    tasks: tuple[Task, ...]
    totals: Totals

    @property
    def slug(self) -> str:
        """As in the address of the log."""
        return self.category.slug if self.category else NO_CATEGORY

    @property
    def name(self) -> str:
        """As shown."""
        return self.category.name if self.category else WITHOUT_CATEGORY


@dataclass(frozen=True)
class LargestPart:
    """The two tasks of most human hours, and how the day stands without them."""

    human_hours: Decimal
    share: Decimal | None
    leverage_without: WeightedFactor
    supervision_without: WeightedFactor


@dataclass(frozen=True)
class Shown:
    """The figures of one day as its page says them, each by the value alone."""

    totals: Totals
    tokens: int | None
    median_factor: Decimal | None
    median_supervisory_factor: Decimal | None
    working_weeks: Decimal | None
    agent_hours: Decimal | None
    supervisory_hours: Decimal | None
    agent_is_approximate: bool
    supervision_is_approximate: bool
    tokens_are_approximate: bool
    tokens_are_partial: bool
    largest: LargestPart | None


@dataclass(frozen=True)
class RecordSummary:
    """The figures of one day: everything is computed from its tasks, as logged or as a scenario has them."""

    day: Day
    tasks: tuple[Task, ...]
    totals: Totals
    hours_per_week: Decimal
    scenario: Scenario = AS_RECORDED

    @classmethod
    def of(
        cls, day: Day, tasks: Sequence[Task], site: SiteProfile, scenario: Scenario = AS_RECORDED
    ) -> "RecordSummary":
        """The summary of a day whose tasks are at hand, those of the scenario if there is one; no query."""
        logged = tuple(sorted(tasks, key=lambda task: (task.position, task.pk or 0)))
        return cls(day, logged, Totals.of(logged), site.hours_per_week, scenario)

    @property
    def tokens(self) -> int | None:
        """The sum over the tasks when every task has tokens, else the day's stated total."""
        return self.totals.tokens_with(self.stated_tokens)

    @property
    def stated_tokens(self) -> int | None:
        """What the day states; nothing where a task is left out, whose share of it nobody knows."""
        return None if self.scenario.without_largest else self.day.stated_tokens

    def sentence(self, agent: str) -> str:
        """The day in one sentence of plain text, for descriptions and feeds; ``agent`` is its name."""
        said = _sentence(self.totals, self.day.date, agent)
        return f"{said} {MADE_UP}" if self.day.sample else said

    @property
    def median_factor(self) -> Decimal | None:
        """The middle of the tasks' leverage factors."""
        return median(task.leverage_factor() for task in self.tasks)

    @property
    def median_supervisory_factor(self) -> Decimal | None:
        """The middle of the tasks' supervisory leverage factors."""
        return median(task.supervisory_leverage_factor() for task in self.tasks)

    @property
    def working_weeks(self) -> Decimal | None:
        """The human hours in weeks of a human's work."""
        return quotient(self.totals.human_hours, self.hours_per_week)

    @property
    def agent_hours(self) -> Decimal | None:
        """The agent minutes in hours."""
        return quotient(self.totals.agent_minutes, MINUTES_PER_HOUR)

    @property
    def supervisory_hours(self) -> Decimal | None:
        """The supervisory minutes in hours."""
        return quotient(self.totals.supervisory_minutes, MINUTES_PER_HOUR)

    @property
    def agent_is_approximate(self) -> bool:
        """Whether agent minutes of some task are only about right, and so their sum."""
        return self._some_are_approximate("agent_minutes")

    @property
    def supervision_is_approximate(self) -> bool:
        """Whether supervisory minutes of some task are only about right, and so their sum."""
        return self._some_are_approximate("supervisory_minutes")

    @property
    def tokens_are_partial(self) -> bool:
        """Whether the tokens shown are a sum over some tasks, those of the others being unknown."""
        return self.stated_tokens is None and 0 < self.totals.tokens_known < self.totals.tasks

    @property
    def tokens_are_approximate(self) -> bool:
        """Whether the tokens shown are a sum, and tokens of some task are only about right."""
        is_stated = self.tokens != self.totals.tokens
        return not is_stated and self._some_are_approximate("tokens")

    def _some_are_approximate(self, figure: str) -> bool:
        with_sources = map(attrgetter(figure, f"{figure}_source"), self.tasks)
        return any(source == FigureSource.APPROXIMATE and value is not None for value, source in with_sources)

    @cached_property
    def shown(self) -> Shown:
        """All that the page says in figures."""
        return Shown(**{each.name: getattr(self, each.name) for each in fields(Shown)})

    @cached_property
    def largest(self) -> LargestPart | None:
        """The two largest tasks; ``None`` where there are no others."""
        top = largest(self.tasks, LARGEST)
        if len(self.tasks) <= LARGEST or len(top) < LARGEST:
            return None
        part, whole = Totals.of(top), self.totals
        hours = part.human_hours or Decimal(0)
        return LargestPart(
            human_hours=hours,
            share=quotient(hours, whole.human_hours),
            leverage_without=whole.leverage.minus(part.leverage),
            supervision_without=whole.supervision.minus(part.supervision),
        )

    @cached_property
    def categories(self) -> tuple[CategoryPart, ...]:
        """The categories of the day by weighted average factor, highest first; tasks without one last."""
        groups: dict[int | None, list[Task]] = {}
        for task in self.tasks:
            groups.setdefault(task.category_id, []).append(task)
        parts = [CategoryPart(tasks[0].category, tuple(tasks), Totals.of(tasks)) for tasks in groups.values()]
        return tuple(
            sorted(parts, key=lambda part: (part.category is None, -(part.totals.leverage.value or 0)))
        )


@lru_cache(256)  # a page says it three times
def _sentence(totals: Totals, on: date, agent: str) -> str:
    if not totals.tasks:
        return f"A note on {date_format(on, 'F j, Y')}."
    return (
        f"{counted(totals.tasks, 'task')}, "
        f"{quantity(totals.human_hours)} human-equivalent hours in {quantity(totals.agent_minutes)} "
        f"{agent} minutes: a weighted average leverage factor of "
        f"{with_unit(average_factor(totals.leverage.value), '×')}."
    )
