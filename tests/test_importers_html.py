"""Pages in HTML come in with their log, their totals, their prose as Markdown, their tags and their date."""

from datetime import date
from time import perf_counter

import pytest

from records.importers.formats import CannotRead
from tests.incoming import (
    BOATS,
    HEAD,
    WIKI,
    doubts,
    faults,
    figures,
    html_page,
    html_table,
    notes,
    one,
    texts,
)


def test_it_reads_the_rows_of_the_log_and_their_figures():
    day = one(html_page())
    assert (day.form, day.date) == ("html", date(2026, 4, 12))
    assert texts(day) == ["Wiki of the choir", "Boats renamed"]
    assert figures(day) == [(16, 8, 5), (8, 8, 5)]
    assert day.headers == HEAD
    assert not day.problems


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Search &amp; <b>pricing</b>", "Search & pricing"),
        ("Run <code>make all</code> <em>twice</em>", "Run `make all` twice"),
        ("<p>One</p><p>two</p>", "One two"),
        ("One<br>two", "One two"),
        ('See <a href="/x">the wiki</a>', "See the wiki"),
        ("Coverage 61-&gt;69 &rarr; &ldquo;done&rdquo;&hellip;", "Coverage 61->69 → “done”…"),
        ('<span class="sr-only">Task: </span>Wiki', "Wiki"),
        ('<img src="x.png" alt="Chart"> of sales', "Chart of sales"),
        ("2 * 3 and snake_case, [27 files], 1.", "2 * 3 and snake_case, [27 files], 1."),
        ("Wiki<script>1Row16h8m5m</script>", "Wiki"),
    ],
)
def test_a_cell_is_the_plain_text_it_shows_with_backticks_around_code(cell, text):
    assert texts(one(html_page(table=html_table(rows=[("1", cell, *WIKI[2:])])))) == [text]


def test_it_needs_no_head_of_the_table_no_ends_of_cells_and_no_order_of_columns():
    table = (
        "<table><tr><td>Claude Time<td>Task<td>Human Est.<td>SLF<td>Supv."
        "<tr><td>8 min<td>Wiki<td>16 hours<td>192x<td>5m</table>"
    )
    day = one(html_page(table=table))
    assert texts(day) == ["Wiki"]
    assert figures(day) == [(16, 8, 5)]


def test_a_title_row_over_the_head_and_headings_between_rows_are_no_tasks():
    table = html_table().replace("<tr>", '<tr><th colspan="7">All tasks</th></tr><tr>', 1)
    table = table.replace("<tr><td>2", '<tr><td colspan="7">Afternoon</td></tr><tr><td>2')
    assert texts(one(html_page(table=table))) == ["Wiki of the choir", "Boats renamed"]


def test_a_cell_that_reaches_over_two_rows_counts_in_both():
    table = html_table().replace("<td>16h</td>", '<td rowspan="2">16h</td>').replace("<td>8h</td>", "")
    day = one(html_page(table=table))
    assert figures(day) == [(16, 8, 5), (16, 8, 5)]
    assert len(doubts(day)) == 2  # 60.0x and 96.0x do not follow from 16 h


def test_a_row_with_more_cells_than_the_head_is_refused_in_words():
    day = one(html_page(table=html_table(rows=[(*WIKI, "one more")])))
    assert faults(day) == ["The row has 8 cells, the line of headings 7."]
    assert day.refused


def test_rows_come_in_the_order_of_their_numbers():
    assert texts(one(html_page(table=html_table(rows=[BOATS, WIKI])))) == [
        "Wiki of the choir",
        "Boats renamed",
    ]


def test_a_row_of_totals_is_a_total_and_no_task():
    rows = [WIKI, BOATS, ("", "Total", "24h", "16m", "10m", "90.0x", "144.0x")]
    day = one(html_page(table=html_table(rows=rows)))
    assert len(day.tasks) == 2
    assert day.stated["human_hours"] == "24h"


@pytest.mark.parametrize(
    "totals",
    [
        "<table><tr><th>Metric</th><th>Value</th></tr><tr><td>Total tasks</td><td>2</td></tr>"
        "<tr><td>Human equivalent</td><td>24 hours (~0.6 work weeks)</td></tr></table>",
        "<ul><li><b>Total tasks:</b> 2</li><li>Human equivalent: 24 hours (~0.6 work weeks)</li></ul>",
        "<dl><dt>Total tasks</dt><dd>2</dd><dt>Human equivalent</dt><dd>24 hours (~0.6 work weeks)</dd></dl>",
        "<p>Total tasks: 2<br>Human equivalent: 24 hours (~0.6 work weeks)</p>",
        "<div class=stat><div>2</div><div>Total tasks</div></div>"
        "<div class=stat><div>Human equivalent</div><div>24 hours (~0.6 work weeks)</div></div>",
    ],
)
def test_totals_are_found_however_they_are_set(totals):
    day = one(html_page(after=f"<h2>Aggregate Stats</h2>{totals}<h2>Analysis</h2><p>Done.</p>"))
    assert day.stated == {"tasks": "2", "human_hours": "24 hours (~0.6 work weeks)"}
    assert (day.analysis, day.problems) == ("Done.", ())


