"""Which tables are watched, and how the triggers get there and stay."""

from typing import Protocol

from django.apps import apps
from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

from records.models import SafeName, SiteRevision, WorkingCopy
from records.revision import postgres, sqlite

REVISION = SiteRevision._meta.db_table
# Of these no public answer shows anything; whatever is not named here is watched, also what comes later.
UNSEEN = (SafeName, SiteRevision, WorkingCopy)


class Backend(Protocol):
    """What keeping a revision asks of a database."""

    def missing(self, connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
        """The names of the parts that are not there, or not as they should be."""

    def build(self, connection: BaseDatabaseWrapper, tables: list[str]) -> None:
        """Make the triggers anew, and draw a new number."""

    def forget(self, connection: BaseDatabaseWrapper) -> None:
        """Take the triggers away, from whichever table has one."""

    def marks(self, connection: BaseDatabaseWrapper) -> tuple[int, ...]:
        """The numbers there are, as the connection sees them; one that writes sees those of its own."""


BACKENDS: dict[str, Backend] = {"sqlite": sqlite, "postgresql": postgres}


def backend(connection: BaseDatabaseWrapper) -> Backend:
    """The back end of a connection. Raises ``NotSupportedError`` for a database that we do not serve."""
    try:
        return BACKENDS[connection.vendor]
    except KeyError:
        raise NotSupportedError(f"There is no revision on {connection.vendor}.") from None


def tables() -> list[str]:
    """The tables whose rows a public answer may show."""
    models = apps.get_app_config("records").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model not in UNSEEN)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The parts that are not as they should be; none where no revision is kept yet."""
    there = set(connection.introspection.table_names())
    if REVISION not in there:
        return []
    return backend(connection).missing(connection, [table for table in tables() if table in there])


def keep(connection: BaseDatabaseWrapper) -> bool:
    """See to it that the triggers are there and whole; whether they had to be made.

    What was written while one was missing changed no number, so a new one is drawn then.
    """
    if not missing(connection):
        return False
    there = set(connection.introspection.table_names())
    backend(connection).build(connection, [table for table in tables() if table in there])
    return True
