"""The first page and the lists of days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from records import publishing
from records.models import Category, SiteProfile
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import april_12, html_of, page_text, part, rows_of, text_of

pytestmark = pytest.mark.django_db

PAGES = ["/", "/records/", "/tasks/", "/categories/", "/method/", "/data/"]


def yesterdays(count: int) -> None:
    """Days before April 12, one task each."""
    for distance in range(1, count + 1):
        day(APRIL_12 - timedelta(days=distance), [task()])


def test_home_opens_with_the_latest_record_and_what_its_factor_means(client):
    april_12(lede="A construction day.")
    yesterdays(2)
    text = page_text(client, "/")
    assert "119.5 minutes of skilled work for each minute the agent ran." in text
    assert "A construction day." in text
    assert text.index("119.5×") < text.index("The days before") < text.index("Sat, April 11, 2026")


def test_home_lists_ten_days_before_the_latest(client):
    yesterdays(12)
    assert len(rows_of(html_of(client.get("/")))) == 10


def test_home_never_shows_what_is_not_public(client):
    day(APRIL_12 - timedelta(days=9), [task()])
    draft(APRIL_12, [task()], title="Secret draft")
    assert "Secret draft" not in page_text(client, "/")


def test_home_opens_with_a_note_when_that_is_the_latest(client):
    day(title="Travel", lede="On the train.")
    text = page_text(client, "/")
    assert "On the train." in text
    assert "minutes of skilled work" not in text


def test_home_takes_as_many_queries_for_ten_days_as_for_two(client, django_assert_num_queries):
    yesterdays(2)
    with django_assert_num_queries(5):
        client.get("/")
    for distance in range(3, 12):
        day(APRIL_12 - timedelta(days=distance), [task()])
    with django_assert_num_queries(5):
        client.get("/")


@pytest.mark.parametrize("address", PAGES)
def test_on_the_empty_site_every_page_answers_with_an_invitation(client, address):
    assert f'href="{reverse("admin:index")}"' in html_of(client.get(address))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_the_site_by_its_profile_and_can_be_skipped_through(client, address):
    SiteProfile(site_name="Grace's Log").save()
    markup = html_of(client.get(address))
    assert "Grace’s Log" in text_of(markup) or "Grace's Log" in text_of(markup)
    assert '<a class="skip" href="#main">Skip to main content</a>' in markup
    assert markup.count("<h1") == 1


@pytest.mark.parametrize("address", [*PAGES, "/records/2026-04-11/", "/tags/ai/"])
def test_every_page_that_counts_a_sample_day_says_so(client, address):
    day(APRIL_12 - timedelta(days=1), [task(category=category("Kind"))], tags=["AI"])
    assert "Sample data." not in page_text(client, address)
    publishing.save_day(day(APRIL_12, [task(category=Category.objects.get())], tags=["AI"], sample=True))
    expected = address != "/records/2026-04-11/"
    assert ("Sample data." in page_text(client, address)) is expected


def test_days_are_headed_alike_wherever_their_order_is_settled_or_not(client):
    april_12()
    yesterdays(2)
    heads = {
        text_of(part(html_of(client.get(address)), '<table class="table days">', "</thead>")).replace(
            " ▾", ""
        )
        for address in ("/", "/records/", "/records/2026-04/", "/dashboard/")
    }
    ends = [head[head.index("Day") :] for head in heads]
    assert set(ends) == {"Day Tasks Human, h Claude, min Sup., min Factor Sup. factor"}


# All records -----------------------------------------------------------------------------------------------


def test_records_come_newest_first_under_their_years(client):
    april_12()
    day(APRIL_12.replace(year=2025), [task()])
    markup = html_of(client.get("/records/"))
    rows = rows_of(markup)
    assert [row[0] for row in rows] == ["2026", "Sun, April 12", "2025", "Sat, April 12"]
    assert [body.count('scope="rowgroup"') for body in markup.split("<tbody>")[1:]] == [1, 1]
    assert rows[1][1:] == ["37", "1,222.75", "614", "140", "119.5×", "524.0×"]


def test_an_average_over_some_of_the_tasks_says_so_in_lists_too(client):
    day(tasks=[task(), task(supervision=None)])
    day(APRIL_12 - timedelta(days=1), [task(), task(), task(supervision=None)])
    assert rows_of(html_of(client.get("/records/")))[1][6] == "240.0×over 1 of 2"
    assert rows_of(html_of(client.get("/")))[0][6] == "240.0×over 2 of 3"
    assert "supervisory 240.0× over 3 of the tasks" in page_text(client, "/records/")


def test_records_sort_by_factor_with_notes_last_both_ways(client):
    april_12()
    day(APRIL_12 + timedelta(days=1), [task()])
    day(APRIL_12 + timedelta(days=2), title="Travel")
    for sort, first in (("factor", "Mon, April 13, 2026"), ("-factor", "Sun, April 12, 2026")):
        rows = rows_of(html_of(client.get(f"/records/?sort={sort}")))
        assert rows[0][0] == first
        assert rows[2] == ["Tue, April 14, 2026 Travel", "a note, without tasks"]


def test_records_turn_pages_and_name_one_that_is_not_there(client):
    yesterdays(30)
    assert len(rows_of(html_of(client.get("/records/?per_page=25&page=2&sort=-factor")))) == 5
    text = page_text(client, "/records/?per_page=25&page=1000000000")
    assert "There are only 2 pages; this is the last." in text


def test_records_take_as_many_queries_for_thirty_days_as_for_three(client, django_assert_max_num_queries):
    yesterdays(3)
    with django_assert_max_num_queries(12) as few:
        client.get("/records/")
    for distance in range(4, 31):
        day(APRIL_12 - timedelta(days=distance), [task()])
    with django_assert_max_num_queries(12) as many:
        client.get("/records/")
    assert len(few) == len(many)


# Tags ------------------------------------------------------------------------------------------------------


def test_a_tag_gathers_its_days_and_no_other(client):
    day(APRIL_12, [task()], tags=["AI"])
    day(APRIL_12 - timedelta(days=1), [task()], tags=["Travel"])
    draft(APRIL_12 - timedelta(days=2), [task()], tags=["AI"])
    assert [row[0] for row in rows_of(html_of(client.get("/tags/ai/")))] == ["2026", "Sun, April 12"]


def test_a_tag_of_drafts_alone_looks_like_none(client):
    draft(tags=["Secret"])
    assert client.get("/tags/secret/").status_code == 404
