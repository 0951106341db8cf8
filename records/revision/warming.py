"""What is asked for most, made before it is asked for: after a change, off any request."""

import logging
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any, TypeAlias

from django.db import connection
from django.urls import reverse

from records.feeds import FORMS
from records.models import Day
from records.revision.encodings import BROTLI, GZIP

PAUSE = 3  # seconds at least between two rounds: a writer of many days is not followed at every step
ENCODINGS = (BROTLI, GZIP)
# What says where the site was asked for.
OF_THE_SITE = (
    *("SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR", "wsgi.url_scheme"),
    *("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
)
Application: TypeAlias = Callable[..., Any]
logger = logging.getLogger(__name__)


class Warming:
    """Asks the site itself for first page, newest record, feeds and dashboard, once for each revision."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._token, self._not_before = "", 0.0
        self._lock = Lock()

    def see(self, token: str, environ: Mapping[str, Any]) -> None:
        """Begin a round in the background, if the site stands otherwise than at the last one."""
        if token == self._token or monotonic() < self._not_before or not self._lock.acquire(blocking=False):
            return
        self._token, self._not_before = token, monotonic() + PAUSE
        Thread(target=self._round, args=[dict(environ)], name="warming", daemon=True).start()

    def _round(self, environ: Mapping[str, Any]) -> None:
        try:
            sleep(PAUSE / 10)  # whoever caused it is answered first
            for path in _paths():
                for encoding in ENCODINGS:
                    self._ask(_like(environ, path, encoding))
        except Exception:  # nobody waits for it, and the page will be made when asked for
            logger.info("Warming was given up", exc_info=True)
        finally:
            connection.close()
            self._lock.release()

    def _ask(self, environ: dict[str, Any]) -> None:
        response: Any = self._application(environ, lambda *_: None)
        for _ in response:
            pass
        if hasattr(response, "close"):
            response.close()


def _paths() -> Iterator[str]:
    yield reverse("records:home")
    newest = Day.objects.visible().newest_first().first()
    if newest:
        yield newest.get_absolute_url()
    for form in FORMS.values():
        yield reverse("records:series_feed", args=[form])
    yield reverse("records:dashboard")  # last, since it looks at every task when figures have changed


def _like(environ: Mapping[str, Any], path: str, encoding: str) -> dict[str, Any]:
    """A request for another page, at the host and by the scheme of one that was answered."""
    return {
        **{name: environ[name] for name in OF_THE_SITE if name in environ},
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_ACCEPT": "*/*",
        "HTTP_ACCEPT_ENCODING": encoding,
        "wsgi.input": BytesIO(),
        "wsgi.errors": StringIO(),
    }
