"""What stands out among many days: the lowest and the highest, and every record that was broken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from records.leverage import factor
from records.models import Task
from records.models.fields import HOUR_UNITS, MINUTE_UNITS
from records.summaries.any_series import Extremes
from records.summaries.broken import (
    FACTOR_OF_A_DAY,
    FACTOR_OF_A_TASK,
    HOURS_OF_A_DAY,
    HOURS_OF_A_TASK,
    TASKS_OF_A_DAY,
    Mark,
    rising,
    traced,
)
from records.summaries.reach import Reach

AT_ONCE = 2_000


class _Row(NamedTuple):
    """What is looked at of a day: columns of its summary."""

    day_id: date
    tasks: int
    hours_units: int | None
    leverage_hours_units: int | None
    leverage_minutes_units: int | None
    supervision_hours_units: int | None
    supervision_minutes_units: int | None
    factor: float | None
    supervisory_factor: float | None
    most_hours_units: int | None
    highest_factor: float | None
    highest_task_id: int | None

    def leverage(self) -> Decimal | None:
        """The weighted average leverage factor."""
        return _factor(self.leverage_hours_units, self.leverage_minutes_units)

    def supervision(self) -> Decimal | None:
        """The weighted average supervisory factor."""
        return _factor(self.supervision_hours_units, self.supervision_minutes_units)


@dataclass(frozen=True)
class Highlights:
    """The years on record, the days of the lowest and highest averages, and by kind the marks set.

    Days are told apart by the factors as stored; what is shown is divided exactly.
    """

    years: Sequence[int]
    leverage: Extremes | None
    supervision: Extremes | None
    marks: Mapping[str, Sequence[Mark]]

    @classmethod
    def of(cls, reach: Reach) -> "Highlights":
        """The highlights of the days of a reach: two queries, one narrow row a day."""
        columns = reach.summaries.order_by("day_id").values_list(*_Row._fields)
        rows = [_Row._make(row) for row in columns.iterator(AT_ONCE)]
        years = sorted({row.day_id.year for row in rows}, reverse=True)
        return cls(
            years, _of_leverage(rows), _of_supervision(rows), _marks([row for row in rows if row.tasks])
        )


def _of_leverage(rows: Sequence[_Row]) -> Extremes | None:
    known = [(row.factor, row) for row in rows if row.factor is not None]
    ends = _ends(known)
    return ends and _extremes(ends[0], ends[0].leverage(), ends[1], ends[1].leverage())


def _of_supervision(rows: Sequence[_Row]) -> Extremes | None:
    known = [(row.supervisory_factor, row) for row in rows if row.supervisory_factor is not None]
    ends = _ends(known)
    return ends and _extremes(ends[0], ends[0].supervision(), ends[1], ends[1].supervision())


def _ends(known: Sequence[tuple[float, _Row]]) -> tuple[_Row, _Row] | None:
    """The rows of the lowest and highest value, of equal ones the earlier; ``None`` unless they differ."""
    if not known:
        return None
    lowest, highest = (end(known, key=lambda pair: pair[0]) for end in (min, max))
    return (lowest[1], highest[1]) if lowest[0] < highest[0] else None


def _extremes(low: _Row, lowest: Decimal | None, high: _Row, highest: Decimal | None) -> Extremes | None:
    if lowest is None or highest is None:
        return None
    return Extremes(low.day_id, lowest, high.day_id, highest)


def _marks(rows: Sequence[_Row]) -> dict[str, list[Mark]]:
    days = {row.day_id: row for row in rows}
    by_day = rising(FACTOR_OF_A_DAY, ((row.day_id, _stored(row.factor)) for row in rows))
    by_task = rising(FACTOR_OF_A_TASK, ((row.day_id, _stored(row.highest_factor)) for row in rows))
    by_size = rising(HOURS_OF_A_TASK, ((row.day_id, _hours(row.most_hours_units)) for row in rows))
    highest = {days[mark.on].highest_task_id or 0 for mark in by_task}
    tasks = _tasks_of(highest, by_size)
    of_tasks = {task.day_id: task.leverage_factor() for task in tasks if task.pk in highest}
    found = {
        HOURS_OF_A_DAY: rising(HOURS_OF_A_DAY, ((row.day_id, _hours(row.hours_units)) for row in rows)),
        FACTOR_OF_A_DAY: rising(FACTOR_OF_A_DAY, ((mark.on, days[mark.on].leverage()) for mark in by_day)),
        TASKS_OF_A_DAY: rising(TASKS_OF_A_DAY, ((row.day_id, Decimal(row.tasks)) for row in rows)),
        HOURS_OF_A_TASK: by_size,
        FACTOR_OF_A_TASK: rising(FACTOR_OF_A_TASK, ((mark.on, of_tasks.get(mark.on)) for mark in by_task)),
    }
    by_hours = {(task.day_id, task.human_hours): task.pk for task in tasks}
    by_factor = {(task.day_id, task.leverage_factor()): task.pk for task in tasks if task.pk in highest}
    return traced(found, by_hours, by_factor)


def _tasks_of(highest: Iterable[int], by_size: Iterable[Mark]) -> list[Task]:
    """The tasks of some ids, and those of the day and the hours of some marks, in one query."""
    wanted = Q(pk__in=highest)
    for mark in by_size:
        wanted |= Q(day_id=mark.on, human_hours=mark.value)
    return list(Task.objects.filter(wanted).order_by("-pk"))  # of equal ones the first logged comes last


def _stored(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _hours(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units) / HOUR_UNITS


def _factor(hours_units: int | None, minute_units: int | None) -> Decimal | None:
    if hours_units is None or minute_units is None:
        return None
    return factor(Decimal(hours_units) / HOUR_UNITS, Decimal(minute_units) / MINUTE_UNITS)
