"""What may be shared: which requests everybody could have sent, and which answers are for everybody."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

# To be kept by whoever likes, and asked about before every use: an edit shows at once, also through a CDN.
SHARED = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"
NOT_KEPT = "no-cache"
READING = ("GET", "HEAD")
OF_ITS_OWN = ("Cache-Control", "ETag", "Content-Encoding")
# The two headers of a request that an answer for everybody may depend on.
VARIES_BY = {"accept", "accept-encoding"}


def is_of_somebody(environ: Mapping[str, Any]) -> bool:
    """Whether a request says who sent it; one whose cookie only looks like ours is taken for it."""
    cookies = environ.get("HTTP_COOKIE")
    return "HTTP_AUTHORIZATION" in environ or (
        bool(cookies) and f"{settings.SESSION_COOKIE_NAME}=" in str(cookies)
    )


def is_shared(environ: Mapping[str, Any]) -> bool:
    """Whether anybody could have sent this request and would get the same."""
    return environ["REQUEST_METHOD"] in READING and not is_of_somebody(environ)


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Whether an answer is public, whole, and says nothing else about being kept."""
    return (
        response.status_code == 200
        and not response.cookies
        and not any(map(response.has_header, OF_ITS_OWN))
        and names_in_vary(response) <= VARIES_BY
    )


def names_in_vary(response: HttpResponseBase) -> set[str]:
    """The headers of a request that an answer depends on, in small letters."""
    return set(response.headers.get("Vary", "").lower().replace(",", " ").split())
