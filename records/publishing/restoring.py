"""Our own archive brought back: days with their dates, versions and history exactly as they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from records.exporters.schema import Archive
from records.models import Category, Correction, Day, Revision, SafeName, Tag, Task
from records.models.batches import batched
from records.models.keys import step_past
from records.publishing.archived import ArchivedDay, ArchiveInvalid, differences, read_day
from records.publishing.arriving import create, replace
from records.publishing.checks import check_reason
from records.publishing.numbers import Numbers
from records.publishing.status import Status
from records.publishing.surroundings import (
    add_missing_categories,
    add_missing_tags,
    restore_addresses,
    restore_profile,
    restore_removed,
    stored_categories,
    stored_tags,
)

DAYS_AT_ONCE = 50


@dataclass(frozen=True)
class RestoredDay:
    """What became of one day; ``differences`` says in words where the archive and the site part."""

    date: date
    status: Status
    tasks: int
    differences: tuple[str, ...] = ()


@dataclass
class Restored:
    """What became of an archive.

    ``profile`` is whether the site profile was taken over, which happens in an empty site alone; ``None``
    without one in the archive. Where a day is refused nothing is stored, whatever is said of the others.
    """

    days: list[RestoredDay] = field(default_factory=list)
    profile: bool | None = None

    @property
    def refused(self) -> list[RestoredDay]:
        """The days that keep the archive out."""
        return [day for day in self.days if day.status is Status.REFUSED]


def restore_archive(
    archive: Archive, *, replace: bool = False, reason: str = "", by: User | None = None
) -> Restored:
    """Store an archive whole, or nothing of it, in one transaction; gives what became of each day.

    A new day gets the status, dates, version, revisions and corrections it had, and ids where they are free;
    one that brings no revision gets a first one, by ``by`` for ``reason``. A date that has a day already is
    unchanged where the archive says nothing else of it, else refused, or with ``replace`` saved through the
    door: with a revision of its own, the history staying this site's. Raises ``ArchiveInvalid``, and whatever
    the reader of a streamed archive raises.
    """
    _refuse_long(reason)
    try:
        with transaction.atomic():
            restored = _Restoring(archive, replacing=replace, reason=reason, by=by).run()
            if restored.refused:
                transaction.set_rollback(True)
            return restored
    except IntegrityError as error:
        raise ArchiveInvalid("Archive", f"it does not fit what this site holds: {error}") from error


def _refuse_long(reason: str) -> None:
    try:
        check_reason(reason)
    except ValidationError as fault:
        raise ArchiveInvalid("Archive", fault) from None


class _Restoring:
    """One archive on its way in."""

    def __init__(self, archive: Archive, *, replacing: bool, reason: str, by: User | None) -> None:
        self.archive = archive
        self.replacing, self.reason, self.by = replacing, reason, by
        self.numbers = Numbers()
        self.names = SafeName.known()
        self.restored = Restored()

    def run(self) -> Restored:
        """Everything in the order in which one part needs the other."""
        self.restored.profile = restore_profile(self.archive.site)
        self.categories = stored_categories(self.archive.categories)
        self.tags = stored_tags(self.archive.tags)
        for batch in batched(self.archive.days, DAYS_AT_ONCE):
            self.restored.days += self._restore(batch)
        self.numbers.settle()
        if not self.restored.refused:
            tags = {tag.get("slug", ""): self.tags[tag.get("name", "")] for tag in self.archive.tags}
            restore_addresses(self.archive.old_addresses, self.categories, tags)
            restore_removed(self.archive.removed)
        step_past([Category, Tag, Day, Task, Revision, Correction])
        return self.restored

    def _restore(self, batch: Sequence[Mapping[str, Any]]) -> Iterator[RestoredDay]:
        add_missing_categories(batch, self.categories)
        add_missing_tags(batch, self.tags)
        archived = [read_day(values, self.categories, self.tags, self.names) for values in batch]
        dates = [each.day.date for each in archived]
        self._refuse_twice(dates)
        stored = {day.date: day for day in Day.objects.select_for_update().filter(date__in=dates)}
        new = [each for each in archived if each.day.date not in stored]
        create(new, self.numbers, by=self.by, reason=self.reason)
        for each in archived:
            if day := stored.get(each.day.date):
                yield self._meet(each, day)
            else:
                yield RestoredDay(each.day.date, Status.CREATED, len(each.tasks))

    def _refuse_twice(self, dates: Sequence[date]) -> None:
        seen = {day.date for day in self.restored.days}
        for on in dates:
            if on in seen:
                raise ArchiveInvalid(on.isoformat(), "the archive has this day twice.")
            seen.add(on)

    def _meet(self, archived: ArchivedDay, stored: Day) -> RestoredDay:
        """What becomes of a day whose date is taken."""
        tasks = list(Task.objects.filter(day=stored).select_related("category").order_by("position", "id"))
        found = tuple(differences(archived, stored, tasks, list(stored.tags.all())))
        status = Status.REFUSED if found else Status.UNCHANGED
        if found and self.replacing:
            self._replace(archived, stored, tasks)
            status = Status.REPLACED
        self.numbers.pair(archived.tasks, tasks)
        return RestoredDay(stored.date, status, len(archived.tasks), found)

    def _replace(self, archived: ArchivedDay, stored: Day, tasks: Sequence[Task]) -> None:
        try:
            replace(archived, stored, tasks, by=self.by, reason=self.reason)
        except ValidationError as fault:
            raise ArchiveInvalid(stored.date.isoformat(), fault) from None
