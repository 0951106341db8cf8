"""What the rows of an imported day can add up to, from the least to the most.

Pure. Exact rows have exact sums. Minutes derived from a printed factor, ``850k`` tokens and hours printed in
minutes were rounded before they were stored, so their sums are spans.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from records.importers.columns import Column
from records.importers.day import ImportedTask
from records.importers.figures import (
    NotAFigure,
    Printed,
    factor_in,
    hours_printed,
    is_empty,
    minutes_printed,
    tokens_in,
)
from records.importers.known import Known
from records.leverage import factor, minutes_at


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that something can be; ``high`` is ``None`` where nothing bounds it."""

    low: Decimal
    high: Decimal | None

    def meets(self, figure: Printed) -> bool:
        """Whether a printed figure can stand for something in it."""
        return self.low <= figure.high and (self.high is None or self.high >= figure.low)

    def over(self, divisor: Decimal) -> "Span":
        """The span in a unit so many times as large."""
        return Span(self.low / divisor, None if self.high is None else self.high / divisor)


def total(spans: Iterable[Span | None]) -> Span | None:
    """The span of a sum over what is known; nothing known has none."""
    known = [span for span in spans if span is not None]
    if not known:
        return None
    highs = [span.high for span in known if span.high is not None]
    high = sum(highs, Decimal(0)) if len(highs) == len(known) else None
    return Span(sum((span.low for span in known), Decimal(0)), high)


def leverage(hours: Span | None, minutes: Span | None) -> Span | None:
    """The span of hours x 60 / minutes; ``None`` without both, or for no minutes at all."""
    if hours is None or minutes is None or minutes.high == 0:
        return None
    low = Decimal(0) if minutes.high is None else factor(hours.low, minutes.high)
    high = None if hours.high is None else factor(hours.high, minutes.low)
    return Span(low or Decimal(0), high)


def weighted(tasks: Sequence[ImportedTask], column: Column, known: Known) -> Span | None:
    """The span of a weighted average: the ratio of the sums over the rows of which both parts are known."""
    pairs = [(hours_of(task, known), minutes_of(task, column, known)) for task in tasks]
    whole = [(hours, minutes) for hours, minutes in pairs if hours is not None and minutes is not None]
    return leverage(total(hours for hours, _ in whole), total(minutes for _, minutes in whole))


def hours_of(task: ImportedTask, known: Known) -> Span | None:
    """The human hours of a row."""
    if task.human_hours is None:
        return None
    cell = task.cells.get(Column.HUMAN_HOURS, "")
    return _span(task.human_hours, hours_printed(cell, known) if not is_empty(cell) else None)


def minutes_of(task: ImportedTask, column: Column, known: Known) -> Span | None:
    """The minutes of a row in a column, which may follow from its printed factor."""
    is_agent = column is Column.AGENT_MINUTES
    minutes = task.agent_minutes if is_agent else task.supervisory_minutes
    if minutes is None:
        return None
    cell = task.cells.get(column, "")
    if not is_empty(cell):
        return _span(minutes, minutes_printed(cell, known))
    ratio = task.cells.get(Column.FACTOR if is_agent else Column.SUPERVISORY_FACTOR, "")
    return _derived(hours_of(task, known), ratio) or Span(minutes, minutes)


def tokens_of(task: ImportedTask) -> Span | None:
    """The tokens of a row."""
    if task.tokens is None:
        return None
    cell = task.cells.get(Column.TOKENS, "")
    return _span(Decimal(task.tokens), tokens_in(cell) if not is_empty(cell) else None)


def _derived(hours: Span | None, ratio: str) -> Span | None:
    try:
        printed = factor_in(ratio)
    except NotAFigure:
        return None
    if hours is None or hours.high is None:
        return None
    least = minutes_at(hours.low, printed.high)
    most = minutes_at(hours.high, printed.low) if printed.low > 0 else None
    return None if least is None else Span(least, most)


def _span(value: Decimal, printed: Printed | None) -> Span:
    return Span(value, value) if printed is None else Span(printed.low, printed.high)
