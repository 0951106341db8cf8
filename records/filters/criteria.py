"""Filters of tasks, each of which can say itself as a ``Q``."""

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Q
from django_filters import Filter

from records.filters.fields import BoundField, DayField, Grid, NamesField, WordsField
from records.models import NO_CATEGORY, Day
from records.models.conditions import Common, OfDays
from records.search.folding import folded, words_of
from records.search.index import backend
from records.search.index.searched import Nearest
from records.search.wanted import Phrase, Wanted

NEAR = 2_000  # tasks that are listed by their ids
MISSING: dict[str, Q] = {
    "supervision": Q(supervisory_minutes__isnull=True),
    "tokens": Q(tokens__isnull=True),
    "category": Q(category__isnull=True),
    "estimate": Q(
        estimate_low__isnull=True,
        estimate_high__isnull=True,
        estimate_on__isnull=True,
        estimate_basis="",
        estimate_by="",
    ),
    "evidence": Q(evidence_url=""),
    "outcome": Q(outcome=""),
}


class Criterion(Filter, ABC):
    """A filter of its own name; subclasses give the ``Q`` of a value."""

    @abstractmethod
    def q(self, value: Any) -> Q:
        """The condition a task meets when the filter is set to ``value``."""

    def filter(self, qs: Any, value: Any) -> Any:
        """The tasks that meet the condition; all when the filter is not set."""
        return qs.filter(self.q(value)) if value not in (None, "", []) else qs


class BoundCriterion(Criterion):
    """One closed end of a range: ``lookup_expr`` is ``gte`` or ``lte``.

    ``times`` is what a scenario multiplies the column by. The bound is divided by it, exactly, so that the
    column keeps its index.
    """

    field_class = BoundField

    def __init__(self, column: str, lookup: str, grid: Grid, **kwargs: Any) -> None:
        super().__init__(column, lookup, grid=grid, lower=lookup == "gte", **kwargs)
        self.grid, self.times = grid, Fraction(1)

    def scale(self, times: Fraction) -> None:
        """Compare figures multiplied by ``times``, which reach further and have more decimals."""
        self.times = times
        self.extra["grid"] = Grid(self.grid.at_most * 100, self.grid.places + 8)

    def q(self, value: Decimal) -> Q:
        """At least, or at most, the value; a column that is null meets neither."""
        exact = Fraction(value) / self.times
        lower = self.lookup_expr == "gte"
        units = (ceil if lower else floor)(exact * 10**self.grid.places)
        bound = Decimal(units).scaleb(-self.grid.places)
        if lower and bound > self.grid.at_most:
            return Q(pk__in=())  # more than any task has
        return Q(**{f"{self.field_name}__{self.lookup_expr}": min(bound, self.grid.at_most)})


class FactorCriterion(BoundCriterion):
    """One closed end of a range of factors.

    The column and the bound are both the double nearest to their exact value, so a bound that equals a
    factor includes it.
    """

    def scale(self, times: Fraction) -> None:
        """Compare factors multiplied by ``times``."""
        self.times = times

    def q(self, value: Decimal) -> Q:
        """At least, or at most, the value."""
        return Q(**{f"{self.field_name}__{self.lookup_expr}": float(Fraction(value) / self.times)})


class DayCriterion(Criterion):
    """The first or the last day."""

    field_class = DayField

    def q(self, value: date) -> Q:
        """Worked on that day, or after or before it."""
        return Q(**{f"day__{self.lookup_expr}": value})


class WordsCriterion(Criterion):
    """Words that all stand in the name or the text, each as a part of a word or as a whole one.

    A part has to be written alike but for its case; a whole word is found whatever its case and accents.
    """

    field_class = WordsField

    def q(self, value: str) -> Q:
        """Every word, in whichever of the two; among the tasks that may hold one, where they are few."""
        near = self.nearest(value, date.max, NEAR)
        few = Q(pk__in=near.ids) if near and near.is_whole else Q()
        return few & _every(value, "pk__holds")

    def q_among(self, value: str, ids: Sequence[int]) -> Q:
        """The same among some tasks."""
        return Q(pk__in=ids) & _every(value, "pk__holds_one")

    def nearest(self, value: str, last: date, most: int) -> Nearest | None:
        """Some tasks up to a day that may hold the longest of the words; ``None`` where unknown."""
        word = max(value.split(), key=len)
        return backend(connection).nearest(word, _wanted(word), last, most)


