"""What the tasks of a list have in common: the names each facet may have, and how many tasks have each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf, Substr
from django.utils.dates import MONTHS

from records.models import NO_CATEGORY, Category, Day, DayCategorySummary, Tag, Task
from records.models.day import DayQuerySet
from records.models.task import TaskQuerySet

# How each facet is read; blank and null are ``none``.
_COLUMNS: dict[str, Combinable] = {
    "category": F("category__slug"),
    "tag": F("day__tags__slug"),
    "period": Substr(Cast("day_id", TextField()), 1, 7),
    "model": Coalesce(NullIf("model_version", Value("")), NullIf("agent", Value(""))),
    "outcome": NullIf("outcome", Value("")),
    "estimated_by": NullIf("estimate_by", Value("")),
}
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Names:
    """The values of each facet, with how they are called, and the ids of those that are rows.

    ``more`` says whether there are more tasks than were asked for.
    """

    known: Mapping[str, Mapping[str, str]]
    ids: Mapping[str, Mapping[str, int]]
    more: bool


def names_of(tasks: TaskQuerySet, days: DayQuerySet, most: int | None) -> Names:
    """What can be said of the tasks of these days and of no others, in one query.

    Categories, tags and months come from the summaries of the days, which are few beside their tasks. Models
    and estimators are those of the newest tasks, at most so many, since no index lists them.
    """
    some = tasks if most is None else tasks.newest(most)
    worked = days.filter(summary__tasks__gt=0)
    asked = [
        _named("category", _used_categories(days), F("slug"), F("name"), F("order"), F("pk")),
        _named("tag", _used_tags(worked), F("slug"), F("name"), pk=F("pk")),
        _named("period", worked, Substr(Cast("date", TextField()), 1, 7)).distinct(),
        *(_named(name, some, _COLUMNS[name]).distinct() for name in ("model", "estimated_by")),
    ]
    if most is not None:
        asked.append(_named("more", _one_if(tasks.order_by()[most : most + 1]), Value("more")))
    return _names(asked[0].union(*asked[1:], all=True))


def _names(rows: Iterable[tuple[str, str | None, str, int, int]]) -> Names:
    """What the rows of ``_named`` come to, each facet in its order and then by what its values are called."""
    found = sorted(
        (row for row in rows if row[1]), key=lambda row: (row[3], (row[2] or row[1] or "").lower(), row[4])
    )
    called: dict[str, dict[str, str]] = {}
    for facet, value, label, _, _ in found:
        called.setdefault(facet, {})[value or ""] = label or value or ""
    known: dict[str, Mapping[str, str]] = {
        **{name: called.get(name, {}) for name in ("category", "tag", "model", "estimated_by")},
        "period": _periods(called.get("period", ())),
        "outcome": {value: str(label) for value, label in Task.Outcome.choices},
    }
    ids: dict[str, dict[str, int]] = {"category": {}, "tag": {}}
    for facet, value, _, _, pk in found:
        if facet in ids:
            ids[facet][value or ""] = pk
    return Names(known, ids, more="more" in called)


def _named(
    facet: str,
    rows: QuerySet[Any],
    value: Combinable,
    label: Combinable | None = None,
    place: Combinable | None = None,
    pk: Combinable | None = None,
) -> QuerySet[Any]:
    """The values of a facet as rows of one form, so that one query can ask for all facets."""
    number = BigIntegerField()
    named: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            facet_=Value(facet, TextField()),
            value_=Cast(value, TextField()),
            label_=Cast(label or Value(""), TextField()),
            place_=Cast(place or Value(0), number),
            pk_=Cast(pk or Value(0), number),
        )
        .values_list("facet_", "value_", "label_", "place_", "pk_")
    )
    return named


def _one_if(rows: QuerySet[Any]) -> QuerySet[Day]:
    """One row, whichever, if there are such rows."""
    first = Day.objects.order_by("pk").values("pk")[:1]
    return Day.objects.filter(Exists(rows), pk=Subquery(first))


def _used_categories(days: DayQuerySet) -> QuerySet[Category]:
    used = DayCategorySummary.objects.filter(category=OuterRef("pk"), day__in=days.values("date"))
    return Category.objects.filter(Exists(used))


def _used_tags(days: DayQuerySet) -> QuerySet[Tag]:
    return Tag.objects.filter(Exists(days.filter(tags=OuterRef("pk"))))


def facet_counts(sets: Mapping[tuple[str, ...], TaskQuerySet], edges: Sequence[float]) -> Counts:
    """How many tasks each value of each facet has, in one query.

    ``sets`` gives by facets the tasks to count for them. ``factor`` counts those between two neighbouring
    ``edges`` under the number of the upper one, and those on an edge, apart, under ``=`` and its number.
    """
    columns = {**_COLUMNS, "factor": _between(edges)}
    first, *others = [
        _counted(tasks, {name: columns[name] for name in part})
        for names, tasks in sets.items()
        for part in _passes(names)
    ]
    facets = (*_COLUMNS, "factor")
    found: dict[str, dict[str, int]] = {name: {} for names in sets for name in names}
    for asked, *values, count in first.union(*others, all=True):
        for name, value in zip(facets, values, strict=True):
            if name in asked.split():
                _add(found[name], name, value, count)
    return found


def _passes(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The facets that can be counted by reading their tasks once; a task has as many tags as its day."""
    once = tuple(name for name in names if name != "tag")
    yield from filter(None, (once, ("tag",) if "tag" in names else ()))


def _counted(tasks: TaskQuerySet, columns: Mapping[str, Combinable]) -> QuerySet[Any]:
    """How many tasks have the same values in these columns.

    A row is the names of the columns as one text, a value of every facet, none where it is not counted, and
    the number.
    """
    none = Value(None, TextField())
    values = {f"{name}_": Cast(columns.get(name, none), TextField()) for name in (*_COLUMNS, "factor")}
    named: QuerySet[Any] = (
        tasks.order_by()
        .annotate(facets=Value(" ".join(columns), TextField()), **values)
        .values_list("facets", *values)
        .annotate(tasks=Count("pk"))
    )
    return named


def _add(counts: dict[str, int], facet: str, value: str | None, tasks: int) -> None:
    """Count so many tasks for a value of a facet, a month for its year as well; no factor is in no range."""
    if facet == "period" and value:
        counts[value[:4]] = counts.get(value[:4], 0) + tasks
    if facet != "factor" or value:
        counts[value or NO_CATEGORY] = counts.get(value or NO_CATEGORY, 0) + tasks


def _between(edges: Iterable[float]) -> Case:
    """Between which edges a factor lies, as ``facet_counts`` tells it."""
    whens, place = [], -1
    for place, edge in enumerate(edges):
        bound = Value(edge, FloatField())
        whens += [When(factor__lt=bound, then=Value(f"{place}")), When(factor=bound, then=Value(f"={place}"))]
    known = When(factor__isnull=False, then=Value(f"{place + 1}"))
    return Case(*whens, known, output_field=TextField())


def _periods(found: Iterable[str]) -> dict[str, str]:
    """Each year, then its months, of months as 2026-04, the newest first."""
    months: dict[str, str] = {}
    for month in sorted(found, reverse=True):
        year, number = month.split("-")
        months.setdefault(year, year)
        months[month] = f"{MONTHS[int(number)]} {year}"
    return months
