"""`manage.py import_records`: which files, what becomes of them, and what is said about it."""

import io
import json
import sys
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from records import publishing
from records.exporters.archive import json_chunks
from records.exporters.scope import Scope
from records.importers.known import Limits
from records.management.commands import import_records
from records.models import Correction, Day, OldAddress, Revision, Task
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = """Leverage Record: April 12, 2026

A long day.

Task Log

#\tTask\tHuman Est.\tClaude\tSup.\tFactor\tSup. Factor
1\tParser: reads every form\t8h\t10m\t2m\t48.0x\t240.0x
2\tTeam wiki: 64 pages\t40h\t20m\t5m\t120.0x\t480.0x

Aggregate Statistics

Metric\tValue
Total tasks\t2
Human equivalent\t48 hours

Analysis

It went well.
"""
OTHER = PAGE.replace("8h\t10m\t2m\t48.0x\t240.0x", "12h\t10m\t2m\t72.0x\t360.0x").replace(
    "48 hours", "52 hours"
)
LINES = "Parser: reads every form 8h 10m 2m\nTeam wiki: 64 pages 40h 20m 5m\n"
HTML = """<!doctype html><html><head><title>Leverage Record: April 12, 2026</title>
<link rel="canonical" href="https://example.com/posts/2026/2026-04-12-leverage-record.html"></head><body><main>
<h1>Leverage Record: April 12, 2026</h1><p>A long day.</p><h2>Task Log</h2>
<table><tr><th>#</th><th>Task</th><th>Human Est.</th><th>Claude</th><th>Sup.</th><th>Factor</th></tr>
<tr><td>1</td><td>Parser: reads every form</td><td>8h</td><td>10m</td><td>2m</td><td>48.0x</td></tr></table>
</main></body></html>"""
CSV = """date,description,human_hours,agent_minutes,supervisory_minutes
2026-04-10,Parser: reads every form,8,10,2
2026-04-11,Team wiki: 64 pages,40,20,5
"""


class Said(SimpleNamespace):
    """What a call printed, and how it ended."""

    code: int
    out: str
    error: str

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: Any, **options: Any) -> Said:
    out, error = io.StringIO(), io.StringIO()
    code: Any = 0
    try:
        call_command("import_records", *map(str, arguments), stdout=out, stderr=error, **options)
    except SystemExit as ended:
        code = ended.code
    except CommandError as refusal:
        code = refusal.returncode
        error.write(str(refusal))
    return Said(code=code, out=out.getvalue(), error=error.getvalue())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path, "page.txt", PAGE)


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# What becomes of a file ------------------------------------------------------------------------------------


def test_a_page_arrives_as_a_draft_and_is_told_in_words(page: Path):
    said = run(page)
    assert (said.code, Day.objects.get().status, Task.objects.count()) == (0, "draft", 2)
    assert said.out.splitlines()[0] == f"Created    {page}"
    assert "2026-04-12 · tabs · 2 rows · 48 h" in said.out
    assert said.out.splitlines()[-1] == "1 file: 1 created; 2 rows."


def test_a_file_is_one_line_of_json(page: Path):
    (line,) = run(page, "--json").lines()
    assert (line["path"], line["format"], line["date"], line["status"], line["rows"]) == (
        str(page), "tabs", "2026-04-12", "created", 2,
    )  # fmt: skip
    assert line["stated"] == {"tasks": "2", "human_hours": "48 hours"}
    assert (line["computed"]["tasks"], line["computed"]["human_hours"]) == (2, 48)
    assert (line["problems"], line["differences"]) == ([], [])


def test_the_same_file_again_changes_nothing_and_says_so(page: Path):
    run(page)
    said = run(page)
    assert (said.code, said.out.split()[0], Revision.objects.count()) == (0, "Unchanged", 1)


def test_another_version_is_refused_with_its_differences(page: Path, tmp_path: Path):
    run(page)
    said = run(written(tmp_path, "other.txt", OTHER), "--json")
    (line,) = said.lines()
    assert (said.code, line["status"]) == (1, "refused")
    assert line["differences"] == ["Row 1: human hours 8 → 12"]
    assert Task.objects.get(position=1).human_hours == 8
    assert "Row 1: human hours 8 → 12" in run(tmp_path / "other.txt").out


