"""What if on pages and in files: the figures, the banner, the strip, and knobs that make no sense."""

import random
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client

from records.models import Task
from tests.exact import Row, Sums, average, plain, quantity, rows_in_sql, single
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import csv_rows, ids_in_csv, json_body
from tests.pages import RECORD, april_12, band, html_of, log, page_text, part, rows_of, statistics, text_of

pytestmark = pytest.mark.django_db

KNOBS = {
    "hours=0.5": ("59.7×", "262.0×"),
    "hours_cap=40": ("56.9×", "249.8×"),
    "minutes=both": ("97.3×", "524.0×"),
    "without=top1": ("85.0×", "330.1×"),
    "supervision=3": ("119.5×", "174.7×"),
    "hours=low": ("119.5×", "524.0×"),
}


@pytest.fixture(scope="module")
def stored(kept_for_the_module) -> None:
    """The record of April 12, 2026."""
    april_12()


@pytest.mark.parametrize("query", KNOBS)
def test_the_record_of_april_12_is_computed_anew(client, query, stored):
    figures = band(html_of(client.get(f"{RECORD}?{query}")))
    assert [text.split()[2] for text in figures[:2]] == list(KNOBS[query])


def test_the_chart_and_the_log_are_computed_anew_and_put_in_order_anew(client, stored):
    plainly, capped = (html_of(client.get(f"{RECORD}{query}")) for query in ("", "?hours_cap=40"))
    assert "the largest 480 h" in text_of(plainly)
    assert "the largest 40 h" in text_of(capped)
    factors = [Decimal(cells[-2].replace(",", "")) for cells in log(capped)]
    assert factors == sorted(factors, reverse=True)
    assert max(factors) == 160
    drawn = re.search(r"Weighted average leverage factor by category, highest first: (.*?)</desc>", capped)
    assert drawn
    table = dict(
        row[:1] + row[3:4] for row in rows_of(part(capped, "The numbers of this chart", "</figure>"))
    )
    assert drawn[1].rstrip(".") == "; ".join(f"{name} {factor}×" for name, factor in table.items()).replace(
        "&", "&amp;"
    )
    assert statistics(capped)["Weighted average leverage factor"] == "56.9×"


def test_what_the_author_wrote_keeps_to_the_figures_as_recorded_and_leads_to_them(client, nothing_stored):
    april_12(lede="In all {{ hours }} h at {{ factor }}, the largest {{ top.1.hours }} h.")
    supposed = html_of(client.get(f"{RECORD}?hours=0.5&without=top1"))
    assert "to which what the author wrote keeps" in text_of(supposed)
    lede = part(supposed, 'id="lede">', "</div>")
    assert text_of(lede) == "In all 1,222.75 h at 119.5×, the largest 160 h."
    assert set(re.findall(r'href="([^#]*)', lede)) == {RECORD}
    plainly = part(html_of(client.get(RECORD)), 'id="lede">', "</div>")
    assert text_of(plainly) == text_of(lede)
    assert set(re.findall(r'href="([^#]*)', plainly)) == {""}


def test_the_low_end_is_taken_where_there_is_one(client, nothing_stored):
    day(tasks=[task("One", "8", "10", estimate_low=Decimal(2)), task("Two", "8", "10")])
    assert "30.0×" in band(html_of(client.get(f"{RECORD}?hours=low")))[0]


def test_a_task_whose_supervision_is_unknown_cannot_be_divided_by_both(client, nothing_stored):
    day(tasks=[task("One", "8", "10", "2"), task("Two", "8", "10", None)])
    leverage = band(html_of(client.get(f"{RECORD}?minutes=both")))[0]
    assert "40.0×" in leverage
    assert "over 1 of 2 tasks" in leverage


def test_the_task_left_out_leaves_the_log_and_the_stated_tokens_with_it(client, stored):
    markup = html_of(client.get(f"{RECORD}?without=top1"))
    assert len(log(markup)) == 36
    assert "480" not in [cells[2] for cells in log(markup)]
    assert statistics(markup)["Total tokens"] == "—"


