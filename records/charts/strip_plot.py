"""The strip plot: one dot a task on a logarithmic axis of factors, one lane a category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import log10, sqrt

from records.charts.drawing import Cell, Disc, Drawing, Figure, Label, Mark, Numbers, Path
from records.charts.scales import Logarithmic, apart, written
from records.formats import average_factor, quantity, task_factor

KEPT = 64  # charts of days that are read again
SMALLEST_FOUND = 2.6  # a disc below this radius wears a ring of it, so that the eye finds it
SMALLEST_AT_MOST = 6.0  # a day of small tasks alone does not blow them up
GAP = 0.8  # between two dots of a lane
ENOUGH_TICKS = 5


@dataclass(frozen=True)
class Point:
    """A task as the strip plot sees it; ``url`` is where it leads to."""

    label: str
    human_hours: Decimal
    factor: Decimal
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """A named group of tasks with its weighted average factor."""

    name: str
    average: Decimal
    points: Sequence[Point]


@dataclass(frozen=True)
class Layout:
    """The room a plot has, in units of its viewBox."""

    name: str
    width: float
    left: float
    right: float
    largest_radius: float
    label_above: bool
    least_lane: float


DESK = Layout("desk", 760, left=150, right=734, largest_radius=22, label_above=False, least_lane=26)
PHONE = Layout("phone", 344, left=8, right=336, largest_radius=17, label_above=True, least_lane=20)
LABEL_ROOM = 18.0
TOP, AXIS_ROOM = 8.0, 24.0


@dataclass(frozen=True)
class Dot:
    """A task: its disc, whose area is its human hours, and the ring that helps to find a tiny one."""

    x: float
    y: float
    radius: float
    ring: float | None
    label: str
    url: str


@dataclass(frozen=True)
class Lane:
    """One category: its line, its label, its dots and the tick of its weighted average."""

    name: str
    y: float
    label_x: float
    label_y: float
    average_x: float
    average_top: float
    average_bottom: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Tick:
    """A grid line of the axis; its label is blank where there is no room for one."""

    x: float
    label: str


@dataclass(frozen=True)
class StripPlot:
    """A drawing of factors by category on a logarithmic axis."""

    layout: Layout
    height: float
    grid_top: float
    grid_bottom: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    description: str


def strip_plot(strips: Sequence[Strip], layout: Layout) -> StripPlot | None:
    """One dot a task, the strips ordered by weighted average, highest first; ``None`` without a task."""
    ordered = sorted((s for s in strips if s.points), key=lambda strip: -strip.average)
    points = [point for strip in ordered for point in strip.points]
    if not points:
        return None
    unit = _radius_of_one_hour(points, layout)
    axis = _axis(points, layout, margin=unit * sqrt(max(point.human_hours for point in points)))
    lanes, bottom = [], TOP
    for strip in ordered:
        lane, bottom = _lane(strip, axis, layout, unit, bottom)
        lanes.append(lane)
    return StripPlot(
        layout=layout,
        height=round(bottom + AXIS_ROOM, 1),
        grid_top=TOP,
        grid_bottom=round(bottom, 1),
        ticks=tuple(_ticks(axis)),
        lanes=tuple(lanes),
        description=_described(ordered),
    )


def _radius_of_one_hour(points: Iterable[Point], layout: Layout) -> float:
    """The scale of the discs: radius = this x sqrt(hours) for every task, without a lower bound."""
    hours = [float(point.human_hours) for point in points]
    return min(layout.largest_radius / sqrt(max(hours)), SMALLEST_AT_MOST / sqrt(min(hours)))


def _axis(points: Sequence[Point], layout: Layout, margin: float) -> Logarithmic:
    """A logarithmic axis that holds all factors, with room for the largest disc at either end."""
    factors = [log10(point.factor) for point in points]
    low, high = min(factors), max(factors)
    if high - low < 0.6:
        low, high = (low + high) / 2 - 0.3, (low + high) / 2 + 0.3
    margin = max(margin, 12.0)
    room = (high - low) * margin / (layout.right - layout.left - 2 * margin)
    return Logarithmic(low - room, high + room, layout.left, layout.right)


def _ticks(axis: Logarithmic) -> Iterable[Tick]:
    """Lines at round factors, with those of their labels that do not run into each other."""
    places = [(axis.at(factor), written(factor)) for factor in axis.ticks(ENOUGH_TICKS)]
    labels = dict(apart(places))
    return [Tick(x, labels.get(x, "")) for x, _ in places]


def _lane(strip: Strip, axis: Logarithmic, layout: Layout, unit: float, top: float) -> tuple[Lane, float]:
    """A category drawn from ``top`` down, as tall as its swarm of dots, and where it ends."""
    swarm = _swarm(strip.points, axis, unit)
    least = layout.least_lane / 2
    above = max(least, *((dot.ring or dot.radius) + 2 - dot.y for dot in swarm))
    below = max(least, *((dot.ring or dot.radius) + 2 + dot.y for dot in swarm))
    label_y = top + LABEL_ROOM - 5
    y = top + above + (LABEL_ROOM if layout.label_above else 0)
    lane = Lane(
        name=strip.name,
        y=round(y, 1),
        label_x=0.0 if layout.label_above else layout.left - 14,
        label_y=round(label_y if layout.label_above else y + 4, 1),
        average_x=axis.at(strip.average),
        average_top=round(y - above + 1, 1),
        average_bottom=round(y + below - 1, 1),
        dots=tuple(replace(dot, x=round(dot.x, 1), y=round(y + dot.y, 1)) for dot in swarm),
    )
    return lane, y + below


def _swarm(points: Sequence[Point], axis: Logarithmic, unit: float) -> list[Dot]:
    """The dots of a lane around y = 0, none covering another: the largest first, each as near as it can."""
    placed: list[Dot] = []
    for point in sorted(points, key=lambda point: (-point.human_hours, point.factor)):
        radius = unit * sqrt(point.human_hours)
        reach = max(radius, SMALLEST_FOUND)
        x = axis.at(point.factor)
        y = _nearest_free(x, reach, placed)
        ring = None if radius >= SMALLEST_FOUND else SMALLEST_FOUND
        placed.append(Dot(x, y, round(radius, 3), ring, _labelled(point), point.url))
    return placed


def _nearest_free(x: float, reach: float, placed: Sequence[Dot]) -> float:
    """The y next to the line at which a dot of this reach touches no other."""
    blocked = []
    for dot in placed:
        apart = (dot.ring or dot.radius) + reach + GAP
        if abs(dot.x - x) < apart:
            half = sqrt(apart**2 - (dot.x - x) ** 2)
            blocked.append((dot.y - half, dot.y + half))
    below = _pushed_out(blocked)
    above = -_pushed_out([(-high, -low) for low, high in blocked])
    return below if below <= -above else above


def _pushed_out(blocked: Iterable[tuple[float, float]]) -> float:
    """The least number from 0 up that lies within none of the open intervals."""
    free = 0.0
    for low, high in sorted(blocked):
        if low < free < high:
            free = high
    return free


def _labelled(point: Point) -> str:
    return f"{point.label}: {task_factor(point.factor)}×, {quantity(point.human_hours)} h"


def _described(strips: Sequence[Strip]) -> str:
    """The chart in a sentence, for those who do not see it."""
    averages = "; ".join(f"{strip.name} {average_factor(strip.average)}×" for strip in strips)
    return f"Weighted average leverage factor by category, highest first: {averages}."


def drawing_of(plot: StripPlot) -> Drawing:
    """The plot as marks to draw."""
    marks: list[Mark] = []
    for tick in plot.ticks:
        marks.append(Path(f"M{tick.x} {plot.grid_top}V{plot.grid_bottom}", "grid"))
        if tick.label:
            marks.append(Label(tick.x, round(plot.height - 6, 1), tick.label, "tick", "middle"))
    for lane in plot.lanes:
        marks += _marks_of(lane, plot.layout)
    return Drawing(plot.layout.name, plot.layout.width, plot.height, tuple(marks))


def of_day(strips: Sequence[Strip], numbers: Sequence[Sequence[Cell]]) -> Figure | None:
    """The chart of a day by category, and its numbers; ``None`` without a task. It is kept for a while."""
    each = (replace(strip, points=tuple(strip.points)) for strip in strips)
    return _of_day(tuple(each), tuple(map(tuple, numbers)))


@lru_cache(KEPT)
def _of_day(strips: tuple[Strip, ...], numbers: tuple[tuple[Cell, ...], ...]) -> Figure | None:
    plots = [plot for layout in (DESK, PHONE) if (plot := strip_plot(strips, layout))]
    if not plots:
        return None
    largest = max(point.human_hours for strip in strips for point in strip.points)
    return Figure(
        "by-category",
        "Leverage factor by category",
        f"One dot a task, its area the human hours, the largest {quantity(largest)} h; "
        "a ring helps to find the smallest. The upright tick is the category’s weighted average factor.",
        plots[0].description,
        tuple(drawing_of(plot) for plot in plots),
        Numbers(("Category", "Tasks", "Human, h", "Weighted, ×", "Lowest, ×", "Highest, ×"), numbers),
    )


def _marks_of(lane: Lane, layout: Layout) -> Iterable[Mark]:
    anchor = "start" if layout.label_above else "end"
    yield Label(lane.label_x, lane.label_y, lane.name, "label", anchor)
    yield Path(f"M{layout.left} {lane.y}H{layout.right}", "row")
    yield Path(f"M{lane.average_x} {lane.average_top}V{lane.average_bottom}", "average")
    for dot in lane.dots:
        yield Disc(dot.x, dot.y, dot.radius, "dot", dot.label, dot.url, dot.ring)
