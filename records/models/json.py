"""JSON columns whose numbers come back as the decimals that were written."""

import json
from decimal import Decimal
from typing import Any

from django.db import models


class DecimalReader(json.JSONDecoder):
    """Reads every number with a point as a ``Decimal``, digit by digit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(parse_float=Decimal, **kwargs)


class ExactJSONField(models.JSONField):
    """A JSON column read with ``DecimalReader``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "decoder": DecimalReader})
