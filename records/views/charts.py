"""Charts at addresses of their own, to be shown elsewhere: drawings that bring their colours along."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.dateformat import format as formatted

from records.charts import Figure
from records.charts.ink import THEMES
from records.filters import WhatIf
from records.filters.fields import quoted
from records.models import Day, SiteProfile, Task
from records.periods import Period, Unit, between
from records.summaries.period import PeriodSummary
from records.summaries.record import RecordSummary
from records.summaries.scenario import supposed
from records.summaries.supposed import period_in
from records.views.dashboard import Dashboard
from records.views.files import refused
from records.views.periods import period_figure
from records.views.records import by_category

HEAD, FOOT, SIDE = 72, 34, 24  # room for the title and for the site's name


def dashboard_chart(request: HttpRequest, name: str) -> HttpResponseBase:
    """A chart of the dashboard, of the range in the address."""
    page = Dashboard(request.GET)
    if page.listing.errors:
        return refused(page.listing.errors)
    series = page.listing.series
    about = between(series.first, series.last) if series.days_on_record else ""
    return alone(request, page.figure(name), supposing(page.listing.what_if, about), series.as_of)


def period_chart(request: HttpRequest, period: Period, name: str) -> HttpResponseBase:
    """A chart of a period."""
    summary, what_if = PeriodSummary.of(period), WhatIf(request.GET)
    if summary is None:
        raise Http404
    if what_if.errors:
        return refused(what_if.faults)
    figure = period_figure(period_in(what_if.scenario, summary), name, what_if)
    return alone(request, figure, supposing(what_if, period.name), summary.series.as_of)


def record_chart(request: HttpRequest, date: date) -> HttpResponseBase:
    """The chart of a day."""
    day = Day.objects.visible().filter(date=date).defer("lede", "analysis").first()
    if day is None:
        raise Http404
    what_if = WhatIf(request.GET)
    if what_if.errors:
        return refused(what_if.faults)
    recorded = list(Task.objects.filter(day=day).select_related("category").by_factor())
    summary = RecordSummary.of(day, supposed(recorded, what_if.scenario), SiteProfile.load())
    about = supposing(what_if, Period(Unit.DAY, date).name)
    return alone(request, by_category(summary), about, day.figures_changed_at or day.published_at)


def supposing(what_if: WhatIf, about: str) -> str:
    """What a chart is about, and what it supposes."""
    words = "; ".join(what_if.scenario.words())
    return f"{about} · what if: {words}" if words else about


def alone(
    request: HttpRequest, figure: Figure | None, about: str, as_of: datetime | None
) -> HttpResponseBase:
    """A figure as an SVG file that says what it is ``about``; ``theme`` in the address is light or dark."""
    if figure is None:
        raise Http404
    theme = request.GET.get("theme", "light")
    if theme not in THEMES:
        return refused({"theme": [f"There is no theme {quoted(theme)}. Try light or dark."]})
    site, drawing = SiteProfile.load(), figure.drawings[0]
    context = {
        "figure": figure,
        "drawing": drawing,
        "theme": theme,
        "site": site,
        "about": about,
        "as_of": formatted(as_of.astimezone(site.zone), "F j, Y, H:i") if as_of else "",
        "width": drawing.width + 2 * SIDE,
        "height": round(drawing.height + HEAD + FOOT, 1),
        "foot": round(drawing.height + HEAD + FOOT - 12, 1),
        "head": HEAD,
        "side": SIDE,
    }
    response: HttpResponse = render(
        request, "records/chart.svg", context, content_type="image/svg+xml; charset=utf-8"
    )
    # A picture may be shown anywhere; it holds nothing that the page does not.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
