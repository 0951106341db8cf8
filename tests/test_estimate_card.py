"""The card behind an estimate, what totals make of its range, and what became of the work."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from records import publishing
from records.leverage import Totals
from records.models import Day, Revision, Task
from tests.desk import ADD, author, change_address, form_on, opened, row, rows_of
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import RECORD, band, html_of, page_text, statistics, text_of

pytestmark = pytest.mark.django_db
__all__ = ["author"]

NEW_DAY = {"date": "2026-04-12"}
STEPS = [{"name": "Parser", "hours": 5}, {"name": "Tests", "hours": Decimal("1.5")}]
RANGED: dict[str, Any] = {"estimate_low": Decimal(4), "estimate_high": Decimal(12)}


def card_of(client: Client, **values: Any) -> str:
    """The page of the only task of a public day, as text."""
    day(tasks=[task(**values)])
    return spaced(client, Task.objects.get())


def spaced(client: Client, each: Task) -> str:
    """The text of a task's page, cells apart."""
    return text_of(html_of(client.get(each.get_absolute_url())).replace("<", " <"))


# The task's page --------------------------------------------------------------------------------------------


def test_the_card_shows_range_steps_basis_author_and_time(client):
    text = card_of(
        client,
        **RANGED,
        estimate_steps=STEPS,
        estimate_basis_kind="comparable",
        estimate_basis="the last parser",
        estimate_by="Ada",
        estimate_on=date(2026, 4, 12),
        estimate_timing="before",
    )
    for said in (
        "How the hours were estimated",
        "Low to high 4 to 12 h",
        "Leverage factor, low to high 24.0× to 72.0×",
        "It rests on comparable work: the last parser",
        "Estimated by Ada",
        "Made April 12, 2026 , before the work",
        "Parser 5 h Tests 1.5 h Together 6.5 h (1.5 h less than the estimate)",
    ):
        assert said in text


def test_steps_that_add_up_say_no_more(client):
    text = card_of(client, estimate_steps=[{"name": "All of it", "hours": 8}])
    assert "Together 8 h" in text
    assert "than the estimate" not in text


def test_without_anything_to_say_there_is_no_card(client):
    assert "How the hours were estimated" not in card_of(client)


def test_private_evidence_is_said_once_for_the_day_and_for_each_task_without_a_link(client):
    day(tasks=[task(evidence_url="https://example.org/pull/7"), task("Two")], evidence_private=True)
    assert page_text(client, RECORD).count("The evidence of these tasks is private.") == 1
    linked, private = (spaced(client, each) for each in Task.objects.order_by("position"))
    assert "Evidence https://example.org/pull/7" in linked
    assert "Evidence private" in private


# Totals -----------------------------------------------------------------------------------------------------


def test_a_day_and_every_list_give_the_range_and_over_how_many_tasks(client):
    kind = category("Kind")
    day(tasks=[task(category=kind, **RANGED), task("Two", hours="16", category=kind)])
    # 8 + 16 h in 20 min; at the ends 4 + 16 and 12 + 16.
    assert band(html_of(client.get(RECORD)))[0].startswith(
        "Leverage factor 72.0× median task 72.0× 60.0 to 84.0; range on 1 of 2 tasks"
    )
    assert statistics(html_of(client.get(RECORD)))["Range of it, low to high estimates"] == (
        "60.0× to 84.0× (range on 1 of 2 tasks)"
    )
    for address in ("/", "/tasks/", "/categories/kind/"):
        assert "60.0 to 84.0; range on 1 of 2 tasks" in page_text(client, address)


def test_a_file_of_a_list_with_ranges_has_the_factors_at_their_ends(client):
    day(tasks=[task(**RANGED), task("Two", hours="16")])
    totals = b"".join(client.get("/tasks.json").streaming_content).decode()
    assert '"factor_low": 60, "factor_high": 84, "tasks_with_range": 1' in totals


def test_one_end_alone_leaves_the_other_at_the_estimate_and_unknown_minutes_out():
    tasks = [task(estimate_low=Decimal(2)), task("Two", agent=None, **RANGED), task("Three", **RANGED)]
    stored = draft(tasks=tasks)
    for totals in (
        Totals.of(tasks),
        Task.objects.all().totals(),
        Day.objects.with_totals().get(pk=stored.pk).totals(),
    ):
        ends = totals.estimates
        assert (ends.low_hours, ends.high_hours, ends.minutes) == (Decimal(6), Decimal(20), Decimal(20))
        assert (ends.low, ends.high, ends.tasks, ends.of_tasks) == (Decimal(18), Decimal(60), 2, 3)


def test_without_ranges_nothing_is_said_of_one(client):
    day(tasks=[task()])
    assert "range on" not in page_text(client, RECORD)


# The form ---------------------------------------------------------------------------------------------------


