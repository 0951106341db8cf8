"""Many new rows at once: their ids taken beforehand, then written as the database takes rows the quickest."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models import Max

from records.models.batches import batched

_AS_THEY_ARE: frozenset[type] = frozenset({str, int, type(None)})
_NOTHING: frozenset[type] = frozenset()
_SOME = 2_000  # rows handed over at once


def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model and give them their ids; raises ``IntegrityError`` as any write does.

    Their fields have to be clean, and none may be filled on saving. Must run in a transaction, which on
    SQLite holds off other writers.
    """
    if not rows:
        return
    model = type(rows[0])
    for row, pk in zip(rows, next_ids(model, len(rows)), strict=True):
        row.pk = pk
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    write = _copy if connection.vendor == "postgresql" else _execute_many
    write(f"{quote(table)} ({columns})", len(fields), _values(rows, fields))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def next_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Ids that no row ever had, as the database itself would give them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), model._meta.pk.column, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT MAX(seq) FROM sqlite_sequence WHERE name = %s", [table])
        given = cursor.fetchone()[0] or 0
    highest = model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
    first = max(given, highest) + 1
    return range(first, first + count)


def _values(rows: Sequence[models.Model], fields: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows as the database takes them; most values are what they are, others come again and again."""
    ways = [_way(field) for field in fields]
    read = attrgetter(*(field.attname for field in fields))
    for row in rows:
        yield [
            value if type(value) in plain else prepared(value)
            for value, (plain, prepared) in zip(read(row), ways, strict=True)
        ]


def _way(field: Any) -> tuple[frozenset[type], Callable[[Any], Any]]:
    """Which types of a field are stored as they are, and what makes the others storable."""
    prepared = partial(_prepared, field)
    if isinstance(field, models.JSONField):
        return _NOTHING, prepared
    return _AS_THEY_ARE, lru_cache(4_096)(prepared)


def _prepared(field: Any, value: Any) -> Any:
    storable = field.get_db_prep_save(value, connection=connection)
    return str(storable) if isinstance(storable, str) else storable  # of one of our choices its value


def _execute_many(target: str, width: int, values: Iterator[list[Any]]) -> None:
    insert = f"INSERT INTO {target} VALUES ({', '.join(['%s'] * width)})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        for some in batched(values, _SOME):
            cursor.executemany(insert, some)


def _copy(target: str, width: int, values: Iterator[list[Any]]) -> None:  # noqa: ARG001 - as the other takes it
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {target} FROM STDIN") as copying,
    ):
        for row in values:
            copying.write_row(row)
