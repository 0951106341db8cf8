"""Fragments of pages that are made once for the same values.

``{% kept "some.html" name=value ... %}`` is an ``include`` that sees nothing but the values it is given: they
are all that the fragment depends on, so it is kept under them and can never be out of date.
"""

from collections.abc import Iterator, ValuesView
from functools import lru_cache
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

KEPT = 512  # fragments, most of some kilobytes


@register.simple_tag
def kept(name: str, **values: Any) -> SafeString:
    """A template with these values alone; raises ``TypeError`` for one that is not its own value.

    Rows of the database are equal when their ids are, whatever they say: give it what they say.
    """
    return _made(name, **{key: _settled(value) for key, value in values.items()})


@lru_cache(KEPT, typed=True)  # typed: a safe string is equal to one that is not, and reads otherwise
def _made(name: str, /, **values: Any) -> SafeString:
    return render_to_string(name, values)


def _settled(value: Any) -> Any:
    if isinstance(value, list | Iterator | ValuesView):
        value = tuple(value)
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Model):
            raise TypeError(f"A {type(each).__name__} is equal to any of its id. Give its fields instead.")
    return value
