"""The one door for tasks and categories: add, move, set, merge, remove."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records import publishing
from records.models import (
    Category,
    Correction,
    Day,
    DaySummary,
    OldAddress,
    Revision,
    SafeName,
    Tag,
    Task,
)
from records.publishing import TasksInvalid, door
from records.summaries.audit import findings
from tests import factories

pytestmark = pytest.mark.django_db

APRIL_11, APRIL_12, APRIL_13 = date(2026, 4, 11), date(2026, 4, 12), date(2026, 4, 13)


def tasks_of(on: date) -> list[Task]:
    return list(Task.objects.filter(day__date=on).order_by("position"))


def test_a_task_added_to_a_date_without_a_day_makes_a_draft():
    task = publishing.add_task(APRIL_12, factories.task("first"))
    publishing.add_task(APRIL_12, factories.task("second"))
    assert Day.objects.get().status == Day.Status.DRAFT
    assert [t.description for t in tasks_of(APRIL_12)] == ["first", "second"]
    assert task.pk == tasks_of(APRIL_12)[0].pk


def test_the_first_task_of_a_date_is_one_save_and_one_revision():
    publishing.add_task(APRIL_12, factories.task("first"))
    (revision,) = Revision.objects.all()
    assert [each["description"] for each in revision.snapshot["tasks"]] == ["first"]


def test_tasks_move_to_another_day_and_keep_their_ids():
    factories.day(APRIL_12, [factories.task("one"), factories.task("two"), factories.task("three")])
    one, _, three = tasks_of(APRIL_12)
    publishing.move_tasks([three, one], APRIL_13, reason="worked past midnight")
    assert [t.description for t in tasks_of(APRIL_12)] == ["two"]
    assert tasks_of(APRIL_12)[0].position == 1
    assert [(t.pk, t.position) for t in tasks_of(APRIL_13)] == [(one.pk, 1), (three.pk, 2)]
    moves = Correction.objects.filter(what="task_moved")
    assert {(c.task_id, c.before, c.after) for c in moves} == {
        (one.pk, "2026-04-12", "2026-04-13"),
        (three.pk, "2026-04-12", "2026-04-13"),
    }
    assert Revision.objects.filter(date=APRIL_13).exists()


def test_a_move_to_a_date_without_a_day_is_one_save_of_each_of_both():
    factories.draft(APRIL_12, [factories.task("one"), factories.task("two")])
    publishing.move_tasks(tasks_of(APRIL_12)[:1], APRIL_13)
    assert list(Revision.objects.order_by("date", "number").values_list("date", "number")) == [
        (APRIL_12, 1),
        (APRIL_12, 2),
        (APRIL_13, 1),
    ]


def test_a_task_that_moved_meanwhile_is_taken_from_where_it_stands():
    factories.draft(APRIL_11, [factories.task("one"), factories.task("two")])
    read_before = tasks_of(APRIL_11)[:1]
    publishing.move_tasks(tasks_of(APRIL_11)[:1], APRIL_12)
    publishing.move_tasks(read_before, APRIL_13)
    assert [[t.description for t in tasks_of(on)] for on in (APRIL_11, APRIL_12, APRIL_13)] == [
        ["two"],
        [],
        ["one"],
    ]
    assert dict(DaySummary.objects.values_list("day_id", "tasks")) == {APRIL_11: 1, APRIL_12: 0, APRIL_13: 1}
    assert not list(findings())
    assert Day.objects.get(date=APRIL_11).version == 2


def test_a_task_that_was_removed_meanwhile_is_said_and_nothing_moves():
    factories.draft(APRIL_12, [factories.task("one"), factories.task("two"), factories.task("three")])
    chosen = tasks_of(APRIL_12)[:2]
    publishing.save_day(Day.objects.get(), tasks_of(APRIL_12)[1:])
    with pytest.raises(ValidationError, match="1 of these tasks was removed in the meantime"):
        publishing.move_tasks(chosen, APRIL_13)
    assert [t.description for t in tasks_of(APRIL_12)] == ["two", "three"]


def test_a_task_that_moves_while_its_day_is_waited_for_is_a_conflict(monkeypatch):
    factories.draft(APRIL_11, [factories.task("one"), factories.task("two")])
    chosen = tasks_of(APRIL_11)[:1]
    ask = door.lock_days

    def moved_before_they_are_locked(dates):
        monkeypatch.setattr(door, "lock_days", ask)
        publishing.move_tasks(chosen, APRIL_12)
        return ask(dates)

    monkeypatch.setattr(door, "lock_days", moved_before_they_are_locked)
    with pytest.raises(publishing.Conflict, match="April 12, 2026 was saved by somebody else"):
        publishing.move_tasks(chosen, APRIL_13)


def test_an_incomplete_task_cannot_move_into_a_public_day():
    factories.draft(APRIL_12, [factories.task(hours=None)])
    factories.day(APRIL_13)
    with pytest.raises(TasksInvalid, match=r"2026-04-12, row 1 needs a look\."):
        publishing.move_tasks(Task.objects.all(), APRIL_13)
    assert len(tasks_of(APRIL_12)) == 1


def test_a_category_with_tasks_is_not_removed_and_says_how_many():
    testing = factories.category("Testing")
    factories.draft(tasks=[factories.task(category=testing), factories.task(category=testing)])
    with pytest.raises(ValidationError, match="2 tasks have the category Testing"):
        publishing.remove_category(testing)
    publishing.remove_category(factories.category("Unused"))
    assert list(Category.objects.values_list("name", flat=True)) == ["Testing"]


def test_merging_moves_the_tasks_and_keeps_every_address():
    old, new = factories.category("Tests"), factories.category("Testing")
    old.slug = "checks"
    publishing.save_category(old)
    factories.draft(tasks=[factories.task(category=old), factories.task()])
    assert publishing.merge_categories(old, new) == 1
    assert [t.category for t in tasks_of(APRIL_12)] == [new, None]
    assert {a.path: a.category for a in OldAddress.objects.all()} == {
        "/categories/tests/": new,
        "/categories/checks/": new,
    }
    assert Revision.objects.filter(date=APRIL_12).count() == 2


def test_a_category_that_takes_its_old_address_back_no_longer_redirects_from_it():
    testing = factories.category("Testing")
    for slug in ("checks", "testing"):
        testing.slug = slug
        publishing.save_category(testing)
    assert [address.path for address in OldAddress.objects.all()] == ["/categories/checks/"]


def test_a_category_is_not_merged_into_itself():
    testing = factories.category("Testing")
    with pytest.raises(ValidationError, match="itself"):
        publishing.merge_categories(testing, testing)


def test_no_category_may_be_called_none():
    with pytest.raises(ValidationError, match="stands for tasks without"):
        factories.category("Whatever", slug="none")
    with pytest.raises(ValidationError, match="stands for tasks without") as refused:
        factories.category("None")
    assert set(refused.value.message_dict) == {"name"}


def test_a_field_is_set_on_tasks_of_many_days():
    factories.draft(APRIL_11, [factories.task()])
    factories.day(APRIL_12, [factories.task(), factories.task()])
    testing = factories.category("Testing")
    assert publishing.set_category(Task.objects.filter(position=1), testing) == 2
    assert publishing.set_outcome(Task.objects.all(), "merged") == 3
    assert set(Task.objects.values_list("category__name", "outcome")) == {
        ("Testing", "merged"),
        (None, "merged"),
    }
    with pytest.raises(TasksInvalid):
        publishing.set_outcome(Task.objects.all(), "eaten")


def test_setting_what_is_so_already_changes_nothing():
    testing = factories.category("Testing")
    factories.day(APRIL_11, [factories.task(category=testing)])
    factories.day(APRIL_12, [factories.task(category=testing), factories.task()])
    assert publishing.set_category(Task.objects.all(), testing) == 1
    assert publishing.set_category(Task.objects.all(), testing) == 0
    assert publishing.set_outcome(tasks_of(APRIL_11), "merged", on=APRIL_13) == 1
    assert publishing.set_outcome(tasks_of(APRIL_11), "merged", on=APRIL_13) == 0
    assert dict(Day.objects.values_list("date", "version")) == {APRIL_11: 2, APRIL_12: 2}
    assert Revision.objects.count() == 4


def test_a_name_that_became_unsafe_later_keeps_nobody_from_merging_categories():
    old, new = factories.category("Tests"), factories.category("Testing")
    factories.day(tasks=[factories.task("Moved acme-prod", category=old)], lede="All of acme-prod.")
    SafeName.objects.create(name="acme-prod", stand_in="a host")
    assert publishing.merge_categories(old, new) == 1
    assert tasks_of(APRIL_12)[0].category == new


def test_a_fault_of_tasks_says_on_which_day_they_are():
    factories.draft(APRIL_11, [factories.task()])
    with pytest.raises(TasksInvalid, match=r"2026-04-11, row 1 needs a look\.") as refused:
        publishing.set_outcome(Task.objects.all(), "eaten")
    assert refused.value.on == APRIL_11


def test_tags_are_made_when_new_and_found_whatever_their_case():
    factories.draft(APRIL_11, tags=["AI", "Time  Record"])
    factories.draft(APRIL_12, tags=["ai", "AI", " "])
    assert set(Tag.objects.values_list("name", "slug")) == {("AI", "ai"), ("Time Record", "time-record")}
    assert [tag.name for tag in Day.objects.get(date=APRIL_12).tags.all()] == ["AI"]
