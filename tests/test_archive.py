"""The archive: everything out, everything in again, and nothing lost between."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from records import publishing
from records.exporters.archive import json_chunks, json_lines
from records.exporters.scope import Scope
from records.importers.archive import read_archive
from records.models import Category, Correction, Day, OldAddress, Revision, SiteProfile, Source, Tag, Task
from tests.factories import APRIL_12, category, day, draft, task

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, tzinfo=UTC)


def exported(*, lines: bool = False, drafts: bool = True) -> str:
    """The archive of this site."""
    write = json_lines if lines else json_chunks
    return "".join(write(Scope(drafts=drafts, at=AT), lambda tasks: None))


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
    old.slug = "rest"
    publishing.save_category(old)
    publishing.merge_categories(category("Trials"), testing)


@pytest.mark.parametrize("lines", [False, True])
def test_what_was_exported_comes_back_identical_in_every_field(lines):
    rich_site()
    before = exported(lines=lines)
    emptied()
    restored = publishing.restore_archive(read_archive(before.encode()))
    assert {each.outcome for each in restored.days} == {publishing.Outcome.CREATED}
    assert restored.profile is True
    assert exported(lines=lines) == before
