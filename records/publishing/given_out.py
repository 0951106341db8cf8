"""What the public ever saw of a day, told from its revisions."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from records.models import Day


def last_given_out(day: Day) -> dict[str, Any] | None:
    """The snapshot of the day that the public saw last; ``None`` for a day it never saw.

    A revision stood in public if its moment came before the next one was made.
    """
    until = timezone.now()
    for at, snapshot in (
        day.revisions.order_by("-number").values_list("at", "snapshot").iterator(chunk_size=10)
    ):
        if was_seen(snapshot, until):
            return dict(snapshot)
        until = at
    return None


def was_seen(snapshot: dict[str, Any], until: datetime) -> bool:
    """Whether a day that stood like this until then was public at its end."""
    published = snapshot["status"] == Day.Status.PUBLISHED
    return published and datetime.fromisoformat(snapshot["published_at"]) <= until
