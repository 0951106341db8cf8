"""Decimal columns that round half away from zero on entry, and the SQL spelling of the factor."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db.models import BigIntegerField, DecimalField, Expression, F, FloatField, Sum, URLField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf, Round

from records.leverage import HOURS_PLACES, MINUTES_PER_HOUR, MINUTES_PLACES, rounded

# The stubs make these generic; Django's own classes cannot be subscribed.
if TYPE_CHECKING:
    _Decimal = DecimalField[Any, Any]
    _URL = URLField[Any, Any]
else:
    _Decimal, _URL = DecimalField, URLField

HOUR_UNITS = 10**HOURS_PLACES
MINUTE_UNITS = 10**MINUTES_PLACES
MOST_TOKENS = 10**12


class RoundedDecimalField(_Decimal):
    """A decimal that is rounded half away from zero; too large a value is left to validation."""

    def to_python(self, value: Any) -> Decimal | None:
        """The value as a ``Decimal`` with the field's places; raises ``ValidationError`` on nonsense."""
        if isinstance(value, Decimal) and value.as_tuple().exponent == -self.decimal_places:
            return value  # as most are, since the readers round as well
        number: Decimal | None = super().to_python(value)
        if number is None or number.adjusted() >= self.max_digits:
            return number
        return rounded(number, self.decimal_places)

    def get_prep_value(self, value: Any) -> Any:
        """The rounded value, so that what is stored is what ``to_python`` shows."""
        if hasattr(value, "resolve_expression"):
            return value
        return self.to_python(value)


class HoursField(RoundedDecimalField):
    """Hours with four decimals, up to 99,999.9999."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 9, "decimal_places": HOURS_PLACES})


class MinutesField(RoundedDecimalField):
    """Minutes with two decimals, up to 9,999,999.99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 9, "decimal_places": MINUTES_PLACES})


def token_bounds() -> list[BaseValidator]:
    """What a number of tokens has to keep to: up to a trillion, of which a database can sum millions."""
    return [
        MinValueValidator(0),
        MaxValueValidator(MOST_TOKENS, "That is over a trillion tokens. Try a number such as 4,129,000."),
    ]


class WebAddressField(_URL):
    """An address on the web; one typed without a scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        """The form field, told which scheme to assume."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def factor_in_sql(hours: str, minutes: str) -> Expression:
    """The factor of two columns in SQL, null when a part is null or the minutes are 0.

    Both are brought to whole units before the one division: 0.02 h in 0.1 min is 12 and not 11.999...
    """
    minute_units = NullIf(
        Round(F(minutes) * Value(MINUTE_UNITS), output_field=FloatField())
        * Value(HOUR_UNITS // MINUTE_UNITS),
        Value(0),
        output_field=FloatField(),
    )
    return Cast(
        Round(F(hours) * Value(HOUR_UNITS), output_field=FloatField())
        * Value(float(MINUTES_PER_HOUR))
        / minute_units,
        FloatField(),
    )


def in_units(decimal: Combinable, units: int) -> Cast:
    """A decimal in whole units, exact on a database that stores floats."""
    return Cast(Round(decimal * Value(units), output_field=FloatField()), BigIntegerField())


def units_sum(column: str | Combinable, units: int, **kwargs: Any) -> Sum:
    """The sum of a decimal column in whole units."""
    return Sum(in_units(F(column) if isinstance(column, str) else column, units), **kwargs)


def weighted_factor_in_sql(hours_units: str, minute_units: str) -> Cast:
    """Sum of hours x 60 / sum of minutes of two sums in whole units, to order by.

    Both are multiplied by whole numbers before the one division, so that equal averages come out equal.
    """
    scale = Fraction(MINUTES_PER_HOUR * MINUTE_UNITS, HOUR_UNITS)
    hours, minutes = (Cast(F(units), FloatField()) for units in (hours_units, minute_units))
    divisor = NullIf(minutes * Value(float(scale.denominator)), Value(0.0), output_field=FloatField())
    return Cast(hours * Value(float(scale.numerator)) / divisor, FloatField())
