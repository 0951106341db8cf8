"""Which of the days that a page names are made up."""

from collections.abc import Iterable
from datetime import date

from records.models import Day


def samples_among(days: Iterable[date], *, some: bool) -> frozenset[date]:
    """Those of some days that are made up; one query, and none unless ``some`` are known to be."""
    asked = set(days) if some else set()
    if not asked:
        return frozenset()
    found = Day.objects.filter(date__in=asked, sample=True)
    return frozenset(found.values_list("date", flat=True))
