"""Revisions of a day: told apart in words and figures, and brought back."""

import time
from datetime import date
from typing import Any

import pytest
from django.test import Client

from records import publishing
from records.models import Correction, Day, Revision, Task
from records.publishing import ReasonNeeded
from records.summaries.differences import Words, differences
from records.summaries.wording import word_changes
from tests import desk, factories
from tests.pages import part, text_of

author = desk.author
APRIL_13 = date(2026, 4, 13)


def said(before: str, after: str) -> str:
    """The difference of two texts, with [-what went-] and {+what came+}."""
    marks = {"gone": "[-{}-]", "new": "{{+{}+}}", "kept": "{}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_changes(before, after))


def snapshot(*tasks: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"title": "", "lede": "", "tokens": None, "tags": [], "sample": False, **values, "tasks": tasks}


def row(pk: int, text: str = "", position: int = 0, **values: Any) -> dict[str, Any]:
    given = {"name": "", "description": text or f"Task {pk}", "category": None, "human_hours": 8, **values}
    return {"id": pk, "position": position or pk, **given}


# Words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("one two three", "one two three", "one two three"),
        ("one two three", "one 2 three", "one [-two -]{+2 +}three"),
        ("one two", "one two three", "one two {+three+}"),
        ("one two", "two", "[-one -]two"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("one\n\ntwo", "one two", "one\n\ntwo"),
    ],
)
def test_a_text_differs_by_words(before: str, after: str, difference: str):
    assert said(before, after) == difference


def test_what_stays_far_from_any_change_is_left_out():
    words = [f"word{number}" for number in range(200)]
    changed = [*words[:100], "other", *words[101:]]
    difference = said(" ".join(words), " ".join(changed))
    assert "[-word100 -]{+other +}" in difference
    assert "word99 " in difference
    assert "word101 " in difference
    assert "word50 " not in difference
    assert difference.startswith("… ")
    assert difference.endswith("… ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 12_500, "b a " * 12_500),
        ("a " * 25_000, "a b " * 12_500),
        (
            " ".join(f"w{n} u{n}" for n in range(4_000)),
            " ".join(f"w{n} v{n}" for n in range(4_000)),
        ),
        (
            " ".join(f"w{n}" for n in range(8_000)),
            " ".join(f"w{n}" for n in reversed(range(8_000))),
        ),
        ("x" * 50_000, "y" * 50_000),
        (" \n" * 25_000, "\t " * 25_000),
    ],
)
def test_hostile_texts_of_fifty_thousand_characters_are_compared_at_once(before: str, after: str):
    began = time.process_time()
    pieces = word_changes(before, after)
    assert time.process_time() - began < 2
    assert pieces


def test_the_pieces_of_long_texts_make_both_of_them():
    before = " ".join(f"w{n % 90}" for n in range(1_000))
    after = " ".join(f"w{(n * n) % 90}" for n in range(1_000))
    pieces = [piece for piece in word_changes(before, after) if "…" not in piece.text]
    gone = [word for piece in pieces if piece.kind != "new" for word in piece.text.split()]
    new = [word for piece in pieces if piece.kind != "gone" for word in piece.text.split()]
    assert (gone, new) == (before.split(), after.split())


# Days -------------------------------------------------------------------------------------------------------


def test_a_summary_counts_tasks_and_names_fields():
    before = snapshot(row(1), row(2), row(3), lede="One.", title="A")
    after = snapshot(row(1, human_hours=9), row(3, "Other"), row(4), lede="Two.", title="A")
    assert differences(before, after).summary() == "2 tasks changed, 1 task added, 1 task removed, lede"
    assert differences(before, before).summary() == ""


def test_a_task_that_jumps_the_queue_moves_alone():
    before = snapshot(*(row(pk) for pk in (1, 2, 3, 4)))
    after = snapshot(row(4, position=1), row(1, position=2), row(2, position=3), row(3, position=4))
    (task,) = differences(before, after).tasks
    assert (task.what, task.name, task.was_at, task.task["position"]) == ("moved", "Task 4", 4, 1)


def test_figures_are_written_as_tables_write_them():
    before = snapshot(row(1, human_hours=1222.75, category=None), tokens=None)
    after = snapshot(row(1, human_hours=None, category="qa"), tokens=4_129_000)
    found = differences(before, after, Words({"qa": "Testing"}))
    of_day = [(change.label, change.was, change.became) for change in found.fields]
    of_task = [(change.label, change.was, change.became) for change in found.tasks[0].fields]
    assert of_day == [("total tokens", "—", "4,129,000")]
    assert of_task == [("category", "—", "Testing"), ("human hours", "1,222.75 h", "—")]


