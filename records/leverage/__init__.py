"""The arithmetic of leverage: the only place in Python that divides hours by minutes.

Pure: no models, no request, no Django. Hours are human-equivalent hours, minutes are wall-clock
minutes, and a value that is not known is ``None``, never 0.
"""

from records.leverage.figures import AsTyped, Figures, WithoutRange
from records.leverage.middles import geometric_mean, median, quantile
from records.leverage.ratios import (
    HOURS_PLACES,
    MINUTES_PER_HOUR,
    MINUTES_PLACES,
    factor,
    factor_in_units,
    minutes_at,
    quotient,
    rounded,
    times,
)
from records.leverage.totals import EstimateRange, Totals, WeightedFactor, largest

__all__ = [
    "HOURS_PLACES",
    "MINUTES_PER_HOUR",
    "MINUTES_PLACES",
    "AsTyped",
    "EstimateRange",
    "Figures",
    "Totals",
    "WeightedFactor",
    "WithoutRange",
    "factor",
    "factor_in_units",
    "geometric_mean",
    "largest",
    "median",
    "minutes_at",
    "quantile",
    "quotient",
    "rounded",
    "times",
]
