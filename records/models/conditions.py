"""Conditions that are asked in the way that fits what is read, so that long lists can follow an index."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class OfDays(Func):
    """The condition that a row's day is among some days.

    Where all rows are read, the days are found first, as a set. Where a list is cut short, each row is asked
    for its own day instead: finding ten thousand days would take longer than the fifty rows of a page.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, days: QuerySet[Any], column: str = "day_id") -> None:
        """``column`` names the date of the row, ``days`` are rows that have a ``date``."""
        days = days.order_by()
        its_own = days.filter(date=OuterRef(column))
        super().__init__(In(F(column), days.values("date")), Exists(its_own))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:  # type: ignore[override] # no template to fill
        """The condition as it fits the length of the list."""
        among, exists = self.get_source_expressions()
        return compiler.compile(among if compiler.query.high_mark is None else exists)


class OneByOne(In):
    """The condition that a row's key is among those that a query finds, however many: each is looked up.

    PostgreSQL compares the pages to be read, and would sooner read a whole index of a million tasks than look
    up ten thousand of them. Keys in an array are looked up; SQLite does so with any query.
    """

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        """What follows the name of the key."""
        return (
            f"= ANY(ARRAY{rhs})" if connection.vendor == "postgresql" else super().get_rhs_op(connection, rhs)
        )


class Common(Func):
    """A condition that many rows meet.

    SQLite keeps no account of how many. Left to itself, it would find all of them by an index of the
    condition and then sort them, for the first fifty. PostgreSQL knows better than we do.
    """

    output_field = BooleanField()
    conditional = True
    template = "%(expressions)s"

    def __init__(self, condition: Q) -> None:
        super().__init__(ExpressionWrapper(condition, output_field=BooleanField()))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        """As a test of each row, for which no index serves."""
        return self.as_sql(compiler, connection, template="(%(expressions)s) IS TRUE")


class Further(Func):
    """The condition that a column and the id, compared as a row, lie beyond two values, as a sign says."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: str, sign: str, value: Any, pk: int) -> None:
        super().__init__(F(column), F("id"), Value(value), Value(pk), sign=sign)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:  # type: ignore[override] # no template to fill
        """Both sides as rows."""
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        column, pk, value, other = (sql for sql, _ in parts)
        parameters = [each for _, given in parts for each in given]
        return f"({column}, {pk}) {self.extra['sign']} ({value}, {other})", parameters
