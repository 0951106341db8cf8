"""Words in the list of tasks: parts of words and whole ones, few and many, page after page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict

from records.filters import criteria
from records.models import Task
from records.tables import FilteredTasks
from tests.factories import APRIL_12, day, draft, task
from tests.listings import ids_in_csv, ids_in_sql, ids_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(db, monkeypatch):
    """A hundred and twenty tasks of six days: most with a word, some with it in other letters or hidden."""
    monkeypatch.setattr(criteria, "NEAR", 30)
    texts = ["Parser: reads forms", "Reparsing: all of it", "PARSER and more", "Wiki: le café", "Pars er"]
    for back in range(6):
        day(APRIL_12 - timedelta(days=back), [task(f"{texts[n % 5]} {back}.{n}") for n in range(20)])
    draft(APRIL_12 - timedelta(days=9), [task("Parser: hidden", name="Zebra")])
    day(APRIL_12 - timedelta(days=10), [task("Rare: one quokka", name="Zebra")])


def listing(query: str) -> FilteredTasks:
    """The list as an address describes it."""
    return FilteredTasks(QueryDict(query))


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("parser", "LOWER(t.description) LIKE '%parser%'"),
        ("arse", "LOWER(t.description) LIKE '%arse%'"),
        ("ars", "LOWER(t.description) LIKE '%ars%'"),  # so many that each page is looked for where it stands
        ("CAFE", "t.description LIKE '%café%'"),
        ("af", "t.description LIKE '%af%'"),
        ("quokka", "t.description LIKE '%quokka%'"),
        ("zebra", "t.name = 'Zebra'"),
        ("parser forms", "t.description LIKE '%forms%'"),
        ("absent", "1 = 0"),
        ("er 3.", "LOWER(t.description) LIKE '%er%' AND t.description LIKE '% 3.%'"),
    ],
)
def test_every_page_of_a_word_is_what_plain_sql_finds(tasks, words, condition):
    for sort, order in (("-date", "t.date DESC, t.position, t.id"), ("date", "t.date, t.position, t.id")):
        seen, turn = [], f"?q={words}&per_page=25&sort={sort}"
        while turn:
            here = listing(turn[1:])
            seen += [each.pk for each in here.shown]
            turn = here.turns.next if here.turns else ""
        assert seen == ids_in_sql(condition, order)


def test_pages_and_files_of_the_site_say_the_same(client, tasks):
    assert ids_on(client, "/tasks/?q=parser&per_page=100") == ids_in_csv(client, "/tasks.csv?q=parser")
    assert ids_on(client, "/tasks/?q=quokka") == ids_in_sql("t.name = 'Zebra'")


def test_going_to_a_day_among_the_tasks_with_a_word_shows_it_first(client, tasks):
    found = ids_on(client, "/tasks/?q=parser&per_page=25&jump=2026-04-10")
    assert found == ids_in_sql("LOWER(t.description) LIKE '%parser%' AND t.date <= '2026-04-10'")[:25]


def test_there_is_a_way_back_from_a_day_only_where_something_comes_before_it(tasks):
    for gone_to, is_first in (("2026-04-13", True), ("2026-04-12", True), ("2026-04-11", False)):
        turns = listing(f"q=ars&per_page=25&jump={gone_to}").turns
        assert turns is not None
        assert bool(turns.previous) is not is_first, gone_to


def test_what_is_changed_or_removed_is_found_no_more(client, tasks):
    before = ids_on(client, "/tasks/?q=quokka")
    Task.objects.filter(pk__in=before).update(description="Rare: one wombat")
    assert ids_on(client, "/tasks/?q=quokka") == []
    assert ids_on(client, "/tasks/?q=omba") == before


def test_a_word_that_few_tasks_hold_is_looked_up_and_not_searched_for(tasks):
    plan = listing("q=quokka").tasks.in_log_order()[:51].explain()
    if connection.vendor == "sqlite":  # elsewhere the planner decides, by how many rows there are
        assert "SEARCH records_task USING INTEGER PRIMARY KEY" in plan
