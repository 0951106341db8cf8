"""PostgreSQL: one trigger a table, which acts once a statement and writes once a transaction.

All writers sharing one row would have to wait for each other, from the first row they write until they are
done, and could lock each other out for good. So each brings a number of its own and takes away those that are
free: two that write at once leave two, and the next one of them.
"""

import os
import threading
from time import monotonic_ns
from typing import Any

import psycopg
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ExecStatus

# Whoever has asked for the numbers within a transaction that writes gets new ones for what it writes then.
MARKS = "SELECT mark FROM records_siterevision ORDER BY mark"
MARKS_OF_A_WRITER = f"SELECT mark, set_config('records.revised', '', true) FROM ({MARKS}) AS marks"  # noqa: S608
REVISED = """
BEGIN
    IF current_setting('records.revised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        DELETE FROM records_siterevision
        WHERE id IN (SELECT id FROM records_siterevision FOR UPDATE SKIP LOCKED);
        INSERT INTO records_siterevision (mark) VALUES (hashtextextended(gen_random_uuid()::text, 0));
        PERFORM set_config('records.revised', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END
"""
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
        self._asked_at = 0  # by the clock of ``monotonic_ns``
        self._marks: tuple[int, ...] = ()

    def close(self) -> None:
        """End the connection; the next question opens another."""
        with self._lock:
            if self._own is not None:
                self._own.close()
            self._own = None

    def marks(self) -> tuple[int, ...]:
        """The numbers there are. Raises ``psycopg.Error`` where the database does not answer."""
        came_at = monotonic_ns()
        with self._lock:
            if self._asked_at <= came_at:
                asked_at = monotonic_ns()
                self._marks = self._answered()
                self._asked_at = asked_at
            return self._marks

    def _answered(self) -> tuple[int, ...]:
        try:
            return self._asked()
        except psycopg.OperationalError:  # the server may have gone and come back since
            self._own = None
            return self._asked()

    def _asked(self) -> tuple[int, ...]:
        """The numbers, asked past psycopg's cursors: they take as long as the answer does."""
        if self._own is None:
            self._own = psycopg.connect(**self._parameters, autocommit=True)
        answer = self._own.pgconn.exec_(MARKS.encode())
        if answer.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(answer.get_error_message())
        return tuple(int(answer.get_value(row, 0) or 0) for row in range(answer.ntuples))
