"""Shares over time: one row of bars a category, all on the same scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from records.charts.columns import WIDEST, date_labels
from records.charts.drawing import Drawing, Label, Mark, Path, Rect
from records.charts.scales import apart
from records.periods import Period


@dataclass(frozen=True)
class ShareRow:
    """A category: its share of all hours, and of those of each period, with what each says."""

    name: str
    total: str
    shares: Sequence[tuple[Decimal | None, str, str]]


@dataclass(frozen=True)
class Rows:
    """How the rows are laid out."""

    layout: str
    width: float
    left: float
    right: float
    row: float
    label_above: bool


DESK_ROWS = Rows("desk", 900, 190, 896, 34, label_above=False)
PHONE_ROWS = Rows("phone", 344, 4, 340, 46, label_above=True)
GAP = 6.0


def top_of(rows: Sequence[ShareRow]) -> Decimal:
    """The share that a bar as tall as its row stands for: the highest one, rounded up to a tenth."""
    highest = max((share for row in rows for share, _, _ in row.shares if share), default=Decimal(1))
    return (highest * 10).to_integral_value(ROUND_CEILING) / 10


def share_rows(rows: Sequence[ShareRow], periods: Sequence[Period], layout: Rows) -> Drawing:
    """A row of bars for each category, all on one scale from 0 to ``top_of`` them."""
    scale = top_of(rows)
    width = min((layout.right - layout.left) / len(periods), WIDEST)
    label_room = 14.0 if layout.label_above else 0.0
    marks: list[Mark] = []
    for number, row in enumerate(rows):
        top = number * (layout.row + GAP) + label_room
        bottom = round(number * (layout.row + GAP) + layout.row, 1)
        text_y = top - 4 if layout.label_above else bottom - 3
        marks.append(Label(0, round(text_y, 1), row.name, "label"))
        end = layout.right if layout.label_above else layout.left - 12
        marks.append(Label(end, round(text_y, 1), row.total, "tick", "end"))
        marks.append(Path(f"M{layout.left} {bottom}H{layout.right}", "axis"))
        for place, (share, tip, url) in enumerate(row.shares):
            if share:
                height = round(max(float(share / scale) * (bottom - top), 0.6), 1)
                x = round(layout.left + place * width, 2)
                marks.append(
                    Rect(x, round(bottom - height, 1), round(width * 0.88, 2), height, "bar ink", tip, url)
                )
    height = len(rows) * (layout.row + GAP)
    starts = (
        (round(layout.left + place * width, 1), text) for place, text in enumerate(date_labels(periods))
    )
    for x, text in apart(starts):
        if x <= layout.right - 22:
            marks.append(Label(x, round(height + 10, 1), text, "tick"))
    return Drawing(layout.layout, layout.width, round(height + 18, 1), tuple(marks))
