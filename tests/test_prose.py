"""Markdown and plain text become HTML that is safe, fits the page and is made in linear time."""

import json
import time
from typing import Any

import pytest

from records import prose
from records.prose import Figure
from tests.pages import text_of


@pytest.mark.parametrize("top", ["#", "##", "###"])
def test_it_starts_headings_below_those_of_the_page_and_skips_no_level(top):
    assert prose.render(f"{top} One\n\n{top}# Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_headings_of_a_lede_follow_the_title_of_the_page_at_once():
    assert prose.render("# One\n\n## Two", part="lede") == "<h2>One</h2>\n<h3>Two</h3>\n"


def test_it_ends_headings_at_the_lowest_there_is():
    assert prose.render("# One\n\n###### Six") == "<h3>One</h3>\n<h6>Six</h6>\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='x' style='color:red'>a</a>",
        "![a](https://example.org/pixel.gif)",
        '| a |\n|:-:|\n| <b style="x"> |',
    ],
)
def test_it_lets_no_markup_of_the_author_through(hostile):
    html = prose.render(hostile)
    for dangerous in ("<script", "<img", 'href="javascript', 'href="data', "<b ", 'style="'):
        assert dangerous not in html


def test_it_aligns_cells_by_class_and_never_by_style():
    html = prose.render("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<td class="align-left">1</td>\n<td class="align-right">2</td>' in html
    assert "style=" not in html


def test_it_keeps_footnotes_of_two_places_apart():
    text = "Said[^1].\n\n[^1]: By whom."
    assert 'id="fn-lede-1"' in prose.render(text, part="lede")
    assert 'href="#fn-analysis-1"' in prose.render(text, part="analysis")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"quoted"', "“quoted”"),
        ("it's the agent's", "it’s the agent’s"),
        ("\"a 'b' c\"", "“a ‘b’ c”"),
        ('("in brackets")', "(“in brackets”)"),
        ('*"leaning"*', "<em>“leaning”</em>"),
        ('"*leaning*"', "“<em>leaning</em>”"),
        ('`"code"`', '<code>"code"</code>'),
    ],
)
def test_it_curls_quotes_outside_code(typed, shown):
    assert prose.render(typed) == f"<p>{shown}</p>\n"


def test_it_does_not_turn_words_into_links():
    assert "<a" not in prose.render("See example.org and www.example.org")


@pytest.mark.parametrize(
    "unit", ["\"' ", "[", "^[", "![", "> ", "*a **b ", "|a", "<http://a", "[a](<b", "`` ` "]
)
def test_it_renders_hostile_text_of_full_length_without_delay(unit):
    text = (unit * prose.LONGEST)[: prose.LONGEST]
    started = time.process_time()
    prose.render(text)
    assert time.process_time() - started < 5


def test_it_renders_no_more_than_the_longest_text():
    assert len(prose.render("a" * (prose.LONGEST + 10))) == len(f"<p>{'a' * prose.LONGEST}</p>\n")


def test_plain_text_knows_code_and_nothing_else():
    html = prose.inline("`a < b` & *c* <i>d</i>")
    assert html == "<code>a &lt; b</code> &amp; *c* &lt;i&gt;d&lt;/i&gt;"


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (800, 4)])
def test_reading_time_is_rounded_up_to_whole_minutes(words, minutes):
    assert prose.reading_minutes("word " * words, "") == minutes


# Figures and links to tasks ---------------------------------------------------------------------------------

FIGURES = {
    "hours": Figure("1,222.75", "Human hours of 37 tasks", "#statistics"),
    "tasks": Figure("37", "Counted: 37 tasks", "#statistics", count=37),
    "top.1.name": Figure("Wiki <b>`x`</b>", "Task 2", is_number=False),
    "supervisory_factor": Figure.none("Supervision is not known."),
}


def shown(typed: str, **options: Any) -> str:
    return prose.render(typed, FIGURES, **options).removeprefix("<p>").removesuffix("</p>\n")


def test_a_figure_says_what_it_is_and_leads_to_what_it_is_made_from():
    assert shown("{{ hours }}") == (
        '<a class="figure" href="#statistics" title="Human hours of 37 tasks" rel="noopener noreferrer">'
        '<data value="1222.75">1,222.75</data></a>'
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("{{tasks}} {{ tasks|words }}", "37 thirty-seven"),
        ("{{ tasks | Words }}", "Thirty-seven"),
        ('"{{ tasks }}"', "“37”"),
        ("**{{ tasks }}**", "37"),
        ("{{ supervisory_factor }} {{ no.such }}", "— —"),
        ("`{{ tasks }}`", "{{ tasks }}"),
        ("\\{{ tasks }}", "{{ tasks }}"),
        ("{{ tasks\n}} {tasks} {{}}", "{{ tasks }} {tasks} {{}}"),
        ("| a |\n|---|\n| {{ tasks\\|words }} |", "a thirty-seven"),
    ],
)
def test_figures_are_looked_up_outside_code(typed, read):
    assert text_of(shown(typed)) == read


