"""How the figures are made."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.exporters.fields import QUERY_NAMES, documented
from records.models import Day, SiteProfile, Task
from records.summaries.record import RecordSummary
from records.views.linked_data import breadcrumbs, graph, step


def method(request: HttpRequest) -> HttpResponse:
    """Each term, what is counted and what is not, and a worked day: the latest that has tasks."""
    site = SiteProfile.load()
    with_tasks = Exists(Task.objects.filter(day=OuterRef("date")))
    day = Day.objects.visible().filter(with_tasks).newest_first().first()
    tasks = list(Task.objects.filter(day=day).select_related("category")) if day else []
    context = {
        "section": "method",
        "site": site,
        "day": day,
        "sample": day is not None and day.sample,
        "summary": RecordSummary.of(day, tasks, site) if day else None,
        "sheets": documented(),
        "linked_data": graph(breadcrumbs(step("Method", "method"))),
        "query_names": QUERY_NAMES,
    }
    return render(request, "records/method.html", context)
