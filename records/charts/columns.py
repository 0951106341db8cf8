"""Charts over time: bars from zero, and a line on a logarithmic axis, one column a period."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from records.charts.drawing import Disc, Drawing, Frame, Label, Mark, Path, Rect
from records.charts.scales import Linear, Logarithmic, apart, round_steps
from records.formats import quantity
from records.periods import MONTHS, Period, Unit

WIDEST = 64.0  # of a column, so that one or two do not fill the page
FILLED = 0.84  # of a column by its bar
LABEL_ROOM = 46.0


@dataclass(frozen=True)
class Column:
    """A period with its value; ``None`` where it has none. ``tip`` says it, ``url`` leads to its rows."""

    period: Period
    value: Decimal | None
    tip: str
    url: str


@dataclass(frozen=True)
class _Columns:
    frame: Frame
    count: int

    @property
    def width(self) -> float:
        return min((self.frame.right - self.frame.left) / self.count, WIDEST)

    def middle(self, number: int) -> float:
        return self.frame.left + (number + 0.5) * self.width


def bars(columns: Sequence[Column], frame: Frame, style: str, unit: str) -> Drawing:
    """A bar for each column that has a value above 0, on an axis from 0."""
    steps = round_steps(max((column.value or Decimal(0) for column in columns), default=Decimal(0)))
    scale = Linear(steps[-1], frame.bottom, frame.top)
    places = _Columns(frame, len(columns))
    width = round(places.width * FILLED, 2)
    marks: list[Mark] = [*_grid(frame, [(scale.at(step), f"{quantity(step)}{unit}") for step in steps])]
    for number, column in enumerate(columns):
        if column.value:
            y = min(scale.at(column.value), frame.bottom - 0.6)  # the smallest still shows
            x = round(places.middle(number) - width / 2, 2)
            height = round(frame.bottom - y, 1)
            marks.append(Rect(x, y, width, height, f"bar {style}", column.tip, column.url))
    marks.append(Path(f"M{frame.left} {frame.bottom}H{frame.right}", "axis"))
    return _drawing(frame, [*marks, *_dates(columns, places)])


def line(columns: Sequence[Column], frame: Frame, style: str, written: Callable[[Decimal], str]) -> Drawing:
    """A dot for each column that has a value, joined to the next where none is missing between."""
    values = [column.value for column in columns if column.value]
    scale = Logarithmic.of(values, frame.bottom - 6, frame.top + 4)
    places = _Columns(frame, len(columns))
    dots = [_dot(column, places.middle(number), scale, style) for number, column in enumerate(columns)]
    ticks = [(scale.at(value), written(value)) for value in scale.ticks()]
    joined = Path(_joined(dots), f"line {style}")
    known = [dot for dot in dots if dot]
    return _drawing(frame, [*_grid(frame, ticks), joined, *known, *_dates(columns, places)])


def _dot(column: Column, x: float, scale: Logarithmic, style: str) -> Disc | None:
    if not column.value:
        return None
    return Disc(round(x, 1), scale.at(column.value), 2.4, f"dot {style}", column.tip, column.url)


def _joined(dots: Sequence[Disc | None]) -> str:
    parts: list[str] = []
    before: Disc | None = None
    for dot in dots:
        if dot:
            parts.append(f"{'L' if before else 'M'}{dot.x} {dot.y}")
        before = dot
    return "".join(parts)


def _grid(frame: Frame, ticks: Sequence[tuple[float, str]]) -> Iterator[Mark]:
    for y, text in ticks:
        yield Path(f"M{frame.left} {y}H{frame.right}", "grid")
        yield Label(frame.left - 6, round(y + 3.6, 1), text, "tick", "end")


def _dates(columns: Sequence[Column], places: _Columns) -> Iterator[Label]:
    """The names of months or years below the columns they begin with, as many as there is room for."""
    texts = list(date_labels([column.period for column in columns]))
    y = places.frame.bottom + 17
    if places.width >= LABEL_ROOM:
        for number, text in enumerate(texts):
            yield Label(round(places.middle(number), 1), y, text, "tick", "middle")
        return
    starts = ((round(places.middle(n) - places.width / 2, 1), text) for n, text in enumerate(texts))
    for x, text in apart(starts):
        if x <= places.frame.right - 22:
            yield Label(x, y, text, "tick")


def date_labels(periods: Sequence[Period]) -> Iterator[str]:
    """What stands below each period: the month where one begins, the year with the first and each January.

    Few days or weeks are named each by itself, of some more days every fifth. A period that begins nothing
    gets no name.
    """
    few, some = len(periods) <= 14, len(periods) <= 45
    before: Period | None = None
    for period in periods:
        fifth = some and period.first.day % 5 == 0
        yield _date_label(period, before, each=few or (fifth and period.unit is Unit.DAY))
        before = period


def _date_label(period: Period, before: Period | None, *, each: bool) -> str:
    first = period.first
    month = MONTHS[first.month - 1][:3]
    if period.unit is Unit.YEAR:
        return f"{first.year}"
    if each and period.unit is Unit.DAY:
        return f"{month} {first.day}"
    if each and period.unit is Unit.WEEK:
        return f"W{first.isocalendar().week}"
    if before is None or before.first.year != first.year:
        return f"{month} {first.year}" if before is None else f"{first.year}"
    return month if before.first.month != first.month else ""


def _drawing(frame: Frame, marks: Sequence[Mark]) -> Drawing:
    return Drawing(frame.layout, frame.width, frame.height, tuple(marks))
