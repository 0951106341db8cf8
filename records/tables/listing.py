"""A list as its address describes it: order, page, totals and what if."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db.models.functions import Lower
from django.http import QueryDict

from records.filters import MULTIPLIERS, WHAT_IF, TableState, WalkState, WhatIf
from records.filters.fields import faults
from records.filters.links import kept
from records.leverage import Totals
from records.models import Category, Day, DaySummary, Task
from records.models.day import DayQuerySet
from records.models.summary import SummaryQuerySet
from records.models.task import TaskQuerySet
from records.models.walks import ByCategory, ByDay, ByFigure, Key, Order
from records.scenario import Scenario
from records.summaries.accounts import account_kept
from records.summaries.tasks import Account, Reservations, account_of, in_rows, listed
from records.tables.days import DayTable, ranked_in_sql, scaled_days
from records.tables.tasks import TaskTable
from records.tables.walking import Page, Turns, Walk, numbered, places_in, turns_of


def in_order(tasks: TaskQuerySet, sort: str) -> TaskQuerySet:
    """The tasks sorted at once by the name of a column; a blank one stands for the order of a record."""
    if not sort:
        return tasks.by_factor()
    return tasks.ranked(sort.lstrip("-"), descending=sort[0] == "-")


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
        summaries: SummaryQuerySet[Any] | None = None,
    ) -> None:
        """``default`` is the sort where the address names none; blank means the order of a record.

        ``summaries`` are those that stand for exactly these tasks, where there are some.
        """
        self.state = WalkState(query, TaskTable.sorts(), default)
        self.tasks, self._summaries = tasks, summaries
        self.query = kept(query, ("sort", "per_page", *(WHAT_IF if knobs else ())))
        self.what_if = WhatIf(self.query, knobs)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        self.places  # noqa: B018 - looked up here, so that the state knows which are none
        return {**faults(self.state), **self.what_if.faults}

    @property
    def scenario(self) -> Scenario:
        """What the address supposes."""
        return self.what_if.scenario

    @property
    def counted(self) -> TaskQuerySet:
        """The tasks that sums are made of."""
        return self.tasks

    @property
    def summaries(self) -> SummaryQuerySet[Any] | None:
        """The summaries that stand for exactly these tasks; ``None`` where only the tasks can tell."""
        return self._summaries

    @cached_property
    def account(self) -> Account:
        """What these tasks, on all pages, add up to as recorded, and what has to be said beside it."""
        return account_of(self.counted) if self.summaries is None else account_kept(self.summaries)

    @property
    def recorded(self) -> Totals:
        """Sums and weighted averages of these tasks as recorded, on all pages."""
        return self.account.totals

    @property
    def totals(self) -> Totals:
        """The same in the scenario."""
        return self.recorded.scaled(hours=self.scenario.hours, supervision=self.scenario.supervision)

    @property
    def count(self) -> int:
        """How many tasks there are on all pages."""
        return self.recorded.tasks

    @property
    def reservations(self) -> Reservations:
        """What has to be said beside these totals."""
        return self.account.reservations

    @property
    def is_computed(self) -> bool:
        """Whether there are sums and a count at all."""
        return True

    @property
    def is_open(self) -> bool:
        """Whether there are more tasks than ``count`` says."""
        return False

    @cached_property
    def order(self) -> Order:
        """The order, as a walk along an index."""
        by, descending = self.state.sort.lstrip("-"), self.state.sort.startswith("-")
        if by == "date":
            return ByDay(by, descending)
        if by == "category":
            named = Category.objects.order_by(Lower("name"), "id").values_list("pk", flat=True)
            return ByCategory(by, descending, ids=(*named, None))
        return ByFigure(by, descending)

    @property
    def ordered(self) -> TaskQuerySet:
        """All of the tasks with what a row shows, as recorded, sorted at once: for the tasks of few days."""
        return in_order(listed(self.tasks), self.state.sort)

    @property
    def parts(self) -> Iterator[TaskQuerySet]:
        """All of the tasks with what a row shows, as recorded, one part after the other."""
        return self.order.parts(listed(self.tasks))

    @property
    def read(self) -> TaskQuerySet:
        """The tasks as pages are read from them."""
        return self.tasks

    @cached_property
    def walk(self) -> Walk:
        """The list as it is turned to a page."""
        numbers = numbered(self.count, self.state.per_page)
        return Walk(in_rows(self.read), self.order, self.state, self.places, numbers)

    @cached_property
    def places(self) -> dict[str, Key]:
        """The places the address names that are of this order."""
        return places_in(self.state, lambda: self.order)

    @cached_property
    def page(self) -> Page:
        """The page asked for, as recorded."""
        return self.walk.page() if self.count else Page([], earlier=False, later=False)

    @property
    def turns(self) -> Turns | None:
        """The links below the page; none where it is empty."""
        return turns_of(self.page, self.walk, self.query, self.count) if self.page.tasks else None

    def table(self, agent: str, *, hidden: tuple[str, ...] = ()) -> TaskTable:
        """The columns; tokens show once a task has some."""
        hidden = hidden if self.recorded.tokens_known else (*hidden, "tokens")
        return TaskTable(Task.objects.none(), count=0, sort=self.state.sort, agent=agent, hidden=hidden)

    @property
    def shown(self) -> list[Task]:
        """The tasks on the page, as the scenario has them."""
        tasks = self.page.tasks
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
        return totals._replace(tokens=self.days.tokens())

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
        yield from scaled_days(days, self.what_if.scenario)

    def table(self, agent: str) -> DayTable:
        """The page asked for."""
        table = DayTable(self.ordered, count=self.count, sort=self.state.sort, agent=agent)
        table.turn_to(self.state)
        return table
