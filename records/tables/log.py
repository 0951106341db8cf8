"""The log of one day as the address of its page describes it."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from django.db.models import BooleanField, DateField
from django.http import QueryDict

from records.filters import WHAT_IF, Link, WhatIf, link
from records.filters.fields import quoted
from records.filters.links import kept
from records.models import NO_CATEGORY, Day, Task
from records.models.prepared import Parameter, Prepared
from records.scenario import Scenario
from records.summaries.record import CategoryPart
from records.summaries.scenario import RANKS, ranked, supposed
from records.tables.base import Head
from records.tables.listing import OrderedTasks, in_order
from records.tables.tasks import TaskTable

HIGHEST_FACTOR_FIRST = "-factor"
KEPT = 256  # addresses of logs


class RecordLog:
    """All tasks of a day, read in one query, and those of them that are shown, in the order asked for.

    ``category`` in the address narrows the log and nothing else on the page; ``sort`` orders it, by factor
    and then position when it is not there. In a scenario, ``tasks`` are as it has them and ``recorded`` are
    as they were recorded.
    """

    def __init__(self, query: QueryDict, day: Day, knobs: tuple[str, ...] = WHAT_IF) -> None:
        """``knobs`` are the names of a scenario that may be turned here."""
        self.query = kept(query, ("sort", "category", *WHAT_IF))
        self.what_if = _what_if(self.query.urlencode(), knobs)
        self.sort, self.order_faults = _order_asked(self.query.get("sort", ""))
        self.recorded = _tasks_in(self.sort).rows(date=day.date, sample=day.sample)
        self.tasks = self._supposed(self.what_if.scenario)
        asked = self.query.get("category", "")
        self.category = asked if asked and asked in {slug_of(task) for task in self.tasks} else ""
        if asked and not self.category:
            missing = f"No task of this day has the category {quoted(asked)}, so all are shown."
            self.order_faults = {**self.order_faults, "category": [missing]}

    @property
    def faults(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**self.order_faults, **self.what_if.faults}

    @property
    def errors(self) -> list[str]:
        """What of the order and the category makes no sense, in words; the rest is said beside its field."""
        return [message for messages in self.order_faults.values() for message in messages]

    @property
    def shown(self) -> list[Task]:
        """The tasks of the chosen category, all when none is chosen."""
        return [task for task in self.tasks if not self.category or slug_of(task) == self.category]

    @property
    def has_tokens(self) -> bool:
        """Whether tokens are known of some task, so that they get a column."""
        return any(task.tokens is not None for task in self.tasks)

    def heads(self, agent: str) -> tuple[Head, ...]:
        """The heads of the columns; ``agent`` is the agent's name."""
        hidden = ("date", "category") if self.has_tokens else ("date", "category", "tokens")
        return _heads(self.sort or HIGHEST_FACTOR_FIRST, agent, hidden, self.query.urlencode())

    def category_links(self, parts: Iterable[CategoryPart]) -> tuple[Link, ...]:
        """The whole log and each category of it, with how many tasks that has."""
        counts = tuple((part.name, part.slug, part.totals.tasks) for part in parts)
        return _category_links(self.query.urlencode(), counts, self.category)

    def _supposed(self, scenario: Scenario) -> list[Task]:
        """The tasks of the scenario, put in order anew where it changes what they are ordered by."""
        tasks = supposed(self.recorded, scenario)
        if scenario.is_plain or (self.sort and self.sort.lstrip("-") not in RANKS):
            return tasks
        return ranked(tasks, self.sort)


@cache
def _tasks_in(sort: str) -> Prepared[Task]:
    """The tasks of a day in an order, as ``listed`` has them; what day they are of is known."""
    tasks = Task.objects.filter(day_id=Parameter("date", DateField())).select_related("category")
    return Prepared(in_order(tasks.annotate(sample=Parameter("sample", BooleanField())), sort))


# An address asks for the same whenever it is asked, and the forms and columns that tell take a while to make.


@lru_cache(KEPT)
def _what_if(query: str, knobs: tuple[str, ...]) -> WhatIf:
    return WhatIf(QueryDict(query), knobs)


@lru_cache(KEPT)
def _order_asked(sort: str) -> tuple[str, Mapping[str, list[str]]]:
    """The order that an address names, blank for that of a record, and what is wrong with the name."""
    query = QueryDict(mutable=True)
    query["sort"] = sort
    listing = OrderedTasks(query, Task.objects.none(), default="", knobs=())
    return listing.state.sort, listing.errors


@lru_cache(KEPT)
def _heads(sort: str, agent: str, hidden: tuple[str, ...], query: str) -> tuple[Head, ...]:
    columns = TaskTable(Task.objects.none(), count=0, sort=sort, agent=agent, hidden=hidden)
    return tuple(columns.heads(QueryDict(query)))


@lru_cache(KEPT)
def _category_links(query: str, counts: tuple[tuple[str, str, int], ...], chosen: str) -> tuple[Link, ...]:
    asked = QueryDict(query)
    tasks = sum(count for _, _, count in counts)
    return (
        Link("All", link(asked, category=None), tasks, current=not chosen),
        *(
            Link(name, link(asked, category=slug), count, current=slug == chosen)
            for name, slug, count in counts
        ),
    )


def slug_of(task: Task) -> str:
    """The slug of a task's category, ``none`` without one."""
    return task.category.slug if task.category else NO_CATEGORY
