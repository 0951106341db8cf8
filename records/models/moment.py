"""Reading many rows in several queries as they stood at one moment, while others write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within stands as it stood when the first of it was read; nobody has to wait.

    Within a transaction that is under way, its isolation is kept as it is.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(REPEATABLE)
            yield
    else:
        yield from _deferred()


def _deferred() -> Iterator[None]:
    """SQLite: a transaction of the connection that takes no write lock, unlike those of ``atomic``."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
