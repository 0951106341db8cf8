"""Sample data: as much as asked for, plausible, the same for the same seed, and said to be made up."""

import json
import statistics
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from records import formats
from records.management.sample import plan
from records.models import Category, Day, Task
from tests import factories
from tests.factories import APRIL_12

pytestmark = pytest.mark.django_db


def _make(**options: Any) -> str:
    out = StringIO()
    call_command("make_sample", **{"until": APRIL_12.isoformat(), "stdout": out, **options})
    return out.getvalue()


def _told() -> list[tuple[Any, ...]]:
    return list(
        Task.objects.in_log_order().values_list("day_id", "description", "human_hours", "agent_minutes")
    )


def test_it_makes_as_many_days_and_tasks_as_asked_for():
    printed = _make(days=30, tasks=400, json=True)
    assert json.loads(printed) == {"days": 30, "tasks": 400}
    assert (Day.objects.count(), Task.objects.count()) == (30, 400)
    assert "Made 2 sample days with 9 tasks." in _make(days=2, tasks=9)


def test_every_day_is_marked_as_sample_data_and_says_so_in_its_lede():
    _make(days=10, tasks=60)
    assert not Day.objects.filter(sample=False).exists()
    assert all("made up" in day.lede for day in Day.objects.all())


def test_the_prose_of_a_made_up_day_is_true():
    _make(days=20, tasks=200)
    for day in Day.objects.prefetch_related("tasks"):
        totals = day.totals()
        assert f"{formats.quantity(totals.human_hours)} human hours" in day.lede
        assert f"factor of {formats.average_factor(totals.leverage.value)}×" in day.lede


def test_the_same_seed_gives_the_same_days_and_another_one_others():
    _make(days=5, tasks=40, seed=7)
    first = _told()
    Day.objects.all().delete()
    _make(days=5, tasks=40, seed=7)
    assert _told() == first
    Day.objects.all().delete()
    _make(days=5, tasks=40, seed=8)
    assert _told() != first


def test_figures_are_plausible_and_spread():
    _make(days=120, tasks=1_800)
    tasks = list(Task.objects.all())
    factors = [task.factor for task in tasks]
    supervision = [task.supervisory_minutes for task in tasks if task.supervisory_minutes is not None]
    assert 40 <= statistics.median(factors) <= 50
    assert 5 <= min(factors) <= max(factors) <= 500
    assert {task.human_hours for task in tasks} >= {480, 40, 8, 1}
    assert all(0.25 <= task.human_hours <= 480 for task in tasks)
    assert all(1 <= minutes <= 30 for minutes in supervision)
    assert 0.08 <= 1 - len(supervision) / len(tasks) <= 0.16


def test_texts_differ_have_eight_to_sixty_words_and_a_whole_name():
    _make(days=120, tasks=1_800)
    tasks = list(Task.objects.all())
    assert len({task.description for task in tasks}) == 1_800
    assert all(8 <= len(task.description.split()) <= 60 for task in tasks)
    assert not [task.title for task in tasks if task.title.endswith("…")]


def test_categories_are_made_once_and_some_tasks_have_none():
    factories.category("Testing", description="As the author put it.")
    _make(days=40, tasks=600)
    assert Category.objects.count() == 9
    assert Category.objects.get(name="Testing").description == "As the author put it."
    assert 0 < Task.objects.filter(category=None).count() < 60


def test_some_days_have_tokens_by_task_some_a_stated_total_some_neither():
    _make(days=40, tasks=200)
    days = list(Day.objects.prefetch_related("tasks"))
    by_task = [day for day in days if day.totals().tokens_known == day.totals().tasks]
    stated = [day for day in days if day.stated_tokens]
    assert by_task
    assert stated
    assert not set(by_task) & set(stated)
    assert len(by_task) + len(stated) < len(days)


def test_it_leaves_days_alone_that_exist():
    kept = factories.day(date(2026, 4, 10), [factories.task()])
    _make(days=20, tasks=60)
    assert Day.objects.get(pk=kept.pk).version == 1
    assert Task.objects.filter(day=kept).count() == 1
    assert Day.objects.filter(date__gt=APRIL_12).count() == 0


def test_days_hold_three_to_forty_five_tasks_and_some_weekends_are_free():
    plans = plan(100, 1_400, seed=1, last=APRIL_12)
    assert sum(each.tasks for each in plans) == 1_400
    assert {3 <= each.tasks <= 45 for each in plans} == {True}
    assert (APRIL_12 - plans[0].date).days > 100
    assert len({each.tasks for each in plans}) > 15


def test_ten_thousand_days_of_a_hundred_tasks_can_be_planned():
    plans = plan(10_000, 1_000_000, seed=1, last=APRIL_12)
    assert len({each.date for each in plans}) == 10_000
    assert sum(each.tasks for each in plans) == 1_000_000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"days": 0, "tasks": 5}, "at least one day"),
        ({"days": 10, "tasks": 9}, "at least one task a day"),
        ({"days": 20_000, "tasks": 20_000}, "room for 13,251 days"),
        ({"until": "20260412"}, "“20260412” is not a date. Try 2026-04-12."),
    ],
)
def test_numbers_that_cannot_be_are_refused_as_wrong_use(options: dict[str, Any], words: str):
    with pytest.raises(CommandError, match=words) as caught:
        _make(**options)
    assert caught.value.returncode == 2
    assert not Day.objects.exists()
