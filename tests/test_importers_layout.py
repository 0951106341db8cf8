"""Which part of a copied page is what: the record comes along, the site around it does not."""

import pytest

from records.importers.day import ImportedDay, Severity
from records.importers.known import Known
from records.importers.tags import tags_in
from tests.importing import read_text

LOG = "#TaskHuman Est.ClaudeSup.FactorSup. Factor\n1Labs 2016h8m5m120.0x192.0x"
KNOWN = Known()
TITLE = "Leverage Record: April 12, 2026"
LEDE = "One task on a quiet day, and that one had 20 labs in it."
ANALYSIS = "Labs are quick, at 120.0x, once they are planned."


def page(*parts: str, known: Known = KNOWN, between: str = "\n\n") -> ImportedDay:
    return read_text(between.join(parts), known)


def whole(*before: str, after: tuple[str, ...] = (), known: Known = KNOWN) -> ImportedDay:
    """A page with a log, and what stands between its title and lede and after its analysis."""
    return page(TITLE, *before, LEDE, "Task Log", LOG, "Analysis", ANALYSIS, *after, known=known)


def prose(day: ImportedDay) -> tuple[str, str]:
    assert not [problem for problem in day.problems if problem.severity is not Severity.NOTE]
    assert [task.description for task in day.tasks] == ["Labs 20"]
    return day.lede, day.analysis


@pytest.mark.parametrize(
    "before",
    [
        ("AITime Record",),
        ("Home", "Archive", "About", "Search"),
        ("Posted on April 13, 2026", "4 min read"),
        ("By Ada Example", "Filed under: records"),
        ("About the author: I'm Ada, I have 40h a week and like them short.",),
        ("About the author", "I'm Ada, I have 40h a week and like them short."),
        ("About These Records\nThey count what was done in 8h days.",),
        ("About These Records", "They count what was done in 8h days."),
        ("One task on a quiet day, and that one…",),
        ("One task on a quiet day, and that one had… Read more",),
    ],
)
def test_what_stands_before_the_lede_stays_behind(before: tuple[str, ...]):
    assert prose(whole(*before)) == (LEDE, ANALYSIS)


@pytest.mark.parametrize(
    "after",
    [
        ("Let's Build Something!", "I help teams ship 40h a week.", "Currently taking on 2 of them."),
        ("Get in touch", "I answer within 24h."),
        ("Want to work together?", "Say so."),
        ("Related Records", "One task on a quiet day, and that one…", "Read more"),
        ("Previous: April 11, 2026", "Next: April 13, 2026"),
        ("© 2026 Ada Example. All rights reserved.", "Privacy", "16h8m5m120.0x192.0x"),
        ("Newsletter", "One mail a week, 5m to read.", "Subscribe"),
    ],
)
def test_what_stands_after_the_analysis_stays_behind(after: tuple[str, ...]):
    assert prose(whole(after=after)) == (LEDE, ANALYSIS)


@pytest.mark.parametrize(
    "heading",
    [
        "Share of the largest two",
        "Contact sheets",
        "Related work in 3 repositories",
        "Search, rewritten",
        "Outliers",
    ],
)
def test_headings_of_the_authors_own_come_along(heading: str):
    day = whole(after=(heading, "It took 40h by hand."))
    assert prose(day)[1] == f"{ANALYSIS}\n\n## {heading}\n\nIt took 40h by hand."


def test_a_copy_without_blank_lines_is_taken_apart_as_well():
    author = "About the author: I'm Ada Example, and I build clocks that go backwards on Sundays."
    lede = (
        "The first paragraph of a lede that is long enough to be one.",
        "And a second one, no shorter than that.",
    )
    day = page(
        *("Skip to main content", "Home", TITLE, "AITime Record", author, *lede),
        *("About These Records", "They count what was done.", "Task Log", LOG, "Aggregate Statistics"),
        *("Total tasks1", "Total Claude minutes8", "Analysis", ANALYSIS, "Let's Build Something!", "Do."),
        between="\n",
    )
    assert prose(day) == ("\n\n".join(lede), ANALYSIS)
    assert (day.tags, len(day.aggregates)) == (("AI", "Time Record"), 2)


def test_lines_with_numbers_in_them_are_paragraphs_and_no_list():
    lines = (
        "We mended 12 boats before the storm of the evening came over the harbour, and then two.",
        "There were 3 nets left.",
        "The dog ate 1 of the 20 labs that were laid out on the table of the harbour master's office.",
    )
    assert page(TITLE, "\n".join(lines), "Task Log", LOG).lede == "\n\n".join(lines)


def test_lines_broken_to_a_width_are_one_paragraph():
    lines = ("A lede whose lines were broken at some seventy characters or so, as",) * 2 + ("mail does it.",)
    day = page(TITLE, "\n".join(lines), LOG)
    assert day.lede == "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "tags", "left_out"),
    [
        ("AITime Record", ("AI", "Time Record"), ()),
        ("Time RecordAI", ("Time Record", "AI"), ()),
        ("AI · Time Record", ("AI", "Time Record"), ()),
        ("AIGardensTime Record", ("AI", "Gardens", "Time Record"), ()),
        ("AIKilnsTime Record", ("AI",), ("KilnsTime Record",)),
        ("Airships", (), ("Airships",)),
        ("Tags: AI, Kilns", ("AI", "Kilns"), ()),
    ],
)
def test_glued_tags_are_split_by_those_known(line: str, tags: tuple[str, ...], left_out: tuple[str, ...]):
    day = whole(line, known=Known(tags=("AI", "Time Record", "Gardens")))
    assert (day.tags, day.tags_left_out) == (tags, left_out)
    assert not day.refused
    assert [problem.value for problem in day.problems] == list(left_out)


