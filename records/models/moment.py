"""Reading many rows in several queries as they stood at one moment, while others write."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

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
        with _deferred():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite: a transaction that takes no write lock, unlike those that ``atomic`` begins here."""
    database: Any = connection
    database.ensure_connection()
    mode, database.transaction_mode = database.transaction_mode, "DEFERRED"
    with ExitStack() as moment:
        try:
            moment.enter_context(transaction.atomic())
        finally:
            database.transaction_mode = mode
        yield
