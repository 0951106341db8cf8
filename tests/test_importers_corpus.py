"""The corpus of pages: every day in every form gives exactly its rows, its prose and its printed totals."""

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from records.importers.day import ImportedDay, ImportedTask, Severity
from records.importers.known import TAGS_FROM_THE_START, Known
from tests.corpus_days import DAYS
from tests.corpus_pages import FOLDER, FORMS, files
from tests.importing import read_file

KNOWN = Known(tags=(*TAGS_FROM_THE_START, "Gardens"))
PAGES = [(day.date, form) for day in DAYS for form in FORMS]
COPIED = ("tabs", "blanks", "glued")


def expected(date: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((FOLDER / f"{date}.json").read_text(encoding="utf-8"))
    return result


@cache
def page(date: str, form: str) -> ImportedDay:
    return read_file(FOLDER / f"{date}-leverage-record{FORMS[form]}", KNOWN)


def figures(task: ImportedTask) -> dict[str, Any]:
    return {
        "description": task.description,
        "human_hours": task.human_hours,
        "agent_minutes": task.agent_minutes,
        "supervisory_minutes": task.supervisory_minutes,
        "supervisory_minutes_source": task.supervisory_minutes_source,
        "tokens": task.tokens,
        "tokens_source": task.tokens_source,
    }


def wanted(row: dict[str, Any]) -> dict[str, Any]:
    decimals = ("human_hours", "agent_minutes", "supervisory_minutes")
    return row | {name: None if row[name] is None else Decimal(row[name]) for name in decimals}


def test_the_files_are_what_their_days_give():
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == files()


@pytest.mark.parametrize(("date", "form"), PAGES)
def test_every_row_is_exact(date: str, form: str):
    day, right = page(date, form), expected(date)
    refused = right["refused_when_glued"] if form == "glued" else []
    assert [task.place for task in day.tasks if not task.description] == refused
    assert len(day.tasks) == len(right["rows"])
    for task, row in zip(day.tasks, right["rows"], strict=True):
        if task.place not in refused:
            assert figures(task) == wanted(row)


@pytest.mark.parametrize(("date", "form"), PAGES)
def test_date_title_tags_and_prose_come_along(date: str, form: str):
    day, right = page(date, form), expected(date)
    prose = right["copied"] if form in COPIED else right
    assert (str(day.date), day.title) == (right["date"], right["title"])
    assert (list(day.tags), day.tags_left_out) == (right["tags"], ())
    assert (day.lede, day.analysis) == (prose["lede"], prose["analysis"])


@pytest.mark.parametrize(("date", "form"), PAGES)
def test_printed_totals_are_kept_and_every_doubt_is_told(date: str, form: str):
    day, right = page(date, form), expected(date)
    assert [[total.label, total.value] for total in day.aggregates] == right["aggregates"]
    assert all(total.key for total in day.aggregates)
    assert day.form == form
    doubts = [problem for problem in day.problems if problem.severity is Severity.DOUBT]
    faults = [problem for problem in day.problems if problem.severity is Severity.FAULT]
    refused = right["refused_when_glued"] if form == "glued" else []
    assert [problem.row for problem in faults] == refused
    # Totals are not held against rows of which one is missing.
    told = [] if refused else [[problem.row, problem.value] for problem in doubts]
    assert told == ([] if refused else right["doubts"])


def test_a_published_page_tells_the_path_it_had():
    dates = [date for date, form in PAGES if form == "html"]
    assert [page(date, "html").path for date in dates] == [expected(date)["path"] for date in dates]


def test_the_page_that_started_it_all_comes_in_whole():
    # Kept beside the repository, not in it; where it is absent there is nothing to hold against.
    for path in (Path(__file__).parents[1] / "../shared/seed").glob("*.txt"):
        day = read_file(path, Known())
        assert day.problems == ()
        assert (str(day.date), day.title, day.tags) == ("2026-04-12", "", ("AI", "Time Record"))
        assert (len(day.lede.split("\n\n")), len(day.analysis.split("\n\n"))) == (2, 5)
        assert all(paragraph[-1] == "." for paragraph in (day.lede + "\n\n" + day.analysis).split("\n\n"))
        assert [len(total.key) > 0 for total in day.aggregates] == [True] * 7
        assert day.stated_tokens == 4_129_000
        assert [row_of(task) for task in day.tasks] == logged(path.parents[1] / "data" / "2026-04-12.csv")


def row_of(task: ImportedTask) -> tuple[Decimal | None, ...]:
    return task.human_hours, task.agent_minutes, task.supervisory_minutes


def logged(path: Path) -> list[tuple[Decimal, ...]]:
    columns = ("human_hours", "agent_minutes", "supervisory_minutes")
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(Decimal(row[column]) for column in columns) for row in csv.DictReader(file)]
