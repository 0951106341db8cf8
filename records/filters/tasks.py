"""Which tasks an address asks for."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.core.validators import slug_re
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.dateformat import format as formatted
from django_filters import Filter, FilterSet

from records.filters.criteria import (
    MISSING,
    BoundCriterion,
    CategoryCriterion,
    DayCriterion,
    EstimatorCriterion,
    FactorCriterion,
    MissingCriterion,
    ModelCriterion,
    OutcomeCriterion,
    PeriodCriterion,
    TagCriterion,
    WordsCriterion,
)
from records.filters.fields import Grid
from records.filters.links import kept, without
from records.filters.what_if import WHAT_IF
from records.formats import quantity
from records.leverage import HOURS_PLACES, MINUTES_PLACES
from records.models import NO_CATEGORY, OldAddress
from records.models.paths import path_of
from records.models.task import TaskQuerySet
from records.scenario import AS_RECORDED, Scenario
from records.summaries.facets import Names

# What can be ticked, and what the tasks are called that have no name of the kind, if there can be any.
FACETS = {
    "category": "no category yet",
    "tag": "",
    "period": "",
    "model": "no model named",
    "outcome": "outcome not said yet",
    "estimated_by": "nobody named as estimator",
}
FACTORS = Grid(Decimal(10**9), places=12)
HOURS = Grid(Decimal("99999.9999"), HOURS_PLACES)
MINUTES = Grid(Decimal("9999999.99"), MINUTES_PLACES)
KEPT = ("sort", "per_page", "exact", *WHAT_IF)  # by links that change a filter
_OLD_SLUGS = 20  # looked up at most, whatever an address repeats


@dataclass(frozen=True)
class Choice:
    """A name that can be ticked, and how many tasks it would bring under the other filters."""

    value: str
    label: str
    count: int | None
    chosen: bool
    key: str  # names its place in the form, whatever the value holds


@dataclass(frozen=True)
class Chip:
    """One thing filtered by, in words, and the address without it."""

    name: str
    text: str
    url: str
    count: int | None = None


class TaskFilter(FilterSet):
    """The filters of a list of tasks; ranges are closed, a bad value is named in ``errors`` and not applied.

    A name that is repeated widens: any of the categories, any of the things missing. All else narrows.
    """

    q = WordsCriterion(label="Words")
    category = CategoryCriterion(label="Category", known={}, what="category")
    factor_min = FactorCriterion("factor", "gte", FACTORS, label="Factor from")
    factor_max = FactorCriterion("factor", "lte", FACTORS, label="Factor up to")
    from_ = DayCriterion("day", "gte", label="From day")
    to = DayCriterion("day", "lte", label="To day")
    supervisory_factor_min = FactorCriterion(
        "supervisory_factor", "gte", FACTORS, label="Supervisory factor from"
    )
    supervisory_factor_max = FactorCriterion(
        "supervisory_factor", "lte", FACTORS, label="Supervisory factor up to"
    )
    hours_min = BoundCriterion("human_hours", "gte", HOURS, label="Human hours from")
    hours_max = BoundCriterion("human_hours", "lte", HOURS, label="Human hours up to")
    minutes_min = BoundCriterion("agent_minutes", "gte", MINUTES, label="Agent minutes from")
    minutes_max = BoundCriterion("agent_minutes", "lte", MINUTES, label="Agent minutes up to")
    tag = TagCriterion(label="Tag", known={}, what="tag")
    period = PeriodCriterion(label="Year or month", known={}, what="year or month on record:")
    model = ModelCriterion(label="Model", known={}, what="model")
    outcome = OutcomeCriterion(label="Outcome", known={}, what="outcome")
    estimated_by = EstimatorCriterion(label="Estimated by", known={}, what="estimator")
    missing = MissingCriterion(
        label="Lacking any of", known={name: name for name in MISSING}, what="figure that can be missing:"
    )

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, Filter]":
        """Every filter by its name in the address; Python keeps the word ``from`` for itself."""
        return OrderedDict((name.rstrip("_"), filter_) for name, filter_ in super().get_filters().items())

    def __init__(
        self,
        query: QueryDict,
        queryset: TaskQuerySet,
        *,
        names: Names,
        scenario: Scenario = AS_RECORDED,
    ) -> None:
        """``names`` gives what the public may know of: the values of each of ``FACETS`` and their labels.

        Ranges are of the figures of the ``scenario``, which only multiplies.
        """
        self.known = {
            name: {**names.known.get(name, {}), **({NO_CATEGORY: unnamed} if unnamed else {})}
            for name, unnamed in FACETS.items()
        }
        query = query.copy()
        for name in ("category", "tag"):
            query.setlist(name, self._today(name, query.getlist(name)))
        self.state = kept(query, (*self.base_filters, *KEPT))
        super().__init__(kept(query, self.base_filters), queryset)
        for name in FACETS:
            self.filters[name].extra["known"] = self.known[name]
        for name, ids in names.ids.items():
            self.filters[name].ids = ids
        if not scenario.is_plain:
            self._scale(scenario)
        self._refuse_reversed_ranges()

    @cached_property
    def criteria(self) -> dict[str, Q]:
        """Each condition that applies, by its name in the address."""
        set_ = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
        return {name: self.filters[name].q(value) for name, value in set_.items()}

    @property
    def category_ids(self) -> list[int | None]:
        """The categories asked for, ``None`` among them for tasks without one; nothing where all will do."""
        names = self.form.cleaned_data.get("category") or ()
        if not names and self.form.cleaned_data.get("missing") == ["category"]:
            return [None]
        return [None if name == NO_CATEGORY else self.filters["category"].ids[name] for name in names]

    def filter_queryset(self, queryset: TaskQuerySet) -> TaskQuerySet:
        """The tasks that meet every condition."""
        return queryset.filter(*self.criteria.values())

    def choices(self, name: str, counts: Mapping[str, int] | None = None) -> list[Choice]:
        """The values that one of ``FACETS`` or ``missing`` may have, with counts where there are any."""
        chosen = self.data.getlist(name)
        return [
            Choice(
                value,
                label,
                counts.get(value, 0) if counts is not None else None,
                value in chosen,
                value if slug_re.match(value) else f"{name}-{place}",
            )
            for place, (value, label) in enumerate(self.form.fields[name].choices)
        ]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """What is ticked of each kind, as it is called."""
        return {
            name: [choice.label for choice in self.choices(name) if choice.chosen]
            for name in (*FACETS, "missing")
        }

    def chips(self) -> list[Chip]:
        """Each thing filtered by, with the address that leaves it out."""
        return [
            Chip(name, text, without(self.state, name, value))
            for name in self.criteria
            for text, value in self._texts(name)
        ]

    def relaxed(self) -> list[Chip]:
        """Each condition with the address without it and how many tasks that has, in one query."""
        if not self.criteria:
            return []
        counts = self.queryset.order_by().aggregate(
            **{f"without_{name}": Count("pk", filter=self._all_but(name)) for name in self.criteria}
        )
        return [
            Chip(name, " or ".join(text for text, _ in self._texts(name)), without(self.state, name), found)
            for name in self.criteria
            if (found := counts[f"without_{name}"])
        ]

    def nearest(self, last: date, most: int) -> TaskQuerySet | None:
        """About so many of the tasks up to a day, the last of them; ``None`` where these are not known.

        For words that many tasks hold, which an index gives by day.
        """
        words = self.form.cleaned_data.get("q")
        near = self.filters["q"].nearest(words, last, most) if words else None
        if near is None or near.is_whole:
            return None
        return self.all_but("q").filter(self.filters["q"].q_among(words, near.ids))

    def all_but(self, *names: str) -> TaskQuerySet:
        """The tasks that meet every condition but these."""
        others = [q for other, q in self.criteria.items() if other not in names]
        tasks: TaskQuerySet = self.queryset.filter(*others)
        return tasks

    def _all_but(self, name: str) -> Q | None:
        others = [q for other, q in self.criteria.items() if other != name]
        return Q(*others) if others else None

    def _scale(self, scenario: Scenario) -> None:
        hours = Fraction(scenario.hours)
        times = {
            "factor": hours,
            "human_hours": hours,
            "supervisory_factor": hours / Fraction(scenario.supervision),
        }
        for filter_ in self.filters.values():
            if filter_.field_name in times and isinstance(filter_, BoundCriterion):
                filter_.scale(times[filter_.field_name])

    def _texts(self, name: str) -> Iterator[tuple[str, str | None]]:
        value = self.form.cleaned_data[name]
        if name in FACETS:
            yield from ((self._called(name, each), each) for each in value)
        elif name == "missing":
            yield from ((f"lacking {what}", what) for what in value)
        else:
            yield self._text(name, value), None

    def _called(self, name: str, value: str) -> str:
        label = self.known[name][value]
        before = {"tag": "tag ", "estimated_by": "estimated by "}.get(name, "")
        return label if value == NO_CATEGORY else f"{before}{label}"

    def _text(self, name: str, value: Any) -> str:
        if name == "q":
            return f"“{value}”"
        if name in ("from", "to"):
            return f"{'from' if name == 'from' else 'until'} {formatted(value, 'F j, Y')}"
        label: str = self.filters[name].label
        return f"{label[0].lower()}{label[1:]} {quantity(value, places=12)}"

    def _today(self, name: str, slugs: list[str]) -> list[str]:
        known = self.known[name]
        old = [slug for slug in dict.fromkeys(slugs) if slug not in known and slug_re.match(slug)]
        paths = {path_of(f"{name}_detail", slug): slug for slug in old[:_OLD_SLUGS]}
        moved = OldAddress.objects.filter(path__in=paths, **{f"{name}__slug__in": known})
        rows = moved.values_list("path", f"{name}__slug") if paths else ()
        names = {paths[path]: slug for path, slug in rows}
        return list(dict.fromkeys(names.get(slug, slug) for slug in slugs))

    def _refuse_reversed_ranges(self) -> None:
        self.form.full_clean()
        values = self.form.cleaned_data
        lower = [name for name in self.filters if name.endswith("_min")]
        for low, high in [("from", "to"), *((name, name.replace("_min", "_max")) for name in lower)]:
            if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
                self.form.add_error(high, "The range ends before it begins. Try the two the other way round.")
