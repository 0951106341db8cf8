"""Public answers, each made within one moment, named by its revision and compressed."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from records.models.bounds import SECONDS_OF_A_PAGE
from records.models.moment import one_moment, reading_state
from records.models.revision import MARKS
from records.revision import sharing
from records.revision.dressing import NAMED, dressed, not_modified
from records.revision.standing import Standing, standings
from records.revision.tags import Tags

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class OneRevision:
    """Middleware that answers everybody alike from one revision, and whoever has logged in privately."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; 304 before anything is made, where the client holds the right one."""
        if sharing.is_shared(request.META):
            return self._public(request)
        response = self.get_response(request)
        if sharing.is_of_somebody(request.META):
            response.headers.setdefault("Cache-Control", sharing.PRIVATE)
        return response

    def _public(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # a wrong one is refused before it learns anything
        with ExitStack() as moment:
            standing = _standing_within(moment)
            response = self._named(request, standing) if standing else self._unnamed(request)
            if isinstance(response, StreamingHttpResponse):  # its rows are still to be read
                response.streaming_content = _Held(response, moment.pop_all())
            return response

    def _named(self, request: HttpRequest, standing: Standing) -> HttpResponseBase:
        tags = Tags(standing.token, request.META)
        if held := tags.held(request.headers.get("If-None-Match", "")):
            return not_modified(tags, held)
        with reading_state(standing.token):
            response = self.get_response(request)
        if timezone.now() >= standing.until:  # the clock overtook it; made anew, it is of one time
            return self._unnamed(request)
        if not sharing.is_for_everybody(response):
            response.headers.setdefault("Cache-Control", sharing.NOT_KEPT)
            return response
        return dressed(request, response, tags)

    def _unnamed(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", sharing.NOT_KEPT)
        return response


class GZipOfTheRest(GZipMiddleware):
    """Middleware that compresses what has no name, with the random length that guards secrets in pages."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where Django would, unless it is public and dressed already."""
        if NAMED in request.META:
            return response
        return super().process_response(request, response)


def _standing_within(moment: ExitStack) -> Standing | None:
    """How the site stands while ``moment`` is open; ``None``, and no moment, where the database is away."""
    with ExitStack() as begun:
        try:
            answer = begun.enter_context(one_moment(SECONDS_OF_A_PAGE, first=MARKS))
            standing = standings.seen_by(connection, answer)
        except DatabaseError:  # every page says so in its own way
            return None
        moment.push(begun.pop_all())
        return standing


class _Held:
    """What is left to send of a streamed answer; its moment ends when the server closes it."""

    def __init__(self, response: StreamingHttpResponse, moment: ExitStack) -> None:
        self._pieces: Iterable[bytes] = response.streaming_content  # type: ignore[assignment] # nothing here is async
        self.close = moment.close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)
