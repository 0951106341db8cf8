"""The table of categories and each category by itself."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from records.exporters.rows import CATEGORY_COLUMNS
from records.feeds import of_category
from records.filters import MULTIPLIERS, WHAT_IF, TableState, WhatIf
from records.filters.fields import faults
from records.filters.links import kept
from records.filters.unknown import OF_FILTERED_TASKS, OF_TABLES, OF_TASKS, unknown_names
from records.models import Category, SiteProfile
from records.summaries.accounts import whole_account
from records.summaries.categories import spreads_of
from records.summaries.reach import Reach
from records.summaries.supposed import category_rows_in
from records.tables import CategoryTable, FilteredTasks, OrderedTasks
from records.views import linked_data
from records.views.carrying import carried
from records.views.check import Check, View, check_of
from records.views.files import Sheet, as_file, file_links, refused, tasks_file
from records.views.social import card_of_category
from records.views.tasks import check_of_list, page_of


def category_list(request: HttpRequest) -> HttpResponse:
    """All categories that public tasks have."""
    site = SiteProfile.load()
    reach = Reach.now()
    what_if = WhatIf(kept(request.GET, ("sort", *WHAT_IF)), MULTIPLIERS)
    rows = category_rows_in(what_if.scenario, reach)
    state = TableState(request.GET, CategoryTable.sorts(), CategoryTable.default_sort)
    table = CategoryTable(rows, sort=state.sort, agent=site.agent_name)
    shown = [replace(row.record, url=carried(row.record.url, what_if)) for row in table.rows]
    query = what_if.query
    files = file_links("category_list_file", query, [*state.errors, *what_if.errors])
    context = {
        "site": site,
        "section": "categories",
        "state": state,
        "heads": list(table.heads(query)),
        "rows": shown,
        "totals_by_row": [row.totals for row in shown],
        "check": _check_of_all(what_if, site, files),
        "sample": any(row.sample for row in rows),
        "linked_data": trail(),
    }
    return render(request, "records/category_list.html", context)


def _check_of_all(what_if: WhatIf, site: SiteProfile, files: dict[str, str]) -> Check:
    view = View("these tasks", "Categories", reverse("records:category_list"), site)
    account = whole_account(timezone.now())
    return check_of(view, account.totals, account.coverage, what_if, files)


def category_list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All categories that public tasks have, as a file."""
    state = TableState(request.GET, CategoryTable.sorts(), CategoryTable.default_sort)
    what_if = WhatIf(request.GET, MULTIPLIERS)
    if errors := {**unknown_names(request.GET, OF_TABLES), **faults(state), **what_if.faults}:
        return refused(errors)
    reach, scenario = Reach.now(), what_if.scenario
    supposed = category_rows_in(scenario, reach)
    rows = [row.record for row in CategoryTable(supposed, sort=state.sort, agent="").rows]
    totals = reach.summaries.totals().scaled(hours=scenario.hours, supervision=scenario.supervision)
    return as_file(Sheet("categories", CATEGORY_COLUMNS, rows, len(rows), totals), extension)


def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One category: its description, its figures, its tasks."""
    category = shown_category(slug)
    site = SiteProfile.load()
    listing = tasks_of(category, request.GET)
    context = {
        "site": site,
        "section": "categories",
        "category": category,
        "unsupervised_url": f"{reverse('records:task_list')}?category={slug}&missing=supervision",
        "spread": spreads_of(Reach.now())[category.pk].scaled(listing.scenario.hours),
        **page_of(listing, listing.table(site.agent_name, hidden=("category",))),
        "channel": of_category(category, site),
        **(_said_elsewhere(category, listing) if listing.scenario.is_plain else {}),
    }
    files = file_links("category_detail_file", listing.query, listing.errors, slug=slug)
    view = View("these tasks", category.name, category.get_absolute_url(), site)
    context["check"] = check_of_list(listing, view, files)
    return render(request, "records/category_detail.html", context)


def _said_elsewhere(category: Category, listing: OrderedTasks) -> dict[str, Any]:
    """What the page says of itself to other programs, of its figures as recorded."""
    return {
        "card": card_of_category(category, listing.totals, listing.reservations),
        "linked_data": trail((category.name, category.get_absolute_url())),
    }


def category_detail_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The tasks of one category as a file, narrowed by whatever narrows the list of all tasks."""
    category, query = shown_category(slug), request.GET.copy()
    narrowed = any(name in query for name in OF_FILTERED_TASKS if name not in OF_TASKS)
    query["category"] = slug
    listing = FilteredTasks(query, whole=True) if narrowed else tasks_of(category, request.GET)
    takes = [name for name in OF_FILTERED_TASKS if name != "category"]
    return tasks_file(request, listing, f"category-{slug}", extension, takes)


def tasks_of(category: Category, query: QueryDict) -> OrderedTasks:
    """The public tasks of a category in the order asked for."""
    reach = Reach.now()
    summaries = reach.category_summaries.filter(category=category)
    return OrderedTasks(query, reach.tasks.filter(category=category), summaries=summaries)


def shown_category(slug: str) -> Category:
    """The category of a slug, if public tasks have it.

    Raises ``Http404`` for any other, so that a category of drafts alone looks like none; a slug of former
    days is left to the middleware for old addresses.
    """
    used = Exists(Reach.now().category_summaries.order_by().filter(category=OuterRef("pk")))
    return get_object_or_404(Category.objects.filter(used), slug=slug)


def trail(*below: linked_data.Step) -> linked_data.Node:
    """The way to the table of categories and to what stands below it."""
    here = linked_data.step("Categories", "category_list")
    return linked_data.graph(linked_data.breadcrumbs(here, *below))
