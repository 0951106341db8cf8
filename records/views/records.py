"""The page of one day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from records import charts
from records.formats import average_factor, quantity, task_factor
from records.leverage import Totals, factor
from records.models import Correction, Day, SiteProfile, Tag, Task
from records.models.day import tags_of
from records.models.paths import path_of
from records.summaries.corrections import by_task, corrections_of, departed, withdrawal_of
from records.summaries.day_prose import DayProse, day_prose
from records.summaries.live_figures import DayFigures
from records.summaries.nearest import Beside, day_and_beside
from records.summaries.record import CategoryPart, RecordSummary
from records.tables.log import RecordLog
from records.views import linked_data
from records.views.check import Check, cited
from records.views.files import file_links
from records.views.social import Posting, card_of_day


def record_detail(request: HttpRequest, date: date) -> HttpResponse:
    """The record of a day that the public may see; 410 with when and why for one that was withdrawn."""
    found = day_and_beside(date)
    if found.day is None:
        return gone(request, date)
    context = record_context(found.day, found.beside, request.GET)
    return render(request, "records/record_detail.html", context)


def gone(request: HttpRequest, date: date) -> HttpResponse:
    """The answer 410 in place of a withdrawn record; raises ``Http404`` where the public never saw one."""
    line = withdrawal_of(date)
    if line is None:
        raise Http404
    return render(request, "records/record_gone.html", {"line": line, "section": "records"}, status=410)


def record_context(day: Day, beside: Beside, query: QueryDict) -> dict[str, Any]:
    """All that the page of a day shows, whether the day is public or not.

    What is ``unpublished`` gets no links to its files and tasks: they would lead nowhere.
    """
    site = SiteProfile.load()
    log = RecordLog(query, day)
    recorded = RecordSummary.of(day, log.recorded, site)
    scenario = log.what_if.scenario
    summary = recorded if scenario.is_plain else RecordSummary.of(day, log.tasks, site, scenario)
    tags, corrections = tags_of(day), corrections_of(day)
    return {
        "section": "records",
        "site": site,
        "day": day,
        "unpublished": not day.is_visible(),
        "sample": day.sample,
        "made_up": "This day is made up",
        "tags": tags,
        "prose": _prose(recorded, log),
        "beside": beside,
        **_corrected(day, corrections, log.recorded),
        **_figures_of(summary, log, site),
        **(said_elsewhere(day, tags, summary, site) if scenario.is_plain else {}),
        "check": check_of(log, recorded, site, corrected=bool(corrections)),
    }


def _prose(recorded: RecordSummary, log: RecordLog) -> DayProse:
    """What the author wrote, with the figures as recorded whatever the page supposes."""
    day = recorded.day
    # A row that a figure leads to may be missing where the log shows one category only, or a scenario.
    elsewhere = (log.category or not log.what_if.scenario.is_plain) and day.is_visible()
    return day_prose(DayFigures(recorded, day.get_absolute_url() if elsewhere else ""))


def _corrected(day: Day, corrections: list[Correction], tasks: Iterable[Task]) -> dict[str, Any]:
    """What was corrected of which tasks, and as of when the figures are."""
    return {
        "as_of": day.figures_changed_at or day.published_at,
        "corrections": corrections,
        "corrections_by_task": by_task(corrections),
        "departed": departed(day, corrections),
        "still_there": {task.pk for task in tasks} if day.is_visible() else (),
    }


def _figures_of(summary: RecordSummary, log: RecordLog, site: SiteProfile) -> dict[str, Any]:
    """The figures of the page as its scenario has them, the chart and the log."""
    day = summary.day
    narrowed = bool(log.category) and day.is_visible()  # and so some rows are on another page
    return {
        "summary": summary,
        "figure": by_category(summary, f"{day.get_absolute_url()}{log.what_if.asked}" if narrowed else ""),
        "chart_path": f"{path_of('record_chart', day.date)}{log.what_if.asked}" if day.is_visible() else "",
        "log": log,
        "heads": log.heads(site.agent_name),
        "category_links": log.category_links(summary.categories),
    }


def said_elsewhere(
    day: Day, tags: Iterable[Tag], summary: RecordSummary, site: SiteProfile
) -> dict[str, Any]:
    """What a record says of itself to other programs, of its figures as recorded."""
    return {
        "posting": Posting(day.published_at, day.changed_at, tuple(tag.name for tag in tags)),
        "card": card_of_day(day, summary),
        "linked_data": linked_data.of_record(day, summary, site),
    }


def check_of(log: RecordLog, recorded: RecordSummary, site: SiteProfile, *, corrected: bool) -> Check:
    """What there is to check of a day; of one that is not public neither files nor a citation."""
    day = recorded.day
    public, as_of = day.is_visible(), day.figures_changed_at or day.published_at
    dropped = [*log.faults, *log.what_if.not_in_files]
    return Check(
        subject="this record",
        what_if=log.what_if,
        factor=recorded.totals.leverage.value,
        files=file_links("record_file", log.query, dropped, date=day.date) if public else {},
        as_of=as_of,
        left_out=left_out(day),
        corrections="#corrections" if corrected else "",
        citation=cited(day.full_title, day.get_absolute_url(), log.what_if, site, as_of) if public else None,
    )


def left_out(day: Day) -> str:
    """What a record leaves out, in a sentence."""
    if not day.left_out:
        return "The record names nothing that it leaves out."
    return f"The record leaves out: {day.left_out.rstrip('.')}."


class Lane(NamedTuple):
    """A category among others; its tasks by title, hours, the minutes that divide these, and address."""

    name: str
    url: str
    totals: Totals
    tasks: tuple[tuple[str, Decimal | None, Decimal | None, str], ...]

    @classmethod
    def of(cls, part: CategoryPart, page: str = "") -> "Lane":
        """What a chart shows of a part of a day; its dots lead to the rows of ``page``."""
        url = part.category.get_absolute_url() if part.category else ""
        tasks = tuple(
            (task.title, task.human_hours, task.leverage_minutes, f"{page}#t{task.position}")
            for task in part.tasks
        )
        return cls(part.name, url, part.totals, tasks)

    def points(self) -> list[charts.Point]:
        """The tasks as dots; one whose factor is unknown has no place."""
        return [
            charts.Point(title, hours, quotient, url)
            for title, hours, minutes, url in self.tasks
            if hours is not None and (quotient := factor(hours, minutes)) is not None
        ]

    def numbers(self) -> tuple[charts.Cell, ...]:
        """Its row among the numbers of the chart."""
        factors = [point.factor for point in self.points()]
        return (
            charts.Cell(self.name, self.url),
            charts.Cell(quantity(self.totals.tasks)),
            charts.Cell(quantity(self.totals.human_hours)),
            charts.Cell(average_factor(self.totals.leverage.value)),
            charts.Cell(task_factor(min(factors, default=None))),
            charts.Cell(task_factor(max(factors, default=None))),
        )


def by_category(summary: RecordSummary, page: str = "") -> charts.Figure | None:
    """The chart of a day: one dot a task; ``None`` where no task has a factor.

    ``page`` is the address of the rows that dots lead to, blank where they are on the same page.
    """
    return _drawn(tuple(Lane.of(part, page) for part in summary.categories))


@lru_cache(64)
def _drawn(lanes: tuple[Lane, ...]) -> charts.Figure | None:
    strips = [
        charts.Strip(lane.name, average, lane.points())
        for lane in lanes
        if (average := lane.totals.leverage.value) is not None
    ]
    return charts.of_day(strips, [lane.numbers() for lane in lanes])
