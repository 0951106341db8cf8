"""What a visitor sees when something breaks: 503 where the database is away or too slow, else 500."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as stock_server_error

from records.models.bounds import was_given_up

RETRY_AFTER_SECONDS = 30

# SQLite reports a missing table by the same class as a locked file; only these of its messages pass in time.
SQLITE_SAYS = ("locked", "unable to open", "disk i/o")


def database_is_away(error: BaseException | None) -> bool:
    """Whether the error means "try again soon": no connection, none from the pool in time, a locked file."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    from_sqlite = type(error.__cause__).__module__ == "sqlite3"
    return not from_sqlite or any(words in str(error).lower() for words in SQLITE_SAYS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: sees failures of views and of middleware alike, and needs no database itself."""
    error = sys.exc_info()[1]
    if not was_given_up(error) and not database_is_away(error):
        return stock_server_error(request)
    body = loader.render_to_string("too_long.html" if was_given_up(error) else "503.html")
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
