"""What every page knows."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor of all templates."""
    return {}