def test_replacing_a_public_day_writes_corrections_with_the_reason(page: Path, tmp_path: Path):
    run(page, "--publish")
    assert Day.objects.visible().exists()
    said = run(written(tmp_path, "other.txt", OTHER), "--replace", "--reason", "estimate revised")
    assert (said.code, said.out.split()[0]) == (0, "Replaced")
    assert Day.objects.visible().exists()
    correction = Correction.objects.get()
    assert (correction.before, correction.after, correction.reason) == ("8", "12", "estimate revised")


def test_what_a_public_day_lacks_is_said_beside_its_row(tmp_path: Path):
    lacking = PAGE.replace("40h\t20m\t5m\t120.0x\t480.0x", "40h\t\t5m\t\t480.0x")
    said = run(written(tmp_path, "page.txt", lacking), "--publish", "--json")
    faults = [p for p in said.lines()[0]["problems"] if p["severity"] == "fault"]
    assert [(p["row"], p["column"]) for p in faults] == [(2, "agent_minutes")]
    assert (said.code, Day.objects.count()) == (1, 0)


def test_a_fault_is_told_with_row_column_and_value_and_leaves_nothing(tmp_path: Path):
    said = run(written(tmp_path, "page.txt", PAGE.replace("40h", "forty")), "--json")
    (problem,) = [p for p in said.lines()[0]["problems"] if p["severity"] == "fault"]
    assert (problem["row"], problem["column"], problem["value"]) == (2, "human_hours", "forty")
    assert problem["reason"]
    assert (said.code, Day.objects.count()) == (1, 0)


def test_a_row_that_can_be_read_in_several_ways_is_refused_with_all_of_them(tmp_path: Path):
    head = "Leverage Record: April 12, 2026\n\nTask Log\n\n#TaskHuman Est.ClaudeSup.\n"
    path = written(tmp_path, "page.txt", f"{head}1Lab scaffold for 2016h8m5m\n")
    (problem,) = run(path, "--json").lines()[0]["problems"]
    assert [candidate["human_hours"] for candidate in problem["candidates"]] == ["6h", "16h", "2016h"]
    assert "It could be: 1 | Lab scaffold for 20 | 16h | 8m | 5m" in run(path).out


def test_a_refused_file_does_not_keep_others_out(page: Path, tmp_path: Path):
    said = run(tmp_path, written(tmp_path, "broken.txt", "nothing of the kind"), "--json")
    assert {(Path(line["path"]).name, line["status"]) for line in said.lines()} == {
        ("page.txt", "created"),
        ("broken.txt", "refused"),
    }
    assert (said.code, Day.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "ends",
    [b'"tags": [{"name": "\xff"}]}', b'"tags": [{"name": 1e99999999999999999999}]}'],
    ids=["bytes", "number"],
)
def test_a_broken_archive_is_refused_and_does_not_keep_others_out(page: Path, tmp_path: Path, ends: bytes):
    written(tmp_path, "a.json", b'{"schema": 1,\n"days": [],\n' + b" " * 20_000 + ends)
    said = run(tmp_path, "--json")
    assert [line["status"] for line in said.lines()] == ["refused", "created"]
    assert (said.code, Day.objects.count()) == (1, 1)


def test_a_dry_run_tells_everything_and_keeps_nothing(page: Path, tmp_path: Path):
    said = run(page, written(tmp_path, "other.txt", OTHER), "--dry-run", "--json")
    assert [line["status"] for line in said.lines()] == ["created", "refused"]
    assert not Day.objects.exists()
    assert "nothing was stored" in run(page, "--dry-run").out
    assert not Revision.objects.exists()


def test_a_page_keeps_the_address_it_had(tmp_path: Path, client: Client):
    run(written(tmp_path, "page.html", HTML))
    old = "/posts/2026/2026-04-12-leverage-record.html"
    assert OldAddress.objects.get().path == old
    assert client.get(old).status_code == 404
    publishing.publish(Day.objects.get())
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/records/2026-04-12/")


