"""Lists of days: all of them, and those with a tag."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from records.models import Day, SiteProfile, Tag
from records.tables import OrderedDays
from records.views.files import file_links


def record_list(request: HttpRequest) -> HttpResponse:
    """All records, newest first unless told otherwise."""
    listing = OrderedDays(request.GET, Day.objects.visible())
    files = file_links("records:record_list_file", listing.query, listing.errors)
    return render(request, "records/record_list.html", {**page_of(listing), "files": files})


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The records with a tag; a tag of drafts alone looks like none."""
    tag = get_object_or_404(Tag.objects.filter(days__in=Day.objects.visible()).distinct(), slug=slug)
    listing = OrderedDays(request.GET, Day.objects.visible().filter(tags=tag))
    files = file_links("records:tag_file", listing.query, listing.errors, slug=slug)
    return render(request, "records/tag_detail.html", {**page_of(listing), "tag": tag, "files": files})


def page_of(listing: OrderedDays) -> dict[str, Any]:
    """What a list of days shows, in the order and on the page the address asks for."""
    site = SiteProfile.load()
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
        "sample": listing.days.filter(sample=True).exists(),
    }
