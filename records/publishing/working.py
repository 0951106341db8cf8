"""Working copies: what is typed is kept every few seconds, apart from the day and its history."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from records.models import Day, WorkingCopy


def keep_typed(user: User, day: Day, typed: Mapping[str, str]) -> WorkingCopy:
    """Keep the form of a day as typed, in place of what was kept before; a new day is known by its date."""
    kept, _ = WorkingCopy.objects.update_or_create(
        user=user,
        **_whose(day),
        defaults={"date": day.date, "version": day.version, "typed": dict(typed)},
    )
    return kept


def typed_by(user: User, day: Day) -> WorkingCopy | None:
    """What the user typed for a day and did not save; ``None`` when there is nothing."""
    return _copies(user, day).first()


def forget_typed(user: User, day: Day) -> None:
    """Let go of what was kept, since it was saved or is not wanted."""
    _copies(user, day).delete()


def _copies(user: User, day: Day) -> QuerySet[WorkingCopy]:
    return WorkingCopy.objects.filter(user=user, **_whose(day))


def _whose(day: Day) -> dict[str, Any]:
    return {"day": None, "date": day.date} if day._state.adding else {"day": day}
