"""The public pages, for search engines; their addresses are completed by ``SITE_URL`` in the template."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse

from records.models import Category, Day, Tag, Task
from records.periods import Period, Unit, period_of

PAGES = (
    "home",
    "record_list",
    "task_list",
    "category_list",
    "dashboard",
    "correction_list",
    "method",
    "data",
)


@dataclass(frozen=True)
class Entry:
    """A page by its path, and when it last changed, where that is known."""

    path: str
    changed: datetime | None = None


def entries() -> Iterator[Entry]:
    """Pages, records, categories and tags with at least one public day; four queries."""
    days = Day.objects.visible()
    latest = days.aggregate(at=Max("updated_at"))["at"]
    yield from (Entry(reverse(f"records:{name}"), latest) for name in PAGES)
    records = list(days.newest_first().values_list("date", "updated_at"))
    for on, changed in records:
        yield Entry(reverse("records:record_detail", args=[on]), changed)
    yield from periods(records)
    used = Task.objects.visible().order_by().values("category_id")
    yield from (Entry(category.get_absolute_url()) for category in Category.objects.filter(pk__in=used))
    yield from (Entry(tag.get_absolute_url()) for tag in Tag.objects.filter(days__in=days).distinct())


def periods(records: Iterable[tuple[date, datetime]]) -> Iterator[Entry]:
    """The years, months and weeks with a public day, each as changed as the latest change of its days."""
    changes: dict[Period, datetime] = {}
    for day, changed in records:
        for unit in (Unit.YEAR, Unit.MONTH, Unit.WEEK):
            period = period_of(day, unit)
            changes[period] = max(changed, changes.get(period, changed))
    for period, changed in changes.items():
        yield Entry(reverse("records:period_detail", args=[period]), changed)
