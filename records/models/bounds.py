"""Reads that end in time: what would take longer is given up, and said to be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from psycopg.pq import TransactionStatus

STEPS = 20_000  # of SQLite's machine between two looks at the clock: a millisecond or less


class TookTooLong(Exception):
    """A read was given up because it would have taken longer than it may."""


class _Bound:
    """A bound of some seconds on what a connection reads; it costs nothing until something is read.

    What PostgreSQL is told goes past Django's cursors: it is no question to the data.
    """

    def __init__(self, seconds: float, outer: "_Bound | None") -> None:
        self.seconds, self.outer = seconds, outer
        self.ends = time.monotonic() + seconds
        self.armed = False
        # Within a transaction that is under way, what is given up must not take the rest of it along.
        self.within = connection.vendor == "postgresql" and connection.in_atomic_block

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Run a statement; of several bounds, the innermost one is asked last and holds."""
        if not self.armed:
            self.armed = True
            if self.within:
                connection.connection.execute("SAVEPOINT bounded")
            self.hold()
        return execute(*statement)

    def hold(self) -> None:
        """Make the bound hold from now on."""
        if connection.vendor == "postgresql":
            connection.connection.execute(f"SET statement_timeout = {max(int(self.seconds * 1000), 1)}")
        else:
            connection.connection.set_progress_handler(lambda: time.monotonic() > self.ends, STEPS)

    def release(self) -> None:
        """Let go of it; the one around it holds again."""
        if not self.armed or connection.connection is None:
            return
        if self.within and connection.connection.info.transaction_status == TransactionStatus.INERROR:
            connection.connection.execute("ROLLBACK TO SAVEPOINT bounded")
        if self.outer and self.outer.armed:
            self.outer.hold()
        elif connection.vendor == "postgresql":
            connection.connection.execute("RESET statement_timeout")
        else:
            connection.connection.set_progress_handler(None, 0)
        if self.within:
            connection.connection.execute("RELEASE SAVEPOINT bounded")


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is read within takes at most so many seconds; on PostgreSQL, each statement of it.

    Raises ``TookTooLong`` when more would be needed; what was read until then is lost.
    """
    around = [each for each in connection.execute_wrappers if isinstance(each, _Bound)]
    bound = _Bound(seconds, around[-1] if around else None)
    try:
        with connection.execute_wrapper(bound):
            yield
    except OperationalError as error:
        if was_given_up(error):
            raise TookTooLong from error
        raise
    finally:
        bound.release()


def was_given_up(error: BaseException | None) -> bool:
    """Whether an error of the database says that a bound was reached."""
    if not isinstance(error, OperationalError):
        return False
    return type(error.__cause__).__name__ == "QueryCanceled" or str(error) == "interrupted"
