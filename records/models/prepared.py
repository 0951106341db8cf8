"""Questions put into SQL once, and asked again with other values.

Django makes the SQL of a queryset anew whenever it is evaluated. Where a page asks an index for a few rows,
that takes several times as long as the answer. What every page asks for, with other values each time, is
written as a queryset all the same, with a ``Parameter`` for each value, at the place where it belongs.

PostgreSQL then takes longer to plan such a question than to answer it, so it is told to keep the plan.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from threading import local
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import psycopg
from django.db import connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.pq import TransactionStatus

Row = TypeVar("Row")


class Parameter(Expression):
    """The place of a value in a prepared question; ``field`` says how the database has it."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A place holder, with this in the place of a value."""
        return "%s", (self,)

    def stored(self, values: dict[str, Any], connection: Any) -> Any:
        """The value as the database has it. Raises ``KeyError`` where none is given."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


def filled(parameters: Sequence[Any], values: dict[str, Any], connection: Any) -> tuple[Any, ...]:
    """The parameters of a statement with values in their places. Raises ``KeyError`` where one is lacking."""
    return tuple(
        each.stored(values, connection) if isinstance(each, Parameter) else each for each in parameters
    )


class _Planned(psycopg.Cursor[Any]):
    """A cursor whose statements PostgreSQL plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """Ask with the values apart from the statement, as the plan is for any of them.

        Django has psycopg prepare nothing, and nothing else is: psycopg would keep the texts of all queries.
        """
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params)
        except psycopg.errors.FeatureNotSupported:  # a column has another type now, and the plan had the old
            if self.connection.info.transaction_status == TransactionStatus.INERROR:
                raise  # rolled back, the connection forgets its plans
            return super().execute(query, params, prepare=False)
        finally:
            self.connection.prepare_threshold = None


class _Text(NamedTuple):
    """What Django made of a queryset for one kind of database."""

    compiler: SQLCompiler
    sql: str
    parameters: Sequence[Any]


@dataclass(frozen=True)
class _Asked:
    """What the makers of rows want of a queryset, which is its compiler above all."""

    model: Any
    db: str
    compiler: SQLCompiler
    _known_related_objects: ClassVar[dict[Any, Any]] = {}

    @property
    def query(self) -> "_Asked":
        """What gives the compiler."""
        return self

    def get_compiler(self, *_: Any, **__: Any) -> SQLCompiler:
        """The compiler, whose SQL is there already."""
        return self.compiler


class Prepared(Generic[Row]):
    """A queryset with places for values; it is never evaluated by itself."""

    def __init__(self, queryset: "QuerySet[Any, Row]") -> None:
        self._queryset: Any = queryset
        self._texts: dict[str, _Text] = {}
        self._reading = local()

    def rows(self, **values: Any) -> list[Row]:
        """The rows for these values, in one query. Raises ``KeyError`` where a value is lacking.

        As in SQL, nothing is equal to ``None``.
        """
        connection: Any = connections[self._queryset.db]
        text = self._texts.get(connection.vendor) or self._text(connection)
        with _cursor(connection) as cursor:
            cursor.execute(text.sql, filled(text.parameters, values, connection))
            found = cursor.fetchall()
        compiler: Any = copy(text.compiler)
        compiler.connection = connection  # each thread has its own
        compiler.execute_sql = lambda *_, **__: [found]
        compiler.get_converters = self._converters(compiler)
        return list(self._queryset._iterable_class(_Asked(self._queryset.model, connection.alias, compiler)))

    def first(self, **values: Any) -> Row | None:
        """The first of the rows for these values, if there is one."""
        return next(iter(self.rows(**values)), None)

    def _converters(self, compiler: Any) -> Callable[[Any], dict[int, Any]]:
        """How values are read from the columns, found out once a thread: they lead to its connection."""
        reading = self._reading
        if getattr(reading, "connection", None) is not compiler.connection:
            columns = [column for column, *_ in compiler.select[: compiler.col_count]]
            reading.connection, reading.converters = compiler.connection, compiler.get_converters(columns)
        converters = reading.converters
        return lambda _: converters

    def _text(self, connection: Any) -> _Text:
        """The SQL for a kind of database, made once."""
        compiler = self._queryset.query.clone().get_compiler(connection=connection)
        text = _Text(compiler, *compiler.as_sql())
        compiler.connection = None  # which would outlive its thread, open
        self._texts[connection.vendor] = text
        return text


def _cursor(connection: Any) -> Any:
    """A cursor that Django looks after like any other of its own."""
    if connection.vendor != "postgresql" or connection.queries_logged:  # logged are statements with values
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.make_cursor(_Planned(connection.connection))
