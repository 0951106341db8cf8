"""Years, months and weeks of records: figures, days, neighbours, and when they are not there."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from records import publishing
from records.models import Day
from tests.exact import Sums, average, rows_in_sql
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import csv_rows, hidden_tasks, ids_in_csv, ids_in_sql, json_body, several_days
from tests.pages import april_12, html_of, page_text, part, rows_of, text_of
from tests.test_dashboard import assert_band, band, days_table, numbers

pytestmark = pytest.mark.django_db

KEYS = ("2026", "2026-04", "2026-W15")


def sentences(client: Client, key: str) -> str:
    """What the page says in words."""
    return text_of(part(html_of(client.get(f"/records/{key}/")), '<div class="prose">', "</div>"))


@pytest.fixture(scope="module")
def stored(kept_for_the_module) -> None:
    """The record of April 12, 2026."""
    april_12()


@pytest.mark.parametrize("key", KEYS)
def test_its_figures_are_those_of_plain_sql_on_the_page_and_in_the_file(client: Client, key, nothing_stored):
    several_days()
    day(date(2026, 3, 31), [task("March", "5", "7", None)])
    within = {"2026": "2026", "2026-04": "2026-04"}.get(key)
    rows = [row for row in rows_in_sql() if str(row.date).startswith(within or "2026-04")]
    sums, markup = Sums(rows), html_of(client.get(f"/records/{key}/"))
    assert_band(markup, sums)
    assert average(sums.factor, "×") in sentences(client, key)
    body = json_body(client, f"/records/{key}.json")
    assert body["count"] == body["totals"]["tasks"] == len(rows)
    assert round(body["totals"]["factor"], 6) == round(float(sums.factor or 0), 6)
    assert len(days_table(markup)) == len({row.date for row in rows})


def test_its_file_holds_its_tasks_in_the_order_asked_for(client: Client, nothing_stored):
    several_days()
    within = "t.date >= '2026-04-06' AND t.date <= '2026-04-12'"
    assert ids_in_csv(client, "/records/2026-W15.csv") == ids_in_sql(within)
    by_factor = ids_in_csv(client, "/records/2026-W15.csv?sort=-factor")
    assert by_factor == ids_in_sql(within, "t.factor DESC, t.id DESC")
    response = client.get("/records/2026-W15.json?sort=prose")
    assert response.status_code == 400


def test_its_tokens_are_the_days_own(client: Client, stored):
    assert "4.13 M tokens" in band(html_of(client.get("/records/2026-04/")))["Tasks"]
    assert json_body(client, "/records/2026-04.json")["totals"]["tokens"] == 4_129_000


@pytest.mark.parametrize(
    "key", ["2025", "2026-05", "2026-W16", "2026-13", "2026-W60", "0000", "2026-W1", "26"]
)
@pytest.mark.parametrize("ending", ["/", ".csv", ".json", "/hours.svg"])
def test_a_period_without_a_public_day_is_not_there(client: Client, key, ending, stored):
    hidden_tasks()
    assert client.get(f"/records/{key}{ending}").status_code == 404


def test_a_day_that_is_scheduled_makes_no_period_until_its_moment(
    client: Client, time_machine, nothing_stored
):
    day(published_at=datetime(2026, 5, 1, 12, tzinfo=UTC), tasks=[task()])
    time_machine.move_to(datetime(2026, 5, 1, 11, 59, tzinfo=UTC))
    assert client.get("/records/2026-04/").status_code == 404
    time_machine.move_to(datetime(2026, 5, 1, 12, 1, tzinfo=UTC))
    assert client.get("/records/2026-04/").status_code == 200


def test_what_is_hidden_changes_nothing_of_a_period(client: Client, nothing_stored):
    several_days()
    addresses = ["/records/2026/", "/records/2026-04/", "/records/2026.csv", "/records/2026/hours.svg"]
    before = [client.get(address).getvalue() for address in addresses]
    hidden_tasks()
    draft(date(2026, 3, 1), [task("Hidden four")])
    assert [client.get(address).getvalue() for address in addresses] == before


# In words ---------------------------------------------------------------------------------------------------


def test_a_single_day_of_a_single_task_is_said_in_the_singular(client: Client, nothing_stored):
    day(tasks=[task(hours="1", agent="1")])
    assert sentences(client, "2026-04") == (
        "April 2026: 1 task on one day, April 12, 2026, 1 human-equivalent hour in 1 Claude minute, "
        "a weighted average leverage factor of 60.0×. It is the first month on record."
    )


def test_a_tie_for_the_highest_is_not_given_to_one(client: Client, nothing_stored):
    day(tasks=[task("One"), task("Two"), task("Three", "4")])
    assert "The highest factor, 48.0×, is shared by 2 tasks." in sentences(client, "2026-04")
    publishing.save_day(Day.objects.get(), list(Day.objects.get().tasks.all()[:2]), reason="Fewer")
    assert "Every task stands at 48.0×." in sentences(client, "2026-04")


def test_the_highest_is_named_by_its_task(client: Client, nothing_stored):
    day(tasks=[task("Parser: all of it", "16"), task("Two")])
    assert "The highest factor, 96.0×, is that of “Parser”." in sentences(client, "2026-04")


@pytest.mark.parametrize(
    ("supervision", "said"),
    [
        ((None, None), "Supervision was not recorded."),
        (("2", None), "Supervision is known of 1 of the 2 tasks."),
        (("2", "0"), None),
    ],
)
def test_it_says_how_far_supervision_is_known(client: Client, supervision, said, nothing_stored):
    day(tasks=[task(f"Task {number}", supervision=known) for number, known in enumerate(supervision)])
    text = sentences(client, "2026-04")
    assert said in text if said else "Supervision" not in text


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("8", "March 2026 had 8 h at 48.0×, as many hours."),
        ("9", "March 2026 had 8 h at 48.0×; this month has 13 % more."),
        ("6", "March 2026 had 8 h at 48.0×; this month has 25 % fewer."),
        ("20", "March 2026 had 8 h at 48.0×; this month has 2.5 times as many hours."),
        ("8.01", "March 2026 had 8 h at 48.0×, about as many hours."),
    ],
)
def test_it_is_held_against_the_month_before(client: Client, hours, said, nothing_stored):
    day(date(2026, 3, 30), [task()])
    day(tasks=[task(hours=hours)])
    assert sentences(client, "2026-04").endswith(said)
    beside = rows_of(part(html_of(client.get("/records/2026-04/")), 'id="compared"', "</section>"))
    assert ["Human-equivalent hours", "8 h", f"{hours} h"] in beside


def test_a_gap_before_is_said_and_bridged(client: Client, nothing_stored):
    day(date(2026, 2, 1), [task()])
    day(tasks=[task()])
    assert "March 2026 has no task on record." in sentences(client, "2026-04")
    markup = html_of(client.get("/records/2026-04/"))
    assert 'rel="prev" href="/records/2026-02/"' in markup
    assert 'id="compared"' not in markup
    assert 'rel="next" href="/records/2026-04/"' in html_of(client.get("/records/2026-02/"))


def test_a_month_under_way_says_so(client: Client, time_machine, nothing_stored):
    day(tasks=[task()])
    time_machine.move_to(datetime(2026, 4, 20, 12, tzinfo=UTC))
    assert sentences(client, "2026-04").startswith("April 2026 so far: 1 task")
    time_machine.move_to(datetime(2026, 5, 2, 12, tzinfo=UTC))
    assert sentences(client, "2026-04").startswith("April 2026: 1 task")


def test_a_month_of_notes_alone_says_that(client: Client, nothing_stored):
    day(title="Travel")
    assert sentences(client, "2026-04").startswith("April 2026 has 1 note and no task on record.")


# Its parts --------------------------------------------------------------------------------------------------


def test_the_best_tasks_come_by_factor_and_lead_to_all(client: Client, nothing_stored):
    several_days()
    best = part(html_of(client.get("/records/2026-04/")), 'id="best"', "</table>")
    found = [int(pk) for pk in re.findall(r'id="task-(\d+)"', best)]
    assert found == ids_in_sql("1 = 1", "t.factor DESC, t.id")[:5]
    assert "/tasks/?from=2026-04-08&amp;to=2026-04-12&amp;sort=-factor" in best


def test_a_week_across_the_years_belongs_to_the_one_of_its_name(client: Client, nothing_stored):
    day(date(2025, 12, 30), [task()])
    day(date(2026, 1, 2), [task()])
    markup = html_of(client.get("/records/2026-W01/"))
    assert len(days_table(markup)) == 2
    assert [row[0] for row in numbers(markup, "hours")] == ["December 30, 2025", "January 2, 2026"]
    for around in ("2025", "2026", "2025-12", "2026-01"):
        assert f'href="/records/{around}/"' in markup


def test_records_and_their_list_lead_to_their_periods(client: Client, stored):
    record = html_of(client.get("/records/2026-04-12/"))
    for key in KEYS:
        assert f'href="/records/{key}/"' in record
    assert 'href="/records/2026/"' in html_of(client.get("/records/"))
    paths = set(re.findall(r"<loc>[^<]*?(/records/[^<]+)</loc>", client.get("/sitemap.xml").content.decode()))
    assert {f"/records/{key}/" for key in KEYS} <= paths


def test_a_preview_leads_to_no_period_that_is_not_there(client: Client, admin_client: Client, nothing_stored):
    hidden = draft(tasks=[task()])
    assert "/records/2026-04/" not in html_of(admin_client.get(f"/records/{hidden.date}/preview/"))


def test_categories_come_by_hours(client: Client, nothing_stored):
    day(tasks=[task(hours="2", category=category("Small")), task(hours="9", category=category("Large"))])
    rows = rows_of(part(html_of(client.get("/records/2026-04/")), 'id="categories"', "</table>"))
    assert [row[0] for row in rows] == ["Large", "Small"]


def test_the_number_of_questions_does_not_grow(client: Client, django_assert_num_queries, stored):
    client.get("/method/")  # the profile is asked for after a change alone
    for key in KEYS:
        with django_assert_num_queries(7):
            client.get(f"/records/{key}/")
    for back in range(1, 12):
        day(APRIL_12 - timedelta(days=back), [task(), task()])
    client.get("/method/")
    for key in KEYS:
        with django_assert_num_queries(7):
            client.get(f"/records/{key}/")


def test_its_rows_can_be_had_as_csv(client: Client, stored):
    assert len(csv_rows(client, "/records/2026.csv")) == 37
    assert 'href="/records/2026-04.csv"' in html_of(client.get("/records/2026-04/"))
    assert "1,222.75 h" in page_text(client, "/records/2026/")
