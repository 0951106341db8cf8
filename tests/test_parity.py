"""Five hundred days: a figure that stands in two places is the same in both, to the rounding of each.

What is expected is made with fractions of what was put in; every place is read as a visitor reads it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import exp, isclose, log
from statistics import fmean, median
from typing import Any

import pytest
from django.test import Client

from records.cards import card_of
from records.models import SiteProfile, Task
from tests.exact import Row, Sums, average, compact, plain, quantity, single
from tests.feed_rules import read
from tests.generated_days import CATEGORIES, Given, five_hundred_days
from tests.listings import csv_rows, ids_in_csv, json_body
from tests.surfaces import (
    FILE_COLUMNS,
    MADE_UP,
    Page,
    as_plain,
    assert_band,
    assert_derived,
    assert_feed_entry,
    assert_totals,
    category_cells,
    day_cells,
    in_file,
    log_order,
    task_cells,
    within,
    words,
    words_in_picture,
    words_of_card,
)

pytestmark = pytest.mark.django_db

RECORDS_SEEN = 64
TASKS_SEEN = 48
WEEKS_SEEN = 12
CARDS_SEEN = ("2025", "2025-12", "2026-W01")
AT_ONCE = 200
BY_NUMBER = 1_000  # rows of the list of tasks that page numbers reach
DAY_COLUMNS = (
    *("date", "tasks", "human_hours", "agent_minutes", "supervisory_minutes", "tokens"),
    *("factor", "supervisory_factor", "sample"),
)


@pytest.fixture(scope="module")
def given(kept_for_the_module) -> list[Given]:
    """The days as they were put in, newest first."""
    return five_hundred_days()


def worked(days: list[Given]) -> list[Given]:
    return [each for each in days if each.rows]


def together(days: Iterable[Given]) -> Sums:
    """The tasks of some days, in the order of lists: newest day first, then as logged."""
    return Sums([row for each in days for row in each.rows])


def tokens_of(days: Iterable[Given]) -> int | None:
    """What the days say of their own tokens."""
    known = [tokens for each in days if (tokens := each.tokens) is not None]
    return sum(known) if known else None


def some(things: list[Any], count: int) -> list[Any]:
    """About so many of them, from all over; always the same ones."""
    return things[:: max(1, len(things) // count)]


def pages(client: Client, address: str, rows: int) -> Iterator[Page]:
    """The pages that hold so many rows, two hundred on each."""
    for number in range(1, -(-rows // AT_ONCE) + 1):
        yield Page(client, f"{address}?per_page={AT_ONCE}&page={number}")


def of_categories(rows: list[Row]) -> dict[str, Sums]:
    """The tasks of each category that has some, by its name."""
    found = {name: [row for row in rows if row.slug == slug] for slug, name in CATEGORIES.items()}
    return {name: Sums(each) for name, each in found.items() if each}


# Days -------------------------------------------------------------------------------------------------------


def day_in_file(each: Given) -> list[str]:
    sums, tokens = each.sums, each.tokens
    figures = [plain(sums.total(name)) for name in ("hours", "agent", "supervision")]
    factors = [plain(sums.factor), plain(sums.supervisory_factor)]
    counted = [each.on.isoformat(), str(len(each.rows)), *figures, "" if tokens is None else str(tokens)]
    return [*counted, *factors, str(each.sample).lower()]


def day_in_json(line: dict[str, Any]) -> list[str]:
    figures = [as_plain(line[name]) for name in DAY_COLUMNS[1:-1]]
    return [line["date"], *figures, str(line["sample"]).lower()]


def test_every_day_is_the_same_in_every_list_and_file_of_days(client: Client, given: list[Given]):
    even = [each for each in given if "Even days" in each.tags]
    for address, days in {"/dashboard": given, "/records": given, "/tags/even-days": even}.items():
        expected = [day_in_file(each) for each in days]
        lines = csv_rows(client, f"{address}.csv")
        assert [[line[name] for name in DAY_COLUMNS] for line in lines] == expected
        body = json_body(client, f"{address}.json")
        assert [day_in_json(line) for line in body["results"]] == expected
        assert_totals(body["totals"], together(days), tokens_of(days))
    for address, days in {"/records/": given, "/tags/even-days/": even}.items():
        seen = list(pages(client, address, len(days)))
        cells = [row for page in seen for row in page.table("table.days") if len(row) > 1]
        assert [row[1:] for row in cells] == [day_cells(each.sums) for each in days]
        assert_said_of_all(seen[0].text(".byline"), days)


def assert_said_of_all(said: str, days: list[Given]) -> None:
    sums = together(days)
    counted = f"{len(days)} days, {len(sums.rows):,} tasks, {quantity(sums.total('hours'))} human-equivalent"
    assert said.startswith(counted)
    assert f"weighted average {average(sums.factor)}×" in said
    supervised = f"{len(sums.supervised):,} of the tasks"
    assert f"supervisory {average(sums.supervisory_factor)}× over {supervised}" in said


# Records ----------------------------------------------------------------------------------------------------


def test_a_record_says_the_same_in_its_band_log_chart_words_and_files(client: Client, given: list[Given]):
    for each in some(worked(given), RECORDS_SEEN):
        address, sums = f"/records/{each.on}", each.sums
        page = Page(client, f"{address}/")
        assert_band(page, sums)
        assert_derived(page, sums)
        assert page.band()["Leverage factor"][1] == f"median task {average(median(sums.factors()))}×"
        assert (page.band()["Tasks"][1:] or [""])[0].startswith(compact(each.tokens))
        assert_statistics(dict(page.table('[aria-labelledby="statistics"]')), each)
        assert_log(page.table("table.log"), sums)
        for name, part in of_categories(sums.rows).items():
            assert f"{name} {average(part.factor, '×')}" in page.text("#by-category desc")
        charted = {row[0]: row[1:] for row in page.table("#by-category-numbers")}
        assert charted == {name: charted_cells(part) for name, part in of_categories(sums.rows).items()}
        assert (
            page.meta("description")
            == page.meta("og:description")
            == said_of_day(sums) + MADE_UP * each.sample
        )
        assert page.meta("og:image:alt") == words_of_card(page.text("h1"), sums)
        assert_measured(page, sums)
        assert_files_of_day(client, address, each)


def charted_cells(sums: Sums) -> list[str]:
    """A category among the numbers of the chart of a day."""
    tasks, hours, _, factor, _, lowest, highest, _ = category_cells(sums)
    return [tasks, hours, factor, lowest, highest]


def assert_statistics(found: dict[str, str], each: Given) -> None:
    sums = each.sums
    expected = {
        "Total tasks": str(len(sums.rows)),
        "Total human-equivalent hours": quantity(sums.total("hours")),
        "Total Claude minutes": quantity(sums.total("agent")),
        "Total supervisory minutes": quantity(sums.total("supervision")),
        "Total tokens": "—" if each.tokens is None else f"{each.tokens:,}",
        "Weighted average leverage factor": average(sums.factor, "×"),
        "Weighted average supervisory leverage factor": average(sums.supervisory_factor, "×"),
    }
    assert {name: found[name] for name in expected} == expected


def assert_log(cells: list[list[str]], sums: Sums) -> None:
    logged = sorted(sums.rows, key=log_order)
    assert [row[2:5] + row[-2:] for row in cells] == [task_cells(row) for row in logged]
    if any(row.tokens is not None for row in logged):
        written = ["—" if row.tokens is None else f"{row.tokens:,}" for row in logged]
        assert [row[5] for row in cells] == written


def said_of_day(sums: Sums) -> str:
    return (
        f"{len(sums.rows)} task{'s' * (len(sums.rows) != 1)}, {quantity(sums.total('hours'))} "
        f"human-equivalent hours in {quantity(sums.total('agent'))} Claude minutes: "
        f"a weighted average leverage factor of {average(sums.factor, '×')}."
    )


def assert_measured(page: Page, sums: Sums) -> None:
    graph = json.loads(page.node('script[type="application/ld+json"]').text())["@graph"]
    (data_set,) = [node for node in graph if node["@type"] == "Dataset"]
    expected = {
        "Human hours": sums.total("hours"),
        "Agent minutes": sums.total("agent"),
        "Supervisory minutes": sums.total("supervision"),
        "Leverage factor": sums.factor,
        "Supervisory leverage factor": sums.supervisory_factor,
    }
    found = {each["name"]: as_plain(each["value"]) for each in data_set["variableMeasured"]}
    assert found == {name: plain(value) for name, value in expected.items() if value is not None}
    told = [node["description"] for node in graph if "description" in node]
    assert all(said_of_day(sums) in text for text in told)


def assert_files_of_day(client: Client, address: str, each: Given) -> None:
    logged = [in_file(row) for row in sorted(each.rows, key=log_order)]
    lines = csv_rows(client, f"{address}.csv")
    assert [[line[name] for name in FILE_COLUMNS] for line in lines] == logged
    assert_totals(json_body(client, f"{address}.json")["totals"], each.sums, each.tokens)


# Tasks ------------------------------------------------------------------------------------------------------


def test_every_task_is_the_same_in_lists_files_and_the_archive(client: Client, given: list[Given]):
    everything = together(given)
    expected = [in_file(row) for row in everything.rows]
    lines = csv_rows(client, "/tasks.csv")
    assert [[line[name] for name in FILE_COLUMNS] for line in lines] == expected
    body = json_body(client, "/tasks.json")
    figures = [[as_plain(line[name]) for name in FILE_COLUMNS[2:]] for line in body["results"]]
    assert figures == [row[2:] for row in expected]
    assert_totals(body["totals"], everything)
    assert archived(client) == [row[:1] + row[2:5] for row in sorted(expected, key=lambda row: int(row[0]))]
    seen = list(pages(client, "/tasks/", BY_NUMBER))
    cells = [row[2:5] + row[-2:] for page in seen for row in page.table("table.log")]
    assert cells == [task_cells(row) for row in everything.rows[:BY_NUMBER]]
    assert_band(seen[0], everything)
    counts = {name: f"{len(part.rows):,}" for name, part in of_categories(everything.rows).items()}
    assert facets(seen[0]) == counts


def archived(client: Client) -> list[list[str]]:
    """The tasks of the whole archive, by their ids."""
    days = json_body(client, "/data/records.json")["days"]
    names = ("id", "human_hours", "agent_minutes", "supervisory_minutes")
    tasks = sorted((task for day in days for task in day["tasks"]), key=lambda task: task["id"])
    return [[as_plain(task[name]) for name in names] for task in tasks]


def facets(page: Page) -> dict[str, str]:
    """The categories to choose from, and the number beside each."""
    labels = [words(label).rpartition(" ") for label in page.tree.css("#choices-category label")]
    return {f"{name[:1].upper()}{name[1:]}": count for name, _, count in labels}


def test_a_task_reads_on_its_own_page_as_in_the_lists(client: Client, given: list[Given]):
    for row in some(together(given).rows, TASKS_SEEN):
        page = Page(client, f"/tasks/{row.id}/")
        band, cells = page.band(), task_cells(row)
        labels = ("Human-equivalent", "Claude", "Supervision", "Leverage factor", "Supervisory leverage")
        signs = (" h", " min", " min", "×", "×")
        assert [band[label][0].removesuffix(sign) for label, sign in zip(labels, signs, strict=True)] == cells
        assert f"{cells[0]} h × 60 / {cells[1]} min" in page.text(".workings .leverage dd")
        assert cells[3] in page.text(".workings .leverage dd")
        assert cells[4] in page.text(".workings .supervision dd") or row.supervisory_factor is None
        assert page.meta("description") == (
            f"{cells[0]} human hours in {cells[1]} Claude minutes: a leverage factor of {cells[3]}×."
        )


def test_what_is_found_stands_with_the_figures_of_its_task(client: Client, given: list[Given]):
    by_id = {row.id: row for row in together(given).rows}
    page = Page(client, "/search/?q=factor>100 plain")
    found = [(within(item, "h2 a").attributes["href"] or "", item) for item in page.tree.css("ol.found > li")]
    tasks = {int(link.split("/")[2]): item for link, item in found if link.startswith("/tasks/")}
    assert tasks
    for pk, item in tasks.items():
        shown = [words(within(item, f".{which}")) for which in ("leverage", "supervision")]
        factors = (by_id[pk].factor, by_id[pk].supervisory_factor)
        assert [each.removesuffix("×") for each in shown] == [single(each) for each in factors]


# Periods and the dashboard ----------------------------------------------------------------------------------


def periods(given: list[Given]) -> dict[str, list[Given]]:
    """All years and months, and some weeks, each with its days."""
    years: dict[str, list[Given]] = {}
    months: dict[str, list[Given]] = {}
    weeks: dict[str, list[Given]] = {}
    for each in given:
        week = each.on.isocalendar()
        years.setdefault(f"{each.on:%Y}", []).append(each)
        months.setdefault(f"{each.on:%Y-%m}", []).append(each)
        weeks.setdefault(f"{week.year}-W{week.week:02}", []).append(each)
    assert len(months) > 18
    around_new_year = [key for key in weeks if key.endswith("W01")]
    chosen = {key: weeks[key] for key in [*some(list(weeks), WEEKS_SEEN), *around_new_year]}
    return {**years, **months, **chosen}


def test_a_period_agrees_with_its_days_on_its_page_and_in_its_files(client: Client, given: list[Given]):
    for key, days in periods(given).items():
        page, sums = Page(client, f"/records/{key}/"), together(days)
        assert_series(page, days)
        said = page.text("article > .prose")
        for figure in (quantity(sums.total("hours")), quantity(sums.total("agent")), average(sums.factor)):
            assert f" {figure}" in said
        assert page.meta("description") in said
        on_card = words_of_card(page.text("h1"), sums)
        assert page.meta("og:image:alt") == on_card
        if key in CARDS_SEEN:
            assert words_in_picture(client, f"/records/{key}/card.png") == on_card
        assert [row[1:] for row in page.table("table.days")] == [day_cells(each.sums) for each in days]
        best = sorted(sums.factors(), reverse=True)[:5]
        assert [row[-2] for row in page.table("table.log")] == [single(value) for value in best]
        assert {row[0]: row[1:] for row in page.table("table.categories")} == {
            name: category_cells(part) for name, part in of_categories(sums.rows).items()
        }
        if "-" in key:  # the chart of a month or a week has a row for each of its days
            assert [row[1:] for row in page.table("#hours-numbers")] == [*map(hours_row, reversed(days))]
        assert_compared(page, sums)
        assert ids_in_csv(client, f"/records/{key}.csv") == [row.id for row in sums.rows]
        assert_totals(json_body(client, f"/records/{key}.json")["totals"], sums, tokens_of(days))


def hours_row(each: Given) -> list[str]:
    """A day among the numbers of the chart of hours."""
    sums = each.sums
    averages = (average(sums.factor), average(sums.supervisory_factor))
    return [str(len(sums.rows)), quantity(sums.total("hours")), *averages]


def assert_series(page: Page, days: list[Given]) -> None:
    """What a period and the dashboard have above and in their charts."""
    sums = together(days)
    assert_band(page, sums)
    assert_derived(page, sums)
    averages = [value for each in days if (value := each.sums.factor) is not None]
    ends = f"days {average(min(averages))}× to {average(max(averages))}×"
    assert (ends in page.band()["Leverage factor"]) == (len(set(averages)) > 1)
    assert_averages(page.text("#averages"), sums)
    counted = f"{quantity(sums.total('hours'))} h, {len(sums.rows):,} tasks in all"
    assert counted in page.text("#hours desc")
    charted = page.table("#hours-numbers")
    assert sum(int(row[1].replace(",", "")) for row in charted) == len(sums.rows)
    assert sum(Fraction(row[2].replace(",", "")) for row in charted if row[2] != "—") == sums.total("hours")
    bars = page.table("#factors-numbers")
    assert sum(int(row[1].replace(",", "")) for row in bars) == len(sums.rows)


def assert_averages(said: str, sums: Sums) -> None:
    factors = sums.factors()
    assert f"Weighted {average(sums.factor)}×" in said
    assert f"Median {average(median(factors))}×" in said
    assert f"From {single(min(factors))}× to {single(max(factors))}×" in said
    mean = said.partition("Geometric mean ")[2].partition("×")[0].replace(",", "")
    assert isclose(float(mean), exp(fmean(map(log, factors))), abs_tol=0.0501, rel_tol=1e-12)


def assert_compared(page: Page, sums: Sums) -> None:
    """The last column of the table beside the period before, where there is one."""
    found = {row[0]: row[-1] for row in page.table('[aria-labelledby="compared"]')}
    expected = {
        "Tasks": f"{len(sums.rows):,}",
        "Human-equivalent hours": f"{quantity(sums.total('hours'))} h",
        "Claude minutes": f"{quantity(sums.total('agent'))} min",
        "Leverage factor": average(sums.factor, "×"),
        "Supervisory leverage factor": average(sums.supervisory_factor, "×"),
    }
    assert not found or {name: found[name] for name in expected} == expected


def test_the_dashboard_agrees_with_its_days_whatever_the_range(client: Client, given: list[Given]):
    months = [days for key, days in periods(given).items() if key in ("2025", "2025-12")]
    for days in (given, *months):
        first, last = days[-1].on, days[0].on
        page = Page(client, f"/dashboard/?from={first}&to={last}&per_page={AT_ONCE}")
        assert_series(page, days)
        cells = [row[1:] for row in page.table("table.days")]
        assert cells == [day_cells(each.sums) for each in days[:AT_ONCE]]
        sums = together(days)
        shares = {row[0]: row[1] for row in page.table("#shares-numbers")}
        for name, part in of_categories(sums.rows).items():
            assert shares[name] == quantity(part.total("hours"))


# Categories, the first page, away from the site -------------------------------------------------------------


def test_categories_agree_with_their_tasks(client: Client, given: list[Given]):
    parts = of_categories(together(given).rows)
    listed = {row[0]: row[1:] for row in Page(client, "/categories/").table("table.categories")}
    assert listed == {name: category_cells(part) for name, part in parts.items()}
    files = {line["category"]: line for line in csv_rows(client, "/categories.csv")}
    for slug, name in CATEGORIES.items():
        sums = parts[name]
        assert_spread(files[slug], sums)
        address = f"/tasks.csv?category={slug}" if slug == "none" else f"/categories/{slug}.csv"
        assert ids_in_csv(client, address) == [row.id for row in sums.rows]
    for slug in ("testing", "quotes-co"):
        page, sums = Page(client, f"/categories/{slug}/"), parts[CATEGORIES[slug]]
        assert_band(page, sums)
        assert f"median task stands at {average(median(sums.factors()))}×" in page.text("#results > .note")
        assert page.meta("og:image:alt") == words_of_card(CATEGORIES[slug], sums)
        assert_totals(json_body(client, f"/categories/{slug}.json")["totals"], sums)


def assert_spread(line: dict[str, str], sums: Sums) -> None:
    """A category in a file: its averages, its median task and the two at its ends."""
    factors = sums.factors()
    spread = (sums.factor, sums.supervisory_factor, median(factors), min(factors), max(factors))
    columns = ("factor", "supervisory_factor", "median_factor", "lowest_factor", "highest_factor")
    assert [line[column] for column in columns] == [plain(value) for value in spread]


def test_the_first_page_and_the_method_show_the_newest_record(client: Client, given: list[Given]):
    newest, *earlier = given
    page, sums = Page(client, "/"), newest.sums
    assert_band(page, sums)
    assert_derived(page, sums)
    assert page.meta("description") == said_of_day(sums) + MADE_UP * newest.sample
    assert page.text(".live").startswith(f"An estimated {average(sums.factor)} minutes")
    assert [row[1:] for row in page.table("table.days")] == [day_cells(each.sums) for each in earlier[:10]]
    said = Page(client, "/method/").text('[aria-labelledby="worked-day"]')
    assert f"{quantity(sums.total('hours'))} h × 60 / {quantity(sums.total('agent'))} min" in said
    assert f"{average(sums.factor)} " in said


def test_feeds_and_cards_say_what_the_records_say(client: Client, given: list[Given]):
    site = SiteProfile.load()
    whole = card_of("All", "", Task.objects.visible(), site)
    assert whole.text == words_of_card("All", together(given))
    for each in some(worked(given), RECORDS_SEEN):
        card = card_of("A day", "", Task.objects.filter(day=each.on), site)
        assert card.text == words_of_card("A day", each.sums)
    by_date = {each.on.isoformat(): each for each in given}
    for feed in ("/feeds", "/tags/even-days", "/categories/quotes-co"):
        for ending in ("atom.xml", "rss.xml", "feed.json"):
            entries = read(client.get(f"{feed}/{ending}").content.decode(), ending)
            days = [(entry, by_date[entry.url[-11:-1]]) for entry in entries]
            assert len(days) > 5
            for entry, each in days:
                assert entry.summary.startswith("A note on") == (not each.rows)
                if each.rows:
                    assert_feed_entry(entry, each.sums, sample=each.sample)


# What if ----------------------------------------------------------------------------------------------------


def supposing(each: Given, hours: str, supervision: str = "1") -> Given:
    """A day as it would be with its hours and its supervision multiplied."""
    by, over = Fraction(hours), Fraction(supervision)

    def multiplied(row: Row) -> Row:
        supervised = None if row.supervision is None else row.supervision * over
        return replace(row, hours=row.hours * by, supervision=supervised)

    return replace(each, rows=tuple(map(multiplied, each.rows)))


def test_every_file_under_what_if_agrees_with_the_same_fractions(client: Client, given: list[Given]):
    halved = [supposing(each, "0.5") for each in given]
    assert_tasks(client, "/tasks.csv?hours=0.5", halved)
    asked, supposed = "hours=0.3333&supervision=3", [supposing(each, "0.3333", "3") for each in given]
    assert_tasks(client, f"/tasks.json?{asked}", supposed)
    even = [each for each in supposed if "Even days" in each.tags]
    for address, days in {"/dashboard": supposed, "/records": supposed, "/tags/even-days": even}.items():
        lines = csv_rows(client, f"{address}.csv?{asked}")
        assert [[line[name] for name in DAY_COLUMNS] for line in lines] == [
            day_in_file(each) for each in days
        ]
        totals = json_body(client, f"{address}.json?{asked}")["totals"]
        assert_totals(totals, together(days), tokens_of(days))
    categories = csv_rows(client, f"/categories.csv?{asked}")
    assert {line["category"] for line in categories} == set(CATEGORIES)
    for line in categories:
        part = [row for row in together(supposed).rows if row.slug == line["category"]]
        assert_spread(line, Sums(part))
    for key in ("2025", "2025-12", "2026-W01"):
        days = periods(supposed)[key]
        assert_tasks(client, f"/records/{key}.csv?{asked}", days)
        assert_totals(
            json_body(client, f"/records/{key}.json?{asked}")["totals"], together(days), tokens_of(days)
        )
    testing = [row for row in together(supposed).rows if row.slug == "testing"]
    assert_totals(json_body(client, f"/categories/testing.json?{asked}")["totals"], Sums(testing))
    for each in some(worked(supposed), 4):
        totals = json_body(client, f"/records/{each.on}.json?{asked}")["totals"]
        assert_totals(totals, each.sums, each.tokens)


def assert_tasks(client: Client, address: str, days: list[Given]) -> None:
    """A file of the tasks of these days; one of JSON says what they add up to as well."""
    sums, figures = together(days), FILE_COLUMNS[2:]
    expected = [in_file(row)[2:] for row in sums.rows]
    if ".csv" in address:
        lines = csv_rows(client, address)
        assert [[line[name] for name in figures] for line in lines] == expected
    else:
        body = json_body(client, address)
        assert [[as_plain(line[name]) for name in figures] for line in body["results"]] == expected
        assert_totals(body["totals"], sums)
