"""How the site stands now, asked at every request: some microseconds on SQLite, one short query else."""

import sqlite3
from time import monotonic
from typing import Any, Protocol

import psycopg
from django.db import DatabaseError, connection

from records.revision import postgres, sqlite
from records.revision.standing import Standing, standings

PAUSE = 1  # seconds without asking a database that did not answer
AWAY = (sqlite3.Error, psycopg.Error, OSError)


class Watch(Protocol):
    """Looks at the numbers from outside, on a connection of its own."""

    def marks(self) -> tuple[int, ...]:
        """The numbers there are."""

    def close(self) -> None:
        """End the connection."""


def watch_of(database: Any) -> Watch | None:
    """The watch over a database; ``None`` for one in memory, which has no outside."""
    if database.vendor == "postgresql":
        return postgres.Watch(database)
    return None if database.is_in_memory_db() else sqlite.Watch(database)


class Look:
    """Knows how the site stands."""

    def __init__(self) -> None:
        self._watch = watch_of(connection)
        self._not_before = 0.0

    def now(self) -> Standing | None:
        """How the site stands; ``None`` where that cannot be known, and nothing kept may be shown."""
        if self._watch is None:
            return _through_django()
        if self._not_before and monotonic() < self._not_before:
            return None
        try:
            marks = self._watch.marks()
        except AWAY:
            self._not_before = monotonic() + PAUSE
            return None
        return standings.known(marks) or _through_django()

    def close(self) -> None:
        """Leave no connection behind."""
        if self._watch is not None:
            self._watch.close()


def _through_django() -> Standing | None:
    """How the site stands, looked up; leaves no connection open that was not."""
    was_open = connection.connection is not None
    try:
        return standings.seen_by(connection)
    except DatabaseError:
        return None
    finally:
        if not was_open:
            connection.close()
