"""Leverage against the size of the task, both on logarithmic axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from records.charts.drawing import Disc, Drawing, Frame, Label, Mark, Path
from records.charts.scales import Logarithmic, apart
from records.formats import quantity, task_factor

MOST_DOTS = 500  # beyond them, dots are gathered in fields
FIELD = 9.0  # the side of one, in units of the drawing
LARGEST, SMALLEST = 4.4, 1.5
LEAST_ROOM = 40.0  # between two labels of the axis below


@dataclass(frozen=True)
class Spot:
    """Tasks of the same hours and the same factor; ``url`` is the page of one of them."""

    human_hours: Decimal
    factor: Decimal
    tasks: int
    url: str


def is_gathered(spots: Sequence[Spot]) -> bool:
    """Whether there are so many that a dot stands for all tasks of a field."""
    return len(spots) > MOST_DOTS


def scatter(spots: Sequence[Spot], frame: Frame) -> Drawing:
    """A dot for each spot, its area the number of tasks; for each field that has some, where they are many."""
    x = Logarithmic.of((spot.human_hours for spot in spots), frame.left + 6, frame.right - 6)
    y = Logarithmic.of((spot.factor for spot in spots), frame.bottom - 6, frame.top + 6)
    marks: list[Mark] = []
    for value in y.ticks():
        marks.append(Path(f"M{frame.left} {y.at(value)}H{frame.right}", "grid"))
        marks.append(Label(frame.left - 6, round(y.at(value) + 3.6, 1), f"{quantity(value)}×", "tick", "end"))
    hours = [(x.at(value), f"{quantity(value)} h") for value in x.ticks()]
    marks += [Label(at, frame.bottom + 17, text, "tick", "middle") for at, text in apart(hours, LEAST_ROOM)]
    marks.append(Path(f"M{frame.left} {frame.bottom}H{frame.right}", "axis"))
    placed = [(x.at(spot.human_hours), y.at(spot.factor), spot) for spot in spots]
    marks += _gathered(placed) if is_gathered(spots) else _single(placed)
    return Drawing(frame.layout, frame.width, frame.height, tuple(marks))


def _single(placed: Sequence[tuple[float, float, Spot]]) -> list[Mark]:
    unit = _unit(max(spot.tasks for _, _, spot in placed))
    return [
        Disc(x, y, round(unit * sqrt(spot.tasks), 2), "dot leverage", _said(spot), spot.url)
        for x, y, spot in placed
    ]


def _gathered(placed: Sequence[tuple[float, float, Spot]]) -> list[Mark]:
    fields: dict[tuple[int, int], list[Spot]] = {}
    for x, y, spot in placed:
        fields.setdefault((int(x // FIELD), int(y // FIELD)), []).append(spot)
    counts = {place: sum(spot.tasks for spot in spots) for place, spots in fields.items()}
    unit = _unit(max(counts.values()))
    return [
        Disc(
            round((column + 0.5) * FIELD, 1),
            round((row + 0.5) * FIELD, 1),
            round(max(unit * sqrt(counts[column, row]), 0.5), 2),
            "dot leverage",
            _said_together(spots, counts[column, row]),
        )
        for (column, row), spots in sorted(fields.items())
    ]


def _unit(most: int) -> float:
    return min(LARGEST / sqrt(most), SMALLEST * 1.6)


def _said(spot: Spot) -> str:
    count = "" if spot.tasks == 1 else f", {spot.tasks:,} tasks"
    return f"{quantity(spot.human_hours)} h at {task_factor(spot.factor)}×{count}"


def _said_together(spots: Sequence[Spot], count: int) -> str:
    hours, factors = [spot.human_hours for spot in spots], [spot.factor for spot in spots]
    if len(spots) == 1:
        return _said(spots[0])
    return (
        f"{count:,} tasks of {quantity(min(hours))} to {quantity(max(hours))} h "
        f"at {task_factor(min(factors))}× to {task_factor(max(factors))}×"
    )
