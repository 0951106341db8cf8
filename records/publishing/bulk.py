"""Many new days at once, for imports and sample data: the same door, a few statements for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from records.exporters.snapshot import day_as_json
from records.models import Category, Day, Revision, Tag, Task
from records.publishing.checks import check_tasks, refuse_nul
from records.publishing.door import keep_tasks_by_id, tags_named

BATCH = 1_000


@dataclass(frozen=True)
class NewDay:
    """A day that is not stored yet, with its tasks in order and the names of its tags."""

    day: Day
    tasks: Sequence[Task]
    tags: Sequence[str] = ()


Filed: TypeAlias = Sequence[tuple[NewDay, Sequence[Tag]]]


@transaction.atomic
def add_days(new: Sequence[NewDay], *, by: User | None = None, reason: str = "") -> None:
    """Store new days with tasks, tags and a first Revision each: all of them or none.

    Raises ``ValidationError`` when a date is taken, and ``TasksInvalid`` as ``save_day`` does.
    """
    _check(new)
    now = timezone.now()
    for entry in new:
        entry.day.version = 1
        entry.day.figures_changed_at = entry.day.figures_changed_at or now
        for position, task in enumerate(entry.tasks, start=1):
            task.day, task.position = entry.day, position
    Day.objects.bulk_create([entry.day for entry in new], batch_size=BATCH)
    Task.objects.bulk_create([task for entry in new for task in entry.tasks], batch_size=BATCH)
    for entry in new:
        keep_tasks_by_id(entry.day)
    tags = {names: tags_named(names) for names in dict.fromkeys(tuple(entry.tags) for entry in new)}
    filed = [(entry, tags[tuple(entry.tags)]) for entry in new]
    _file(filed)
    _first_revisions(filed, now, by, reason)


def _check(new: Sequence[NewDay]) -> None:
    taken = Day.objects.filter(date__in=[entry.day.date for entry in new]).values_list("date", flat=True)
    if taken:
        raise ValidationError(f"There is a day already: {', '.join(map(str, taken))}.")
    for entry in new:
        refuse_nul(entry.day)
        entry.day.clean_fields()
        entry.day.clean()
        check_tasks(entry.tasks, public=entry.day.status == Day.Status.PUBLISHED)


def _file(filed: Filed) -> None:
    filing = Day.tags.through
    rows = [filing(day_id=entry.day.pk, tag_id=tag.pk) for entry, tags in filed for tag in tags]
    filing._default_manager.bulk_create(rows, batch_size=BATCH)


def _first_revisions(filed: Filed, now: datetime, by: User | None, reason: str) -> None:
    slugs = dict(Category.objects.values_list("id", "slug"))
    Revision.objects.bulk_create(
        (
            Revision(
                day=entry.day,
                date=entry.day.date,
                number=1,
                at=now,
                by=by,
                by_name=by.get_username() if by else "",
                reason=reason,
                snapshot=day_as_json(entry.day, entry.tasks, [tag.name for tag in tags], slugs),
            )
            for entry, tags in filed
        ),
        batch_size=BATCH,
    )
