"""Markdown and plain text become HTML that is safe, fits the page and is made in linear time."""

import json
import time

import pytest

from records import prose


@pytest.mark.parametrize("top", ["#", "##", "###"])
def test_it_starts_headings_below_those_of_the_page_and_skips_no_level(top):
    assert prose.render(f"{top} One\n\n{top}# Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_headings_of_a_lede_follow_the_title_of_the_page_at_once():
    assert prose.render("# One\n\n## Two", "lede") == "<h2>One</h2>\n<h3>Two</h3>\n"


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
    assert 'id="fn-lede-1"' in prose.render(text, "lede")
    assert 'href="#fn-analysis-1"' in prose.render(text, "analysis")


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
