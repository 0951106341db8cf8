"""Searching days and tasks."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.filters.links import kept
from records.filters.state import PageField
from records.models import SiteProfile
from records.search import MOST, Results
from records.tables.base import page_links
from records.views.linked_data import breadcrumbs, graph, step

A_PAGE = 25


def search(request: HttpRequest) -> HttpResponse:
    """What is found for ``q``; what in it cannot be read is said beside the box, and the rest looked for."""
    text = request.GET.get("q", "").strip()
    results = Results(text)
    faults = results.faults
    pages = Paginator(range(results.count), A_PAGE)
    page = pages.get_page(_page(request, pages.num_pages, faults))
    shown = results.page(page.start_index() - 1, page.end_index()) if results.count else []
    context = {
        "section": "search",
        "site": SiteProfile.load(),
        "text": text,
        "results": results,
        "faults": faults,
        "most": MOST,
        "found": shown,
        "page": page,
        "linked_data": graph(breadcrumbs(step("Search", "search"))),
        "sample": any(found.sample for found in shown),
        "pages": page_links(kept(request.GET, ("q",)), page.number, pages.num_pages),
    }
    return render(request, "records/search.html", context)


def _page(request: HttpRequest, last: int, faults: list[str]) -> int:
    """The page asked for; one that is none, or lies beyond the last, is said."""
    try:
        asked = PageField(required=False).clean(request.GET.get("page", ""))
    except ValidationError as fault:
        faults.extend(fault.messages)
        return 1
    if asked > last:
        faults.append(f"There is no page {asked:,}; this is the last.")
    return min(asked, last)