def test_the_whole_card_is_typed_saved_and_shown_again(author: Client):
    typed = {
        "estimate_low": "4h",
        "estimate_high": "12h",
        "estimate_steps": "Parser: 5h\nUnit tests 1h 30m\n\nStage 2 — 1d",
        "estimate_basis_kind": "proposal",
        "estimate_timing": "after",
    }
    author.post(ADD, {**NEW_DAY, "evidence_private": "on", **row(0, "Alpha", "8h", "10m", **typed)})
    stored = Task.objects.get()
    assert [(step.name, step.hours) for step in stored.steps()] == [
        ("Parser", Decimal(5)),
        ("Unit tests", Decimal("1.5")),
        ("Stage 2", Decimal(8)),
    ]
    assert (stored.estimate_basis_kind, stored.estimate_timing) == ("proposal", "after")
    assert Day.objects.get().evidence_private
    form = opened(author, Day.objects.get())
    assert form["tasks-0-estimate_steps"] == "Parser 5h\nUnit tests 1.5h\nStage 2 8h"
    page = text_of(html_of(author.get(change_address(Day.objects.get()))))
    assert "The steps add up to 6.5 h more than the estimate." in page
    author.post(change_address(Day.objects.get()), form)
    assert Task.objects.get().estimate_steps == stored.estimate_steps


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Parser", "“Parser” has no hours at its end. Try Parser 8h, one step a line."),
        ("8h", "“8h” has no hours at its end."),
        ("Parser 8h\nTests lots", "“Tests lots” has no hours at its end."),
        ("Parser 0h", "“Parser 0h” has no hours at its end."),
        (f"{'x' * 121} 8h", "is too long: the name of a step has at most 120 characters."),
        ("\n".join(f"Step {n} 1h" for n in range(41)), "An estimate has at most 40 steps."),
    ],
)
def test_steps_that_cannot_be_read_are_refused_and_stay(author: Client, typed: str, fault: str):
    page = author.post(ADD, {**NEW_DAY, **row(0, "Alpha", "8h", "10m", estimate_steps=typed)})
    assert fault in text_of(html_of(page))
    assert form_on(page)["tasks-0-estimate_steps"] == typed
    assert not Day.objects.exists()


def test_an_outcome_is_known_from_the_day_it_is_said_and_stays_so(author: Client):
    stored = draft(tasks=[task("Alpha"), task("Beta", outcome="merged", outcome_on=date(2026, 4, 20))])
    with time_machine.travel(datetime(2026, 4, 30, 12, tzinfo=UTC), tick=False):
        author.post(change_address(stored), opened(author, stored) | {"tasks-0-outcome": "reverted"})
    alpha, beta = Task.objects.order_by("position")
    assert (alpha.outcome_on, beta.outcome_on) == (date(2026, 4, 30), date(2026, 4, 20))
    assert "Outcome, known on 2026-04-20" in text_of(html_of(author.get(change_address(stored))))
    author.post(change_address(stored), opened(author, stored) | {"tasks-1-outcome": ""})
    assert Task.objects.get(description="Beta").outcome_on is None


def test_many_outcomes_are_set_on_a_page_that_asks_for_the_date(author: Client):
    stored = draft(tasks=[task("Alpha"), task("Beta")])
    keys = [str(each.pk) for each in rows_of(stored)]
    asked = {"action": "set_outcome", "_selected_action": keys, "perform": "1", "outcome": "merged"}
    author.post("/admin/records/task/", asked | {"on": "2026-04-20"})
    assert set(Task.objects.values_list("outcome", "outcome_on")) == {("merged", date(2026, 4, 20))}


def test_a_date_of_no_outcome_is_refused():
    with pytest.raises(ValidationError, match="A date of no outcome"):
        task(outcome_on=date(2026, 4, 20)).clean()


@pytest.mark.parametrize(
    "steps",
    ["x", [{}], [{"name": "", "hours": 1}], [{"name": "a", "hours": 0}], [{"name": "a\x00", "hours": 1}]],
)
def test_no_other_way_in_stores_steps_that_are_none(steps: Any):
    with pytest.raises(publishing.TasksInvalid):
        draft(tasks=[task(estimate_steps=steps)])


def test_two_authors_see_steps_side_by_side(author: Client):
    stored = draft(tasks=[task("Alpha", estimate_steps=STEPS)])
    mine, theirs = (
        opened(author, stored) | {"tasks-0-estimate_steps": f"Parser {hours}h"} for hours in (6, 7)
    )
    author.post(change_address(stored), theirs)
    page = text_of(html_of(author.post(change_address(stored), mine)))
    assert "Parser 6h" in page
    assert "Parser 7h" in page


def test_a_revision_from_before_the_card_can_still_be_compared(author: Client):
    stored = draft(tasks=[task("Alpha")])
    first = Revision.objects.get()
    del first.snapshot["tasks"][0]["estimate_steps"], first.snapshot["evidence_private"]
    Revision.objects.filter(pk=first.pk).update(snapshot=first.snapshot)
    mine = opened(author, stored) | {"tasks-0-human_hours": "5h"}
    author.post(change_address(stored), opened(author, stored) | {"tasks-0-human_hours": "6h"})
    assert "Human hours of “Alpha”" in text_of(html_of(author.post(change_address(stored), mine)))


# What became of it ------------------------------------------------------------------------------------------


def test_tasks_older_than_a_week_without_an_outcome_wait_on_the_first_page(author: Client):
    today = datetime(2026, 4, 20, 12, tzinfo=UTC)
    day(APRIL_12, [task("Old"), task("Known", outcome="merged")])
    day(APRIL_12 + timedelta(days=1), [task("A week old")])
    day(APRIL_12 - timedelta(days=1), [task("Made up")], sample=True)
    draft(APRIL_12 - timedelta(days=2), [task("Unpublished")])
    with time_machine.travel(today, tick=False):
        text = text_of(html_of(author.get("/admin/")))
    assert "What became of 1 task?" in text
    assert "Old Apr 12, 2026" in text
    for absent in ("A week old", "Made up", "Unpublished", "Known"):
        assert absent not in text


def test_outcomes_are_set_for_many_with_a_date(author: Client):
    day(tasks=[task("One"), task("Two")])
    assert publishing.set_outcome(Task.objects.all(), "in-use", on=date(2026, 4, 30)) == 2
    assert set(Task.objects.values_list("outcome", "outcome_on")) == {("in-use", date(2026, 4, 30))}
    publishing.set_outcome(Task.objects.all(), "", on=date(2026, 4, 30))
    assert set(Task.objects.values_list("outcome_on", flat=True)) == {None}
