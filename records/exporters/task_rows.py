"""Stored tasks as rows of a file, a column at a time: of these there are up to millions.

The database gives hours and minutes in whole units, so that a figure is written from integers, exactly, and
without a ``Decimal``; each column of some hundred rows is then made by one call.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, TypeAlias

from django.db.models import ExpressionWrapper, F, Field, Func, IntegerField, QuerySet, TextField
from django.db.models.functions import Cast

from records.exporters.rows import ROWS_AT_ONCE, TASK_COLUMNS, InBlocks, text_cell
from records.formats import FACTOR_PLACES_IN_FILES, plain_units
from records.leverage import HOURS_PLACES, MINUTES_PLACES, factor_in_units
from records.models import Task, name_in
from records.models.fields import HOUR_UNITS, MINUTE_UNITS, in_units

Row: TypeAlias = tuple[Any, ...]
Texts: TypeAlias = Callable[[Iterable[str | None]], list[str]]


class IsoDate(Func):
    """A date as text, such as 2026-04-12, which SQLite has it stored as."""

    template = "CAST(%(expressions)s AS text)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """The same where a date is none of text, whatever form the server prefers."""
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM-DD')", **extra)


def _as_it_comes(whole: Cast) -> "ExpressionWrapper[Any]":
    """A whole number that Django does not make a whole number of once more."""
    return ExpressionWrapper(whole, output_field=Field())


# What is read for each column of ``TASK_COLUMNS``; both factors are made of the figures before them.
_READ = {
    "id": F("id"),
    "date": IsoDate(F("day_id")),
    "position": F("position"),
    "name": F("name"),
    "description": F("description"),
    "category": F("category__slug"),
    "human_hours": _as_it_comes(in_units(F("human_hours"), HOUR_UNITS)),
    "agent_minutes": _as_it_comes(in_units(F("agent_minutes"), MINUTE_UNITS)),
    "supervisory_minutes": _as_it_comes(in_units(F("supervisory_minutes"), MINUTE_UNITS)),
    "tokens": F("tokens"),
    "sample": _as_it_comes(Cast("day__sample", IntegerField())),
}
_FLAGS = ("false", "true")


def stored_rows(tasks: QuerySet[Task]) -> Iterator[Row]:
    """The rows of some tasks in their order, read some at a time; ``STORED_TASKS`` knows what they mean."""
    read = {f"of_{name}": expression for name, expression in _READ.items()}
    return tasks.annotate(**read).values_list(*read).iterator(chunk_size=ROWS_AT_ONCE)


class _StoredTasks(InBlocks):
    """``TASK_COLUMNS`` of rows as ``stored_rows`` gives them."""

    def cells(self, rows: Sequence[Row]) -> Iterable[Iterable[str]]:
        """The rows as cells of CSV."""
        return zip(*_columns(rows, _text_cells, ""), strict=True)

    def objects(self, rows: Sequence[Row]) -> list[str]:
        """The rows as objects of JSON."""
        columns = _columns(rows, _quoted_all, "null")
        return [_OBJECT % row for row in zip(*columns, strict=True)]


STORED_TASKS = _StoredTasks(TASK_COLUMNS)
_OBJECT = "{%s}" % ", ".join(f'"{name}": %s' for name in TASK_COLUMNS)  # noqa: UP031 - made to be filled by %


def _columns(rows: Sequence[Row], texts: Texts, unknown: str) -> Sequence[Iterable[str]]:
    """Each column, its texts made by the function given, with ``unknown`` for a number that is not known."""
    ids, dates, places, names, descriptions, slugs, hours, agent, supervision, tokens, sample = zip(
        *rows, strict=True
    )
    titles = [name or name_in(text) for name, text in zip(names, descriptions, strict=True)]
    return (
        map(str, ids),
        texts(dates),
        map(str, places),
        texts(titles),
        texts(descriptions),
        texts(slugs),
        [_hours(units) or unknown for units in hours],
        [_minutes(units) or unknown for units in agent],
        [_minutes(units) or unknown for units in supervision],
        [unknown if number is None else str(number) for number in tokens],
        [text or unknown for text in map(_factor, hours, agent)],
        [text or unknown for text in map(_factor, hours, supervision)],
        map(_FLAGS.__getitem__, sample),
    )


def _text_cells(texts: Iterable[str | None]) -> list[str]:
    return [text_cell(text) if text else "" for text in texts]


def _quoted_all(texts: Iterable[str | None]) -> list[str]:
    return ["null" if text is None else quoted(text) for text in texts]


# The same hours and minutes come again and again, and often together.
@lru_cache(maxsize=8_192)
def _hours(units: int | None) -> str | None:
    return None if units is None else plain_units(units, HOURS_PLACES)


@lru_cache(maxsize=8_192)
def _minutes(units: int | None) -> str | None:
    return None if units is None else plain_units(units, MINUTES_PLACES)


@lru_cache(maxsize=16_384)
def _factor(hour_units: int | None, minute_units: int | None) -> str | None:
    units = factor_in_units(hour_units, minute_units, FACTOR_PLACES_IN_FILES)
    return None if units is None else plain_units(units, FACTOR_PLACES_IN_FILES)
