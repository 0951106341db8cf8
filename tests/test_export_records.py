"""`manage.py export_records`: everything out by one command."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.exporters import whole
from records.exporters.scope import Scope
from tests.factories import APRIL_12, day, draft, task

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent


def exported(*arguments: str) -> str:
    """What the command writes to standard output."""
    out = io.StringIO()
    call_command("export_records", *arguments, stdout=out)
    return out.getvalue()


def dates(text: str) -> list[str]:
    """The days of an archive in JSON."""
    return [each["date"] for each in json.loads(text)["days"]]


@pytest.fixture
def three_days() -> None:
    """Two public days and a draft."""
    for distance in (0, 1):
        day(APRIL_12 - timedelta(days=distance), [task()])
    draft(APRIL_12 + timedelta(days=1), [task()])


def test_it_writes_the_public_days_as_json_and_drafts_only_if_asked(three_days):
    assert dates(exported()) == ["2026-04-11", "2026-04-12"]
    assert dates(exported("--include-drafts")) == ["2026-04-11", "2026-04-12", "2026-04-13"]


def test_it_says_how_many_days_are_left_out_of_a_file(three_days, tmp_path):
    path = str(tmp_path / "records.json")
    assert exported("-o", path).endswith(
        "Left out: 1 day that the public does not see; --include-drafts takes them in.\n"
    )
    assert "Left out" not in exported("-o", path, "--include-drafts")
    assert "Left out" not in exported("-o", path, "--to", "2026-04-12")


def test_from_and_to_take_both_their_days_in(three_days):
    assert dates(exported("--from", "2026-04-12", "--include-drafts")) == ["2026-04-12", "2026-04-13"]
    assert dates(exported("--to", "2026-04-12", "--from", "2026-04-12")) == ["2026-04-12"]


def test_a_zip_asks_for_the_profile_once(three_days):
    with CaptureQueriesContext(connection) as asked:
        pieces = list(whole.whole_archive(whole.FORMS["csv"], Scope(), lambda count: None))
    assert pieces
    assert sum("records_siteprofile" in query["sql"] for query in asked) == 1


def test_lines_hold_a_day_each(three_days):
    lines = exported("--format", "jsonl").splitlines()
    assert [json.loads(line).get("date") for line in lines] == [None, "2026-04-11", "2026-04-12"]


@pytest.mark.parametrize(
    ("name", "start"), [("a.json", b"{"), ("a.jsonl", b'{"schema": 1'), ("a.zip", b"PK")]
)
def test_a_file_gets_the_form_of_its_ending_and_a_line_says_so(three_days, tmp_path, name, start):
    target = tmp_path / name
    said = exported("-o", str(target))
    assert said.startswith(f"Wrote 2 tasks, {target.stat().st_size:,} bytes, to {target}.\n")
    assert target.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [target]


def test_the_zip_holds_a_file_for_each_part_and_says_what_they_mean(three_days, tmp_path):
    exported("--format", "csv", "-o", str(tmp_path / "all"))
    with zipfile.ZipFile(tmp_path / "all") as packed:
        names = set(packed.namelist())
        assert packed.testzip() is None
        assert packed.read("tasks.csv").decode().startswith("day,id,position,name,description,category,")
    parts = {"days", "tasks", "tags_of_days", "sources", "revisions", "corrections", "removed"}
    around = {"site", "categories", "tags", "old_addresses", "fields"}
    assert names == {"README.txt", *(f"{part}.csv" for part in parts | around)}


def test_a_file_is_there_whole_or_as_it_was(three_days, tmp_path, monkeypatch):
    target = tmp_path / "records.json"
    target.write_text("before")

    def torn(scope, written):
        yield "{"
        raise RuntimeError("power cut")

    monkeypatch.setattr(whole, "json_chunks", torn)
    with pytest.raises(RuntimeError):
        exported("-o", str(target))
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "2026-04-13", "--to", "2026-04-12"], "--from 2026-04-13 lies after --to 2026-04-12"),
        (["--from", "20260413"], "“20260413” is not a date. Try 2026-04-12."),
        (["--from", "13 April"], "“13 April” is not a date. Try 2026-04-12."),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["-o", "/nowhere/records.json"], "/nowhere/records.json cannot be written: No such file"),
        (["-o", "/"], "/ is a folder"),
        (["--format", "csv"], "A zip is nothing for a terminal"),
    ],
)
def test_wrong_use_is_refused_in_words(arguments, message):
    with pytest.raises(CommandError) as refused:
        exported(*arguments)
    assert message in str(refused.value)


def test_wrong_use_exits_with_2_and_leaves_standard_output_alone(tmp_path):
    """As a program sees it: on a database of its own, since nothing of it is read."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    ended = subprocess.run(
        [sys.executable, "manage.py", "export_records", "--from", "2026-04-13", "--to", "2026-04-12"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, ""), ended.stderr
