"""Whether a figure, as loosely as it was written, says a value."""

from decimal import Decimal
from enum import IntEnum

from records.facts.numbers import significant_place
from records.facts.units import Bound, Quantity, Unit


class Fit(IntEnum):
    """How well a figure says a value; CLOSE is neither right nor plainly wrong."""

    NO = 0
    CLOSE = 1
    YES = 2


COUNTED = (Unit.TASKS, Unit.CATEGORIES)


_PERCENT_OFF = Decimal("0.025")  # what an "about" allows at least


_TENTH = Decimal("0.1")


_BARELY = Decimal("0.02")


def fit(quantity: Quantity, value: Decimal, scale: Decimal = Decimal(1)) -> Fit:
    """How ``quantity`` fits ``value``; ``scale`` is what one of its units is in units of the value."""
    written, place = quantity.value * scale, quantity.place * scale
    if quantity.high is not None:
        return Fit.YES if written - place / 2 <= value <= quantity.high * scale + place / 2 else Fit.NO
    match quantity.bound:
        case Bound.EXACT:
            return _exact(quantity, value, written, place)
        case Bound.ABOUT:
            return _within(value, written, _loosely(quantity) * scale)
        case Bound.NEARLY:
            return _nearly(value, written, _loosely(quantity) * scale)
        case Bound.JUST_OVER:
            return Fit.YES if written < value <= written + 2 * _loosely(quantity) * scale else Fit.NO
        case _:
            return Fit.YES if holds(quantity.bound, value, written) else Fit.NO


def holds(bound: Bound, value: Decimal, limit: Decimal) -> bool:
    """Whether a value lies on the side of a limit that the bound says."""
    match bound:
        case Bound.OVER | Bound.JUST_OVER:
            return value > limit
        case Bound.UNDER | Bound.NEARLY:
            return value < limit
        case Bound.AT_MOST:
            return value <= limit
        case _:
            return value >= limit


def _exact(quantity: Quantity, value: Decimal, written: Decimal, place: Decimal) -> Fit:
    if quantity.unit in COUNTED:
        return Fit.YES if value == written else Fit.NO
    if quantity.in_words:
        off = _spelled(quantity) * (written / quantity.value if quantity.value else 1)
        return _few_hours(quantity, value, written) if _within(value, written, off) else Fit.NO
    if abs(value - written) <= place / 2:
        return _few_hours(quantity, value, written)
    is_round = significant_place(quantity.value) >= 10
    truncated = quantity.value >= 100 and place >= 1 and 0 <= value - written < place
    return Fit.CLOSE if truncated or (is_round and abs(value - written) <= _BARELY * value) else Fit.NO


def _few_hours(quantity: Quantity, value: Decimal, written: Decimal) -> Fit:
    """Half an hour is much where there are only a few: "two hours" says neither 90 minutes nor 150."""
    is_far = quantity.unit is Unit.HOURS and abs(value - written) > written * _TENTH
    return Fit.CLOSE if is_far else Fit.YES


def _spelled(quantity: Quantity) -> Decimal:
    """How far a bare number in words may be off: "twelve hundred" by fifty, "thirty-seven" by a half."""
    value = abs(quantity.value)
    if value >= 100:
        return max(min(quantity.place / 2, value / 20), Decimal("0.5"))
    return max(
        quantity.place.min(Decimal(1)) / 2, value * _PERCENT_OFF if quantity.place >= 10 else Decimal(0)
    )


def _loosely(quantity: Quantity) -> Decimal:
    """How far a number may be off after an "about": half of its last place, at most a tenth of it."""
    value = abs(quantity.value)
    place = max(significant_place(value), quantity.place) if quantity.value % 1 == 0 else quantity.place
    small = Decimal("0.5") if quantity.value % 1 == 0 else quantity.place / 2
    return max(min(place / 2, value * _TENTH), small, value * _PERCENT_OFF)


def _within(value: Decimal, written: Decimal, off: Decimal) -> Fit:
    return Fit.YES if abs(value - written) <= off else Fit.NO


def _nearly(value: Decimal, written: Decimal, off: Decimal) -> Fit:
    if written - off <= value < written:
        return Fit.YES
    return Fit.CLOSE if written <= value <= written + off / 5 else Fit.NO
