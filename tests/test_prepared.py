"""Questions that are put into SQL once: right for every value, in every thread, one query each."""

import contextlib
import gc
import threading
import weakref
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, connections, models, transaction
from django.test.utils import CaptureQueriesContext

from records.models import Category, Day, Task
from records.models.prepared import Parameter, Prepared
from tests.factories import APRIL_12, category, day, task

pytestmark = pytest.mark.django_db

ON = Parameter("on", models.DateField())


def test_it_gives_what_the_queryset_would_for_each_value():
    for distance in range(3):
        day(APRIL_12 - timedelta(days=distance), [task(f"{n} of {distance}") for n in range(distance)])
    prepared = Prepared(Task.objects.filter(day_id=ON).order_by("position"))
    for distance in range(4):
        on = APRIL_12 - timedelta(days=distance)
        assert prepared.rows(on=on) == list(Task.objects.filter(day__date=on).order_by("position"))


def test_rows_come_with_what_the_queryset_selects():
    writing = category("Writing")
    day(tasks=[task("Write", category=writing), task("Idle")])
    tasks = Task.objects.filter(day_id=ON).select_related("category").order_by("position")
    prepared = Prepared(tasks.annotate(sample=Parameter("mark", models.BooleanField())))
    with CaptureQueriesContext(connection) as asked:
        found = prepared.rows(on=APRIL_12, mark=True)
        assert [each.category for each in found] == [writing, None]
    assert len(asked) == 1
    assert all(vars(each)["sample"] for each in found)
    assert not any(vars(each)["sample"] for each in prepared.rows(on=APRIL_12, mark=False))


def test_plain_values_come_converted_as_ever():
    day(tasks=[task(hours="2.5")])
    prepared = Prepared(Task.objects.filter(day_id=ON).values_list("day_id", "human_hours"))
    assert prepared.rows(on=APRIL_12) == list(Task.objects.values_list("day_id", "human_hours"))


def test_the_first_of_none_is_none():
    assert Prepared(Day.objects.filter(date=ON)).first(on=date(2020, 1, 1)) is None


def test_a_value_that_is_not_given_is_said():
    with pytest.raises(KeyError, match="on"):
        Prepared(Day.objects.filter(date=ON)).rows(date=APRIL_12)


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_connections_of_their_own():
    day(tasks=[task()])
    prepared, found = Prepared(Day.objects.filter(date=ON)), []

    def ask() -> None:
        with CaptureQueriesContext(connection) as asked:
            rows = prepared.rows(on=APRIL_12)
        found.append(([each.date for each in rows], len(asked)))

    in_threads(ask, 4)
    assert found == [([APRIL_12], 1)] * 4


@pytest.mark.django_db(transaction=True)
def test_no_connection_outlives_its_thread():
    prepared, held = Prepared(Day.objects.filter(date=ON)), []

    def ask() -> None:
        prepared.rows(on=APRIL_12)
        held.append(weakref.ref(connections["default"]))

    in_threads(ask, 1)
    gc.collect()
    assert [each() for each in held] == [None]


def in_threads(asks: Callable[[], None], number: int) -> None:
    """Have it asked by so many threads, each of which closes its connection."""

    def ask() -> None:
        asks()
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=10)


def plans_kept() -> int:
    """How many questions this connection keeps plans of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE NOT from_sql")
        (number,) = cursor.fetchone()
    return int(number)


def test_postgresql_keeps_the_plan_of_a_question_and_of_no_other():
    if connection.vendor != "postgresql":
        return  # a plan takes SQLite no time
    prepared, before = Prepared(Day.objects.filter(date=ON)), plans_kept()
    for distance in range(10):
        on = APRIL_12 - timedelta(days=distance)
        assert prepared.rows(on=on) == list(Day.objects.filter(date=on, title="Another"))
    assert plans_kept() - before == 1


@pytest.mark.django_db(transaction=True)
def test_after_what_was_taken_back_it_is_asked_as_ever():
    made, prepared = day(tasks=[task()]), Prepared(Day.objects.filter(date=ON))
    with contextlib.suppress(RuntimeError), transaction.atomic():
        assert prepared.rows(on=APRIL_12) == [made]
        raise RuntimeError
    assert prepared.rows(on=APRIL_12) == [made] == prepared.rows(on=APRIL_12)


@pytest.mark.django_db(transaction=True)
def test_a_column_that_has_another_type_since_is_read_as_it_is_now():
    if connection.vendor != "postgresql":
        return
    writing = category("Writing")
    prepared = Prepared(Category.objects.filter(slug=Parameter("slug", models.SlugField())))
    try:
        for type_ in ("text", "varchar(70)"):
            assert prepared.rows(slug="writing") == [writing]
            by_another_connection(f"ALTER TABLE records_category ALTER name TYPE {type_}")
            assert prepared.rows(slug="writing") == [writing]
    finally:
        by_another_connection("ALTER TABLE records_category ALTER name TYPE varchar(60)")


def by_another_connection(statement: str) -> None:
    """Have somebody else do something."""

    def do() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    in_threads(do, 1)
