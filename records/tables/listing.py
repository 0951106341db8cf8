"""A list as its address describes it: order, page, totals and what if."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from django.http import QueryDict

from records.filters import MULTIPLIERS, WHAT_IF, TableState, WhatIf
from records.filters.fields import faults
from records.filters.links import kept
from records.leverage import Totals
from records.models import Day, DaySummary, Task
from records.models.day import DayQuerySet
from records.models.task import TaskQuerySet
from records.scenario import Scenario
from records.summaries.tasks import Reservations, listed, reservations
from records.tables.days import DayTable, ranked_in_sql
from records.tables.tasks import TaskTable


class OrderedTasks:
    """Tasks in the order and on the page an address asks for, with the figures it supposes.

    A scenario here only multiplies, which leaves the order as it is.
    """

    def __init__(
        self,
        query: QueryDict,
        tasks: TaskQuerySet,
        *,
        default: str = TaskTable.default_sort,
        knobs: tuple[str, ...] = MULTIPLIERS,
    ) -> None:
        """``default`` is the sort where the address names none; blank means the order of a record."""
        self.state = TableState(query, TaskTable.sorts(), default)
        self.tasks = tasks
        self.query = kept(query, ("sort", "per_page", *(WHAT_IF if knobs else ())))
        self.what_if = WhatIf(self.query, knobs)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.state), **self.what_if.faults}

    @property
    def scenario(self) -> Scenario:
        """What the address supposes."""
        return self.what_if.scenario

    @property
    def counted(self) -> TaskQuerySet:
        """The tasks that sums are made of."""
        return self.tasks

    @cached_property
    def recorded(self) -> Totals:
        """Sums and weighted averages of these tasks as recorded, on all pages."""
        return self.counted.totals()

    @property
    def totals(self) -> Totals:
        """The same in the scenario."""
        return self.recorded.scaled(hours=self.scenario.hours, supervision=self.scenario.supervision)

    @property
    def count(self) -> int:
        """How many tasks there are on all pages."""
        return self.recorded.tasks

    @cached_property
    def reservations(self) -> Reservations:
        """What has to be said beside these totals."""
        return reservations(self.counted)

    @property
    def ordered(self) -> TaskQuerySet:
        """All of the tasks with what a row shows, in order, as recorded."""
        if not self.state.sort:
            return listed(self.tasks).by_factor()
        return listed(self.tasks).ranked(self.state.sort.lstrip("-"), descending=self.state.sort[0] == "-")

    def table(self, agent: str, *, hidden: tuple[str, ...] = ()) -> TaskTable:
        """The page asked for; tokens show once a task has some."""
        hidden = hidden if self.recorded.tokens_known else (*hidden, "tokens")
        table = TaskTable(self.ordered, count=self.count, sort=self.state.sort, agent=agent, hidden=hidden)
        table.turn_to(self.state)
        return table

    def shown_by(self, table: TaskTable) -> list[Task]:
        """The tasks on the page of a table, as the scenario has them."""
        tasks = [row.record for row in table.paginated_rows]
        return tasks if self.scenario.is_plain else [task.supposing(self.scenario) for task in tasks]


class OrderedDays:
    """Days in the order and on the page an address asks for, with the figures it supposes.

    A scenario here only multiplies, which leaves the order as it is.
    """

    def __init__(self, query: QueryDict, days: DayQuerySet) -> None:
        self.state = TableState(query, DayTable.sorts(), DayTable.default_sort)
        self.days = days
        self.query = kept(query, ("sort", "per_page", *WHAT_IF))
        self.what_if = WhatIf(self.query, MULTIPLIERS)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.state), **self.what_if.faults}

    @cached_property
    def count(self) -> int:
        """How many days there are on all pages."""
        return self.days.count()

    @cached_property
    def recorded(self) -> Totals:
        """Sums and weighted averages of the tasks of these days, on all pages, and the days' own tokens."""
        totals = DaySummary.objects.filter(day__in=self.days.order_by().values("date")).totals()
        return replace(totals, tokens=self.days.tokens())

    @property
    def totals(self) -> Totals:
        """The same in the scenario."""
        scenario = self.what_if.scenario
        return self.recorded.scaled(hours=scenario.hours, supervision=scenario.supervision)

    @property
    def ordered(self) -> DayQuerySet:
        """All of the days with their sums and without their prose, in order."""
        return ranked_in_sql(self.days, self.state.sort)

    def supposed(self, days: Iterable[Day]) -> Iterator[Day]:
        """The days as the scenario has them, which here only multiplies."""
        scenario = self.what_if.scenario
        if scenario.is_plain:
            yield from days
            return
        for day in days:
            scaled = day.totals().scaled(hours=scenario.hours, supervision=scenario.supervision)
            yield day.supposing(scaled)

    def table(self, agent: str) -> DayTable:
        """The page asked for."""
        table = DayTable(self.ordered, count=self.count, sort=self.state.sort, agent=agent)
        table.turn_to(self.state)
        return table
