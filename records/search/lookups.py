"""The words of tasks and days as conditions of any query for them."""

from typing import TYPE_CHECKING, Any

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

from records.models import Day, Task
from records.search.index import backend, postgres

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


class Holds(_Lookup):
    """``pk__holds=wanted``: the row's texts hold every phrase, and none of those that must not be there."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The condition as the database at hand has it."""
        return backend(connection).holds(*_row(self.lhs, compiler), self.rhs)


class HoldsOne(_Lookup):
    """``pk__holds_one=wanted``: the same, for a query that looks at few rows."""

    lookup_name = "holds_one"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The condition as the database at hand has it."""
        return backend(connection).holds_one(*_row(self.lhs, compiler), self.rhs)


class Titled(_Lookup):
    """``pk__titled=wanted``, on PostgreSQL: the row's title alone holds every phrase."""

    lookup_name = "titled"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The condition on the first line of the text."""
        return postgres.titled(_row(self.lhs, compiler)[1], self.rhs)


def _row(key: Any, compiler: SQLCompiler) -> tuple[str, str]:
    """The table of a key and what the table is called in the query."""
    if not isinstance(key, Col):
        raise NotSupportedError("Words are looked for by the key of a table.")
    return key.target.model._meta.db_table, compiler.quote_name_unless_alias(key.alias)


for model in (Task, Day):
    for lookup in (Holds, HoldsOne, Titled):
        model._meta.get_field("id").register_lookup(lookup)
