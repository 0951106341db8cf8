"""Printed figures against computed ones: every disagreement beyond the rounding printed there is told."""

from decimal import Decimal

import pytest

from records.importers.day import ImportedDay, Problem, Severity
from records.importers.known import Known
from tests.importing import read_text

HEAD = ("#", "Task", "Human Est.", "Claude", "Sup.", "Factor", "Sup. Factor")
ROWS = (
    ("1", "Weather station", "160h", "20m", "2m", "480.0x", "4,800.0x"),
    ("2", "Ledger", "124h", "197m", "24m", "37.77x", "310.0x"),
)


def day_of(
    *totals: tuple[str, str], rows: tuple[tuple[str, ...], ...] = ROWS, head: tuple[str, ...] = HEAD
) -> ImportedDay:
    lines = ["\t".join(row) for row in (head, *rows)]
    summary = ["", "Aggregate Statistics", "", *("\t".join(pair) for pair in totals)]
    return read_text("\n".join(["Leverage Record: April 12, 2026", "", *lines, *summary]), Known())


def doubts(day: ImportedDay) -> list[Problem]:
    return [problem for problem in day.problems if problem.severity is Severity.DOUBT]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Total tasks", "2"),
        ("Tasks completed", "2 tasks"),
        ("Human equivalent", "284 hours (~7.1 work weeks)"),
        ("Human-equivalent hours", "284h (35.5 working days)"),
        ("Total human-equivalent hours", "284.00"),
        ("Total human-equivalent hours", "~280"),
        ("Human-equivalent weeks", "7.1"),
        ("Human-equivalent weeks", "7.1w"),
        ("Claude wall-clock", "217 minutes (~3.6 hours)"),
        ("Claude wall-clock time", "217m (3.6h)"),
        ("Claude wall-clock time", "3h 37m"),
        ("Total Claude minutes", "217"),
        ("Total Claude hours", "3.62"),
        ("Supervisory time", "26m"),
        ("Total supervisory minutes", "26 min"),
        ("Weighted average leverage factor", "78.5x"),
        ("Weighted avg leverage factor", "79×"),
        ("Weighted avg. leverage factor", "78.53"),
        ("Weighted average supervisory leverage factor", "655.4x"),
        ("Weighted avg supervisory factor", "655x"),
        ("Total tokens", "4,129,000"),
    ],
)
def test_totals_that_agree_are_no_doubt(label: str, value: str):
    day = day_of((label, value), ("Tasks", "2"))
    assert [(total.label, total.value) for total in day.aggregates] == [(label, value), ("Tasks", "2")]
    assert day.problems == ()


@pytest.mark.parametrize(
    ("label", "value", "computed"),
    [
        ("Total tasks", "3", "2"),
        ("Human equivalent", "285 hours (~7.1 work weeks)", "284 h"),
        ("Human equivalent", "284 hours (~7.2 work weeks)", "7.1 weeks"),
        ("Human-equivalent hours", "284h (35.6 working days)", "35.5 days"),
        ("Human-equivalent weeks", "7.0", "7.1 weeks"),
        ("Total human-equivalent hours", "284.01", "284 h"),
        ("Claude wall-clock", "217 minutes (~3.7 hours)", "3.62 h"),
        ("Claude wall-clock time", "218m", "217 min"),
        ("Supervisory time", "27m", "26 min"),
        ("Weighted average leverage factor", "259.0x", "78.53x"),
        ("Weighted average supervisory leverage factor", "655.3x", "655.38x"),
    ],
)
def test_totals_that_disagree_are_told_with_both_figures(label: str, value: str, computed: str):
    (doubt,) = doubts(day_of((label, value)))
    assert (doubt.row, doubt.value) == (None, value)
    assert label in doubt.reason
    assert computed in doubt.reason


def test_it_says_what_the_rows_add_up_to():
    computed = day_of().computed
    assert (computed["tasks"], computed["human_hours"], computed["human_weeks"]) == (2, 284, Decimal("7.1"))
    assert (computed["agent_minutes"], computed["supervisory_minutes"], computed["tokens"]) == (217, 26, None)
    assert f"{computed['factor']:.4f} {computed['supervisory_factor']:.4f}" == "78.5253 655.3846"


