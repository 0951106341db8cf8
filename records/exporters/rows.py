"""Rows as files: one CSV writer and one JSON writer for every table of the site.

Numbers are plain: no sign, no comma, factors with up to six decimals. What is unknown is empty in CSV and
null in JSON. A yes or no is ``true`` or ``false`` in both.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from records.formats import json_number, plain
from records.leverage import EstimateRange, Totals

Value: TypeAlias = str | int | bool | Decimal | date | None
Columns: TypeAlias = Mapping[str, Callable[[Any], Value]]

LINES_A_CHUNK = 200  # a chunk a line would cost more than the line

# A spreadsheet runs a cell that begins with one of these as a formula.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")

TASK_COLUMNS: Columns = {
    "id": lambda task: task.pk,
    "date": lambda task: task.day_id,
    "position": lambda task: task.position,
    "name": lambda task: task.title,
    "description": lambda task: task.description,
    "category": lambda task: task.category.slug if task.category else None,
    "human_hours": lambda task: task.human_hours,
    "agent_minutes": lambda task: task.agent_minutes,
    "supervisory_minutes": lambda task: task.supervisory_minutes,
    "tokens": lambda task: task.tokens,
    "factor": lambda task: task.leverage_factor(),
    "supervisory_factor": lambda task: task.supervisory_leverage_factor(),
    "sample": lambda task: task.sample,
}
DAY_COLUMNS: Columns = {
    "date": lambda day: day.date,
    "title": lambda day: day.full_title,
    "tasks": lambda day: day.totals().tasks,
    "human_hours": lambda day: day.totals().human_hours,
    "agent_minutes": lambda day: day.totals().agent_minutes,
    "supervisory_minutes": lambda day: day.totals().supervisory_minutes,
    "tokens": lambda day: day.tokens(),
    "factor": lambda day: day.totals().leverage.value,
    "supervisory_factor": lambda day: day.totals().supervision.value,
    "sample": lambda day: day.sample,
}
CATEGORY_COLUMNS: Columns = {
    "category": lambda row: row.slug,
    "name": lambda row: row.name,
    "tasks": lambda row: row.totals.tasks,
    "human_hours": lambda row: row.totals.human_hours,
    "agent_minutes": lambda row: row.totals.agent_minutes,
    "supervisory_minutes": lambda row: row.totals.supervisory_minutes,
    "tokens": lambda row: row.totals.tokens,
    "factor": lambda row: row.factor,
    "supervisory_factor": lambda row: row.supervisory_factor,
    "median_factor": lambda row: row.median_factor,
    "lowest_factor": lambda row: row.lowest_factor,
    "highest_factor": lambda row: row.highest_factor,
    "sample": lambda row: row.sample,
}


def defused(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs.

    Text that begins with ``=``, ``+``, ``-``, ``@`` (or their full-width twins), a tab or a line end, or with
    apostrophes before one of these, gets one apostrophe in front. ``restored`` undoes exactly that.
    """
    return f"'{text}" if _RUNS.match(text) else text


def restored(cell: str) -> str:
    """The text a cell was made of by ``defused``: for a program that reads our CSV."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def csv_chunks(columns: Columns, rows: Iterable[Any]) -> Iterator[str]:
    """The rows as CSV with a head line, in chunks of some hundred lines."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(read(row)) for read in columns.values()])
        if number % LINES_A_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def json_chunks(columns: Columns, rows: Iterable[Any], count: int, totals: Totals) -> Iterator[str]:
    """The rows as ``{"count": n, "totals": {...}, "results": [...]}``, one row a line."""
    yield f'{{"count": {count}, "totals": {_dumped(totals_as_json(totals))}, "results": ['
    separator = "\n"
    for row in rows:
        yield separator + _dumped({name: _json(read(row)) for name, read in columns.items()})
        separator = ",\n"
    yield "\n]}\n"


def totals_as_json(totals: Totals) -> dict[str, Any]:
    """Sums and weighted averages by the names of the columns, and over how many tasks each average goes.

    Where some of the tasks have a range of estimates, the factors at its ends as well.
    """
    return {
        "tasks": totals.tasks,
        "human_hours": json_number(totals.human_hours),
        "agent_minutes": json_number(totals.agent_minutes),
        "supervisory_minutes": json_number(totals.supervisory_minutes),
        "tokens": totals.tokens,
        "factor": json_number(totals.leverage.value),
        "supervisory_factor": json_number(totals.supervision.value),
        "tasks_with_factor": totals.leverage.tasks,
        "tasks_with_supervision": totals.supervision.tasks,
        "tasks_with_tokens": totals.tokens_known,
        **_range_as_json(totals.estimates),
    }


def _range_as_json(estimates: EstimateRange) -> dict[str, Any]:
    """The factor at the low and the high estimates, where some task has a range."""
    if not estimates.tasks:
        return {}
    ends = {"factor_low": json_number(estimates.low), "factor_high": json_number(estimates.high)}
    return {**ends, "tasks_with_range": estimates.tasks}


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return defused(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def _json(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return json_number(value)
    return value.isoformat() if isinstance(value, date) else value


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