def test_a_field_that_one_of_them_does_not_know_is_no_difference():
    older, newer = snapshot(row(1)), snapshot(row(1, steps=["a"]), left_out="One.")
    assert not differences(older, newer)
    assert not differences(newer, older)


# The way back -----------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def edited() -> Day:
    """A draft saved three times: two tasks; then a figure, a text and the lede; then one task less."""
    made = factories.draft(
        tasks=[factories.task("Wiki: sync"), factories.task("Parser: reads", "1.1")], lede="One."
    )
    first, second = desk.rows_of(made)
    first.human_hours, second.description, made.lede = 9, "Parser: writes", "Two."
    publishing.save_day(made, [first, second], tags=["AI"])
    publishing.save_day(made, [second])
    return made


def last_reason(day: Day) -> str:
    return day.revisions.values_list("reason", flat=True)[0]


def state(day: Day) -> list[tuple[Any, ...]]:
    return [(task.pk, task.position, task.description, task.human_hours) for task in desk.rows_of(day)]


def test_restoring_brings_tasks_back_under_their_ids_as_one_new_version():
    made = factories.draft(tasks=[factories.task("Wiki: sync"), factories.task("Parser: reads", "1.1")])
    first = state(made)
    publishing.save_day(made, [*reversed(desk.rows_of(made))], tags=["AI"])
    publishing.save_day(made, [], tags=[])
    publishing.restore_revision(made, 1)
    made.refresh_from_db()
    assert state(made) == first
    assert (made.version, last_reason(made)) == (4, "Version 1 restored")
    publishing.restore_revision(made, 2)
    assert [pk for pk, *_ in state(made)] == [pk for pk, *_ in reversed(first)]
    assert list(made.tags.values_list("name", flat=True)) == ["AI"]


def test_a_restored_day_stays_as_public_as_it_is_and_its_figures_are_corrected():
    made = factories.draft(tasks=[factories.task(hours="1.1")], lede="One.")
    (task,) = desk.rows_of(made)
    task.human_hours, made.lede = 2, "Two."
    publishing.save_day(made, [task])
    publishing.publish(made)
    with pytest.raises(ReasonNeeded):
        publishing.restore_revision(made, 1)
    publishing.restore_revision(made, 1, reason="typing error")
    made.refresh_from_db()
    assert (made.status, made.lede, made.prose_changed_at is None) == ("published", "One.", False)
    correction = Correction.objects.get()
    assert (correction.old, correction.new, correction.reason) == ("2 h", "1.1 h", "typing error")
    assert last_reason(made) == "Version 1 restored: typing error"


def test_a_withdrawn_day_that_comes_back_as_it_was_has_nothing_to_correct():
    made = factories.day(tasks=[factories.task(hours="1.1", agent="0.3")])
    publishing.withdraw(made, reason="not ours to show")
    publishing.publish(made)
    assert [line.what for line in Correction.objects.all()] == ["withdrawn"]


def test_a_version_that_a_public_day_cannot_be_is_refused():
    made = factories.draft(tasks=[factories.task(hours=None)])
    (task,) = desk.rows_of(made)
    task.human_hours = 2
    publishing.save_day(made, [task])
    publishing.publish(made)
    with pytest.raises(publishing.TasksInvalid):
        publishing.restore_revision(made, 1, reason="typing error")
    assert made.revisions.count() == 3


def test_a_snapshot_of_an_older_form_is_restored_and_leaves_alone_what_it_does_not_say():
    made = factories.draft(tasks=[factories.task(outcome="merged")], lede="One.", left_out="One, private.")
    (task,) = desk.rows_of(made)
    kept = Revision.objects.get()
    for name in ("prose_changed_at", "left_out"):
        del kept.snapshot[name]
    for name in ("outcome", "estimate_low", "tokens_source"):
        del kept.snapshot["tasks"][0][name]
    kept.save()
    task.human_hours, made.lede = 2, "Two."
    publishing.save_day(made, [task])
    publishing.restore_revision(made, 1)
    made.refresh_from_db()
    (task,) = desk.rows_of(made)
    assert (made.lede, made.left_out, task.human_hours, task.outcome) == (
        "One.",
        "One, private.",
        8,
        "merged",
    )


