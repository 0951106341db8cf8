"""Acts on tasks: add one, move some, set a field on many."""

from collections.abc import Callable, Iterable
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from records.models import Category, Day, Task
from records.publishing import door
from records.publishing.checks import check_day, check_tasks
from records.publishing.days import save_day


@transaction.atomic
def add_task(on: date, task: Task, *, by: User | None = None) -> Task:
    """Append a task to the day of a date, made as a draft if absent; raises as ``save_day`` does."""
    day = day_of(on, by=by)
    tasks = list(Task.objects.filter(day__date=on).order_by("position", "id"))
    save_day(day, [*tasks, task], by=by)
    return task


@transaction.atomic
def move_tasks(tasks: Iterable[Task], to: date, *, by: User | None = None, reason: str = "") -> None:
    """Move tasks to the end of another day, made as a draft if absent; they keep their ids.

    Raises ``TasksInvalid`` when that day is public and a task lacks what a public task needs.
    """
    moving = sorted((task for task in tasks if task.day_id != to), key=lambda t: (t.day_id, t.position))
    if not moving:
        return
    target = day_of(to, by=by)
    check_tasks(moving, public=target.status == Day.Status.PUBLISHED)
    days = Day.objects.select_for_update().filter(date__in={to, *(task.day_id for task in moving)})
    standings = {day: door.lock(day) for day in days.order_by("date")}
    origins = {task.pk: task.day_id for task in moving}
    _append(target, moving)
    for day, standing in standings.items():
        _renumber(day)
        door.write_day(day, standing)
        moved = origins if day.date == to else dict.fromkeys(origins, to)
        door.record(day, standing, by=by, reason=reason, moved=moved)


@transaction.atomic
def set_category(tasks: Iterable[Task], category: Category | None, *, by: User | None = None) -> int:
    """Give tasks a category, or none; gives how many changed."""
    return _change(tasks, lambda task: setattr(task, "category", category), by)


@transaction.atomic
def set_outcome(
    tasks: Iterable[Task], outcome: str, *, on: date | None = None, by: User | None = None
) -> int:
    """Say what became of tasks, and when that was known; gives how many changed.

    Raises ``TasksInvalid`` for an unknown outcome.
    """

    def change(task: Task) -> None:
        task.outcome, task.outcome_on = outcome, on if outcome else None

    return _change(tasks, change, by)


def day_of(on: date, *, by: User | None = None) -> Day:
    """The day of a date under its write lock, made as a draft if absent."""
    day = Day.objects.select_for_update().filter(date=on).first()
    if day is None:
        day = Day(date=on)
        check_day(day)
        save_day(day, by=by)
    return day


def _append(target: Day, tasks: list[Task]) -> None:
    last = Task.objects.filter(day__date=target.date).count()
    for position, task in enumerate(tasks, start=last + 1):
        task.day, task.position = target, position
        task.save(update_fields=["day", "position"])


def _renumber(day: Day) -> None:
    for position, task in enumerate(
        Task.objects.filter(day__date=day.date).order_by("position", "id"), start=1
    ):
        if task.position != position:
            task.position = position
            task.save(update_fields=["position"])


def _change(tasks: Iterable[Task], change: Callable[[Task], None], by: User | None) -> int:
    wanted = {task.pk for task in tasks}
    dates = Task.objects.filter(pk__in=wanted).order_by("day_id").values_list("day_id", flat=True).distinct()
    changed = 0
    for day in Day.objects.select_for_update().filter(date__in=list(dates)).order_by("date"):
        rows = list(Task.objects.filter(day__date=day.date).order_by("position", "id"))
        for task in rows:
            if task.pk in wanted:
                change(task)
                changed += 1
        save_day(day, rows, by=by)
    return changed
