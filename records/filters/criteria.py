"""Filters of tasks, each of which can say itself as a ``Q``."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django_filters import Filter

from records.filters.fields import BoundField, DayField, Grid, NameField, NamesField, WordsField
from records.models import NO_CATEGORY, Day
from records.search.folding import folded, words_of
from records.search.query import typed
from records.search.wanted import Wanted

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
    """One closed end of a range: ``lookup_expr`` is ``gte`` or ``lte``."""

    field_class = BoundField

    def __init__(self, column: str, lookup: str, grid: Grid, **kwargs: Any) -> None:
        super().__init__(column, lookup, grid=grid, lower=lookup == "gte", **kwargs)

    def q(self, value: Decimal) -> Q:
        """At least, or at most, the value; a column that is null meets neither."""
        return Q(**{f"{self.field_name}__{self.lookup_expr}": value})


class FactorCriterion(BoundCriterion):
    """One closed end of a range of factors.

    The column and the bound are both the double nearest to their exact value, so a bound that equals a
    factor includes it.
    """

    def q(self, value: Decimal) -> Q:
        """At least, or at most, the value."""
        return Q(**{f"{self.field_name}__{self.lookup_expr}": float(value)})


class DayCriterion(Criterion):
    """The first or the last day."""

    field_class = DayField

    def q(self, value: date) -> Q:
        """Worked on that day, or after or before it."""
        return Q(**{f"day__{self.lookup_expr}": value})


class WordsCriterion(Criterion):
    """Words that all stand in the name or the text: as they are written, or found as searching finds them."""

    field_class = WordsField

    def q(self, value: str) -> Q:
        """Every word, in whichever of the two."""
        found = Q()
        for word in value.split():
            found &= Q(name__icontains=word) | Q(description__icontains=word) | _folded(word)
        return found


def _folded(word: str) -> Q:
    """As searching finds it, whatever its case and accents; nothing for what is more than a word."""
    words = words_of(word)
    return Q(pk__holds=Wanted((typed(words),))) if words and words[0] == folded(word) else Q()


class TagCriterion(Criterion):
    """The tag of the day."""

    field_class = NameField

    def q(self, value: str) -> Q:
        """Worked on a day with the tag; asked apart, so that no task counts twice."""
        return Q(day__in=Day.objects.filter(tags__slug=value).values("date"))


class CategoryCriterion(Criterion):
    """One category or several, or none at all."""

    field_class = NamesField

    def q(self, value: Sequence[str]) -> Q:
        """In any of the categories."""
        slugs = [slug for slug in value if slug != NO_CATEGORY]
        named = Q(category__slug__in=slugs) if slugs else Q()
        return named | Q(category__isnull=True) if NO_CATEGORY in value else named


class MissingCriterion(Criterion):
    """Tasks that lack something."""

    field_class = NamesField

    def q(self, value: Sequence[str]) -> Q:
        """Without at least one of the things named."""
        lacking = Q()
        for name in value:
            lacking |= MISSING[name]
        return lacking
