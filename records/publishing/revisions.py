"""A day made again what a revision of it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from records.exporters.snapshot import day_columns, task_columns
from records.models import Category, Day, OldAddress, Revision, Task
from records.publishing import door
from records.publishing.days import save_day
from records.summaries.differences import differences

Row = TypeVar("Row", Day, Task)

# Where a day stands, and what the site dates by itself, is of today: no revision brings it back.
_STAYS = ("date", "status", "published_at", "figures_changed_at", "prose_changed_at")


@dataclass(frozen=True)
class Restoring:
    """What restoring a revision would make of a day: its snapshot now and afterwards.

    ``elsewhere`` names the day on which a task of the revision stands today; it stays there, since it would
    count twice. ``no_categories`` are the slugs of categories that are gone.
    """

    now: Mapping[str, Any]
    after: Mapping[str, Any]
    elsewhere: Mapping[int, date]
    no_categories: frozenset[str]


def restoring(day: Day, number: int) -> Restoring:
    """What restoring a revision would do; raises ``Revision.DoesNotExist`` for one that is not kept.

    What the revision does not say, since it was kept before the field came to be, stays as it is.
    """
    then, now = Revision.objects.get(day=day, number=number).snapshot, door.snapshot_of(day)
    ids = [task["id"] for task in then["tasks"]]
    others = Task.objects.filter(pk__in=ids).exclude(day__date=day.date)
    elsewhere = {task.pk: task.day_id for task in others}
    slugs = _slugs_today()
    wanted = frozenset(task["category"] for task in then["tasks"] if task.get("category"))
    stored = {task["id"]: task for task in now["tasks"]}
    tasks = [
        {**stored.get(task["id"], {}), **task, "category": slugs.get(task.get("category")), "position": place}
        for place, task in enumerate((t for t in then["tasks"] if t["id"] not in elsewhere), start=1)
    ]
    own = {name: value for name, value in then.items() if name not in _STAYS}
    return Restoring(now, {**now, **own, "tasks": tasks}, elsewhere, wanted - slugs.keys())


@transaction.atomic
def restore_revision(
    day: Day, number: int, *, expected_version: int | None = None, by: User | None = None, reason: str = ""
) -> Revision:
    """Save the stored day as it was after one save: same ids, its place before the public as it is now.

    Raises as ``save_day`` does, ``Revision.DoesNotExist``, and ``ValidationError`` where nothing changes.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    wanted = restoring(stored, number)
    if not differences(wanted.now, wanted.after):
        raise ValidationError("The day stands like that already, so there is nothing to restore.")
    rows = {task.pk: task for task in Task.objects.filter(day__date=stored.date)}
    categories = dict(Category.objects.values_list("slug", "id"))
    tasks = []
    for values in wanted.after["tasks"]:
        task = rows.get(values["id"]) or Task()
        task.category_id = categories.get(values["category"])
        tasks.append(_filled(task, task_columns(values)))
    return save_day(
        _filled(stored, day_columns(wanted.after)),
        tasks,
        tags=wanted.after["tags"],
        expected_version=expected_version,
        by=by,
        reason=reason,
        act=f"Version {number} restored",
    )


def _filled(row: Row, values: Mapping[str, Any]) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _slugs_today() -> dict[str, str]:
    """The slug of each category by those it has and had, those of categories merged into it included."""
    slugs = {slug: slug for slug in Category.objects.values_list("slug", flat=True)}
    for path, slug in OldAddress.objects.filter(category__isnull=False).values_list("path", "category__slug"):
        slugs.setdefault(path.rstrip("/").rsplit("/", 1)[-1], slug)
    return slugs
