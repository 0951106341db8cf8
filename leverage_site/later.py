"""Addresses that are read when the first of them is asked for."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class Later(URLResolver):
    """The addresses of a module, under a name of their own; it is imported when one of them is needed.

    Django takes modules by name as well, but asks them all for their names once any address is looked up.
    """

    def __init__(self, prefix: str, module: str, namespace: str) -> None:
        super().__init__(RoutePattern(prefix), module, app_name=namespace, namespace=namespace)

    def _populate(self) -> None:
        """Nothing: whoever asks is looking elsewhere; looking here reads ``url_patterns``."""