def test_a_task_that_stands_on_another_day_stays_there_and_counts_once():
    made = factories.draft(tasks=[factories.task("Wiki: sync"), factories.task("Parser: reads")])
    publishing.move_tasks(desk.rows_of(made)[:1], APRIL_13)
    made.refresh_from_db()
    made.lede = "Two."
    publishing.save_day(made)
    publishing.restore_revision(made, 1)
    assert Task.objects.count() == 2
    assert [task.position for task in desk.rows_of(made)] == [1]
    assert publishing.restoring(made, 1).elsewhere == {Task.objects.get(day__date=APRIL_13).pk: APRIL_13}


def test_tasks_come_back_to_the_category_that_took_over_or_to_none():
    screens, gone = factories.category("Screens"), factories.category("Gone")
    made = factories.draft(tasks=[factories.task(category=screens), factories.task("B", category=gone)])
    publishing.save_day(made, [])
    frontend = factories.category("Frontend")
    publishing.merge_categories(screens, frontend)
    publishing.remove_category(gone)
    assert publishing.restoring(made, 1).no_categories == {"gone"}
    publishing.restore_revision(made, 1)
    assert [task.category for task in desk.rows_of(made)] == [frontend, None]


# The pages --------------------------------------------------------------------------------------------------


def address(day: Day, ending: str = "") -> str:
    return f"/admin/records/day/{day.pk}/history/{ending}"


def test_the_list_says_what_each_save_changed(author: Client):
    page = text_of(author.get(address(edited())).content.decode())
    assert "first version, 2 tasks" in page
    assert "2 tasks changed, lede, tags" in page
    assert "1 task removed" in page


def test_a_revision_is_shown_beside_the_one_before_it(author: Client):
    page = author.get(address(edited(), "2/")).content.decode()
    shown = part(page, 'class="compared"', "</section>")
    assert "From version 1 to version 2" in shown
    assert "<del>8 h</del> → <ins>9 h</ins>" in shown
    assert "<del>reads</del><ins>writes</ins>" in shown
    assert "<del>One.</del><ins>Two.</ins>" in shown
    assert "Restore this version" in page


def test_a_revision_is_compared_with_any_other_by_its_address(author: Client):
    made = edited()
    present = author.get(address(made, "1/?with=now")).content.decode()
    assert "From version 1 to version 3" in present
    assert "Task 1 removed: human hours 8 h" in text_of(present)
    other = author.get(address(made, "3/?with=1")).content.decode()
    assert "From version 1 to version 3" in other
    assert "Restore this version" not in other
    for wrong in ("9", "x", "²", "9" * 5_000):
        answer = author.get(address(made, "3/"), {"with": wrong})
        assert answer.status_code == 200
        assert "Try a number from 1 to 3." in text_of(answer.content.decode())


def test_the_act_page_shows_what_will_change_and_asks_why_of_a_public_day(author: Client):
    made = edited()
    publishing.publish(made)
    asked = author.get(address(made, "1/restore/"))
    assert "<del>Two.</del><ins>One.</ins>" in asked.content.decode()
    fields = desk.form_on(asked, "act")
    answer = author.post(address(made, "1/restore/"), {**fields, "reason": ""})
    assert 'id="id_reason_error"' in answer.content.decode()
    assert Revision.objects.count() == 4
    desk.sent_to(author.post(address(made, "1/restore/"), {**fields, "reason": "measured again"}))
    assert [str(task.human_hours) for task in desk.rows_of(made)] == ["8.0000", "1.1000"]
    assert last_reason(made) == "Version 1 restored: measured again"
    assert Correction.objects.filter(reason="measured again").count() == 1


def test_a_day_that_was_saved_meanwhile_is_looked_at_again(author: Client):
    made = edited()
    fields = desk.form_on(author.get(address(made, "1/restore/")), "act")
    publishing.save_day(Day.objects.get(), [])
    answer = author.post(address(made, "1/restore/"), fields)
    assert "Look at it again" in answer.content.decode()
    desk.sent_to(author.post(address(made, "1/restore/"), desk.form_on(answer, "act")))
    assert len(desk.rows_of(made)) == 2


def test_restoring_what_stands_already_says_so_and_saves_nothing(author: Client):
    made = edited()
    asked = author.get(address(made, "3/restore/"))
    assert "Nothing differs." in asked.content.decode()
    answer = author.post(address(made, "3/restore/"), desk.form_on(asked, "act"))
    assert "nothing to restore" in answer.content.decode()
    assert Revision.objects.count() == 3
    assert author.get(address(made, "9/restore/")).status_code == 404
