"""Tables as files: ``.csv`` and ``.json`` beside the page, the same rows in the same order, on all pages."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from records.exporters.rows import (
    CORRECTION_COLUMNS,
    DAY_COLUMNS,
    ROWS_AT_ONCE,
    TASK_COLUMNS,
    Columns,
    TaskLine,
    csv_chunks,
    json_chunks,
    line_of,
    task_lines,
)
from records.exporters.task_rows import STORED_TASKS, stored_rows
from records.filters import MULTIPLIERS, WHAT_IF, TableState, link
from records.filters.links import kept
from records.filters.unknown import OF_TABLES, unknown_names
from records.leverage import Totals
from records.models import Day, Tag
from records.models.day import DayQuerySet
from records.models.paths import path_of
from records.scenario import Scenario
from records.summaries.corrections import withdrawal_of
from records.tables import OrderedCorrections, OrderedDays, OrderedTasks
from records.tables.corrections import LedgerFilter
from records.tables.log import RecordLog

OF_RECORD = ("sort", "category", *WHAT_IF)
OF_LEDGER = (*LedgerFilter.names, *TableState.names)
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its name without ending, its columns, its rows and what they add up to."""

    name: str
    columns: Columns
    rows: Iterable[Any]
    count: int
    totals: Totals | None


def as_file(sheet: Sheet, extension: str) -> HttpResponseBase:
    """The file, streamed: ``csv`` to be kept, ``json`` to be looked at."""
    chunks = (
        csv_chunks(sheet.columns, sheet.rows)
        if extension == "csv"
        else json_chunks(sheet.columns, sheet.rows, sheet.count, sheet.totals)
    )
    response = StreamingHttpResponse(
        (chunk.encode() for chunk in chunks), content_type=CONTENT_TYPES[extension]
    )
    use = "attachment" if extension == "csv" else "inline"
    response["Content-Disposition"] = f'{use}; filename="{sheet.name}.{extension}"'
    return response


def file_links(route: str, query: QueryDict, errors: Collection[str], **kwargs: Any) -> dict[str, str]:
    """The addresses of a page's files by ending, for the rows that the page shows.

    ``query`` is the state of its table; what is named in ``errors`` the page does not apply either.
    """
    state = link(kept(query, [part for part in query if part not in errors]), per_page=None)
    return {
        extension: path_of(route, **kwargs, extension=extension) + (state if len(state) > 1 else "")
        for extension in CONTENT_TYPES
    }


def refused(errors: Mapping[str, Sequence[str]], status: int = 400) -> JsonResponse:
    """What in the address makes no sense, by name, as ``{"errors": {...}}``."""
    return JsonResponse({"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False})


def tasks_file(
    request: HttpRequest, listing: OrderedTasks, name: str, extension: str, takes: Collection[str]
) -> HttpResponseBase:
    """A list of tasks as a file, or what is wrong with its address; ``takes`` are the names it may have."""
    if errors := {**unknown_names(request.GET, takes), **listing.errors}:
        return refused(errors)
    # Only JSON says what they add up to, and asking that of a million tasks takes a while.
    count, totals = (listing.count, listing.totals) if extension == "json" else (0, None)
    if listing.scenario.is_plain:
        stored = chain.from_iterable(map(stored_rows, listing.parts))
        return as_file(Sheet(name, STORED_TASKS, stored, count, totals), extension)
    lines = chain.from_iterable(map(task_lines, listing.parts))
    rows = supposed_lines(lines, listing.scenario)
    return as_file(Sheet(name, TASK_COLUMNS, rows, count, totals), extension)


def supposed_lines(lines: Iterator[TaskLine], scenario: Scenario) -> Iterator[TaskLine]:
    """The lines as a scenario has them that only multiplies."""
    return lines if scenario.is_plain else (line.supposing(scenario) for line in lines)


def record_file(request: HttpRequest, date: date, extension: str) -> HttpResponseBase:
    """The tasks of one day, in the order of its page: highest factor first, then position."""
    day = Day.objects.visible().only("date", "stated_tokens", "sample").filter(date=date).first()
    if day is None:
        return _gone(date)
    log = RecordLog(request.GET, day, MULTIPLIERS)
    if faults := {**unknown_names(request.GET, OF_RECORD), **log.faults}:
        return refused(faults)
    totals = Totals.of(log.shown)
    if not log.category:  # of the whole day, the tokens that its page shows
        totals = totals._replace(tokens=totals.tokens_with(day.stated_tokens))
    name = f"leverage-record-{date.isoformat()}"
    rows = [line_of(task) for task in log.shown]
    return as_file(Sheet(name, TASK_COLUMNS, rows, len(rows), totals), extension)


def _gone(date: date) -> JsonResponse:
    line = withdrawal_of(date)
    if line is None:
        raise Http404
    why = f"The record of {date.isoformat()} was withdrawn on {line.at:%Y-%m-%d}: {line.reason}"
    return refused({"date": [why]}, status=410)


def corrections_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The ledger of corrections, newest first unless told otherwise."""
    listing = OrderedCorrections(request.GET)
    if errors := {**unknown_names(request.GET, OF_LEDGER), **listing.errors}:
        return refused(errors)
    rows = listing.ordered.iterator(chunk_size=ROWS_AT_ONCE)
    return as_file(Sheet("corrections", CORRECTION_COLUMNS, rows, listing.count, None), extension)


def record_list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All days, newest first unless told otherwise."""
    return _days_file(request, Day.objects.visible(), "leverage-records", extension)


def tag_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The days with a tag."""
    tag = get_object_or_404(Tag, slug=slug)
    days = Day.objects.visible().filter(tags=tag)
    if not days.exists():
        raise Http404
    return _days_file(request, days, f"tag-{slug}", extension)


def _days_file(request: HttpRequest, days: DayQuerySet, name: str, extension: str) -> HttpResponseBase:
    listing = OrderedDays(request.GET, days)
    if errors := {**unknown_names(request.GET, OF_TABLES), **listing.errors}:
        return refused(errors)
    rows = listing.supposed(listing.ordered.iterator(chunk_size=ROWS_AT_ONCE))
    return as_file(Sheet(name, DAY_COLUMNS, rows, listing.count, listing.totals), extension)
