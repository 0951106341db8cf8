"""What if over many days: dashboard, periods and lists of days, held against the knobs as fractions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from html import unescape
from itertools import groupby
from statistics import median
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from records.models import Category, Task
from records.periods import Unit, period_of
from records.scenario import Scenario
from records.summaries.period import PeriodSummary
from records.summaries.supposed import period_in
from tests.exact import average, plain, quantity, single
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import csv_rows, json_body
from tests.pages import RECORD, april_12, html_of, page_text, part, rows_of, text_of
from tests.pages import band as band_of_record
from tests.test_dashboard import band, days_table, numbers

pytestmark = pytest.mark.django_db

MONTH, WEEK = "/records/2026-04/", "/records/2026-W15/"
PERIODS = ("/records/2026/", MONTH, WEEK)
SERIES = ("/dashboard/", *PERIODS)
TURNED = [
    "hours=0.5",
    "hours=0.3333&supervision=3",
    "hours=low",
    "minutes=both&supervision=0.07",
    "without=top1",
    "hours=1.37&hours_cap=9.1234&supervision=2.5&minutes=both&without=top1",
    "hours=low&hours_cap=3&minutes=both&without=top1",
]


@dataclass(frozen=True)
class Row:
    """A public task in a scenario, its figures as fractions; what its hours are divided by as ``agent``."""

    id: int
    date: date
    slug: str
    hours: Fraction
    agent: Fraction | None
    supervision: Fraction | None

    @property
    def factor(self) -> Fraction | None:
        return self.hours * 60 / self.agent if self.agent else None


def rows_if(query: str) -> list[Row]:
    """The public tasks with the knobs turned, in the order that the page of the knobs gives."""
    turned = dict(pair.split("=") for pair in query.split("&") if pair)
    tasks = list(Task.objects.visible().select_related("category").order_by("day_id", "position", "id"))
    if turned.get("without"):
        days = [list(of_day) for _, of_day in groupby(tasks, key=lambda each: each.day_id)]
        largest = [max(of_day, key=lambda each: each.human_hours or 0) for of_day in days]
        tasks = [each for each in tasks if each not in largest]
    return [row_if(each, turned) for each in tasks]


def row_if(each: Any, turned: dict[str, str]) -> Row:
    hours, by = Fraction(each.human_hours), turned.get("hours", "1")
    if by == "low":
        hours = hours if each.estimate_low is None else Fraction(each.estimate_low)
    else:
        hours *= Fraction(by)
    hours = min(hours, Fraction(turned.get("hours_cap", 10**9)))
    supervision = None
    if each.supervisory_minutes is not None:
        supervision = Fraction(each.supervisory_minutes) * Fraction(turned.get("supervision", "1"))
    agent: Fraction | None = Fraction(each.agent_minutes)
    if "minutes" in turned:
        agent = None if supervision is None or agent is None else agent + supervision
    slug = each.category.slug if each.category else "none"
    return Row(each.pk, each.day_id, slug, hours, agent, supervision)


def weighted(rows: list[Row], minutes_of: Callable[[Row], Any] = lambda row: row.agent) -> Fraction | None:
    known = [row for row in rows if minutes_of(row) is not None]
    minutes = sum((minutes_of(row) for row in known), Fraction(0))
    return sum((row.hours for row in known), Fraction(0)) * 60 / minutes if minutes else None


def supervised(rows: list[Row]) -> Fraction | None:
    return weighted(rows, lambda row: row.supervision)


def hours_of(rows: list[Row]) -> Fraction | None:
    return sum((row.hours for row in rows), Fraction(0)) if rows else None


@pytest.fixture(scope="module")
def weeks(kept_for_the_module) -> None:
    """Days of three weeks with ranges, gaps in supervision and ties, and one of a single task."""
    kinds = [category("Testing"), category("Frontend"), None]
    for back in (0, 1, 2, 5, 8, 9, 14):
        tasks = [
            task(
                f"Task {back} {number}: text",
                str(Fraction(7 * back + 3 * number + 1)),
                str((5 * number + back) % 9 + 1),
                None if (back + number) % 4 == 0 else str(number % 3),
                category=kinds[(back + number) % 3],
                estimate_low=None if number % 2 else Fraction(1 + back, 2).__ceil__(),
            )
            for number in range(5)
        ]
        day(APRIL_12 - timedelta(days=back), tasks, tags=["AI"])
    day(APRIL_12 - timedelta(days=3), [task("Alone", "40", "7", "3", category=kinds[0])], tags=["AI"])


# Figures ----------------------------------------------------------------------------------------------------


def assert_figures(client: Client, path: str, query: str, rows: list[Row]) -> None:
    markup = html_of(client.get(f"{path}?{query}"))
    found = band(markup)
    assert found["Leverage factor"].split()[0] == average(weighted(rows), "×")
    assert found["Supervisory leverage"].split()[0] == average(supervised(rows), "×")
    assert found["Human-equivalent"].startswith(f"{quantity(hours_of(rows))} h")
    assert found["Tasks"].startswith(f"{len(rows)} on")
    said, factors = text_of(part(markup, 'id="averages"', "</section>")), factors_of(rows)
    assert f"Weighted {average(weighted(rows))}×" in said
    assert f"Median {average(median(factors))}×" in said
    assert f"From {single(min(factors))}× to {single(max(factors))}×" in said


def factors_of(rows: list[Row]) -> list[Fraction]:
    return [row.factor for row in rows if row.factor is not None]


@pytest.mark.parametrize("query", TURNED)
def test_dashboard_and_periods_are_computed_anew(client: Client, weeks, query):
    rows = rows_if(query)
    assert_figures(client, "/dashboard/", query, rows)
    this_week = [row for row in rows if row.date > APRIL_12 - timedelta(days=7)]
    assert_figures(client, WEEK, query, this_week)
    assert f"of {average(weighted(this_week))}×." in page_text(client, f"{WEEK}?{query}")


@pytest.mark.parametrize("query", TURNED)
def test_their_tables_are_computed_anew(client: Client, weeks, query):
    rows = rows_if(query)
    markup = html_of(client.get(f"/dashboard/?sort=-human_hours&{query}"))
    of_days = {
        on: [row for row in rows if row.date == on] for on in sorted({row.date for row in rows}, reverse=True)
    }
    expected = sorted(
        [
            [f"{len(found)}", quantity(hours_of(found)), average(weighted(found), "×")]
            for found in of_days.values()
        ],
        key=lambda cells: -Fraction(cells[1].replace(",", "")),
    )
    table = [cells for cells in days_table(markup) if len(cells) > 2]
    assert [[cells[1], cells[2], cells[5]] for cells in table] == expected
    by_category = rows_of(part(html_of(client.get(f"{WEEK}?{query}")), 'id="categories"', "</table>"))
    week = [row for row in rows if row.date > APRIL_12 - timedelta(days=7)]
    named = {"Testing": "testing", "Frontend": "frontend", "No category yet": "none"}
    for name, _, hours, _, factor, middle, lowest, highest, *_ in by_category:
        found = [row for row in week if row.slug == named[name]]
        factors = factors_of(found)
        assert [hours, factor] == [quantity(hours_of(found)), average(weighted(found))]
        assert [middle, lowest, highest] == [
            average(median(factors)),
            single(min(factors)),
            single(max(factors)),
        ]
    best = sorted(
        (row for row in week if row.factor is not None), key=lambda row: (-(row.factor or 0), row.id)
    )
    shown = re.findall(r'id="task-(\d+)"', html_of(client.get(f"{WEEK}?{query}")))
    assert [int(pk) for pk in shown] == [row.id for row in best[:5]]


@pytest.mark.parametrize("query", TURNED)
def test_their_charts_are_computed_anew(client: Client, weeks, query):
    rows = rows_if(query)
    markup = html_of(client.get(f"/dashboard/?{query}"))
    drawn = [row for row in numbers(markup, "hours") if row[1] != "0"]
    expected = [(on, [row for row in rows if row.date == on]) for on in sorted({row.date for row in rows})]
    assert [cells[1:4] for cells in drawn] == [
        [f"{len(found)}", quantity(hours_of(found)), average(weighted(found))] for _, found in expected
    ]
    assert sum(int(cells[1]) for cells in numbers(markup, "factors")) == len(factors_of(rows))
    shares = {cells[0]: cells[1] for cells in numbers(markup, "shares")}
    assert shares["Testing"] == quantity(hours_of([row for row in rows if row.slug == "testing"]))
    calendar = {cells[0]: cells[1:3] for cells in numbers(markup, "calendar")}
    newest = [row for row in rows if row.date == APRIL_12]
    assert calendar["April 12, 2026"] == [average(weighted(newest)), quantity(hours_of(newest))]
    standing = part(markup, "The highest figure of each kind", "</table>")
    assert f"{quantity(max(row.hours for row in rows))} h" in text_of(standing)
    assert f"{single(max(factors_of(rows)))}×" in text_of(standing)


def test_a_period_of_one_day_says_what_its_record_says(client: Client, nothing_stored):
    april_12()
    for query in TURNED:
        of_record = [text.split() for text in band_of_record(html_of(client.get(f"{RECORD}?{query}")))]
        expected = [of_record[0][2], of_record[1][2], *(words[1] for words in of_record[2:])]
        for path in ("/dashboard/", WEEK):
            found = band(html_of(client.get(f"{path}?{query}")))
            assert [value.split()[0] for value in found.values()] == expected, (path, query)
    assert expected


@pytest.mark.parametrize("path", [*SERIES, "/dashboard/?from=2026-04-02&sort=-factor"])
def test_a_cap_that_no_task_reaches_changes_no_figure(client: Client, weeks, path):
    def said(address: str) -> str:
        main = part(html_of(client.get(address)), '<main id="main"', '<details class="aside check"')
        return text_of(re.sub(r"All tasks as recorded|All [\d,]+ tasks?", "", main))

    assert said(f"{path}{'&' if '?' in path else '?'}hours_cap=99999.9999") == said(path)


def test_a_period_is_held_against_the_one_before_in_the_same_scenario(client: Client, nothing_stored):
    day(date(2026, 3, 30), [task(hours="100")])
    day(tasks=[task(hours="8"), task(hours="60")])
    assert "March 2026 had 40 h at 240.0×; this month has 20 % more." in page_text(
        client, f"{MONTH}?hours_cap=40"
    )
    beside = rows_of(part(html_of(client.get(f"{MONTH}?hours=0.5")), 'id="compared"', "</section>"))
    assert ["Human-equivalent hours", "50 h", "34 h"] in beside


def test_a_period_is_supposed_as_of_the_moment_it_was_read_for(nothing_stored):
    tomorrow = timezone.now() + timedelta(days=1)
    day(tasks=[task(hours="60")], published_at=tomorrow)
    summary = PeriodSummary.of(period_of(APRIL_12, Unit.MONTH), tomorrow + timedelta(hours=1))
    assert summary
    supposed = period_in(Scenario(hours_cap=Decimal(40)), summary)
    assert (supposed.totals.tasks, supposed.totals.human_hours) == (1, Decimal(40))


def test_stated_tokens_leave_with_the_task_that_is_left_out(client: Client, nothing_stored):
    april_12()
    for path in SERIES:
        assert "4.13 M tokens" in page_text(client, f"{path}?hours=0.5")
        assert "M tokens" not in page_text(client, f"{path}?without=top1")


# Days of which nothing is left ------------------------------------------------------------------------------


def test_a_day_of_which_nothing_is_left_stays_and_is_no_note(client: Client, weeks):
    day(APRIL_12 - timedelta(days=4), title="Travel")
    markup = html_of(client.get("/dashboard/?without=top1"))
    assert ["Thu, April 9, 2026", "no task is left"] in days_table(markup)
    assert ["Wed, April 8, 2026 Travel", "a note, without tasks"] in days_table(markup)
    assert "Without tasks, with a note: April 8, Travel." in text_of(markup)
    assert "April 9, 2026: no task is left" in html_of(client.get("/dashboard/calendar.svg?without=top1"))


def test_where_nothing_at_all_is_left_the_page_says_so_and_leads_back(client: Client, nothing_stored):
    day(tasks=[task()])
    day(APRIL_12 - timedelta(days=30), [task()])
    for path in SERIES:
        markup = html_of(client.get(f"{path}?without=top1"))
        assert "Back to the figures as recorded" in markup
        assert '<details class="aside check"' in markup
    assert "No task is left of this." in page_text(client, "/dashboard/?without=top1")
    said = text_of(part(html_of(client.get(f"{MONTH}?without=top1")), '<div class="prose">', "</div>"))
    assert said == "April 2026 has no task left. March 2026 has no task left."


# The strip, the banner, the links ---------------------------------------------------------------------------


def test_the_strip_has_all_its_parts(client: Client, nothing_stored):
    day(tasks=[task()], left_out="3 private, client work", tags=["AI"])
    day(APRIL_12 - timedelta(days=1), [task()], tags=["AI"])
    for path in (*SERIES, "/records/", "/tags/ai/", "/categories/"):
        strip = part(html_of(client.get(path)), '<details class="aside check" id="check"', "</main>")
        assert not strip.startswith(" open")
        text = text_of(strip)
        for said in (
            "The rows as data",
            "Method",
            "The figures are as of",
            "Corrections",
            "What if",
            "@misc",
        ):
            assert said in text, path
        assert "1 of the 2 days counted here names what the record leaves out" in text
        assert f'class="address" href="http://localhost:8000{path}"' in strip


@pytest.mark.parametrize("path", SERIES[::3])
def test_address_and_banner_say_what_is_supposed(client: Client, weeks, path):
    markup = html_of(client.get(f"{path}?hours=0.5&hours_cap=40"))
    banner = text_of(part(markup, '<aside class="what-if"', "</aside>"))
    assert "every human estimate halved; at most 40 human hours a task" in banner
    cited = unescape(part(markup, 'class="address" href="', '"'))
    assert cited == f"http://localhost:8000{path}?hours=0.5&hours_cap=40"
    assert "what else is turned on this page is not in them" in text_of(markup)
    files = re.findall(r'href="([^"]+\.(?:csv|json)[^"]*)"', part(markup, 'id="check"', "</details>"))
    assert {unescape(file).split("?")[1] for file in files} == {"hours=0.5"}


def test_links_keep_the_scenario_where_their_page_takes_it(client: Client, weeks):
    for path in SERIES:
        markup = html_of(client.get(f"{path}?hours=0.5&minutes=both&without=top1"))
        main = part(markup, '<main id="main"', '<details class="aside check"')
        links = {unescape(url) for url in re.findall(r'(?:data-)?href="(/[^"]+)"', main)}
        assert any("/records/2026-04-12/?hours=0.5&minutes=both&without=top1" in url for url in links)
        for url in links:
            if re.match(r"/records/.|/dashboard/", url) and ".csv" not in url and ".json" not in url:
                assert "hours=0.5&minutes=both&without=top1" in url, (path, url)
            elif re.match(r"/tasks/\d", url):
                assert url.endswith("?hours=0.5&minutes=both"), (path, url)
            else:
                assert "minutes=both" not in url, (path, url)
        assert "factor_min=" not in main


def test_a_record_and_a_task_pass_the_scenario_on(client: Client, weeks):
    markup = html_of(client.get(f"{RECORD}?hours=0.5&without=top1"))
    main = part(markup, '<main id="main"', '<details class="aside check"')
    pager = markup.split('id="check"', 1)[1]
    for url in ("/records/2026-04-11/", "/records/2026-W15/", "/dashboard/"):
        assert f'href="{url}?hours=0.5&amp;without=top1"' in pager
    assert "×" not in text_of(part(pager, 'rel="prev"', "</a>"))
    assert re.search(r'class="name" href="/tasks/\d+/\?hours=0.5"', main)
    assert 'href="/categories/testing/"' in main
    first = Task.objects.get(day__date=APRIL_12, position=1)
    markup = html_of(client.get(f"/tasks/{first.pk}/?hours=0.5"))
    assert 'href="/records/2026-04-12/?hours=0.5#t1"' in markup
    assert 'href="/categories/testing/?hours=0.5"' in markup
    assert re.search(r'rel="prev" href="/tasks/\d+/\?hours=0.5"', markup)


def test_lists_are_linked_to_with_what_they_multiply(client: Client, weeks):
    for path in SERIES[::3]:
        markup = html_of(client.get(f"{path}?hours=0.5&supervision=3"))
        bins = re.findall(r'<a href="(/tasks/\?factor_min[^"]+)">[^<]*</a></th><td[^>]*>(\d+)</td>', markup)
        assert bins
        for url, count in bins:
            assert csv_count(client, unescape(url)) == int(count)


def csv_count(client: Client, url: str) -> int:
    return len(csv_rows(client, url.replace("/tasks/?", "/tasks.csv?")))


def test_every_way_to_another_range_keeps_the_scenario(client: Client, weeks):
    markup = html_of(client.get("/dashboard/?by=week&hours_cap=9"))
    picker = part(markup, 'id="range"', "</form>")
    assert '<input type="hidden" name="hours_cap" value="9">' in picker
    for url in re.findall(r'href="(\?[^"]*)"', part(markup, 'id="hours-title"', "</form>")):
        assert "hours_cap=9" in url
    assert "hours_cap=9" in part(markup, '<nav class="sort-line"', "</nav>")


def test_a_chart_by_itself_keeps_the_knobs_and_says_so(client: Client, weeks):
    for path in SERIES[:2]:
        markup = html_of(client.get(f"{path}?hours_cap=9&minutes=both"))
        charts = [unescape(url) for url in re.findall(r'href="(/[dr][^"]+\.svg[^"]*)"', markup)]
        assert charts
        for url in charts:
            assert url.endswith("hours_cap=9&minutes=both")
            drawn = client.get(url).content.decode()
            assert "what if: at most 9 human hours a task; hours divided by agent and supervisory" in drawn
    drawn = client.get("/records/2026-04-12/by-category.svg?hours_cap=9").content.decode()
    assert "what if: at most 9 human hours a task" in drawn
    said = part(drawn, '<desc id="desc">', "</desc>")
    assert said in html_of(client.get(f"{RECORD}?hours_cap=9"))


# What makes no sense ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SERIES[::3])
def test_a_knob_that_makes_no_sense_is_named_and_not_applied(client: Client, path, nothing_stored):
    day(tasks=[task()])
    markup = html_of(client.get(f"{path}?hours=half&without=top2"))
    for said in (
        "“half” is neither a number nor “low”. Try 0.5 or low.",
        "There is no task to leave out: “top2”",
    ):
        assert unescape(markup).count(said) == 2
    assert band(markup)["Leverage factor"] == "48.0×"
    for chart in ("hours", "factors"):
        answer = client.get(f"{path}{chart}.svg?hours=half")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["hours"]
    assert client.get("/records/2026-04-12/by-category.svg?hours=half").status_code == 400


def test_a_range_without_a_record_still_names_a_knob_that_makes_no_sense(client: Client, nothing_stored):
    day(tasks=[task()])
    text = page_text(client, "/dashboard/?to=2020-01-01&hours=half")
    assert "“half” is neither a number" in text
    assert "Nothing is on record in this range." in text


# Files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", TURNED[:2])
def test_files_hold_the_figures_of_the_page(client: Client, weeks, query):
    rows = rows_if(query)
    by_id = {str(row.id): row for row in rows}
    month = [row for row in rows if row.date.month == 4]
    body, lines = (
        json_body(client, f"/records/2026-04.json?{query}"),
        csv_rows(client, f"/records/2026-04.csv?{query}"),
    )
    assert len(lines) == len(month)
    for line in lines:
        row = by_id[line["id"]]
        assert [line["human_hours"], line["factor"]] == [plain(row.hours), plain(row.factor)]
        assert line["supervisory_minutes"] == plain(row.supervision)
    assert plain(Fraction(repr(body["totals"]["factor"]))) == plain(weighted(month))
    for line in csv_rows(client, f"/dashboard.csv?{query}"):
        found = [row for row in rows if row.date.isoformat() == line["date"]]
        assert [line["factor"], line["supervisory_factor"]] == [
            plain(weighted(found)),
            plain(supervised(found)),
        ]
    totals = json_body(client, f"/dashboard.json?{query}")["totals"]
    assert plain(Fraction(repr(totals["supervisory_factor"]))) == plain(supervised(rows))


# Lists of days and of categories ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/records/", "/tags/ai/"])
def test_lists_of_days_show_what_their_files_hold(client: Client, weeks, path):
    query = "hours=0.3333&supervision=3&sort=-factor"
    day(APRIL_12 - timedelta(days=30), title="Travel", tags=["AI"])
    markup = html_of(client.get(f"{path}?{query}"))
    rows = rows_if(query.removesuffix("&sort=-factor"))
    shown, lines = days_table(markup), csv_rows(client, f"{path[:-1]}.csv?{query}")
    assert shown.pop() == ["Fri, March 13, 2026 Travel", "a note, without tasks"]
    assert lines.pop()["factor"] == ""
    assert [cells[5] for cells in shown] == [average(Fraction(line["factor"]), "×") for line in lines]
    assert f"weighted average {average(weighted(rows))}×" in text_of(markup)
    assert "every human estimate multiplied by 0.3333" in text_of(
        part(markup, '<aside class="what-if"', "</aside>")
    )
    assert "/records/2026-04-12/?hours=0.3333&amp;supervision=3" in markup


def test_the_list_of_categories_shows_what_its_file_holds(client: Client, weeks):
    markup = html_of(client.get("/categories/?hours=0.5&supervision=3"))
    lines = csv_rows(client, "/categories.csv?hours=0.5&supervision=3")
    shown = rows_of(part(markup, '<table class="table categories"', "</table>"))
    assert [cells[2] for cells in shown] == [quantity(Fraction(line["human_hours"])) for line in lines]
    assert [cells[7] for cells in shown] == [single(Fraction(line["highest_factor"])) for line in lines]
    assert 'href="/categories/testing/?hours=0.5&amp;supervision=3"' in markup
    assert 'href="/tasks/?category=none&amp;hours=0.5&amp;supervision=3"' in markup


@pytest.mark.parametrize("path", ["/records/", "/tags/ai/", "/categories/"])
def test_lists_say_which_knobs_they_do_not_take(client: Client, weeks, path):
    text = page_text(client, f"{path}?hours_cap=9")
    assert "This works on other pages. Here, try hours or supervision." in text
    assert "What if: at most" not in text


# What is not public, and what it costs ----------------------------------------------------------------------


@pytest.mark.parametrize("query", [TURNED[0], TURNED[-1]])
def test_drafts_change_nothing(client: Client, weeks, query):
    addresses = [f"{path}?{query}" for path in (*SERIES, "/dashboard/shares.svg", "/dashboard/factors.svg")]
    before = [client.get(address).content for address in addresses]
    draft(
        APRIL_12 - timedelta(days=4),
        [task("Hidden", "9000", "1", category=Category.objects.get(slug="testing"))],
    )
    draft(date(2026, 3, 30), [task("Hidden", "9000", "1")])
    assert [client.get(address).content for address in addresses] == before


def test_a_scenario_asks_little_more_of_the_database_however_many_days(
    client: Client, weeks, django_assert_max_num_queries
):
    most = {"/dashboard/": 6, **dict.fromkeys(PERIODS, 9)}
    for back in range(15, 40):
        day(APRIL_12 - timedelta(days=back), [task(), task()])
    for path, recorded in most.items():
        client.get(f"{path}?{TURNED[1]}")  # what needs every task is kept from now on
        client.get(f"{path}?{TURNED[-1]}")
        with django_assert_max_num_queries(recorded):
            client.get(f"{path}?{TURNED[1]}")
        with django_assert_max_num_queries(recorded + 3):
            client.get(f"{path}?{TURNED[-1]}")
    for path in ("/records/", "/tags/ai/", "/categories/"):
        with django_assert_max_num_queries(9):
            client.get(f"{path}?{TURNED[1]}")
