"""Lists of days: all of them, and those with a tag."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from records.feeds import of_tag
from records.models import Day, SiteProfile, Tag
from records.summaries.corrections import emptied
from records.summaries.coverage import coverage
from records.tables import OrderedDays
from records.views import linked_data
from records.views.check import Check, View, check_of
from records.views.files import file_links


def record_list(request: HttpRequest) -> HttpResponse:
    """All records, newest first unless told otherwise."""
    listing = OrderedDays(request.GET, Day.objects.visible())
    page = page_of(listing)
    files = file_links("record_list_file", listing.query, listing.errors)
    view = View("these records", "Records", reverse("records:record_list"), page["site"])
    context = {**page, "check": check_of_list(listing, view, files), "linked_data": trail()}
    return render(request, "records/record_list.html", context)


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The records with a tag; a tag of drafts alone looks like none."""
    tag = shown_tag(slug)
    listing = OrderedDays(request.GET, Day.objects.visible().filter(tags=tag))
    page = page_of(listing)
    files = file_links("tag_file", listing.query, listing.errors, slug=slug)
    view = View("these records", tag.name, tag.get_absolute_url(), page["site"])
    context = {
        **page,
        "tag": tag,
        "check": check_of_list(listing, view, files),
        "channel": of_tag(tag, page["site"]),
        "linked_data": trail((tag.name, tag.get_absolute_url())),
    }
    return render(request, "records/tag_detail.html", context)


def shown_tag(slug: str) -> Tag:
    """The tag of a slug, if public days have it; raises ``Http404`` for any other."""
    return get_object_or_404(Tag.objects.filter(days__in=Day.objects.visible()).distinct(), slug=slug)


def page_of(listing: OrderedDays) -> dict[str, Any]:
    """What a list of days shows, in the order and on the page the address asks for."""
    site = SiteProfile.load()
    table = listing.table(site.agent_name)
    days = list(listing.supposed(row.record for row in table.page.object_list))
    return {
        "section": "records",
        "site": site,
        "listing": listing,
        "table": table,
        "heads": list(table.heads(listing.query)),
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "days": days,
        "emptied": emptied(days),
        "by_year": listing.state.sort in ("date", "-date"),
        "sample": listing.days.filter(summary__sample=True).exists(),
    }


def check_of_list(listing: OrderedDays, view: View, files: dict[str, str]) -> Check:
    """What there is to check of a list of days."""
    return check_of(view, listing.recorded, coverage(listing.days), listing.what_if, files)


def trail(*below: linked_data.Step) -> linked_data.Node:
    """The way to the list of records and to what stands below it."""
    return linked_data.graph(linked_data.breadcrumbs(linked_data.step("Records", "record_list"), *below))
