"""Lists of days: all of them, and those with a tag."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from records.models import Day, SiteProfile, Tag
from records.models.day import DayQuerySet
from records.tables import OrderedDays


def record_list(request: HttpRequest) -> HttpResponse:
    """All records, newest first unless told otherwise."""
    context = days_context(Day.objects.visible(), request.GET)
    files = {kind: reverse("records:record_list_file", args=[kind]) for kind in ("csv", "json")}
    return render(request, "records/record_list.html", {**context, "files": files})


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The records with a tag; a tag of drafts alone looks like none."""
    tag = get_object_or_404(Tag.objects.filter(days__in=Day.objects.visible()).distinct(), slug=slug)
    context = days_context(Day.objects.visible().filter(tags=tag), request.GET)
    files = {kind: reverse("records:tag_file", args=[slug, kind]) for kind in ("csv", "json")}
    return render(request, "records/tag_detail.html", {**context, "tag": tag, "files": files})


def days_context(days: DayQuerySet, query: QueryDict) -> dict[str, Any]:
    """What a list of days shows, in the order and on the page the address asks for."""
    site = SiteProfile.load()
    listing = OrderedDays(query, days)
    table = listing.table(site.agent_name)
    return {
        "section": "records",
        "site": site,
        "listing": listing,
        "table": table,
        "heads": list(table.heads(listing.query)),
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "days": [row.record for row in table.page.object_list],
        "by_year": listing.state.sort in ("date", "-date"),
        "sample": days.filter(sample=True).exists(),
    }
