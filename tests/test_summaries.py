"""What is kept of each day's sums is what its tasks add up to, whatever was done to them."""

import json
import random
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from records import publishing
from records.leverage import Totals
from records.models import Category, Day, DayCategorySummary, DaySummary, Task
from records.publishing.summing import summarise_missing
from records.summaries.audit import findings
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import several_days
from tests.pages import april_12

pytestmark = pytest.mark.django_db


def check(*options: str) -> tuple[int, str]:
    """The command's exit code and what it says."""
    said = StringIO()
    try:
        call_command("check_summaries", *options, stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


# What is kept -----------------------------------------------------------------------------------------------


def test_a_day_keeps_the_totals_of_its_tasks_and_its_extremes():
    april_12()
    kept, tasks = DaySummary.objects.get(), list(Task.objects.all())
    assert kept.totals() == Totals.of(tasks)
    assert kept.tokens == Day.objects.get().tokens()
    lowest = min(tasks, key=lambda each: (each.leverage_factor() or 0, each.pk))
    highest = min(tasks, key=lambda each: (-(each.leverage_factor() or 0), each.pk))
    assert (kept.lowest_task, kept.highest_task) == (lowest, highest)
    assert (kept.lowest_factor, kept.highest_factor) == (lowest.factor, highest.factor)
    assert kept.most_hours_units == max(each.human_hours or 0 for each in tasks) * 10_000


def test_summaries_of_categories_add_up_to_those_of_the_days():
    several_days()
    assert DayCategorySummary.objects.totals() == DaySummary.objects.totals() == Task.objects.totals()
    by_category = Task.objects.visible().totals_by("category_id")
    assert DayCategorySummary.objects.visible().totals_by("category_id") == by_category
    assert None in by_category


def test_what_is_not_known_is_kept_as_not_known():
    draft(tasks=[task(hours=None, agent=None, supervision=None)])
    kept = DaySummary.objects.get()
    assert (kept.tasks, kept.hours_units, kept.leverage_pairs, kept.log_sum) == (1, None, 0, None)
    assert (kept.factor, kept.lowest_task, kept.supervision_known) == (None, None, 0)


def test_equal_averages_come_out_equal_in_sql():
    for back, times in enumerate((1, 3, 7, 11, 49)):
        day(APRIL_12 - timedelta(days=back), [task(hours=str(Decimal("0.7") * times), agent=str(9 * times))])
    assert DaySummary.objects.values("factor").distinct().count() == 1


def test_what_the_public_may_not_see_is_kept_apart():
    april_12()
    draft(APRIL_12 - timedelta(days=1), [task()])
    assert DaySummary.objects.count() == 2
    assert DaySummary.objects.visible().totals() == Task.objects.visible().totals()


# Whatever is done -------------------------------------------------------------------------------------------


def some_tasks(chance: random.Random, categories: list[Category]) -> list[Task]:
    return [
        task(
            f"Task {number}",
            hours=str(Decimal(chance.randint(1, 90_000)) / 10_000),
            agent=str(Decimal(chance.randint(1, 5_000)) / 100),
            supervision=chance.choice([None, "0", "2", "0.25"]),
            tokens=chance.choice([None, chance.randint(0, 10**9)]),
            agent_minutes_source=chance.choice(["declared", "approximate"]),
            category=chance.choice([*categories, None]),
        )
        for number in range(chance.randint(0, 5))
    ]


def any_day(chance: random.Random) -> Day:
    return chance.choice(list(Day.objects.order_by("pk")))


def one_act(chance: random.Random, categories: list[Category]) -> None:
    """Something an author does; what the door refuses changes nothing."""
    on = APRIL_12 + timedelta(days=chance.randint(0, 6))
    chosen, known = any_day(chance), list(Task.objects.order_by("pk"))
    tasks = chance.sample(known, min(len(known), 3))
    why = "Counted anew"
    acts = (
        lambda: day(on, some_tasks(chance, categories)),
        lambda: draft(on, some_tasks(chance, categories), stated_tokens=chance.choice([None, 7])),
        lambda: publishing.save_day(chosen, some_tasks(chance, categories), reason=why),
        lambda: publishing.add_days([publishing.NewDay(Day(date=on), some_tasks(chance, categories))]),
        lambda: publishing.move_day(chosen, on, reason=why),
        lambda: publishing.move_tasks(tasks, on, reason=why),
        lambda: publishing.set_category(tasks, chance.choice([*categories, None])),
        lambda: publishing.withdraw(chosen, reason=why),
        lambda: publishing.publish(chosen, reason=why),
        lambda: publishing.remove_day(chosen),
        lambda: publishing.restore_revision(chosen, 1, reason=why),
    )
    try:
        chance.choice(acts)()
    except (publishing.Conflict, publishing.ReasonNeeded, ValueError):
        pass
    except Exception as refusal:
        if not hasattr(refusal, "messages"):
            raise


@pytest.mark.parametrize("seed", range(3))
def test_no_row_of_acts_leaves_a_sum_that_is_not_that_of_the_tasks(seed):
    chance = random.Random(seed)
    categories = [category(name) for name in ("Testing", "Frontend")]
    day(tasks=some_tasks(chance, categories))
    for _ in range(25):
        one_act(chance, categories)
        if not Day.objects.exists():
            day(tasks=some_tasks(chance, categories))
    assert list(findings()) == []
    publishing.merge_categories(*categories)
    assert list(findings()) == []
    assert DaySummary.objects.filter(tasks__gt=0).exists()


def test_a_merged_category_takes_its_sums_along():
    first, second = category("First"), category("Second")
    day(tasks=[task(category=first), task(category=second), task()])
    publishing.merge_categories(first, second)
    assert {row.category_id: row.tasks for row in DayCategorySummary.objects.all()} == {second.pk: 2, None: 1}
    assert check() == (0, "1 day checked: all sums are those of the tasks.\n")


def test_a_removed_draft_takes_its_sums_along():
    publishing.remove_day(draft(tasks=[task()]))
    assert not DaySummary.objects.exists()
    assert not DayCategorySummary.objects.exists()


# The command ------------------------------------------------------------------------------------------------


def test_the_command_names_the_day_and_the_column_and_mends_them():
    several_days()
    DaySummary.objects.filter(day__date=APRIL_12).update(hours_units=1, lowest_task=None)
    code, said = check()
    assert code == 1
    assert "2026-04-12: hours_units is 1, the tasks say " in said
    assert "2026-04-12: lowest_task_id is nothing, the tasks say " in said
    assert "Run it with --mend" in said
    assert check("--mend")[0] == 0
    assert check()[0] == 0


def test_the_command_finds_rows_that_are_missing_or_too_many():
    day(tasks=[task(category=category("Testing"))])
    DaySummary.objects.all().delete()
    DayCategorySummary.objects.update(category=category("Other"))
    code, said = check("--json")
    assert code == 1
    found = {(each["category"], each["column"], each["kept"], each["computed"]) for each in json.loads(said)}
    assert found == {
        ("", "row", "absent", "there"),
        ("other", "row", "there", "absent"),
        ("testing", "row", "absent", "there"),
    }
    assert json.loads(check("--mend", "--json")[1])
    assert check("--json") == (0, "[]\n")


def test_after_a_migrate_days_without_a_summary_get_one():
    several_days()
    DaySummary.objects.all().delete()
    DayCategorySummary.objects.all().delete()
    assert summarise_missing() == Day.objects.count()
    assert list(findings()) == []
    assert summarise_missing() == 0


def test_sample_data_and_an_archive_brought_back_leave_nothing_to_find(tmp_path):
    call_command("make_sample", days=4, tasks=60, until=APRIL_12.isoformat(), stdout=StringIO())
    assert list(findings()) == []
    path = tmp_path / "all.json"
    call_command("export_records", output=str(path), stdout=StringIO(), stderr=StringIO())
    Task.objects.all().delete()
    Day.objects.all().delete()
    assert not DaySummary.objects.exists()
    call_command("import_records", str(path), stdout=StringIO(), stderr=StringIO())
    assert DaySummary.objects.count() == 4
    assert list(findings()) == []
