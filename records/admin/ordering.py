"""Lists whose unknown figures come last, whichever way they are sorted."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import HttpRequest

from records.models import highest_first

FACTORS = {"factor", "supervisory_factor"}
FIGURES = FACTORS | {"human_hours", "agent_minutes", "supervisory_minutes", "tokens", "sum_hours_units"}


class UnknownLast(ChangeList):
    """A list that sorts what is not known below all that is."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The order asked for, unknown figures last."""
        return [_unknown_last(column) for column in super().get_ordering(request, queryset)]


def _unknown_last(column: Any) -> Any:
    if not isinstance(column, str) or column.lstrip("-") not in FIGURES:
        return column
    name = column.lstrip("-")
    if not column.startswith("-"):
        return F(name).asc(nulls_last=True)
    # The spelling both databases have an index for.
    return highest_first(name) if name in FACTORS else F(name).desc(nulls_last=True)
