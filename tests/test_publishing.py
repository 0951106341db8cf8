"""The one door: versions, revisions, corrections, and acts on days, tasks and categories."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from records import publishing
from records.importers.archive import read_archive
from records.models import Correction, Day, OldAddress, Revision, Task
from records.publishing import Conflict, NewDay, TasksInvalid
from tests import factories

pytestmark = pytest.mark.django_db

APRIL_11, APRIL_12, APRIL_13 = date(2026, 4, 11), date(2026, 4, 12), date(2026, 4, 13)
MAY_1 = date(2026, 5, 1)


def tasks_of(on: date) -> list[Task]:
    return list(Task.objects.filter(day__date=on).order_by("position"))


def test_every_save_of_a_day_leaves_a_revision_with_who_why_and_all_values():
    author = User.objects.create(username="ada")
    day = Day(date=APRIL_12, lede="One.")
    publishing.save_day(day, [factories.task(hours="1.5")], tags=["AI"], by=author)
    day.lede = "Two."
    publishing.save_day(day, by=author, reason="second thoughts")
    first, second = Revision.objects.order_by("number")
    assert (first.number, second.number, second.by_name, second.reason) == (1, 2, "ada", "second thoughts")
    assert (first.snapshot["lede"], second.snapshot["lede"]) == ("One.", "Two.")
    task = second.snapshot["tasks"][0]
    assert (task["id"], task["human_hours"], task["agent_minutes"]) == (
        tasks_of(APRIL_12)[0].pk,
        Decimal("1.5"),
        10,
    )
    assert second.snapshot["tags"] == ["AI"]


def test_the_list_of_tasks_is_what_the_day_has_afterwards_in_that_order():
    day = factories.draft(tasks=[factories.task("one"), factories.task("two"), factories.task("three")])
    one, two, three = tasks_of(APRIL_12)
    publishing.save_day(day, [three, factories.task("new"), one])
    assert [(t.position, t.description) for t in tasks_of(APRIL_12)] == [(1, "three"), (2, "new"), (3, "one")]
    assert tasks_of(APRIL_12)[0].pk == three.pk
    assert not Task.objects.filter(pk=two.pk).exists()


def test_a_second_saver_sees_a_conflict_and_overwrites_nothing():
    day = factories.draft(tasks=[factories.task("one")])
    mine, theirs = Day.objects.get(), Day.objects.get()
    theirs.lede = "theirs"
    publishing.save_day(theirs, expected_version=day.version)
    mine.lede = "mine"
    with pytest.raises(Conflict) as conflict:
        publishing.save_day(mine, [], expected_version=day.version)
    assert conflict.value.day.lede == "theirs"
    assert Day.objects.get().lede == "theirs"
    assert Task.objects.count() == 1


def test_two_days_of_one_date_are_refused():
    factories.draft()
    with pytest.raises(ValidationError, match="already exists"):
        publishing.save_day(Day(date=APRIL_12), [])


def test_a_fault_in_one_task_stores_nothing_and_names_the_row():
    with pytest.raises(TasksInvalid) as fault:
        publishing.save_day(Day(date=APRIL_12), [factories.task(), factories.task(hours="0")])
    assert list(fault.value.by_row) == [1]
    assert "human_hours" in fault.value.by_row[1].message_dict
    assert not Day.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("human_hours", "0"),
        ("human_hours", "-1"),
        ("human_hours", "100000"),
        ("human_hours", "0.00001"),
        ("agent_minutes", "0"),
        ("agent_minutes", "0.001"),
        ("supervisory_minutes", "-0.01"),
        ("description", ""),
        ("description", "x" * 20_001),
        ("description", "a\x00b"),
        ("tokens", -1),
        ("tokens", 10**12 + 1),  # of a few much larger ones a database could not tell the sum
        ("outcome", "eaten"),
        ("evidence_url", "javascript:alert(1)"),
    ],
)
def test_it_refuses_what_no_task_can_have_beside_its_field(field, value):
    task = factories.task()
    setattr(task, field, Decimal(value) if field.endswith(("hours", "minutes")) else value)
    with pytest.raises(TasksInvalid) as fault:
        publishing.save_day(Day(date=APRIL_12), [task])
    assert field in fault.value.by_row[0].message_dict


def test_hours_and_minutes_are_rounded_half_away_from_zero_on_entry():
    factories.draft(tasks=[factories.task(hours="0.12345", agent="0.005")])
    task = Task.objects.get()
    assert (task.human_hours, task.agent_minutes) == (Decimal("0.1235"), Decimal("0.01"))


def test_a_draft_may_be_incomplete_and_publishing_asks_for_the_rest():
    day = factories.draft(tasks=[factories.task(), factories.task(hours=None)])
    with pytest.raises(TasksInvalid) as fault:
        publishing.publish(day)
    assert fault.value.by_row[1].message_dict == {
        "human_hours": ["A public task needs human hours, such as 8h."]
    }
    assert Day.objects.get().status == Day.Status.DRAFT


def test_publishing_shows_the_day_at_once_or_at_its_moment():
    day = factories.draft(tasks=[factories.task()])
    soon = timezone.now() + timedelta(hours=1)
    publishing.publish(day, at=soon)
    assert not Day.objects.visible().exists()
    assert not Task.objects.visible().exists()
    assert Day.objects.visible(at=soon).exists()
    publishing.publish(day)
    assert Day.objects.visible().exists()
    assert Task.objects.visible().count() == 1


def test_publishing_again_keeps_the_moment_it_became_public():
    day = factories.day(tasks=[factories.task()])
    publishing.publish(day)
    assert Day.objects.get().published_at == factories.LONG_AGO


def test_withdrawing_a_scheduled_day_makes_it_a_draft_again_and_a_public_one_withdrawn():
    scheduled = factories.day(APRIL_11, published_at=timezone.now() + timedelta(days=1))
    public = factories.day(APRIL_12)
    publishing.withdraw(scheduled)
    publishing.withdraw(public, reason="wrong client")
    assert Day.objects.get(date=APRIL_11).status == Day.Status.DRAFT
    assert Day.objects.get(date=APRIL_12).status == Day.Status.WITHDRAWN
    assert not Day.objects.visible().exists()
    correction = Correction.objects.get()
    assert (correction.what, correction.reason) == ("withdrawn", "wrong client")


def test_a_draft_has_nothing_to_withdraw():
    with pytest.raises(ValidationError, match="not public"):
        publishing.withdraw(factories.draft())


def test_a_changed_figure_of_a_public_day_leaves_a_correction_and_a_changed_word_does_not():
    day = factories.day(tasks=[factories.task("Parser: reads", hours="8"), factories.task("gone")])
    parser, _ = tasks_of(APRIL_12)
    day.lede = "Other words."
    publishing.save_day(day, tasks_of(APRIL_12))
    assert not Correction.objects.exists()
    parser.human_hours = Decimal(16)
    publishing.save_day(day, [parser, factories.task("come")], reason="estimate revised")
    changed = {c.what: c for c in Correction.objects.all()}
    assert set(changed) == {"human_hours", "task_added", "task_removed"}
    assert (changed["human_hours"].before, changed["human_hours"].after) == ("8", "16")
    assert (changed["human_hours"].task_name, changed["human_hours"].reason) == ("Parser", "estimate revised")
    assert (changed["task_removed"].task_name, changed["task_added"].task_name) == ("gone", "come")


def test_a_changed_figure_of_the_day_itself_leaves_a_correction():
    day = factories.day(stated_tokens=10)
    day.stated_tokens, day.elapsed_minutes = 12, Decimal("90.5")
    publishing.save_day(day, reason="measured again")
    assert set(Correction.objects.values_list("what", "before", "after")) == {
        ("stated_tokens", "10", "12"),
        ("elapsed_minutes", "", "90.5"),
    }


def test_as_of_moves_only_when_a_figure_changes():
    day = factories.day(tasks=[factories.task()])
    first = Day.objects.get().figures_changed_at
    assert first is not None
    day.lede = "Other words."
    publishing.save_day(day)
    assert Day.objects.get().figures_changed_at == first
    day.stated_tokens = 12
    publishing.save_day(day, reason="measured again")
    assert Day.objects.filter(figures_changed_at__gt=first).exists()


def test_a_draft_leaves_no_corrections():
    day = factories.draft(tasks=[factories.task()])
    publishing.save_day(day, [])
    assert not Correction.objects.exists()


def test_a_day_moves_with_its_tasks_and_its_old_address_is_kept():
    day = factories.day(APRIL_12, [factories.task(), factories.task()])
    ids = [t.pk for t in tasks_of(APRIL_12)]
    publishing.move_day(day, APRIL_13, reason="worked past midnight")
    assert [t.pk for t in tasks_of(APRIL_13)] == ids
    assert OldAddress.objects.get().path == "/records/2026-04-12/"
    assert Correction.objects.get().what == "day_moved"
    publishing.move_day(day, APRIL_12, reason="worked past midnight")
    assert OldAddress.objects.get().path == "/records/2026-04-13/"


def test_a_day_does_not_move_onto_another():
    factories.draft(APRIL_13)
    with pytest.raises(ValidationError, match="has a day already"):
        publishing.move_day(factories.draft(APRIL_12), APRIL_13)


def test_saving_never_moves_a_day():
    day = factories.draft(tasks=[factories.task()])
    day.date = APRIL_13
    with pytest.raises(ValidationError, match="Move this day"):
        publishing.save_day(day)


def test_a_draft_can_be_removed_and_its_revisions_stay():
    publishing.remove_day(factories.draft(tasks=[factories.task()]))
    assert not Day.objects.exists()
    assert not Task.objects.exists()
    assert Revision.objects.get().snapshot["tasks"][0]["description"] == "Parser: reads every form"


def test_what_was_once_public_cannot_be_removed():
    day = factories.day()
    publishing.withdraw(day, reason="not ours to show")
    with pytest.raises(ValidationError, match="withdrawn, not removed"):
        publishing.remove_day(day)
    day = Day.objects.get()
    day.status = Day.Status.DRAFT
    publishing.save_day(day)
    with pytest.raises(ValidationError, match="withdrawn, not removed"):
        publishing.remove_day(day)


def test_what_was_scheduled_and_never_appeared_can_be_removed():
    soon = timezone.now() + timedelta(hours=1)
    day = factories.day(published_at=soon)
    publishing.withdraw(day, reason="not ours to show")
    publishing.remove_day(day)
    assert not Day.objects.exists()
    seen = factories.day(published_at=soon)
    with time_machine.travel(soon + timedelta(hours=1)):
        stored = Day.objects.get()
        stored.status = Day.Status.DRAFT
        publishing.save_day(stored)
        with pytest.raises(ValidationError, match="withdrawn, not removed"):
            publishing.remove_day(seen)


def test_many_new_days_are_stored_together_or_not_at_all():
    days = [
        NewDay(Day(date=APRIL_11), [factories.task(), factories.task()], ["AI", "ai"]),
        NewDay(Day(date=APRIL_12), [factories.task(), factories.task()], ["Time Record", "AI"]),
    ]
    publishing.add_days(days)
    assert [tag.name for tag in Day.objects.get(date=APRIL_11).tags.all()] == ["AI"]
    assert [tag.name for tag in Day.objects.get(date=APRIL_12).tags.all()] == ["AI", "Time Record"]
    assert [t.position for t in tasks_of(APRIL_12)] == [1, 2]
    assert Revision.objects.get(date=APRIL_11).snapshot["tasks"][1]["id"] == tasks_of(APRIL_11)[1].pk
    assert Day.objects.get(date=APRIL_12).version == 1
    with pytest.raises(ValidationError, match="2026-04-12"):
        publishing.add_days([NewDay(Day(date=APRIL_13), []), NewDay(Day(date=APRIL_12), [])])
    assert not Day.objects.filter(date=APRIL_13).exists()


def test_many_new_days_are_checked_as_one_would_be():
    with pytest.raises(ValidationError, match="NUL byte"):
        publishing.add_days([NewDay(Day(date=APRIL_11, title="a\x00b"), [])])
    with pytest.raises(TasksInvalid):
        publishing.add_days([NewDay(Day(date=APRIL_11), [factories.task(hours="0")])])
    assert not Day.objects.exists()


def test_a_day_before_there_were_agents_is_refused():
    with pytest.raises(ValidationError, match="before there were agents"):
        publishing.save_day(Day(date=date(206, 4, 12)))


def test_a_moment_of_publication_counts_to_the_second():
    moment = datetime(2026, 4, 13, 8, 10, tzinfo=UTC)
    factories.day(published_at=moment)
    assert not Day.objects.visible(at=moment - timedelta(seconds=1)).exists()
    assert Day.objects.visible(at=moment).exists()


def test_the_date_of_a_day_that_nobody_saw_leaves_no_address_behind():
    day = factories.draft(APRIL_12, [factories.task()])
    publishing.move_day(day, APRIL_13)
    publishing.publish(day)
    assert not OldAddress.objects.exists()


# Reasons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "save",
    [
        lambda reason: publishing.add_days([publishing.NewDay(Day(date=MAY_1), [])], reason=reason),
        lambda reason: publishing.import_days([publishing.NewDay(Day(date=MAY_1), [])], reason=reason),
        lambda reason: publishing.save_day(Day(date=MAY_1), [], reason=reason),
        lambda reason: publishing.move_day(Day.objects.get(), MAY_1, reason=reason),
        lambda reason: publishing.restore_archive(
            read_archive('{"schema": 1, "days": [{"date": "2026-05-01"}]}'), reason=reason
        ),
    ],
    ids=["add", "import", "save", "move", "restore"],
)
def test_a_reason_is_kept_whole_or_refused(save):
    factories.draft()
    with pytest.raises(ValidationError, match="The reason has 301 letters; it has room for 300"):
        save("w" * 301)
    assert list(Day.objects.values_list("date", flat=True)) == [factories.APRIL_12]
    save("w" * 300)
    assert Revision.objects.get(date=MAY_1).reason == "w" * 300


def test_where_act_and_reason_have_no_room_together_it_shows():
    kept = factories.draft()
    publishing.save_day(kept, reason="w" * 300, act="Version 3 restored")
    noted = Revision.objects.get(number=2).reason
    assert (len(noted), noted[:20], noted[-1]) == (300, "Version 3 restored: ", "…")
