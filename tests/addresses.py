"""Every public address there is, made from the patterns, on a site that fills every kind of page."""

import re
from datetime import date
from decimal import Decimal

from records import publishing
from records.models import Category, Day, OldAddress, SiteProfile, Source, Task
from records.sitemaps import IN_ONE_FILE
from records.urls import urlpatterns
from tests.desk import rows_of
from tests.factories import category, day, task

# Not for everybody, never twice the same, or somewhere else.
OTHERS = {"day_preview", "linked_preview", "healthz", "favicon", "archive_file"}
VALUES = {
    "date": "2026-04-12",
    "period": "2026-04",
    "extension": "csv",
    "form": "atom.xml",
    "name": "hours",
}
WITH_A_QUERY = (
    *("/search/?q=parser", "/tasks/?category=tests&q=parser", "/tasks.json?sort=-factor"),
    *("/dashboard/?from=2026-04", "/records/2026-04-12/?hours=0.5", "/tasks/?missing=supervision"),
)


def a_whole_site() -> Day:
    """Some public days, one of them imported, corrected and moved, with categories and tags."""
    SiteProfile(author_name="A. Author").save()
    tasks = [task(category=category("Testing"), tokens=7), task("Beta: by hand", "3", supervision=None)]
    for on in (date(2026, 4, 11), date(2026, 3, 2)):
        day(on, [task("Earlier: parser", "5")], tags=["AI"])
    made = day(tasks=tasks, tags=["AI"], lede="About {{ hours }}.", analysis="It went **well**.")
    Source.objects.create(day=made, path="2026-04-12.html", printed={})
    OldAddress.objects.create(path="/records/2026-01-01/", day=made)
    OldAddress.objects.create(path="/categories/tests/", category=Category.objects.get())
    first, second = rows_of(made)
    first.human_hours = Decimal("12.5")
    publishing.save_day(made, [first, second], reason="estimate revised")
    return made


def public_addresses() -> list[str]:
    """One address of each pattern, and some with a query; a pattern with parts of a new name fails here."""
    return [*(_filled(str(each.pattern)) for each in urlpatterns if each.name not in OTHERS), *WITH_A_QUERY]


def _filled(route: str) -> str:
    pk = _a_task()
    values = {**VALUES, "pk": str(pk), "number": str(pk // IN_ONE_FILE)}
    values["slug"] = "ai" if route.startswith("tags") else "testing"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values[part[1]], route)


def _a_task() -> int:
    return Task.objects.visible().values_list("pk", flat=True)[0]