def test_every_link_of_the_record_keeps_the_scenario(client, stored):
    markup = html_of(client.get(f"{RECORD}?hours=0.5&sort=tokens"))
    chips = re.findall(r'href="([^"]+)"', part(markup, 'aria-label="Filter the log by category"', "</nav>"))
    heads = re.findall(r'href="(\?[^"]*)"', part(markup, "<thead>", "</thead>"))
    assert chips
    assert all("hours=0.5" in url for url in chips)
    assert all("hours=0.5" in url for url in heads[1:])


def test_a_banner_says_what_is_supposed_and_leads_back(client, stored):
    markup = html_of(client.get(f"{RECORD}?hours=0.5&sort=-tokens"))
    banner = part(markup, '<aside class="what-if"', "</aside>")
    assert "every human estimate halved" in banner
    assert 'href="?sort=-tokens"' in banner
    assert "What if:" not in page_text(client, RECORD)


def test_a_scenario_is_kept_from_search_engines_and_its_canonical_is_the_plain_page(client, stored):
    for path in (RECORD, f"/tasks/{Task.objects.earliest('id').pk}/", *LISTS, *PAGES):
        markup = html_of(client.get(f"{path}?hours=0.5"))
        assert '<meta name="robots" content="noindex">' in markup
        assert re.search(rf'<link rel="canonical" href="[^"?]*{path}">', markup)
        assert "noindex" not in html_of(client.get(path))


def test_the_break_even_is_that_of_the_estimates_as_recorded(client, stored):
    says = "is still above 10× if every estimate were 11.9 times too high"
    for path in (
        RECORD,
        f"{RECORD}?hours=0.5",
        *LISTS[:4],
        "/tasks/?hours=0.5",
        *PAGES,
        f"{PAGES[0]}?hours=0.5",
    ):
        assert says in page_text(client, path)
    wiki = Task.objects.get(human_hours=480)
    said = page_text(client, f"/tasks/{wiki.pk}/?hours=0.5")
    assert "the factor of 320.0× is still above 10× if every estimate were 31.9 times too high" in said


def test_the_page_of_a_task_is_computed_anew(client, stored):
    wiki = Task.objects.get(human_hours=480)
    text = page_text(client, f"/tasks/{wiki.pk}/?hours=0.5&minutes=both&supervision=2")
    assert "240 h × 60 / 100 min = 144.0" in text
    assert "240 h × 60 / 10 min = 1,440.0" in text
    assert "minutes and supervisory minutes together" in text


# The strip --------------------------------------------------------------------------------------------------


def strip(client: Client, path: str) -> str:
    return part(html_of(client.get(path)), '<details class="aside check" id="check"', "</main>")


def test_the_strip_is_closed_until_a_knob_is_turned(client, stored):
    assert not strip(client, RECORD).startswith(" open")
    assert strip(client, f"{RECORD}?hours=0.5").startswith(" open")


def test_the_strip_says_what_is_left_out(client, nothing_stored):
    day(tasks=[task()], left_out="3 private, client work")
    day(APRIL_12 + timedelta(days=1), [task()])
    assert "The record leaves out: 3 private, client work." in strip(client, RECORD)
    assert "1 of the 2 days counted here names what the record leaves out" in text_of(
        strip(client, "/tasks/")
    )
    assert "None of the days" in strip(client, "/tasks/?from=2026-04-13")


def test_a_view_is_cited_by_the_address_that_shows_it(client, nothing_stored):
    april_12(title="50% & {more}")
    cited = strip(client, f"{RECORD}?hours=0.5&page=2&category=testing&hours_cap=x")
    address = "http://localhost:8000/records/2026-04-12/?category=testing&hours=0.5"
    found = re.search(r'class="address" href="([^"]+)"', cited)
    assert found
    assert unescape(found[1]) == address
    bibtex = unescape(part(cited, '<pre class="bibtex"', "</pre>"))
    assert r"title = {{50\% \& \{more\} (what if: every human estimate halved)}}" in bibtex
    assert f"url = {{{address}}}" in bibtex
    assert re.search(r"note = \{Figures as of \d{4}-\d\d-\d\d, retrieved \d{4}-\d\d-\d\d\}", bibtex)


