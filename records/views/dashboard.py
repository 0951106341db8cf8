"""The whole series, or the part of it an address asks for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from records.charts import Figure, of_tasks, over_time
from records.exporters.rows import DAY_COLUMNS
from records.filters.links import kept
from records.filters.span import NAMES
from records.leverage import quotient
from records.models import Day, SiteProfile, Task
from records.models.task import TaskQuerySet
from records.periods import Unit, between
from records.summaries.broken import broken, marks
from records.summaries.factors import Factors
from records.summaries.shares import Shares
from records.tables.series import SeriesDays
from records.views.files import Sheet, as_file, file_links, refused

MOST_SHARES = 26  # columns of each category
LATEST_BROKEN = 12


class Dashboard:
    """The days an address asks for, their tasks, and the figures made of them, each when it is wanted."""

    def __init__(self, query: QueryDict, at: datetime | None = None) -> None:
        moment = at or timezone.now()
        self.listing = SeriesDays(query, Day.objects.visible(moment))
        self.tasks: TaskQuerySet = self.listing.tasks_of(Task.objects.visible(moment))

    def factors(self) -> Factors:
        """How the factors are distributed; one query."""
        return Factors.of(self.tasks)

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
        narrowed = self.listing.narrowed
        return {
            "factors": lambda: of_tasks.distribution(factors, narrowed),
            "sizes": lambda: of_tasks.sizes(factors, narrowed),
        }

    def shares(self) -> Figure | None:
        """The shares of the categories; one query."""
        series = self.listing.series
        if not series.worked:
            return None
        unit = series.unit_for(Unit.WEEK, MOST_SHARES)
        periods = [each.period for each in series.by(unit)]
        return over_time.shares(Shares.of(self.tasks, unit), periods)

    def figure(self, name: str) -> Figure | None:
        """One figure by its name; ``None`` where there is none, or too little to draw."""
        if name == "shares":
            return self.shares()
        if name in self.over_time():
            return self.over_time()[name]()
        made = self.of_tasks(self.factors()).get(name)
        return made() if made else None


def dashboard(request: HttpRequest) -> HttpResponse:
    """Totals, averages, charts and days; what in the address makes no sense is said and not applied."""
    site = SiteProfile.load()
    page = Dashboard(request.GET)
    context = {"section": "dashboard", "site": site, **_days(page.listing, site.agent_name)}
    context["weeks"] = quotient(page.listing.series.totals.human_hours, site.hours_per_week)
    if page.listing.series.worked:
        factors = page.factors()
        context |= {"factors": factors, **_records(page.listing, factors)}
        made = {**page.over_time(), **page.of_tasks(factors), "shares": page.shares}
        context["figures"] = {name.replace("-", "_"): figure() for name, figure in made.items()}
    return render(request, "records/dashboard.html", context)


def _days(listing: SeriesDays, agent: str) -> dict[str, Any]:
    series, table = listing.series, listing.table(agent)
    rows = kept(listing.query, ("from", "to", "sort"))
    return {
        "listing": listing,
        "series": series,
        "between": between(series.first, series.last) if series.days else "",
        "sample": series.sample,
        "heads": list(table.heads(listing.query)),
        "days": [row.record for row in table.page.object_list],
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "files": file_links("records:dashboard_file", rows, listing.errors),
        "notes": [day for day in series.notes if day.date.year == series.last.year],
        "years": sorted({each.date.year for each in series.days}, reverse=True),
        "chart_query": kept(listing.query, NAMES).urlencode(),
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
    listing = SeriesDays(request.GET, Day.objects.visible())
    if listing.errors:
        return refused(listing.errors)
    days = listing.ordered
    return as_file(Sheet("dashboard", DAY_COLUMNS, days, len(days), listing.series.totals), extension)
