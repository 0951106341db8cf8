"""The steps of the whole check, each a program of its own, told where to work by its environment."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from leverage_site.settings import __file__ as settings_file
from records.management.suite.browser import find_chromium
from records.management.suite.postgres import NoPostgresError, temporary_postgres
from records.management.suite.tally import Outcome, Tally, read_junit

# A person's own settings must not decide whether the tests pass: all that are read, but what the machine has.
_READ = re.findall(r"""env\.\w+\(\s*"(\w+)""", Path(settings_file).read_text(encoding="utf-8"))
PERSONAL = frozenset(_READ) - {"CHROMIUM", "CI"}
# In parallel, but only as far as memory goes: each process of the browser suite has a browser. Each works
# through its share of the files in their order, so that most of what is made for a whole file is made once.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
# Whoever wants no bytecode beside the code gets it in a folder of its own: without any, each process of each
# step would read and rewrite all tests anew.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
BYTECODE = Path(settings.BASE_DIR, "var", "bytecode")
GROUPS = ("lint", "sqlite", "postgres", "browser")


@dataclass(frozen=True)
class Program:
    """A step that passes when its program exits with 0."""

    name: str
    arguments: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()


MANAGE = "manage.py"
LINTS = (
    Program("Lint: ruff", ("-m", "ruff", "check", ".")),
    Program("Format: ruff", ("-m", "ruff", "format", "--check", ".")),
    Program("Types: mypy", ("-m", "mypy", ".")),
    Program("Templates: djlint", ("-m", "djlint", "--lint", "--quiet", "templates")),
    Program(
        "Import contract: import-linter",
        ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ),
    Program("Migrations: none is missing", (MANAGE, "makemigrations", "--check", "--dry-run")),
    Program(
        "Deployment: check --deploy",
        (MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
        (("SITE_URL", "https://records.example.com"),),
    ),
)


def run_program(program: Program) -> Outcome:
    """Run one step, its output as it comes."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = clean_environment(f"sqlite:///{folder}/empty.sqlite3") | dict(program.variables)
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, *program.arguments], cwd=settings.BASE_DIR, env=environment, check=False
        )
    return Outcome(program.name, done.returncode == 0, time.monotonic() - began)


def run_on_sqlite(arguments: Sequence[str]) -> Outcome:
    """All tests but those in a browser, on SQLite."""
    return run_pytest("Tests on SQLite", arguments, "sqlite://:memory:")


def run_on_postgres(arguments: Sequence[str]) -> Outcome:
    """Those that use a database, on the PostgreSQL that DATABASE_URL names, else on one started for it."""
    name = "Tests on PostgreSQL"
    try:
        with postgres_url() as url:
            return run_pytest(name, arguments or ("--with-database-only",), url)
    except NoPostgresError as error:
        return Outcome(name, succeeded=True, left_out=str(error))


def run_in_browser(arguments: Sequence[str]) -> Outcome:
    """The browser suite, on SQLite."""
    name = "Tests in a browser"
    if find_chromium() is None:
        return Outcome(name, succeeded=True, left_out="no Chromium; install it, or name one in CHROMIUM")
    return run_pytest(name, arguments or ["tests/e2e"], "sqlite://:memory:")


@contextmanager
def postgres_url() -> Iterator[str]:
    """The DATABASE_URL to test PostgreSQL with. Raises NoPostgresError where there is none to be had."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        yield settings.DATABASE_URL
    else:
        with temporary_postgres() as url:
            yield url


def run_pytest(name: str, arguments: Sequence[str], database_url: str) -> Outcome:
    """Run pytest against a database and read what came of it; 5 means that it found no tests."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            f"--junitxml={report}",
            *parallel(arguments),
            *arguments,
        ]
        done = subprocess.run(  # noqa: S603 - our own words, and those of whoever started us
            command, cwd=settings.BASE_DIR, env=clean_environment(database_url), check=False
        )
        tally = read_junit(report)
    if done.returncode and not tally.failed:
        tally += Tally(failed=1)
    return Outcome(name, done.returncode == 0, time.monotonic() - began, tally)


def parallel(arguments: Sequence[str]) -> Sequence[str]:
    """Several processes for whole suites; starting them costs more than they save for a few tests."""
    whole = all(argument in ("tests/e2e", "--with-database-only") for argument in arguments)
    return PARALLEL if whole else ()


def clean_environment(database_url: str) -> dict[str, str]:
    """The environment of a step: what the machine needs to work, nothing that a person has set for a site."""
    inherited = {name: value for name, value in os.environ.items() if name not in (*PERSONAL, NO_BYTECODE)}
    elsewhere = {"PYTHONPYCACHEPREFIX": str(BYTECODE)} if os.environ.get(NO_BYTECODE) else {}
    return inherited | {"DATABASE_URL": database_url} | elsewhere
