"""Records in the other sense: the highest figure so far, and what it took over from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from records.summaries.factors import Factors
from records.summaries.series import Series

TaskAt: TypeAlias = Mapping[tuple[date, Decimal | None], int]


@dataclass(frozen=True)
class Mark:
    """A figure that was the highest so far, of which kind, on which day, and what it was before.

    ``before`` is ``None`` where nothing of the kind stood before. ``task`` is the id of the task whose figure
    it is, or of another with the same figures; ``None`` where it is a day's.
    """

    kind: str
    on: date
    value: Decimal
    before: Decimal | None
    task: int | None = field(default=None, compare=False)  # of equal ones, either may have been found

    @property
    def measure(self) -> str:
        """How its figures are written: as hours, as an average, as a factor, or as a number."""
        return _MEASURES[self.kind]


HOURS_OF_A_DAY = "most human hours in a day"
FACTOR_OF_A_DAY = "highest factor of a day"
TASKS_OF_A_DAY = "most tasks in a day"
HOURS_OF_A_TASK = "largest task"
FACTOR_OF_A_TASK = "highest factor of a task"
_MEASURES = {
    HOURS_OF_A_DAY: "hours",
    FACTOR_OF_A_DAY: "average",
    TASKS_OF_A_DAY: "number",
    HOURS_OF_A_TASK: "hours",
    FACTOR_OF_A_TASK: "factor",
}


def marks(series: Series, factors: Factors) -> dict[str, list[Mark]]:
    """By kind, every figure that was the highest when its day came, earliest first; no query."""
    worked = series.worked
    counts = sorted(factors.counts, key=lambda count: count.first)
    values: dict[str, Iterable[tuple[date, Decimal | None]]] = {
        HOURS_OF_A_DAY: ((day.date, day.totals.human_hours) for day in worked),
        FACTOR_OF_A_DAY: ((day.date, day.factor) for day in worked),
        TASKS_OF_A_DAY: ((day.date, Decimal(day.totals.tasks)) for day in worked),
        HOURS_OF_A_TASK: _highest((each.first, each.human_hours) for each in counts),
        FACTOR_OF_A_TASK: _highest((each.first, each.factor) for each in counts),
    }
    found = {kind: rising(kind, each) for kind, each in values.items()}
    by_hours: TaskAt = {(each.first, each.human_hours): each.task for each in counts}
    by_factor: TaskAt = {(each.first, each.factor): each.task for each in counts}
    return traced(found, by_hours, by_factor)


def traced(found: Mapping[str, Sequence[Mark]], by_hours: TaskAt, by_factor: TaskAt) -> dict[str, list[Mark]]:
    """The marks with the tasks whose figures they are, these being found by day and figure."""
    tasks = {HOURS_OF_A_TASK: by_hours, FACTOR_OF_A_TASK: by_factor}
    return {
        kind: [replace(mark, task=tasks.get(kind, {}).get((mark.on, mark.value))) for mark in marks]
        for kind, marks in found.items()
    }


def broken(found: Mapping[str, Sequence[Mark]]) -> list[Mark]:
    """Of all kinds, the marks that took over from an earlier one, latest first."""
    later = [mark for kind in found.values() for mark in kind if mark.before is not None]
    return sorted(later, key=lambda mark: mark.on, reverse=True)


def rising(kind: str, values: Iterable[tuple[date, Decimal | None]]) -> list[Mark]:
    """Of values by day, earliest first, each that was the highest when its day came."""
    found: list[Mark] = []
    for on, value in values:
        before = found[-1].value if found else None
        if value is not None and (before is None or value > before):
            found.append(Mark(kind, on, value, before))
    return found


def _highest(values: Iterable[tuple[date, Decimal]]) -> Iterator[tuple[date, Decimal]]:
    """The highest value of each day, in the order of the days."""
    by_day: dict[date, Decimal] = {}
    for on, value in values:
        by_day[on] = max(value, by_day.get(on, value))
    yield from by_day.items()
