"""Every public address there is, with what it needs to find something."""

from collections.abc import Iterator
from datetime import date

from django.urls import URLPattern, reverse

from records.models import Day
from records.urls import urlpatterns
from tests.factories import category, day, task

# Not for everybody, or never twice the same.
OF_ONE_READER = {"day_preview", "linked_preview", "healthz", "favicon", "archive_file"}
QUERIES = {"search": "q=parser", "task_list": "category=testing&q=parser", "record_detail": "hours=0.5"}


def a_whole_site() -> Day:
    """A published day that fills every kind of page."""
    tasks = [task(category=category("Testing"), tokens=7), task("Beta: by hand", "3", supervision=None)]
    for on in (date(2026, 4, 11), date(2026, 3, 2)):
        day(on, [task("Earlier: parser", "5")], tags=["AI"])
    return day(tasks=tasks, tags=["AI"], lede="About {{ hours }}.", analysis="It went **well**.")


def public_addresses() -> Iterator[str]:
    """One address of each pattern, and some with a query; a pattern that needs more than is known here fails."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name in OF_ONE_READER:
            continue
        for known in _values(pattern):
            address = reverse(f"records:{pattern.name}", kwargs=known)
            yield address
            if pattern.name in QUERIES:
                yield f"{address}?{QUERIES[pattern.name]}"
