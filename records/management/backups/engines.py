"""The two databases as a backup sees them: each can be dumped to a file and replaced by one."""

from pathlib import Path
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from records.management.backups.contents import Contents
from records.management.backups.faults import NotPossible
from records.management.backups.postgres import PostgresEngine
from records.management.backups.sqlite import SqliteEngine


class Engine(Protocol):
    """How a kind of database is dumped while it is written to, and replaced in one go."""

    vendor: str
    title: str
    dump_name: str

    def dump(self, database: BaseDatabaseWrapper, into: Path) -> Contents:
        """Write one moment of the database to a file; gives what is in it. Raises BackupFault."""

    def restore(self, database: BaseDatabaseWrapper, dump: Path, wanted: Contents) -> Contents:
        """Replace the database by a dump; gives what it holds then.

        Raises BackupFault and leaves the database as it was when the dump does not hold what is wanted.
        """


ENGINES: dict[str, Engine] = {engine.vendor: engine for engine in (SqliteEngine(), PostgresEngine())}


def engine_of(vendor: str) -> Engine:
    """The engine of Django's name for a database. Raises NotPossible for one that nobody here knows."""
    if vendor not in ENGINES:
        raise NotPossible(f"{vendor!r} is no database that backups are made of: {', '.join(ENGINES)}.")
    return ENGINES[vendor]
