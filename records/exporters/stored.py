"""The values of the parts of an archive as the models keep them, some days at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from records import prose
from records.exporters.schema import CORRECTIONS, DAYS, REVISIONS, SOURCE, TASKS, Kind, Part
from records.exporters.scope import Scope, given_out
from records.models import Correction, Day, Revision, Source, Task
from records.models.batches import batched

DAYS_AT_ONCE = 50
KEPT_AS_JSON = (Kind.OBJECT, Kind.LIST)
Values: TypeAlias = Sequence[Any]
Days: TypeAlias = Mapping[int, date]  # the dates of some days by their ids
OF_ITSELF: Part = tuple(field for field in DAYS if field.kind not in (Kind.LIST, Kind.OBJECT))
_PROSE = [[field.name for field in OF_ITSELF].index(name) for name in ("lede", "analysis")]
_ID, _DATE = ([field.name for field in OF_ITSELF].index(name) for name in ("id", "date"))
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
    texts = {f"text_of_{field.source}": field.source for field in part if field.kind in KEPT_AS_JSON}
    columns = [f"text_of_{field.source}" if field.kind in KEPT_AS_JSON else field.source for field in part]
    as_text = {name: Cast(source, TextField()) for name, source in texts.items()}
    read = rows.annotate(**as_text).values_list(*filter(None, [first]), *columns)
    return iter(read.iterator(chunk_size=1_000))


def stored_days(scope: Scope, *parts: str) -> Iterator[StoredDay]:
    """Each day with its tasks and its history, oldest first, or with those parts of it alone."""
    read = stored(scope.days(), OF_ITSELF)
    for batch in batched(read, DAYS_AT_ONCE):
        yield from _whole(scope, _by_position(batch), parts or tuple(_BELONGING))


def _by_position(batch: Sequence[Values]) -> Sequence[Values]:
    """The days with the tasks in their prose named by position, as people type them; ids are of this site."""
    dates = [day[_DATE] for day in batch if list(prose.task_keys(*(day[place] for place in _PROSE)))]
    keys: dict[Any, dict[str, str]] = defaultdict(dict)
    tasks = Task.objects.filter(day_id__in=dates) if dates else Task.objects.none()
    for on, pk, position in tasks.values_list("day_id", "id", "position"):
        keys[on][f"id{pk}"] = str(position)
    return [
        _with(day, {place: prose.renamed(day[place], keys[day[_DATE]]) for place in _PROSE})
        if day[_DATE] in keys
        else day
        for day in batch
    ]


def _whole(scope: Scope, batch: Sequence[Values], parts: Sequence[str]) -> Iterator[StoredDay]:
    days = {values[_ID]: values[_DATE] for values in batch}
    belonging = {name: _BELONGING[name](days) for name in parts}
    told = {pk: on for pk, on in days.items() if any(pk in belonging.get(part, ()) for part in _HISTORY)}
    seen = {} if scope.drafts else _given_out(told, scope.at)
    for values, (pk, on) in zip(batch, days.items(), strict=True):
        day = StoredDay(on, values, **{name: found[pk] for name, found in belonging.items() if pk in found})
        yield day if scope.drafts else public(day, seen.get(pk, set()))


def _tags(days: Days) -> Mapping[int, list[str]]:
    found = defaultdict(list)
    rows = Day.tags.through._default_manager.filter(day__in=days)
    for pk, name in rows.values_list("day_id", "tag__name"):
        found[pk].append(name)
    return {pk: sorted(names) for pk, names in found.items()}


def _sources(days: Days) -> Mapping[int, Values]:
    rows = stored(Source.objects.filter(day__in=days), SOURCE, "day_id")
    return {pk: values for pk, *values in rows}


def _tasks(days: Days) -> Mapping[int, list[Values]]:
    rows = Task.objects.filter(day_id__in=list(days.values())).order_by("position", "id")
    found = _by_day(rows, TASKS)  # by date, which is what tasks refer to
    return {pk: found[on] for pk, on in days.items()}


def _revisions(days: Days) -> Mapping[int, list[Values]]:
    return _by_day(Revision.objects.filter(day__in=days).order_by("number"), REVISIONS)


def _corrections(days: Days) -> Mapping[int, list[Values]]:
    return _by_day(Correction.objects.filter(day__in=days).order_by("id"), CORRECTIONS)


_HISTORY = ("revisions", "corrections")
_BELONGING: Mapping[str, Callable[[Days], Mapping[int, Any]]] = {
    "tags": _tags,
    "source": _sources,
    "tasks": _tasks,
    "revisions": _revisions,
    "corrections": _corrections,
}


def _by_day(rows: QuerySet[Any], part: Part) -> Mapping[Any, list[Values]]:
    found: dict[Any, list[Values]] = defaultdict(list)
    for day, *values in stored(rows, part, "day_id"):
        found[day].append(values)
    return found


def _given_out(days: Days, at: datetime) -> Mapping[int, set[int]]:
    """The numbers of the revisions of each day that the public saw."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    standing = {"status": F("snapshot__status"), "published_at": F("snapshot__published_at")}
    revisions = Revision.objects.filter(day__in=days).order_by("number")
    for row in revisions.values("day_id", "number", "at", **standing):
        found[row["day_id"]].append(row)
    return {pk: {row["number"] for row in given_out(found[pk], at)} for pk in days}


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
