"""The write itself: check the version under the lock, write the rows, a Revision, the Corrections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from records import prose
from records.exporters.snapshot import day_as_json
from records.models import Category, Correction, Day, Revision, Tag, Task
from records.models.batches import batched
from records.publishing.checks import REASON_LENGTH, ReasonNeeded, check_reason
from records.publishing.corrections import changes_between, figures_of, prose_of
from records.publishing.given_out import last_given_out
from records.publishing.summing import summarise

DAYS_AT_ONCE = 1_000  # dates that one statement names


class Conflict(Exception):
    """Somebody else saved the day since it was read; ``day`` is how it stands now."""

    def __init__(self, day: Day) -> None:
        super().__init__(f"{day.full_title} was saved by somebody else in the meantime.")
        self.day = day


@dataclass(frozen=True)
class Standing:
    """How a day stood before a write: its snapshot, and whether the public saw it."""

    snapshot: dict[str, Any]
    was_public: bool
    version: int


def lock(day: Day, expected_version: int | None = None) -> Standing | None:
    """Take the day's write lock and say how it stands; ``None`` for a day that is not stored yet.

    Must run inside a transaction. Raises ``Conflict`` when its version is not the expected one, and
    ``Day.DoesNotExist`` when it has been removed.
    """
    if day._state.adding:
        return None
    stored = Day.objects.select_for_update().get(pk=day.pk)
    if expected_version is not None and stored.version != expected_version:
        raise Conflict(stored)
    return Standing(snapshot_of(stored), stored.is_visible(), stored.version)


def lock_days(dates: Iterable[date]) -> Iterator[Day]:
    """The stored days of some dates under their write locks, always taken in one order.

    So acts on the same days do not wait for each other in a ring. Must run inside a transaction.
    """
    for some in batched(sorted(set(dates)), DAYS_AT_ONCE):
        yield from Day.objects.select_for_update().filter(date__in=some).order_by("date")


def snapshot_of(day: Day) -> dict[str, Any]:
    """The stored day as export schema 1."""
    tasks = list(Task.objects.filter(day__date=day.date).order_by("position", "id"))
    slugs = dict(Category.objects.values_list("id", "slug"))
    return day_as_json(day, tasks, day.tags.values_list("name", flat=True), slugs)


def write_day(day: Day, standing: Standing | None) -> None:
    """Store the day's own row with its next version.

    Raises ``Conflict`` when another writer has just made a day of that date.
    """
    day.version = (standing.version if standing else 0) + 1
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:
        taken = Day.objects.filter(date=day.date).exclude(pk=day.pk).first()
        if taken is None:
            raise
        raise Conflict(taken) from None


def write_tasks(day: Day, tasks: Sequence[Task]) -> None:
    """Make ``tasks`` the day's tasks, in this order; stored ones that are not among them are removed."""
    stored = {task.pk: task for task in Task.objects.filter(day__date=day.date)}
    kept = {task.pk for task in tasks if task.pk in stored}
    Task.objects.filter(pk__in=stored.keys() - kept).delete()
    for position, task in enumerate(tasks, start=1):
        task.day, task.position = day, position
    for task in tasks:
        if task.pk in stored and not _same(task, stored[task.pk]):
            task.save(force_update=True)
    Task.objects.bulk_create([task for task in tasks if task.pk not in stored])


def _same(task: Task, stored: Task) -> bool:
    return all(
        getattr(task, field.attname) == getattr(stored, field.attname)
        for field in Task._meta.concrete_fields
        if not field.generated
    )


def keep_tasks_by_id(day: Day) -> None:
    """Name the tasks in the stored day's prose by their ids, where it names them by position.

    Rows may then move without a change of meaning. Call it once the day's tasks are stored.
    """
    if prose.mentions_tasks(day.lede, day.analysis):
        positions = Task.objects.filter(day__date=day.date).values_list("position", "id")
        keys = {str(position): f"id{pk}" for position, pk in positions}
        day.lede, day.analysis = (prose.renamed(text, keys) for text in (day.lede, day.analysis))
        Day.objects.filter(pk=day.pk).update(lede=day.lede, analysis=day.analysis)


def write_tags(day: Day, names: Iterable[str]) -> None:
    """Make the named tags the day's tags; a new name becomes a new tag, whatever its case."""
    day.tags.set(tags_named(names))


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, stored where they are new; raises ``ValidationError`` for one too long."""
    tags = []
    for name in dict.fromkeys(" ".join(name.split()) for name in names if name.strip()):
        tag = Tag.objects.filter(name__iexact=name).first() or Tag(name=name)
        if tag._state.adding:
            tag.full_clean()
            tag.save()
        if tag not in tags:
            tags.append(tag)
    return tags


def record(
    day: Day,
    before: Standing | None,
    *,
    by: User | None = None,
    reason: str = "",
    act: str = "",
    moved: Mapping[int, date] | None = None,
) -> Revision:
    """Close a write: date what changed, sum the day up, keep a Revision, and Corrections of what was public.

    ``act`` says in the history what was done, before the reason. ``moved`` names the other day of tasks that
    left for it or came from it. Raises ``ReasonNeeded`` when
    there is something to correct and no reason, ``ValidationError`` for a reason that is too long.
    """
    check_reason(reason)
    now, after = timezone.now(), snapshot_of(day)
    seen = _seen(day, before)
    changes = list(changes_between(seen, after, moved or {})) if seen else []
    if changes and not reason.strip():
        raise ReasonNeeded
    if before is None or figures_of(before.snapshot) != figures_of(after):
        _date_change(day, after, "figures_changed_at", now)
    if seen and prose_of(seen) != prose_of(after):
        _date_change(day, after, "prose_changed_at", now)
    summarise({day.date, date.fromisoformat(before.snapshot["date"]) if before else day.date})
    revision = Revision.objects.create(
        day=day,
        date=day.date,
        number=day.version,
        at=now,
        by=by,
        by_name=by.get_username() if by else "",
        reason=_noted(act, reason),
        snapshot=after,
    )
    Correction.objects.bulk_create(
        Correction(day=day, revision=revision, reason=reason, at=revision.at, **change) for change in changes
    )
    return revision


def _seen(day: Day, before: Standing | None) -> dict[str, Any] | None:
    """What readers know of the day: how it stood, or stood last where it was withdrawn and comes back."""
    if before is None:
        return None
    if before.was_public:
        return before.snapshot
    if day.status != Day.Status.PUBLISHED:
        return None
    given_out = last_given_out(day)
    if given_out and before.snapshot["status"] == Day.Status.PUBLISHED:
        return before.snapshot
    return given_out


def _noted(act: str, reason: str) -> str:
    """What history says of a save; where there is no room for both, it shows that it was cut."""
    note = ": ".join(filter(None, [act, reason]))
    return note if len(note) <= REASON_LENGTH else f"{note[: REASON_LENGTH - 1]}…"


def _date_change(day: Day, snapshot: dict[str, Any], name: str, now: datetime) -> None:
    setattr(day, name, now)
    snapshot[name] = now.isoformat()
    Day.objects.filter(pk=day.pk).update(**{name: now})
