"""The values of the parts of an archive as the models keep them, some days at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from records.exporters.schema import CORRECTIONS, DAYS, REVISIONS, SOURCE, TASKS, Kind, Part
from records.exporters.scope import Scope, given_out
from records.models import Correction, Day, Revision, Source, Task

DAYS_AT_ONCE = 50
Values: TypeAlias = Sequence[Any]
OF_ITSELF: Part = tuple(field for field in DAYS if field.kind not in (Kind.LIST, Kind.OBJECT))
_DATE = [field.name for field in OF_ITSELF].index("date")
_REVISION = {field.name: place for place, field in enumerate(REVISIONS)}
_CORRECTION = {field.name: place for place, field in enumerate(CORRECTIONS)}


@dataclass(frozen=True)
class StoredDay:
    """A day of the archive: for each part the values of its fields, in their order."""

    date: date
    values: Values
    tags: Sequence[str] = ()
    source: Values | None = None
    tasks: Sequence[Values] = ()
    revisions: Sequence[Values] = ()
    corrections: Sequence[Values] = ()


def stored(rows: QuerySet[Any], part: Part, first: str = "") -> Iterator[Values]:
    """The values of the fields of a part, for each row, with the column ``first`` before them where named.

    What the models keep as JSON comes as its text.
    """
    texts = {f"text_of_{field.source}": field.source for field in part if field.kind is Kind.OBJECT}
    columns = [f"text_of_{field.source}" if field.kind is Kind.OBJECT else field.source for field in part]
    as_text = {name: Cast(source, TextField()) for name, source in texts.items()}
    read = rows.annotate(**as_text).values_list(*filter(None, [first]), *columns)
    return iter(read.iterator(chunk_size=1_000))


def stored_days(scope: Scope, *parts: str) -> Iterator[StoredDay]:
    """Each day with its tasks and its history, oldest first, or with those parts of it alone."""
    read = stored(scope.days(), OF_ITSELF)
    while batch := list(islice(read, DAYS_AT_ONCE)):
        yield from _whole(scope, batch, parts or tuple(_BELONGING))


def _whole(scope: Scope, batch: Sequence[Values], parts: Sequence[str]) -> Iterator[StoredDay]:
    dates = [values[_DATE] for values in batch]
    belonging = {name: _BELONGING[name](dates) for name in parts}
    seen = None if scope.drafts else _given_out(dates, scope.at)
    for values, on in zip(batch, dates, strict=True):
        day = StoredDay(on, values, **{name: found[on] for name, found in belonging.items()})
        yield day if seen is None else public(day, seen[on])


def _tags(dates: Sequence[date]) -> Mapping[date, list[str]]:
    found: dict[date, list[str]] = defaultdict(list)
    rows = Day.tags.through._default_manager.filter(day__date__in=dates)
    for on, name in rows.values_list("day__date", "tag__name"):
        found[on].append(name)
    return defaultdict(list, {on: sorted(names) for on, names in found.items()})


def _sources(dates: Sequence[date]) -> Mapping[date, Values | None]:
    rows = stored(Source.objects.filter(day__date__in=dates), SOURCE, "day__date")
    found = {on: values for on, *values in rows}
    return {on: found.get(on) for on in dates}


def _tasks(dates: Sequence[date]) -> Mapping[date, list[Values]]:
    return _by_day(Task.objects.filter(day__date__in=dates).order_by("position", "id"), TASKS, "day_id")


def _revisions(dates: Sequence[date]) -> Mapping[date, list[Values]]:
    return _by_day(Revision.objects.filter(day__date__in=dates).order_by("number"), REVISIONS)


def _corrections(dates: Sequence[date]) -> Mapping[date, list[Values]]:
    return _by_day(Correction.objects.filter(day__date__in=dates).order_by("id"), CORRECTIONS)


_BELONGING: Mapping[str, Callable[[Sequence[date]], Mapping[date, Any]]] = {
    "tags": _tags,
    "source": _sources,
    "tasks": _tasks,
    "revisions": _revisions,
    "corrections": _corrections,
}


def _by_day(rows: QuerySet[Any], part: Part, day: str = "day__date") -> Mapping[date, list[Values]]:
    found: dict[date, list[Values]] = defaultdict(list)
    for on, *values in stored(rows, part, day):
        found[on].append(values)
    return found


def _given_out(dates: Sequence[date], at: datetime) -> Mapping[date, set[int]]:
    """The numbers of the revisions of each day that the public saw."""
    found: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    standing = {"status": F("snapshot__status"), "published_at": F("snapshot__published_at")}
    revisions = Revision.objects.filter(day__date__in=dates).order_by("number")
    for row in revisions.values("day__date", "number", "at", **standing):
        found[row["day__date"]].append(row)
    return {on: {row["number"] for row in given_out(found[on], at)} for on in dates}


def public(day: StoredDay, seen: set[int]) -> StoredDay:
    """The day without what was never shown: the revisions before and between, who saved, where files lay.

    Of the reasons those remain that stand beside a correction.
    """
    explained = {values[_CORRECTION["revision"]] for values in day.corrections}
    revisions = []
    for values in day.revisions:
        number = values[_REVISION["number"]]
        if number in seen:
            reason = values[_REVISION["reason"]] if number in explained else ""
            revisions.append(_with(values, {_REVISION["by_name"]: "", _REVISION["reason"]: reason}))
    corrections = [
        values if values[_CORRECTION["revision"]] in seen else _with(values, {_CORRECTION["revision"]: None})
        for values in day.corrections
    ]
    source = day.source and _with(day.source, {0: _last_part(day.source[0])})
    return StoredDay(day.date, day.values, day.tags, source, day.tasks, revisions, corrections)


def _with(values: Values, changed: Mapping[int, Any]) -> Values:
    return [changed.get(place, value) for place, value in enumerate(values)]


def _last_part(path: str) -> str:
    """The name of a file, without the folders of the author's machine."""
    return PurePosixPath(path.replace("\\", "/")).name
