"""Lists of tasks follow an index: the plans of both databases, which no clock can change."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from records.models import Day, Revision, Tag, Task
from records.models.walks import rows
from records.publishing.summing import summarise
from records.summaries.tasks import in_rows
from records.tables import FilteredTasks, filtered
from tests.factories import APRIL_12, LONG_AGO, category, day, task

pytestmark = pytest.mark.django_db

# PostgreSQL plans by how many rows there are, and would rather sort a few; SQLite by what indexes there are.
DAYS, STEP, A_DAY = (200, 1, 100) if connection.vendor == "postgresql" else (5, 9, 20)
FIGURES = ("factor", "supervisory_factor", "human_hours", "agent_minutes", "supervisory_minutes", "tokens")
ORDERS = [f"sort={sign}{by}" for by in ("date", "category", *FIGURES) for sign in ("", "-")]
CATEGORIES = ["", "&category=kind-1", "&category=none"]
FILTERS = [
    *("factor_min=100", "factor_max=200", "supervisory_factor_min=100", "supervisory_factor_max=2000"),
    *("hours_min=8", "hours_max=30", "minutes_min=10", "minutes_max=30"),
    *("from=2026-03-01", "to=2026-04-11", "from=2026-03-01&to=2026-04-11", "period=2026-04", "period=2026"),
    *(
        "missing=supervision",
        "missing=tokens",
        "missing=category",
        "outcome=merged",
        "outcome=none",
        "tag=ai",
    ),
    *("category=kind-1&category=kind-2", "category=kind-1&category=none", "period=2026-03&period=2026-04"),
    *("model=none", "model=Opus", "estimated_by=none", "hours=0.5&factor_min=10"),
]


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """Tasks of many days, as many as a planner needs; taken away again at the end."""
    with django_db_blocker.unblock():
        kinds = [*(category(f"Kind {number}") for number in range(4)), None]
        days = [day(APRIL_12 - timedelta(days=back * STEP), [task()], tags=["AI"]) for back in range(2)]
        days += Day.objects.bulk_create(
            Day(date=APRIL_12 - timedelta(days=back * STEP), status="published", published_at=LONG_AGO)
            for back in range(2, DAYS)
        )
        Tag.objects.get().days.add(*days)
        _set_triggers("DISABLE")
        chance = random.Random(6)
        Task.objects.bulk_create(
            (_some_task(each, position, kinds, chance) for each in days for position in range(2, A_DAY + 2)),
            batch_size=5_000,
        )
        _set_triggers("ENABLE")
        summarise([each.date for each in days])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield
        for model in (Revision, Task, Day, Tag):
            model.objects.all().delete()
        for kind in filter(None, kinds):
            kind.delete()


def _some_task(of, position, kinds, chance) -> Task:
    known = chance.random() < 0.8
    return Task(
        day=of,
        position=position,
        description="Parser: reads every form",
        category=chance.choice(kinds),
        human_hours=chance.randrange(1, 40),
        agent_minutes=chance.randrange(1, 40),
        supervisory_minutes=chance.randrange(0, 9) if known else None,
        tokens=chance.randrange(10**6) if known else None,
        outcome=chance.choice(["", "merged"]),
        model_version=chance.choice(["", "Opus"]),
    )


def _set_triggers(way: str) -> None:
    """The index of words is not what this is about, and takes most of the time on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE records_task {way} TRIGGER USER")


def faults_in(plan: str) -> list[str]:
    """The steps of a plan that sort, or read all tasks row by row, or all days up to those of the page."""
    words = ("TEMP B-TREE", "Sort", "Seq Scan on records_task", "Merge Join", "Hash Join")
    return [
        line
        for line in plan.splitlines()
        if any(word in line for word in words) or ("SCAN records_task" in line and "INDEX" not in line)
    ]


def listing(query: str) -> FilteredTasks:
    """The list as an address describes it."""
    found = FilteredTasks(QueryDict(query))
    assert not found.errors, query
    return found


def test_a_record_and_those_beside_it_are_found_by_their_dates_however_many_there_are(many, client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/records/2026-04-11/" if STEP == 1 else "/records/2026-04-03/").status_code == 200
    (question,) = [each["sql"] for each in asked if "near_tasks" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {question}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    # PostgreSQL reads a small table as a whole where it looks for the three dates that were found.
    faults = ("TEMP B-TREE", "Sort", "Seq Scan on records_day u0", "SCAN", "status=?")
    assert not [word for word in faults if word in plan], plan


def test_counts_beside_filters_look_up_the_tasks_they_count_and_read_no_index_of_all_of_them(
    many, monkeypatch
):
    if connection.vendor == "sqlite":  # which has fewer here, and is to count but some of them
        monkeypatch.setattr(filtered, "AT_ONCE", 50)
    with CaptureQueriesContext(connection) as asked:
        assert listing("").facet_counts["category"]
    (question,) = [each["sql"] for each in asked if "estimated_by_" in each["sql"]]
    assert question.count("UNION") == 1, "all but the tags are counted in one pass"
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {question}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "Semi Join" not in plan, plan
    assert not re.search("SCAN records_task(?! V0)", plan), plan


@pytest.mark.parametrize("within", CATEGORIES)
def test_every_order_of_all_tasks_and_within_a_category_is_a_walk_along_an_index(many, within):
    for order in ORDERS:
        found = listing(order + within)
        for ways in (found.order, found.order.turned()):
            for part in ways.parts(in_rows(found.tasks)):
                assert not faults_in(part[:51].explain()), order


def test_every_filter_in_the_order_of_the_list_is_a_walk_along_an_index(many):
    for query in FILTERS:
        found = listing(query)
        for part in found.order.parts(in_rows(found.tasks)):
            plan = part[:51].explain()
            assert not faults_in(plan), f"{query}\n{plan}"


@pytest.mark.parametrize("within", CATEGORIES)
def test_so_is_every_page_that_begins_at_a_place(many, within):
    for order in ORDERS:
        found = listing(order + within)
        for ways in (found.order, found.order.turned()):
            first = rows(ways.parts(found.tasks), 50)
            for part in ways.beyond(in_rows(found.tasks), ways.key(first[-1])):
                assert not faults_in(part[:51].explain()), order


def test_a_row_of_a_page_asks_for_its_day_once_and_reads_no_more_than_it_shows(many):
    found = listing("to=2026-03-01")
    (part,) = found.order.parts(found.walk.tasks)
    asked = str(part[:51].query)
    assert asked.count('"records_day"') == 1
    assert '"description"' in asked
    assert '"estimate_steps"' not in asked


def test_a_plan_that_sorts_or_scans_is_seen(many):
    tasks = Task.objects.visible()
    assert faults_in(tasks.order_by("description")[:51].explain())
    assert faults_in(tasks.filter(description="x").order_by()[:51].explain()) or connection.vendor != "sqlite"
