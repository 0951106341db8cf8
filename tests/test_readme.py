"""What README says is done as it says: its lines for one's own site are run, its tables compared."""

import os
import re
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.core.management import get_commands

from records.durations import NotADuration, parse_minutes
from records.management.suite.steps import PERSONAL
from records.quicklines import parse

ROOT = Path(__file__).parent.parent
PAPERS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
LISTED = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))  # the variables of its table
ON_ONE_MACHINE, FOR_THE_PUBLIC = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
START_SECONDS = 60
# What a person would type when `createsuperuser` asks.
ANSWERS = {
    "DJANGO_SUPERUSER_USERNAME": "ada",
    "DJANGO_SUPERUSER_EMAIL": "ada@example.com",
    "DJANGO_SUPERUSER_PASSWORD": "a long word and another",
}


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A database of its own for the lines, of the kind the tests run on."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    import psycopg

    name = f"readme_{secrets.token_hex(4)}"
    server = settings.DATABASE_URL.partition("?")[0].rpartition("/")[0]
    known = settings.DATABASES["default"]
    with psycopg.connect(
        host=known.get("HOST") or None,
        port=known.get("PORT") or None,
        user=known.get("USER") or None,
        password=known.get("PASSWORD") or None,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing yet, but works beside the tests."""
    inherited = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    return inherited | ANSWERS | {"DATABASE_URL": database_url, "STATIC_ROOT": f"{tmp_path}/static"}


def _follow(lines: str, environment: dict[str, str], *more: str) -> subprocess.Popen[bytes]:
    """Run line after line; the last one starts a server, which gets ``more`` arguments."""
    *before, last = [shlex.split(line) for line in lines.splitlines()]
    for words in before:
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            environment.setdefault(name, value)
        else:
            asks = ["--noinput"] if "createsuperuser" in words else []
            subprocess.run([*_with_this_python(words), *asks], cwd=ROOT, env=environment, check=True)
    return subprocess.Popen(
        [*_with_this_python(last), *more], cwd=ROOT, env=environment, start_new_session=True
    )


def _with_this_python(words: list[str]) -> list[str]:
    assert words[0] in {"python3", ".venv/bin/python"}
    return [sys.executable, *words[1:]]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _page(address: str, **headers: str) -> tuple[int, str]:
    """Status and text of a page, waiting for its server to start."""
    for _ in range(START_SECONDS * 5):
        try:
            with urlopen(Request(address, headers=headers), timeout=30) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def _end(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(30)


def test_its_lines_for_one_machine_lead_to_a_site_that_answers(environment: dict[str, str]):
    port = _free_port()
    server = _follow(ON_ONE_MACHINE, environment, str(port))
    try:
        assert _page(f"http://localhost:{port}/")[0] == 200
        status, page = _page(f"http://localhost:{port}/admin/")
        assert (status, "password" in page) == (200, True)
    finally:
        _end(server)


def test_its_lines_for_the_public_lead_to_a_site_that_answers(environment: dict[str, str]):
    port = _free_port()
    server = _follow(FOR_THE_PUBLIC, environment, "--bind", f"127.0.0.1:{port}")
    proxied = {"Host": "records.example.com", "X-Forwarded-Proto": "https"}
    try:
        status, page = _page(f"http://127.0.0.1:{port}/", **proxied)
        assert status == 200
        assert re.search(r"/static/site\.[0-9a-f]+\.css", page), (
            "the collected files are linked by their hash"
        )
        assert _page(f"http://127.0.0.1:{port}/healthz", **proxied)[0] == 200
    finally:
        _end(server)


def test_its_table_lists_every_variable_that_is_read():
    read = re.findall(r"env\.\w+\(\s*\"(\w+)\"", (ROOT / "leverage_site" / "settings.py").read_text())
    assert {*read, "DATABASE_URL"} == LISTED


def test_the_tests_are_run_without_any_variable_that_it_lists_but_those_of_the_machine():
    assert {"CHROMIUM", "CI"} == LISTED - PERSONAL


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_name_commands_and_files_that_exist(paper: str):
    text = (ROOT / paper).read_text(encoding="utf-8")
    for command in re.findall(r"manage\.py ([a-z_]+)", text):
        assert command in get_commands()
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (ROOT / target).exists(), target


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_name_modules_that_exist(paper: str):
    text = (ROOT / paper).read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:records|leverage_site|static|templates|tests|deploy|hardening)/[\w./-]*)`", text
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_program_that_takes_minutes_is_named_where_the_checks_are():
    """Not those that another of them starts."""
    files = [*(ROOT / "hardening").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    started = {path for path in files for text in texts.values() if f'"benchmarks.{path.stem}"' in text}
    programs = {path for path, text in texts.items() if "__main__" in text} - started
    named = re.findall(r"`((?:hardening|benchmarks)/\w+\.py)`", (ROOT / "CONTRIBUTING.md").read_text())
    assert {str(path.relative_to(ROOT)) for path in programs} == set(named)


def test_its_durations_read_as_it_says():
    table = WRITING.partition("| typed |")[2].partition("\n\n")[0]
    for typed in re.findall(r"`([^`]+)`", table):
        try:
            parse_minutes(typed)
        except NotADuration as refusal:
            pytest.fail(str(refusal))
    assert {parse_minutes(text) for text in ("1h 30m", "1h30", "1:30")} == {90}


@pytest.mark.parametrize("text", [README, WRITING])
def test_its_quick_line_is_one(text: str):
    line = re.search(r"^    (Team wiki .*)$", text, re.MULTILINE)
    assert line
    read = parse(line[1], {"full-stack-build": "Full-stack build"})
    assert read.category_slug == "full-stack-build"
    assert [read.human_hours, read.agent_minutes, read.supervisory_minutes] == [480, 90, 5]
