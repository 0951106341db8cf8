"""Places in a list as addresses hand them on: opaque to readers, the order and a key to us."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records.filters.fields import quoted

_LONGEST = 200  # characters; ours have fewer than a hundred


@dataclass(frozen=True)
class Place:
    """A place in a list that is sorted in a certain way: the key of the row that stands there."""

    sort: str
    key: Sequence[Any]

    def __str__(self) -> str:
        said = json.dumps([self.sort, *map(_said, self.key)], separators=(",", ":"))
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Place":
        """What ``str`` wrote; ``ValueError`` for anything else. The key is still to be checked."""
        if len(text) > _LONGEST or not text.isascii():
            raise ValueError(text)
        try:
            said = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (Error, UnicodeDecodeError, RecursionError) as error:
            raise ValueError(text) from error
        if not isinstance(said, list) or not said or not isinstance(said[0], str):
            raise ValueError(text)
        return cls(said[0], said[1:])


class PlaceField(forms.CharField):
    """A place as links to the next and the previous page have it."""

    def clean(self, value: Any) -> Place | None:
        """The place, ``None`` for an empty field; ``ValidationError`` for what no link says."""
        text = self.to_python(value)
        if not text:
            return None
        try:
            return Place.read(text)
        except ValueError:
            raise ValidationError(no_place(text), code="invalid") from None


def no_place(text: str) -> str:
    """What is the matter with what is no place."""
    return f"{quoted(text)} is no place in this list. Try the links below the rows, or leave it out."


def _said(value: Any) -> Any:
    return str(value) if isinstance(value, (Decimal, date)) else value
