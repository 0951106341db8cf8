"""Filters of the task list: ranges of the factor, and what is missing."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from records.filters.criteria import MISSING
from records.models import Task

# Closed below, open above; the last one has no end.
RANGES = {
    "under-10": ("under 10", Q(factor__lt=10)),
    "10-50": ("10 to under 50", Q(factor__gte=10, factor__lt=50)),
    "50-100": ("50 to under 100", Q(factor__gte=50, factor__lt=100)),
    "100-250": ("100 to under 250", Q(factor__gte=100, factor__lt=250)),
    "250": ("250 and over", Q(factor__gte=250)),
    "none": ("not known", Q(factor__isnull=True)),
}
# What the public may ask for as well means the same here.
LACKING = {
    "hours": ("human hours", Q(human_hours__isnull=True)),
    "minutes": ("agent minutes", Q(agent_minutes__isnull=True)),
    **{name: (name, condition) for name, condition in MISSING.items()},
    "range": ("estimate range", Q(estimate_low__isnull=True) | Q(estimate_high__isnull=True)),
}


class ConditionFilter(admin.SimpleListFilter):
    """A filter whose choices are conditions."""

    conditions: dict[str, tuple[str, Q]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices in order."""
        return [(key, words) for key, (words, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> QuerySet[Task]:
        """The tasks that meet the condition chosen."""
        chosen = self.conditions.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class FactorFilter(ConditionFilter):
    """Ranges of the leverage factor."""

    title = "factor"
    parameter_name = "range"
    conditions = RANGES


class MissingFilter(ConditionFilter):
    """What is not known or not said yet."""

    title = "what is missing"
    parameter_name = "missing"
    conditions = LACKING