def test_prose_becomes_markdown_that_reads_the_same():
    after = """<h2>Analysis</h2>
      <p>A <strong>bold</strong> <em> claim </em>, <a href="https://a.example/x (y)">sourced</a>,
      in <code>a_b</code>.<br>
      New line with 2 * 3 and a * star*.</p>
      <h3>By <code>kind</code></h3>
      <p>1. is no list, # no heading.</p>
      <ul><li>one<ul><li>nested</li></ul></li><li>two</li></ul>
      <ol><li>first</li></ol>
      <blockquote><p>Quoted.</p></blockquote>
      <pre><code>x | y
  z</code></pre>
      <table><tr><th>Kind</th><th>Sum</th></tr><tr><td>a|b</td><td>2</td></tr></table>
      <p><img src="chart.png"></p><p><a href="javascript:alert(1)">text alone</a></p>"""
    assert one(html_page(after=after)).analysis == "\n\n".join(
        [
            "A **bold** *claim* , [sourced](https://a.example/x%20%28y%29), in `a_b`.\\\n"
            "New line with 2 * 3 and a * star\\*.",
            "### By `kind`",
            "1\\. is no list, # no heading.",
            "- one\n  - nested\n- two",
            "1. first",
            "> Quoted.",
            "```\nx | y\n  z\n```",
            "| Kind | Sum |\n| --- | --- |\n| a\\|b | 2 |",
            "text alone",
        ]
    )


def test_two_line_breaks_part_paragraphs_and_a_bold_line_is_a_heading():
    after = "<b>Analysis</b><br><br>First.<br><br>Second,<br>in two lines."
    assert one(html_page(after=after)).analysis == "First.\n\nSecond,\\\nin two lines."


def test_what_belongs_to_the_site_stays_outside():
    before = """<nav>Home</nav><div class="byline">By Ada, 5 min</div>
      <aside><p>About the author: I am Ada.</p></aside>
      <p>Nine boats, all told, and a choir…</p><p>Nine boats, all told, and a choir that sang.</p>"""
    after = """<h2>Analysis</h2><p>Done.</p><div class="share-buttons"><p>Share this with 3 friends</p></div>
      <section class="cta"><h2>Let's Build Something!</h2><p>I help people.</p></section>
      <footer><p>© 2026 Ada</p></footer><script>var rows = "3 Row 16h 8m 5m";</script><style>p {}</style>"""
    day = one(html_page(before=before, after=after))
    assert day.lede == "Nine boats, all told, and a choir that sang."
    assert day.analysis == "Done."


def test_prose_full_of_numbers_and_units_is_no_row():
    before = "<p>Wiki 16h 8m 5m 120.0x 192.0x</p><p>2Boats8h8m5m60.0x96.0x</p>"
    after = "<h2>Analysis</h2><p>3 Boats 8h 8m 5m 60.0x 96.0x</p><ul><li>Wiki: 480h 90m 5m</li></ul>"
    day = one(html_page(before=before, after=after))
    assert len(day.tasks) == 2
    assert day.lede.count("\n\n") == 1
    assert day.analysis == "3 Boats 8h 8m 5m 60.0x 96.0x\n\n- Wiki: 480h 90m 5m"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ('<p class="post-tags"><a rel="tag" href="/ai">AI</a><a rel="tag">Ships</a></p>', ("AI", "Ships")),
        ('<ul class="tags"><li>#Ships</li><li>AI</li></ul>', ("Ships", "AI")),
        ('<p class="tags">Tags: Ships, Time Record</p>', ("Ships", "Time Record")),
        ('<div class="tags">AITime Record</div>', ("AI", "Time Record")),
        ("<p>Tagged: Ships · AI</p>", ("Ships", "AI")),
    ],
)  # fmt: skip
def test_tags_are_found_where_blogs_have_them(tags, expected):
    day = one(html_page(before=f"{tags}<p>The lede, of some length.</p>"))
    assert day.tags == expected
    assert day.lede == "The lede, of some length."


def test_tags_told_to_other_sites_count_and_tag_clouds_do_not():
    head = '<meta property="article:tag" content="Ships">'
    before = '<aside><a rel="tag">Elsewhere</a></aside>'
    assert one(html_page(head=head, before=before)).tags == ("Ships",)


def test_glued_tags_that_nobody_knows_are_left_out_and_named():
    day = one(html_page(before='<div class="tags">AIShips</div>'))
    assert (day.tags, day.tags_left_out) == (("AI",), ("Ships",))
    assert len(notes(day)) == 1
    assert not day.refused


