"""From when to when some days go, and when what they say last changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min

from records.models.day import DayQuerySet

MOMENTS = ("published_at", "figures_changed_at", "prose_changed_at")


@dataclass(frozen=True)
class Span:
    """First and last of some days, and when readers last got something new; ``None`` without a day."""

    first: date | None
    last: date | None
    changed: datetime | None


def span_of(days: DayQuerySet) -> Span:
    """The span of these days, in one query."""
    found = days.order_by().aggregate(first=Min("date"), last=Max("date"), changed=Max("summary__changed_at"))
    return Span(**found)
