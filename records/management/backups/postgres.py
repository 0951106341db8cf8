"""PostgreSQL: dumped by pg_dump and restored by psql; counts and hashes are taken in the same transaction."""

import json
import subprocess
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from records.management.backups.contents import MIGRATIONS, Content, Contents, content_of, differences
from records.management.backups.faults import BackupFault
from records.management.backups.psql import Psql, command, environment, programs_for, said_by

# Owners and rights are those of whoever restores: the names may not exist there.
DUMP = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--no-comments", "--encoding=UTF8")
# So that the same rows are always written in the same letters.
LETTERS = """
SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601';
SET bytea_output = 'hex'; SET extra_float_digits = 1; SET client_min_messages = 'warning';
"""
# Each table, and how to read it in the order of its key; text sorts by its bytes, whatever the language.
TABLES = """
SELECT json_build_object(
    'name', CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END,
    'quoted', format('%I.%I', n.nspname, c.relname),
    'order', (
        SELECT string_agg(
            format('%I', a.attname)
                || CASE WHEN a.attcollation <> 0 THEN ' COLLATE pg_catalog."C"' ELSE '' END,
            ', ' ORDER BY array_position(i.indkey::int2[], a.attnum)
        )
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
        WHERE i.indrelid = c.oid AND i.indisprimary
    ))
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY n.nspname, c.relname;
"""
# A site that is being read gives its locks back in a moment; one that does not is left alone.
LOCK = "SET LOCAL lock_timeout = '30s';"


class PostgresEngine:
    """The dump is what pg_dump writes: SQL that psql restores even without us."""

    vendor = "postgresql"
    title = "PostgreSQL"
    dump_name = "database.sql"

    def dump(self, database: BaseDatabaseWrapper, into: Path) -> Contents:
        """Write one moment of the database to a file; gives what is in it. Raises BackupFault."""
        programs = _programs(database)
        with Psql(programs, database) as session:
            session.tell(f"{LETTERS} BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;")
            (snapshot,) = session.ask("SELECT pg_export_snapshot();")
            options = [*DUMP, f"--snapshot={snapshot.decode().strip()}", f"--file={into}"]
            done = subprocess.run(  # noqa: S603 - our own words
                command(programs / "pg_dump", options, database),
                env=environment(database), capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise BackupFault(said_by("pg_dump", done.stderr))
            return _contents(session)

    def restore(self, database: BaseDatabaseWrapper, dump: Path, wanted: Contents) -> Contents:
        """Replace the database by the dump in one transaction; gives what it holds then.

        It is compared before it is committed: a fault raises BackupFault, and the database is as it was.
        """
        with Psql(_programs(database), database) as session:
            session.tell(f"{LETTERS} BEGIN; {LOCK}")
            for table in _tables(session):
                session.tell(f"DROP TABLE {table['quoted']} CASCADE;")
            session.tell(f"\\i {_quoted(dump)}")
            session.tell(LETTERS)
            found = _contents(session)
            if said := differences(wanted, found):
                raise BackupFault(" ".join(["The dump is not what its manifest says:", *said]))
            session.tell("COMMIT;")
            return found


def _programs(database: BaseDatabaseWrapper) -> Path:
    database.ensure_connection()
    version: int = database.pg_version  # type: ignore[attr-defined] # PostgreSQL's wrapper has it
    database.close()
    return programs_for(version)


def _tables(session: Psql) -> list[dict[str, Any]]:
    return [json.loads(line) for line in session.ask(TABLES)]


def _contents(session: Psql) -> Contents:
    tables = _tables(session)
    migrations = next((table["quoted"] for table in tables if table["name"] == MIGRATIONS), None)
    query = f"SELECT json_build_array(app, name) FROM {migrations} ORDER BY id;"  # noqa: S608 - a quoted name
    applied = [json.loads(line) for line in session.ask(query)] if migrations else []
    return Contents(
        {table["name"]: _content(session, table) for table in tables},
        tuple((app, name) for app, name in applied),
    )


def _content(session: Psql, table: dict[str, Any]) -> Content:
    """Its lines in PostgreSQL's text format, which writes a line break within a text as two characters."""
    query = f"SELECT * FROM {table['quoted']} t ORDER BY {table['order'] or 't'}"  # noqa: S608 - quoted names
    return content_of(session.ask(f"COPY ({query}) TO STDOUT;"))


def _quoted(path: Path) -> str:
    """A path as psql's own commands read it, between single quotes."""
    return "'" + str(path).replace("\\", "\\\\").replace("'", "''") + "'"
