"""The whole series, or the part of it an address asks for, as recorded or as it would be if."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from records.charts import Figure, of_tasks, over_time
from records.exporters.rows import DAY_COLUMNS
from records.filters import MULTIPLIERS, WHAT_IF
from records.filters.links import kept
from records.filters.span import NAMES
from records.filters.unknown import OF_TABLES, unknown_names
from records.leverage import quotient
from records.models import SiteProfile
from records.periods import Unit, between, stretch
from records.summaries.broken import Mark, broken, marks
from records.summaries.corrections import emptied
from records.summaries.coverage import coverage_of
from records.summaries.factors import Averages, Factors
from records.summaries.kept import kept as stored
from records.summaries.samples import samples_among
from records.summaries.shares import Shares
from records.summaries.supposed import factors_in
from records.tables.series import SeriesDays
from records.views import linked_data
from records.views.carrying import figure_in
from records.views.check import Check, View, check_of, ledger_of
from records.views.files import Sheet, as_file, file_links, refused
from records.views.social import card_of_series

MOST_SHARES = 26  # columns of each category
LATEST_BROKEN = 12
TITLE = "Dashboard"
T = TypeVar("T")


class Dashboard:
    """The days an address asks for, and the figures made of them, each when it is wanted.

    Figures that need every task are kept until something changes.
    """

    def __init__(self, query: QueryDict, at: datetime | None = None) -> None:
        self.listing = SeriesDays(query, at or timezone.now())

    @cached_property
    def factors(self) -> Factors:
        """How the factors are distributed; one query over all tasks."""
        return factors_in(self.listing.scenario, self.listing.tasks)

    @property
    def averages(self) -> Averages:
        """The same in short."""
        return self._kept("averages", lambda: self.factors.averages)

    def over_time(self) -> dict[str, Callable[[], Figure | None]]:
        """The figures that need nothing but the days; in the order of the page."""
        series, unit = self.listing.series, self.listing.unit
        return {
            "hours": lambda: over_time.hours(series, unit),
            "calendar": lambda: over_time.year(series, series.last.year) if series.days_on_record else None,
            "factor": lambda: over_time.leverage(series, unit),
            "supervisory-factor": lambda: over_time.supervision(series, unit),
        }

    def of_tasks(self) -> dict[str, Callable[[], Figure | None]]:
        """The figures made of single tasks."""
        span = self.listing.span
        return {
            "factors": lambda: of_tasks.distribution(self.factors, span),
            "sizes": lambda: of_tasks.sizes(self.factors, span),
            "shares": self.shares,
        }

    def shares(self) -> Figure | None:
        """The shares of the categories; one query."""
        listing, series = self.listing, self.listing.series
        if not series.days_worked:
            return None
        unit = series.unit_for(Unit.WEEK, MOST_SHARES)
        shares = (
            Shares.of_summaries(listing.reach.category_summaries, unit, listing.scenario)
            if listing.stored
            else Shares.of(listing.tasks, unit, listing.scenario)
        )
        return over_time.shares(shares, list(stretch(series.first, series.last, unit)))

    def marks(self) -> Mapping[str, Sequence[Mark]]:
        """By kind, every figure that was the highest when its day came."""
        listing = self.listing
        return listing.stored.marks if listing.stored else marks(listing.supposed, self.factors)

    def figures(self) -> dict[str, Figure | None]:
        """All figures by their names in templates."""
        return {name.replace("-", "_"): self.figure(name) for name in (*self.over_time(), *self.of_tasks())}

    def figure(self, name: str) -> Figure | None:
        """One figure by its name; ``None`` where there is none, or too little to draw."""
        made = None
        if name in self.over_time():
            made = self.over_time()[name]()
        elif name in self.of_tasks():
            made = self._kept(f"chart of {name}", self.of_tasks()[name])
        return figure_in(self.listing.what_if, made)

    def _kept(self, name: str, make: Callable[[], T]) -> T:
        listing = self.listing
        return stored(f"{name} {listing.reach.name} {listing.scenario}", make, listing.edition)


def dashboard(request: HttpRequest) -> HttpResponse:
    """Totals, averages, charts and days; what in the address makes no sense is said and not applied."""
    site = SiteProfile.load()
    page = Dashboard(request.GET)
    listing = page.listing
    context = {"section": "dashboard", "site": site, **_days(listing, site.agent_name)}
    context |= {"check": _check(listing, site), "weeks": _weeks(listing, site)}
    if listing.scenario.is_plain:
        context |= _said_elsewhere(listing, site)
    if listing.series.days_worked:
        context |= {"factors": page.averages, "figures": page.figures(), **_records(page)}
    return render(request, "records/dashboard.html", context)


def _weeks(listing: SeriesDays, site: SiteProfile) -> Any:
    return quotient(listing.series.totals.human_hours, site.hours_per_week)


def _check(listing: SeriesDays, site: SiteProfile) -> Check:
    rows = kept(listing.query, ("from", "to", "sort", *MULTIPLIERS))
    dropped = [*listing.errors, *listing.what_if.not_in_files]
    files = file_links("dashboard_file", rows, dropped)
    ledger = ledger_of(listing.form.first, listing.form.last)
    view = View("these records", TITLE, reverse("records:dashboard"), site, ledger)
    recorded = listing.recorded
    return check_of(view, recorded.totals, coverage_of(recorded), listing.what_if, files)


def _said_elsewhere(listing: SeriesDays, site: SiteProfile) -> dict[str, Any]:
    """What the page says of itself to other programs: of all records, whatever part of them it shows."""
    found = {"linked_data": linked_data.of_dashboard(listing.whole, site)}
    return found if listing.is_narrowed else {**found, "card": card_of_series(listing.whole)}


def _days(listing: SeriesDays, agent: str) -> dict[str, Any]:
    series, table = listing.series, listing.table(agent)
    days = list(listing.shown(row.record for row in table.page.object_list))
    return {
        "listing": listing,
        "series": series,
        "between": between(series.first, series.last) if series.days_on_record else "",
        "sample": series.sample,
        "heads": list(table.heads(listing.query)),
        "days": days,
        "emptied": emptied(days),
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "notes": series.notes_of(series.last.year) if series.days_on_record else [],
        "chart_query": kept(listing.query, (*NAMES, *WHAT_IF)).urlencode(),
    }


def _records(page: Dashboard) -> dict[str, Any]:
    found = page.marks()
    later = broken(found)
    standing, shown = [kind[-1] for kind in found.values() if kind], later[:LATEST_BROKEN]
    days = (mark.on for mark in (*standing, *shown))
    return {
        "standing": standing,
        "broken": shown,
        "broken_count": len(later),
        "sample_days": samples_among(days, some=page.listing.series.sample),
    }


def dashboard_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The days asked for, all pages of them, in the order of the page."""
    listing = SeriesDays(request.GET, timezone.now(), MULTIPLIERS)
    if errors := {**unknown_names(request.GET, (*NAMES, *OF_TABLES)), **listing.errors}:
        return refused(errors)
    series = listing.series
    days = listing.shown(listing.ordered)
    return as_file(Sheet("dashboard", DAY_COLUMNS, days, series.days_on_record, series.totals), extension)
