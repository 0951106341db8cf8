"""Acts on tasks: add one, move some, set a field on many."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from records.models import Category, Day, SafeName, Task
from records.models.batches import batched
from records.publishing import door
from records.publishing.checks import TasksInvalid, check_day, check_tasks, check_values
from records.publishing.claims import forget_unmade
from records.publishing.days import save_day

AT_ONCE = 10_000  # ids that one statement names


@transaction.atomic
def add_task(on: date, task: Task, *, by: User | None = None) -> Task:
    """Append a task to the day of a date, made as a draft if absent; raises as ``save_day`` does."""
    day = Day.objects.select_for_update().filter(date=on).first() or Day(date=on)
    save_day(day, [*_tasks_of(on), task], by=by)
    return task


@transaction.atomic
def move_tasks(tasks: Iterable[Task], to: date, *, by: User | None = None, reason: str = "") -> None:
    """Move tasks to the end of another day, made as a draft if absent; they keep their ids.

    They are read anew, and taken from where they stand now. Raises ``TasksInvalid`` when the other day is
    public and a task lacks what a public task needs, ``ValidationError`` when one has been removed, and
    ``Conflict`` when somebody else moves one at the same time.
    """
    wanted = _ids(tasks)
    days = {day.date: day for day in door.lock_days({to, *_dates_of(wanted)})}
    moving = [task for task in _still_there(wanted, days) if task.day_id != to]
    if not moving:
        return
    target = days.setdefault(to, Day(date=to))
    _check_arriving(moving, target)
    origins = {task.pk: task.day_id for task in moving}
    standings = {on: door.lock(days[on]) for on in sorted({to, *origins.values()})}
    door.write_day(target, standings[to])
    _append(target, moving)
    for on, standing in standings.items():
        if on != to:
            _renumber(days[on])
            door.write_day(days[on], standing)
        moved = origins if on == to else dict.fromkeys(origins, to)
        door.record(days[on], standing, by=by, reason=reason, moved=moved)


@transaction.atomic
def set_category(tasks: Iterable[Task], category: Category | None, *, by: User | None = None) -> int:
    """Give tasks a category, or none; gives how many changed."""
    return _set(tasks, {"category_id": category.pk if category else None}, by)


@transaction.atomic
def set_outcome(
    tasks: Iterable[Task], outcome: str, *, on: date | None = None, by: User | None = None
) -> int:
    """Say what became of tasks, and when that was known; gives how many changed.

    Raises ``TasksInvalid`` for an unknown outcome.
    """
    return _set(tasks, {"outcome": outcome, "outcome_on": on if outcome else None}, by)


def _ids(tasks: Iterable[Task]) -> set[int]:
    """Which tasks are meant; of a query nothing else is read."""
    return set(tasks.values_list("pk", flat=True)) if isinstance(tasks, QuerySet) else {t.pk for t in tasks}


def _dates_of(ids: Iterable[int]) -> set[date]:
    """The days on which tasks stand now."""
    found: set[date] = set()
    for some in batched(ids, AT_ONCE):
        found.update(Task.objects.filter(pk__in=some).order_by().values_list("day__date", flat=True))
    return found


def _tasks_of(on: date) -> list[Task]:
    return list(Task.objects.filter(day__date=on).order_by("position", "id"))


def _still_there(ids: set[int], days: Mapping[date, Day]) -> list[Task]:
    """Tasks as they stand now that their days are locked, in the order of the log."""
    found = [task for some in batched(ids, AT_ONCE) for task in Task.objects.filter(pk__in=some)]
    if gone := len(ids) - len(found):
        which = "1 of these tasks was" if gone == 1 else f"{gone} of these tasks were"
        raise ValidationError(f"{which} removed in the meantime. Look at the others again, then move them.")
    for task in found:
        if task.day_id not in days:
            raise door.Conflict(task.day)
    return sorted(found, key=lambda task: (task.day_id, task.position, task.pk))


def _check_arriving(moving: Sequence[Task], target: Day) -> None:
    """Raise ``TasksInvalid`` for the first day with tasks that must not come here; rows are its positions."""
    if target._state.adding:
        check_day(target)
    public = target.status == Day.Status.PUBLISHED
    names = SafeName.known() if public else {}
    for on, some in groupby(moving, key=lambda task: task.day_id):
        rows = list(some)
        try:
            check_tasks(rows, public=public, names=names)
        except TasksInvalid as faults:
            by_row = {rows[row].position - 1: fault for row, fault in faults.by_row.items()}
            raise TasksInvalid(by_row, on) from None


def _append(target: Day, tasks: Iterable[Task]) -> None:
    last = Task.objects.filter(day__date=target.date).count()
    for position, task in enumerate(tasks, start=last + 1):
        task.day, task.position = target, position
        task.save(update_fields=["day", "position"])


def _renumber(day: Day) -> None:
    for position, task in enumerate(_tasks_of(day.date), start=1):
        if task.position != position:
            task.position = position
            task.save(update_fields=["position"])


def _set(tasks: Iterable[Task], values: Mapping[str, Any], by: User | None) -> int:
    """Set columns of tasks where they differ; days on which nothing does are left alone."""
    wanted = _ids(tasks)
    changed = 0
    for day in door.lock_days(_dates_of(wanted)):
        rows = _tasks_of(day.date)
        differing = [row for row in rows if row.pk in wanted and _differs(row, values)]
        if differing:
            for row in differing:
                for name, value in values.items():
                    setattr(row, name, value)
            _save_values(day, rows, values.keys(), by)
        changed += len(differing)
    return changed


def _differs(task: Task, values: Mapping[str, Any]) -> bool:
    return any(getattr(task, name) != value for name, value in values.items())


def _save_values(day: Day, tasks: Sequence[Task], columns: Collection[str], by: User | None) -> None:
    """Save tasks of which only these columns changed: what else is stored of the day is no matter here.

    A name that must not be public, and came to be known only later, keeps nobody from merging categories.
    """
    check_values(tasks, columns, day.date)
    before = door.lock(day)
    door.write_day(day, before)
    door.write_tasks(day, tasks)
    forget_unmade(day)
    door.record(day, before, by=by)
