"""What can be had as data: the page that says so, and the whole archive in each of its forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from records.exporters.schema import PARTS, SCHEMA
from records.exporters.scope import Scope
from records.exporters.whole import FORMS, whole_archive
from records.models import Day, SiteProfile
from records.models.day import DayQuerySet
from records.summaries.accounts import whole_totals
from records.summaries.span import span_of
from records.views.linked_data import Node, breadcrumbs, data_set, graph, step

LISTS = {
    "records:task_list": ("All tasks", "records:task_list_file"),
    "records:record_list": ("All records", "records:record_list_file"),
    "records:category_list": ("All categories", "records:category_list_file"),
}


def data(request: HttpRequest) -> HttpResponse:
    """The forms of the whole, the files of each table, the data dictionary, licence and citation."""
    days = Day.objects.visible()
    site = SiteProfile.load()
    context: dict[str, Any] = {
        "section": "data",
        "site": site,
        "today": site.today(),
        "schema": SCHEMA,
        "forms": list(FORMS.values()),
        "lists": [(page, title, file) for page, (title, file) in LISTS.items()],
        "parts": list(PARTS.items()),
        "days": days.count(),
        "tasks": whole_totals(timezone.now()).tasks,
        "sample": days.filter(summary__sample=True).exists(),
        "linked_data": linked_data_of_all(days, site),
    }
    return render(request, "records/data.html", context)


def linked_data_of_all(days: DayQuerySet, site: SiteProfile) -> Node:
    """All that is public as a set of data, in each of its forms."""
    route = "records:archive_file"
    files = {form.content_type: reverse(route, args=[form.ending]) for form in FORMS.values()}
    told = "All public records with their tasks, sources, revisions and corrections, and what each field is."
    whole = data_set("all data", told, "data", files, span=span_of(days), site=site)
    return graph(whole, breadcrumbs(step("Data", "data")))


def archive_file(request: HttpRequest, ending: str) -> StreamingHttpResponse:  # noqa: ARG001 - the signature of a view
    """All that is public, as JSON, as lines of JSON or as a zip of CSV files, written as it is read."""
    form = next(form for form in FORMS.values() if form.ending == ending)
    return StreamingHttpResponse(
        whole_archive(form, Scope(), lambda tasks: None),  # noqa: ARG005 - nobody watches
        content_type=form.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="leverage-records.{ending}"',
            "Cache-Control": "no-cache",  # it says when it was made: no two are the same
        },
    )
