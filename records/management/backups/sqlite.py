"""SQLite: copied by its online backup, which reads one moment of the file while others write."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from records.management.backups.contents import MIGRATIONS, Content, Contents, content_of, differences
from records.management.backups.faults import BackupFault, NotPossible

PATIENCE = 30  # seconds to wait for others who hold the file
TABLES = """
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'
    ORDER BY name
"""


class SqliteEngine:
    """The dump is a database file of its own, which any SQLite opens."""

    vendor = "sqlite"
    title = "SQLite"
    dump_name = "database.sqlite3"

    def dump(self, database: BaseDatabaseWrapper, into: Path) -> Contents:
        """Copy one moment of the database to a file; gives what is in it. Raises BackupFault."""
        try:
            with closing(_connect(_file_of(database))) as source, closing(_connect(into)) as copy:
                source.backup(copy, progress=_patience("read"))
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
                return _checked(copy)
        except sqlite3.Error as fault:
            raise BackupFault(f"SQLite says: {fault}.") from fault

    def restore(self, database: BaseDatabaseWrapper, dump: Path, wanted: Contents) -> Contents:
        """Replace the database by the dump in one step; gives what it holds then.

        The dump is compared first: a fault raises BackupFault and leaves the database as it was.
        """
        try:
            with closing(_connect(dump)) as source:
                if said := differences(wanted, _checked(source)):
                    raise BackupFault(" ".join(["The dump is not what its manifest says:", *said]))
                with closing(_connect(_file_of(database))) as target:
                    source.backup(target, progress=_patience("replaced"))
                    return _contents(target)
        except sqlite3.Error as fault:
            raise BackupFault(f"SQLite says: {fault}.") from fault


def _file_of(database: BaseDatabaseWrapper) -> str:
    """Where the database lies. Raises NotPossible for one in memory."""
    name = str(database.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        raise NotPossible("The database lies in memory and ends with this command. Name one in DATABASE_URL.")
    return name


def _connect(name: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(str(name), timeout=PATIENCE, uri=str(name).startswith("file:"))


def _patience(what: str) -> Callable[[int, int, int], None]:
    """Ends the wait for a file that stays locked; called after every step, also one that found it so."""
    until = time.monotonic() + PATIENCE

    def look(status: int, *_pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise BackupFault(f"For {PATIENCE} s another program holds the database: it cannot be {what}.")

    return look


def _checked(file: sqlite3.Connection) -> Contents:
    """What a file holds, once SQLite finds it sound. Raises BackupFault."""
    said = [row[0] for row in file.execute("PRAGMA integrity_check(5)")]
    if said != ["ok"]:
        raise BackupFault(f"SQLite finds the copy damaged: {'; '.join(said)}.")
    return _contents(file)


def _contents(file: sqlite3.Connection) -> Contents:
    names = [row[0] for row in file.execute(TABLES)]
    return Contents(
        {name: _content(file, name) for name in names},
        tuple(file.execute(f"SELECT app, name FROM {MIGRATIONS} ORDER BY id")) if MIGRATIONS in names else (),  # noqa: S608
    )


def _content(file: sqlite3.Connection, table: str) -> Content:
    quoted = '"' + table.replace('"', '""') + '"'
    columns = list(file.execute(f"PRAGMA table_xinfo({quoted})"))
    key = [name for _, name in sorted((row[5], row[1]) for row in columns if row[5])] or ["rowid"]
    order = ", ".join('"' + name.replace('"', '""') + '"' for name in key)
    return content_of(_lines(file, f"SELECT * FROM {quoted} ORDER BY {order}"))  # noqa: S608 - quoted names


def _lines(file: sqlite3.Connection, query: str) -> Iterator[bytes]:
    """Each row as JSON: text, numbers and null as SQLite has them, bytes in hexadecimal digits."""
    for row in file.execute(query):
        yield json.dumps(row, default=_hexadecimal).encode() + b"\n"


def _hexadecimal(value: Any) -> str:
    return bytes(value).hex()
