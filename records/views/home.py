"""The first page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.models import Day, SiteProfile, Task
from records.models.task import TaskQuerySet
from records.summaries.corrections import emptied
from records.summaries.day_prose import day_prose
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary
from records.tables.days import day_heads
from records.views.linked_data import graph, website

EARLIER = 10


def home(request: HttpRequest) -> HttpResponse:
    """The latest record and the ones before it."""
    site = SiteProfile.load()
    latest = Day.objects.visible().newest_first().first()
    earlier = list(
        Day.objects.visible()
        .with_totals()
        .defer("lede", "analysis")
        .filter(date__in=dates_before(latest))
        .newest_first()
    )
    summary = RecordSummary.of(latest, list(_tasks(latest)), site) if latest else None
    context = {
        "site": site,
        "day": latest,
        "summary": summary,
        "prose": day_prose(DayFigures(summary, summary.day.get_absolute_url())) if summary else None,
        "earlier": earlier,
        "emptied": emptied(earlier),
        "day_heads": day_heads(site.agent_name),
        "linked_data": graph(website(site)),
        "sample": any(day.sample for day in [*earlier, latest] if day),
    }
    return render(request, "records/home.html", context)


def _tasks(day: Day) -> TaskQuerySet:
    """The tasks of a day, with their categories only where its lede may speak of one."""
    tasks = Task.objects.filter(day=day)
    return tasks.select_related("category") if "category." in day.lede else tasks


def dates_before(day: Day | None) -> list[date]:
    """The dates of the public days before one; found first, so that only theirs are summed."""
    if day is None:
        return []
    days = Day.objects.visible().filter(date__lt=day.date).newest_first()
    return list(days.values_list("date", flat=True)[:EARLIER])
