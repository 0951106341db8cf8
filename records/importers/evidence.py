"""Whether the figures of a split row bear each other out: factors, and weeks, that follow from its hours.

Pure. A printed factor stands for all that rounds to it, ties either way. A factor that was not printed says
nothing for a split and nothing against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from records.importers.columns import Column
from records.importers.figures import (
    NotAFigure,
    Printed,
    decimals_of,
    factor_in,
    hours_in,
    hours_printed,
    is_empty,
    minutes_printed,
    weeks_in,
)
from records.importers.known import Known
from records.importers.splitting import Cells
from records.leverage import factor, quotient

RATIOS = (
    (Column.FACTOR, Column.AGENT_MINUTES),
    (Column.SUPERVISORY_FACTOR, Column.SUPERVISORY_MINUTES),
)
_ENOUGH_ROWS = 3  # from which the decimals that a page prints are seen


def fits(cells: Cells, known: Known, decimals: Mapping[Column, int] | None = None) -> bool:
    """Whether no printed factor contradicts the hours and minutes, and neither hours nor agent minutes are 0.

    ``decimals`` are those the page prints a factor with, where ``480.0`` was cut down from ``480.00``.
    """
    try:
        hours = hours_printed(cells[Column.HUMAN_HOURS], known)
        agent = _minutes(cells, Column.AGENT_MINUTES, known)
        if not hours.value or (agent is not None and not agent.value):
            return False
        return all(_follows(cells, pair, hours, known, decimals or {}) for pair in RATIOS)
    except NotAFigure:
        return False


def told_apart(fitting: Sequence[Cells], known: Known) -> list[Cells]:
    """Those whose weeks follow from their hours as well, when the factors left several."""
    if len(fitting) < 2 or Column.WEEKS not in fitting[0]:
        return list(fitting)
    return [cells for cells in fitting if _weeks_follow(cells, known)] or list(fitting)


def decimals_printed(rows: Iterable[Cells], known: Known) -> dict[Column, int]:
    """How many decimals a page gives its factors, as its rows show; only where all of them bear it out."""
    whole = list(rows)
    found = {
        column: max((decimals_of(row.get(column, "")) for row in whole), default=0) for column, _ in RATIOS
    }
    if len(whole) < _ENOUGH_ROWS or not all(fits(row, known, found) for row in whole):
        return {}
    return found


def _follows(
    cells: Cells, pair: tuple[Column, Column], hours: Printed, known: Known, decimals: Mapping[Column, int]
) -> bool:
    ratio, part = pair
    cell = cells.get(ratio, "")
    minutes = _minutes(cells, part, known)
    if is_empty(cell) or minutes is None:
        return True
    printed = factor_in(cell)
    half = min(printed.half, Decimal(5).scaleb(-decimals.get(ratio, 0) - 1))
    return Printed(printed.value, half).holds(
        factor(hours.low, minutes.high), factor(hours.high, minutes.low)
    )


def _minutes(cells: Cells, column: Column, known: Known) -> Printed | None:
    cell = cells.get(column, "")
    return None if is_empty(cell) else minutes_printed(cell, known)


def _weeks_follow(cells: Cells, known: Known) -> bool:
    try:
        weeks = quotient(hours_in(cells[Column.HUMAN_HOURS], known), known.hours_per_week)
        return weeks_in(cells[Column.WEEKS]).holds(weeks)
    except NotAFigure:
        return False
