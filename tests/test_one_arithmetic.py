"""One arithmetic: every surface shows the figures that plain fractions give for the rows of the database."""

import json
import random
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from django.test import Client

from records.cards import card_of
from records.models import Category, Day, SiteProfile, Task
from tests.exact import Row, Sums, average, by_category, by_day, plain, quantity, rows_in_sql, single
from tests.factories import category, day, task
from tests.feed_rules import read
from tests.listings import csv_rows, ids_in_csv, json_body
from tests.pages import html_of, part, rows_of, text_of
from tests.surfaces import (
    FILE_COLUMNS,
    as_plain,
    assert_feed_entry,
    assert_totals,
    in_file,
    log_order,
    supervisory_cell,
    words_of_card,
)

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 1)
DAYS = 30
NOTES = (6, 21)  # days without tasks, by their number
HOURS = ("0.0001", "0.02", "0.3333", "1.5", "8", "160", "2000", "99999.9999")
MINUTES = ("0.01", "0.1", "7", "14.29", "33.33", "90", "9999999.99")
SUPERVISION = ("0", "0.01", "2", "3.5", "140", "9999999.99")


# The rows ---------------------------------------------------------------------------------------------------


def random_task(chance: random.Random, supervision: str, categories: list[Category | None]) -> Task:
    """A task with figures from both ends and between; ``supervision`` is known, unknown, zero or mixed."""
    minutes = {"unknown": None, "zero": "0", "known": chance.choice(SUPERVISION[1:])}
    mixed = chance.choice([None, *SUPERVISION])
    return task(
        f"Task {chance.randrange(10**6)}: generated",
        chance.choice([*HOURS, str(chance.randrange(1, 400_000) / Decimal(10_000))]),
        chance.choice([*MINUTES, str(chance.randrange(1, 9_000) / Decimal(100))]),
        minutes.get(supervision, mixed),
        category=chance.choice(categories),
        tokens=chance.choice([None, 0, 812, 10**10]),
    )


@pytest.fixture(scope="module")
def rows(kept_for_the_module) -> list[Row]:
    """The public tasks of thirty days, two of them notes, as plain SQL gives them."""
    chance = random.Random(20260412)
    categories = [category("Testing", order=2), category("Frontend", order=1), None]
    for number in range(DAYS):
        supervision = ("mixed", "known", "unknown", "zero")[number % 4]
        tasks = [random_task(chance, supervision, categories) for _ in range(chance.randrange(1, 8))]
        day(FIRST + timedelta(days=number), [] if number in NOTES else tasks, sample=number % 5 == 0)
    return rows_in_sql()


def band_of(markup: str) -> dict[str, str]:
    """The band of figures: what stands under each label."""
    band = part(markup, '<dl class="figures', "</dl>")
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", band, re.DOTALL)
    return {text_of(label): text_of(value) for label, value in pairs}


def first_of(band: dict[str, str], label: str) -> str:
    """The figure itself, without its sign, its unit and what is said below it."""
    found = re.match(r"[\d,.]+|—", band[label])
    assert found, band[label]
    return found[0]


def assert_band(band: dict[str, str], sums: Sums) -> None:
    assert first_of(band, "Leverage factor") == average(sums.factor)
    assert first_of(band, "Supervisory leverage") == average(sums.supervisory_factor)
    assert first_of(band, "Human-equivalent") == quantity(sums.total("hours"))
    assert first_of(band, "Claude") == quantity(sums.total("agent"))
    assert first_of(band, "Supervision") == quantity(sums.total("supervision"))
    assert first_of(band, "Tasks") == f"{len(sums.rows):,}"
    partial = f"over {len(sums.supervised):,} of {len(sums.rows):,} tasks"
    assert (partial in band["Supervisory leverage"]) == (len(sums.supervised) < len(sums.rows))


# The surfaces -----------------------------------------------------------------------------------------------


def test_the_page_and_the_files_of_every_record_agree_with_its_rows(client: Client, rows: list[Row]):
    for on, sums in by_day(rows).items():
        markup = html_of(client.get(f"/records/{on}/"))
        band = band_of(markup)
        assert_band(band, sums)
        assert f"median task {average(median(sums.factors()))}×" in band["Leverage factor"]
        statistics = dict(rows_of(part(markup, '<table class="statistics"', "</table>")))
        assert statistics["Weighted average leverage factor"] == average(sums.factor, "×")
        assert statistics["Weighted average supervisory leverage factor"] == average(
            sums.supervisory_factor, "×"
        )
        assert statistics["Total human-equivalent hours"] == quantity(sums.total("hours"))
        assert statistics["Total Claude minutes"] == quantity(sums.total("agent"))
        assert statistics["Total supervisory minutes"] == quantity(sums.total("supervision"))
        logged = sorted(sums.rows, key=log_order)
        log = rows_of(part(markup, '<table class="table log"', "</table>"))
        assert [[cells[-2], cells[-1]] for cells in log] == [
            [single(row.factor), single(row.supervisory_factor)] for row in logged
        ]
        assert [cells[2:5] for cells in log] == [
            [quantity(row.hours), quantity(row.agent), quantity(row.supervision)] for row in logged
        ]
        assert [[each[name] for name in FILE_COLUMNS] for each in csv_rows(client, f"/records/{on}.csv")] == [
            in_file(row) for row in logged
        ]
        assert_totals(json_body(client, f"/records/{on}.json")["totals"], sums)


