"""The sums and weighted averages of sets of tasks."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from records.leverage.figures import Figures
from records.leverage.ratios import HOURS_PLACES, MINUTES_PLACES, factor, quotient, times


class WeightedFactor(NamedTuple):
    """A ratio of sums, over the tasks of which both parts are known."""

    human_hours: Decimal
    minutes: Decimal
    tasks: int
    of_tasks: int

    @property
    def value(self) -> Decimal | None:
        """Sum of human hours x 60 / sum of minutes; never the mean of the tasks' factors."""
        return factor(self.human_hours, self.minutes)

    def minus(self, other: "WeightedFactor") -> "WeightedFactor":
        """The ratio of the sums without tasks that are in them."""
        return WeightedFactor(
            self.human_hours - other.human_hours,
            self.minutes - other.minutes,
            self.tasks - other.tasks,
            self.of_tasks - other.of_tasks,
        )

    @property
    def is_partial(self) -> bool:
        """Whether some tasks had to be left out because a part of them is unknown."""
        return self.tasks < self.of_tasks


class EstimateRange(NamedTuple):
    """What a weighted factor becomes where estimates are given from low to high.

    Its hours and minutes are those of the tasks of which both are known; a task without a range counts with
    its estimate. ``tasks`` of ``of_tasks`` have a range.
    """

    low_hours: Decimal
    high_hours: Decimal
    minutes: Decimal
    tasks: int
    of_tasks: int

    @property
    def low(self) -> Decimal | None:
        """The factor at the low ends; ``None`` where no task has a range."""
        return factor(self.low_hours, self.minutes) if self.tasks else None

    @property
    def high(self) -> Decimal | None:
        """The factor at the high ends; ``None`` where no task has a range."""
        return factor(self.high_hours, self.minutes) if self.tasks else None


class Totals(NamedTuple):
    """The sums and weighted averages of a set of tasks; a sum of nothing known is ``None``."""

    tasks: int
    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    supervision_known: int
    tokens: int | None
    tokens_known: int
    leverage: WeightedFactor
    supervision: WeightedFactor
    estimates: EstimateRange

    @classmethod
    def of(cls, rows: Iterable[Figures]) -> "Totals":
        """The totals of tasks held in memory."""
        tasks = list(rows)
        hours = [t.human_hours for t in tasks]
        supervision = [t.supervisory_minutes for t in tasks]
        tokens = [t.tokens for t in tasks if t.tokens is not None]
        return cls(
            tasks=len(tasks),
            human_hours=_sum(hours),
            agent_minutes=_sum(t.agent_minutes for t in tasks),
            supervisory_minutes=_sum(supervision),
            supervision_known=len(tasks) - supervision.count(None),
            tokens=sum(tokens) if tokens else None,
            tokens_known=len(tokens),
            leverage=_weighted(hours, [t.leverage_minutes for t in tasks]),
            supervision=_weighted(hours, supervision),
            estimates=_range(tasks),
        )

    @classmethod
    def from_units(cls, sums: Mapping[str, int | None], *, prefix: str = "") -> "Totals":
        """The totals of a row of SQL sums in whole units: 1/10,000 hour and 1/100 minute.

        Whole units keep the sums exact on a database that stores decimals as floats. The names of the sums
        may have a ``prefix`` in the row.
        """
        tasks = sums[f"{prefix}tasks"] or 0
        return cls(
            tasks=tasks,
            human_hours=_hours(sums[f"{prefix}hours_units"]),
            agent_minutes=_minutes(sums[f"{prefix}agent_units"]),
            supervisory_minutes=_minutes(sums[f"{prefix}supervisory_units"]),
            supervision_known=sums[f"{prefix}supervision_known"] or 0,
            tokens=sums[f"{prefix}tokens_sum"],
            tokens_known=sums[f"{prefix}tokens_known"] or 0,
            leverage=_weighted_units(sums, f"{prefix}leverage", tasks),
            supervision=_weighted_units(sums, f"{prefix}supervision", tasks),
            estimates=EstimateRange(
                low_hours=_hours(sums[f"{prefix}low_units"]) or Decimal(0),
                high_hours=_hours(sums[f"{prefix}high_units"]) or Decimal(0),
                minutes=_minutes(sums[f"{prefix}leverage_minutes_units"]) or Decimal(0),
                tasks=sums[f"{prefix}ranged"] or 0,
                of_tasks=tasks,
            ),
        )

    @classmethod
    def together(cls, parts: Iterable["Totals"]) -> "Totals":
        """The totals of sets of tasks that have none in common, such as those of the days of a week."""
        each = list(parts)
        tokens = [part.tokens for part in each if part.tokens is not None]
        return cls(
            tasks=sum(part.tasks for part in each),
            human_hours=_sum(part.human_hours for part in each),
            agent_minutes=_sum(part.agent_minutes for part in each),
            supervisory_minutes=_sum(part.supervisory_minutes for part in each),
            supervision_known=sum(part.supervision_known for part in each),
            tokens=sum(tokens) if tokens else None,
            tokens_known=sum(part.tokens_known for part in each),
            leverage=_weighted_together([part.leverage for part in each]),
            supervision=_weighted_together([part.supervision for part in each]),
            estimates=_ranges_together([part.estimates for part in each]),
        )

    def tokens_with(self, stated: int | None) -> int | None:
        """The tokens to show: the sum wins only when every task has tokens, else what was stated."""
        if self.tasks and self.tokens_known == self.tasks:
            return self.tokens
        return stated if stated is not None else self.tokens

    def scaled(self, *, hours: Decimal, supervision: Decimal) -> "Totals":
        """The totals with all human hours and all supervisory minutes multiplied.

        The range of the estimates stays only where the hours do: it is of the estimate as it was made.
        """
        average, supervisory = self.leverage, self.supervision
        return self._replace(
            human_hours=times(self.human_hours, hours),
            supervisory_minutes=times(self.supervisory_minutes, supervision),
            leverage=average._replace(human_hours=average.human_hours * hours),
            supervision=supervisory._replace(
                human_hours=supervisory.human_hours * hours,
                minutes=supervisory.minutes * supervision,
            ),
            estimates=self.estimates if hours == 1 else self.estimates._replace(tasks=0),
        )

    @property
    def hours_per_task(self) -> Decimal | None:
        """Human hours divided by the number of tasks."""
        return quotient(self.human_hours, self.tasks)