def test_files_are_offered_with_what_they_take(client, stored):
    links = re.findall(
        r'href="(/records/[^"]+csv[^"]*)"', strip(client, f"{RECORD}?hours=0.5&hours_cap=9&sort=factor")
    )
    assert [unescape(url) for url in links] == ["/records/2026-04-12.csv?sort=factor&hours=0.5"]
    assert "what else is turned on this page is not in them" in strip(client, f"{RECORD}?hours_cap=9")
    low = re.findall(r'href="(/records/[^"]+csv[^"]*)"', strip(client, f"{RECORD}?hours=low"))
    assert low == ["/records/2026-04-12.csv"]


def test_a_draft_shows_scenarios_to_its_author_and_cites_nothing(admin_client, nothing_stored):
    draft(tasks=[task("One", "8", "10"), task("Two", None, None)])
    markup = html_of(admin_client.get(f"{RECORD}preview/?hours=0.5&without=top1"))
    assert "Cite this view" not in markup
    assert "each day’s task of most human hours left out; every human estimate halved" in text_of(markup)
    assert len(log(markup)) == 1


def test_drafts_change_nothing_for_visitors(client, stored):
    draft(APRIL_12 + timedelta(days=1), [task("Hidden", "9000", "1", model_version="secret-model")])
    body = html_of(client.get("/tasks/?hours=0.5"))
    assert "59.7×" in body
    assert "secret-model" not in body


# What makes no sense ----------------------------------------------------------------------------------------

BAD = [
    ("hours", "NaN", "“NaN” is not a number. Try 0.5."),
    ("hours", "0", "“0” is out of reach. Try a number from 0.01 to 100."),
    ("hours", "100.1", "“100.1” is out of reach"),
    ("hours", "0.12345", "“0.12345” has more than four decimals. Try 0.1234."),
    ("hours", "-1", "“-1” is not a number"),
    ("hours", "9" * 4000, "is not a number"),
    ("hours", "1e2", "“1e2” is not a number"),
    ("hours", ".", "“.” is not a number"),
    ("hours", "low", "“low” is not a number. Try 0.5."),
    ("hours", "0.5\x00", "is not a number"),
    ("supervision", "many", "“many” is not a number. Try 3."),
    ("hours_cap", "40", "This works on other pages. Here, try hours or supervision."),
    ("minutes", "both", "This works on other pages."),
    ("without", "top1", "This works on other pages."),
]
FILES = [
    *("/tasks", "/records", "/categories", "/categories/testing", "/records/2026-04-12", "/tags/ai"),
    *("/dashboard", "/records/2026", "/records/2026-04", "/records/2026-W15"),
]
PAGES = ["/dashboard/", "/records/2026/", "/records/2026-04/", "/records/2026-W15/"]
LISTS = ["/records/", "/tags/ai/", "/categories/", "/tasks/", "/categories/testing/"]


@pytest.mark.parametrize(("name", "value", "says"), BAD)
def test_a_knob_that_makes_no_sense_is_named_beside_its_field_and_not_applied(
    client, name, value, says, nothing_stored
):
    day(tasks=[task(category=category("Testing"))], tags=["AI"])
    body = html_of(client.get("/tasks/", {name: value}))
    beside = re.search(rf'<div id="fault-{name}" data-swap>(.*?)</div></div>', body, re.DOTALL)
    assert beside
    assert says in beside[1]
    assert "48.0×" in band_of_list(body)


