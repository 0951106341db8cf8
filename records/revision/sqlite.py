"""SQLite: three triggers a table, which write the one row there is.

They act for every row: a second part of a microsecond each, far less than the index of words takes. A writer
is alone here, so none waits for another because of it.
"""

import os
import sqlite3
import threading
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from records.models.revision import MARKS

EVERY = 1  # seconds between looks at whether the file is still the one that was opened
ACTS = ("insert", "update", "delete")
DRAW = "UPDATE records_siterevision SET mark = random()"
FILL = (
    "INSERT INTO records_siterevision (mark)"
    " SELECT random() WHERE NOT EXISTS (SELECT 1 FROM records_siterevision)"
)


def _parts(tables: list[str]) -> dict[str, str]:
    """The statements that make the triggers, by the name of each."""
    return {
        f"{table}_revised_{act}": (
            f"CREATE TRIGGER {table}_revised_{act} AFTER {act.upper()} ON {table} BEGIN {DRAW}; END"
        )
        for table in tables
        for act in ACTS
    }


def missing(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """The triggers that are not there, or made otherwise, and the row, where there is none to write."""
    found = _triggers(connection)
    lost = [f"trigger {name}" for name, sql in _parts(tables).items() if found.get(name) != sql]
    return lost if marks(connection) else [*lost, "number"]


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def build(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Make the triggers anew, and draw a new number."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        forget(connection)
        for sql in (*_parts(tables).values(), FILL, DRAW):
            cursor.execute(sql)


def forget(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, from whichever table has one."""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            if "_revised_" in name:
                cursor.execute(f"DROP TRIGGER {name}")


def marks(connection: BaseDatabaseWrapper) -> tuple[int, ...]:
    """The number, as the connection sees it: asked past Django's cursors, so that it costs a page nothing."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return tuple(mark for (mark,) in connection.connection.execute(MARKS))


class Watch:
    """Looks at the file from outside: a connection of its own, which never writes and never waits."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._path = Path(connection.settings_dict["NAME"]).absolute()
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Begin anew; SQLite allows no connection to be carried into another process."""
        self._lock = threading.Lock()
        self._own: sqlite3.Connection | None = None
        self._place: tuple[int, int] | None = None
        self._version: int | None = None
        self._next_look = 0.0
        self._marks: tuple[int, ...] = ()

    def close(self) -> None:
        """End the connection; the next question opens another."""
        with self._lock:
            if self._own is not None:
                self._own.close()
            self._own = None

    def marks(self) -> tuple[int, ...]:
        """The number there is. Raises ``sqlite3.Error`` and ``OSError`` where the file cannot be read."""
        with self._lock:
            own = self._connection()
            (version,) = own.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                # Read after the version: what comes in between is seen twice rather than not at all.
                self._marks = tuple(mark for (mark,) in own.execute(MARKS))
                self._version = version
            return self._marks

    def _connection(self) -> sqlite3.Connection:
        """The connection to the database; another one, when somebody has put another file in its place."""
        if self._own is None or monotonic() > self._next_look:
            file = self._path.stat()
            place = (file.st_dev, file.st_ino)
            if self._own is None or place != self._place:
                self._own, self._place, self._version = self._opened(), place, None
            self._next_look = monotonic() + EVERY
        return self._own

    def _opened(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self._path))}?mode=rw"  # reading a WAL needs to write beside it
        own = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
        own.execute("PRAGMA query_only = 1")
        return own
