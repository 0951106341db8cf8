"""Charts over time: bars from zero, and a line on a logarithmic axis, one column a period."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from records.charts.drawing import Disc, Drawing, Frame, Label, Mark, Path, Rect
from records.charts.scales import Linear, Logarithmic, apart, round_steps
from records.formats import quantity
from records.periods import MONTHS, Period, Unit

WIDEST = 64.0  # of a bar and its margins, so that one or two do not fill the page
FARTHEST = 128.0  # from one column to the next: a week still reaches across the page
FILLED = 0.84  # of a column by its bar
LABEL_ROOM = 40.0
BESIDE = 6.0  # from the axis to what stands beside it
THURSDAY = 3  # days after the Monday that a week begins with
A_DIGIT = 5.9  # how wide a sign beside the axis is, about


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
        return min((self.frame.right - self.frame.left) / self.count, FARTHEST)

    @property
    def bar(self) -> float:
        return round(min(self.width, WIDEST) * FILLED, 2)

    def middle(self, number: int) -> float:
        return self.frame.left + (number + 0.5) * self.width


def bars(columns: Sequence[Column], frame: Frame, style: str, unit: str) -> Drawing:
    """A bar for each column that has a value above 0, on an axis from 0."""
    steps = round_steps(max((column.value or Decimal(0) for column in columns), default=Decimal(0)))
    scale = Linear(steps[-1], frame.bottom, frame.top)
    ticks = [(scale.at(step), f"{quantity(step)}{unit}") for step in steps]
    frame = _with_room_for(ticks, frame)
    places = _Columns(frame, len(columns))
    width = places.bar
    marks: list[Mark] = [*_grid(frame, ticks)]
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
    ticks = [(scale.at(value), written(value)) for value in scale.ticks()]
    frame = _with_room_for(ticks, frame)
    places = _Columns(frame, len(columns))
    dots = [_dot(column, places.middle(number), scale, style) for number, column in enumerate(columns)]
    joined = Path(_joined(dots), f"line {style}")
    known = [dot for dot in dots if dot]
    return _drawing(frame, [*_grid(frame, ticks), joined, *known, *_dates(columns, places)])


def _with_room_for(ticks: Sequence[tuple[float, str]], frame: Frame) -> Frame:
    """The frame, its axis so far from the left that what stands beside it begins within the chart."""
    longest = max((len(text) for _, text in ticks), default=0)
    return replace(frame, left=max(frame.left, BESIDE + round(longest * A_DIGIT)))


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
        yield Label(frame.left - BESIDE, round(y + 3.6, 1), text, "tick", "end")


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
    gets no name. A week belongs to the month and the year of its Thursday, as in its number.
    """
    few, some = len(periods) <= 14, len(periods) <= 45
    before: Period | None = None
    for period in periods:
        fifth = some and period.first.day % 5 == 0
        yield _date_label(period, before, each=few or (fifth and period.unit is Unit.DAY))
        before = period


def _date_label(period: Period, before: Period | None, *, each: bool) -> str:
    first = _named_by(period)
    month = MONTHS[first.month - 1][:3]
    if period.unit is Unit.YEAR:
        return f"{first.year}"
    if each and period.unit is Unit.DAY:
        return f"{month} {first.day}"
    if each and period.unit is Unit.WEEK:
        return f"W{first.isocalendar().week}"
    if before is None:
        return f"{month} {first.year}"
    if _named_by(before).year != first.year:
        return f"{first.year}"
    return month if _named_by(before).month != first.month else ""


def _named_by(period: Period) -> date:
    """The day whose month and year a period goes by."""
    return period.first + timedelta(days=THURSDAY) if period.unit is Unit.WEEK else period.first


def _drawing(frame: Frame, marks: Sequence[Mark]) -> Drawing:
    return Drawing(frame.layout, frame.width, frame.height, tuple(marks))
