"""What `manage.py demo` shows: April 12, 2026, about a hundred sample days before it, two days to come."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from records import publishing
from records.management.sample import TAGS, Plan, make_days, plan
from records.management.sample.categories import stored_categories
from records.models import Category, Day, SiteProfile, Task
from records.publishing import NewDay

DATA = Path(__file__).parent / "data"
APRIL_12 = date(2026, 4, 12)
SCHEDULED, DRAFT = date(2026, 4, 13), date(2026, 4, 14)
FAR_AHEAD = 2099
STATED_TOKENS = 4_129_000
SAMPLE_DAYS, SAMPLE_TASKS, SEED = 100, 1_350, 2026


@transaction.atomic
def load_demo() -> None:
    """Fill an empty database: site profile, categories, days. Raises ``ValidationError`` when it has days."""
    profile = _fill_profile()
    categories = stored_categories()
    plans = plan(SAMPLE_DAYS, SAMPLE_TASKS, SEED, last=date(2026, 4, 11))
    new = [
        *make_days(plans, SEED, categories, profile.zone),
        _april_12(categories, profile.zone),
        *_days_to_come(categories, profile.zone),
    ]
    publishing.add_days(new, reason="Demo")


def _fill_profile() -> SiteProfile:
    profile = SiteProfile.load()
    profile.author_name = "Ada Example"
    profile.author_box = _text("author-box")
    profile.about_records = _text("about-records")
    profile.call_to_action = _text("call-to-action")
    profile.objections = _text("objections")
    profile.time_zone = "Europe/Berlin"
    profile.licence = "CC BY 4.0"
    profile.licence_url = "https://creativecommons.org/licenses/by/4.0/"
    profile.filled_by_demo = True
    profile.full_clean()
    profile.save()
    return profile


def _april_12(categories: Mapping[str, Category], zone: ZoneInfo) -> NewDay:
    published_at = datetime(2026, 4, 13, 8, 10, tzinfo=zone)
    day = Day(
        date=APRIL_12,
        lede=_text("2026-04-12-lede"),
        analysis=_text("2026-04-12-analysis"),
        status=Day.Status.PUBLISHED,
        published_at=published_at,
        figures_changed_at=published_at,
        stated_tokens=STATED_TOKENS,
    )
    return NewDay(day, list(tasks_in("2026-04-12", categories)), TAGS)


def tasks_in(name: str, categories: Mapping[str, Category]) -> Iterator[Task]:
    """The tasks of a day's file, as logged; ``categories`` gives the stored ones by name."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Task(
                description=row["description"],
                category=categories[row["category"]],
                human_hours=_known(row["human_hours"]),
                agent_minutes=_known(row["agent_minutes"]),
                supervisory_minutes=_known(row["supervisory_minutes"]),
            )


def _days_to_come(categories: Mapping[str, Category], zone: ZoneInfo) -> Iterator[NewDay]:
    """One day scheduled for a moment far ahead, and a draft with figures still missing."""
    scheduled, draft = make_days([Plan(SCHEDULED, 9), Plan(DRAFT, 6)], SEED, categories, zone)
    scheduled.day.published_at = datetime(FAR_AHEAD, 1, 1, 8, 10, tzinfo=zone)
    draft.day.status, draft.day.published_at = Day.Status.DRAFT, None
    draft.day.lede = draft.day.analysis = ""
    draft.tasks[-1].agent_minutes = draft.tasks[-1].human_hours = None
    yield scheduled
    yield draft


def _text(name: str) -> str:
    return (DATA / f"{name}.md").read_text(encoding="utf-8").strip()


def _known(text: str) -> Decimal | None:
    return Decimal(text) if text else None
