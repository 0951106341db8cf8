"""A year, a month or a week of records."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from records.charts import Figure, of_tasks, over_time
from records.exporters.rows import TASK_COLUMNS, task_lines
from records.leverage import quotient
from records.models import Day, SiteProfile, Task
from records.periods import Period, Unit, between
from records.summaries.categories import category_rows
from records.summaries.period import PeriodSummary, compared
from records.summaries.sentences import sentences
from records.summaries.series import Series
from records.tables import CategoryTable, OrderedTasks, TaskTable
from records.tables.base import Head
from records.views.files import Sheet, as_file, file_links, refused

DIVIDED_BY = {Unit.YEAR: Unit.WEEK, Unit.MONTH: Unit.DAY, Unit.WEEK: Unit.DAY}


def period_detail(request: HttpRequest, period: Period) -> HttpResponse:
    """A period that has public days: figures, sentences, days, best tasks, categories."""
    summary = PeriodSummary.of(period)
    if summary is None:
        raise Http404
    site = SiteProfile.load()
    rows = category_rows(summary.tasks)
    series = summary.series
    context = {
        "section": "records",
        "site": site,
        "summary": summary,
        "period": period,
        "series": series,
        "factors": summary.factors,
        "between": between(series.first, series.last),
        "sample": series.sample,
        "sentences": sentences(summary, site.agent_name, site.today()),
        "compared": compared(summary, site.agent_name),
        "days": [each.day for each in reversed(series.days)],
        "rows": sorted(rows, key=lambda row: -(row.totals.human_hours or 0)),
        "totals_by_row": [row.totals for row in rows],
        "span": span_of(series),
        "hours": period_figure(summary, "hours"),
        "calendar": period_figure(summary, "calendar"),
        "distribution": period_figure(summary, "factors"),
        "narrowed": f"&{span_of(series)}",
        "weeks": quotient(series.totals.human_hours, site.hours_per_week),
        "parts": list(summary.parts),
        "task_heads": task_heads(site.agent_name),
        "category_heads": CategoryTable([], sort="", agent=site.agent_name).names(),
        "files": file_links("records:period_file", request.GET, request.GET, period=period),
    }
    return render(request, "records/period_detail.html", context)


def task_heads(agent: str) -> list[Head]:
    """The heads of a table of tasks whose order is settled."""
    hidden = ("category", "tokens")
    return TaskTable(Task.objects.none(), count=0, sort="", agent=agent, hidden=hidden).names()


def period_figure(summary: PeriodSummary, name: str) -> Figure | None:
    """A figure of a period by its name; ``None`` where there is none, or nothing to draw."""
    period, series = summary.period, summary.series
    if name == "hours":
        return over_time.hours(series, DIVIDED_BY[period.unit], (period.first, period.last))
    if name == "calendar" and period.unit is Unit.YEAR:
        return over_time.year(series, period.first.year)
    return of_tasks.distribution(summary.factors, f"&{span_of(series)}") if name == "factors" else None


def period_file(request: HttpRequest, period: Period, extension: str) -> HttpResponseBase:
    """The tasks of a period, newest day first unless told otherwise, and what they add up to."""
    days = Day.objects.visible().filter(date__gte=period.first, date__lte=period.last)
    if not days.exists():
        raise Http404
    tasks = Task.objects.visible().filter(day__gte=period.first, day__lte=period.last)
    listing = OrderedTasks(request.GET, tasks)
    if listing.errors:
        return refused(listing.errors)
    totals = replace(listing.totals, tokens=days.tokens())
    rows = task_lines(listing.ordered)
    name = f"leverage-records-{period.key}"
    return as_file(Sheet(name, TASK_COLUMNS, rows, totals.tasks, totals), extension)


def span_of(series: Series) -> str:
    """The days on record of a period as other lists take them: of others an address says nothing."""
    return f"from={series.first.isoformat()}&to={series.last.isoformat()}"
