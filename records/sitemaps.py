"""The public pages, for search engines; their addresses are completed by ``SITE_URL`` in the template.

Few pages fit one file. Where there are many tasks, ``/sitemap.xml`` names a file of all other pages and files
of tasks by their numbers, so that a new task changes the last of them alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max
from django.urls import reverse

from records.models import Category, Correction, Day, Tag, Task
from records.models.day import latest_of
from records.periods import Period, Unit, period_of
from records.summaries.span import MOMENTS, span_of

# Pages that show some of the records' figures change with them.
SHOWING_RECORDS = ("home", "record_list", "task_list", "category_list", "dashboard", "data")
IN_ONE_FILE = 10_000  # addresses; search engines take up to 50,000


@dataclass(frozen=True)
class Entry:
    """A page, or a file of pages, by its path, and when it last changed, where that is known."""

    path: str
    changed: datetime | None = None


def fits_one_file() -> bool:
    """Whether the tasks are few enough to stand in one file with everything else; one query."""
    return Task.objects.visible().count() <= IN_ONE_FILE


def files() -> Iterator[Entry]:
    """The files that the map consists of where one would be too long; two queries."""
    yield Entry(reverse("records:sitemap_of_pages"), span_of(Day.objects.visible()).changed)
    numbered = Task.objects.visible().annotate(number=F("pk") / IN_ONE_FILE).order_by()
    latest = {name: Max(f"day__{name}") for name in MOMENTS}
    rows = numbered.values("number").annotate(**latest).order_by("number")
    for number, *moments in rows.values_list("number", *latest):
        yield Entry(reverse("records:sitemap_of_tasks", args=[number]), latest_of(*moments))


def pages() -> Iterator[Entry]:
    """All pages but those of single tasks; five queries."""
    days = Day.objects.visible()
    changed = span_of(days).changed
    yield from (Entry(reverse(f"records:{name}"), changed) for name in SHOWING_RECORDS)
    corrected = Correction.objects.visible().aggregate(at=Max("at"))["at"]
    yield Entry(reverse("records:correction_list"), corrected)
    yield Entry(reverse("records:method"))
    records = [
        (on, latest_of(*moments)) for on, *moments in days.newest_first().values_list("date", *MOMENTS)
    ]
    for on, latest in records:
        yield Entry(reverse("records:record_detail", args=[on]), latest)
    yield from periods(records)
    yield from _places(Category, "category_detail", "tasks__day")
    yield from _places(Tag, "tag_detail", "days")


def tasks(number: int | None = None) -> Iterator[Entry]:
    """The pages of single tasks, all of them or those of one file by its number; one query."""
    chosen = Task.objects.visible().order_by("pk")
    if number is not None:
        chosen = chosen.filter(pk__gte=number * IN_ONE_FILE, pk__lt=(number + 1) * IN_ONE_FILE)
    rows = chosen.values_list("pk", *(f"day__{name}" for name in MOMENTS))
    for pk, *moments in rows.iterator(chunk_size=2_000):
        yield Entry(reverse("records:task_detail", args=[pk]), latest_of(*moments))


def _places(model: type[Category] | type[Tag], route: str, day: str) -> Iterator[Entry]:
    """The pages of categories or tags with a public day, each as new as the newest of its days."""
    public = model._default_manager.filter(**{f"{day}__in": Day.objects.visible()}).order_by("slug")
    moments = {f"latest_{name}": Max(f"{day}__{name}") for name in MOMENTS}
    for slug, *found in public.annotate(**moments).values_list("slug", *moments):
        yield Entry(reverse(f"records:{route}", args=[slug]), latest_of(*found))


def periods(records: Iterable[tuple[date, datetime | None]]) -> Iterator[Entry]:
    """The years, months and weeks with a public day, each as changed as the latest change of its days."""
    changes: dict[Period, datetime | None] = {}
    for on, changed in records:
        for unit in (Unit.YEAR, Unit.MONTH, Unit.WEEK):
            period = period_of(on, unit)
            changes[period] = latest_of(changed, changes.get(period))
    for period, latest in changes.items():
        yield Entry(reverse("records:period_detail", args=[period]), latest)
