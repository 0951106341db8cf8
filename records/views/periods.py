"""A year, a month or a week of records."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from records.charts import Figure, of_tasks, over_time
from records.exporters.rows import TASK_COLUMNS, task_lines
from records.filters import MULTIPLIERS, WHAT_IF, WhatIf
from records.filters.links import kept
from records.filters.unknown import OF_TASKS, unknown_names
from records.leverage import quotient
from records.models import Day, SiteProfile, Task
from records.periods import Period, Unit, between
from records.summaries.corrections import emptied
from records.summaries.coverage import coverage_of
from records.summaries.period import PeriodSummary, compared
from records.summaries.sentences import sentences
from records.summaries.series import Series
from records.summaries.supposed import category_rows_in, period_in
from records.tables import CategoryTable, OrderedTasks, TaskTable
from records.tables.base import Head
from records.tables.days import day_heads
from records.views import linked_data
from records.views.carrying import carried, figure_in
from records.views.check import Check, View, check_of, ledger_of_period
from records.views.files import Sheet, as_file, file_links, refused, supposed_lines
from records.views.social import card_of_period

DIVIDED_BY = {Unit.YEAR: Unit.WEEK, Unit.MONTH: Unit.DAY, Unit.WEEK: Unit.DAY}


def period_detail(request: HttpRequest, period: Period) -> HttpResponse:
    """A period that has public days: figures, sentences, days, best tasks, categories."""
    recorded = PeriodSummary.of(period)
    if recorded is None:
        raise Http404
    site, what_if = SiteProfile.load(), WhatIf(kept(request.GET, WHAT_IF))
    summary = period_in(what_if.scenario, recorded)
    said = sentences(summary, site.agent_name, site.today())
    context = {
        "section": "records",
        "site": site,
        "sentences": said,
        **_figures_of(summary, site),
        **_parts_of(summary, what_if),
        **_charts_of(summary, what_if),
        **_heads(site.agent_name),
        **(_said_elsewhere(summary, said, site) if what_if.scenario.is_plain else {}),
        "check": _check(recorded, what_if, site),
    }
    return render(request, "records/period_detail.html", context)


def _figures_of(summary: PeriodSummary, site: SiteProfile) -> dict[str, Any]:
    series = summary.series
    return {
        "summary": summary,
        "period": summary.period,
        "series": series,
        "factors": summary.factors,
        "between": between(series.first, series.last),
        "sample": series.sample,
        "sample_days": {each.date for each in series.days if each.day.sample},
        "compared": compared(summary, site.agent_name),
        "weeks": quotient(series.totals.human_hours, site.hours_per_week),
    }


def _parts_of(summary: PeriodSummary, what_if: WhatIf) -> dict[str, Any]:
    """What the period is made of, and the addresses of the tasks it is made of."""
    series, span = summary.series, span_of(summary.series)
    rows = category_rows_in(what_if.scenario, summary.reach)
    linked = [replace(row, url=carried(row.url, what_if)) for row in rows]
    days = [each.day for each in reversed(series.days)]
    return {
        "days": days,
        "emptied": emptied(days),
        "rows": sorted(linked, key=lambda row: -(row.totals.human_hours or 0)),
        "totals_by_row": [row.totals for row in rows],
        "parts": list(summary.parts),
        "span": f"{span}{what_if.asked_of_lists}",
        "narrowed": f"&{span}{what_if.asked_of_lists}",
    }


def _charts_of(summary: PeriodSummary, what_if: WhatIf) -> dict[str, Figure | None]:
    names = {"hours": "hours", "calendar": "calendar", "distribution": "factors"}
    return {place: period_figure(summary, name, what_if) for place, name in names.items()}


def _heads(agent: str) -> dict[str, Sequence[Head]]:
    categories = CategoryTable([], sort="", agent=agent)
    heads = {"task_heads": task_heads(agent), "category_heads": categories.names()}
    return {**heads, "day_heads": day_heads(agent)}


def _said_elsewhere(summary: PeriodSummary, said: list[str], site: SiteProfile) -> dict[str, Any]:
    """What a period says of itself to other programs, of its figures as recorded."""
    return {
        "card": card_of_period(summary.period, summary.series),
        "linked_data": linked_data.of_period(summary, " ".join(said), site),
    }


def _check(recorded: PeriodSummary, what_if: WhatIf, site: SiteProfile) -> Check:
    period, series = recorded.period, recorded.series
    path, ledger = reverse("records:period_detail", args=[period]), ledger_of_period(period)
    view = View("these records", period.name, path, site, ledger)
    dropped = [*what_if.errors, *what_if.not_in_files]
    files = file_links("period_file", kept(what_if.query, MULTIPLIERS), dropped, period=period)
    return check_of(view, series.totals, coverage_of(series), what_if, files)


def task_heads(agent: str) -> list[Head]:
    """The heads of a table of tasks whose order is settled."""
    hidden = ("category", "tokens")
    return TaskTable(Task.objects.none(), count=0, sort="", agent=agent, hidden=hidden).names()


def period_figure(summary: PeriodSummary, name: str, what_if: WhatIf) -> Figure | None:
    """A figure of a period by its name; ``None`` where there is none, or nothing to draw."""
    return figure_in(what_if, _figure(summary, name))


def _figure(summary: PeriodSummary, name: str) -> Figure | None:
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
    if errors := {**unknown_names(request.GET, OF_TASKS), **listing.errors}:
        return refused(errors)
    totals = listing.totals._replace(tokens=days.tokens())
    rows = supposed_lines(task_lines(listing.ordered), listing.scenario)
    name = f"leverage-records-{period.key}"
    return as_file(Sheet(name, TASK_COLUMNS, rows, totals.tasks, totals), extension)


def span_of(series: Series) -> str:
    """The days on record of a period as other lists take them: of others an address says nothing."""
    return f"from={series.first.isoformat()}&to={series.last.isoformat()}"