def test_the_first_page_and_the_list_of_records_agree_with_the_rows(client: Client, rows: list[Row]):
    expected = [
        [
            str(len(sums.rows)),
            quantity(sums.total("hours")),
            quantity(sums.total("agent")),
            quantity(sums.total("supervision")),
            average(sums.factor, "×"),
            supervisory_cell(sums, "×"),
        ]
        for sums in by_day(rows).values()
    ]
    home = html_of(client.get("/"))
    assert_band(band_of(home), next(iter(by_day(rows).values())))
    assert f"{expected[0][4].rstrip('×')} minutes of skilled work for each minute" in text_of(home)
    assert [cells[1:] for cells in rows_of(home) if len(cells) == 7] == expected[1:10]
    markup = html_of(client.get("/records/"))
    assert [cells[1:] for cells in rows_of(markup) if len(cells) == 7] == expected
    byline = text_of(part(markup, '<p class="byline">', "</p>"))
    everything = Sums(rows)
    assert byline.startswith(f"{DAYS} days, {len(rows):,} tasks, {quantity(everything.total('hours'))} human")
    assert f"weighted average {average(everything.factor)}×" in byline
    assert f"supervisory {average(everything.supervisory_factor)}×" in byline
    assert_totals(json_body(client, "/records.json")["totals"], everything)


def test_the_file_of_records_agrees_with_the_rows(client: Client, rows: list[Row]):
    days = by_day(rows)
    for line in csv_rows(client, "/records.csv"):
        sums = days.get(date.fromisoformat(line["date"]), Sums([]))
        assert line["human_hours"] == plain(sums.total("hours"))
        assert line["agent_minutes"] == plain(sums.total("agent"))
        assert line["supervisory_minutes"] == plain(sums.total("supervision"))
        assert (line["factor"], line["supervisory_factor"]) == (
            plain(sums.factor),
            plain(sums.supervisory_factor),
        )


def test_the_list_of_tasks_and_its_files_agree_with_the_rows(client: Client, rows: list[Row]):
    markup = html_of(client.get("/tasks/?per_page=200"))
    assert_band(band_of(markup), Sums(rows))
    assert [cells[-2:] for cells in rows_of(part(markup, '<table class="table log', "</table>"))] == [
        [single(row.factor), single(row.supervisory_factor)] for row in rows
    ]
    lines = csv_rows(client, "/tasks.csv")
    assert [[line[name] for name in FILE_COLUMNS] for line in lines] == [in_file(row) for row in rows]
    body = json_body(client, "/tasks.json")
    assert_totals(body["totals"], Sums(rows))
    written = [[as_plain(each[name]) for name in FILE_COLUMNS[2:]] for each in body["results"]]
    assert written == [in_file(row)[2:] for row in rows]


@pytest.mark.parametrize("bound", ["0.5", "1", "45", "100", "480", "599999999.4"])
@pytest.mark.parametrize("which", ["factor", "supervisory_factor"])
def test_a_range_of_factors_chooses_what_exact_fractions_choose(
    client: Client, rows: list[Row], which, bound
):
    known = [(row.id, value) for row in rows if (value := getattr(row, which)) is not None]
    at_least = [pk for pk, value in known if value >= Fraction(bound)]
    at_most = [pk for pk, value in known if value <= Fraction(bound)]
    assert ids_in_csv(client, f"/tasks.csv?{which}_min={bound}") == at_least
    assert ids_in_csv(client, f"/tasks.csv?{which}_max={bound}") == at_most


@pytest.mark.parametrize("sort", ["factor", "-factor", "supervisory_factor", "-supervisory_factor"])
def test_an_order_by_factor_is_the_one_of_exact_fractions_with_ties_by_id(
    client: Client, rows: list[Row], sort
):
    def rank(row: Row) -> tuple[Fraction, int]:
        return (getattr(row, sort.lstrip("-")), row.id)

    descending = sort.startswith("-")
    known = [row for row in rows if getattr(row, sort.lstrip("-")) is not None]
    unknown = [row.id for row in rows if row not in known]
    ordered = [row.id for row in sorted(known, key=rank, reverse=descending)]
    assert ids_in_csv(client, f"/tasks.csv?sort={sort}") == ordered + sorted(unknown, reverse=descending)


