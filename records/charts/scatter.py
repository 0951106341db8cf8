"""Leverage against the size of the task, both on logarithmic axes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10, sqrt

from records.charts.drawing import Disc, Drawing, Frame, Label, Mark, Path
from records.charts.scales import Logarithmic, apart, written
from records.formats import quantity, task_factor

MOST_DOTS = 500  # beyond them, dots are gathered in fields
FIELDS = 10  # to a tenfold, in either direction
LARGEST, SMALLEST = 4.4, 1.5


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
    """A dot for each spot, or for each field of many spots, its area the number of tasks."""
    x = Logarithmic.of((spot.human_hours for spot in spots), frame.left + 6, frame.right - 6)
    y = Logarithmic.of((spot.factor for spot in spots), frame.bottom - 6, frame.top + 6)
    marks: list[Mark] = []
    for value in y.ticks():
        marks.append(Path(f"M{frame.left} {y.at(value)}H{frame.right}", "grid"))
        marks.append(Label(frame.left - 6, round(y.at(value) + 3.6, 1), written(value), "tick", "end"))
    hours = [(x.at(value), f"{quantity(value)} h") for value in x.ticks()]
    marks += [Label(at, frame.bottom + 17, text, "tick", "middle") for at, text in apart(hours)]
    marks.append(Path(f"M{frame.left} {frame.bottom}H{frame.right}", "axis"))
    groups = _gathered(spots) if is_gathered(spots) else [[spot] for spot in spots]
    marks += _dots(groups, x, y)
    return Drawing(frame.layout, frame.width, frame.height, tuple(marks))


def _gathered(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The spots field by field; the fields are those of the values, the same for every width."""
    fields: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        fields.setdefault((_field(spot.human_hours), _field(spot.factor)), []).append(spot)
    return [fields[place] for place in sorted(fields)]


def _field(value: Decimal) -> int:
    return floor(log10(value) * FIELDS)


def _dots(groups: Sequence[Sequence[Spot]], x: Logarithmic, y: Logarithmic) -> Iterator[Disc]:
    """A dot for each group, where its largest spot lies."""
    counts = [sum(spot.tasks for spot in group) for group in groups]
    unit = _unit(max(counts))
    for group, count in zip(groups, counts, strict=True):
        spot = max(group, key=lambda spot: spot.tasks)
        radius = round(max(unit * sqrt(count), 0.5), 2)
        url = spot.url if count == 1 else ""
        place = (x.at(spot.human_hours), y.at(spot.factor), radius)
        yield Disc(*place, "dot leverage", _said_together(group, count), url)


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
