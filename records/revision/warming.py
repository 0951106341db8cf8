"""What is asked for most, made before it is asked for: after a change, off any request."""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.urls import reverse

from records.feeds import FORMS
from records.models import Day
from records.revision.encodings import BROTLI, GZIP

PAUSE = 3  # seconds at least between two rounds: a writer of many days is not followed at every step
ENCODINGS = (BROTLI, GZIP)
Application: TypeAlias = Callable[..., Any]
logger = logging.getLogger(__name__)


class Warming:
    """Asks the site itself for its first page, its newest record and its feeds, once for each revision."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._token, self._not_before = "", 0.0
        self._lock = Lock()

    def see(self, token: str) -> None:
        """Begin a round in the background, if the site stands otherwise than at the last one."""
        if token == self._token or monotonic() < self._not_before or not self._lock.acquire(blocking=False):
            return
        self._token, self._not_before = token, monotonic() + PAUSE
        Thread(target=self._round, name="warming", daemon=True).start()

    def _round(self) -> None:
        try:
            sleep(PAUSE / 10)  # whoever caused it is answered first
            for path in _paths():
                for encoding in ENCODINGS:
                    self._ask(path, encoding)
        except Exception:  # nobody waits for it, and the page will be made when asked for
            logger.info("Warming was given up", exc_info=True)
        finally:
            connection.close()
            self._lock.release()

    def _ask(self, path: str, encoding: str) -> None:
        response: Any = self._application(_environ(path, encoding), lambda *_: None)
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


def _environ(path: str, encoding: str) -> dict[str, Any]:
    """A visitor's request to the address the site is known by."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"http": 80, "https": 443}[site.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_ACCEPT": "*/*",
        "HTTP_ACCEPT_ENCODING": encoding,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": StringIO(),
    }
