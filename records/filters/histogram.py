"""The factors of a list of tasks, counted on a logarithmic scale; each bar leads to its range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import QueryDict

from records.filters.links import link
from records.formats import plain, quantity

# Six bars a decade, the one in the middle around its power of ten. Both ends belong to a bar, as to every
# range, so the edges are numbers that hours by minutes hardly ever come to.
EDGES = tuple(
    Decimal(edge).scaleb(power)
    for power in range(-1, 4)
    for edge in ("1.21", "1.79", "2.63", "3.83", "5.63", "8.27")
)
FEWEST_BARS = 12
WIDTH, TOP, BASE, HEIGHT = 420.0, 6.0, 96.0, 116.0
GAP = 2.0
LEAST = 2.0  # height of a bar of one task among thousands


@dataclass(frozen=True)
class Bar:
    """The tasks of a range of factors: how many, where it is drawn, the address of the list of them."""

    place: int
    low: Decimal | None
    high: Decimal | None
    count: int
    url: str
    chosen: bool
    current: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def words(self) -> str:
        """The range, in words."""
        if self.low is None:
            return f"up to {quantity(self.high)}×"
        return f"from {quantity(self.low)}×" + ("" if self.high is None else f" to {quantity(self.high)}×")

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends as an address and a field have them, blank where the range is open."""
        return plain(self.low), plain(self.high)


@dataclass(frozen=True)
class Power:
    """A power of ten below its bar."""

    x: float
    label: str


@dataclass(frozen=True)
class Histogram:
    """Bars side by side, with the powers of ten below them."""

    bars: tuple[Bar, ...]
    powers: tuple[Power, ...]
    width: float = WIDTH
    height: float = HEIGHT
    top: float = TOP
    base: float = BASE

    @property
    def description(self) -> str:
        """The drawing in a sentence, for those who do not see it."""
        tallest = max(self.bars, key=lambda bar: bar.count)
        return (
            f"{len(self.bars)} bars on a logarithmic axis. "
            f"Most tasks, {quantity(tallest.count)}, lie in the range {tallest.words}."
        )


def edges_as_recorded(times: Fraction) -> list[float]:
    """The edges for figures that a scenario multiplies, as the column of factors is compared with them."""
    return [float(Fraction(edge) / times) for edge in EDGES]


def histogram(
    counts: Mapping[str, int], query: QueryDict, low: Decimal | None, high: Decimal | None
) -> Histogram | None:
    """The histogram of ``facet_counts``, the bars from ``low`` to ``high`` chosen; ``None`` of nothing."""
    filled = [_count(counts, place) for place in range(len(EDGES) + 1)]
    shown = _shown(filled)
    if not shown:
        return None
    width, most = WIDTH / len(shown), max(filled)
    bars = [
        _bar(place, filled[place], query, (low, high), (number * width, width, filled[place] / most))
        for number, place in enumerate(shown)
    ]
    return Histogram(tuple(bars), tuple(_powers(bars)))


def _count(counts: Mapping[str, int], place: int) -> int:
    """Both edges belong to a range, as to every range of the list."""
    return sum(counts.get(key, 0) for key in (f"{place}", f"={place - 1}", f"={place}"))


def _shown(filled: Sequence[int]) -> list[int]:
    """The places from the first to the last that is not empty, and some around them where that is few."""
    places = [place for place, count in enumerate(filled) if count]
    if not places:
        return []
    first, last = places[0], places[-1]
    while last - first + 1 < FEWEST_BARS:
        first, last = max(first - 1, 0), min(last + 1, len(filled) - 1)
    return list(range(first, last + 1))


def _bar(
    place: int,
    count: int,
    query: QueryDict,
    chosen: tuple[Decimal | None, Decimal | None],
    drawn: tuple[float, float, float],
) -> Bar:
    low = EDGES[place - 1] if place else None
    high = EDGES[place] if place < len(EDGES) else None
    x, width, share = drawn
    height = max((BASE - TOP) * share, LEAST) if count else 0.0
    current = chosen == (low, high)
    ends = (None, None) if current else (plain(low) or None, plain(high) or None)
    return Bar(
        place=place,
        low=low,
        high=high,
        count=count,
        url=link(query, factor_min=ends[0], factor_max=ends[1]),
        chosen=chosen != (None, None) and _within((low, high), chosen),
        current=current,
        x=round(x + GAP / 2, 1),
        y=round(BASE - height, 1),
        width=round(width - GAP, 1),
        height=round(height, 1),
    )


def _within(
    bar: tuple[Decimal | None, Decimal | None], chosen: tuple[Decimal | None, Decimal | None]
) -> bool:
    """Whether a range lies within the chosen one but for its edges."""
    above = chosen[0] is None or (bar[1] is None or bar[1] > chosen[0])
    below = chosen[1] is None or (bar[0] is None or bar[0] < chosen[1])
    return above and below


def _powers(bars: Sequence[Bar]) -> list[Power]:
    """One around which a bar lies: 1, 10, 100 and so on."""
    return [
        Power(round(bar.x + bar.width / 2, 1), f"{quantity(Decimal(10**power))}×")
        for bar in bars
        for power in range(5)
        if bar.low and bar.high and bar.low < 10**power < bar.high
    ]
