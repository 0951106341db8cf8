"""A list as its address describes it: order, filters, page, totals."""

from dataclasses import replace
from functools import cached_property

from django.http import QueryDict

from records.filters import Choice, TableState, TaskFilter
from records.filters.fields import faults
from records.filters.links import kept
from records.leverage import Totals
from records.models import Tag, Task
from records.models.day import DayQuerySet
from records.models.task import TaskQuerySet
from records.summaries.categories import categories_of
from records.summaries.tasks import Reservations, counts_by_category, listed, reservations
from records.tables.days import DayTable
from records.tables.tasks import TaskTable

MORE = {
    *("supervisory_factor_min", "supervisory_factor_max", "hours_min", "hours_max", "minutes_min"),
    *("minutes_max", "tag", "missing"),
}


class OrderedTasks:
    """Tasks in the order and on the page an address asks for."""

    def __init__(
        self, query: QueryDict, tasks: TaskQuerySet, *, default: str = TaskTable.default_sort
    ) -> None:
        """``default`` is the sort where the address names none; blank means the order of a record."""
        self.state = TableState(query, TaskTable.sorts(), default)
        self.tasks = tasks
        self.query = kept(query, ("sort", "per_page"))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return faults(self.state)

    @cached_property
    def totals(self) -> Totals:
        """Sums and weighted averages of these tasks, on all pages."""
        return self.tasks.totals()

    @cached_property
    def reservations(self) -> Reservations:
        """What has to be said beside these totals."""
        return reservations(self.tasks)

    @property
    def ordered(self) -> TaskQuerySet:
        """All of the tasks with what a row shows, in order."""
        if not self.state.sort:
            return listed(self.tasks).by_factor()
        return listed(self.tasks).ranked(self.state.sort.lstrip("-"), descending=self.state.sort[0] == "-")

    def table(self, agent: str, *, hidden: tuple[str, ...] = ()) -> TaskTable:
        """The page asked for; tokens show once a task has some."""
        hidden = hidden if self.totals.tokens_known else (*hidden, "tokens")
        table = TaskTable(
            self.ordered, count=self.totals.tasks, sort=self.state.sort, agent=agent, hidden=hidden
        )
        table.turn_to(self.state)
        return table


class FilteredTasks(OrderedTasks):
    """Those of the tasks that an address asks for."""

    def __init__(self, query: QueryDict, tasks: TaskQuerySet) -> None:
        categories = {category.slug: category.name for category in categories_of(tasks)}
        tags = dict(tags_of(tasks))
        self.filter = TaskFilter(query, tasks, categories=categories, tags=tags)
        super().__init__(query, self.filter.qs)
        self.query = self.filter.state

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.filter.form), **super().errors}

    @cached_property
    def categories(self) -> list[Choice]:
        """The categories to choose from, with how many tasks each would have under the other filters."""
        return self.filter.choices("category", counts_by_category(self.filter.all_but("category")))

    @cached_property
    def lacking(self) -> list[Choice]:
        """What a task may lack."""
        return self.filter.choices("missing")

    @cached_property
    def more_filters_apply(self) -> bool:
        """Whether one of the rarer filters is set, rightly or not, so that the form shows them."""
        return any(name in MORE for name in (*self.filter.criteria, *self.filter.errors))

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether any filter applies."""
        return bool(self.filter.criteria)


class OrderedDays:
    """Days in the order and on the page an address asks for."""

    def __init__(self, query: QueryDict, days: DayQuerySet) -> None:
        self.state = TableState(query, DayTable.sorts(), DayTable.default_sort)
        self.days = days
        self.query = kept(query, ("sort", "per_page"))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return faults(self.state)

    @cached_property
    def count(self) -> int:
        """How many days there are on all pages."""
        return self.days.count()

    @cached_property
    def totals(self) -> Totals:
        """Sums and weighted averages of the tasks of these days, on all pages, and the days' own tokens."""
        totals = Task.objects.filter(day__in=self.days.order_by().values("date")).totals()
        return replace(totals, tokens=self.days.tokens())

    @property
    def ordered(self) -> DayQuerySet:
        """All of the days with their sums and without their prose, in order."""
        column = DayTable.base_columns[self.state.sort.lstrip("-")].by
        days = self.days.with_totals().defer("lede", "analysis")
        return days.ranked(column, descending=self.state.sort[0] == "-")

    def table(self, agent: str) -> DayTable:
        """The page asked for."""
        table = DayTable(self.ordered, count=self.count, sort=self.state.sort, agent=agent)
        table.turn_to(self.state)
        return table


def tags_of(tasks: TaskQuerySet) -> list[tuple[str, str]]:
    """Slug and name of the tags of the days of these tasks."""
    days = tasks.order_by().values("day_id")
    return list(Tag.objects.filter(days__date__in=days).distinct().values_list("slug", "name"))
