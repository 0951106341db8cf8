"""The arithmetic of leverage: the only place in Python that divides hours by minutes.

Pure: no models, no request, no Django. Hours are human-equivalent hours, minutes are wall-clock
minutes, and a value that is not known is ``None``, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol

MINUTES_PER_HOUR = 60
HOURS_PLACES = 4
MINUTES_PLACES = 2

# Wide enough that a quotient of two stored sums is never within a rounding error of a tie.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class Figures(Protocol):
    """What the arithmetic needs to know of one task."""

    @property
    def human_hours(self) -> Decimal | None:
        """Human hours."""

    @property
    def agent_minutes(self) -> Decimal | None:
        """Agent minutes."""

    @property
    def supervisory_minutes(self) -> Decimal | None:
        """Supervisory minutes."""

    @property
    def tokens(self) -> int | None:
        """Tokens."""


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` with exactly ``places`` decimals, half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def factor(human_hours: Decimal | None, minutes: Decimal | None) -> Decimal | None:
    """Human hours x 60 / minutes: the leverage factor, or the supervisory one for supervisory minutes.

    ``None`` when either part is unknown or the minutes are 0.
    """
    if human_hours is None or not minutes:
        return None
    return _EXACT.divide(human_hours * MINUTES_PER_HOUR, minutes)


def minutes_at(human_hours: Decimal | None, leverage: Decimal | None) -> Decimal | None:
    """Human hours x 60 / factor: the minutes that a factor was printed for; ``None`` without both."""
    return factor(human_hours, leverage)


def quotient(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """``part`` / ``whole``, for shares and for hours a task, a day or a week; ``None`` without both."""
    if part is None or not whole:
        return None
    return _EXACT.divide(Decimal(part), Decimal(whole))


def times(value: Decimal | None, multiplier: Decimal) -> Decimal | None:
    """``value`` multiplied, a quotient with all the digits it was divided to; ``None`` stays unknown."""
    return None if value is None else _EXACT.multiply(value, multiplier)


def median(values: Iterable[Decimal | None]) -> Decimal | None:
    """The middle of the known values, the mean of the two middle ones when their number is even."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    upper = len(known) // 2
    lower = upper if len(known) % 2 else upper - 1
    return (known[lower] + known[upper]) / 2


@dataclass(frozen=True)
class WeightedFactor:
    """A ratio of sums, over the tasks of which both parts are known."""

    human_hours: Decimal
    minutes: Decimal
    tasks: int
    of_tasks: int

    @property
    def value(self) -> Decimal | None:
        """Sum of human hours x 60 / sum of minutes; never the mean of the tasks' factors."""
        return factor(self.human_hours, self.minutes)

    @property
    def is_partial(self) -> bool:
        """Whether some tasks had to be left out because a part of them is unknown."""
        return self.tasks < self.of_tasks


@dataclass(frozen=True)
class Totals:
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

    @classmethod
    def of(cls, rows: Iterable[Figures]) -> "Totals":
        """The totals of tasks held in memory."""
        tasks = list(rows)
        supervision = [t.supervisory_minutes for t in tasks if t.supervisory_minutes is not None]
        tokens = [t.tokens for t in tasks if t.tokens is not None]
        return cls(
            tasks=len(tasks),
            human_hours=_sum(t.human_hours for t in tasks),
            agent_minutes=_sum(t.agent_minutes for t in tasks),
            supervisory_minutes=_sum(supervision),
            supervision_known=len(supervision),
            tokens=sum(tokens) if tokens else None,
            tokens_known=len(tokens),
            leverage=_weighted([(t.human_hours, _divisor(t)) for t in tasks]),
            supervision=_weighted([(t.human_hours, t.supervisory_minutes) for t in tasks]),
        )

    @classmethod
    def from_units(cls, sums: Mapping[str, int | None]) -> "Totals":
        """The totals of a row of SQL sums in whole units: 1/10,000 hour and 1/100 minute.

        Whole units keep the sums exact on a database that stores decimals as floats.
        """
        tasks = sums["tasks"] or 0
        return cls(
            tasks=tasks,
            human_hours=_hours(sums["hours_units"]),
            agent_minutes=_minutes(sums["agent_units"]),
            supervisory_minutes=_minutes(sums["supervisory_units"]),
            supervision_known=sums["supervision_known"] or 0,
            tokens=sums["tokens_sum"],
            tokens_known=sums["tokens_known"] or 0,
            leverage=_weighted_units(sums, "leverage", tasks),
            supervision=_weighted_units(sums, "supervision", tasks),
        )

    def tokens_with(self, stated: int | None) -> int | None:
        """The tokens to show: the sum wins only when every task has tokens, else what was stated."""
        if self.tasks and self.tokens_known == self.tasks:
            return self.tokens
        return stated if stated is not None else self.tokens

    def scaled(self, *, hours: Decimal, supervision: Decimal) -> "Totals":
        """The totals as they were with all human hours and all supervisory minutes multiplied."""
        average, supervisory = self.leverage, self.supervision
        return replace(
            self,
            human_hours=times(self.human_hours, hours),
            supervisory_minutes=times(self.supervisory_minutes, supervision),
            leverage=replace(average, human_hours=average.human_hours * hours),
            supervision=replace(
                supervisory,
                human_hours=supervisory.human_hours * hours,
                minutes=supervisory.minutes * supervision,
            ),
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


def _divisor(row: Figures) -> Decimal | None:
    """Agent minutes, unless the row says that its hours are divided by others, as in a scenario."""
    minutes: Decimal | None = getattr(row, "leverage_minutes", row.agent_minutes)
    return minutes


def _weighted(pairs: Sequence[tuple[Decimal | None, Decimal | None]]) -> WeightedFactor:
    known = [(hours, minutes) for hours, minutes in pairs if hours is not None and minutes is not None]
    return WeightedFactor(
        human_hours=sum((hours for hours, _ in known), Decimal(0)),
        minutes=sum((minutes for _, minutes in known), Decimal(0)),
        tasks=len(known),
        of_tasks=len(pairs),
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
