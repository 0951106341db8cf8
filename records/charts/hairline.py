"""The hairline: the same scale from 1× to 10,000× wherever a factor stands in a table."""

from dataclasses import dataclass
from decimal import Decimal
from math import log10

HAIRLINE_START, HAIRLINE_DECADE, HAIRLINE_DECADES = 2.0, 24.0, 4


@dataclass(frozen=True)
class HairlineDot:
    """The place of a factor on the hairline; ``beyond`` when it lies outside the scale."""

    x: float
    beyond: bool


def on_hairline(factor: Decimal) -> HairlineDot:
    """Where a factor lies on a line of 100 units, 1× at 2 and 10,000× at 98."""
    decades = log10(factor) if factor > 0 else -1.0
    inside = min(max(decades, 0.0), float(HAIRLINE_DECADES))
    return HairlineDot(round(HAIRLINE_START + HAIRLINE_DECADE * inside, 1), beyond=inside != decades)
