"""The first draft of a lede: plain English for any day, every figure of it live."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from records import prose
from records.models import Day, SiteProfile, Task
from records.summaries.first_draft import first_draft, material_of
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary
from tests.desk import ADD, author, change_address, form_on, opened, row
from tests.factories import APRIL_12, day, draft, task
from tests.pages import april_12, html_of, text_of

pytestmark = pytest.mark.django_db
__all__ = ["author"]

FIRST_DRAFT = "/admin/records/day/first-draft/"


def drafted(*tasks: Task) -> str:
    """What a reader reads of the draft of a day."""
    return read(draft(tasks=tasks))


def read(stored: Day) -> str:
    summary = RecordSummary.of(stored, list(Task.objects.filter(day__date=stored.date)), SiteProfile.load())
    figures = DayFigures(summary)
    text = first_draft(material_of(figures, "Claude"))
    assert not re.findall(r"[0-9]", re.sub(r"\{\{[^}]*\}\}|30 days", "", text)), "a figure typed by hand"
    assert not [mark for mark in prose.marks_in(text) if figures[mark.name].missing]
    return text_of(prose.render(text, figures))


def test_a_day_of_many_tasks_with_days_before():
    stored = april_12()
    day(APRIL_12 - timedelta(days=1), [task(hours="100", agent="50", supervision="10")])
    day(APRIL_12 - timedelta(days=9), [task(hours="80.5", agent="60")])
    assert read(stored) == (
        "Thirty-seven tasks, estimated at 1,222.75 human hours, took Claude 614 minutes: a weighted average "
        "factor of 119.5×; supervision took 140 minutes, a factor of 524.0×. "
        "The ceiling was “Student simulator” at 480.0×, the floor “Readiness audit of services and libraries "
        "in 5 repositories” at 10.91×. "
        "Against April 11 that is +1,122.75 human hours and −0.5× in the factor; the average of the 30 days "
        "before is 90.3 human hours a day and a factor of 98.5×."
    )


def test_the_first_day_ever_is_compared_with_nothing():
    assert drafted(task("Alpha", hours="16"), task("Beta")) == (
        "Two tasks, estimated at 24 human hours, took Claude 20 minutes: a weighted average factor of 72.0×; "
        "supervision took 4 minutes, a factor of 360.0×. "
        "The ceiling was “Alpha” at 96.0×, the floor “Beta” at 48.0×."
    )


def test_a_single_task():
    assert drafted(task("Alpha", hours="1", agent="1", supervision="1")) == (
        "One task, “Alpha”, estimated at 1 human hour, took Claude 1 minute: a leverage factor of 60.0×; "
        "supervision took 1 minute, a factor of 60.0×."
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (("8", "8"), "Both stand at 48.0×."),
        (("8", "8", "8"), "All stand at 48.0×."),
        (("16", "16", "8"), "The ceiling of 96.0× was shared by “A” and “B”; the floor was “C” at 48.0×."),
        (("16", "8", "8"), "The ceiling was “A” at 96.0×; the floor of 48.0× was shared by “B” and “C”."),
        (
            ("16", "16", "16", "8", "8", "8"),
            "The ceiling of 96.0× was shared by “A” and others; "
            "the floor of 48.0× was shared by “D” and others.",
        ),
    ],
)
def test_ties(hours: tuple[str, ...], said: str):
    tasks = [task(name, hours=each) for name, each in zip("ABCDEF", hours, strict=False)]
    assert drafted(*tasks).endswith(said)


@pytest.mark.parametrize(
    ("supervision", "said"),
    [
        ((None, None), ": a weighted average factor of 48.0×; supervision was not recorded. Both stand"),
        (("4", None), "; supervision, where it was recorded, took 4 minutes, a factor of 120.0×. Both stand"),
        (("0", "0"), ": a weighted average factor of 48.0×; it took no supervision. Both stand"),
        (("0", None), ": a weighted average factor of 48.0×. Both stand"),
    ],
)
def test_supervision_that_is_unknown_in_part_or_none(supervision: tuple[str | None, ...], said: str):
    assert said in drafted(*(task(supervision=minutes) for minutes in supervision))


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ([], ""),
        ([task(hours=None, agent=None)], "One task is logged, not estimated yet."),
        ([task(hours=None), task(hours=None)], "Two tasks are logged, not estimated yet."),
        ([task(agent=None)], "One task, estimated at 8 human hours; how long Claude took is not known yet."),
        (
            [task(agent=None), task(hours=None)],
            "Two tasks, estimated at 8 human hours, took Claude 10 minutes.",
        ),
        (
            [task(supervision=None), task(agent=None, supervision=None)],
            "Two tasks, estimated at 16 human hours, took Claude 10 minutes: a weighted average factor of "
            "48.0× over the tasks of which both are known; supervision was not recorded.",
        ),
    ],
)
def test_figures_that_are_not_known_yet(tasks: list[Task], said: str):
    assert drafted(*tasks) == said


def test_an_equal_day_before_that_lies_long_ago():
    day(APRIL_12 - timedelta(days=40), [task()])
    assert drafted(task("Alpha")).endswith("Against March 3 that is ±0 human hours and ±0.0× in the factor.")


# In the form ------------------------------------------------------------------------------------------------


def test_it_is_drafted_from_what_is_typed_and_nothing_is_saved(author: Client):
    form = {"date": "2026-04-12", **row(0, "Alpha", "8h", "10m"), "_draft": "1"}
    page = author.post(ADD, form)
    lede = form_on(page)["lede"]
    assert lede.startswith("One task, “{{ top.1.name }}”, estimated at {{ hours }} human hours, took Claude")
    assert "Nothing is saved yet." in text_of(html_of(page))
    assert not Day.objects.exists()
    author.post(ADD, form_on(page))
    assert Day.objects.get().lede == lede


def test_it_goes_below_what_the_lede_has(author: Client):
    stored = draft(tasks=[task("Alpha"), task("Beta")], lede="{{ task.2.name }} first.")
    lede = form_on(author.post(change_address(stored), opened(author, stored) | {"_draft": "1"}))["lede"]
    assert lede.startswith("{{ task.2.name }} first.\n\n{{ tasks|Words }} tasks, estimated at {{ hours }}")
    assert author.post(f"{FIRST_DRAFT}?day={stored.pk}", opened(author, stored)).json()["draft"] in lede


def test_a_day_without_tasks_has_nothing_to_draft_from(author: Client):
    page = author.post(ADD, {"date": "2026-04-12", "lede": "Travel.", "_draft": "1"})
    assert "There is nothing to draft from yet: log a task first." in text_of(html_of(page))
    assert form_on(page)["lede"] == "Travel."
