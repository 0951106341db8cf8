"""Many new days at once, for imports and sample data: the same door, a few statements for all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from records.exporters.snapshot import day_as_json
from records.models import Category, Day, OldAddress, Revision, SafeName, Source, Tag, Task
from records.models.inserting import insert
from records.publishing.checks import (
    ADDRESS_TAKEN,
    check_moment,
    check_reason,
    check_tags,
    check_whole,
    refuse_nul,
)
from records.publishing.door import keep_tasks_by_id, tags_named
from records.publishing.summing import summarise_new

BATCH = 1_000


@dataclass(frozen=True)
class NewDay:
    """A day that is not stored yet, with its tasks in order and the names of its tags.

    An imported one also says where it came from, and the path it had there, blank for none.
    """

    day: Day
    tasks: Sequence[Task]
    tags: Sequence[str] = ()
    source: Source | None = None
    address: str = ""


Filed: TypeAlias = Sequence[tuple[NewDay, Sequence[Tag]]]


@transaction.atomic
def add_days(new: Sequence[NewDay], *, by: User | None = None, reason: str = "") -> None:
    """Store new days with tasks, tags, source and a first Revision each: all of them or none.

    Raises ``ValidationError`` when a date is taken or the reason too long, else as ``save_day`` does.
    """
    for fault in faults_of(new).values():
        raise fault
    write(new, by=by, reason=reason)


def faults_of(new: Sequence[NewDay]) -> dict[int, ValidationError]:
    """Why days must not be stored, by their index in the list."""
    dates = Counter(Day.objects.filter(date__in=[e.day.date for e in new]).values_list("date", flat=True))
    dates += Counter(entry.day.date for entry in new)
    paths = [entry.address for entry in new if entry.address]
    addresses = Counter([*OldAddress.objects.filter(path__in=paths).values_list("path", flat=True), *paths])
    names = SafeName.known()
    faults = {}
    for index, entry in enumerate(new):
        try:
            _check(entry, names, free=dates[entry.day.date] == 1, first_there=addresses[entry.address] <= 1)
        except ValidationError as fault:
            faults[index] = fault
    return faults


def write(new: Sequence[NewDay], *, by: User | None, reason: str) -> None:
    """Store new days that were checked. Raises ``ValidationError`` for a reason that is too long."""
    check_reason(reason)
    now = timezone.now()
    for entry in new:
        entry.day.version = 1
        entry.day.figures_changed_at = entry.day.figures_changed_at or now
        for position, task in enumerate(entry.tasks, start=1):
            task.day, task.position = entry.day, position
    Day.objects.bulk_create([entry.day for entry in new], batch_size=BATCH)
    insert([task for entry in new for task in entry.tasks])
    summarise_new(entry.day.date for entry in new)
    for entry in new:
        keep_tasks_by_id(entry.day)
    tags = {names: tags_named(names) for names in dict.fromkeys(tuple(entry.tags) for entry in new)}
    filed = [(entry, tags[tuple(entry.tags)]) for entry in new]
    _file(filed)
    _say_where_from(new)
    _first_revisions(filed, now, by, reason)


def _check(entry: NewDay, names: Mapping[str, str], *, free: bool, first_there: bool) -> None:
    if not free:
        raise ValidationError({"date": f"There is a day already: {entry.day.date}."})
    if not first_there:
        raise ValidationError({"path": ADDRESS_TAKEN.format(entry.address)})
    refuse_nul(entry.day)
    entry.day.clean_fields()
    entry.day.clean()
    check_moment(entry.day)
    check_tags(entry.tags)
    check_whole(entry.day, entry.tags, entry.tasks, names)


def _file(filed: Filed) -> None:
    filing = Day.tags.through
    rows = [filing(day_id=entry.day.pk, tag_id=tag.pk) for entry, tags in filed for tag in tags]
    filing._default_manager.bulk_create(rows, batch_size=BATCH)


def _say_where_from(new: Sequence[NewDay]) -> None:
    for entry in new:
        if entry.source:
            entry.source.day = entry.day
    sources = [entry.source for entry in new if entry.source]
    addresses = [OldAddress(path=entry.address, day=entry.day) for entry in new if entry.address]
    Source.objects.bulk_create(sources, batch_size=BATCH)
    OldAddress.objects.bulk_create(addresses, batch_size=BATCH)


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