def test_a_file_of_several_days_is_whole_or_absent(tmp_path: Path):
    path = written(tmp_path, "days.csv", CSV)
    (line,) = run(path, "--json").lines()
    assert (line["status"], line["date"], line["rows"], line["days"]["created"]) == ("created", None, 2, 2)
    assert line["computed"]["human_hours"] == 48
    Day.objects.all().delete()
    OldAddress.objects.all().delete()
    said = run(written(tmp_path, "broken.csv", CSV.replace("40,20,5", "0,20,5")), "--json")
    assert (said.code, Day.objects.count()) == (1, 0)
    assert [(p["date"], p["column"]) for p in said.lines()[0]["problems"]] == [("2026-04-11", "human_hours")]
    assert "2 days from 2026-04-10 to 2026-04-11" in run(path).out


def test_our_own_export_comes_back_with_its_status_and_history(tmp_path: Path):
    day = factories.day(tasks=[factories.task()], lede="Then.")
    day.lede = "Now: Cafe\u0301."  # composed otherwise than an import of pages stores it
    publishing.save_day(day, reason="second thoughts")
    exported = "".join(json_chunks(Scope(drafts=True), lambda tasks: None))
    path = written(tmp_path, "export.json", exported)
    (line,) = run(path, "--json").lines()
    assert (line["format"], line["status"], line["rows"]) == ("json", "unchanged", 1)
    Revision.objects.all().delete()
    Day.objects.all().delete()
    (line,) = run(path, "--json").lines()
    assert (line["date"], line["status"]) == ("2026-04-12", "created")
    assert Day.objects.visible().get().lede == day.lede
    assert list(Revision.objects.order_by("number").values_list("reason", flat=True)) == [
        "",
        "second thoughts",
    ]
    said = run(written(tmp_path, "export.json", exported.replace('"human_hours": 8', '"human_hours": 9')))
    assert (said.code, said.out.split()[0], Task.objects.get().human_hours) == (1, "Refused", 8)
    said = run(written(tmp_path, "export.json", exported.replace('"schema": 1', '"schema": 9')))
    assert "knows schemas up to 1" in said.out
    assert "Leave out --date" in run(path, "--date", "2026-04-13").out


def test_the_tasks_of_an_export_in_csv_are_read_as_they_stand_here(tmp_path: Path):
    factories.day(tasks=[factories.task("=SUM(A1) explained")])
    archive = tmp_path / "all.zip"
    call_command("export_records", "--output", str(archive), stdout=io.StringIO())
    zipfile.ZipFile(archive).extract("tasks.csv", tmp_path)
    assert run(tmp_path / "tasks.csv").out.split()[0] == "Unchanged"


def test_a_note_on_several_days_is_told_once(tmp_path: Path):
    path = written(tmp_path, "days.csv", CSV)
    run(path)
    said = run(path, "--publish").out
    assert said.count("stays one") == 1
    assert "Note (2 days): The day is stored already, as a draft" in said


# Which files -----------------------------------------------------------------------------------------------


def test_a_folder_gives_all_known_files_in_it_and_no_hidden_ones(tmp_path: Path):
    written(tmp_path, "2026/a.txt", PAGE)
    written(tmp_path, "2026/deeper/b.TXT", PAGE.replace("April 12", "April 13"))
    written(tmp_path, "2026/picture.png", b"\x89PNG")
    written(tmp_path, ".git/c.txt", PAGE.replace("April 12", "April 14"))
    said = run(tmp_path, "--json")
    assert [Path(line["path"]).name for line in said.lines()] == ["a.txt", "b.TXT"]
    assert set(Day.objects.values_list("date", flat=True)) == {date(2026, 4, 12), date(2026, 4, 13)}


