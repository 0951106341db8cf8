"""Rows as files: one CSV writer and one JSON writer for every table of the site.

Numbers are plain: no sign, no comma, factors with up to six decimals. What is unknown is empty in CSV and
null in JSON. A yes or no is ``true`` or ``false`` in both.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple, TypeAlias

from django.db.models import QuerySet

from records.formats import json_number, plain
from records.leverage import EstimateRange, Totals, factor
from records.models import Task, name_in
from records.models.batches import batched
from records.scenario import Scenario

Value: TypeAlias = str | int | bool | Decimal | date | datetime | None
Columns: TypeAlias = Mapping[str, Callable[[Any], Value]]

_NOTHING = '""'
LINES_A_CHUNK = 200  # a chunk a line would cost more than the line
ROWS_AT_ONCE = 2_000  # fetched from the database, so that a file of any length fits in memory

# A spreadsheet runs a cell that begins with one of these as a formula.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_STARTS = frozenset("'=+-@\t\r\n＝＋－＠")  # of most texts the first letter says that they do not run
_QUOTED = re.compile(r'[,"\r\n]')
_DEFUSED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")


class InBlocks(dict[str, Callable[[Any], Value]]):
    """Columns that are made for some rows at a time."""

    def cells(self, rows: Sequence[Any]) -> Iterable[Iterable[str]]:
        """The rows as cells of CSV, texts as ``text_cell`` has them."""
        readers = list(self.values())
        return [[_CELLS[type(value := read(row))](value) for read in readers] for row in rows]

    def objects(self, rows: Sequence[Any]) -> list[str]:
        """The rows as objects of JSON, each on one line."""
        readers = [(f"{quoted(name)}: ", read) for name, read in self.items()]
        return [f"{{{', '.join([name + _json(read(row)) for name, read in readers])}}}" for row in rows]


class TaskLine(NamedTuple):
    """What a file says of a task: a third of the cost of a model's instance, of which files have many."""

    id: int
    date: date
    position: int
    name: str
    description: str
    category: str | None
    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    tokens: int | None
    sample: bool

    def supposing(self, scenario: Scenario) -> "TaskLine":
        """The line as a scenario has it that only multiplies."""
        return self._replace(
            human_hours=scenario.human_hours(self.human_hours),
            supervisory_minutes=scenario.supervisory_minutes(self.supervisory_minutes),
        )


# Where the line has other names than the columns of the task.
_ELSEWHERE = {"date": "day_id", "category": "category__slug", "sample": "day__sample"}

TASK_COLUMNS: Columns = {
    "id": lambda line: line.id,
    "date": lambda line: line.date,
    "position": lambda line: line.position,
    "name": lambda line: line.name or name_in(line.description),
    "description": lambda line: line.description,
    "category": lambda line: line.category,
    "human_hours": lambda line: line.human_hours,
    "agent_minutes": lambda line: line.agent_minutes,
    "supervisory_minutes": lambda line: line.supervisory_minutes,
    "tokens": lambda line: line.tokens,
    "factor": lambda line: factor(line.human_hours, line.agent_minutes),
    "supervisory_factor": lambda line: factor(line.human_hours, line.supervisory_minutes),
    "sample": lambda line: line.sample,
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

CORRECTION_COLUMNS: Columns = {
    "at": lambda correction: correction.at.isoformat(timespec="seconds"),
    "date": lambda correction: correction.day.date,
    "task": lambda correction: correction.task_id,
    "name": lambda correction: correction.task_name,
    "what": lambda correction: correction.what,
    "before": lambda correction: correction.before,
    "after": lambda correction: correction.after,
    "reason": lambda correction: correction.reason,
}


def line_of(task: Any) -> TaskLine:
    """The line of a ``Task`` that was read with its category and, as ``sample``, that of its day."""
    slug = task.category.slug if task.category else None
    return TaskLine(
        task.pk,
        task.day_id,
        task.position,
        task.name,
        task.description,
        slug,
        task.human_hours,
        task.agent_minutes,
        task.supervisory_minutes,
        task.tokens,
        task.sample,
    )


def task_lines(tasks: QuerySet[Task]) -> Iterator[TaskLine]:
    """The lines of some tasks in their order, read some at a time."""
    columns = (_ELSEWHERE.get(name, name) for name in TaskLine._fields)
    return map(TaskLine._make, tasks.values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE))


def defused(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs.

    Text that begins with ``=``, ``+``, ``-``, ``@`` (or their full-width twins), a tab or a line end, or with
    apostrophes before one of these, gets one apostrophe in front. ``restored`` undoes exactly that.
    """
    return f"'{text}" if _RUNS.match(text) else text


def text_cell(text: str) -> str:
    """A text as a cell of CSV: ``defused``, and between quotation marks where it needs them."""
    if text[:1] in _STARTS:
        text = defused(text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def restored(cell: str) -> str:
    """The text a cell was made of by ``defused``: for a program that reads our CSV."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def csv_chunks(columns: Columns, rows: Iterable[Any]) -> Iterator[str]:
    """The rows as CSV with a head line, in chunks of some hundred lines.

    Written by hand, to the letter as Python's own writer does, which takes three times as long over texts.
    """
    blocks = _in_blocks(columns)
    yield _lines([columns])
    for some in batched(rows, LINES_A_CHUNK):
        yield _lines(blocks.cells(some))


def json_chunks(columns: Columns, rows: Iterable[Any], count: int, totals: Totals | None) -> Iterator[str]:
    """The rows as ``{"count": n, "totals": {...}, "results": [...]}``, one a line; some have no totals."""
    summed = f'"totals": {_dumped(totals_as_json(totals))}, ' if totals else ""
    yield f'{{"count": {count}, {summed}"results": ['
    separator = "\n"
    for some in batched(rows, LINES_A_CHUNK):
        yield separator + ",\n".join(json_objects(columns, some))
        separator = ",\n"
    yield "\n]}\n"


def json_objects(columns: Columns, rows: Sequence[Any]) -> list[str]:
    """Each row as a JSON object on one line."""
    return _in_blocks(columns).objects(rows)


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


number = lru_cache(maxsize=8_192)(plain)  # the same hours and minutes come again and again


def flag(value: bool) -> str:  # noqa: FBT001 - the value itself, not a choice between two ways
    """A yes or no as files have it."""
    return "true" if value else "false"


# By type alone: what is asked first of a million values decides how long they take.
_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: flag,
    int: str,
    str: text_cell,
    Decimal: number,
    date: date.isoformat,
    datetime: datetime.isoformat,
}
_JSON: dict[type, Callable[[Any], str]] = {
    **_CELLS,
    type(None): lambda _: "null",
    str: quoted,
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: f'"{value.isoformat()}"',
}


def _range_as_json(estimates: EstimateRange) -> dict[str, Any]:
    """The factor at the low and the high estimates, where some task has a range."""
    if not estimates.tasks:
        return {}
    ends = {"factor_low": json_number(estimates.low), "factor_high": json_number(estimates.high)}
    return {**ends, "tasks_with_range": estimates.tasks}


def _in_blocks(columns: Columns) -> InBlocks:
    return columns if isinstance(columns, InBlocks) else InBlocks(columns)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    # A line without a letter would be read as none.
    return "".join([f"{line or _NOTHING}\r\n" for line in map(",".join, rows)])


def _json(value: Value) -> str:
    return _JSON[type(value)](value)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