def test_tags_that_fit_in_ever_more_ways_are_split_at_once():
    many = "A" * 120
    assert tags_in(f"{many}?", Known(tags=("A", "AA")))[1] == "?"


@pytest.mark.parametrize("between", ["", "\t", "  ", ": ", " "])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "heading", ["Aggregate", "Aggregate Stats", "Aggregate Statistics", "AGGREGATE STATISTICS"]
)
def test_printed_totals_are_found_however_they_are_set(between: str, apart: str, heading: str):
    totals = (
        ("Tasks completed", "1"),
        ("Human equivalent", "16 hours (~0.4 work weeks)"),
        ("Claude wall-clock", "8 minutes (~0.1 hours)"),
        ("Supervisory time", "5m"),
        ("Tokens consumed", "~1,495,000"),
        ("Weighted avg leverage factor", "120.0x"),
        ("Weighted avg supervisory leverage factor", "192.0x"),
    )
    lines = apart.join(f"{label}{between}{value}" for label, value in totals)
    day = page(TITLE, LEDE, LOG, heading, lines, "Analysis", ANALYSIS)
    assert prose(day) == (LEDE, ANALYSIS)
    assert [(total.label, total.value) for total in day.aggregates] == list(totals)
    assert (day.stated_tokens, all(total.key for total in day.aggregates)) == (1_495_000, True)


def test_printed_totals_may_be_a_list_or_stand_without_a_heading():
    totals = (
        "Total tasks: 1",
        "Human-equivalent hours: 16h (2 working days)",
        "Claude wall-clock time: 8m (0.1h)",
    )
    assert len(page(TITLE, LEDE, LOG, "\n".join(totals), "Analysis", ANALYSIS).aggregates) == 3
    marked = "\n".join(f"• {total}" for total in totals)
    assert len(page(TITLE, LEDE, LOG, "Aggregate", marked, "Analysis", ANALYSIS).aggregates) == 3


def test_totals_may_stand_before_the_log():
    day = page(
        TITLE, LEDE, "The Numbers", "Total tasks1\nClaude wall-clock8m", "Task Log", LOG, "Analysis", ANALYSIS
    )
    assert prose(day) == (LEDE, ANALYSIS)
    assert [total.key for total in day.aggregates] == ["tasks", "agent_minutes"]


def test_a_row_of_totals_below_the_log_is_no_task():
    lines = ("Task\tHuman Est.\tClaude", "Kiln\t16h\t8m", "Oven\t4h\t8m", "Total\t20h\t16m")
    day = page(TITLE, LEDE, "\n".join(lines))
    assert len(day.tasks) == 2
    assert [total.key for total in day.aggregates] == ["human_hours", "agent_minutes"]


def test_totals_right_below_the_rows_are_no_rows():
    log = "#\tTask\tHuman Est.\tClaude\n1\tKiln\t16h\t8m\nTotal tasks\t1\nTotal Claude minutes\t8"
    day = page(TITLE, LEDE, log)
    assert len(day.tasks) == 1
    assert [total.key for total in day.aggregates] == ["tasks", "agent_minutes"]


@pytest.mark.parametrize("between", ["", " ", "\t"])
def test_a_log_in_two_tables_is_one_log(between: str):
    head = between.join(("#", "Task", "Human Est.", "Claude", "Sup.", "Factor"))
    first = between.join(("1", "Kiln", "16h", "8m", "5m", "120.0x"))
    second = between.join(("2", "Oven", "6h", "5m", "2m", "72.0x"))
    day = page(
        TITLE, LEDE, "Morning", f"{head}\n{first}", "Afternoon", f"{head}\n{second}", "Analysis", ANALYSIS
    )
    assert [task.description for task in day.tasks] == ["Kiln", "Oven"]
    assert not day.refused


def test_prose_full_of_figures_is_no_row():
    full = "2 labs took 16h8m5m120.0x192.0x and 3 more 40h20m2m1,200.0x1,200.0x."
    day = page(
        TITLE, full, "Task Log", LOG, "2 tasks are planned: 16h8m5m120.0x192.0x is a guess.", "Analysis", full
    )
    assert len(day.tasks) == 1
    assert (day.lede, full in day.analysis) == (full, True)


def test_a_title_in_the_authors_own_words_is_kept():
    assert page("Home", "Labs: April 12, 2026", LEDE, LOG).title == "Labs: April 12, 2026"
    assert page("Home / Leverage Record: April 12, 2026", TITLE, LEDE, LOG).title == ""


def test_marks_in_copied_prose_stay_what_they_are():
    day = page(TITLE, "The * of the day <T> is v1.5 & 61->69, a_b_c, “5 * 4 * 3” and `x`.", LOG)
    assert "v1.5 & 61->69, a_b_c" in day.lede
    assert r"\`x\`" in day.lede
