"""Reading many rows in several queries as they stood at one moment, while others write."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import local
from typing import Any, TypeAlias

import psycopg
from django.db import connection, transaction
from psycopg.pq import ExecStatus

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class _Told(local):
    """What the server was told with the beginning of the present moment, if there is one.

    Of each thread, as its connection is: a moment may end in another context than it began in.
    """

    seconds: float | None = None  # that each statement may take


told = _Told()


class _State(local):
    """Which state of the site is read at present, where that is known; of each thread, as a moment is."""

    name = ""


_state = _State()
Answer: TypeAlias = list[tuple[bytes | None, ...]]


@contextmanager
def one_moment(seconds: float | None = None, first: str = "") -> Iterator[Answer | None]:
    """All that is read within stands as it stood when the first of it was read; nobody has to wait.

    Within a transaction that is under way, its isolation is kept as it is. On PostgreSQL each statement takes
    at most ``seconds``, for which ``at_most`` within has then nothing to ask of the server. The question
    ``first`` goes with the message that begins the moment, and this gives the rows that answer it, as the
    server sends them; ``None`` where none is asked, or no such message sent.
    """
    if connection.in_atomic_block:
        yield None
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.wrap_database_errors:
            answer = _begin(seconds, first)
            told.seconds = seconds
            try:
                yield answer
            finally:
                told.seconds = None
    else:
        with _deferred():
            yield None


@contextmanager
def reading_state(name: str) -> Iterator[None]:
    """All that is read within is of one state of the site, which no other shares this name with."""
    before, _state.name = _state.name, name
    try:
        yield
    finally:
        _state.name = before


def state_read() -> str:
    """The name of the state that is read at present; blank where none is known, as in a command."""
    return _state.name


def _begin(seconds: float | None, first: str) -> Answer | None:
    """Begin the transaction with all that is to be said of it in one message, past psycopg's cursors."""
    bound = "" if seconds is None else f"SET LOCAL statement_timeout = {milliseconds(seconds)}"
    said = "; ".join(filter(None, (BEGIN, bound, first)))
    begun: Any = connection.connection.pgconn.exec_(said.encode())
    if begun.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.errors.error_from_result(begun)
    if not first:
        return None
    columns = range(begun.nfields)
    return [tuple(begun.get_value(row, column) for column in columns) for row in range(begun.ntuples)]


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
