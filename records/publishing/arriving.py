"""Days of an archive written: new ones just as they were, others through the door."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from records.exporters.snapshot import day_as_json
from records.models import Category, Correction, Day, Revision, Source, Task
from records.publishing.archived import ArchivedDay, columns_said
from records.publishing.days import save_day
from records.publishing.door import keep_tasks_by_id
from records.publishing.numbers import Numbers, numbered
from records.publishing.summing import summarise_new

BATCH = 1_000
_STAMPS = ("created_at", "updated_at")


def create(archived: Sequence[ArchivedDay], numbers: Numbers, *, by: User | None, reason: str) -> None:
    """Store days that are new, with all that is theirs, in a few statements."""
    now = timezone.now()
    _store_days(archived, now)
    numbers.number_tasks([task for each in archived for task in each.tasks])
    Task.objects.bulk_create((task for each in archived for task in each.tasks), batch_size=BATCH)
    summarise_new(each.day.date for each in archived)
    for each in archived:
        keep_tasks_by_id(each.day)
    filing = Day.tags.through
    rows = [filing(day_id=each.day.pk, tag_id=tag.pk) for each in archived for tag in each.tags]
    filing._default_manager.bulk_create(rows, batch_size=BATCH)
    Source.objects.bulk_create(each.source for each in archived if each.source)
    for each in archived:
        if not each.revisions:
            each.revisions = [_first_revision(each, now, by, reason)]
    _store_history(archived, numbers)


def replace(
    archived: ArchivedDay, stored: Day, tasks: Sequence[Task], *, by: User | None, reason: str
) -> None:
    """Make a stored day what the archive says, as any other save would; what it does not say stays.

    Raises ``ValidationError`` as ``save_day`` does, and for a public day that would be a draft again.
    """
    if stored.status != Day.Status.DRAFT and archived.day.status == Day.Status.DRAFT:
        raise ValidationError(
            "it is a draft in the archive and was given out here. Withdraw it here instead."
        )
    for column in columns_said(archived):
        setattr(stored, column, getattr(archived.day, column))
    new = _succeeding(archived.tasks, tasks) if "tasks" in archived.values else None
    names = [tag.name for tag in archived.tags] if "tags" in archived.values else None
    save_day(stored, new, tags=names, by=by, reason=reason)
    if archived.source:
        values = {"path": archived.source.path, "printed": archived.source.printed}
        Source.objects.update_or_create(day=stored, defaults=values)


def _succeeding(archived: Iterable[Task], stored: Iterable[Task]) -> list[Task]:
    """The tasks of the archive, under the ids of the stored ones that they are: by id, else by their text."""
    by_id = {task.pk: task for task in stored}
    archived = list(archived)
    claimed = {task.pk for task in archived if task.pk in by_id}
    by_text = {task.description: task.pk for task in by_id.values() if task.pk not in claimed}
    for task in archived:
        if task.pk not in by_id:
            task.pk = by_text.pop(task.description, None)
    numbered([task for task in archived if task.pk not in by_id])
    return archived


def _store_days(archived: Sequence[ArchivedDay], now: datetime) -> None:
    days = [each.day for each in archived]
    stamps = [[getattr(day, name) or now for name in _STAMPS] for day in days]
    for each in archived:
        if not each.revisions and "figures_changed_at" not in each.values:
            each.day.figures_changed_at = now
    Day.objects.bulk_create(numbered(days), batch_size=BATCH)
    for day, moments in zip(days, stamps, strict=True):  # a new row has been given new ones
        day.created_at, day.updated_at = moments
    Day.objects.bulk_update(days, _STAMPS)
    for each in archived:  # the id of the day is known only now
        for row in each.rows():
            row.day = each.day


def _first_revision(archived: ArchivedDay, now: datetime, by: User | None, reason: str) -> Revision:
    day, tasks = archived.day, archived.tasks
    slugs = dict(Category.objects.values_list("id", "slug"))
    return Revision(
        day=day,
        date=day.date,
        number=day.version,
        at=now,
        by=by,
        by_name=by.get_username() if by else "",
        reason=reason,
        snapshot=day_as_json(day, tasks, [tag.name for tag in archived.tags], slugs),
    )


def _store_history(archived: Sequence[ArchivedDay], numbers: Numbers) -> None:
    revisions = [revision for each in archived for revision in each.revisions]
    corrections = [correction for each in archived for correction in each.corrections]
    Revision.objects.bulk_create(numbered(revisions), batch_size=BATCH)
    for correction in corrections:
        correction.revision = correction.revision  # its id is known only now
    Correction.objects.bulk_create(numbered(corrections), batch_size=BATCH)
    numbers.revisions += [revision.pk for revision in revisions]
    numbers.corrections += [correction.pk for correction in corrections]
