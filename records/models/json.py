"""JSON whose numbers keep their digits: read as the decimals that were written, written as they were read."""

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Any

from django.db import models


class DecimalReader(json.JSONDecoder):
    """Reads every number with a point as a ``Decimal``, digit by digit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(parse_float=Decimal, **kwargs)


class DecimalWriter(json.JSONEncoder):
    """Writes a ``Decimal`` as the number it is, which ``DecimalReader`` gives back."""

    def encode(self, o: Any) -> str:
        """``o`` as JSON; raises ``TypeError`` for what JSON has no word for."""
        return exact_json(o)


class ExactJSONField(models.JSONField):
    """A JSON column read with ``DecimalReader`` and written with ``DecimalWriter``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "decoder": DecimalReader, "encoder": DecimalWriter})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The value; most lists have nothing in them, which needs no reader made to find out."""
        return [] if value == "[]" else super().from_db_value(value, expression, connection)


def exact_json(value: Any) -> str:
    """``value`` as JSON on one line: decimals with their own digits, keys and letters as they are.

    Raises ``TypeError`` or ``ValueError`` for what JSON has no word for.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_same_float)
    except _OtherDigits:
        return _written(value)


def canonical(text: str) -> str:
    """JSON as a database keeps it, in one form for all databases: keys in the order of the alphabet."""
    value = json.loads(text, parse_float=_float_of_same_digits)
    try:
        return _SORTED.encode(value)
    except _OtherDigits:
        return _written(_in_order(value))


class _OtherDigits(Exception):
    """A decimal that a float would write with other digits."""


def _same_float(value: Any) -> float:
    """The float that is written as the decimal is: most are, and the fast writer knows floats only."""
    if not isinstance(value, Decimal):
        raise TypeError(f"JSON has no word for {value!r}.")
    if repr(near := float(value)) != f"{value:f}":
        raise _OtherDigits
    return near


_SORTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_same_float, sort_keys=True)


def _float_of_same_digits(written: str) -> float | Decimal:
    near = float(written)
    return near if repr(near) == written and "e" not in written else Decimal(written)


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join([f'{quoted(key)}: {_written(item)}' for key, item in value.items()])}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