def factor_doubts(hours: str, minutes: str, printed: str) -> list[Problem]:
    head = ("Task", "Human Est.", "Claude", "Factor")
    return doubts(day_of(rows=(("Chess clock", hours, minutes, printed),), head=head))


@pytest.mark.parametrize(
    ("hours", "minutes", "printed"),
    [
        ("3h", "8m", "22.5x"),
        ("3h", "8m", "22x"),  # a tie may go either way
        ("3h", "8m", "23x"),
        ("480h", "22.2m", "1,297.3×"),
        ("80h", "35m", "137.14x"),
        ("20m", "0.1m", "200.00x"),  # a third of an hour has no end; what was cut off is allowed
        ("90 min", "30s", "180x"),
    ],
)
def test_a_factor_that_rounds_to_what_was_printed_is_no_doubt(hours: str, minutes: str, printed: str):
    assert not factor_doubts(hours, minutes, printed)


@pytest.mark.parametrize(
    ("hours", "minutes", "printed", "computed"),
    [
        ("3h", "8m", "22.4x", "22.5x"),
        ("3h", "8m", "24x", "22.5x"),
        ("480h", "22.2m", "1,297.7x", "1,297.3x"),
        ("80h", "35m", "137.15x", "137.14x"),
    ],
)
def test_a_factor_that_does_not_follow_is_told_beside_its_row(
    hours: str, minutes: str, printed: str, computed: str
):
    (doubt,) = factor_doubts(hours, minutes, printed)
    assert (doubt.row, doubt.column, doubt.value) == (1, "factor", printed)
    assert computed in doubt.reason


def test_weeks_that_do_not_follow_are_told():
    head = ("Task", "Human Est.", "Weeks", "Claude")
    day = day_of(rows=(("Kiln", "44h", "1.1w", "9m"), ("Oven", "3h", "0.08w", "9m")), head=head)
    assert not doubts(day)
    (doubt,) = doubts(day_of(rows=(("Oven", "3h", "0.085w", "9m"),), head=head))
    assert "0.075 weeks" in doubt.reason


def test_minutes_that_follow_from_a_factor_allow_all_it_can_stand_for():
    head = ("Task", "Human Est.", "Claude", "LF", "SLF")
    rows = (("Kiln", "44h", "22m", "120x", "660x"), ("Oven", "24h", "16m", "90x", "500x"))
    average = "Weighted average supervisory leverage factor"
    day = day_of((average, "593.2x"), rows=rows, head=head)
    assert [task.supervisory_minutes_source for task in day.tasks] == ["derived", "derived"]
    assert not doubts(day)
    assert doubts(day_of((average, "594.2x"), rows=rows, head=head))


def test_rounded_tokens_allow_all_they_can_stand_for():
    head = ("Task", "Human Est.", "Claude", "Tokens")
    rows = (("Kiln", "44h", "22m", "850k"), ("Oven", "24h", "16m", "~595,000"))
    assert not doubts(day_of(("Total tokens", "1,445,900"), rows=rows, head=head))
    assert doubts(day_of(("Total tokens", "1,446,100"), rows=rows, head=head))


def test_stated_tokens_may_be_more_than_the_rows_have_where_some_have_none():
    head = ("Task", "Human Est.", "Claude", "Tokens")
    rows = (("Kiln", "44h", "22m", "1,000"), ("Oven", "24h", "16m", ""))
    assert not doubts(day_of(("Total tokens", "5,000"), rows=rows, head=head))
    assert doubts(day_of(("Total tokens", "900"), rows=rows, head=head))


def test_a_total_that_nobody_can_read_is_a_note():
    day = day_of(("Total tasks", "2"), ("Human equivalent", "9 to 12 hours"))
    assert [(problem.severity, problem.column) for problem in day.problems] == [
        (Severity.NOTE, "human_hours")
    ]


def test_a_label_that_is_no_sum_is_kept_and_not_compared():
    day = day_of(("Total tasks", "2"), ("Median leverage factor", "9.9x"), ("Highest factor", "1x"))
    assert day.problems == ()
    assert len(day.printed()["aggregates"]) == 3


def test_totals_wait_for_rows_at_fault():
    rows = (*ROWS, ("3", "Oven", "soon", "9m", "3m", "", ""))
    day = day_of(("Total tasks", "7"), rows=rows)
    assert day.refused
    assert not doubts(day)
