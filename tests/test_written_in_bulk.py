"""What is quick for very many rows says and stores what the long way does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from records import publishing
from records.exporters.rows import TASK_COLUMNS, csv_chunks, json_objects, task_lines
from records.exporters.task_rows import STORED_TASKS, stored_rows
from records.formats import plain, plain_units
from records.leverage import factor, factor_in_units
from records.models import Category, Day, SiteProfile, Task
from records.models.batches import batched
from records.models.inserting import insert, next_ids
from records.publishing import NewDay, TasksInvalid
from records.publishing.sound import is_sound
from tests.factories import APRIL_12, category, day, task

HOURS = st.integers(1, 999_999_999)
MINUTES = st.integers(0, 999_999_999)
SOUND: dict[str, list[Any]] = {
    "name": ["", "A name", "x" * 60],
    "description": ["Text", "x" * 20_000],
    "human_hours": [None, Decimal("0.0001"), Decimal("8.0000"), Decimal("99999.9999")],
    "agent_minutes": [None, Decimal("15.00"), Decimal("9999999.99")],
    "tokens": [None, 0, 10**12],
    "tokens_source": ["declared"],
    "outcome": ["", "in-use"],
    "estimate_steps": [[]],
    "evidence_url": [""],
    "estimate_on": [None],
}
IN_DOUBT: dict[str, list[Any]] = {
    "name": ["x" * 61, "nul\x00", None, 7],
    "description": ["", "x" * 20_001],
    "human_hours": ["8", Decimal("8.00001"), Decimal(8), Decimal("100000.0000"), Decimal("NaN"), 0],
    "agent_minutes": [Decimal("0.00"), Decimal("-1.00"), Decimal("10000000.00")],
    "tokens": [-1, 10**12 + 1, "7", True],
    "tokens_source": ["nonsense", "", None],
    "outcome": ["lost"],
    "estimate_steps": [[{"name": "One", "hours": 1}], "no list", None],
    "evidence_url": ["https://example.org/", "javascript:alert(1)"],
    "estimate_on": [date(2026, 4, 12), "2026-04-12", "never"],
}


@given(hours=HOURS, minutes=MINUTES)
def test_a_factor_of_whole_units_is_written_as_that_of_decimals(hours, minutes):
    exact = factor(Decimal(hours).scaleb(-4), Decimal(minutes).scaleb(-2))
    units = factor_in_units(hours, minutes, 6)
    assert ("" if units is None else plain_units(units, 6)) == plain(exact)


@given(units=st.integers(0, 10**12), places=st.sampled_from([2, 4, 6]))
def test_whole_units_are_written_as_the_number_they_are(units, places):
    assert plain_units(units, places) == plain(Decimal(units).scaleb(-places))


@pytest.mark.django_db
def test_a_file_of_stored_tasks_reads_as_one_of_single_lines():
    day(
        tasks=[
            task('Notes: "quoted", and\ntwo lines', "80", "35", None, category=category("Planning & docs")),
            task("=1+1", "0.0001", "0.01", "0", tokens=4_129_000),
            task("Second; with, marks", "99999.9999", "3", "7.25", name="Given"),
            task("    " * 40 + "(far) in: the text", "1", "3", "0.03"),
        ],
        sample=True,
    )
    tasks = Task.objects.visible().in_log_order()
    quick, plainly = list(stored_rows(tasks)), list(task_lines(tasks))
    assert "".join(csv_chunks(STORED_TASKS, quick)) == "".join(csv_chunks(TASK_COLUMNS, plainly))
    assert json_objects(STORED_TASKS, quick) == json_objects(TASK_COLUMNS, plainly)


def with_value(name: str, value: Any) -> Task:
    row = Task(description="Text", human_hours=Decimal("8.0000"), agent_minutes=Decimal("15.00"))
    setattr(row, name, value)
    return row


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in SOUND for value in SOUND[name]])
def test_what_is_taken_for_sound_is_left_alone_by_validation(name, value):
    row = with_value(name, value)
    assert is_sound(row)
    row.clean_fields(exclude={"day", "category"})
    assert getattr(row, name) == value


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in IN_DOUBT for value in IN_DOUBT[name]])
def test_what_is_in_doubt_is_left_to_validation(name, value):
    assert not is_sound(with_value(name, value))


@isolate_apps("tests")
def test_nothing_is_sound_that_a_validator_might_refuse():
    class Bounded(models.Model):
        name = models.TextField(max_length=9, validators=[MaxLengthValidator(3)], blank=True)
        share = models.DecimalField(max_digits=4, decimal_places=2, validators=[MaxValueValidator(10)])
        kind = models.IntegerField(choices=[(1, "one")], validators=[MinValueValidator(0)])

        class Meta:
            app_label = "tests"

        def __str__(self) -> str:
            return self.name

    ten = Decimal("10.00")
    for faulty in (
        Bounded(name="abcd", share=ten, kind=1),
        Bounded(name="abc", share=Decimal("10.50"), kind=1),
        Bounded(name="abc", share=ten, kind=2),
        Category(name="Testing", slug="not a slug!", order=0),
        SiteProfile(time_zone="Nowhere/Land"),
    ):
        assert not is_sound(faulty)
        with pytest.raises(ValidationError):
            faulty.clean_fields()


def test_an_ordinary_task_is_sound():
    assert is_sound(
        Task(
            description="Text",
            human_hours=Decimal("8.0000"),
            agent_minutes=Decimal("15.00"),
            supervisory_minutes=Decimal("0.00"),
            tokens=4_129_000,
        )
    )


@pytest.mark.django_db
def test_new_days_are_stored_with_ids_that_no_task_ever_had():
    first = day(tasks=[task("One"), task("Two")])
    highest = max(first.tasks.values_list("pk", flat=True))
    first.tasks.filter(pk=highest).delete()
    new = Day(date=APRIL_12 + timedelta(days=1))
    tasks = [
        Task(description="Three", human_hours=Decimal("0.5"), agent_minutes=Decimal(3), estimate_on=APRIL_12),
        Task(description="Four", estimate_steps=[{"name": "A", "hours": Decimal("1.5")}]),
    ]
    publishing.add_days([NewDay(new, tasks)])
    stored = list(Task.objects.filter(day=new).order_by("position"))
    assert [each.pk for each in tasks] == [each.pk for each in stored]
    assert min(each.pk for each in stored) > highest
    assert [str(each.human_hours) for each in stored] == ["0.5000", "None"]
    assert (stored[0].factor, stored[0].estimate_on, stored[0].estimate_steps) == (10.0, APRIL_12, [])
    assert stored[1].estimate_steps == [{"name": "A", "hours": Decimal("1.5")}]
    assert Task.objects.create(day=new, description="Five").pk > stored[1].pk


@pytest.mark.django_db
def test_rows_that_break_a_constraint_are_refused_as_ever():
    first = day(tasks=[task("One")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Task(day=first, description="Two", human_hours=Decimal("-1.0000"))])
    assert Task.objects.count() == 1
    assert list(next_ids(Task, 0)) == []


@pytest.mark.django_db
def test_what_is_not_sound_is_refused_in_the_same_words():
    new = Day(date=APRIL_12)
    with pytest.raises(TasksInvalid) as refused:
        publishing.add_days([NewDay(new, [Task(description="One", human_hours=Decimal("0.0000"))])])
    assert "0.0001" in str(refused.value.by_row[0])


def test_batches_are_read_as_they_are_asked_for_and_lose_nothing():
    numbers = iter(range(5))
    batches = batched(numbers, 2)
    assert next(batches) == [0, 1]
    assert next(numbers) == 2
    assert list(batches) == [[3, 4]]
    assert list(batched([], 2)) == []