@pytest.mark.parametrize("file", FILES)
def test_a_knob_that_makes_no_sense_is_refused_by_every_file(client, file, nothing_stored):
    day(tasks=[task(category=category("Testing"))], tags=["AI"])
    for number, (name, value, says) in enumerate(BAD):
        response = client.get(f"{file}.{('csv', 'json')[number % 2]}", {name: value})
        assert response.status_code == 400, (name, value)
        assert list(response.json()["errors"]) == [name]
        assert says in response.json()["errors"][name][0]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("hours=half", "“half” is neither a number nor “low”. Try 0.5 or low."),
        ("hours_cap=0", "“0” is out of reach. Try a number from 0.0001 to 99,999.9999."),
        ("minutes=agent", "There is no way to count minutes: “agent”. Try both."),
        ("without=top2", "There is no task to leave out: “top2”. Try top1."),
    ],
)
def test_a_record_names_what_makes_no_sense_above_and_beside_the_field(client, query, says, stored):
    markup = html_of(client.get(f"{RECORD}?{query}"))
    assert unescape(markup).count(says) == 2
    assert "119.5×" in band(markup)[0]
    assert strip(client, f"{RECORD}?{query}").startswith(" open")


def test_a_page_of_one_task_leaves_none_out(client, stored):
    text = page_text(client, f"/tasks/{Task.objects.earliest('id').pk}/?without=top1")
    assert "This works on other pages. Here, try hours or hours_cap or supervision or minutes." in text


# Parity -----------------------------------------------------------------------------------------------------


def band_of_list(markup: str) -> str:
    return text_of(part(markup, '<dl class="figures compact">', "</dl>"))


def rows_supposing(hours: str, supervision: str) -> list[Row]:
    """The public tasks as exact fractions, multiplied."""
    by, over = Fraction(hours), Fraction(supervision)
    return [
        Row(
            row.id,
            row.date,
            row.slug,
            row.hours * by,
            row.agent,
            None if row.supervision is None else row.supervision * over,
            row.tokens,
        )
        for row in rows_in_sql()
    ]


@pytest.fixture
def generated(nothing_stored) -> None:
    chance = random.Random(5)
    kinds = [category("Testing"), None]
    for back in range(6):
        tasks = [
            task(
                f"Task {back} {number}: text",
                chance.choice(
                    ["0.0001", "0.3333", "8", "160", "99999.9999", str(chance.randrange(1, 9000) / 100)]
                ),
                chance.choice(
                    ["0.01", "7", "14.29", "33.33", "9999999.99", str(chance.randrange(1, 9000) / 100)]
                ),
                chance.choice([None, "0", "0.01", "3.5", str(chance.randrange(1, 900) / 100)]),
                category=chance.choice(kinds),
            )
            for number in range(5)
        ]
        day(APRIL_12 - timedelta(days=back), tasks, tags=["AI"])


MULTIPLIED = [("0.5", "3"), ("0.01", "0.3333"), ("99.9999", "1"), ("1", "100"), ("0.0841", "7.25")]


@pytest.mark.parametrize(("hours", "supervision"), MULTIPLIED)
def test_page_csv_and_json_agree_with_exact_fractions(client, generated, hours, supervision):
    state = f"hours={hours}&supervision={supervision}"
    rows = rows_supposing(hours, supervision)
    sums = Sums(rows)
    page = html_of(client.get(f"/tasks/?per_page=200&{state}"))
    assert band_of_list(page).split("Supervisory leverage")[0].split()[-1] == average(sums.factor, "×")
    shown = rows_of(part(page, '<table class="table log', "</table>"))
    assert [[*cells[2:5], *cells[-2:]] for cells in shown] == [
        [
            quantity(row.hours),
            quantity(row.agent),
            quantity(row.supervision),
            *map(single, (row.factor, row.supervisory_factor)),
        ]
        for row in rows
    ]
    figures = ("human_hours", "supervisory_minutes", "factor", "supervisory_factor")
    expected = [
        [plain(v) for v in (row.hours, row.supervision, row.factor, row.supervisory_factor)] for row in rows
    ]
    assert [[line[name] for name in figures] for line in csv_rows(client, f"/tasks.csv?{state}")] == expected
    body = json_body(client, f"/tasks.json?{state}")
    assert [[number(line[name]) for name in figures] for line in body["results"]] == expected
    assert number(body["totals"]["factor"]) == plain(sums.factor)
    assert number(body["totals"]["supervisory_factor"]) == plain(sums.supervisory_factor)


