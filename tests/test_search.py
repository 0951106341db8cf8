"""Searching days and tasks: what is found, in which order, and what is said of the rest."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from records import publishing
from records.management.demo_data import load_demo
from records.models import Day
from records.search import MOST, Results
from tests.factories import APRIL_12, LONG_AGO, category, day, draft, task
from tests.pages import RECORD, html_of, page_text

pytestmark = pytest.mark.django_db
SEARCHES = json.loads((Path(__file__).parent / "data" / "searches.json").read_text(encoding="utf-8"))


def found(text: str, most: int = MOST) -> list[str]:
    """What is found, in order: a day by its date, a task by its day and its name."""
    rows = [each.row for each in Results(text).page(0, most)]
    return [
        row.date.isoformat() if isinstance(row, Day) else f"{row.day_id.isoformat()} {row.title}"
        for row in rows
    ]


def names(text: str) -> list[str]:
    """The names of the tasks found."""
    return [each.row.title for each in Results(text).page(0, MOST) if not each.is_day]


def said(text: str) -> str:
    """What is said beside the box."""
    return " ".join(Results(text).faults)


def test_the_demo_answers_sixty_queries_as_expected_on_both_databases():
    load_demo()
    answers = {
        query["q"]: {"count": Results(query["q"]).count, "first": found(query["q"], len(query["first"]))}
        for query in SEARCHES
    }
    expected = {query["q"]: {"count": query["count"], "first": query["first"]} for query in SEARCHES}
    assert len(expected) >= 60
    assert answers == expected


def test_words_stand_in_any_place_and_any_order():
    day(tasks=[task("Parser: reads every form"), task("Form: nothing", name="Other")])
    assert names("form parser") == ["Parser"]
    assert names("every  READS") == ["Parser"]


def test_a_word_finds_longer_ones_and_a_phrase_does_not():
    day(tasks=[task("One: testing the wiki"), task("Two: a test of the wiki")])
    assert names("test") == ["One", "Two"]
    assert names('"test"') == ["Two"]
    assert names("te") == []


def test_a_phrase_stands_in_one_text_as_it_is_written():
    day(tasks=[task("end of it", name="the"), task("The end: of it"), task("end the, it")])
    assert names('"the end"') == ["The end"]
    assert names('"end of it"') == ["the", "The end"]


def test_a_minus_leaves_out_words_and_phrases():
    day(tasks=[task("One: red apple"), task("Two: red pear"), task("Three: green apple pie")])
    assert names("red -apple") == ["Two"]
    assert names('apple -"apple pie"') == ["One"]
    assert names("-apple -red") == []
    assert names("-red") == ["Three"]


def test_a_minus_alone_leaves_all_the_rest_whatever_else_is_asked():
    testing = category("Testing")
    day(
        tasks=[task("One: the end of the line", category=testing), task("Two: end of line"), task("…")],
        lede="The end of the line.",
    )
    day(date(2026, 4, 1), [task("Four: of the line", "16"), task("Five: lathe")], title="Else")
    day(date(2026, 3, 1), title="—")
    late, early = ["2026-04-12 Two", "2026-04-12 …"], ["2026-04-01", "2026-04-01 Five"]
    assert found("-the") == [*late, *early, "2026-03-01"]
    assert found("-the to:2026-04-01") == [*early, "2026-03-01"]
    assert found("-the -line") == ["2026-04-12 …", *early, "2026-03-01"]
    assert found('-"of the"') == [*late, *early, "2026-03-01"]
    assert found('-"end of the"') == [*late, "2026-04-01", "2026-04-01 Four", "2026-04-01 Five", "2026-03-01"]
    assert found('-"end of the" -lathe -two') == [late[1], "2026-04-01", "2026-04-01 Four", "2026-03-01"]
    assert found("-the factor>=48") == [*late, "2026-04-01 Five"]
    assert found("-two category:none") == ["2026-04-12 …", "2026-04-01 Four", "2026-04-01 Five"]
    assert found("-line -category:testing") == ["2026-04-12 …", "2026-04-01 Five"]
    assert found("-the -two -else -five -april -march") == ["2026-04-12 …", "2026-03-01"]


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "café", "cafe\u0301", "Cafe\u0301"])
def test_case_and_accents_make_no_difference(typed):
    day(tasks=[task("One: the CAFÉ opens"), task("Two: cafe\u0301 closes"), task("Three: Cafe")])
    assert names(typed) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("MULLER", "Müller"),
        ("ångström", "Angstrom"),
        ("ПРИВЕТ", "привет"),
        ("ελλαδα", "ΕΛΛΑΔΑ"),
        ("front-end", "Front–end"),
        ("istanbul", "İstanbul"),
        ("日本語", "日本語のテスト"),
        ("l'été", "L’ÉTÉ"),
        ("v1.2", "v1.2.3"),
        ("x_y", "x y"),
    ],
)
def test_letters_of_many_scripts_are_found(typed, text):
    day(tasks=[task(f"{text} is here", name="This"), task("nothing else", name="That")])
    assert names(typed) == ["This"]


def test_tasks_are_narrowed_by_category_under_name_or_slug():
    testing, data_work = category("Testing"), category("Dätawork & more", slug="data")
    day(tasks=[task("One: a", category=testing), task("Two: b", category=data_work), task("Three: c")])
    assert names("category:testing") == ["One"]
    assert names('category:"datawork & more"') == names("category:DATA") == ["Two"]
    assert names("category:testing category:data") == ["One", "Two"]
    assert names("category:none") == ["Three"]
    assert names("-category:testing") == ["Two", "Three"]
    assert found("category:testing -one") == []


def test_factors_are_compared_and_what_equals_a_closed_end_is_in():
    day(
        tasks=[
            task("A: 120", "40", "20", "10"),
            task("B: 48", "8", "10", "2"),
            task("C: none", "8", "10", None),
        ]
    )
    assert names("factor>48") == names("factor >= 120") == names("factor:120") == ["A"]
    assert names("factor>=48 factor<=48×") == ["B", "C"]
    assert names("factor<120") == ["B", "C"]
    assert names("supervisory_factor>=240") == names("supervisory≥240") == ["A", "B"]
    assert names("FACTOR<1,000 b") == ["B"]


def test_days_are_narrowed_by_day_month_and_year():
    for back in range(4):
        day(APRIL_12 - timedelta(days=10 * back), [task(f"T{back}: wiki")])
    assert found("from:2026-04-02 to:2026-04 wiki") == ["2026-04-12 T0", "2026-04-02 T1"]
    assert found("to:2026-03-22 wiki") == ["2026-03-13 T3"]
    assert found("from:2026-04-12") == ["2026-04-12", "2026-04-12 T0"]
    assert found("from:2027") == found("to:2025 wiki") == []


def test_days_found_by_their_title_come_first_then_the_newest_a_day_before_its_tasks():
    day(date(2026, 4, 1), [task("Old: wiki")], title="The wiki day")
    day(date(2026, 4, 2), [task("Second: wiki"), task("First: wiki")], analysis="About a *wiki*.")
    day(date(2026, 4, 3), [task("New: wiki")])
    assert found("wiki") == [
        "2026-04-01",
        "2026-04-03 New",
        "2026-04-02",
        "2026-04-02 Second",
        "2026-04-02 First",
        "2026-04-01 Old",
    ]


def test_a_day_without_a_title_is_found_by_the_one_it_is_given():
    day(APRIL_12)
    day(date(2026, 4, 2), title="A title of its own")
    assert found('"leverage record" april 12') == found('"april 12, 2026"') == ["2026-04-12"]
    assert found("leverage -title") == ["2026-04-12"]


def test_what_is_not_public_is_not_found_until_the_moment_it_is(client):
    draft(date(2026, 5, 1), [task("Zeppelin: one")], title="Zeppelin")
    day(date(2026, 5, 3), [task("Zeppelin: three")])
    publishing.withdraw(Day.objects.get(date=date(2026, 5, 3)), reason="not ours to show")
    category_of_drafts = category("Zeppelins")
    day(
        date(2026, 5, 2),
        [task("Zeppelin: two", category=category_of_drafts)],
        published_at=datetime(2100, 1, 1, 12, tzinfo=UTC),
    )
    assert found("zeppelin") == []
    assert said("category:zeppelins") == said("category:xxx").replace("xxx", "zeppelins")
    with time_machine.travel(datetime(2100, 1, 1, 11, 59, tzinfo=UTC), tick=False):
        assert "Zeppelin: two" not in html_of(client.get("/search/?q=from:2026"))
    with time_machine.travel(datetime(2100, 1, 1, 12, tzinfo=UTC), tick=False):
        assert found("zeppelin category:zeppelins") == ["2026-05-02 Zeppelin"]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("wiki +++", "“+++” has no letter and no digit to look for. Try a word such as testing."),
        ("wiki factor>many", "“many” is not a number to compare a factor with. Try factor>100."),
        ("wiki factor>", "“” is not a number to compare a factor with. Try factor>100."),
        ("wiki -factor>1", "“-factor>1” cannot be turned round by a minus."),
        ("wiki from:2026-13", "“2026-13” is not a day, a month or a year. Try from:2026-04-12"),
        ("wiki to:yesterday", "“yesterday” is not a day, a month or a year. Try to:2026-04-12"),
        ("wiki -to:2026", "-to: cannot be turned round by a minus. Try from:2026-04-12."),
        ("wiki category:nope", "There is no category “nope”. The page Categories lists them all."),
        ("wiki category:", "category: names none. Try category:testing."),
        ("wiki " + " ".join(f"-b{n}" for n in range(30)), "More than 16 words were typed"),
        ("wiki" + " " * 300 + "more", "That is 308 characters; the first 200 were looked for."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_the_rest_looked_for(client, typed, fault):
    day(tasks=[task("Wiki: one")])
    assert fault in said(typed)
    assert names(typed) == ["Wiki"]
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert "Wiki" in response.content.decode()


def test_few_things_are_said_however_much_cannot_be_read():
    assert len(Results(" ".join("+" * number for number in range(1, 19))).faults) == 5


HOSTILE = [
    '"', '""', '" "', "-", "--", "-\"", "(", ")", "a AND", "OR", "NOT", "NEAR(a b)", "a*", "*", "^a",
    "a^b", "title:a", "every:x", "- every : x", "{title} : a", "'; DROP TABLE records_task; --", "%",
    "_", "\\", "a\\", "\x00", "a\x00b", "\ufeff", "\u202e", "é" * 200, "a" * 200, "🦄", "a🦄b",
    "\U0010ffff", "\ud7ff", "ﷺ", "\u0301", "a\u0301" * 90, "factor>1e9", "factor>" + "9" * 150,
    "factor<0", "from:0000", "from:9999-99-99", "to:0001", "from:9999-12-31", "category:" + "x" * 190,
    "category:\x00", "<script>alert(1)</script>", "&amp;", "' OR 1=1", "!a & b | c", "a:* & b", "<->",
    "a <-> b", "a:B", '"a" "b" "c', '-"a b" -"c', "factor > > 3", "factor:factor", "from:from:",
    "x" + "-y" * 90, "1 2 3 4 5 6 7 8 9 0",
]  # fmt: skip


def test_nothing_that_is_typed_is_an_error(client):
    day(tasks=[task("x: a b c <script>"), task("é unicorn 🦄 %_\\ b")], title="<b>x</b>")
    for text in HOSTILE:
        for prefix in ("", "x ", "-x "):
            response = client.get("/search/", {"q": prefix + text})
            assert response.status_code == 200, text
            assert "<script>alert" not in response.content.decode()


def test_a_text_is_shown_as_text_with_what_was_found_marked(client):
    day(
        tasks=[task("Wiki: <b>bold</b> & `code` in a café, then a CAFE\u0301 and cafeteria", name="The Wiki")]
    )
    body = html_of(client.get("/search/?q=wiki+cafe"))
    assert "The <mark>Wiki</mark></a>" in body
    assert "&lt;b&gt;bold" in body
    assert "<b>bold" not in body
    assert body.count("<mark>") == 5
    for marked in ("café", "CAFE\u0301", "cafe", "Wiki"):
        assert f"<mark>{marked}</mark>" in body


def test_an_excerpt_has_the_live_figures_of_the_page_as_far_as_the_summary_knows_them(client):
    rows = [
        task("One: a", "1200", "20", None),
        task("Two: b", "22.75", "594", agent_minutes_source="approximate"),
    ]
    lede = (
        "For the zebra {{ tasks|words }} tasks, {{ hours }} h at {{ factor }}, {{ supervisory_minutes }} min"
    )
    day(
        tasks=rows,
        lede=f"{lede} and {{{{ hours|words }}}}, most to {{{{ top.1.name }}}} of {{{{ nothing }}}}.",
    )
    found = "two tasks, 1,222.75 h at ~119.5×, 2 min"
    assert found in page_text(client, RECORD)
    text = page_text(client, "/search/?q=zebra")
    assert f"For the zebra {found} and 1,222.75, most to … of …." in text


def test_an_excerpt_of_a_note_has_dashes_where_its_page_has_them(client):
    day(lede="A zebra at {{ factor }} in {{ minutes }} minutes.")
    for address in (RECORD, "/search/?q=zebra"):
        assert "A zebra at — in — minutes." in page_text(client, address)


def test_an_excerpt_is_the_part_of_a_long_text_where_it_was_found(client):
    day(
        tasks=[task("before " * 300 + "needle " + "after " * 300, name="Hay")],
        analysis="So **we** said. " * 99,
    )
    text = page_text(client, "/search/?q=needle")
    assert re.search(r"… (before ){3,12}needle (after ){10,40}…", text)
    assert len(text) < 2000
    assert "So we said." in page_text(client, "/search/?q=said")


def test_a_result_leads_to_its_own_page_and_to_its_day(client):
    made = day(tasks=[task("Wiki: one", category=category("Testing")), task("Other: wiki")], title="Wiki day")
    body = html_of(client.get("/search/?q=wiki"))
    for each in made.tasks.all():
        assert f'href="/tasks/{each.pk}/"' in body
        assert f'href="/records/2026-04-12/#t{each.position}"' in body
    assert 'href="/records/2026-04-12/"' in body
    assert 'href="/categories/testing/"' in body


def test_pages_of_25_hold_each_result_once_and_say_how_many_there_are(client):
    day(tasks=[task(f"T{number:02}: wiki") for number in range(60)])
    pages = [html_of(client.get(f"/search/?q=wiki&page={page}")) for page in (1, 2, 3)]
    assert [len(re.findall(r'href="/tasks/\d+/"', page)) for page in pages] == [25, 25, 10]
    assert len({found for page in pages for found in re.findall(r'href="(/tasks/\d+/)"', page)}) == 60
    assert all("60 results" in page for page in pages)
    assert "There is no page 9; this is the last." in page_text(client, "/search/?q=wiki&page=9")
    assert "“x” is not the number of a page. Try 1." in page_text(client, "/search/?q=wiki&page=x")


def test_more_results_than_are_counted_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr("records.search.results.MOST", 30)
    monkeypatch.setattr("records.views.search.MOST", 30)
    for back in range(3):
        day(APRIL_12 - timedelta(days=back), [task(f"T{back}{number}: wiki") for number in range(20)])
    assert "More than 30 results; the first 30 are listed." in page_text(client, "/search/?q=wiki")
    wanted = [f"T0{number}" for number in range(20)] + [f"T1{number}" for number in range(10)]
    assert names("wiki") == wanted
    assert len(re.findall(r'href="/tasks/\d+/"', html_of(client.get("/search/?q=wiki&page=2")))) == 5


def test_a_search_takes_few_queries_however_much_it_finds(client, django_assert_max_num_queries):
    testing = category("Testing")
    for back in range(30):
        day(
            APRIL_12 - timedelta(days=back),
            [task("Wiki: one", category=testing)],
            title="Wiki" if back % 2 else "",
        )
    with django_assert_max_num_queries(7):
        client.get("/search/?q=wiki")
    with django_assert_max_num_queries(7):
        client.get("/search/?q=wiki+category:testing+factor>1+from:2026")


def test_without_a_question_the_page_says_how_to_ask(client):
    text = page_text(client, "/search/")
    assert "Ways to ask" in text
    assert "result" not in text
    assert "noindex" not in html_of(client.get("/search/"))
    assert '<meta name="robots" content="noindex, follow">' in html_of(client.get("/search/?q=x"))


def test_nothing_found_is_said_with_the_ways_to_ask(client):
    text = page_text(client, "/search/?q=zeppelin")
    assert "Nothing was found" in text
    assert "Ways to ask" in text


def test_every_page_but_the_search_has_the_box_in_its_head(client):
    day(tasks=[task()])
    for address in ("/", "/records/2026-04-12/", "/tasks/", "/method/"):
        assert '<form class="search-box" role="search" method="get" action="/search/">' in html_of(
            client.get(address)
        )
    body = html_of(client.get("/search/?q=parser"))
    assert body.count("data-search-box") == 1
    assert 'value="parser"' in body


def test_sample_data_is_said_to_be_sample_data(client):
    day(tasks=[task("Real: wiki")])
    day(date(2026, 4, 1), [task("Made up: wiki")], sample=True)
    assert "Sample data" in page_text(client, "/search/?q=wiki")
    assert "Sample data" not in page_text(client, "/search/?q=real")


def test_the_list_of_tasks_finds_words_whatever_their_case_and_accents(client):
    day(tasks=[task("Größe: des Cafés"), task("Other: nothing")], published_at=LONG_AGO)
    for typed in ("GRÖSSE".replace("SS", "ß"), "grosse".replace("ss", "ß"), "CAFÉS", "cafes", "caf"):
        text = page_text(client, f"/tasks/?q={typed}")
        assert "Größe" in text
        assert "Other" not in text
