"""Pages that end in time, so that nobody waits behind a question that takes too long."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from records.models.bounds import SECONDS_OF_A_PAGE, at_most

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def bounded_reads(get_response: GetResponse) -> GetResponse:
    """Middleware that bounds what a public page reads; the desk may take its time."""
    desk = f"/{settings.DESK_PATH}"

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(desk):
            return get_response(request)
        with at_most(SECONDS_OF_A_PAGE):
            return get_response(request)

    return respond