def test_a_pattern_gives_what_fits_and_a_file_named_twice_is_imported_once(page: Path, tmp_path: Path):
    written(tmp_path, "deep/er/b.txt", PAGE.replace("April 12", "April 13"))
    said = run(f"{tmp_path}/**/*.txt", page, "--json")
    assert [line["status"] for line in said.lines()] == ["created", "created"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    said = run("-", "--date", "2026-04-12", "--format", "lines", "--json")
    (line,) = said.lines()
    assert (line["path"], line["format"], line["status"], line["rows"]) == ("-", "lines", "created", 2)
    assert Revision.objects.get().reason == "Imported from lines"


def test_the_date_may_stand_in_the_name_of_the_file(tmp_path: Path):
    run(written(tmp_path, "2026-04-12.txt", LINES))
    assert Day.objects.get().date == date(2026, 4, 12)
    assert Revision.objects.get().reason == "Imported from 2026-04-12.txt"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_files_come_in_several_encodings(tmp_path: Path, encoding: str):
    run(written(tmp_path, "page.txt", PAGE.replace("Parser", "Entwürfe").encode(encoding)))
    assert Task.objects.get(position=1).description.startswith("Entwürfe")


# What is refused as a whole --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text"),
        (b"PK\x03\x04" + bytes(range(1, 32)) * 3, "This is a zip. Unpack it"),
        (bytes(range(1, 32)) * 3, "control character"),
        (b"", "nothing in it"),
        (b"Dear diary, today I did a lot.", "No rows"),
    ],
)
def test_a_file_that_is_no_record_is_refused_in_words(tmp_path: Path, content: bytes, words: str):
    said = run(written(tmp_path, "2026-04-12.txt", content))
    assert (said.code, said.out.split()[0]) == (1, "Refused")
    assert words in said.out


def test_a_file_that_cannot_be_opened_is_refused_in_words(page: Path, monkeypatch: pytest.MonkeyPatch):
    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    said = run(page)
    assert said.code == 1
    assert "It cannot be read: Permission denied." in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/no/such/file.html"], "There is no file “/no/such/file.html”"),
        (["/no/such/*.html"], "Nothing fits"),
        (["{folder}/empty"], "has no files to import"),
        (["/dev/null"], "neither a file nor a folder"),
        (["{page}", "--date", "12. April"], "“12. April” is not a date"),
        (["{page}", "--date", "2026-W15-7"], "“2026-W15-7” is not a date. Try 2026-04-12."),
        (["{page}", "--format", "docx"], "“docx” is no form known here"),
        (["{page}", "--reason", "why"], "together with --replace"),
        (["{page}", "--replace", "--reason", "w" * 301], "room for 300"),
        (["{page}", "{folder}/other.txt", "--date", "2026-04-12"], "the day of one file"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(page: Path, tmp_path: Path, arguments: list[str], words: str):
    (tmp_path / "empty").mkdir()
    written(tmp_path, "other.txt", OTHER)
    said = run(*[argument.format(page=page, folder=tmp_path) for argument in arguments])
    assert (said.code, said.out, Day.objects.count()) == (2, "", 0)
    assert words in said.error


def test_limits_have_messages_of_their_own_and_are_all_lifted(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    written(tmp_path, "second.txt", PAGE.replace("April 12", "April 13"))
    for limits, words, code in [
        (Limits(size=100), "MB are taken", 1),
        (Limits(rows=1), "more than 1 rows", 1),
        (Limits(characters=10), "at most 10 are taken", 1),
        (Limits(files=1), "These are 2 files", 2),
    ]:
        monkeypatch.setattr(import_records, "LIMITS", limits)
        said = run(tmp_path)
        assert words in said.out + said.error
        assert "--no-limit" in said.out + said.error
        assert (said.code, Day.objects.count()) == (code, 0)
    assert run(tmp_path, "--no-limit").code == 0


# What goes where -------------------------------------------------------------------------------------------


def test_progress_shows_on_a_terminal_alone_and_never_in_the_report(
    page: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    said = run(page, "--json")
    assert capfd.readouterr().err == ""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")  # what rich takes for a terminal
    again = run(page, "--json")
    assert "Importing" in capfd.readouterr().err
    assert len(said.lines()) == len(again.lines()) == 1


def test_a_long_report_is_cut_for_people_and_whole_for_programs(tmp_path: Path):
    rows = "".join(f"{number}\tRow {number}\tmuch\t1m\t1m\t\t\n" for number in range(1, 101))
    head = PAGE.partition("1\tParser")[0]
    path = written(tmp_path, "page.txt", f"{head}{rows}\nAnalysis\n\nNothing.\n")
    assert "… and 60 more; --json lists them all." in run(path).out
    assert len(run(path, "--json").lines()[0]["problems"]) == 100
