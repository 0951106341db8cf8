"""Whether a row's fields are beyond doubt, told by types and bounds, ten times faster than by each field.

What is not, may still be right: Django's own validation then decides, and finds the words. So this may say no
too often, and never yes where that would say no.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.db.models import (
    CharField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

Check: TypeAlias = Callable[[Any], bool]
# All that is understood here of validators; a field with any other is in doubt.
_BOUNDS = (DecimalValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator)


def is_sound(row: Model) -> bool:
    """Whether every field is what ``clean_fields`` would leave as it is; foreign keys are not looked at."""
    read, checks = _checks(type(row))
    return all(check(value) for check, value in zip(checks, read(row), strict=True))


@cache
def _checks(model: type[Model]) -> tuple[Callable[[Model], tuple[Any, ...]], list[Check]]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.generated or field.primary_key or isinstance(field, ForeignKey))
    ]
    return attrgetter(*(field.attname for field in fields)), [_check(field) for field in fields]


def _check(field: "Field[Any, Any]") -> Check:
    """What is sound of a field: nothing where it may be empty, else a value of the right kind in bounds."""
    least, most = _bound(field, MinValueValidator), _bound(field, MaxValueValidator)
    empty = [None] * (field.blank and field.null) + [""] * field.blank
    if isinstance(field, JSONField):
        return lambda value: value == [] and field.blank
    if not all(type(validator) in _BOUNDS for validator in field.validators):
        return lambda value: value in empty
    if isinstance(field, CharField | TextField):
        return _text(field, empty)
    if isinstance(field, DecimalField) and not field.choices:
        return _decimal(field, least or 0, most, empty)
    if isinstance(field, IntegerField) and not field.choices:
        return lambda value: value in empty if type(value) is not int else _within(value, least, most)
    return lambda value: value in empty


def _decimal(field: "DecimalField[Any, Any]", least: Any, most: Any, empty: list[Any]) -> Check:
    digits = field.max_digits or 0
    places = -(field.decimal_places or 0)
    largest = Decimal(10) ** (digits + places) - Decimal(10) ** places
    highest = largest if most is None else min(most, largest)

    def check(value: Any) -> bool:
        if type(value) is not Decimal:
            return value in empty
        return value.as_tuple().exponent == places and least <= value <= highest  # NaN cannot be compared

    return check


def _text(field: "CharField[Any, Any] | TextField[Any, Any]", empty: list[Any]) -> Check:
    chosen = {value for value, _ in field.flatchoices} if field.choices else None
    longest = min(filter(None, [field.max_length, _bound(field, MaxLengthValidator)]), default=0)

    def check(value: Any) -> bool:
        if not isinstance(value, str) or not value:
            return value in empty
        if chosen is not None:
            return value in chosen
        return len(value) <= longest and "\x00" not in value

    return check


def _within(value: int, least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and least <= value <= most


def _bound(field: "Field[Any, Any]", kind: type[Any]) -> Any:
    bounds = [validator.limit_value for validator in field.validators if isinstance(validator, kind)]
    if not bounds:
        return None
    return max(bounds) if kind is MinValueValidator else min(bounds)
