"""The distribution of factors: each bar holds what lies between a number and its double."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log2

from records.charts.drawing import Drawing, Frame, Label, Mark, Path, Rect
from records.charts.scales import LETTER, Linear, apart, round_steps, written
from records.formats import quantity

ROW = 12.0
EDGE_GAP = 8.0  # between the labels of two ends


@dataclass(frozen=True)
class Bin:
    """The factors from ``low`` up to and without its double: how many tasks have one, where those are."""

    low: Decimal
    count: int
    tip: str = ""
    url: str = ""

    @property
    def high(self) -> Decimal:
        """Its end, which belongs to the next."""
        return self.low * 2


@dataclass(frozen=True)
class Quantile:
    """A named place in the distribution."""

    name: str
    value: Decimal


def doublings(values: Sequence[tuple[Decimal, int]]) -> list[tuple[Decimal, int]]:
    """The lower ends of bins from the lowest value to the highest, each with how many lie in it."""
    counts: dict[int, int] = {}
    for value, times in values:
        power = _power_below(value)
        counts[power] = counts.get(power, 0) + times
    return [(_two_to(power), counts.get(power, 0)) for power in range(min(counts), max(counts) + 1)]


def histogram(bins: Sequence[Bin], quantiles: Sequence[Quantile], frame: Frame) -> Drawing:
    """The bins as bars from 0 on a logarithmic axis, the quantiles as lines with their names above."""
    first, last = log2(bins[0].low), log2(bins[-1].high)
    unit = min((frame.right - frame.left) / (last - first), 90.0)

    def x(value: Decimal) -> float:
        return round(frame.left + (log2(value) - first) * unit, 1)

    named = list(_named(quantiles, x, frame))
    steps = round_steps(Decimal(max(each.count for each in bins)), at_most=4)
    steps = [step for step in steps if step == int(step)] or [Decimal(1)]
    scale = Linear(steps[-1], frame.bottom, frame.top)
    marks: list[Mark] = []
    for step in steps:
        marks.append(Path(f"M{frame.left} {scale.at(step)}H{frame.right}", "grid"))
        marks.append(Label(frame.left - 6, scale.at(step) + 3.6, quantity(step), "tick", "end"))
    for each in bins:
        if each.count:
            y = min(scale.at(Decimal(each.count)), frame.bottom - 0.6)
            height = round(frame.bottom - y, 1)
            place = (round(x(each.low) + 1, 1), y, round(unit - 2, 1), height)
            marks.append(Rect(*place, "bar leverage", each.tip, each.url))
    marks.append(Path(f"M{frame.left} {frame.bottom}H{frame.right}", "axis"))
    marks += _edges(bins, x, frame)
    return Drawing(frame.layout, frame.width, frame.height, (*marks, *named))


def _edges(bins: Sequence[Bin], x: Callable[[Decimal], float], frame: Frame) -> Iterator[Label]:
    """The ends of the bins below them; every second, fourth and so on where all would run together."""
    ends = [*(each.low for each in bins), bins[-1].high]
    places = [(x(end), written(end)) for end in ends]
    while apart(places, EDGE_GAP) != places:
        places = places[::2]
    for at, text in places:
        yield Label(at, frame.bottom + 17, text, "tick", "middle")


def _named(quantiles: Sequence[Quantile], x: Callable[[Decimal], float], frame: Frame) -> Iterator[Mark]:
    """A line for each quantile and its name in the first row above where it touches no other, if any."""
    ends = [0.0, 0.0, 0.0]
    for each in quantiles:
        place = x(each.value)
        half = len(each.name) * LETTER / 2
        middle = min(max(place, frame.left + half), frame.right - half)
        row = next((row for row, end in enumerate(ends) if middle - half > end), None)
        y = frame.top - 8 - ROW * (row or 0)
        yield Path(f"M{place} {y + 3}V{frame.bottom}", "quantile")
        if row is not None:
            ends[row] = middle + half + 10
            yield Label(round(middle, 1), y, each.name, "tick", "middle")


def _two_to(power: int) -> Decimal:
    return Decimal(2) ** power


def _power_below(value: Decimal) -> int:
    """The power of two at or below a value, exact at the powers themselves."""
    power = floor(log2(value))
    return power + 1 if _two_to(power + 1) <= value else power - 1 if _two_to(power) > value else power