def _every(value: str, lookup: str) -> Q:
    found = Q()
    for word in value.split():
        wanted = _wanted(word)
        as_searched = Q(**{lookup: wanted}) if wanted else Q()
        found &= Q(name__icontains=word) | Q(description__icontains=word) | as_searched
    return found


def _wanted(word: str) -> Wanted | None:
    """As a whole word, whatever its case and accents; nothing for what is more than a word."""
    words = words_of(word)
    return Wanted((Phrase(words),)) if words and words[0] == folded(word) else None


class NamesCriterion(Criterion, ABC):
    """Any of some names; ``none`` among them stands for the tasks that have no name of the kind."""

    field_class = NamesField

    @abstractmethod
    def named(self, names: Sequence[str]) -> Q:
        """The tasks that have one of the names."""

    unnamed: ClassVar[Q] = Q()

    def q(self, value: Sequence[str]) -> Q:
        """Any of the names."""
        names = [name for name in value if name != NO_CATEGORY]
        named = self.named(names) if names else Q()
        return named | self.unnamed if NO_CATEGORY in value else named


class RowsCriterion(NamesCriterion, ABC):
    """Any of some rows, by their slugs."""

    ids: Mapping[str, int] = MappingProxyType({})  # by slug, of those that can be asked for


class CategoryCriterion(RowsCriterion):
    """One category or several, or none at all."""

    unnamed = Q(category__isnull=True)

    def named(self, names: Sequence[str]) -> Q:
        """In any of the categories."""
        return Q(category__in=[self.ids[name] for name in names])

    def q(self, value: Sequence[str]) -> Q:
        """Any of the categories; of several, no index has the tasks in any order that is offered."""
        if len(value) > 1:
            return Q(Common(super().q(value)))
        return super().q(value) if value == [NO_CATEGORY] else Q(category=self.ids[value[0]])


class TagCriterion(RowsCriterion):
    """The tags of the day."""

    def named(self, names: Sequence[str]) -> Q:
        """Worked on a day with one of the tags; asked apart, so that no task counts twice."""
        return Q(OfDays(Day.objects.filter(tags__in=[self.ids[name] for name in names])))


class PeriodCriterion(NamesCriterion):
    """Years and months, as 2026 and 2026-04."""

    def named(self, names: Sequence[str]) -> Q:
        """Worked within one of them."""
        found = Q()
        ends = [ends_of(name) for name in names]
        for first, last in ends:
            found |= Q(day__gte=first, day__lte=last)
        if len(ends) > 1:  # so that an index is entered where the first of them begins
            found &= Q(day__gte=min(ends)[0], day__lte=max(last for _, last in ends))
        return found


class ModelCriterion(NamesCriterion):
    """The model that worked; of a task that names none, its agent."""

    unnamed = Q(model_version="", agent="")

    def named(self, names: Sequence[str]) -> Q:
        """Worked by one of them."""
        return Q(model_version__in=names) | Q(model_version="", agent__in=names)


class OutcomeCriterion(NamesCriterion):
    """What became of the work."""

    unnamed = Q(outcome="")

    def named(self, names: Sequence[str]) -> Q:
        """One of these became of it."""
        return Q(outcome__in=names)


class EstimatorCriterion(NamesCriterion):
    """Who estimated the human hours."""

    unnamed = Q(estimate_by="")

    def named(self, names: Sequence[str]) -> Q:
        """One of them did."""
        return Q(estimate_by__in=names)


class MissingCriterion(Criterion):
    """Tasks that lack something."""

    field_class = NamesField

    def q(self, value: Sequence[str]) -> Q:
        """Without at least one of the things named; those without a category have an index of their own."""
        if value == ["category"]:
            return MISSING["category"]
        lacking = Q()
        for name in value:
            lacking |= MISSING[name]
        return Q(Common(lacking))


def ends_of(period: str) -> tuple[date, date]:
    """The first and the last day of a year or a month, as 2026 or 2026-04."""
    year, _, month = period.partition("-")
    if not month:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    return date(int(year), int(month), 1), date(int(year), int(month), monthrange(int(year), int(month))[1])
