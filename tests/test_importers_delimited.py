"""CSV and TSV come in: our own files, and tables of any spreadsheet, one day or many."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.exporters import schema
from records.exporters.rows import TASK_COLUMNS, TaskLine, csv_chunks
from records.importers.formats import CannotRead, formats
from records.importers.known import NO_LIMITS, Known
from tests.incoming import BOATS, HEAD, WIKI, days, doubts, faults, figures, notes, one, texts

OURS = ",".join(TASK_COLUMNS)
SHORT = "date,description,human_hours,agent_minutes,supervisory_minutes"


def written(rows: Iterable[Sequence[str]], between: str = ",") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=between).writerows(rows)
    return buffer.getvalue()


def test_it_reads_several_days_of_our_own_file():
    known = Known(categories={"testing": "Testing"})
    text = (
        f"{OURS}\n"
        "7,2026-04-12,2,Boats,Boats renamed,testing,8,8,5,850000,60,96,false\n"
        "6,2026-04-12,1,,Wiki of the choir,,16,8,,,120,,false\n"
        "9,2026-04-13,1,,Survey,Testing,0.75,4,2,,11.25,22.5,false\n"
    )
    first, second = days(text, known)
    assert (first.form, first.date, second.date) == ("csv", date(2026, 4, 12), date(2026, 4, 13))
    assert texts(first) == ["Wiki of the choir", "Boats renamed"]
    assert figures(first) == [(16, 8, None), (8, 8, 5)]
    assert [task.category for task in (*first.tasks, *second.tasks)] == [None, "testing", "testing"]
    assert [task.name for task in first.tasks] == ["", "Boats"]
    assert [task.tokens for task in first.tasks] == [None, 850_000]
    assert first.problems == second.problems == ()
    assert not first.sample


def test_days_that_do_not_stand_together_are_gathered():
    rows = [("2026-04-12", "a"), ("2026-04-13", "b"), ("2026-04-12", "c"), ("April 13, 2026", "d")]
    first, second = days(f"{SHORT}\n" + "\n".join(f'"{day}",{text},1,2,3' for day, text in rows))
    assert (texts(first), texts(second)) == (["a", "c"], ["b", "d"])


def test_what_a_spreadsheet_would_run_is_restored_in_our_own_files_alone():
    assert texts(one(f"{OURS}\n1,2026-04-12,1,,'=SUM(A1),,1,2,3,,30,20,false")) == ["=SUM(A1)"]
    assert texts(one(f"{SHORT}\n2026-04-12,'=SUM(A1),1,2,3")) == ["'=SUM(A1)"]


def test_the_tasks_of_an_export_are_read_though_it_names_the_agent_as_well():
    head = ["day", *(field.name for field in schema.TASKS)]
    values = {"day": "2026-04-12", "position": "1", "description": "'=SUM(A1)", "agent": "Codex"}
    figures_printed = {"human_hours": "1", "agent_minutes": "2", "supervisory_minutes": "3"}
    day = one(written([head, [(values | figures_printed).get(name, "") for name in head]]))
    assert (day.date, texts(day), figures(day)) == (date(2026, 4, 12), ["=SUM(A1)"], [(1, 2, 3)])
    assert "“agent”, “model_version”" in notes(day)[0]


def test_what_stands_in_columns_without_a_place_here_is_said_to_be_left_out():
    day = one("date,description,human_hours,agent_minutes,mood,\n2026-04-12,a,1,2,good,\n")
    assert notes(day) == ["What stands below “mood” has no place here and was left out."]
    assert notes(one(f"{SHORT}\n2026-04-12,a,1,2,3")) == []


def test_a_name_that_the_text_carries_anyway_is_left_blank():
    text = f"{OURS}\n1,2026-04-12,1,Team wiki,Team wiki: 64 files,,1,2,3,,30,20,false"
    assert [task.name for task in one(text).tasks] == [""]


def test_made_up_days_say_so_and_nonsense_is_named():
    assert one(f"{OURS}\n1,2026-04-12,1,,a,,1,2,3,,30,20,true").sample
    assert faults(one(f"{OURS}\n1,2026-04-12,1,,a,,1,2,3,,30,20,perhaps")) == [
        "Whether the day is made up is said by true or false."
    ]


def test_an_unknown_category_is_a_note_and_refuses_nothing():
    day = one(f"{OURS}\n1,2026-04-12,1,,a,gardening,1,2,3,,30,20,false")
    assert day.tasks[0].category is None
    assert notes(day) == ["There is no such category; the task came without one."]
    assert not day.refused


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_headers_of_the_wild_are_read_between_commas_semicolons_and_tabs(between):
    text = written([HEAD, WIKI, BOATS], between)
    day = one(text, name="2026-04-12.csv")
    assert (day.form, day.date) == ("csv", date(2026, 4, 12))
    assert figures(day) == [(16, 8, 5), (8, 8, 5)]
    assert not day.problems


def test_a_cell_may_hold_quotes_commas_and_lines():
    cell = 'The "new" parser, in\ntwo lines'
    for between in (",", "\t"):
        text = written([HEAD, ("1", cell, *WIKI[2:]), BOATS], between)
        day = one(text, day=date(2026, 4, 12))
        assert texts(day)[0].split() == cell.split()
        assert day.form == ("csv" if between == "," else "tsv")
        assert day.tasks[1].line == 4


def test_quotes_between_tabs_are_text_where_nothing_needs_them():
    rows = [HEAD, ("1", '"Wiki" of 5"', *WIKI[2:]), ("2", '"Boats"', *BOATS[2:])]
    text = "\n".join("\t".join(row) for row in rows)
    assert texts(one(text, name="2026-04-12.tsv")) == ['"Wiki" of 5"', '"Boats"']


def test_a_title_above_and_totals_below_are_what_they_are():
    above = [("Leverage Record: April 12, 2026",), ()]
    below = [(), ("Aggregate Statistics",), ("Total tasks", "2"), ("Total tokens", "1.2M")]
    day = one(written([*above, HEAD, WIKI, BOATS, *below]))
    assert (day.date, len(day.tasks)) == (date(2026, 4, 12), 2)
    assert day.stated == {"tasks": "2", "tokens": "1.2M"}


def test_a_line_that_names_the_separator_is_no_row():
    assert len(one("sep=;\n" + written([HEAD, WIKI], ";"), day=date(2026, 4, 12)).tasks) == 1


def test_decimal_commas_between_semicolons_are_decimals():
    day = one("Task;Human hours;Claude\nWiki;1,5;2,5", day=date(2026, 4, 12))
    assert figures(day) == [(1.5, 2.5, None)]


def test_the_name_of_a_file_says_nothing_against_the_dates_in_its_rows():
    assert one(f"{SHORT}\n2026-04-12,a,1,2,3", name="export-2026-05-01.csv").date == date(2026, 4, 12)


def test_a_date_given_decides_for_one_day_and_not_for_several():
    one_day = f"{SHORT}\n2026-04-12,a,1,2,3\n"
    assert one(one_day, day=date(2026, 4, 13)).date == date(2026, 4, 13)
    with pytest.raises(CannotRead, match="several days"):
        days(f"{one_day}2026-04-13,b,1,2,3\n", day=date(2026, 4, 13))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "There is no date in 1 of the rows. Write each as 2026-04-12."),
        ("soon", "“soon” is no date in 1 of the rows. Write each as 2026-04-12."),
        ("2026-04-31", "“2026-04-31” is no date in 1 of the rows. Write each as 2026-04-12."),
        ("04/12/26", "“04/12/26” is no date in 1 of the rows. Write each as 2026-04-12."),
    ],
)
def test_a_row_without_a_date_among_dated_ones_is_refused(cell, reason):
    day, undated = days(f"{SHORT}\n2026-04-12,a,1,2,3\n{cell},b,1,2,3", name="2026-04-12.csv")
    assert not day.refused
    assert faults(undated) == [reason]
    assert [problem.line for problem in undated.problems] == [3]


def test_blank_lines_and_totals_below_dated_rows_are_no_tasks():
    day = one(f"{SHORT}\n2026-04-12,a,1,2,3\n\n,,,,\n,Total,1,2,3\n")
    assert texts(day) == ["a"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-04-12,a,1,2,3,4", "The row has 6 cells, the line of headings 5."),
        ("2026-04-12,,1,2,3", "The row has no text. Say what was done."),
        ("2026-04-12,a,0,2,3", "It has to be more than 0. Leave it out when it is not known."),
        ("2026-04-12,a,-1,2,3", "“-1” is negative. Try 5m, 1h 30m or 0.5h."),
        ("2026-04-12,a,1,soon,3", "“soon” is not a duration. Try 5m, 1h 30m or 0.5h."),
    ],
)
def test_bad_values_are_named_beside_their_row(row, reason):
    day = one(f"{SHORT}\n{row}\n")
    assert faults(day) == [reason]
    assert (day.problems[0].row, day.problems[0].line) == (1, 2)


def test_missing_cells_at_the_end_are_unknown():
    assert figures(one(f"{SHORT}\n2026-04-12,a,1,2")) == [(1, 2, None)]


def test_a_printed_factor_that_does_not_follow_is_a_doubt():
    assert len(doubts(one(f"{OURS}\n1,2026-04-12,1,,a,,1,2,3,,31,20,false"))) == 1


def test_broken_quotes_are_named_with_their_line():
    for row in ('2026-04-13,"b,1,2,3', '2026-04-13,"b"c,1,2,3'):
        with pytest.raises(CannotRead, match="line 3"):
            days(f"{SHORT}\n2026-04-12,a,1,2,3\n{row}\n")


def test_a_file_without_names_of_columns_is_refused_in_words():
    with pytest.raises(CannotRead, match="names of the columns"):
        days("a,b,c\n1,2,3\n", name="a.csv")
    with pytest.raises(CannotRead, match="each of them once"):
        days("date,task,description,human_hours,agent_minutes\n2026-04-12,a,b,1,2\n", name="a.csv")


def test_days_are_yielded_in_turn():
    text = f"{SHORT}\n2026-04-12,a,1,2,3\n2026-04-13,b,1,2,3\n" + '2026-04-14,"broken'
    with pytest.raises(CannotRead):
        days(text)
    many = SHORT + "\n" + "\n".join(f"20{y:02}-01-01,a,1,2,3" for y in range(10, 90))
    found = formats()["csv"].read(many, Known())
    assert len(next(found).rows) == 1


def stored(text: str) -> str:
    """A text as the site has it: composed, its blanks single."""
    return " ".join(normalize("NFC", text).split())


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(stored)
TASKS = st.lists(
    st.builds(
        TaskLine,
        id=st.integers(1, 10**9),
        date=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        position=st.just(1),
        name=st.just(""),
        description=TEXT.filter(bool) | st.sampled_from(["=1+1", "'=x", "-5", "@a", '"q"', "a,b;c", "'''+"]),
        category=st.none(),
        human_hours=st.decimals("0.0001", "99999.9999", places=4),
        agent_minutes=st.decimals("0.01", "9999999.99", places=2),
        supervisory_minutes=st.none() | st.decimals(0, "9999999.99", places=2),
        tokens=st.none() | st.integers(0, 10**12),
        sample=st.just(value=False),
    ),
    min_size=1,
    max_size=12,
)


def figures_of(task: Any) -> tuple[Any, ...]:
    return (task.description, task.human_hours, task.agent_minutes, task.supervisory_minutes, task.tokens)


@settings(max_examples=60, deadline=None)
@given(TASKS)
def test_what_our_own_writer_writes_is_read_back_equal(tasks):
    tasks = [task._replace(position=position) for position, task in enumerate(tasks, start=1)]
    text = "".join(csv_chunks(TASK_COLUMNS, tasks))
    read = {
        (day.date, task.cells["number"]): figures_of(task)
        for day in days(text, form="csv", limits=NO_LIMITS)
        for task in day.tasks
    }
    wanted = {(task.date, str(task.position)): figures_of(task) for task in tasks}
    assert read == wanted
    assert all(isinstance(row[1], Decimal) for row in read.values())
