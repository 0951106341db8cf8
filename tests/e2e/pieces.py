"""Pages that arrive in pieces, as over a slow line: what is shown before they are whole must stay put."""

import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 1_000  # bytes
PAUSE = 0.015  # seconds, so that a browser shows a page some thirty times before it is whole


class InPieces:
    """Middleware that hands over a page piece by piece."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META.pop("HTTP_ACCEPT_ENCODING", None)  # what is compressed cannot be read piece by piece
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponse) or not answer["Content-Type"].startswith("text/html"):
            return answer
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        return StreamingHttpResponse(pieces_of(answer.content), status=answer.status_code, headers=headers)


def pieces_of(body: bytes) -> Iterator[bytes]:
    """The body in its order, with a pause after each piece."""
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]
        time.sleep(PAUSE)
