"""The paths of pages."""

from functools import lru_cache
from typing import Any

from django.urls import reverse

KEPT = 8_192  # paths; most pages lead to the same few


@lru_cache(KEPT)
def path_of(route: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page by its route. Raises ``NoReverseMatch`` for one that does not exist."""
    return reverse(f"records:{route}", args=args or None, kwargs=kwargs or None)
