"""What the tasks of a list have in common: the names each facet may have, and how many tasks have each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, FloatField, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.dates import MONTHS

from records.models import NO_CATEGORY, Day, Task
from records.models.task import TaskQuerySet
from records.summaries.categories import categories_of

# How each facet that is a column of the task is read; blank and null are ``none``.
_COLUMNS: dict[str, Combinable] = {
    "category": F("category__slug"),
    "day": F("day_id"),
    "model": Coalesce(NullIf("model_version", Value("")), NullIf("agent", Value(""))),
    "outcome": NullIf("outcome", Value("")),
    "estimated_by": NullIf("estimate_by", Value("")),
}
OF_DAYS = ("tag", "period")  # facets that follow from the day
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Names:
    """The values of each facet, with how they are called, and the tags of each day."""

    known: Mapping[str, Mapping[str, str]]
    tags_by_day: Mapping[str, tuple[str, ...]]


def names_of(tasks: TaskQuerySet) -> Names:
    """What can be said of these tasks and of no others, in three queries."""
    tags: dict[str, str] = {}
    by_day: dict[str, tuple[str, ...]] = {}
    days = Day.objects.filter(date__in=tasks.order_by().values("day_id")).newest_first()
    for day, slug, name in days.values_list("date", "tags__slug", "tags__name"):
        by_day[day.isoformat()] = (*by_day.get(day.isoformat(), ()), *([slug] if slug else ()))
        tags |= {slug: name} if slug else {}
    named = _distinct(tasks, ("model", "estimated_by"))
    known = {
        "category": {category.slug: category.name for category in categories_of(tasks)},
        "tag": dict(sorted(tags.items(), key=lambda pair: pair[1].lower())),
        "period": _periods(by_day),
        "model": named["model"],
        "outcome": {value: str(label) for value, label in Task.Outcome.choices},
        "estimated_by": named["estimated_by"],
    }
    return Names(known, by_day)


def facet_counts(sets: Mapping[str, TaskQuerySet], names: Names, edges: Iterable[float]) -> Counts:
    """How many tasks each value of each facet has, in one query.

    ``sets`` gives by facet the tasks to count. ``factor`` counts those between two neighbouring ``edges``
    under the number of the upper one, and those on an edge, apart, under ``=`` and its number.
    """
    asked = [
        (name, sets[name], _COLUMNS["day" if name in OF_DAYS else name]) for name in sets if name != "factor"
    ]
    if "factor" in sets:
        asked.append(("factor", sets["factor"].filter(factor__isnull=False), _between(edges)))
    first, *others = [
        tasks.order_by()
        .annotate(facet=Value(name, TextField()), value=Cast(column, TextField()))
        .values_list("facet", "value")
        .annotate(tasks=Count("pk"))
        for name, tasks, column in asked
    ]
    found: dict[str, dict[str, int]] = {name: {} for name in sets}
    for name, value, count in first.union(*others, all=True):
        for each in _of_day(name, value, names) if name in OF_DAYS else (value or NO_CATEGORY,):
            found[name][each] = found[name].get(each, 0) + count
    return found


def _of_day(name: str, day: str, names: Names) -> tuple[str, ...]:
    return names.tags_by_day.get(day, ()) if name == "tag" else (day[:4], day[:7])


def _between(edges: Iterable[float]) -> Case:
    """Between which edges a factor lies, as ``facet_counts`` tells it."""
    whens, place = [], -1
    for place, edge in enumerate(edges):
        bound = Value(edge, FloatField())
        whens += [When(factor__lt=bound, then=Value(f"{place}")), When(factor=bound, then=Value(f"={place}"))]
    return Case(*whens, default=Value(f"{place + 1}"), output_field=TextField())


def _distinct(tasks: TaskQuerySet, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The values of some facets by name, in alphabetical order, in one query."""
    first, *others = [
        tasks.order_by()
        .annotate(facet=Value(name, TextField()), value=Cast(_COLUMNS[name], TextField()))
        .values_list("facet", "value")
        .distinct()
        for name in names
    ]
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for name, value in sorted(first.union(*others), key=lambda row: (row[1] or "").lower()):
        found[name] |= {value: value} if value else {}
    return found


def _periods(days: Iterable[str]) -> dict[str, str]:
    """Each year, then its months, of days as 2026-04-12, the newest first."""
    months: dict[str, str] = {}
    for day in sorted(map(date.fromisoformat, days), reverse=True):
        months.setdefault(f"{day:%Y}", f"{day:%Y}")
        months.setdefault(f"{day:%Y-%m}", f"{MONTHS[day.month]} {day.year}")
    return months
