"""The whole series, or the part of it an address asks for, as recorded or as it would be if."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from records.charts import Figure, of_tasks, over_time
from records.exporters.rows import DAY_COLUMNS
from records.filters import MULTIPLIERS, WHAT_IF
from records.filters.links import kept
from records.filters.span import NAMES
from records.leverage import quotient
from records.models import Day, SiteProfile, Task
from records.periods import Unit, between
from records.summaries.broken import broken, marks
from records.summaries.coverage import coverage_of
from records.summaries.factors import Factors
from records.summaries.shares import Shares
from records.summaries.supposed import factors_in
from records.tables.series import SeriesDays
from records.views import linked_data
from records.views.carrying import figure_in
from records.views.check import Check, View, check_of
from records.views.files import Sheet, as_file, file_links, refused
from records.views.social import card_of_series

MOST_SHARES = 26  # columns of each category
LATEST_BROKEN = 12
TITLE = "Dashboard"


class Dashboard:
    """The days an address asks for, their tasks, and the figures made of them, each when it is wanted."""

    def __init__(self, query: QueryDict, at: datetime | None = None) -> None:
        moment = at or timezone.now()
        self.listing = SeriesDays(query, Day.objects.visible(moment), Task.objects.visible(moment))

    def factors(self) -> Factors:
        """How the factors are distributed; one query."""
        return factors_in(self.listing.scenario, self.listing.tasks)

    def over_time(self) -> dict[str, Callable[[], Figure | None]]:
        """The figures that need nothing but the days; in the order of the page."""
        series, unit = self.listing.series, self.listing.unit
        return {
            "hours": lambda: over_time.hours(series, unit),
            "calendar": lambda: over_time.year(series, series.last.year) if series.days else None,
            "factor": lambda: over_time.leverage(series, unit),
            "supervisory-factor": lambda: over_time.supervision(series, unit),
        }

    def of_tasks(self, factors: Factors) -> dict[str, Callable[[], Figure | None]]:
        """The figures made of single tasks."""
        span = self.listing.span
        return {
            "factors": lambda: of_tasks.distribution(factors, span),
            "sizes": lambda: of_tasks.sizes(factors, span),
        }

    def shares(self) -> Figure | None:
        """The shares of the categories; one query."""
        series = self.listing.series
        if not series.worked:
            return None
        unit = series.unit_for(Unit.WEEK, MOST_SHARES)
        periods = [each.period for each in series.by(unit)]
        shares = Shares.of(self.listing.tasks, unit, self.listing.scenario)
        return over_time.shares(shares, periods)

    def figures(self, factors: Factors) -> dict[str, Figure | None]:
        """All figures by their names in templates."""
        made = {**self.over_time(), **self.of_tasks(factors), "shares": self.shares}
        return {
            name.replace("-", "_"): figure_in(self.listing.what_if, make()) for name, make in made.items()
        }

    def figure(self, name: str) -> Figure | None:
        """One figure by its name; ``None`` where there is none, or too little to draw."""
        made = {**self.over_time(), "shares": self.shares}.get(name)
        if made is None:
            made = self.of_tasks(self.factors()).get(name)
        return figure_in(self.listing.what_if, made()) if made else None


def dashboard(request: HttpRequest) -> HttpResponse:
    """Totals, averages, charts and days; what in the address makes no sense is said and not applied."""
    site = SiteProfile.load()
    page = Dashboard(request.GET)
    listing = page.listing
    context = {"section": "dashboard", "site": site, **_days(listing, site.agent_name)}
    context |= {"check": _check(listing, site), "weeks": _weeks(listing, site)}
    if listing.scenario.is_plain:
        context |= _said_elsewhere(listing, site)
    if listing.series.worked:
        factors = page.factors()
        context |= {"factors": factors, "figures": page.figures(factors), **_records(listing, factors)}
    return render(request, "records/dashboard.html", context)


def _weeks(listing: SeriesDays, site: SiteProfile) -> Any:
    return quotient(listing.series.totals.human_hours, site.hours_per_week)


def _check(listing: SeriesDays, site: SiteProfile) -> Check:
    rows = kept(listing.query, ("from", "to", "sort", *MULTIPLIERS))
    dropped = [*listing.errors, *listing.what_if.not_in_files]
    files = file_links("records:dashboard_file", rows, dropped)
    view = View("these records", TITLE, reverse("records:dashboard"), site)
    recorded = listing.recorded
    return check_of(view, recorded.totals, coverage_of(recorded), listing.what_if, files)


def _said_elsewhere(listing: SeriesDays, site: SiteProfile) -> dict[str, Any]:
    """What the page says of itself to other programs: of all records, whatever part of them it shows."""
    found = {"linked_data": linked_data.of_dashboard(listing.whole, site)}
    return found if listing.is_narrowed else {**found, "card": card_of_series(listing.whole)}


def _days(listing: SeriesDays, agent: str) -> dict[str, Any]:
    series, table = listing.series, listing.table(agent)
    return {
        "listing": listing,
        "series": series,
        "between": between(series.first, series.last) if series.days else "",
        "sample": series.sample,
        "heads": list(table.heads(listing.query)),
        "days": [row.record for row in table.page.object_list],
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "notes": [day for day in series.notes if day.date.year == series.last.year],
        "years": sorted({each.date.year for each in series.days}, reverse=True),
        "chart_query": kept(listing.query, (*NAMES, *WHAT_IF)).urlencode(),
    }


def _records(listing: SeriesDays, factors: Factors) -> dict[str, Any]:
    found = marks(listing.series, factors)
    later = broken(found)
    return {
        "standing": [kind[-1] for kind in found.values() if kind],
        "broken": later[:LATEST_BROKEN],
        "broken_count": len(later),
    }


def dashboard_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The days asked for, all pages of them, in the order of the page."""
    listing = SeriesDays(request.GET, Day.objects.visible(), Task.objects.visible(), MULTIPLIERS)
    if listing.errors:
        return refused(listing.errors)
    days = listing.ordered
    return as_file(Sheet("dashboard", DAY_COLUMNS, days, len(days), listing.series.totals), extension)
