"""The import of a file of 100,000 rows into an empty site, beside the bare writing of the same rows.

Bare is executemany on SQLite and COPY on PostgreSQL, in one transaction, into the same table with its indexes
and triggers; its days are there already.
"""

import csv
import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.bench import Bench, in_turns
from benchmarks.rows import Figure
from benchmarks.sites import KEPT, LARGE, Database, Site, database

ROWS = 100_000
NAME = "imported"
AS_THE_SITE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"
FILE = KEPT / "import.csv"
# Inside the site's process, whose start is no part of it.
IMPORT = """
import io, json, time
from django.core.management import call_command
from records.management.sample.categories import stored_categories
stored_categories()
began = time.perf_counter(), time.process_time()
call_command("import_records", {path!r}, no_limit=True, json=True, stdout=io.StringIO(), stderr=io.StringIO())
seconds, busy = time.perf_counter() - began[0], time.process_time() - began[1]
from records.models import Task
print(json.dumps([seconds, busy, Task.objects.count()]))
"""
# What the rows of the file become, as the site itself wrote them: what bare writing has to write again.
STORED = """
import json
from records.models import Task
print(json.dumps([field.column for field in Task._meta.concrete_fields if not field.generated]))
"""


def measure(bench: Bench) -> None:
    """The one row."""
    bench.row("import", lambda: _import(bench))


def _import(bench: Bench) -> Figure:
    path = _file()
    kept = bench.database
    code = IMPORT.format(path=str(path))
    # One run to have the rows as they are stored, with their days, and a copy of it without the rows.
    _imported(kept.anew(NAME), code)
    columns = _columns(kept.site(NAME))
    rows = _stored(kept, columns)
    bare = _Bare(kept, columns, rows)
    ours, theirs = in_turns([lambda: _imported(kept.anew(NAME), code), bare.seconds], bench.alternations)
    kept.drop(NAME)
    kept.drop(bare.name)
    word = "executemany" if kept.name == "sqlite" else "COPY"
    return Figure(theirs / ours, f"{ROWS / ours:,.0f} rows a second, {word} {ROWS / theirs:,.0f}")


def _imported(site: Site, code: str) -> float:
    seconds, _, rows = site.measure(code)
    if int(rows) != ROWS:
        raise RuntimeError(f"{rows:,.0f} of {ROWS:,} rows were imported")
    return seconds


def _file() -> Path:
    """The first rows of the CSV of 1,000,000 tasks, made once, on SQLite."""
    if not FILE.exists():
        with database("sqlite") as kept:
            _write(kept.site(LARGE), FILE)
    return FILE


def _write(site: Site, file: Path) -> None:
    whole = file.with_suffix(".whole")
    save = (
        "from pathlib import Path\nfrom django.test import Client\n"
        f"with Path({str(whole)!r}).open('wb') as file:\n"
        "    file.writelines(Client(SERVER_NAME='localhost').get('/tasks.csv').streaming_content)"
    )
    site.python(save)
    with whole.open(newline="") as source, file.open("w", newline="") as target:
        csv.writer(target).writerows(islice(csv.reader(source), ROWS + 1))
    whole.unlink()


def _columns(site: Site) -> list[str]:
    return [str(name) for name in json.loads(site.python(STORED).splitlines()[-1])]


def _stored(kept: Database, columns: Sequence[str]) -> Sequence[Any]:
    """The rows as the database has them: tuples for SQLite, the text of a COPY for PostgreSQL."""
    names = ", ".join(f'"{name}"' for name in columns)
    if kept.name == "sqlite":
        with closing(sqlite3.connect(kept.file(NAME))) as file:
            return file.execute(f"SELECT {names} FROM records_task").fetchall()
    copy = f"COPY records_task ({names}) TO STDOUT".encode()
    with kept.server(NAME) as there, there.cursor().copy(copy) as out:
        return [bytes(block) for block in out]


class _Bare:
    """The bare writing of rows into a site that has their days."""

    name = "bare"

    def __init__(self, kept: Database, columns: Sequence[str], rows: Sequence[Any]) -> None:
        self.kept, self.columns, self.rows = kept, ", ".join(f'"{name}"' for name in columns), rows
        self.marks = ", ".join("?" for _ in columns)

    def seconds(self) -> float:
        """How long the writing takes, in one transaction."""
        self._empty()
        if self.kept.name == "sqlite":
            with closing(sqlite3.connect(self.kept.file(self.name), isolation_level=None)) as there:
                there.executescript(AS_THE_SITE)
                began = time.perf_counter()
                there.execute("BEGIN IMMEDIATE")
                insert = f"INSERT INTO records_task ({self.columns}) VALUES ({self.marks})"
                there.executemany(insert, self.rows)
                there.execute("COMMIT")
                return time.perf_counter() - began
        with self.kept.server(self.name) as there:
            began = time.perf_counter()
            with there.cursor().copy(f"COPY records_task ({self.columns}) FROM STDIN".encode()) as target:
                for block in self.rows:
                    target.write(block)
            return time.perf_counter() - began

    def _empty(self) -> None:
        """A new site with the days of the imported one and without their tasks."""
        self.kept.anew(self.name)
        if self.kept.name == "sqlite":
            with closing(sqlite3.connect(self.kept.file(self.name))) as there:
                there.execute("ATTACH ? AS imported", [str(self.kept.file(NAME))])
                there.execute("INSERT INTO records_category SELECT * FROM imported.records_category")
                names = _ordinary(there)
                there.execute(f"INSERT INTO records_day ({names}) SELECT {names} FROM imported.records_day")
                there.commit()
            return
        for table in ("records_category", "records_day"):
            with self.kept.server(NAME) as source, self.kept.server(self.name) as target:
                with source.cursor().copy(f"COPY {table} TO STDOUT".encode()) as out:
                    blocks = [bytes(block) for block in out]
                with target.cursor().copy(f"COPY {table} FROM STDIN".encode()) as into:
                    for block in blocks:
                        into.write(block)


def _ordinary(there: sqlite3.Connection) -> str:
    """The columns of a day that can be written."""
    return ", ".join(f'"{row[1]}"' for row in there.execute("PRAGMA table_info(records_day)"))
