"""Reading many rows in several queries as they stood at one moment, while others write."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.pq import ExecStatus

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Seconds that each statement of the present moment may take, where the server was told with its beginning.
told: ContextVar[float | None] = ContextVar("told", default=None)


@contextmanager
def one_moment(seconds: float | None = None) -> Iterator[None]:
    """All that is read within stands as it stood when the first of it was read; nobody has to wait.

    Within a transaction that is under way, its isolation is kept as it is. On PostgreSQL each statement takes
    at most ``seconds``, for which ``at_most`` within has then nothing to ask of the server.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.wrap_database_errors:
            _begin(seconds)
            before = told.get()
            told.set(seconds)
            try:
                yield
            finally:
                told.set(before)  # not by its token: a streamed answer may be closed in another context
    else:
        with _deferred():
            yield


def _begin(seconds: float | None) -> None:
    """Begin the transaction with all that is to be said of it in one message, past psycopg's cursors."""
    bound = "" if seconds is None else f"; SET LOCAL statement_timeout = {milliseconds(seconds)}"
    begun: Any = connection.connection.pgconn.exec_(f"{BEGIN}{bound}".encode())
    if begun.status != ExecStatus.COMMAND_OK:
        raise psycopg.OperationalError(begun.get_error_message())


def milliseconds(seconds: float) -> int:
    """A bound as PostgreSQL is told, to whom nothing means none."""
    return max(int(seconds * 1000), 1)


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite: a transaction that takes no write lock, unlike those that ``atomic`` begins here."""
    database: Any = connection
    database.ensure_connection()
    mode, database.transaction_mode = database.transaction_mode, "DEFERRED"
    with ExitStack() as moment:
        try:
            moment.enter_context(transaction.atomic())
        finally:
            database.transaction_mode = mode
        yield
