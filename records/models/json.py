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


def exact_json(value: Any) -> str:
    """``value`` as JSON on one line: decimals with their own digits, keys and letters as they are.

    Raises ``TypeError`` or ``ValueError`` for what JSON has no word for.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_same_float)
    except _OtherDigits:
        return _written(value)


class _OtherDigits(Exception):
    """A decimal that a float would write with other digits."""


def _same_float(value: Any) -> float:
    """The float that is written as the decimal is: most are, and the fast writer knows floats only."""
    if not isinstance(value, Decimal):
        raise TypeError(f"JSON has no word for {value!r}.")
    if repr(near := float(value)) != f"{value:f}":
        raise _OtherDigits
    return near


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join([f'{quoted(key)}: {_written(item)}' for key, item in value.items()])}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
