"""Rows whose cells are glued together or stand between blanks: exact or refused, never a guess."""

import time
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.importers.day import ImportedDay, ImportedTask, Severity
from records.importers.known import Known
from tests.corpus_pages import rounded
from tests.importing import read_text

CLASSIC = ("#", "Task", "Human Est.", "Claude", "Sup.", "Factor", "Sup. Factor")
HEADERS = (
    CLASSIC,
    ("Task", "Human Est.", "Claude Time", "Leverage"),
    ("#", "Task", "Human Est.", "Claude", "Supv.", "LF", "SLF", "Tokens"),
    ("#", "Task", "Human Est.", "Weeks", "Claude", "LF", "SLF"),
    ("Task", "Claude", "Sup.", "Human Est.", "Sup. Factor", "Factor"),
    ("#", "Task", "Human Est.", "Claude", "Sup.", "Tokens", "Factor"),
)


def log(headers: tuple[str, ...] | str, *rows: str) -> ImportedDay:
    """The day of a page that is no more than a title and a log."""
    head = headers if isinstance(headers, str) else "".join(headers)
    return read_text("\n".join(["Leverage Record: April 12, 2026", "", head, *rows]), Known())


def texts(day: ImportedDay) -> list[str]:
    return [task.description for task in day.tasks]


def one(headers: tuple[str, ...] | str, row: str) -> ImportedTask:
    day = log(headers, row)
    assert not day.refused
    assert len(day.tasks) == 1
    return day.tasks[0]


@pytest.mark.parametrize(
    ("row", "text", "hours"),
    [
        ("1covering 2048 labs16h8m5m120.0x192.0x", "covering 2048 labs", "16"),
        ("1up to bay 80040h35m5m68.57x480.0x", "up to bay 800", "40"),
        ("1Move to v1.524h12m3m120.0x480.0x", "Move to v1.5", "24"),
        ("1Move to v1.21h10m5m6.0x12.0x", "Move to v1.2", "1"),
        ("1Coverage 61->6916h7m2m137.14x480.0x", "Coverage 61->69", "16"),
        ("1A dashboard, 2,481 LOC.160h20m2m480.0x4,800.0x", "A dashboard, 2,481 LOC.", "160"),
        ("1Sign-up and pricing0.5h2m2m15.0x15.0x", "Sign-up and pricing", "0.5"),
        ("1Sign-up, priced at .75h4m2m75.0x150.0x", "Sign-up, priced at .7", "5"),
        ("113 exporters40h35m5m68.57x480.0x", "13 exporters", "40"),
        ("12h watch16h8m5m120×192×", "2h watch", "16"),
        ("1Cut to 5m40h8.6m5m279.07x480.0x", "Cut to 5m", "40"),
        ("1From 1x to 3x1h 30m8m5m11.25x18.0x", "From 1x to 3x", "1.5"),
        ("1Chapter 11.5 hours5 min3 min18x30x", "Chapter 1", "1.5"),
        ("1Audit of 1,29716h8m5m120.0x192.0x", "Audit of 1,297", "16"),
        ("1At 9:300.25h1m1m15.0x15.0x", "At 9:30", "0.25"),
    ],
)
def test_the_printed_factors_decide_where_a_text_ends(row: str, text: str, hours: str):
    task = one(CLASSIC, row)
    assert (task.description, task.human_hours) == (text, Decimal(hours))


def test_a_figure_begins_with_a_digit_and_has_no_leading_zero():
    day = log(("#", "Task", "Human Est.", "Claude"), "1Bay 80040h35m")
    candidates = {candidate["human_hours"] for candidate in day.tasks[0].candidates}
    assert candidates == {"40h", "80040h"}


def test_a_row_without_any_factor_is_refused_with_all_it_can_be():
    day = log(("#", "Task", "Human Est.", "Claude"), "1Labs 116h8m")
    assert day.refused
    assert [candidate["human_hours"] for candidate in day.tasks[0].candidates] == ["6h", "16h", "116h"]
    assert "3 ways" in day.problems[0].reason


def test_a_row_without_any_factor_that_can_be_only_one_thing_is_taken():
    assert one(("#", "Task", "Human Est.", "Claude"), "1Labs6h8m").human_hours == 6


def test_a_row_whose_factors_follow_from_no_split_is_refused():
    day = log(CLASSIC, "1Labs 216h8m5m121.0x192.0x")
    assert [(problem.row, problem.severity) for problem in day.problems] == [(1, Severity.FAULT)]
    assert len(day.tasks[0].candidates) == 3
    assert day.tasks[0].raw == "1Labs 216h8m5m121.0x192.0x"


def test_a_row_that_two_splits_explain_is_refused():
    day = log(("#", "Task", "Human Est.", "Claude", "Factor"), "1Move to v1.01h14m4x")
    assert {candidate["description"] for candidate in day.tasks[0].candidates} == {
        "Move to v1.0",
        "Move to v",
    }


