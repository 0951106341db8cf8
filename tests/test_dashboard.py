"""The dashboard: the whole series, or the range asked for, from the same arithmetic as every record."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import isclose, prod
from statistics import median

import pytest
from django.test import Client

from records import publishing
from records.models import Task
from tests.exact import Sums, average, plain, quantity, rows_in_sql, shown, single
from tests.factories import APRIL_12, category, day, task
from tests.listings import csv_rows, hidden_tasks, json_body, several_days
from tests.pages import april_12, html_of, page_text, part, rows_of, text_of

pytestmark = pytest.mark.django_db

CHARTS = ("hours", "calendar", "factor", "supervisory-factor", "factors", "sizes", "shares")
DASHBOARD = "/dashboard/"


def yesterdays(count: int) -> None:
    """Days before April 12, each with two tasks, of which supervision is known of one."""
    testing, frontend = category("First kind"), category("Second kind")
    for back in range(1, count + 1):
        first = task("One", str(3 + back % 9), "10", "2", category=testing)
        second = task("Two", str(1 + back % 5), str(3 + back % 4), None, category=frontend)
        day(APRIL_12 - timedelta(days=back), [first, second])


def band(markup: str) -> dict[str, str]:
    """The band of figures: what stands under each label."""
    found = part(markup, '<dl class="figures', "</dl>")
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", found, re.DOTALL)
    return {text_of(label): text_of(value) for label, value in pairs}


def days_table(markup: str) -> list[list[str]]:
    return rows_of(part(markup, '<table class="table days"', "</table>"))


def numbers(markup: str, name: str) -> list[list[str]]:
    """The table of a chart."""
    return rows_of(part(markup, f'id="{name}-numbers"', "</details>"))


# Totals and averages ----------------------------------------------------------------------------------------


def assert_band(markup: str, sums: Sums) -> None:
    found = band(markup)
    assert found["Leverage factor"].startswith(average(sums.factor, "×"))
    assert found["Supervisory leverage"].startswith(average(sums.supervisory_factor, "×"))
    assert found["Human-equivalent"].startswith(f"{quantity(sums.total('hours'))} h")
    assert found["Claude"].startswith(f"{quantity(sums.total('agent'))} min")
    assert found["Supervision"].startswith(f"{quantity(sums.total('supervision'))} min")
    assert found["Tasks"].startswith(f"{len(sums.rows):,} on")
    assert f"over {len(sums.supervised)} of {len(sums.rows)} tasks" in found["Supervisory leverage"]


def test_its_totals_and_averages_are_those_of_plain_sql(client: Client):
    several_days()
    april = APRIL_12 + timedelta(days=3)
    day(april, [task("Odd", "0.3333", "7.01", None), task("Odd too", "1234.5", "33.33", "0.01")])
    for query, first in (("", None), ("?from=2026-04-10", APRIL_12 - timedelta(days=2))):
        rows = [row for row in rows_in_sql() if first is None or row.date >= first]
        sums, markup = Sums(rows), html_of(client.get(f"{DASHBOARD}{query}"))
        assert_band(markup, sums)
        factors = sums.factors()
        said = text_of(part(markup, 'id="averages"', "</section>"))
        assert f"Weighted {average(sums.factor)}×" in said
        assert f"Median {average(median(factors))}×" in said
        assert f"From {single(min(factors))}× to {single(max(factors))}×" in said
        mean = re.search(r"Geometric mean ([\d.,]+)×", said)
        assert mean
        assert isclose(
            float(mean[1].replace(",", "")), prod(map(float, factors)) ** (1 / len(factors)), abs_tol=0.06
        )
        expected = {"factor": sums.factor, "human_hours": sums.total("hours"), "tokens": sums.total("tokens")}
        totals = json_body(client, f"/dashboard.json{query}")["totals"]
        assert {name: f"{Decimal(repr(totals[name])):f}" for name in expected} == {
            name: plain(value) for name, value in expected.items()
        }


def test_the_geometric_mean_is_exact_where_it_is_a_whole_number(client: Client):
    day(tasks=[task("One", "2", "60"), task("Two", "8", "60")])
    assert "Geometric mean 4.0×" in page_text(client, DASHBOARD)


def test_the_lowest_and_highest_lead_to_their_tasks_and_days(client: Client):
    several_days()
    markup = html_of(client.get(DASHBOARD))
    lowest, highest = (Task.objects.order_by(order, "id")[0] for order in ("factor", "-factor"))
    said = part(markup, 'id="averages"', "</section>")
    assert f'<a href="{lowest.get_absolute_url()}">' in said
    assert f'<a href="{highest.get_absolute_url()}">' in said
    extremes = part(markup, "Leverage factor</a>", "</dd>")
    assert re.findall(r'href="(/records/[^"]+)"', extremes) == [
        "/records/2026-04-12/",
        "/records/2026-04-08/",
    ]


def test_april_12_reads_as_on_its_own_page(client: Client):
    april_12()
    found = band(html_of(client.get(DASHBOARD)))
    assert found["Leverage factor"] == "119.5×"
    assert found["Supervisory leverage"] == "524.0×"
    assert found["Tasks"] == "37 on 1 of 1 day 4.13 M tokens"
    assert "Median 45.0×" in page_text(client, DASHBOARD)


def test_figures_that_are_only_about_right_say_so(client: Client):
    day(tasks=[task(agent_minutes_source="approximate")])
    found = band(html_of(client.get(DASHBOARD)))
    assert (found["Leverage factor"], found["Claude"][:4]) == ("~48.0×", "~10 ")
    assert found["Supervisory leverage"] == "240.0×"


# Few days ---------------------------------------------------------------------------------------------------


def test_without_a_day_it_invites(client: Client):
    assert "Nothing has been published here yet" in page_text(client, DASHBOARD)
    assert csv_rows(client, "/dashboard.csv") == []
    assert json_body(client, "/dashboard.json")["count"] == 0
    assert client.get("/dashboard/hours.svg").status_code == 404


def test_with_one_day_of_one_task_nothing_is_compared_with_itself(client: Client):
    day(tasks=[task(category=category("Testing"))])
    text = page_text(client, DASHBOARD)
    assert "It rests on one task, 48.0×" in text
    assert "The first of each still stands." in text
    for absent in ("Median", "over time", "Share of hours", "against size", "days 48.0×"):
        assert absent not in text


def test_with_two_days_each_is_the_lowest_or_the_highest(client: Client):
    day(tasks=[task()])
    day(APRIL_12 - timedelta(days=2), [task(hours="4")])
    text = page_text(client, DASHBOARD)
    assert "days 24.0× to 48.0×" in text
    assert "Leverage factor over time" in text
    assert "on 2 of 3 days" in text


def test_days_of_notes_alone_have_no_figures_and_no_charts(client: Client):
    day(title="Travel")
    text = page_text(client, DASHBOARD)
    assert "No task is on record here yet." in text
    assert "a note, without tasks" in text


def test_a_note_says_why_a_day_is_missing(client: Client):
    day(tasks=[task(), task()])
    day(APRIL_12 - timedelta(days=1), title="Travel, no work")
    text = page_text(client, DASHBOARD)
    assert "Without tasks, with a note: April 11, Travel, no work." in text
    assert "April 11, 2026: Travel, no work" in html_of(client.get("/dashboard/calendar.svg"))


# What is not public -----------------------------------------------------------------------------------------


def test_what_is_not_public_counts_nowhere(client: Client):
    several_days()
    shown_before = [
        client.get(f"/dashboard{end}").getvalue() for end in ("/", ".csv", "/hours.svg", "/shares.svg")
    ]
    hidden_tasks()
    assert [
        client.get(f"/dashboard{end}").getvalue() for end in ("/", ".csv", "/hours.svg", "/shares.svg")
    ] == shown_before


# The range --------------------------------------------------------------------------------------------------


def test_a_range_narrows_everything_on_the_page(client: Client):
    yesterdays(20)
    markup = html_of(client.get(f"{DASHBOARD}?from=2026-04-01&to=2026-04-05"))
    assert "narrowed to April 1 to 5, 2026" in text_of(markup)
    assert len(days_table(markup)) == 5
    assert numbers(markup, "hours")[0][0] == "April 1, 2026"
    assert sum(int(row[1]) for row in numbers(markup, "factors")) == 10
    assert "&amp;from=2026-04-01&amp;to=2026-04-05" in part(markup, 'id="factors-numbers"', "</details>")


@pytest.mark.parametrize(
    ("by", "first", "columns"),
    [("day", "April 1, 2026", 12), ("week", "Week 14 of 2026", 2), ("month", "April 2026", 1)],
)
def test_hours_add_up_by_every_unit(client: Client, by, first, columns):
    yesterdays(11)
    april_12()
    rows = numbers(html_of(client.get(f"{DASHBOARD}?by={by}")), "hours")
    assert (rows[0][0], len(rows)) == (first, columns)
    total = sum((Fraction(row[2].replace(",", "")) for row in rows), Fraction(0))
    assert shown(total, 4) == quantity(Sums(rows_in_sql()).total("hours"))


def test_a_unit_that_would_be_too_fine_is_replaced_and_said(client: Client):
    day(tasks=[task()])
    day(APRIL_12 - timedelta(days=400), [task()])
    text = page_text(client, f"{DASHBOARD}?by=day")
    assert "By day that would be 401 columns, too many to be told apart: shown by week." in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("by=hour", "There is no unit “hour”. Try day."),
        ("from=yesterday", "“yesterday” is not a date. Try 2026-04-12."),
        ("to=2026-02-30", "“2026-02-30” is not a date. Try 2026-04-12."),
        (
            "from=2026-04-02&to=2026-04-01",
            "The range ends before it begins. Try the two the other way round.",
        ),
        ("sort=prose", "There is no column to sort by: “prose”."),
    ],
)
def test_a_value_that_makes_no_sense_is_named_on_the_page_and_refused_in_files(client: Client, query, said):
    day(tasks=[task()])
    assert said in page_text(client, f"{DASHBOARD}?{query}")
    for address in (f"/dashboard.csv?{query}", f"/dashboard.json?{query}", f"/dashboard/hours.svg?{query}"):
        response = client.get(address)
        assert response.status_code == 400
        assert said in json.loads(response.content)["errors"][query.split("&")[-1].split("=")[0]][0]


def test_a_range_without_a_record_leads_back_to_all(client: Client):
    day(tasks=[task()])
    text = page_text(client, f"{DASHBOARD}?from=2020-01-01&to=2020-12-31")
    assert "Nothing is on record in this range." in text
    assert csv_rows(client, "/dashboard.csv?to=2020-12-31") == []


# Days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["date", "tasks", "human_hours", "supervisory_minutes", "factor", "supervisory_factor"]
)
def test_the_table_and_its_files_are_the_list_of_records_in_every_order(client: Client, name):
    several_days()
    day(APRIL_12 - timedelta(days=9), title="Travel")
    day(APRIL_12 - timedelta(days=10), [task(supervision=None)])
    for sort in (name, f"-{name}"):
        listed = client.get(f"/records.csv?sort={sort}").getvalue()
        assert client.get(f"/dashboard.csv?sort={sort}").getvalue() == listed
        markup = html_of(client.get(f"{DASHBOARD}?sort={sort}"))
        dates = re.findall(r'class="day"><a href="/records/([\d-]+)/"', part(markup, 'id="days"', "</table>"))
        assert dates == [row["date"] for row in csv_rows(client, f"/dashboard.csv?sort={sort}")]


BROKEN = "Figures that rose above the highest before, latest first"


@pytest.mark.parametrize("query", ["", "?hours=0.5", "?minutes=both"])
def test_the_highest_so_far_leads_to_its_task(client: Client, query: str):
    day(APRIL_12 - timedelta(days=2), [task(hours="8")])
    day(APRIL_12, [task(hours="1"), task("Fast", "16", "1"), task("Large", "40", "1000")], sample=True)
    fast, large = (Task.objects.get(description=name).get_absolute_url() for name in ("Fast", "Large"))
    markup = html_of(client.get(f"{DASHBOARD}{query}"))
    standing = part(markup, "The highest figure of each kind", "</table>")
    assert f'<a href="{large}{query}">Largest task</a>' in standing
    assert f'<a href="{fast}{query}">Highest factor of a task</a>' in standing
    assert standing.count('<span class="chip">sample</span>') == 4
    later = part(markup, BROKEN, "</table>")
    assert f'<a href="{large}{query}">largest task</a>' in later
    assert later.count('<span class="chip">sample</span>') == 4


def test_the_highest_so_far_is_told_with_what_stood_before(client: Client):
    day(APRIL_12 - timedelta(days=2), [task(hours="8")])
    day(APRIL_12 - timedelta(days=1), [task(hours="4")])
    day(APRIL_12, [task("Large", "16", "10")])
    broken = rows_of(part(html_of(client.get(DASHBOARD)), BROKEN, "</table>"))
    assert ["Apr 12, 2026", "most human hours in a day", "8 h", "16 h"] in broken
    assert ["Apr 12, 2026", "highest factor of a task", "48.0×", "96.0×"] in broken
    assert not [row for row in broken if row[0] != "Apr 12, 2026"]


# Charts and cost --------------------------------------------------------------------------------------------


def test_every_chart_stands_at_an_address_of_its_own_without_a_class_and_says_as_of_when(
    client: Client, settings
):
    settings.SITE_URL = "https://records.example.org"
    yesterdays(20)
    page = html_of(client.get(DASHBOARD))
    for name in CHARTS:
        assert f'href="/dashboard/{name}.svg"' in page
        for theme in ("", "?theme=dark"):
            response = client.get(f"/dashboard/{name}.svg{theme}")
            assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
            drawn = response.content.decode()
            assert not re.search(r"\sclass=|\sstyle=|<style|<script|data-", drawn)
            assert re.search(
                r"Leverage Records · as of .*2026.* · https://records\.example\.org</text>", drawn
            )
            assert "<title id=" in drawn
            assert re.search(r"<desc[^>]*>[^<]{20,}", drawn)
    assert client.get("/dashboard/nothing.svg").status_code == 404
    assert client.get("/dashboard/hours.svg?theme=pink").status_code == 400


def test_names_of_tasks_and_categories_are_text_in_charts_too(client: Client):
    kinds = [category(name) for name in ("<b>\"&'", "Other")]
    for back in range(10):
        day(APRIL_12 - timedelta(days=back), [task("<script>", category=kinds[back % 2])], title="<i>")
    for address in (
        DASHBOARD,
        "/dashboard/shares.svg",
        "/records/2026-04-12/by-category.svg",
        "/records/2026-04/",
    ):
        body = client.get(address).content.decode()
        assert "<b>" + '"' not in body
        assert "<script>" not in body
        assert "<i>" not in body


def test_the_number_of_questions_does_not_grow_with_the_days(client: Client, django_assert_num_queries):
    april_12()
    yesterdays(2)
    for more in (range(3, 40), ()):
        with django_assert_num_queries(10):  # what needs every task is asked after a change alone
            client.get(DASHBOARD)
        with django_assert_num_queries(3):
            client.get(DASHBOARD)
        for back in more:
            day(APRIL_12 - timedelta(days=back), [task(), task()])


def test_sample_days_are_said_to_be_made_up(client: Client):
    publishing.save_day(day(tasks=[task()], sample=True))
    assert "Sample data." in page_text(client, DASHBOARD)