def test_the_table_of_categories_and_each_category_agree_with_the_rows(client: Client, rows: list[Row]):
    parts = by_category(rows)
    names = {"none": "No category yet", "testing": "Testing", "frontend": "Frontend"}
    table = {cells[0]: cells[1:] for cells in rows_of(html_of(client.get("/categories/")))}
    files = {line["category"]: line for line in csv_rows(client, "/categories.csv")}
    for slug, sums in parts.items():
        spread = (median(sums.factors()), min(sums.factors()), max(sums.factors()))
        assert table[names[slug]] == [
            f"{len(sums.rows):,}",
            quantity(sums.total("hours")),
            quantity(sums.total("agent")),
            average(sums.factor),
            average(spread[0]),
            single(spread[1]),
            single(spread[2]),
            supervisory_cell(sums),
        ]
        line = files[slug]
        assert [line["factor"], line["supervisory_factor"]] == [
            plain(sums.factor),
            plain(sums.supervisory_factor),
        ]
        assert [line["median_factor"], line["lowest_factor"], line["highest_factor"]] == [*map(plain, spread)]
    for slug in ("testing", "frontend"):
        assert_band(band_of(html_of(client.get(f"/categories/{slug}/"))), parts[slug])
        assert_totals(json_body(client, f"/categories/{slug}.json")["totals"], parts[slug])


def test_the_page_of_a_task_agrees_with_its_row(client: Client, rows: list[Row]):
    for row in rows[::4]:
        markup = html_of(client.get(f"/tasks/{row.id}/"))
        band = band_of(markup)
        assert first_of(band, "Leverage factor") == single(row.factor)
        assert first_of(band, "Supervisory leverage") == single(row.supervisory_factor)
        assert first_of(band, "Human-equivalent") == quantity(row.hours)
        assert first_of(band, "Claude") == quantity(row.agent)
        sign = "=" if row.factor * 100 % 1 == 0 else "≈"
        working = f"{quantity(row.hours)} h × 60 / {quantity(row.agent)} min {sign} {single(row.factor)}"
        assert working in text_of(markup)


def test_the_feeds_agree_with_the_rows(client: Client, rows: list[Row]):
    (*_, newest), days = sorted(by_day(rows)), by_day(rows)
    for ending in ("atom.xml", "rss.xml", "feed.json"):
        entries = read(client.get(f"/feeds/{ending}").content.decode(), ending)
        assert str(newest) in entries[0].url
        for entry in entries:
            on = date.fromisoformat(entry.url[-11:-1])
            sums = days.get(on)
            if sums is None:
                assert entry.summary.startswith("A note on")
                continue
            assert_feed_entry(entry, sums, sample=Day.objects.get(date=on).sample)


def test_the_words_of_cards_agree_with_the_rows(client: Client, rows: list[Row]):
    site = SiteProfile.load()
    for on, sums in by_day(rows).items():
        words = words_of_card("A day", sums)
        assert card_of("A day", "", Task.objects.filter(day__date=on), site).text == words
        alt = re.findall(r'og:image:alt" content="[^"]*?: (\S+ leverage factor[^"]*)"', page_of(client, on))
        assert alt == [words.removeprefix("A day: ")]
    for slug, name in (("testing", "Testing"), ("frontend", "Frontend")):
        words = words_of_card(name, by_category(rows)[slug])
        assert f'og:image:alt" content="{words}"' in html_of(client.get(f"/categories/{slug}/"))
    assert card_of("All records", "", Task.objects.visible(), site).text == words_of_card(
        "All records", Sums(rows)
    )


def test_the_data_of_every_record_for_programs_agrees_with_its_rows(client: Client, rows: list[Row]):
    for on, sums in by_day(rows).items():
        block = part(page_of(client, on), '<script type="application/ld+json">', "</script>")
        (data_set,) = [node for node in json.loads(block)["@graph"] if node["@type"] == "Dataset"]
        found = {each["name"]: as_plain(each["value"]) for each in data_set["variableMeasured"]}
        expected = {
            "Human hours": sums.total("hours"),
            "Agent minutes": sums.total("agent"),
            "Supervisory minutes": sums.total("supervision"),
            "Leverage factor": sums.factor,
            "Supervisory leverage factor": sums.supervisory_factor,
        }
        assert found == {name: plain(value) for name, value in expected.items() if value is not None}


def page_of(client: Client, on: date) -> str:
    return html_of(client.get(f"/records/{on}/"))


def test_the_worked_day_of_the_method_is_the_latest_with_tasks(client: Client, rows: list[Row]):
    sums = next(iter(by_day(rows).values()))
    text = text_of(part(html_of(client.get("/method/")), 'id="worked-day"', "</section>"))
    assert f"{quantity(sums.total('hours'))} h × 60 / {quantity(sums.total('agent'))} min" in text
    assert f"{average(sums.factor)} " in text
