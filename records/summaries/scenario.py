"""Tasks as a scenario has them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from records.leverage import largest
from records.models import Task
from records.scenario import Scenario

# What a scenario may change the order of; as recorded, the database orders by these.
RANKS: dict[str, Callable[[Task], Decimal | None]] = {
    "human_hours": lambda task: task.human_hours,
    "supervisory_minutes": lambda task: task.supervisory_minutes,
    "factor": Task.leverage_factor,
    "supervisory_factor": Task.supervisory_leverage_factor,
}


def supposed(tasks: Sequence[Task], scenario: Scenario) -> list[Task]:
    """The tasks with the figures of a scenario, without those it leaves out; as recorded, these very tasks.

    What is left out of a day is found among the tasks given, so they have to be all of each day.
    """
    if scenario.is_plain:
        return list(tasks)
    left_out = _largest_of_each_day(tasks) if scenario.without_largest else set()
    return [task.supposing(scenario) for task in tasks if id(task) not in left_out]


def ranked(tasks: Iterable[Task], sort: str) -> list[Task]:
    """Tasks in the order of ``TaskQuerySet.ranked``, or of ``by_factor`` for a blank one."""
    rank = RANKS[sort.lstrip("-") or "factor"]
    known = [(value, task) for task in tasks if (value := rank(task)) is not None]
    unknown = [task for task in tasks if rank(task) is None]
    if not sort:
        known.sort(key=lambda pair: (-pair[0], pair[1].position, pair[1].pk))
        return [*(task for _, task in known), *sorted(unknown, key=lambda task: (task.position, task.pk))]
    descending = sort.startswith("-")
    known.sort(key=lambda pair: (pair[0], pair[1].pk), reverse=descending)
    return [*(task for _, task in known), *sorted(unknown, key=lambda task: task.pk, reverse=descending)]


def _largest_of_each_day(tasks: Iterable[Task]) -> set[int]:
    """The task of most human hours of each day, by identity: a day that is not stored has no keys yet."""
    days: dict[date, list[Task]] = {}
    for task in sorted(tasks, key=lambda task: (task.position, task.pk or 0)):
        days.setdefault(task.day_id, []).append(task)
    return {id(task) for of_day in days.values() for task in largest(of_day, 1)}