def test_the_decimals_that_a_page_prints_tell_apart_what_rounding_left_open():
    rows = ("1Oats7h9m2m46.67x210.0x", "2Rye3h7m9m25.71x20.0x", "3Spelt9h8m7m67.5x77.14x")
    day = log(CLASSIC, *rows, "4Move to v2.02h60m60m2.0x2.0x")
    assert not day.refused
    assert texts(day)[3] == "Move to v2.0"
    assert day.tasks[3].human_hours == 2


def test_weeks_tell_apart_what_the_factors_left_open():
    headers = ("#", "Task", "Human Est.", "Weeks", "Claude", "LF")
    assert one(headers, "1Move to v1.01h0.0250w14m4x").human_hours == 1


def test_rows_are_numbered_on_from_the_first():
    figures = "16h8m5m120.0x192.0x"
    day = log(CLASSIC, f"13 exporters{figures}", f"25 importers{figures}", f"33rd try{figures}")
    assert texts(day) == ["3 exporters", "5 importers", "3rd try"]
    day = log(CLASSIC, f"12Exporters{figures}", f"133 importers{figures}")
    assert texts(day) == ["Exporters", "3 importers"]


def test_numbers_in_any_order_are_told_from_each_other():
    figures = "16h8m5m120.0x192.0x"
    day = log(CLASSIC, f"220 wells{figures}", f"3Cores{figures}", f"12 maps{figures}")
    assert texts(day) == ["2 maps", "20 wells", "Cores"]


def test_numbers_that_cannot_be_told_refuse_their_rows():
    figures = "16h8m5m120.0x192.0x"
    day = log(CLASSIC, f"3Wells{figures}", f"12 cores{figures}", f"7Maps{figures}")
    assert [problem.row for problem in day.problems] == [2]
    assert {candidate["number"] for candidate in day.tasks[1].candidates} == {"1", "12"}


def test_unknown_supervision_leaves_its_cells_blank():
    assert one(CLASSIC, "1Labs 216h8m120.0x").supervisory_minutes is None
    assert one(CLASSIC, "1Labs 216h8m—120.0x—").supervisory_minutes is None
    assert one(CLASSIC, "1Labs 216h8m0m120.0x—").supervisory_minutes == 0


def test_tokens_may_be_blank_rounded_or_approximate():
    headers = (*CLASSIC, "Tokens")
    tokens = ("", "850k", "1.2M", "~595,000", "12,345")
    rows = [f"{n}Labs {n}16h8m5m120.0x192.0x{printed}" for n, printed in enumerate(tokens, start=1)]
    day = log(headers, *rows)
    assert [task.tokens for task in day.tasks] == [None, 850_000, 1_200_000, 595_000, 12_345]
    assert [task.tokens_source == "approximate" for task in day.tasks] == [False, True, True, True, False]


@pytest.mark.parametrize(
    "head",
    [
        "#TaskHuman Est.ClaudeSup.FactorSup. Factor",
        "#TASKHUMAN EST.CLAUDESUP.FACTORSUP. FACTOR",
        "#taskhuman est.claude timesupv.leverageslf",
        "#TaskHuman Est.Claude TimeSupv.LFSLF",
        "TaskHuman Est.ClaudeSup.LeverageSup. Factor",
    ],
)
def test_a_glued_line_of_headings_is_cut_in_any_spelling(head: str):
    number = "1" if head.startswith("#") else ""
    task = one(head, f"{number}Labs of 2016h8m5m120.0x192.0x")
    assert task.description == "Labs of 20"
    assert [task.human_hours, task.supervisory_minutes] == [16, 5]


def test_columns_may_stand_in_any_order():
    task = one("Sup. FactorFactor#TaskClaudeSup.Human Est.", "192.0x120.0x1Labs of 208m5m16h")
    assert task.description == "Labs of 20"
    assert [task.agent_minutes, task.human_hours] == [8, 16]


def test_between_blanks_a_factor_that_does_not_follow_is_a_doubt_and_no_refusal():
    day = log("# Task Human Est. Claude Sup. Factor", "1 Labs 2048 16h 8m 5m 99.0x")
    assert not day.refused
    assert (texts(day), [problem.severity for problem in day.problems]) == (["Labs 2048"], [Severity.DOUBT])


def test_between_blanks_units_may_stand_apart_or_be_missing():
    head = "# Task Human Est. Claude Sup. Leverage SLF"
    day = log(head, "1 Labs 2048 16 hours 8 min 5 min 120x 192x", "2 Labs 7 1.5h 5m 2m 18x 45x")
    assert [(task.description, task.human_hours) for task in day.tasks] == [
        ("Labs 2048", 16),
        ("Labs 7", Decimal("1.5")),
    ]
    day = log(head, "1 Labs 2048 16 8 5 120 192")
    assert texts(day) == ["Labs 2048"]
    assert day.tasks[0].human_hours == 16


def test_a_text_may_run_over_several_lines():
    day = log(CLASSIC, "1A long text", "goes on to 2016h8m5m120.0x192.0x", "2Next6h5m2m72.0x180.0x")
    assert texts(day) == ["A long text goes on to 20", "Next"]


