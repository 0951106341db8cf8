"""Where the marks of a chart lie, as plain data; templates draw them."""

from records.charts.drawing import Cell, Drawing, Figure, Numbers
from records.charts.hairline import HairlineDot, on_hairline
from records.charts.strip_plot import (
    DESK,
    PHONE,
    SMALLEST_AT_MOST,
    Dot,
    Layout,
    Point,
    Strip,
    StripPlot,
    of_day,
    strip_plot,
)

__all__ = [
    "DESK",
    "PHONE",
    "SMALLEST_AT_MOST",
    "Cell",
    "Dot",
    "Drawing",
    "Figure",
    "HairlineDot",
    "Layout",
    "Numbers",
    "Point",
    "Strip",
    "StripPlot",
    "of_day",
    "on_hairline",
    "strip_plot",
]
