"""Hours by minutes, and what else is divided."""

from decimal import ROUND_HALF_UP, Context, Decimal

MINUTES_PER_HOUR = 60
HOURS_PLACES = 4
MINUTES_PLACES = 2

# Wide enough that a quotient of two stored sums is never within a rounding error of a tie.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` with exactly ``places`` decimals, half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT)


def factor(human_hours: Decimal | None, minutes: Decimal | None) -> Decimal | None:
    """Human hours x 60 / minutes: the leverage factor, or the supervisory one for supervisory minutes.

    ``None`` when either part is unknown or the minutes are 0.
    """
    if human_hours is None or not minutes:
        return None
    return EXACT.divide(human_hours * MINUTES_PER_HOUR, minutes)


def factor_in_units(hour_units: int | None, minute_units: int | None, places: int) -> int | None:
    """``factor`` of whole units of 1/10,000 h and 1/100 min, in units of its last decimal of ``places``.

    With integers alone, exactly, for the many rows of a file. Nothing is negative; half rounds up.
    """
    if hour_units is None or not minute_units:
        return None
    part: int = hour_units * MINUTES_PER_HOUR * 10**MINUTES_PLACES * 10**places
    whole: int = minute_units * 10**HOURS_PLACES
    return (2 * part + whole) // (2 * whole)


def minutes_at(human_hours: Decimal | None, leverage: Decimal | None) -> Decimal | None:
    """Human hours x 60 / factor: the minutes that a factor was printed for; ``None`` without both."""
    return factor(human_hours, leverage)


def times(value: Decimal | None, multiplier: Decimal) -> Decimal | None:
    """``value`` multiplied, a quotient with all the digits it was divided to; ``None`` stays unknown."""
    return None if value is None else EXACT.multiply(value, multiplier)


def quotient(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """``part`` / ``whole``, for shares and for hours a task, a day or a week; ``None`` without both."""
    if part is None or not whole:
        return None
    return EXACT.divide(Decimal(part), Decimal(whole))
