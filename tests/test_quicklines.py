"""Quick lines: a task in one line of text."""

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.durations import write_hours, write_minutes
from records.quicklines import (
    LONGEST_TEXT,
    NotAQuickLine,
    QuickLine,
    instruction,
    key,
    parse,
    parse_many,
)
from tests.cases import CASES

CATEGORIES: dict[str, str] = CASES["categories"]
HOURS = st.decimals(min_value="0.0001", max_value=2000, places=4)
MINUTES = st.decimals(min_value="0.01", max_value=2000, places=2)


def _cells(task: QuickLine) -> list[str]:
    return [
        task.name_and_text,
        task.category_slug or "",
        write_hours(task.human_hours),
        write_minutes(task.agent_minutes),
        write_minutes(task.supervisory_minutes),
    ]


@pytest.mark.parametrize("case", CASES["quick_lines"], ids=lambda case: case["line"][:40] or "blank")
def test_it_reads_or_refuses_each_line_of_the_table(case: dict[str, str]):
    if "fault" in case:
        with pytest.raises(NotAQuickLine) as caught:
            parse(case["line"], CATEGORIES)
        assert str(caught.value) == case["fault"]
    else:
        names = ("text", "category", "human_hours", "agent_minutes", "supervisory_minutes")
        assert _cells(parse(case["line"], CATEGORIES)) == [case[name] for name in names]


@pytest.mark.parametrize("case", CASES["pastes"], ids=range(len(CASES["pastes"])))
def test_it_reads_many_lines_and_keeps_those_it_cannot(case: dict[str, Any]):
    lines = parse_many(case["pasted"], CATEGORIES)
    rows = [_cells(line.task) if line.task else [line.typed.strip(), "", "", "", ""] for line in lines]
    assert rows == case["rows"]
    assert [place for place, line in enumerate(lines) if line.fault] == case["faults"]


def test_it_says_which_line_is_at_fault():
    good, bad = parse_many("A #testing 1h\n\nB #testing 5mm", CATEGORIES)
    assert (good.number, good.fault) == (1, "")
    assert (bad.number, bad.task) == (3, None)
    assert "5mm" in bad.fault


def test_it_takes_the_length_of_a_day_from_the_site():
    assert parse("A #testing 2d", CATEGORIES, Decimal("7.5")).human_hours == 15


def test_a_category_is_refused_in_words_where_there_are_none():
    with pytest.raises(NotAQuickLine, match="there are none yet"):
        parse("A #testing 2d", {})


def test_a_text_over_its_limit_is_refused_with_both_numbers():
    with pytest.raises(NotAQuickLine, match="20,001 characters; at most 20,000"):
        parse("x" * (LONGEST_TEXT + 1), CATEGORIES)


@given(
    st.lists(st.sampled_from(["Fix", "v2", "64", "files:", "3.11", "#7", "a/b", "`x`", "(9%"]), min_size=1)
)
def test_digits_in_the_text_stay_text(words: list[str]):
    text = " ".join(words)
    task = parse(f"{text} #testing 480h 90m 5m", CATEGORIES)
    assert _cells(task) == [text if text != "`x`" else "`x`", "testing", "480h", "90m", "5m"]


@given(HOURS, MINUTES, MINUTES, st.integers(0, 3), st.sampled_from(sorted(CATEGORIES)))
def test_it_reads_back_what_it_is_made_of(
    hours: Decimal, agent: Decimal, supervision: Decimal, known: int, slug: str
):
    figures = [write_hours(hours), write_minutes(agent), write_minutes(supervision)][:known]
    task = parse(" ".join(["Parser: reads 64 files", f"#{slug}", *figures]), CATEGORIES)
    assert _cells(task) == ["Parser: reads 64 files", slug, *figures, *[""] * (3 - known)]


@given(st.text())
def test_any_line_is_either_a_task_or_refused_in_words(line: str):
    try:
        read = parse(line, CATEGORIES).name_and_text
    except NotAQuickLine as fault:
        read = str(fault)
    assert read.strip()


@given(st.lists(st.text(alphabet="aT#&0159.,:hmd -\t`", max_size=20), max_size=8))
def test_no_line_of_a_paste_is_lost(lines: list[str]):
    for line in parse_many("\n".join(lines), CATEGORIES):
        assert line.typed == lines[line.number - 1]
        assert (line.task is None) == bool(line.fault)


@pytest.mark.parametrize("line", [" " * 10**6, "#" * 10**5, "x #" + "a" * 10**5, "1h " * 10**5, "\t" * 10**5])
def test_hostile_lines_are_refused_at_once(line: str):
    before = time.perf_counter()
    with pytest.raises(NotAQuickLine):
        parse(line, CATEGORIES)
    assert time.perf_counter() - before < 0.5


def test_names_are_compared_without_case_accents_and_punctuation():
    assert key("Planning & Docs") == key("planning-docs") == "planning-docs"
    assert key("  Prüfung_2 ") == "prufung-2"


def test_the_instruction_shows_an_agent_a_line_that_can_be_read():
    text = instruction(list(CATEGORIES), "Claude")
    example = next(line for line in text.splitlines() if "8h 20m 5m" in line)
    assert _cells(parse(example, CATEGORIES))[1:] == ["full-stack-build", "8h", "20m", "5m"]
    assert "Claude" in text
    assert all(f"#{slug}" in text for slug in CATEGORIES)


def test_the_instruction_does_without_categories():
    example = next(line for line in instruction([], "Claude").splitlines() if "8h 20m 5m" in line)
    assert parse(example, {}).human_hours == 8
