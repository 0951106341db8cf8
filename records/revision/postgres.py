"""PostgreSQL: one trigger a table, which acts once a statement and writes once a transaction.

All writers sharing one row would have to wait for each other, from the first row they write until they are
done, and could lock each other out for good. So each brings a number of its own and takes away those that are
free: two that write at once leave two, and the next one of them.

To ask at every request would take longer than to answer it. So whoever asks while nobody writes may rely on
the answer for a moment (``LEASE``). Who writes says so first, by a lock that shows at once and that writers
share, and then waits for longer than such a moment (``PAUSE``): before it can commit, nobody relies on an
answer any more, and nobody gets another until the lock is gone, which is after what was written shows. So no
answer is ever out of date; a transaction that writes takes some milliseconds more.
"""

import os
import threading
from time import monotonic_ns
from typing import Any

import psycopg
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ExecStatus

from records.models.revision import MARKS

LEASE, PAUSE = 0.003, 0.006  # seconds; twice as long, as two machines may measure them
WRITING = 7_305_118_202_610_042  # the number of the lock, of our own choice
# Whoever has asked for the numbers within a transaction that writes gets new ones for what it writes then.
MARKS_OF_A_WRITER = f"SELECT mark, set_config('records.revised', '', true) FROM ({MARKS}) AS marks"  # noqa: S608
# Whether nobody writes is found out first, and the numbers in a look of their own after that.
ALONE = f"NOT pg_is_in_recovery() AND pg_try_advisory_xact_lock({WRITING})"
LEASED = f"""
SELECT set_config('records.alone', ({ALONE})::text, true);
SELECT mark, current_setting('records.alone') FROM records_siterevision ORDER BY mark
"""  # noqa: S608
# The second of the two must not see what the first saw, nor wait for a table while nobody may write.
EACH_BY_ITSELF = "SET default_transaction_isolation = 'read committed'; SET lock_timeout = '200ms'"
REVISED = f"""
BEGIN
    IF current_setting('records.announced', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM pg_advisory_xact_lock_shared({WRITING});
        PERFORM pg_sleep({PAUSE});
        PERFORM set_config('records.announced', pg_current_xact_id()::text, true);
    END IF;
    IF current_setting('records.revised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        DELETE FROM records_siterevision
        WHERE id IN (SELECT id FROM records_siterevision FOR UPDATE SKIP LOCKED);
        INSERT INTO records_siterevision (mark) VALUES (hashtextextended(gen_random_uuid()::text, 0));
        PERFORM set_config('records.revised', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END
"""  # noqa: S608 - our own numbers
FUNCTION = """
SELECT prosrc FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND proname = 'records_revised'
"""
TRIGGERS = """
SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND tgname = relname || '_revised' AND tgenabled <> 'D'
"""
DRAW = "INSERT INTO records_siterevision (mark) VALUES (hashtextextended(gen_random_uuid()::text, 0))"


def missing(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """The triggers that are not there or switched off, and the function, where it is not ours."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        ours = cursor.fetchall() == [(REVISED,)]
        cursor.execute(TRIGGERS)
        found = {table for (table,) in cursor.fetchall()}
    lost = [f"trigger {table}_revised" for table in tables if table not in found]
    lost += [] if ours else ["records_revised"]
    return lost if marks(connection) else [*lost, "number"]


def build(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Make function and triggers anew, and draw a new number."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        forget(connection)
        cursor.execute(
            f"CREATE FUNCTION records_revised() RETURNS trigger LANGUAGE plpgsql AS $body${REVISED}$body$"
        )
        for table in tables:
            cursor.execute(
                f"CREATE TRIGGER {table}_revised AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION records_revised()"
            )
        cursor.execute(DRAW)


def forget(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, from whichever table has one."""
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS records_revised() CASCADE")


def marks(connection: BaseDatabaseWrapper) -> tuple[int, ...]:
    """The numbers there are, as the connection sees them; one that writes sees those of its own."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return tuple(mark for mark, _ in connection.connection.execute(MARKS_OF_A_WRITER).fetchall())


class Watch:
    """Asks with one short query, on a connection of its own: taking one from the pool would ask twice.

    Those who come while a question is under way share the next one: an answer is right for whoever was there
    before its question was sent, since every change committed until then is in it.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._parameters: dict[str, Any] = connection.get_connection_params()
        self._parameters.pop("pool", None)
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Begin anew, on a connection of this process."""
        self._lock = threading.Lock()
        self._own: psycopg.Connection[Any] | None = None
        self._writers_wait = False  # whether the triggers are those that do
        self._asked_at = 0  # by the clock of ``monotonic_ns``
        self._marks: tuple[int, ...] = ()
        self._leased: tuple[tuple[int, ...], int] = ((), 0)  # numbers, and until when they can be relied on

    def close(self) -> None:
        """End the connection; the next question opens another."""
        with self._lock:
            if self._own is not None:
                self._own.close()
            self._own = None

    def marks(self) -> tuple[int, ...]:
        """The numbers there are. Raises ``psycopg.Error`` where the database does not answer."""
        came_at = monotonic_ns()
        marks, until = self._leased
        if came_at < until:
            return marks
        with self._lock:
            if self._asked_at <= came_at:
                asked_at = monotonic_ns()
                self._marks, alone = self._answered()
                self._asked_at = asked_at
                if alone:
                    self._leased = (self._marks, asked_at + int(LEASE * 1e9))
            return self._marks

    def _answered(self) -> tuple[tuple[int, ...], bool]:
        try:
            return self._asked()
        except psycopg.OperationalError:  # the server may have gone and come back since
            self._own = None
            return self._asked()

    def _asked(self) -> tuple[tuple[int, ...], bool]:
        """The numbers, and whether nobody writes; past psycopg's cursors, which take as long as that."""
        if self._own is None:
            self._own = self._opened()
        answer = self._own.pgconn.exec_(LEASED.encode())
        if answer.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(answer.get_error_message())
        marks = tuple(int(answer.get_value(row, 0) or 0) for row in range(answer.ntuples))
        return marks, bool(marks) and answer.get_value(0, 1) == b"true" and self._writers_wait

    def _opened(self) -> "psycopg.Connection[Any]":
        own: psycopg.Connection[Any] = psycopg.connect(**self._parameters, autocommit=True)
        own.execute(EACH_BY_ITSELF)
        self._writers_wait = own.execute(FUNCTION).fetchall() == [(REVISED,)]
        return own
