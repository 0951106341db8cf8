"""Rules that the database itself keeps, and what a model says of itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from records.models import NAME_LENGTH, Day, SiteProfile, Task, name_in
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"human_hours": 0},
        {"human_hours": -1},
        {"agent_minutes": 0},
        {"supervisory_minutes": -1},
        {"tokens": -1},
        {"position": 0},
        {"estimate_low": 0},
        {"estimate_low": 9},
        {"estimate_high": 7},
        {"human_hours": None, "estimate_low": 5, "estimate_high": 4},
    ],
)
def test_the_database_refuses_what_no_task_can_have(values):
    factories.draft(tasks=[factories.task(hours="8")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.update(**values)


def test_the_database_refuses_a_public_day_without_a_moment():
    factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Day.objects.update(status=Day.Status.PUBLISHED)


def test_an_estimate_lies_within_its_range_and_says_so_beside_the_field():
    task = factories.task(hours="8", estimate_low=Decimal(9), estimate_high=Decimal(7))
    with pytest.raises(ValidationError) as fault:
        task.clean()
    assert set(fault.value.message_dict) == {"estimate_low", "estimate_high"}


@pytest.mark.parametrize(
    ("text", "name", "detail"),
    [
        ("Student simulator, end to end: brain", "Student simulator", "end to end: brain"),
        ("Team wiki built: 64 files", "Team wiki built", "64 files"),
        ("Technical design (14 models)", "Technical design", "(14 models)"),
        ("Second client site moved.", "Second client site moved", ""),
        ("1,222 rows; all read", "1,222 rows", "all read"),
        (
            "Main marketing site deployed to staging and to production after a long night",
            "Main marketing site deployed to staging and to production…",
            "after a long night",
        ),
        ("x" * 70, "x" * 59 + "…", "x" * 11),
        ("(Re)build of the index: all of it", "(Re)build of the index", "all of it"),
        (": odd start: and on", ": odd start", "and on"),
    ],
)
def test_a_blank_name_is_the_start_of_the_text(text, name, detail):
    task = Task(description=text)
    assert (task.title, task.detail) == (name, detail)


def test_a_name_of_its_own_leaves_the_text_whole():
    task = Task(name="Wiki", description="Team wiki: built")
    assert (task.title, task.detail) == ("Wiki", "Team wiki: built")


@given(st.one_of(st.text(max_size=300), st.text(alphabet=":;(,. a", max_size=80)))
def test_a_name_never_exceeds_its_length_and_is_blank_only_without_a_text(text):
    assert len(name_in(text)) <= NAME_LENGTH
    assert bool(name_in(text)) is bool(text.strip())


def test_a_title_left_blank_is_made_from_the_date():
    assert Day(date=date(2026, 4, 2)).full_title == "Leverage Record: April 2, 2026"
    assert Day(date=date(2026, 4, 2), title="A quiet day").full_title == "A quiet day"


def test_a_task_carries_its_date_without_a_join(django_assert_num_queries):
    factories.draft(tasks=[factories.task()])
    with django_assert_num_queries(1):
        assert Task.objects.get().day_id == factories.APRIL_12


def test_the_profile_is_one_row_with_defaults_before_it_is_stored():
    assert SiteProfile.load().agent_name == "Claude"
    SiteProfile(site_name="Ours").save()
    SiteProfile(site_name="Theirs").save()
    assert SiteProfile.load().site_name == "Theirs"
    assert SiteProfile.objects.count() == 1
    with pytest.raises(ValidationError, match="Europe/Berlin"):
        SiteProfile(time_zone="Mars/Olympus").full_clean()


@pytest.mark.parametrize("status", [*Day.Status.values, "", "archived", "unlisted"])
@pytest.mark.parametrize("minutes", [None, -1, 0, 1])
def test_every_day_is_visible_or_hidden_and_so_are_its_tasks(status, minutes):
    now = timezone.now()
    made = factories.draft(tasks=[factories.task()])
    if status == Day.Status.PUBLISHED and minutes is None:
        return  # the database has none
    moment = None if minutes is None else now + timedelta(minutes=minutes)
    Day.objects.filter(pk=made.pk).update(status=status, published_at=moment)
    made.refresh_from_db()
    assert Day.objects.visible(now).exists() == made.is_visible(now) == Task.objects.visible(now).exists()
    assert Day.objects.hidden(now).exists() != Day.objects.visible(now).exists()
    assert Day.objects.not_hidden(now).exists() == Day.objects.visible(now).exists()
