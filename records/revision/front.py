"""What stands before Django: an answer that is known is given without asking it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from records.revision import sharing
from records.revision.build import build_digest
from records.revision.dressing import NAMED, headers_of
from records.revision.looking import Look
from records.revision.store import Answer, Rooms, store_of
from records.revision.tags import Tags
from records.revision.warming import Warming

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

LONGEST_ADDRESS = 500  # characters; what is longer is answered and not kept
MOST_HOSTS = 100


class Front:
    """A WSGI application in front of Django's.

    A request that anybody could have sent gets the answer that is kept for it, or 304, as long as the site
    stands as it did when that was made. All else goes on to Django, and what comes back with a name is kept.
    """

    def __init__(self, application: Application, look: Look, rooms: Rooms, *, warm: bool) -> None:
        self._application, self._look, self._rooms = application, look, rooms
        self._warming = Warming(self) if warm else None
        self._static = settings.STATIC_URL
        self._hosts: set[tuple[str | None, str | None]] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the site."""
        if not (self._may_be_known(environ) and (standing := self._look.now())):
            return self._application(environ, start_response)
        if self._warming:
            self._warming.see(standing.token, environ)
        tags = Tags(standing.token, environ)
        wanted = environ.get("HTTP_IF_NONE_MATCH", "")
        if wanted and (held := tags.held(wanted)):
            start_response("304 Not Modified", list(headers_of(held, tags).items()))
            return ()
        answer = self._kept(tags, environ) if wanted != "*" else None
        if answer is None:
            return self._made(environ, start_response)
        start_response("200 OK", list(answer.headers))
        return (answer.body,) if environ["REQUEST_METHOD"] == "GET" else ()

    def close(self) -> None:
        """Leave no connection behind."""
        self._look.close()

    def _may_be_known(self, environ: Environ) -> bool:
        return (
            sharing.is_shared(environ)
            and not environ["PATH_INFO"].startswith(self._static)
            and self._is_for_us(environ)
        )

    def _is_for_us(self, environ: Environ) -> bool:
        """Whether Django would take this host; those it did are remembered, as asking takes it long."""
        host = (environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST"))
        if host not in self._hosts:
            if not _django_takes(environ):
                return False
            if len(self._hosts) >= MOST_HOSTS:  # ports can be made up
                self._hosts.clear()
            self._hosts.add(host)
        return True

    def _kept(self, tags: Tags, environ: Environ) -> Answer | None:
        room = self._rooms.room_of(environ)
        return next(filter(None, map(room.get, tags.candidates())), None)

    def _made(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of Django's; kept, if it has a name and all of it is there."""
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            begun[:] = status, headers
            return start_response(status, headers, *more)

        response: Any = self._application(environ, begin)
        if environ["REQUEST_METHOD"] == "HEAD":
            response.close()
            return ()
        if NAMED not in environ or response.streaming:
            return response  # type: ignore[no-any-return] # Django's own, which is one
        body = b"".join(response)
        response.close()
        status, headers = begun
        if status.startswith("200") and _length(environ) <= LONGEST_ADDRESS:
            self._rooms.room_of(environ).put(environ[NAMED], Answer(tuple(headers), body))
        return (body,)


def _django_takes(environ: Environ) -> bool:
    request = HttpRequest()
    request.META = environ
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _length(environ: Environ) -> int:
    return len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", ""))


def in_front_of(application: Application) -> "Application | Front":
    """The site as it is served: with what is kept of it before it, unless code and templates may change."""
    if settings.DEBUG:
        return application
    build_digest()  # of the files as they lie now, when the code is read
    half = settings.PAGE_CACHE_MB * 1024 * 1024 // 2
    rooms = Rooms(store_of(half), store_of(half))
    return Front(application, Look(), rooms, warm=settings.WARM_PAGES and half > 0)