def test_the_canonical_address_gives_the_path_and_has_to_agree_on_the_date():
    link = '<link rel="canonical" href="https://a.example/posts/2026/2026-04-{}-leverage-record.html">'
    assert one(html_page(head=link.format(12))).path == "/posts/2026/2026-04-12-leverage-record.html"
    refused = one(html_page(head=link.format(13)))
    (reason,) = faults(refused)
    assert "April 12, 2026" in reason
    assert "2026-04-13" in reason
    assert one(html_page(head=link.format(13)), day=date(2026, 4, 13)).date == date(2026, 4, 13)


def test_when_a_page_was_published_is_not_when_the_work_was_done():
    head = '<meta property="article:published_time" content="2026-04-14T08:00:00Z">'
    assert one(html_page(head=head, before='<time datetime="2026-04-14">April 14</time>')).date == date(
        2026, 4, 12
    )


def test_a_table_alone_is_read_when_the_date_is_given():
    assert texts(one(html_table(), day=date(2026, 4, 12))) == ["Wiki of the choir", "Boats renamed"]
    rows_alone = html_table().removeprefix("<table>").removesuffix("</table>")
    assert len(one(rows_alone, day=date(2026, 4, 12)).tasks) == 2


def test_a_page_laid_out_by_tables_is_read_all_the_same():
    page = html_page(before="<p>The lede, long enough.</p>").replace(
        "<main>", "<main><table><tr><td>Menu<td>"
    )
    day = one(page.replace("</main>", "</table></main>"))
    assert (len(day.tasks), day.lede) == (2, "The lede, long enough.")


def test_a_page_without_a_table_is_refused_in_words():
    with pytest.raises(CannotRead, match="no table in this page"):
        one("<html><body><p>Wiki 16h 8m 5m</p></body></html>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<li><ul>" * 50_000,
        "".join(f"<b id={number}><p>" for number in range(20_000)),
        "<font color=%s>" * 500 + "<p>x" * 20_000,
        f"<p>{'*' * 100_000}{'[[' * 50_000}{'&amp;' * 50_000}</p>",
        '<td rowspan="9999" colspan="9999">x' * 500,
        f"<div class=tag>{'<a rel=tag>x</a>' * 5_000}</div>",
        "<!--" * 50_000,
    ],
)
def test_a_hostile_page_neither_hangs_nor_breaks_the_reader(hostile):
    started = perf_counter()
    try:
        one(f"<html>{html_table()}{hostile}", day=date(2026, 4, 12))
    except CannotRead as refusal:
        assert "Save the article alone" in str(refusal)  # noqa: PT017 # reading it is as good
    assert perf_counter() - started < 5


WORDPRESS = """<!DOCTYPE html><html><head><title>April 12, 2026 &#8211; Leverage Record</title>
<meta property="og:url" content="https://x.example/2026/04/12/leverage-record/">
<script type="application/ld+json">{{"datePublished": "2026-04-13"}}</script></head>
<body class="tag-ai single">
<header class="site-header"><h1 class="site-title">My Site</h1><p>Since 2019</p></header>
<main><article class="post author-ada category-records tag-ai hentry"><header class="entry-header">
<h1 class="entry-title">Leverage Record: April 12, 2026</h1>
<div class="entry-meta"><span>Posted on April 13, 2026</span><span class="byline"> by Ada</span></div>
</header><div class="entry-content"><p>The lede, with 12 hours in it.</p>
<div class="wp-block-group"><h3>About These Records</h3><p>They capture work.</p><p>More of that.</p></div>
<h2 class="wp-block-heading">Task Log</h2>
<figure class="wp-block-table">{table}<figcaption>The log</figcaption></figure>
<h2>Analysis</h2><p>One.</p><p>Two.</p>
<div class="cta-box"><h3>Let&#8217;s Build Something!</h3><p>I help.</p></div></div>
<footer class="entry-footer"><a rel="category tag">Records</a>
Tagged <a rel="tag">AI</a>, <a rel="tag">Time Record</a></footer></article>
<nav class="post-navigation">Previous</nav><div id="comments"><p>Great 16h 5m!</p></div></main>
<aside><h2>Recent Posts</h2></aside><footer>Proudly powered by WordPress</footer></body></html>"""


def test_a_page_of_a_common_blog_engine_comes_in_whole_and_alone():
    day = one(WORDPRESS.format(table=html_table()))
    assert (day.date, day.title, day.path) == (date(2026, 4, 12), "", "/2026/04/12/leverage-record/")
    assert day.tags == ("AI", "Time Record")
    assert (day.lede, day.analysis) == ("The lede, with 12 hours in it.", "One.\n\nTwo.")
    assert (len(day.tasks), day.problems) == (2, ())
