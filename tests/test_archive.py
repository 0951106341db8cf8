"""The archive: everything out, everything in again, and nothing lost between."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from records import publishing
from records.exporters.archive import json_chunks, json_lines
from records.exporters.schema import PARTS
from records.exporters.scope import Scope
from records.exporters.zipped import zip_chunks
from records.importers.archive import read_archive
from records.models import (
    Category,
    Correction,
    Day,
    OldAddress,
    Revision,
    SafeName,
    SiteProfile,
    Source,
    Tag,
    Task,
)
from tests.factories import APRIL_12, category, day, draft, task

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, tzinfo=UTC)


def exported(*, lines: bool = False, drafts: bool = True) -> str:
    """The archive of this site."""
    write = json_lines if lines else json_chunks
    return "".join(write(Scope(drafts=drafts, at=AT), lambda tasks: None))


def zipped(scope: Scope) -> str:
    """The texts of all files of the zip."""
    data = b"".join(zip_chunks(scope, lambda tasks: None))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def emptied() -> None:
    """Take everything away."""
    for model in (OldAddress, Correction, Revision, Source, Task, Day, Tag, Category, SiteProfile):
        model.objects.all().delete()


def rich_site() -> None:
    """A site on which everything has happened that can happen."""
    ada = User.objects.create_user("ada")
    SiteProfile(author_name="Ada", hours_per_day=Decimal("7.25"), licence="CC BY 4.0").save()
    testing, old = category("Testing", description="Trials", order=3), category("Übrige Dinge")
    exact = task(
        "“Ünïcödé” 🎉: ‘tabs\t’ and\nlines",
        "99999.9999",
        "9999999.99",
        "0.01",
        tokens=10**12,
        category=testing,
        estimate_low=Decimal("0.0001"),
        estimate_on=APRIL_12,
        evidence_url="https://example.org/?a=1&b=2",
        outcome="in-use",
        tokens_source="approximate",
    )
    moving = day(APRIL_12, [exact, task("=1+1", "0.3333", "7.01", None)], tags=["AI", "Ñandú"], title="A → B")
    Source.objects.create(day=moving, path="/posts/old.html", printed={"Total": "1.50", "n": 2, "x": None})
    tasks = list(moving.tasks.all())
    tasks[0].human_hours = Decimal("88888.0001")
    publishing.save_day(moving, tasks, by=ada, reason="Estimate revised")
    publishing.save_day(moving, tasks[:1], by=ada, reason="Counted twice")
    publishing.move_day(moving, APRIL_12 + timedelta(days=1), by=ada, reason="Wrong date")
    second = day(APRIL_12 - timedelta(days=3), [task(category=old)], elapsed_minutes=Decimal("61.5"))
    publishing.withdraw(second, by=ada, reason="Not mine to show")
    gone = draft(APRIL_12 - timedelta(days=9), [task()])
    publishing.remove_day(gone)
    draft(
        APRIL_12 + timedelta(days=5), [task(agent=None, hours=None), task(supervision="0")], stated_tokens=0
    )
    day(
        APRIL_12 + timedelta(days=7),
        title="Travel",
        published_at=datetime(2100, 1, 1, 8, 30, 5, 123, tzinfo=UTC),
    )
    pasted = day(APRIL_12 + timedelta(days=8), title="Pasted")
    Source.objects.create(day=pasted, path="", printed={})
    old.slug = "rest"
    publishing.save_category(old)
    publishing.merge_categories(category("Trials"), testing)
    tag = Tag.objects.get(name="AI")
    tag.slug = "agents"
    publishing.save_tag(tag)


@pytest.mark.parametrize("lines", [False, True])
def test_what_was_exported_comes_back_identical_in_every_field(lines):
    rich_site()
    before = exported(lines=lines)
    emptied()
    restored = publishing.restore_archive(read_archive(before.encode()))
    assert {each.status for each in restored.days} == {publishing.Status.CREATED}
    assert restored.profile is True
    assert exported(lines=lines) == before


def test_a_public_archive_comes_back_and_goes_out_again_the_same():
    rich_site()
    before = exported(drafts=False)
    emptied()
    publishing.restore_archive(read_archive(before))
    assert exported(drafts=False) == before


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)
lines = st.builds("x{}".format, texts)
hours = st.none() | st.decimals("0.0001", "99999.9999", places=4)
minutes = st.none() | st.decimals("0.01", "9999999.99", places=2)
tasks = st.builds(
    Task,
    name=texts.filter(lambda text: len(text) <= 60),
    description=lines,
    human_hours=hours,
    agent_minutes=minutes,
    supervisory_minutes=minutes | st.just(Decimal(0)),
    tokens=st.none() | st.integers(0, 10**12),
    tokens_source=st.sampled_from(["declared", "measured", "derived", "approximate"]),
    estimate_basis=texts,
    outcome=st.sampled_from(["", "in-use", "reverted"]),
)


@settings(max_examples=15)
@given(st.lists(tasks, max_size=4), texts, texts, st.none() | st.integers(0, 10**12))
def test_any_draft_comes_back_identical(rows, lede, title, tokens):
    emptied()
    day_of = draft(APRIL_12, rows, lede=lede, title=title, stated_tokens=tokens)
    publishing.save_day(day_of, rows[1:], reason="Again")
    before = exported()
    emptied()
    publishing.restore_archive(read_archive(before))
    assert exported() == before


def test_the_schema_knows_every_column_of_the_models():
    """A column that is added has to be exported as well, or be named here with its reason."""
    left_out = {
        Day: {"preview_key"},  # opens drafts to whoever was given a link of this site
        Task: {"day_id", "category_id", "factor", "supervisory_factor"},  # nested, by slug, computed
        Source: {"id", "day_id"},
        Revision: {"day_id", "by_id"},  # users are not exported: "by whom" is a name
        Correction: {"day_id", "revision_id"},
        Category: set(),
        Tag: set(),
        SiteProfile: {"id"},
        OldAddress: {"id", "day_id", "category_id", "tag_id"},
    }
    parts = [
        "days",
        "tasks",
        "source",
        "revisions",
        "corrections",
        "categories",
        "tags",
        "site",
        "old_addresses",
    ]
    for (model, exceptions), part in zip(left_out.items(), parts, strict=True):
        known = {field.source for field in PARTS[part]}
        assert {column.attname for column in model._meta.concrete_fields} - known == exceptions, model


# What the public never saw ----------------------------------------------------------------------------------


def test_no_word_of_a_draft_is_in_the_public_archive():
    """Neither of days that are drafts now, nor of what a public day was before its publication."""
    secret, public = category("Secretcategory"), category("Testing")
    draft(
        APRIL_12,
        [task("Secrettask: text", category=secret)],
        tags=["Secrettag"],
        title="Secrettitle",
        lede="Secretlede",
    )
    renamed = category("Renamed", slug="secretslug")
    later = draft(APRIL_12 + timedelta(days=1), [task("Secretfirst", category=renamed)], lede="Secretbefore")
    later.lede, later.status, later.published_at = "Shown", "published", datetime(2026, 5, 1, tzinfo=UTC)
    ada = User.objects.create_user("secretlogin")
    renamed.slug = "renamed"
    publishing.save_category(renamed)
    publishing.save_day(later, [task("Shown", category=public)], tags=["Tag"], by=ada, reason="Secretreason")
    tag = Tag.objects.get(name="Tag")
    for tag.slug in ("secretslug", "later"):
        publishing.save_tag(tag)
    publishing.merge_categories(renamed, public)
    Source.objects.create(day=later, path="/home/secrethome/shown.html")
    withdrawn = day(APRIL_12 + timedelta(days=2), [task("Secretwithdrawn")])
    publishing.move_day(withdrawn, APRIL_12 + timedelta(days=3), reason="Secretmove")
    publishing.withdraw(withdrawn, reason="Secretwithdrawal")
    everything, public_part = exported().lower(), exported(drafts=False).lower()
    assert everything.count("secret") > 20
    assert "shown.html" in public_part
    assert '"/tags/tag/"' in public_part
    assert re.findall(r".{20}secret.{20}", public_part) == []
    assert "secret" not in zipped(Scope(at=AT)).lower()


def test_a_correction_is_public_with_its_reason_and_its_revision():
    shown = day(tasks=[task()])
    changed = list(shown.tasks.all())
    changed[0].human_hours = Decimal(9)
    publishing.save_day(shown, changed, reason="Estimate revised")
    (out,) = json.loads(exported(drafts=False))["days"]
    assert [(each["what"], each["before"], each["after"]) for each in out["corrections"]] == [
        ("human_hours", "8", "9")
    ]
    assert [each["reason"] for each in out["revisions"]] == ["", "Estimate revised"]


# Into a site that is not empty ------------------------------------------------------------------------------


def outcomes(text: str, **how: Any) -> list[str]:
    """What becomes of each day of an archive."""
    return [str(each.status) for each in publishing.restore_archive(read_archive(text), **how).days]


def test_the_same_archive_again_changes_nothing():
    rich_site()
    before = exported()
    assert set(outcomes(before)) == {"unchanged"}
    assert exported() == before


def test_a_day_that_differs_is_refused_with_its_differences_and_nothing_is_stored():
    other = {"date": "2026-04-11", "tasks": [{"description": "New"}]}
    day(tasks=[task(category=category("Testing"))], tags=["AI"], title="Here")
    archive = json.loads(exported())
    archive["days"][0] |= {"title": "There", "tags": ["AI", "More"]}
    archive["days"][0]["tasks"][0] |= {"human_hours": 9.5, "category": None}
    archive["days"].insert(0, other)
    before = exported()
    restored = publishing.restore_archive(read_archive(json.dumps(archive)))
    assert [(str(each.status), each.differences) for each in restored.refused] == [
        (
            "refused",
            (
                "title: Here here, There in the archive",
                "tags: ['AI'] here, ['AI', 'More'] in the archive",
                "task 1, human_hours: 8.0000 here, 9.5000 in the archive",
                "task 1, category: testing here, nothing in the archive",
            ),
        )
    ]
    assert exported() == before


def test_what_an_archive_does_not_say_is_no_difference():
    day(tasks=[task()], title="Here", lede="Long")
    spare = {
        "schema": 1,
        "days": [{"date": "2026-04-12", "tasks": [{"description": "Parser: reads every form"}]}],
    }
    assert outcomes(json.dumps(spare)) == ["unchanged"]


def test_replacing_goes_through_the_door_and_is_corrected_in_public():
    stored = day(tasks=[task("Alpha"), task("Beta"), task("Gamma")])
    alpha, beta, gamma = stored.tasks.order_by("position").values_list("id", flat=True)
    archive = json.loads(exported())
    tasks = archive["days"][0]["tasks"]
    tasks[0]["human_hours"] = 9
    del tasks[1]["id"], tasks[2]
    ada = User.objects.create_user("ada")
    assert outcomes(json.dumps(archive), replace=True, reason="As printed", by=ada) == ["replaced"]
    stored.refresh_from_db()
    assert list(stored.tasks.order_by("position").values_list("id", "human_hours")) == [
        (alpha, Decimal(9)),
        (beta, Decimal(8)),
    ]
    assert stored.version == 2
    assert {(c.what, c.task_id, c.reason) for c in stored.corrections.all()} == {
        ("human_hours", alpha, "As printed"),
        ("task_removed", gamma, "As printed"),
    }
    assert stored.revisions.get(number=2).by_name == "ada"
    assert outcomes(json.dumps(archive)) == ["unchanged"]


def test_a_public_day_is_not_replaced_by_a_draft():
    day(tasks=[task()])
    archive = json.loads(exported())
    archive["days"][0] |= {"status": "draft", "lede": "Other"}
    with pytest.raises(publishing.ArchiveInvalid, match="2026-04-12: it is a draft in the archive"):
        outcomes(json.dumps(archive), replace=True, reason="No")


def test_ids_are_kept_where_free_and_else_changed_wherever_they_are_mentioned():
    there = day(tasks=[task("Alpha"), task("Beta")])
    rows = list(there.tasks.order_by("position"))
    rows[0].human_hours = Decimal(9)
    publishing.save_day(there, rows, reason="Revised")
    publishing.save_day(there, rows[:1], reason="Twice")
    text, (alpha, beta) = exported(), [row.pk for row in rows]
    emptied()
    here = day(APRIL_12 - timedelta(days=1), [task("Mine"), task("Mine too")])
    Task.objects.filter(day=here).delete()
    Task.objects.bulk_create([task("Mine", id=alpha, day=here), task("Too", id=beta, day=here)])
    assert outcomes(text) == ["created"]
    new = Task.objects.get(description="Alpha")
    restored = Day.objects.get(date=APRIL_12)
    assert new.pk not in (alpha, beta)
    # The task that is gone there has no number here: its old one is another task's.
    assert {c.what: c.task_id for c in restored.corrections.all()} == {
        "human_hours": new.pk,
        "task_removed": None,
    }
    assert restored.revisions.get(number=3).snapshot["tasks"][0]["id"] == new.pk
    assert Task.objects.filter(day=here).count() == 2


def test_after_an_import_new_rows_get_ids_of_their_own():
    text = json.dumps(
        {"schema": 1, "days": [{"id": 7, "date": "2026-04-12", "tasks": [{"id": 9, "description": "A"}]}]}
    )
    outcomes(text)
    made = day(APRIL_12 + timedelta(days=1), [task() for _ in range(12)])
    assert made.pk > 7
    assert min(made.tasks.values_list("id", flat=True)) > 9


def test_the_profile_is_taken_over_by_an_empty_site_alone():
    text = json.dumps({"schema": 1, "site": {"author_name": "Ada"}, "days": []})
    assert publishing.restore_archive(read_archive(text)).profile is True
    assert SiteProfile.load().author_name == "Ada"
    other = json.dumps({"schema": 1, "site": {"author_name": "Eve"}, "days": []})
    assert publishing.restore_archive(read_archive(other)).profile is False
    assert SiteProfile.load().author_name == "Ada"
    assert publishing.restore_archive(read_archive('{"schema": 1, "days": []}')).profile is None


def test_categories_and_tags_are_found_by_slug_and_made_where_they_are_missing():
    mine, tag = category("My name", slug="testing"), Tag.objects.create(name="ai", slug="ai")
    archive = {
        "schema": 1,
        "categories": [{"id": 99, "slug": "testing", "name": "Testing"}, {"slug": "docs", "name": "Docs"}],
        "tags": [{"slug": "ai", "name": "AI"}],
        "days": [
            {
                "date": "2026-04-12",
                "tags": ["AI", "New"],
                "tasks": [
                    {"description": slug, "category": slug} for slug in ("testing", "docs", "front-end")
                ],
            }
        ],
    }
    outcomes(json.dumps(archive))
    assert [name for (name,) in Task.objects.values_list("category__name")] == [
        "My name",
        "Docs",
        "Front end",
    ]
    assert Task.objects.get(description="testing").category == mine
    assert tag in Day.objects.get().tags.all()
    assert Tag.objects.count() == 2


def test_a_day_without_revisions_gets_a_first_one():
    outcomes(
        '{"schema": 1, "days": [{"date": "2026-04-12", "tasks": [{"description": "A"}]}]}', reason="Moved in"
    )
    revision = Revision.objects.get()
    assert (revision.number, revision.reason, revision.snapshot["tasks"][0]["description"]) == (
        1,
        "Moved in",
        "A",
    )
    assert Day.objects.get().version == 1


# What cannot be stored --------------------------------------------------------------------------------------

FULL = {"human_hours": 8, "agent_minutes": 10}
SNAPSHOT = {"number": 1, "at": "2026-04-13T08:10:00+00:00", "snapshot": {"title": "A"}}
FAULTS = [
    ({"status": "public"}, "2026-04-12: status is public: Value 'public' is not a valid choice."),
    ({"status": "published"}, "2026-04-12: published_at: A public day needs a moment"),
    ({"date": "1066-10-14"}, "1066-10-14: date is 1066-10-14: That is before there were agents."),
    (
        {"elapsed_minutes": -1},
        "2026-04-12: elapsed_minutes is -1: Ensure this value is greater than or equal to 0.",
    ),
    ({"tokens": 10**13}, "2026-04-12: tokens is 10000000000000: That is over a trillion tokens."),
    ({"id": 0}, "2026-04-12: 0 is no id."),
    (
        {"tasks": [{"description": "A"}, {"description": ""}]},
        "2026-04-12, task 2: description: This field cannot",
    ),
    ({"tasks": [{"description": "A", "human_hours": 0}]}, "2026-04-12, task 1: human_hours is 0: Ensure"),
    (
        {"tasks": [{"description": "A", "human_hours": 1, "estimate_low": 2}]},
        "task 1: estimate_low is 2.0000: The low end",
    ),
    (
        {"tasks": [{"description": "A", "human_hours": 100000}]},
        "task 1: human_hours is 100000: Ensure that there are no more",
    ),
    (
        {"tasks": [{"description": "A", "id": 5}, {"description": "B", "id": 5}]},
        "two of its tasks have one id",
    ),
    (
        {"tasks": [{"description": "A", "agent_minutes_source": "guessed"}]},
        "task 1: agent_minutes_source is guessed: Value",
    ),
    ({"tasks": [{"description": "A", "category": "a b"}]}, "Category a b: slug is a b: Enter a valid"),
    ({"tags": [" "]}, "2026-04-12, tags: one of them is blank."),
    ({"revisions": [SNAPSHOT]}, "2026-04-12, revision 1: its snapshot has no list of “tasks”."),
    (
        {"corrections": [{"what": "weather", "at": SNAPSHOT["at"]}]},
        "2026-04-12, correction 1: what is weather: Value",
    ),
    ({"source": {"path": "x" * 501}}, "2026-04-12, source: path is xxx"),
]


@pytest.mark.parametrize(("said", "message"), FAULTS)
def test_what_breaks_a_rule_is_refused_in_words_and_nothing_is_stored(said, message):
    good = {"date": "2026-04-10", "tasks": [{"description": "Good"}]}
    archive = {"schema": 1, "site": {}, "days": [good, {"date": "2026-04-12"} | said]}
    with pytest.raises(publishing.ArchiveInvalid) as refused:
        outcomes(json.dumps(archive))
    assert message in refused.value.messages[0]
    assert not Day.objects.exists()
    assert not SiteProfile.objects.exists()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"lede": "Moved acme-prod to new discs."}, "2026-04-12: lede is Moved acme-prod to new discs.:"),
        ({"tags": ["AI", "acme-prod"]}, "2026-04-12: tags: *acme-prod*, a name"),
        ({"tasks": [FULL | {"description": "Move acme-prod"}]}, "2026-04-12, task 1: description is Move"),
    ],
)
def test_a_public_day_that_gives_a_name_away_is_refused_and_a_draft_is_not(said, message):
    SafeName.objects.create(name="acme-prod", stand_in="a host")
    public = {"date": "2026-04-12", "status": "published", "published_at": "2026-04-13T08:10:00Z"} | said
    with pytest.raises(publishing.ArchiveInvalid) as refused:
        outcomes(json.dumps({"schema": 1, "days": [public]}))
    assert message in refused.value.messages[0]
    assert not Day.objects.exists()
    outcomes(json.dumps({"schema": 1, "days": [public | {"status": "draft", "published_at": None}]}))
    assert Day.objects.get().status == Day.Status.DRAFT


def test_the_names_that_must_not_be_public_are_read_once_for_an_archive():
    days = [
        {"date": f"2026-04-{on}", "status": "published", "published_at": "2026-05-01T08:10:00Z"}
        for on in range(10, 20)
    ]
    with CaptureQueriesContext(connection) as asked:
        outcomes(json.dumps({"schema": 1, "days": days}))
    assert sum("records_safename" in query["sql"] for query in asked.captured_queries) == 1


def test_a_day_twice_in_an_archive_is_refused():
    text = json.dumps({"schema": 1, "days": [{"date": "2026-04-12"}, {"date": "2026-04-12"}]})
    with pytest.raises(publishing.ArchiveInvalid, match="the archive has this day twice"):
        outcomes(text)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ({"path": "/old/"}, "it leads to a day, a category or a tag"),
        ({"path": "/old/", "date": "2026-04-01"}, "there is no day 2026-04-01"),
        ({"path": "/old/", "category": "nope"}, "there is no category nope"),
        ({"path": "/old/", "tag": "nope"}, "there is no tag nope"),
    ],
)
def test_an_old_address_that_leads_nowhere_is_refused(address, message):
    with pytest.raises(publishing.ArchiveInvalid, match=message):
        outcomes(json.dumps({"schema": 1, "days": [], "old_addresses": [address]}))
