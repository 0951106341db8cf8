"""Days and tasks for tests, made through the one door."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from records import publishing
from records.models import Category, Day, Task

APRIL_12 = date(2026, 4, 12)
LONG_AGO = datetime(2026, 4, 13, 8, 10, tzinfo=UTC)


def category(name: str, **values: Any) -> Category:
    """A stored category."""
    made = Category(name=name, **values)
    publishing.save_category(made)
    return made


def task(
    description: str = "Parser: reads every form",
    hours: str | None = "8",
    agent: str | None = "10",
    supervision: str | None = "2",
    **values: Any,
) -> Task:
    """A task that is not stored yet: hours, agent minutes and supervisory minutes as they are typed."""
    figures = {"human_hours": hours, "agent_minutes": agent, "supervisory_minutes": supervision}
    return Task(
        description=description,
        **{name: None if value is None else Decimal(value) for name, value in figures.items()},
        **values,
    )


def day(on: date = APRIL_12, tasks: Sequence[Task] = (), tags: Sequence[str] = (), **values: Any) -> Day:
    """A stored day, published long ago unless told otherwise."""
    made = Day(date=on, **{"status": Day.Status.PUBLISHED, "published_at": LONG_AGO, **values})
    publishing.save_day(made, list(tasks), tags=tags)
    return made


def draft(on: date = APRIL_12, tasks: Sequence[Task] = (), **values: Any) -> Day:
    """A stored draft."""
    return day(on, tasks, **{"status": Day.Status.DRAFT, "published_at": None, **values})
