"""The first page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.models import Day, SiteProfile, Task
from records.summaries.record import RecordSummary
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
    context = {
        "site": site,
        "day": latest,
        "summary": RecordSummary.of(latest, list(Task.objects.filter(day=latest)), site) if latest else None,
        "earlier": earlier,
        "linked_data": graph(website(site)),
        "sample": any(day.sample for day in [*earlier, latest] if day),
    }
    return render(request, "records/home.html", context)


def dates_before(day: Day | None) -> list[date]:
    """The dates of the public days before one; found first, so that only theirs are summed."""
    if day is None:
        return []
    days = Day.objects.visible().filter(date__lt=day.date).newest_first()
    return list(days.values_list("date", flat=True)[:EARLIER])
