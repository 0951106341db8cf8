"""The log of one day as the address of its page describes it."""

from collections.abc import Iterator

from django.http import QueryDict

from records.filters.fields import quoted
from records.filters.links import kept
from records.models import NO_CATEGORY, Day, Task
from records.tables.base import Head
from records.tables.listing import OrderedTasks
from records.tables.tasks import TaskTable

HIGHEST_FACTOR_FIRST = "-factor"


class RecordLog:
    """All tasks of a day, read in one query, and those of them that are shown, in the order asked for.

    ``category`` in the address narrows the log and nothing else on the page; ``sort`` orders it, by factor
    and then position when it is not there.
    """

    def __init__(self, query: QueryDict, day: Day) -> None:
        self.query = kept(query, ("sort", "category"))
        listing = OrderedTasks(self.query, Task.objects.filter(day=day), default="")
        self.sort = listing.state.sort
        self.tasks = list(listing.ordered)
        asked = self.query.get("category", "")
        self.category = asked if asked in {slug_of(task) for task in self.tasks} else ""
        self.faults = listing.errors
        if asked and not self.category:
            missing = f"No task of this day has the category {quoted(asked)}, so all are shown."
            self.faults = {**self.faults, "category": [missing]}

    @property
    def errors(self) -> list[str]:
        """What in the address makes no sense, in words."""
        return [message for messages in self.faults.values() for message in messages]

    @property
    def shown(self) -> list[Task]:
        """The tasks of the chosen category, all when none is chosen."""
        return [task for task in self.tasks if not self.category or slug_of(task) == self.category]

    @property
    def has_tokens(self) -> bool:
        """Whether tokens are known of some task, so that they get a column."""
        return any(task.tokens is not None for task in self.tasks)

    def heads(self, agent: str) -> Iterator[Head]:
        """The heads of the columns; ``agent`` is the agent's name."""
        hidden = ("date", "category") if self.has_tokens else ("date", "category", "tokens")
        columns = TaskTable(
            Task.objects.none(),
            count=0,
            sort=self.sort or HIGHEST_FACTOR_FIRST,
            agent=agent,
            hidden=hidden,
        )
        return columns.heads(self.query)


def slug_of(task: Task) -> str:
    """The slug of a task's category, ``none`` without one."""
    return task.category.slug if task.category else NO_CATEGORY
