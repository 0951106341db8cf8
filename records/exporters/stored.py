"""The values of the parts of an archive as the models keep them, some days at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from records.exporters.schema import CORRECTIONS, DAYS, REVISIONS, SOURCE, TASKS, Field, Kind, Part
from records.exporters.scope import Scope, given_out
from records.models import Correction, Day, Revision, Source, Task

DAYS_AT_ONCE = 50
Values: TypeAlias = Sequence[Any]
OF_ITSELF: Part = tuple(field for field in DAYS if field.kind not in (Kind.LIST, Kind.OBJECT))
TAG: Part = (Field("name", Kind.TEXT, "Name of the tag.", column="tag__name"),)
_DATE = [field.name for field in OF_ITSELF].index("date")
_REVISION = {field.name: place for place, field in enumerate(REVISIONS)}
_CORRECTION = {field.name: place for place, field in enumerate(CORRECTIONS)}


@dataclass(frozen=True)
class StoredDay:
    """A day of the archive: for each part the values of its fields, in their order."""

    date: date
    values: Values
    tags: list[str]
    source: Values | None
    tasks: list[Values]
    revisions: list[Values]
    corrections: list[Values]


def stored(rows: QuerySet[Any], part: Part, first: str = "") -> Iterator[Values]:
    """The values of the fields of a part, for each row, with the column ``first`` before them where named.

    What the models keep as JSON comes as its text.
    """
    texts = {f"text_of_{field.source}": field.source for field in part if field.kind is Kind.OBJECT}
    columns = [f"text_of_{field.source}" if field.kind is Kind.OBJECT else field.source for field in part]
    as_text = {name: Cast(source, TextField()) for name, source in texts.items()}
    read = rows.annotate(**as_text).values_list(*filter(None, [first]), *columns)
    return iter(read.iterator(chunk_size=1_000))


def stored_days(scope: Scope) -> Iterator[StoredDay]:
    """Each day with its tasks and its history, oldest first; six queries for every fifty."""
    read = stored(scope.days(), OF_ITSELF)
    while batch := list(islice(read, DAYS_AT_ONCE)):
        yield from _whole(scope, batch)


def _whole(scope: Scope, batch: Sequence[Values]) -> Iterator[StoredDay]:
    dates = [values[_DATE] for values in batch]
    tasks = _by_day(Task.objects.filter(day__in=dates).order_by("position", "id"), TASKS, "day_id")
    tags = _by_day(Day.tags.through._default_manager.filter(day__date__in=dates), TAG)
    sources = _by_day(Source.objects.filter(day__date__in=dates), SOURCE)
    revisions = _by_day(Revision.objects.filter(day__date__in=dates).order_by("number"), REVISIONS)
    corrections = _by_day(Correction.objects.filter(day__date__in=dates).order_by("id"), CORRECTIONS)
    seen = None if scope.drafts else _given_out(dates, scope.at)
    for values, on in zip(batch, dates, strict=True):
        day = StoredDay(
            on,
            values,
            sorted(name for (name,) in tags[on]),
            next(iter(sources[on]), None),
            tasks[on],
            revisions[on],
            corrections[on],
        )
        yield day if seen is None else public(day, seen[on])


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
