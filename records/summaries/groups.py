"""Some tasks of a day that prose speaks of: the largest, those of a category, all but those."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from records.formats import counted
from records.leverage import Totals, largest
from records.models import OldAddress, Task
from records.prose import Name
from records.summaries.record import CategoryPart, RecordSummary


@dataclass(frozen=True)
class Group:
    """Some tasks, who they are in words, the part of the page that lists them, and why there may be none."""

    tasks: tuple[Task, ...]
    says: str
    href: str = ""
    why: str = ""

    @cached_property
    def totals(self) -> Totals:
        """What they add up to."""
        return Totals.of(self.tasks)

    def without(self, all_tasks: Sequence[Task]) -> "Group":
        """The other tasks of the day."""
        if not self.tasks and self.why:
            return self
        rest = tuple(task for task in all_tasks if all(task is not one for one in self.tasks))
        return replace(self, tasks=rest, says=f"{counted(len(rest), 'task')} other than {self.says}", why="")


def the_day(tasks: tuple[Task, ...]) -> Group:
    """All tasks of a day."""
    return Group(tasks, counted(len(tasks), "task"), "#statistics")


def ranked(tasks: Sequence[Task], by: str) -> list[Task]:
    """The tasks that can be ranked, in order: ``top`` and ``bottom`` by factor, ``largest`` by human hours.

    Of equals the one logged first comes first, whichever way the order goes.
    """
    if by == "largest":
        return [task for task in largest(tasks, len(tasks)) if isinstance(task, Task)]
    known = [(factor, task) for task in tasks if (factor := task.leverage_factor()) is not None]
    sign = -1 if by == "top" else 1
    return [task for _, task in sorted(known, key=lambda entry: sign * entry[0])]


def ranks_group(tasks: Sequence[Task], name: Name) -> Group:
    """The tasks of the ranks a name is about."""
    first, last = name.ranks
    found = ranked(tasks, name.place)
    why = f"Of this day’s tasks {len(found)} can be ranked, so there is no {name.place}.{name.which}."
    chosen = tuple(found[first - 1 : last]) if last <= len(found) else ()
    return Group(chosen, _ranks_in_words(name), "#log", why)


def category_group(summary: RecordSummary, slug: str) -> Group:
    """The day's tasks of a category, also by a slug that it had before it was renamed or merged."""
    part = _part(summary, slug)
    if part is None:
        old = OldAddress.objects.filter(path=reverse("records:category_detail", args=[slug])).first()
        part = _part(summary, old.category.slug) if old and old.category else None
    if part is None:
        return Group((), f"tasks of the category {slug}")
    return Group(
        part.tasks, f"{counted(len(part.tasks), 'task')} of {part.name}", f"?category={part.slug}#log"
    )


def _part(summary: RecordSummary, slug: str) -> CategoryPart | None:
    return next((part for part in summary.categories if part.category and part.slug == slug), None)


def _ranks_in_words(name: Name) -> str:
    first, last = name.ranks
    by = {"top": "highest factor", "bottom": "lowest factor", "largest": "most human hours"}[name.place]
    if first == last:
        return f"the task of {by}" if first == 1 else f"the task of rank {first} by {by}"
    return f"the {last} tasks of {by}" if first == 1 else f"the tasks of ranks {first} to {last} by {by}"
