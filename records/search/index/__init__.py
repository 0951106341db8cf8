"""The index of words, which the database itself keeps true; one small interface, two back ends.

SQLite has a table of FTS5 beside each table that is searched, PostgreSQL two columns in it; triggers write
them, whoever writes the rows. Both cut and fold words in the same way, that of ``records.search.letters``.
"""

from datetime import date
from typing import Protocol

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

from records.search.index import postgres, sqlite
from records.search.index.searched import SEARCHED, Key, Keys, Nearest
from records.search.wanted import Place, Wanted


class Backend(Protocol):
    """What searching asks of a database."""

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The names of the parts of the index that are not there, or not as they should be."""

    def build(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index anew, and fill it from the rows there are."""

    def newest(self, rows: Keys, wanted: Wanted, place: Place, most: int) -> list[Key]:
        """Those of ``rows`` that hold what is wanted: the first ``most`` in their order, newest day first.

        Some more may be among them, and they may stand in any order: whoever asks sorts and cuts.
        """

    def holds(self, table: str, alias: str, wanted: Wanted) -> tuple[str, list[str]]:
        """The condition that a row of ``table``, called ``alias`` in the query, holds what is wanted."""

    def holds_one(self, table: str, alias: str, wanted: Wanted) -> tuple[str, list[str]]:
        """The same where only a few rows are asked."""

    def nearest(self, word: str, wanted: Wanted | None, last: date, most: int) -> Nearest | None:
        """The tasks up to a day that may hold a word anywhere, or what is wanted; ``None`` where unknown.

        About as many as ``most``; whoever asks looks at each again.
        """


BACKENDS: dict[str, Backend] = {"sqlite": sqlite, "postgresql": postgres}


def backend(connection: BaseDatabaseWrapper) -> Backend:
    """The back end of a connection. Raises ``NotSupportedError`` for a database that we do not serve."""
    try:
        return BACKENDS[connection.vendor]
    except KeyError:
        raise NotSupportedError(f"There is no search on {connection.vendor}.") from None


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The parts of the index that are not as they should be; none where there is nothing to search yet."""
    if {each.table for each in SEARCHED} - set(connection.introspection.table_names()):
        return []
    return backend(connection).missing(connection)


def keep(connection: BaseDatabaseWrapper) -> bool:
    """See to it that the index is there and true; whether it had to be built.

    What was written while a part was missing is not in it, so all of it is made anew then.
    """
    if not missing(connection):
        return False
    backend(connection).build(connection)
    return True
