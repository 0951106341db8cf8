"""Acts on a day: save, publish, withdraw, move, remove."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from records.models import Day, Revision, Task
from records.publishing import door
from records.publishing.checks import check_day, check_whole
from records.publishing.claims import forget_unmade, keep_refuted
from records.publishing.given_out import last_given_out
from records.publishing.leading_on import lead_on, take_over


@transaction.atomic
def save_day(
    day: Day,
    tasks: Sequence[Task] | None = None,
    *,
    tags: Iterable[str] | None = None,
    expected_version: int | None = None,
    by: User | None = None,
    reason: str = "",
    act: str = "",
) -> Revision:
    """Store a day and, where given, its whole list of tasks and its tags; gives the new Revision.

    Tasks take their positions from the list; a stored task missing from it is removed. Prose may name tasks
    by position, ``{{ task.8.factor }}``; it is stored with their ids. ``act`` says in the history what was
    done, where that is more than saving. Raises ``Conflict`` when somebody saved in between,
    ``ValidationError`` for the day, ``TasksInvalid`` for its tasks and ``ReasonNeeded`` when a figure changed
    that the public saw and no reason is given.
    """
    before = door.lock(day, expected_version)
    if before and before.snapshot["date"] != day.date.isoformat():
        raise ValidationError({"date": "A stored day moves to another date by “Move this day”."})
    check_day(day)
    tags = None if tags is None else list(tags)
    _check_contents(day, tasks, tags, before)
    door.write_day(day, before)
    if tasks is not None:
        door.write_tasks(day, tasks)
    door.keep_tasks_by_id(day)
    forget_unmade(day)
    if tags is not None:
        door.write_tags(day, tags)
    return door.record(day, before, by=by, reason=reason, act=act)


def _check_contents(
    day: Day, tasks: Sequence[Task] | None, tags: Sequence[str] | None, before: door.Standing | None
) -> None:
    """Look at tasks and tags as they will stand; what is not given stays as it is stored."""
    if tasks is None:
        public = day.status == Day.Status.PUBLISHED
        tasks = list(Task.objects.filter(day__date=day.date)) if public else ()
    if tags is None:
        tags = before.snapshot["tags"] if before else ()
    check_whole(day, tags, tasks)


@transaction.atomic
def publish(
    day: Day,
    *,
    at: datetime | None = None,
    by: User | None = None,
    reason: str = "",
    keep_claims: str = "",
    expected_version: int | None = None,
) -> Revision:
    """Make the stored day public now, or at a moment that lies ahead.

    A day that is public already keeps the moment it became so. ``keep_claims`` says why claims of its prose
    stay that its figures refute; without it they raise ``ClaimsRefuted``. Raises ``ValidationError`` naming
    the tasks that lack what a public task needs, and ``Conflict`` and ``ReasonNeeded`` as ``save_day`` does:
    the latter for a withdrawn day whose figures are not those that readers saw.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    act = ""
    if not (stored.is_visible() and at is None):
        act = keep_refuted(stored, keep_claims)
        stored.published_at = at or timezone.now()
    stored.status = Day.Status.PUBLISHED
    return save_day(stored, expected_version=expected_version, by=by, reason=reason, act=act)


@transaction.atomic
def withdraw(day: Day, *, by: User | None = None, reason: str = "") -> Revision:
    """Take a day from the public; one that was only scheduled goes back to draft.

    Raises ``ReasonNeeded`` for a public day without a reason, which takes the place of its page.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    if stored.is_visible():
        stored.status = Day.Status.WITHDRAWN
    elif stored.status == Day.Status.PUBLISHED:
        stored.status, stored.published_at = Day.Status.DRAFT, None
    else:
        raise ValidationError("This day is not public, so there is nothing to withdraw.")
    return save_day(stored, by=by, reason=reason)


@transaction.atomic
def move_day(day: Day, to: date, *, by: User | None = None, reason: str = "") -> Revision:
    """Give a day another date, its tasks with it; an address that was given out redirects.

    Raises ``ValidationError`` when the other date has a day and for a withdrawn day, ``ReasonNeeded`` for a
    public day without a reason.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    if stored.status == Day.Status.WITHDRAWN:
        raise ValidationError(
            "A withdrawn day stays where its address says so. Publish it again, then move it."
        )
    before = door.lock(stored)
    old_date, old_path = stored.date, stored.get_absolute_url()
    if Day.objects.filter(date=to).exclude(pk=stored.pk).exists():
        raise ValidationError(f"{to:%Y-%m-%d} has a day already. Move its tasks instead, or choose another.")
    stored.date = to
    check_day(stored)
    door.write_day(stored, before)
    Task.objects.filter(day__date=old_date).update(day_id=to)
    take_over(stored)
    if to != old_date and last_given_out(stored):
        lead_on(old_path, stored)
    return door.record(stored, before, by=by, reason=reason)


@transaction.atomic
def remove_day(day: Day) -> None:
    """Remove a draft and its tasks; its revisions stay.

    Raises ``ValidationError`` for a day that is or was public: that one is withdrawn instead.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    if stored.status != Day.Status.DRAFT or last_given_out(stored):
        raise ValidationError("A day that was once given out is withdrawn, not removed.")
    stored.delete()
