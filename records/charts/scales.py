"""Axes: where a value lies between two ends, and which round numbers are marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from records.formats import quantity

MILLION = 1_000_000
LETTER = 5.8  # the width of one in a label, about
LEAST_DECADES = 0.3  # so that a single value gets an axis as well
ENOUGH_TICKS = 3
_STEPS = (
    ("1",),
    ("1", "3"),
    ("1", "2", "5"),
    ("1", "1.5", "2", "3", "4", "5", "7"),
    ("1", "1.2", "1.4", "1.6", "1.8", "2", "2.5", "3", "3.5", "4", "5", "6", "7", "8", "9"),
)


def round_steps(highest: Decimal, at_most: int = 5) -> list[Decimal]:
    """The multiples of 1, 2 or 5 times a power of ten above 0, up to the first that reaches the highest."""
    if highest <= 0:
        return [Decimal(1)]
    power = floor(log10(highest / at_most))
    sizes = (Decimal(step).scaleb(power) for step in (1, 2, 5, 10, 20, 50))
    step = next(size for size in sizes if size * at_most >= highest)
    return [step * number for number in range(1, ceil(highest / step) + 1)]


@dataclass(frozen=True)
class Linear:
    """An axis from 0 at ``start`` to ``highest`` at ``end``, in units of the drawing."""

    highest: Decimal
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """Where a value lies."""
        return round(self.start + float(value / self.highest) * (self.end - self.start), 1)


@dataclass(frozen=True)
class Logarithmic:
    """An axis on which each tenfold takes the same room; ``low`` and ``high`` are powers of ten."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def of(cls, values: Iterable[Decimal], start: float, end: float, margin: float = 0.04) -> "Logarithmic":
        """An axis that holds all of the values, with some room at either end."""
        powers = [log10(value) for value in values]
        low, high = min(powers), max(powers)
        lacking = max(LEAST_DECADES - (high - low), 0) / 2
        room = (high - low) * margin + lacking
        return cls(low - room, high + room, start, end)

    def at(self, value: Decimal) -> float:
        """Where a value above 0 lies."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, enough: int = ENOUGH_TICKS) -> list[Decimal]:
        """Round multiples of the powers of ten: the fewest kinds of them that mark ``enough`` places."""
        found: list[Decimal] = []
        for steps in _STEPS:
            found = [value for value in self._multiples(steps) if self.low <= log10(value) <= self.high]
            if len(found) >= enough:
                break
        return found

    def _multiples(self, steps: Iterable[str]) -> Iterator[Decimal]:
        for power in range(floor(self.low), ceil(self.high) + 1):
            for step in steps:
                yield Decimal(step).scaleb(power)


def written(factor: Decimal) -> str:
    """A round factor beside an axis: from a million on short, 1M×, since there is no room for its noughts."""
    return f"{quantity(factor / MILLION, places=2)}M×" if factor >= MILLION else f"{quantity(factor)}×"


def apart(places: Iterable[tuple[float, str]], gap: float = 12.0) -> list[tuple[float, str]]:
    """Those of some labels by their places that leave a gap to the one kept before."""
    kept: list[tuple[float, str]] = []
    for x, text in places:
        if text and (not kept or x - kept[-1][0] >= LETTER * len(kept[-1][1]) + gap):
            kept.append((x, text))
    return kept