def largest(rows: Sequence[Figures], count: int) -> list[Figures]:
    """The ``count`` tasks of most human hours, those logged first winning a tie."""
    known = [row for row in rows if row.human_hours is not None]
    return sorted(known, key=lambda row: -(row.human_hours or 0))[:count]


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _weighted(hours: Sequence[Decimal | None], minutes: Iterable[Decimal | None]) -> WeightedFactor:
    known = [(of, by) for of, by in zip(hours, minutes, strict=True) if of is not None and by is not None]
    return WeightedFactor(
        human_hours=sum((of for of, _ in known), Decimal(0)),
        minutes=sum((by for _, by in known), Decimal(0)),
        tasks=len(known),
        of_tasks=len(hours),
    )


def _range(tasks: Sequence[Figures]) -> EstimateRange:
    low_hours = high_hours = minutes = Decimal(0)
    ranged = 0
    for task in tasks:
        if task.human_hours is None or task.agent_minutes is None:
            continue
        low, high = task.estimate_low, task.estimate_high
        ranged += low is not None or high is not None
        low_hours += task.human_hours if low is None else low
        high_hours += task.human_hours if high is None else high
        minutes += task.agent_minutes
    return EstimateRange(low_hours, high_hours, minutes, ranged, len(tasks))


def _weighted_together(parts: Sequence[WeightedFactor]) -> WeightedFactor:
    return WeightedFactor(
        human_hours=sum((part.human_hours for part in parts), Decimal(0)),
        minutes=sum((part.minutes for part in parts), Decimal(0)),
        tasks=sum(part.tasks for part in parts),
        of_tasks=sum(part.of_tasks for part in parts),
    )


def _ranges_together(parts: Sequence[EstimateRange]) -> EstimateRange:
    return EstimateRange(
        low_hours=sum((part.low_hours for part in parts), Decimal(0)),
        high_hours=sum((part.high_hours for part in parts), Decimal(0)),
        minutes=sum((part.minutes for part in parts), Decimal(0)),
        tasks=sum(part.tasks for part in parts),
        of_tasks=sum(part.of_tasks for part in parts),
    )


def _weighted_units(sums: Mapping[str, int | None], name: str, tasks: int) -> WeightedFactor:
    return WeightedFactor(
        human_hours=_hours(sums[f"{name}_hours_units"]) or Decimal(0),
        minutes=_minutes(sums[f"{name}_minutes_units"]) or Decimal(0),
        tasks=sums[f"{name}_pairs"] or 0,
        of_tasks=tasks,
    )


def _hours(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-HOURS_PLACES)


def _minutes(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-MINUTES_PLACES)
