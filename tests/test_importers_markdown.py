"""Pages in Markdown come in with or without front matter; their prose stays as its author wrote it."""

from datetime import date

import pytest

from records.importers.formats import CannotRead
from tests.incoming import BOATS, TITLE, WIKI, faults, figures, one, pipes, texts

YAML = f'---\ntitle: "{TITLE}"\ndate: 2026-04-12T08:00:00-05:00\ntags: [AI, "Time Record"]\n---\n'
TOML = f"+++\ntitle = '{TITLE}'\ndate = 2026-04-12\ntags = [\"AI\", 'Time Record']\n+++\n"
LISTED = f"---\ntitle: {TITLE}\ndraft: false\ntags:\n  - AI\n  - Time Record\npermalink: /posts/a.html\n---\n"


@pytest.mark.parametrize("front", [YAML, TOML, LISTED])
def test_front_matter_gives_title_date_and_tags(front):
    day = one(f"{front}\n## Task Log\n\n{pipes()}\n")
    assert (day.form, day.date, day.title) == ("markdown", date(2026, 4, 12), "")
    assert day.tags == ("AI", "Time Record")
    assert figures(day) == [(16, 8, 5), (8, 8, 5)]
    assert day.path == ("/posts/a.html" if front == LISTED else "")


def test_without_front_matter_the_first_heading_is_the_title():
    for title in (f"# {TITLE}: boats", f"{TITLE}: boats\n==="):
        day = one(f"{title}\n\nThe lede.\n\n{pipes()}\n")
        assert (day.date, day.title, day.lede) == (date(2026, 4, 12), f"{TITLE}: boats", "The lede.")


def test_front_matter_that_disagrees_with_the_title_is_named():
    (reason,) = faults(one(YAML.replace("2026-04-12T", "2026-04-13T") + pipes()))
    assert "the title says “April 12, 2026”" in reason
    assert "the front matter says “2026-04-13”" in reason


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("**Wiki** of *the* [choir](http://a.example)", "Wiki of the choir"),
        (r"a\|b and `c\|d`", "a|b and `c|d`"),
        ("snake_case, *.py and *.js, 2 * 3", "snake_case, *.py and *.js, 2 * 3"),
        ("`make all` &amp; more &rarr; 61->69", "`make all` & more → 61->69"),
        ("Vec<T> to Map<K, V><br>and back", "Vec<T> to Map<K, V> and back"),
        ("~~old~~ <b>new</b> ![chart](x.png)", "old new chart"),
        (r"\*not bold\*, [27 files]", "*not bold*, [27 files]"),
    ],
)
def test_a_cell_is_the_plain_text_it_shows(cell, text):
    assert texts(one(f"# {TITLE}\n\n{pipes(rows=[('1', cell, *WIKI[2:])])}")) == [text]


def test_pipes_at_the_ends_and_the_line_below_the_head_may_be_missing():
    table = "\n".join(line.strip("| ") for line in pipes().split("\n"))
    assert figures(one(f"# {TITLE}\n\n{table}")) == [(16, 8, 5), (8, 8, 5)]
    without_line = pipes().replace("| --- | --- | --- | --- | --- | --- | --- |\n", "")
    assert figures(one(f"# {TITLE}\n\n{without_line}")) == [(16, 8, 5), (8, 8, 5)]


def test_a_pipe_too_many_is_refused_with_the_way_to_write_it():
    day = one(f"# {TITLE}\n\n{pipes(rows=[('1', 'a|b', *WIKI[2:]), BOATS])}")
    assert faults(day) == ["The row has 8 cells, the line of headings 7. Write \\| for a pipe in a text."]
    assert day.problems[0].line == 5


def test_prose_stays_as_its_author_wrote_it():
    prose = (
        "Some *odd*   spacing,  \nand a break.\n\n* a star list\n* with [links](http://a.example)\n\n"
        "### A **bold** heading\n\n> quoted\n\n```\n| # | Task | Human Est. | Claude |\n|---|---|---|---|\n"
        "| 3 | No row | 1h | 5m |\n```\n\n| a | b |\n|---|---|\n| 1 | `2` |"
    )
    day = one(f"# {TITLE}\n\n{pipes()}\n\n## Analysis\n\n{prose}\n\n## Let's Build Something!\n\nI help.\n")
    assert day.analysis == prose
    assert len(day.tasks) == 2


def test_scripts_and_comments_are_no_prose_and_no_rows():
    script = "<script>\n| 3 | No row | 1h | 5m | 1m | 12.0x | 60.0x |\n</script>\n\n<!-- a\nnote -->\n"
    day = one(f"# {TITLE}\n\n{script}\n{pipes()}\n\n{script}\nDone.\n")
    assert (len(day.tasks), day.lede, day.analysis) == (2, "", "Done.")


@pytest.mark.parametrize(
    "totals",
    [
        "| Metric | Value |\n|---|---|\n| Total tasks | 2 |\n| Total tokens | ~1,495,000 |",
        "- **Total tasks:** 2\n- **Total tokens:** ~1,495,000",
        "**Total tasks**: 2  \n**Total tokens**: ~1,495,000",
        "Total tasks: 2\nTotal tokens: ~1,495,000",
    ],
)
def test_totals_are_found_however_they_are_set(totals):
    day = one(f"# {TITLE}\n\n{pipes()}\n\n## Aggregate\n\n{totals}\n\n## Analysis\n\nDone.")
    assert day.stated == {"tasks": "2", "tokens": "~1,495,000"}
    assert (day.stated_tokens, day.analysis) == (1_495_000, "Done.")


def test_a_rule_is_no_front_matter():
    day = one(f"---\n\n# {TITLE}\n\n---\n\nThe lede.\n\n{pipes()}")
    assert (day.lede, len(day.tasks)) == ("The lede.", 2)


def test_a_page_without_a_table_is_refused_in_words():
    with pytest.raises(CannotRead, match="no table in this page"):
        one("# April 12, 2026\n\nWiki 16h 8m 5m\n", form="markdown")
