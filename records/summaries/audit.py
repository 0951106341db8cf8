"""Whether the summaries that are kept are what the tasks add up to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Any, TypeAlias

from records.models import Category, Day, DayCategorySummary, DaySummary, Task
from records.models.batches import batched
from records.models.moment import one_moment
from records.models.summary import (
    CATEGORY_COLUMNS,
    DAY_COLUMNS,
    HIGHEST_FIRST,
    LOWEST_FIRST,
    computed_by_category,
    computed_by_day,
    first_of_day,
)

DAYS_AT_ONCE = 500
ABSENT = "absent"
NEARLY = 1e-9  # logarithms are added in whatever order the database likes
_BY_DAY, _BY_CATEGORY = 1, 2  # how many of the columns are the key
Rows: TypeAlias = Iterable[tuple[Any, ...]]
Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Finding:
    """A figure of a summary that is not what the tasks add up to; ``category`` is blank for the whole day.

    Where one of the two has no row at all, ``column`` is ``row``.
    """

    date: str
    category: str
    column: str
    kept: str
    computed: str

    @property
    def words(self) -> str:
        """The finding in one line."""
        of = f"{self.date}, {self.category}" if self.category else self.date
        return f"{of}: {self.column} is {self.kept}, the tasks say {self.computed}"


def findings() -> Iterator[Finding]:
    """Everything that is not as it should be, by day; some days at a time, so that memory stays flat.

    All of it is of one moment: what is saved meanwhile is no finding.
    """
    with one_moment():
        slugs: dict[int | None, str] = {None: "no category"}
        slugs |= dict(Category.objects.values_list("id", "slug"))
        # A summary without a day cannot be stored: its date refers to that of the day.
        every = Day.objects.order_by("date").values_list("date", flat=True)
        for dates in batched(every, DAYS_AT_ONCE):
            found = [*_of_days(dates), *_of_categories(dates, slugs), *_of_extremes(dates)]
            yield from sorted(found, key=lambda each: (each.date, each.category))


def _of_days(dates: Sequence[date]) -> Iterator[Finding]:
    kept = DaySummary.objects.filter(day__date__in=dates).values_list(*DAY_COLUMNS)
    computed = computed_by_day(Day.objects.filter(date__in=dates))
    for key, column, one, other in _differing(DAY_COLUMNS, _BY_DAY, kept, computed):
        yield _finding(key[0], "", column, one, other)


def _of_categories(dates: Sequence[date], slugs: Mapping[int | None, str]) -> Iterator[Finding]:
    kept = DayCategorySummary.objects.filter(day__date__in=dates).values_list(*CATEGORY_COLUMNS)
    computed = computed_by_category(Task.objects.filter(day__date__in=dates))
    for key, column, one, other in _differing(CATEGORY_COLUMNS, _BY_CATEGORY, kept, computed):
        yield _finding(key[0], slugs[key[1]], column, one, other)


def _of_extremes(dates: Sequence[date]) -> Iterator[Finding]:
    """The tasks that a day names as its lowest and its highest."""
    rows = DaySummary.objects.filter(day__date__in=dates)
    for column, order in (("lowest_task_id", LOWEST_FIRST), ("highest_task_id", HIGHEST_FIRST)):
        computed = rows.annotate(first=first_of_day(*order))
        for on, kept, first in computed.values_list("day_id", column, "first"):
            if kept != first:
                yield _finding(on, "", column, kept, first)


def _differing(
    columns: Sequence[str], keys: int, kept: Rows, computed: Rows
) -> Iterator[tuple[Key, str, Any, Any]]:
    """Where two sets of rows part: the key, the column, both values."""
    here, there = ({row[:keys]: row[keys:] for row in rows} for rows in (kept, computed))
    for key in {**here, **there}:
        if key not in here or key not in there:
            one, other = ("there" if key in rows else ABSENT for rows in (here, there))
            yield key, "row", one, other
            continue
        for column, one, other in zip(columns[keys:], here[key], there[key], strict=True):
            if not _same(one, other):
                yield key, column, one, other


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=NEARLY, abs_tol=NEARLY)
    return bool(one == other)


def _finding(on: Any, category: str, column: str, kept: Any, computed: Any) -> Finding:
    said = ("nothing" if value is None else str(value) for value in (kept, computed))
    return Finding(on.isoformat(), category, column, *said)


def days_of(found: Iterable[Finding]) -> list[date]:
    """The days that findings are about, each once."""
    return [date.fromisoformat(each) for each in dict.fromkeys(finding.date for finding in found)]
