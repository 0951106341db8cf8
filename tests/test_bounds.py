"""Reads that take too long are given up: a page of rows without sums, or a plain page that says so."""

import time
from contextvars import copy_context

import pytest
from django.db import connection
from django.http import QueryDict

from records.models import Task
from records.models.bounds import TookTooLong, at_most
from records.models.moment import one_moment, told
from records.revision import middleware
from records.tables import FilteredTasks, filtered
from records.views import bounded
from tests.factories import category, day, task
from tests.listings import ids_on
from tests.pages import page_text

pytestmark = pytest.mark.django_db

ENDLESS = (
    "SELECT pg_sleep(20)"
    if connection.vendor == "postgresql"
    else "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)


def ask(sql: str) -> object:
    """The answer of the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_what_takes_too_long_is_given_up_and_the_next_question_answered():
    begun = time.monotonic()
    with pytest.raises(TookTooLong), at_most(0.1):
        ask(ENDLESS)
    assert time.monotonic() - begun < 5
    assert ask("SELECT 1") == 1


def test_an_inner_bound_ends_alone_and_the_outer_one_holds_on():
    with pytest.raises(TookTooLong), at_most(0.3):
        _outlive_an_inner_bound()
    assert ask("SELECT 3") == 3


def _outlive_an_inner_bound() -> None:
    ask("SELECT 1")
    with pytest.raises(TookTooLong), at_most(0.1):
        ask(ENDLESS)
    assert ask("SELECT 2") == 2
    ask(ENDLESS)


def test_what_is_read_in_time_is_not_disturbed():
    with at_most(5):
        day(tasks=[task()])
    assert Task.objects.count() == 1


def too_slow(*args: object, **kwargs: object) -> None:
    ask(ENDLESS)


def test_a_list_whose_sums_take_too_long_shows_its_rows_and_offers_to_compute(client, monkeypatch):
    day(tasks=[task(f"Task {n}", category=category(f"Kind {n}")) for n in range(3)])
    asked = "/tasks/?factor_min=1"  # what no summary answers
    monkeypatch.setattr(filtered, "SECONDS", 0.1)
    monkeypatch.setattr("records.tables.listing.account_of", too_slow)
    monkeypatch.setattr(filtered, "facet_counts", too_slow)
    monkeypatch.setattr(filtered, "counted_for_views", too_slow)
    text = page_text(client, asked)
    assert "Count, sums and averages are not computed: it would take too long. Compute them now" in text
    assert "Counts beside filters and the chart are not computed" in text
    assert "0 h" not in text
    assert len(ids_on(client, asked)) == 3
    assert client.get(asked)["Cache-Control"] == "no-store", "it may be there the next time"


def test_such_a_list_has_a_page_whichever_is_asked_first(monkeypatch):
    monkeypatch.setattr(filtered, "SECONDS", 0.1)
    monkeypatch.setattr("records.tables.listing.account_of", too_slow)
    asked = QueryDict("factor_min=1")
    assert FilteredTasks(asked).count == 50
    assert FilteredTasks(asked).is_open


@pytest.mark.parametrize("part", ["facet_counts", "counted_for_views"])
def test_a_list_that_lacks_a_part_for_want_of_time_is_not_kept(client, monkeypatch, part):
    day(tasks=[task()])
    assert "ETag" in client.get("/tasks/")
    Task.objects.update(name="Renamed")  # what is kept of a state of the site does not last
    monkeypatch.setattr(filtered, "SECONDS", 0.1)
    monkeypatch.setattr(filtered, part, too_slow)
    response = client.get("/tasks/")
    assert (response["Cache-Control"], "ETag" in response) == ("no-store", False)


def test_a_page_that_takes_too_long_says_so_without_a_trace(client, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_OF_A_PAGE", 0.1)
    monkeypatch.setattr("records.views.home.dates_before", too_slow)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 503
    assert "This takes too long" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_so_does_one_within_a_moment_of_its_own_and_the_next_is_as_ever(client, monkeypatch):
    client.raise_request_exception = False
    with monkeypatch.context() as slow:
        slow.setattr(bounded, "SECONDS_OF_A_PAGE", 0.1)
        slow.setattr(middleware, "SECONDS_OF_A_PAGE", 0.1)
        slow.setattr("records.views.home.dates_before", too_slow)
        response = client.get("/")
    assert response.status_code == 503
    assert "This takes too long" in response.content.decode()
    assert "ETag" in client.get("/")
    assert told.seconds is None


@pytest.mark.django_db(transaction=True)
def test_a_bound_within_a_moment_leaves_that_of_the_moment_as_it_was():
    with one_moment(5), at_most(5):
        with pytest.raises(TookTooLong), at_most(0.1):
            ask(ENDLESS)
        with at_most(0.2):
            assert ask("SELECT 1") == 1
        assert bound_of_postgres() in ("5s", None)
    assert bound_of_postgres() in ("0", None)


@pytest.mark.django_db(transaction=True)
def test_a_bound_as_long_as_that_of_the_moment_holds_within_a_shorter_one():
    with one_moment(5), at_most(0.2), at_most(5):
        assert bound_of_postgres() in ("5s", None)


@pytest.mark.django_db(transaction=True)
def test_a_moment_may_end_in_another_context_than_it_began_in():
    moment = one_moment(5)
    copy_context().run(moment.__enter__)
    within = connection.in_atomic_block
    copy_context().run(moment.__exit__, None, None, None)
    assert (within, connection.in_atomic_block, told.seconds) == (True, False, None)


def bound_of_postgres() -> object:
    """How long a statement may take there."""
    return ask("SHOW statement_timeout") if connection.vendor == "postgresql" else None


def test_the_desk_may_take_its_time(admin_client, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_OF_A_PAGE", 0)
    assert admin_client.get("/admin/records/day/").status_code == 200