@pytest.mark.parametrize(("hours", "supervision"), MULTIPLIED[:2])
def test_every_other_file_agrees_with_exact_fractions(client, generated, hours, supervision):
    state = f"hours={hours}&supervision={supervision}"
    rows = rows_supposing(hours, supervision)
    for line in csv_rows(client, f"/records.csv?{state}"):
        of_day = Sums([row for row in rows if row.date.isoformat() == line["date"]])
        assert [line["factor"], line["supervisory_factor"]] == [
            plain(of_day.factor),
            plain(of_day.supervisory_factor),
        ]
    for line in csv_rows(client, f"/categories.csv?{state}"):
        alike = Sums([row for row in rows if row.slug == line["category"]])
        assert [line["factor"], line["supervisory_factor"]] == [
            plain(alike.factor),
            plain(alike.supervisory_factor),
        ]
        assert line["highest_factor"] == plain(max(alike.factors()))
    for address in ("/records.json", "/tags/ai.json", "/categories.json"):
        totals = json_body(client, f"{address}?{state}")["totals"]
        assert number(totals["factor"]) == plain(Sums(rows).factor)
        assert number(totals["human_hours"]) == plain(Sums(rows).total("hours"))
    newest = Sums([row for row in rows if row.date == APRIL_12])
    assert number(json_body(client, f"/records/{APRIL_12}.json?{state}")["totals"]["factor"]) == plain(
        newest.factor
    )
    testing = Sums([row for row in rows if row.slug == "testing"])
    page = html_of(client.get(f"/categories/testing/?{state}"))
    assert average(testing.factor, "×") in band_of_list(page)
    assert f"to {single(max(testing.factors()))}×" in text_of(page)


@pytest.mark.parametrize(("hours", "supervision"), [*MULTIPLIED, ("0.3333", "0.07")])
def test_ranges_and_order_go_by_the_figures_shown(client, generated, hours, supervision):
    state = f"hours={hours}&supervision={supervision}"
    rows = rows_supposing(hours, supervision)
    columns = {"factor": "factor", "supervisory_factor": "supervisory_factor", "hours": "hours"}
    for name, figure in columns.items():
        known = [(row.id, value) for row in rows if (value := getattr(row, figure)) is not None]
        for bound in (plain(known[3][1]), plain(known[-1][1]), "10"):
            if Fraction(bound) > 99_999:
                continue
            low, high = (
                ids_in_csv(client, f"/tasks.csv?{state}&{name}_{end}={bound}") for end in ("min", "max")
            )
            assert low == [pk for pk, value in known if value >= Fraction(bound)]
            assert high == [pk for pk, value in known if value <= Fraction(bound)]
    ordered = ids_in_csv(client, f"/tasks.csv?{state}&sort=-factor")
    assert ordered == [row.id for row in sorted(rows, key=lambda row: (row.factor, row.id), reverse=True)]


def number(value: Any) -> str:
    return "" if value is None else f"{Decimal(repr(value)):f}"


# How much is asked of the database --------------------------------------------------------------------------


def test_a_scenario_asks_no_more_of_the_database_than_the_record(
    client, django_assert_max_num_queries, stored
):
    with django_assert_max_num_queries(20) as recorded:
        client.get(RECORD)
    with django_assert_max_num_queries(len(recorded)):
        client.get(f"{RECORD}?hours=low&hours_cap=40&minutes=both&without=top1&supervision=3")


def test_the_page_of_a_task_asks_one_question_more_at_most(client, django_assert_max_num_queries, stored):
    with django_assert_max_num_queries(5):
        client.get(f"/tasks/{Task.objects.earliest('id').pk}/?hours=0.5")


def test_nothing_of_a_scenario_is_ever_stored(client, stored):
    before = rows_in_sql()
    for path in (f"{RECORD}?hours=0.5&supervision=3", "/tasks/?hours=0.5", "/records.csv?hours=0.5"):
        client.get(path)
    assert rows_in_sql() == before