def test_a_row_after_a_blank_line_is_not_lost():
    day = log(CLASSIC, "1One6h5m2m72.0x180.0x", "", "2Two without figures", "", "3Six6h5m2m72.0x180.0x")
    assert [(problem.row, problem.severity) for problem in day.problems] == [(2, Severity.FAULT)]
    assert len(day.tasks) == 3


def test_hostile_lines_end_soon():
    begun = time.process_time()
    for row in ("1" * 20_000, "1h1m" * 5_000, "1 " * 10_000, "1x" * 10_000, "x" * 500_000):
        for head in (f"{''.join(CLASSIC)}WeeksTokens", f"{' '.join(CLASSIC)} Weeks Tokens"):
            log(head, row)
    assert time.process_time() - begun < 5


# Whatever the rows are


@dataclass(frozen=True)
class Style:
    """How a page prints its figures."""

    headers: tuple[str, ...]
    hours: str
    minutes: str
    sign: str
    places: str


ENDINGS = (
    "",
    "",
    "1",
    "12",
    "800",
    " 2048",
    ".5",
    "v1.0",
    "1.",
    "->69",
    ",000",
    "h",
    "4h",
    "m",
    "5m",
    "x",
    "3x",
    "~",
)
styles = st.builds(
    Style,
    st.sampled_from(HEADERS),
    st.sampled_from(["{}h", "{} hours"]),
    st.sampled_from(["{}m", "{}min", "{} min"]),
    st.sampled_from("x×"),
    st.sampled_from(["cut", "0", "1", "2"]),
)
words = st.text("abhmxwk0123456789 .,->~()…“”&", min_size=1, max_size=20)
descriptions = st.builds(
    lambda start, end: " ".join(f"{start}{end}".split()), words, st.sampled_from(ENDINGS)
)
figures = st.tuples(
    descriptions.filter(lambda text: text and any(map(str.isalpha, text))),
    st.sampled_from(
        ["0.25", "0.5", "0.75", "1", "1.5", "2", "3", "4", "6", "8", "12", "16", "40", "65.0", "480"]
    ),
    st.sampled_from(["1", "2", "5", "8", "8.6", "14", "20", "35", "60", "90"]),
    st.integers(1, 40).map(str),
    st.sampled_from(["12,345", "850k", "1.2M", "~595,000", "777"]),
)
pages = st.lists(figures, min_size=1, max_size=6)


def printed(style: Style, number: int, row: tuple[str, str, str, str, str]) -> dict[str, str]:
    """The cells of a row by header, as a page of that style prints them."""
    text, hours, agent, supervision, tokens = row
    leverage = rounded(Fraction(hours) * 60 / Fraction(agent), style.places) + style.sign
    supervisory = rounded(Fraction(hours) * 60 / Fraction(supervision), style.places) + style.sign
    cells = {
        **dict.fromkeys(("LF", "Factor", "Leverage"), leverage),
        **dict.fromkeys(("SLF", "Sup. Factor"), supervisory),
        **dict.fromkeys(("Sup.", "Supv."), style.minutes.format(supervision)),
        **dict.fromkeys(("Claude", "Claude Time"), style.minutes.format(agent)),
        "#": str(number),
        "Task": text,
        "Human Est.": style.hours.format(hours),
        "Weeks": f"{Decimal(hours) / 40}w",
        "Tokens": tokens,
    }
    return {header: cells[header] for header in style.headers}


def wrongly_read(day: ImportedDay, rows: list[dict[str, str]]) -> list[tuple[ImportedTask, dict[str, str]]]:
    """The tasks that were neither refused nor read as they were printed."""
    assert len(day.tasks) == len(rows)
    pairs = zip(day.tasks, rows, strict=True)
    taken = [(task, row) for task, row in pairs if not task.candidates and task.cells]
    return [(task, row) for task, row in taken if sorted(task.cells.values()) != sorted(row.values())]


@given(styles, pages)
def test_whatever_is_glued_is_read_exactly_or_refused(
    style: Style, page: list[tuple[str, str, str, str, str]]
):
    rows = [printed(style, number, row) for number, row in enumerate(page, start=1)]
    day = log(style.headers, *("".join(row.values()) for row in rows))
    assert not wrongly_read(day, rows)


@settings(max_examples=40)
@given(styles, pages)
def test_whatever_stands_between_blanks_is_read_exactly_or_refused(
    style: Style, page: list[tuple[str, str, str, str, str]]
):
    rows = [printed(style, number, row) for number, row in enumerate(page, start=1)]
    day = log(" ".join(style.headers), *(" ".join(row.values()) for row in rows))
    assert not wrongly_read(day, rows)


@settings(max_examples=40)
@given(styles, pages)
def test_whatever_stands_between_tabs_is_read_exactly(
    style: Style, page: list[tuple[str, str, str, str, str]]
):
    rows = [printed(style, number, row) for number, row in enumerate(page, start=1)]
    day = log("\t".join(style.headers), *("\t".join(row.values()) for row in rows))
    assert not day.refused
    assert [list(task.cells.values()) for task in day.tasks] == [list(row.values()) for row in rows]
