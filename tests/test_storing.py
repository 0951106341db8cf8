"""From an imported day to a stored one: created, unchanged, replaced or refused, whole or absent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from records import publishing
from records.importers import storing
from records.importers.day import ImportedDay, ImportedTask, Problem, Severity
from records.importers.site import known_to_site
from records.importers.storing import How, store, store_all
from records.models import Correction, Day, OldAddress, Revision, SiteProfile, Source, Tag, Task
from records.publishing import Status
from tests import factories
from tests.factories import APRIL_12

pytestmark = pytest.mark.django_db

ADDRESS = "/posts/2026/2026-04-12-leverage-record.html"
REPLACE = How(replace=True, reason="estimate revised")


def row(place: int = 1, description: str = "Parser: reads every form", **values: Any) -> ImportedTask:
    figures = {"human_hours": "8", "agent_minutes": "10", "supervisory_minutes": "2"} | values
    decimals = {
        name: None if figures[name] is None else Decimal(figures[name])
        for name in ("human_hours", "agent_minutes", "supervisory_minutes")
    }
    return ImportedTask(place, description, **(figures | decimals))


def page(*rows: ImportedTask, **values: Any) -> ImportedDay:
    """A page of the past with an address, prose and tags."""
    texts = {
        "lede": "A long day.",
        "analysis": "It went well.",
        "tags": ("AI", "Time Record"),
        "path": ADDRESS,
    }
    return ImportedDay(**{"form": "html", "date": APRIL_12, "tasks": rows or (row(),), **texts, **values})


def one() -> Task:
    return Task.objects.get()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Day, Task, Revision, Source, OldAddress, Tag))


# What is stored --------------------------------------------------------------------------------------------


def test_a_page_arrives_as_a_draft_with_all_it_brought_and_one_revision():
    stored = store(
        page(row(tokens=850_000, tokens_source="approximate"), stated_tokens=900_000, title="A day")
    )
    day = Day.objects.get()
    assert (stored.status, stored.day) == (Status.CREATED, day)
    assert (day.status, day.title, day.lede, day.analysis, day.stated_tokens, day.version) == (
        "draft", "A day", "A long day.", "It went well.", 900_000, 1,
    )  # fmt: skip
    assert [tag.name for tag in day.tags.all()] == ["AI", "Time Record"]
    assert (one().human_hours, one().agent_minutes, one().supervisory_minutes, one().tokens_source) == (
        8, 10, 2, "approximate",
    )  # fmt: skip
    revision = Revision.objects.get()
    assert (revision.number, revision.reason) == (1, f"Imported from {ADDRESS}")
    assert revision.snapshot["tasks"][0]["tokens"] == 850_000


def test_made_up_data_stays_marked_as_such_and_a_mark_is_a_difference():
    store(page(sample=True))
    assert Day.objects.get().sample
    assert store(page(sample=True)).status == Status.UNCHANGED
    Day.objects.update(sample=False)
    assert store(page(sample=True)).differences == ("sample no → yes",)


def test_labels_and_printed_figures_stay_with_the_record():
    cells = {"human_hours": "8.0h", "factor": "48.0x"}
    store(page(row(cells=cells), headers=("#", "Task", "Human Est.")))
    source = Source.objects.get()
    assert (source.path, source.printed["headers"], source.printed["rows"]) == (
        ADDRESS,
        ["#", "Task", "Human Est."],
        [cells],
    )


def test_the_address_a_page_had_redirects_for_good_once_the_day_is_public(client: Client):
    stored = store(page())
    assert client.get(ADDRESS).status_code == 404
    assert stored.day
    publishing.publish(stored.day)
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (301, "/records/2026-04-12/")


def test_a_visitor_sees_nothing_of_an_imported_draft(client: Client):
    store(page())
    assert client.get("/records/2026-04-12/").status_code == 404
    assert b"Parser" not in client.get("/tasks/").content


def test_a_day_can_arrive_published():
    assert store(page(), How(publish=True)).status is Status.CREATED
    assert Day.objects.visible().exists()
    assert Revision.objects.get().snapshot["status"] == "published"


def test_what_a_public_day_lacks_is_said_beside_its_row():
    stored = store(page(row(), row(2, "Other", agent_minutes=None)), How(publish=True))
    assert stored.status is Status.REFUSED
    assert [(p.row, p.column, p.reason) for p in stored.problems] == [
        (2, "agent_minutes", "A public task needs the agent's minutes, such as 15m.")
    ]
    assert not Day.objects.exists()


def test_a_name_that_the_text_carries_anyway_is_not_stored():
    store(page(row(name="Parser"), row(2, "Team wiki: pages", name="Wiki")))
    assert [task.name for task in Task.objects.order_by("position")] == ["", "Wiki"]


def test_a_category_of_the_site_comes_along_and_another_is_refused():
    testing = factories.category("Testing")
    assert store(page(row(category="testing"))).status is Status.CREATED
    assert one().category == testing
    stored = store(page(row(category="gone"), date=date(2026, 4, 13), path=""))
    assert [(p.row, p.column, p.value) for p in stored.problems] == [(1, "category", "gone")]


def test_readers_are_told_the_tags_categories_and_hours_of_the_site():
    factories.category("Testing")
    factories.day(tags=["Field notes", "AI"])
    SiteProfile(agent_name="Codex", hours_per_day=Decimal(6)).save()
    known = known_to_site()
    assert sorted(known.tags) == ["AI", "Field notes", "Time Record"]
    assert (known.categories, known.agent_name, known.hours_per_day) == (
        {"testing": "Testing"},
        "Codex",
        Decimal(6),
    )


# What is refused -------------------------------------------------------------------------------------------


def test_a_fault_or_a_missing_date_refuses_the_day():
    fault = Problem("“x” is not a duration.", 1, "human_hours", "x")
    assert store(page(problems=(fault,))).problems == (fault,)
    assert store(page(date=None)).problems[0].column == "date"
    assert not Day.objects.exists()


def test_a_doubt_refuses_nothing_and_is_handed_on():
    doubt = Problem("It follows 48.0.", 1, "factor", "50.0x", Severity.DOUBT)
    stored = store(page(problems=(doubt,)))
    assert (stored.status, stored.problems) == (Status.CREATED, (doubt,))


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"name": "n" * 61}, "name", "at most 60 characters"),
        ({"human_hours": "0", "cells": {"human_hours": "0h"}}, "human_hours", "greater than or equal"),
        ({"description": "x" * 20_001}, "description", "at most 20000 characters"),
        ({"description": "a\x00b"}, "description", "NUL byte"),
        ({"tokens": 10**12 + 1}, "tokens", "over a trillion"),
    ],
)
def test_what_the_door_refuses_is_told_with_row_column_and_value(values, column, words):
    stored = store(page(row(), row(2, **values)))
    (problem,) = stored.problems
    assert (stored.status, problem.row, problem.column) == (Status.REFUSED, 2, column)
    assert words in problem.reason
    assert problem.value
    assert counts() == (0,) * 6


@pytest.mark.parametrize(
    ("values", "column"),
    [({"title": "t" * 121}, "title"), ({"tags": ("t" * 41,)}, "tags"), ({"date": date(206, 4, 12)}, "date")],
)
def test_nothing_is_cut_to_fit(values, column):
    stored = store(page(**values))
    assert [(p.row, p.column) for p in stored.problems] == [(None, column)]
    assert counts() == (0,) * 6


def test_an_address_that_leads_to_another_day_is_refused():
    stored = store(page())
    assert stored.day
    publishing.move_day(stored.day, date(2026, 4, 13))
    again = store(page())
    assert again.status is Status.REFUSED
    assert [(p.column, p.value) for p in again.problems] == [("path", ADDRESS)]
    assert not Day.objects.filter(date=APRIL_12).exists()


# The same again, and another version -----------------------------------------------------------------------


def test_the_same_again_is_unchanged_and_writes_nothing():
    store(page(row(), row(2, "Other")))
    before = counts()
    assert store(page(row(), row(2, "Other")), REPLACE).status is Status.UNCHANGED
    assert counts() == before
    assert Day.objects.get().version == 1


def test_what_was_done_on_the_site_since_does_not_make_a_day_different():
    store(page())
    publishing.set_category(Task.objects.all(), factories.category("Testing"))
    publishing.publish(Day.objects.get())
    assert store(page()).status is Status.UNCHANGED


def test_asking_to_publish_what_is_a_draft_already_is_answered_with_a_note():
    store(page())
    stored = store(page(), How(publish=True))
    assert (stored.status, Day.objects.get().status) == (Status.UNCHANGED, "draft")
    assert "Publish it in the admin" in stored.problems[0].reason


def test_somebody_who_saves_in_between_is_not_overwritten(monkeypatch: pytest.MonkeyPatch):
    store(page())
    read = storing._standings

    def read_and_then_somebody_saves(dates: list[date]) -> Any:
        standings = read(dates)
        theirs = Day.objects.get()
        theirs.lede = "Theirs."
        publishing.save_day(theirs)
        return standings

    monkeypatch.setattr(storing, "_standings", read_and_then_somebody_saves)
    stored = store(page(lede="Mine."), REPLACE)
    assert (stored.status, Day.objects.get().version) == (Status.REFUSED, 1)
    assert "in the meantime" in stored.problems[0].reason


def test_text_that_went_through_a_form_is_still_the_same():
    store(page(lede="One.\n\nTwo."))
    day = Day.objects.get()
    day.lede = "One.\r\n\r\nTwo."
    publishing.save_day(day)
    assert store(page(lede="One.\n\nTwo.")).status is Status.UNCHANGED


@pytest.mark.parametrize(
    ("again", "words"),
    [
        (page(row(human_hours="12"), row(2, "Two")), ["Row 1: human hours 8 → 12"]),
        (page(row(supervisory_minutes=None), row(2, "Two")), ["Row 1: supervisory minutes 2 → unknown"]),
        (page(row(tokens_source="measured"), row(2, "Two")), ["Row 1: tokens source declared → measured"]),
        (page(row(), row(2, "Two"), row(3, "Three")), ["Row 3 added: Three"]),
        (page(row()), ["Row 2 removed: Two"]),
        (page(row(), row(2, "Three")), ["Row 2: text Two → Three"]),
        (page(row(1, "Two"), row(2)), ["the order of the rows differs"]),
        (page(row(1, "Zero"), row(2), row(3, "Two")), ["Row 1 added: Zero"]),
        (page(row(), row(2, "Two"), lede="Other."), ["lede differs"]),
        (page(row(), row(2, "Two"), title="Other"), ["title none → Other"]),
        (page(row(), row(2, "Two"), tags=("AI",)), ["tags AI, Time Record → AI"]),
        (page(row(), row(2, "Two"), stated_tokens=4_129_000), ["total tokens unknown → 4,129,000"]),
        (
            page(row(), row(2, "Two"), title="Other", path="/old/"),
            ["title none → Other", "old address added: /old/"],
        ),
    ],
)  # fmt: skip
def test_another_version_is_refused_with_its_differences_row_by_row(again, words):
    store(page(row(), row(2, "Two")))
    before = counts()
    stored = store(again)
    assert (stored.status, list(stored.differences)) == (Status.REFUSED, words)
    assert counts() == before
    assert store(again, REPLACE).status is Status.REPLACED
    assert store(again).status is Status.UNCHANGED


def test_an_address_alone_makes_no_other_version_and_is_kept_when_asked_for():
    store(page(path=""))
    stored = store(page())
    assert (stored.status, [(p.severity, p.value) for p in stored.problems]) == (
        Status.UNCHANGED,
        [("note", ADDRESS)],
    )
    assert not OldAddress.objects.exists()
    assert store(page(), REPLACE).differences == (f"old address added: {ADDRESS}",)
    assert OldAddress.objects.get().day == Day.objects.get()


def test_replacing_keeps_ids_categories_and_what_the_author_added():
    store(page(row(1, "One"), row(2, "Two"), row(3, "Three")))
    one, two, three = Task.objects.order_by("position")
    publishing.set_category(Task.objects.filter(pk=two.pk), factories.category("Testing"))
    publishing.set_outcome(Task.objects.filter(pk=two.pk), "merged")
    store(page(row(1, "Two", human_hours="4"), row(2, "Second"), row(3, "Three")), REPLACE)
    first, _, third = Task.objects.order_by("position")
    assert (first.pk, third.pk) == (two.pk, three.pk)
    assert (str(first.category), first.outcome, str(first.human_hours)) == ("Testing", "merged", "4.0000")
    assert not Task.objects.filter(pk=one.pk).exists()


def test_replacing_a_public_day_keeps_it_public_and_notes_the_corrections_with_the_reason():
    store(page(), How(publish=True))
    stored = store(page(row(human_hours="12"), row(2, "Two")), REPLACE)
    assert stored.status is Status.REPLACED
    assert Day.objects.visible().exists()
    assert {(c.what, c.before, c.reason) for c in Correction.objects.all()} == {
        ("human_hours", "8", "estimate revised"),
        ("task_added", "", "estimate revised"),
    }
    assert Revision.objects.count() == 2
    assert Source.objects.get().printed["rows"] == [{}, {}]


def test_replacing_a_draft_can_publish_it_and_a_withdrawn_day_stays_withdrawn():
    store(page())
    store(page(lede="Other."), How(replace=True, publish=True))
    publishing.withdraw(Day.objects.get(), reason="not ours to show")
    store(page(lede="Another."), How(replace=True, publish=True))
    assert (Day.objects.get().status, Day.objects.get().lede) == ("withdrawn", "Another.")


def test_rows_alone_leave_the_prose_of_their_day_alone():
    store(page())
    rows = replace(page(row(human_hours="12")), form="csv", lede="", analysis="", tags=(), path="")
    assert store(rows).differences == ("Row 1: human hours 8 → 12",)
    store(rows, REPLACE)
    assert (Day.objects.get().lede, Day.objects.get().tags.count(), one().human_hours) == (
        "A long day.",
        2,
        12,
    )


def test_a_public_day_is_not_replaced_by_what_a_public_day_cannot_be():
    store(page(), How(publish=True))
    stored = store(page(row(human_hours=None)), REPLACE)
    assert (stored.status, stored.problems[0].row, stored.problems[0].column) == (
        Status.REFUSED,
        1,
        "human_hours",
    )
    assert one().human_hours == 8


# Many days -------------------------------------------------------------------------------------------------


def on(day: int, *rows: ImportedTask) -> ImportedDay:
    return ImportedDay("csv", date(2026, 4, day), rows or (row(),))


def test_many_days_are_stored_in_few_statements(django_assert_max_num_queries):
    days = [on(day) for day in range(1, 29)]
    with django_assert_max_num_queries(18):  # however many days they are
        stored = store_all(iter(days), How(name="all.csv"))
    assert [one.status for one in stored] == [Status.CREATED] * 28
    assert Revision.objects.filter(reason="Imported from all.csv", number=1).count() == 28
    with django_assert_max_num_queries(8):
        assert {one.status for one in store_all(days)} == {Status.UNCHANGED}


def test_one_refused_day_refuses_all_of_its_file():
    store(on(1))
    stored = store_all([on(1), on(2), on(3, row(human_hours="0")), on(4)])
    assert [one.status for one in stored] == [Status.UNCHANGED, *[Status.REFUSED] * 3]
    assert [len(one.problems) for one in stored] == [0, 0, 1, 0]
    assert Day.objects.count() == 1


def test_a_date_that_comes_twice_is_refused():
    stored = store_all([on(1), on(1)])
    assert "comes twice" in stored[1].problems[0].reason
    assert not Day.objects.exists()


def test_a_reader_that_breaks_off_leaves_nothing_behind():
    def days() -> Iterator[ImportedDay]:
        yield from (on(day, *[row(place) for place in range(1, 1_100)]) for day in (1, 2, 3))
        raise ValueError("cut short")

    with pytest.raises(ValueError, match="cut short"):
        store_all(days())
    assert counts() == (0,) * 6


# Any day at all --------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).map(str.strip)
hours = st.none() | st.decimals("0.0001", "99999.9999", places=4)
minutes = st.decimals("0.01", "9999999.99", places=2)
sources = st.sampled_from(["declared", "measured", "derived", "approximate"])
rows = st.builds(
    ImportedTask,
    place=st.just(1),
    description=texts.filter(bool),
    name=st.text("ab c", max_size=20).map(str.strip),
    human_hours=hours,
    agent_minutes=st.none() | minutes,
    supervisory_minutes=st.none() | minutes | st.just(Decimal(0)),
    tokens=st.none() | st.integers(0, 10**12),
    agent_minutes_source=sources,
    tokens_source=sources,
)
imported = st.builds(
    ImportedDay,
    form=st.sampled_from(["html", "markdown", "csv", "lines"]),
    date=st.dates(date(1990, 1, 1)),
    tasks=st.lists(rows, max_size=6).map(
        lambda listed: tuple(replace(task, place=place) for place, task in enumerate(listed, 1))
    ),
    title=st.text("Ab ", max_size=20).map(str.strip),
    tags=st.lists(st.text("aBcß", min_size=1, max_size=5), max_size=4).map(tuple),
    lede=texts,
    analysis=texts,
    path=st.sampled_from(["", "/posts/1.html", "/posts/2.html"]),
    stated_tokens=st.none() | st.integers(0, 10**12),
)


@settings(max_examples=40)
@given(imported, imported)
def test_whatever_was_imported_is_unchanged_when_it_comes_again(day: ImportedDay, other: ImportedDay):
    with transaction.atomic():
        assert store(day).status is Status.CREATED
        assert store(day).status is Status.UNCHANGED
        other = replace(other, date=day.date)
        if store(other).status is Status.REFUSED:
            assert store(other, REPLACE).status is Status.REPLACED
        assert store(other, REPLACE).status is Status.UNCHANGED
        transaction.set_rollback(True)
