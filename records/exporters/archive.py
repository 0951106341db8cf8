"""The whole archive as JSON in export schema 1: read some days at a time, written a day a line."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from records import prose
from records.exporters.schema import (
    CATEGORIES,
    CORRECTIONS,
    DAYS,
    OLD_ADDRESSES,
    REVISIONS,
    SCHEMA,
    SITE,
    SOURCE,
    TAGS,
    TASKS,
    Field,
    Kind,
    Part,
    dictionary,
)
from records.exporters.scope import Scope, given_out
from records.formats import json_number
from records.models import Correction, Day, Revision, SiteProfile, Source, Task
from records.models.json import exact_json

DAYS_AT_ONCE = 50
_OWN = tuple(field for field in DAYS if field.kind is not Kind.LIST and field.kind is not Kind.OBJECT)
_TAG = (Field("name", Kind.TEXT, "", column="tag__name"),)


def header(scope: Scope) -> dict[str, Any]:
    """What comes before the days: the site, the categories, the tags, the old addresses, the dictionary."""
    site = SiteProfile.load()
    return {
        "schema": SCHEMA,
        "generated_at": scope.at.isoformat(),
        "fields": dictionary(),
        "site": as_json(SITE, [getattr(site, field.name) for field in SITE]),
        "categories": list(_rows(scope.categories(), CATEGORIES)),
        "tags": list(_rows(scope.tags(), TAGS)),
        "old_addresses": list(_rows(scope.old_addresses(), OLD_ADDRESSES)),
    }


def days(scope: Scope) -> Iterator[dict[str, Any]]:
    """Each day with its tasks and its history, oldest first."""
    stored = iter(_rows(scope.days(), _OWN))
    while batch := list(islice(stored, DAYS_AT_ONCE)):
        yield from _whole(scope, batch)


def removed(scope: Scope) -> Iterator[dict[str, Any]]:
    """The revisions of drafts that are gone."""
    yield from _rows(scope.removed(), REVISIONS)


def json_chunks(scope: Scope, written: Callable[[int], None]) -> Iterator[str]:
    """The archive as one JSON object; ``written`` is told the tasks of each day."""
    for name, value in header(scope).items():
        yield f"{'{' if name == 'schema' else ','}{_line(name)}: {_value(name, value)}"
    yield ',\n"days": ['
    yield from _list_items(_counted(days(scope), written))
    yield '],\n"removed": ['
    yield from _list_items(removed(scope))
    yield "]\n}\n"


def json_lines(scope: Scope, written: Callable[[int], None]) -> Iterator[str]:
    """The archive as lines: first the header, then a line a day, then the revisions of removed drafts."""
    yield f"{exact_json(header(scope))}\n"
    for day in _counted(days(scope), written):
        yield f"{exact_json(day)}\n"
    for revision in removed(scope):
        yield f"{exact_json({'removed': revision})}\n"


def as_json(part: Part, values: Sequence[Any]) -> dict[str, Any]:
    """Values of the fields of a part, in their order, as JSON values."""
    return {
        field.name: None if value is None else _CONVERT[field.kind](value)
        for field, value in zip(part, values, strict=True)
    }


def in_order(value: Any) -> Any:
    """A value whose objects have their keys in the order of the alphabet, as PostgreSQL keeps none."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


_CONVERT: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: str,
    Kind.WHOLE: int,
    Kind.NUMBER: json_number,
    Kind.FLAG: bool,
    Kind.DATE: lambda value: value.isoformat(),
    Kind.MOMENT: lambda value: value.isoformat(),
    Kind.LIST: list,
    Kind.OBJECT: in_order,
}


def _rows(rows: QuerySet[Any], part: Part) -> Iterator[dict[str, Any]]:
    for values in rows.values_list(*(field.source for field in part)).iterator(chunk_size=DAYS_AT_ONCE):
        yield as_json(part, values)


def _whole(scope: Scope, batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The days of a batch with all that belongs to them; five queries."""
    ids = [day["id"] for day in batch]
    tasks = _by_day(
        Task.objects.filter(day__in=[day["date"] for day in batch]).order_by("position", "id"), TASKS
    )
    tags = _by_day(Day.tags.through._default_manager.filter(day__in=ids), _TAG)
    sources = _by_day(Source.objects.filter(day__in=ids), SOURCE)
    revisions = _by_day(Revision.objects.filter(day__in=ids).order_by("number"), REVISIONS)
    corrections = _by_day(Correction.objects.filter(day__in=ids).order_by("id"), CORRECTIONS)
    for day in batch:
        on = day["date"]
        yield with_positions(day, tasks[on]) | {
            "tags": sorted(tag["name"] for tag in tags[on]),
            "source": next(iter(sources[on]), None),
            "tasks": tasks[on],
            "revisions": _seen(revisions[on], scope),
            "corrections": corrections[on],
        }


def with_positions(day: Mapping[str, Any], tasks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The day with the tasks in its prose named by position, as people type them; ids are this site's own."""
    keys = {f"id{task['id']}": str(task["position"]) for task in tasks}
    return {**day, **{name: prose.renamed(day[name], keys) for name in ("lede", "analysis")}}


def _by_day(rows: QuerySet[Any], part: Part) -> Mapping[str, list[dict[str, Any]]]:
    date = "day_id" if rows.model is Task else "day__date"
    found = defaultdict(list)
    for on, *values in rows.values_list(date, *(field.source for field in part)):
        found[on.isoformat()].append(as_json(part, values))
    return found


def _seen(revisions: list[dict[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    """The revisions of a day that the export takes."""
    if scope.drafts:
        return revisions
    standing = [
        {
            "at": datetime.fromisoformat(revision["at"]),
            "status": revision["snapshot"].get("status"),
            "published_at": revision["snapshot"].get("published_at"),
            "revision": revision,
        }
        for revision in revisions
    ]
    return [row["revision"] for row in given_out(standing, scope.at)]


def _counted(each: Iterable[dict[str, Any]], written: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    for day in each:
        yield day
        written(len(day["tasks"]))


def _line(name: str) -> str:
    return f'\n"{name}"'


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"[{''.join(_list_items(value))}]"
    return exact_json(value)


def _list_items(items: Iterable[Any]) -> Iterator[str]:
    separator = "\n"
    for item in items:
        yield separator + exact_json(item)
        separator = ",\n"