def test_a_name_from_the_record_is_plain_text():
    assert "Wiki &lt;b&gt;<code>x</code>&lt;/b&gt;" in shown("{{ top.1.name }}")


def test_a_figure_within_a_link_is_no_second_link():
    html = shown("[all {{ hours }}](https://example.org)")
    assert html.count("<a ") == 1
    assert '<data class="figure" value="1222.75" title="Human hours of 37 tasks">' in html


def test_without_figures_braces_are_text():
    assert prose.render("{{ hours }}") == "<p>{{ hours }}</p>\n"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("[the wiki](task:2)", '<a href="/tasks/812/" rel="noopener noreferrer">the wiki</a>'),
        (
            "[the *wiki*][w]\n\n[w]: task:id812",
            '<a href="/tasks/812/" rel="noopener noreferrer">the <em>wiki</em></a>',
        ),
        ("[gone](task:9)", "gone"),
        ("[odd](task:../admin)", "odd"),
        ("<task:9>", "task:9"),
    ],
)  # fmt: skip
def test_links_lead_to_tasks_that_are_there(typed, html):
    addresses = {"2": "/tasks/812/", "id812": "/tasks/812/"}
    assert shown(typed, link=lambda key: addresses.get(key, "")) == html


def test_tasks_are_named_anew_wherever_a_text_refers_to_them():
    typed = "{{ task.8.factor }} {{share.task.8.hours}} {{ task.88.name }} [x](task:8) [y]: task:8 task.8"
    kept = prose.renamed(typed, {"8": "id812"})
    assert kept == (
        "{{ task.id812.factor }} {{share.task.id812.hours}} {{ task.88.name }} "
        "[x](task:id812) [y]: task:id812 task.8"
    )
    assert prose.renamed(kept, {"id812": "8"}) == typed


@pytest.mark.parametrize(
    "name",
    [
        "larges.1.hours", "largest.2-1.hours", "top.0.factor", "top.factor", "share.hours", "change.date",
        "hours.real", "__class__", "tasks.__class__", "", "a" * 5_000, "share.previous.hours", "previous",
    ],
)  # fmt: skip
def test_what_is_not_in_the_vocabulary_is_no_name(name):
    with pytest.raises(prose.NotAName):
        prose.parse(name)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("hourz", "hours"),
        ("larges.2.hours", "largest.2.hours"),
        ("share.largest.1-2.hour", "share.largest.1-2.hours"),
        ("task.12.name_", "task.12.name"),
        ("category.test.factor", "category.testing.factor"),
    ],
)
def test_the_nearest_names_are_found_with_the_numbers_typed(typed, nearest):
    assert prose.neighbours(typed, ["testing", "frontend"])[0] == nearest


@pytest.mark.parametrize("unit", ["{{", "{{ a ", "{{ hours }}", "[{{ hours }}](task:1) ", "{{a}", "](task:1"])
def test_figures_in_hostile_text_of_full_length_cost_no_delay(unit):
    text = (unit * prose.LONGEST)[: prose.LONGEST]
    started = time.process_time()
    prose.render(text, FIGURES, lambda key: "/tasks/1/")
    prose.renamed(text, {})
    prose.marks_in(text)
    prose.task_links_in(text)
    assert time.process_time() - started < 5


def test_a_figure_is_read_as_one_word():
    assert prose.words_in("a {{ without.largest.1-2.factor }} b") == 3


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("#log", "https://r.example.org/records/2026-04-12/#log"),
        ("../2026-04-11/?a=1&b=2", "https://r.example.org/records/2026-04-11/?a=1&amp;b=2"),
        ("/tasks/", "https://r.example.org/tasks/"),
        ("https://example.com/", "https://example.com/"),
        ("//[::g]/", "https://r.example.org/records/2026-04-12/"),
    ],
)
def test_links_are_made_absolute_and_one_that_leads_nowhere_leads_to_the_page(link, leads_to):
    html = prose.absolute(
        prose.render(f'[it]({link} "a > b") href="#log"'), "https://r.example.org/records/2026-04-12/"
    )
    assert f'href="{leads_to}"' in html
    assert "href=”#log”" in html


def test_data_cannot_end_the_script_element_it_stands_in():
    value = {"a": "</script><!-- & \u2028"}
    written = prose.as_data(value)
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == value
