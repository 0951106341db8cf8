"""The middles of many factors: median, geometric mean, quantiles."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from itertools import accumulate

from records.leverage.ratios import EXACT

# For the product of many factors; what its root is wrong in stands far behind what anybody reads.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
_READ = Context(prec=40, rounding=ROUND_HALF_UP)


def median(values: Iterable[Decimal | None]) -> Decimal | None:
    """The middle of the known values, the mean of the two middle ones when their number is even."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    upper = len(known) // 2
    lower = upper if len(known) % 2 else upper - 1
    return EXACT.divide(EXACT.add(known[lower], known[upper]), Decimal(2))


def geometric_mean(values: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """The root of the product of values above 0, each with how often it comes; ``None`` of no values."""
    product, count = Decimal(1), 0
    for value, times in values:
        product = _WIDE.multiply(product, _WIDE.power(value, times))
        count += times
    return _READ.plus(_WIDE.exp(_WIDE.divide(_WIDE.ln(product), Decimal(count)))) if count else None


def quantile(values: Sequence[tuple[Decimal, int]], share: Decimal) -> Decimal | None:
    """The value below which a share of them lies, between two of them in proportion; ``None`` of no values.

    The values come lowest first, each with how often; a share of one half gives their median.
    """
    ends = list(accumulate(times for _, times in values))
    if not ends:
        return None
    place = (ends[-1] - 1) * share
    lower = int(place)
    below, above = (values[bisect_right(ends, min(at, ends[-1] - 1))][0] for at in (lower, lower + 1))
    return EXACT.add(below, EXACT.multiply(EXACT.subtract(above, below), place - lower))
