"""Each kind of page there is, by its address: for those who look at all of them."""

from datetime import date, timedelta

from records import publishing
from records.models import Category, Correction, Day, SiteProfile, Tag, Task
from records.periods import Unit, period_of
from tests.factories import day, draft, task

WITHDRAWN, DRAFTED = date(2026, 1, 1), date(2100, 1, 1)
WHAT_IF = "hours=low&hours_cap=40&supervision=3&minutes=both&without=top1"


def fill_the_gaps() -> None:
    """What no demo has: a withdrawn record, a corrected one, a draft, all that a site says of itself."""
    SiteProfile.objects.update(author_name="Ada", licence="CC BY 4.0", licence_url="https://example.com/by")
    first, second = Day.objects.visible().order_by("date")[:2]
    emptied = day(first.date - timedelta(days=1), [task("Other: work")], left_out="3 private, client work")
    publishing.save_day(emptied, [], reason="typing error")
    publishing.withdraw(first, reason="Not “mine” to show")
    tasks = list(second.tasks.order_by("position"))
    tasks[0].human_hours = 2
    tasks[0].estimate_low, tasks[0].estimate_high, tasks[0].estimate_basis = 1, 3, "Counted"
    tasks[-1].supervisory_minutes = None
    publishing.save_day(second, tasks, reason="Counted <twice>")
    draft(DRAFTED, [task("Not yet")])


def pages_of_any_site() -> list[str]:
    """Those that are there even where nothing is on record."""
    lists = ("/", "/records/", "/tasks/", "/categories/", "/dashboard/", "/corrections/", "/search/")
    asked = ("/tasks/?q=nowhere", "/tasks/?factor_min=a&from=b&page=99&sort=c", "/search/?q=nowhere factor>x")
    return [*lists, *asked, "/method/", "/data/", "/not/there/", "/records/2001-01-01/", "/preview/nonsense/"]


def pages_of_records() -> list[str]:
    """Those of the newest record, of one of its tasks, of its periods, category and tag, and what if."""
    day = Day.objects.visible().newest_first().filter(tasks__isnull=False)[:1].get()
    row = Task.objects.filter(day=day).order_by("-category", "position")[0]
    record, own = day.get_absolute_url(), row.get_absolute_url()
    periods = (f"/records/{period_of(day.date, unit).key}/" for unit in Unit if unit is not Unit.DAY)
    span = f"from={day.date - timedelta(days=9)}&to={day.date}"
    return [
        *(record, f"{record}?{WHAT_IF}", f"{record}?category=a&sort=b&hours=c", f"{record}?sort=tokens"),
        *(own, f"{own}?{WHAT_IF}", *periods),
        *(each.get_absolute_url() for each in (Category.objects.first(), Tag.objects.first()) if each),
        *(f"/dashboard/?{span}&by=week&sort=-factor", "/dashboard/?from=2001-01-01&to=2001-02-01"),
        *("/tasks/?sort=-factor&factor_min=10&missing=tokens&hours=0.5", "/tasks/?per_page=25&page=2"),
        *("/search/?q=the", "/search/?q=test factor>1", "/records/?per_page=25&sort=-factor"),
    ]


def pages_in_the_gaps() -> list[str]:
    """Those of a corrected record and its task, one withdrawn, a draft by its link, one without tasks."""
    corrected = Correction.objects.filter(task_id__isnull=False).select_related("day")[0]
    emptied = Day.objects.get(tasks__isnull=True, left_out__gt="")
    drafted, gone = Day.objects.get(date=DRAFTED), Day.objects.get(status=Day.Status.WITHDRAWN)
    preview = publishing.preview_token(drafted, timedelta(days=1))
    return [
        *(corrected.day.get_absolute_url(), f"/tasks/{corrected.task_id}/"),
        *(gone.get_absolute_url(), f"/preview/{preview}/", emptied.get_absolute_url()),
    ]
