"""A day as export schema 1: what a revision keeps, and what an export of everything is made of."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Model

from records.formats import json_number
from records.models import Day, Task

DAY_FIELDS = (
    "title",
    "status",
    "published_at",
    "lede",
    "analysis",
    "left_out",
    "elapsed_minutes",
    "evidence_private",
    "sample",
    "figures_changed_at",
    "prose_changed_at",
    "kept_claims",
)
TASK_FIELDS = (
    "name",
    "description",
    "human_hours",
    "agent_minutes",
    "supervisory_minutes",
    "tokens",
    "agent_minutes_source",
    "supervisory_minutes_source",
    "tokens_source",
    "agent",
    "model_version",
    "estimate_low",
    "estimate_high",
    "estimate_steps",
    "estimate_basis_kind",
    "estimate_basis",
    "estimate_by",
    "estimate_on",
    "estimate_timing",
    "evidence_url",
    "outcome",
    "outcome_on",
)

_OF_TASK = attrgetter(*TASK_FIELDS)
_AS_THEY_ARE = frozenset({str, int, type(None)})  # most values of a task


def day_as_json(
    day: Day, tasks: Iterable[Task], tags: Iterable[str], category_slugs: dict[int, str]
) -> dict[str, Any]:
    """The day, its tags and its tasks as JSON values; ``category_slugs`` gives slugs by category id."""
    return {
        "date": day.date.isoformat(),
        **{name: _as_json(getattr(day, name)) for name in DAY_FIELDS},
        "tokens": day.stated_tokens,
        "tags": sorted(tags),
        "tasks": [task_as_json(task, category_slugs) for task in tasks],
    }


def task_as_json(task: Task, category_slugs: dict[int, str]) -> dict[str, Any]:
    """One task as JSON values; its category as a slug."""
    return {
        "id": task.pk,
        "position": task.position,
        "category": category_slugs[task.category_id] if task.category_id else None,
        **{
            name: value if type(value) in _AS_THEY_ARE else _as_json(value)
            for name, value in zip(TASK_FIELDS, _OF_TASK(task), strict=True)
        },
    }


def day_columns(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a day that its snapshot fills; what an older one does not say is not there."""
    names = {**dict.fromkeys(DAY_FIELDS), "tokens": "stated_tokens"}
    return _columns(Day, {names[name] or name: value for name, value in snapshot.items() if name in names})


def task_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a task, but for its category: that is kept as a slug."""
    return _columns(Task, {name: value for name, value in values.items() if name in ("id", *TASK_FIELDS)})


def _columns(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    columns = {column.name: column for column in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
