"""A year as a calendar: one column a week, one cell a day, Monday on top."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from records.charts.drawing import Disc, Drawing, Label, Mark, Path, Rect
from records.periods import MONTHS

SHADES = 4
_WEEKDAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))


@dataclass(frozen=True)
class CalendarDay:
    """A day on record: its factor, ``None`` for a note; what it says, and its page."""

    factor: Decimal | None
    is_note: bool
    tip: str
    url: str


@dataclass(frozen=True)
class Page:
    """How a calendar is laid out: weeks side by side, the size of a cell and of its place."""

    layout: str
    width: float
    left: float
    weeks: int
    place: float
    cell: float


DESK_PAGE = Page("desk", 900, 34, 54, 16.2, 13.4)
PHONE_PAGE = Page("phone", 344, 30, 27, 11.6, 9.6)
HEAD = 16.0


def shades_of(factors: Sequence[Decimal]) -> list[Decimal]:
    """The lower ends of all shades but the lightest: the quarters of the days by their factor."""
    ordered = sorted(factors)
    if len(ordered) < SHADES:
        return []
    return [ordered[len(ordered) * quarter // SHADES] for quarter in range(1, SHADES)]


def calendar(year: int, days: Mapping[date, CalendarDay], span: tuple[date, date], page: Page) -> Drawing:
    """A cell for each day; one without record is a gap within ``span``."""
    shades = shades_of([day.factor for day in days.values() if day.factor is not None])
    start = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    bands = -(-((date(year, 12, 31) - start).days // 7 + 1) // page.weeks)
    band_height = HEAD + 7 * page.place + 8
    marks: list[Mark] = []
    for band in range(bands):
        top = band * band_height + HEAD
        marks += [
            Label(page.left - 6, round(top + row * page.place + page.cell - 2.4, 1), name, "tick", "end")
            for row, name in _WEEKDAYS
        ]
    blank: dict[str, list[str]] = {"cell gap": [], "cell beyond": []}
    for on in _days_of(year):
        week = (on - start).days // 7
        x = round(page.left + week % page.weeks * page.place, 1)
        top = week // page.weeks * band_height + HEAD
        y = round(top + on.weekday() * page.place, 1)
        if on in days:
            marks += _cell(days[on], shades, (x, y, page.cell))
        else:
            style = "cell gap" if span[0] <= on <= span[1] else "cell beyond"
            blank[style].append(f"M{x} {y}h{page.cell}v{page.cell}h-{page.cell}z")
        if on.day == 1:
            marks.append(Label(x, top - 6, MONTHS[on.month - 1][:3], "tick"))
    marks += [Path("".join(cells), style) for style, cells in blank.items() if cells]
    return Drawing(page.layout, page.width, round(bands * band_height, 1), tuple(marks))


def _cell(day: CalendarDay, shades: Sequence[Decimal], place: tuple[float, float, float]) -> Iterator[Mark]:
    x, y, size = place
    if day.is_note:
        yield Rect(x, y, size, size, "cell gap", day.tip, day.url)
        yield Disc(round(x + size / 2, 1), round(y + size / 2, 1), round(size / 5, 1), "noted")
    else:
        shade = 0 if day.factor is None else bisect_right(shades, day.factor) + 1 if shades else SHADES
        yield Rect(x, y, size, size, f"cell shade-{shade}", day.tip, day.url)


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    for number in range((date(year, 12, 31) - first).days + 1):
        yield first + timedelta(days=number)
