"""Content-Security-Policy by the setting names of Django 6, whose own middleware will replace this file."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def build_policy(policy: Mapping[str, Sequence[str]]) -> str:
    """The header's value: `{"img-src": ["'self'", "data:"]}` gives `img-src 'self' data:`."""
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())


class ContentSecurityPolicyMiddleware:
    """Sends `settings.SECURE_CSP` with every response that does not bring a policy of its own."""

    header = "Content-Security-Policy"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with the header set; Django's debug pages, styled inline, go without."""
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault(self.header, self.policy)
        return response
