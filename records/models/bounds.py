"""Reads that end in time: what would take longer is given up, and said to be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from psycopg.pq import TransactionStatus

from records.models.moment import milliseconds, told

SECONDS_OF_A_PAGE = 20  # more than any page of a million tasks needs, "exact" ones included
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
            self.hold("SAVEPOINT bounded; " if self.within else "")
        return execute(*statement)

    def hold(self, first: str = "") -> None:
        """Make the bound hold from now on; ``first`` is said to PostgreSQL in the same message."""
        if connection.vendor == "postgresql":
            connection.connection.execute(f"{first}{self._setting(self.seconds)}")
        else:
            connection.connection.set_progress_handler(lambda: time.monotonic() > self.ends, STEPS)

    def release(self) -> None:
        """Let go of it; the one around it holds again."""
        if not self.armed or connection.connection is None:
            return
        outer = self.outer if self.outer and self.outer.armed else None
        if connection.vendor == "postgresql":
            self._release_on_postgres(outer.seconds if outer else told.seconds)
        elif outer:
            outer.hold()
        else:
            connection.connection.set_progress_handler(None, 0)

    def _release_on_postgres(self, around: float | None) -> None:
        """Also what was given up, if something was, in one message."""
        said = [self._setting(around)]
        if self.within:
            failed = connection.connection.info.transaction_status == TransactionStatus.INERROR
            said = ["ROLLBACK TO SAVEPOINT bounded"] * failed + said + ["RELEASE SAVEPOINT bounded"]
        connection.connection.execute("; ".join(said))

    def _setting(self, seconds: float | None) -> str:
        """What PostgreSQL is told to hold a bound, or none; within a transaction until that ends."""
        local = "LOCAL " if self.within else ""
        return f"SET {local}statement_timeout = {'DEFAULT' if seconds is None else milliseconds(seconds)}"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is read within takes at most so many seconds; on PostgreSQL, each statement of it.

    Raises ``TookTooLong`` when more would be needed; what was read until then is lost.
    """
    around = [each for each in connection.execute_wrappers if isinstance(each, _Bound)]
    if told.seconds == seconds and not around:  # the server holds it already, until the end of the moment
        with _given_up():
            yield
        return
    bound = _Bound(seconds, around[-1] if around else None)
    try:
        with _given_up(), connection.execute_wrapper(bound):
            yield
    finally:
        bound.release()


@contextmanager
def _given_up() -> Iterator[None]:
    """Call it by its name when the database has given something up."""
    try:
        yield
    except OperationalError as error:
        if was_given_up(error):
            raise TookTooLong from error
        raise


def was_given_up(error: BaseException | None) -> bool:
    """Whether an error of the database says that a bound was reached."""
    if not isinstance(error, OperationalError):
        return False
    return type(error.__cause__).__name__ == "QueryCanceled" or str(error) == "interrupted"
