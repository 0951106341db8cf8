"""The site inside this very process, on one set of tasks or another, and what it asks its database."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.bench import seconds_of
from benchmarks.sites import SMALL, Database

# Rows with all they show, or their ids, by which they are asked for then.
_OF_ROWS = re.compile(
    r'^\s*SELECT (?!.*\b(?:COUNT|SUM|MIN|MAX)\().*"?records_task"?\."?description"?', re.DOTALL
)
_IDS = 'SELECT "records_task"."id" AS "pk"'
BEGINNINGS = ("BEGIN", "SET TRANSACTION")
AT_LEAST_SECONDS = 0.004  # that a query is measured for, however short it is by itself


@dataclass(frozen=True)
class Query:
    """A question to the database as it was asked, and how long the asking took."""

    sql: str
    parameters: Any
    seconds: float

    @property
    def is_of_rows(self) -> bool:
        """Whether it reads the rows of a list, rather than counts, sums or names."""
        selected = self.sql.partition(" FROM ")[0]
        return bool(_OF_ROWS.match(selected)) or selected == _IDS


class Sets:
    """The sets of a database, one of which is the site's own at a time."""

    def __init__(self, kept: Database) -> None:
        """Set the site up; nothing of it may have been imported before."""
        os.environ.update(kept.site(SMALL).variables(), DJANGO_SETTINGS_MODULE="leverage_site.settings")
        import django

        django.setup()
        from django.test import Client

        self.kept = kept
        self.client = Client(SERVER_NAME="localhost")
        self._connections: dict[int | str, Any] = {}

    def use(self, tasks: int | str) -> None:
        """Let the site be that of a set."""
        from django.db import connections

        if tasks not in self._connections:
            self._connections[tasks] = self._connection(tasks)
        connections["default"] = self._connections[tasks]

    def get(self, address: str) -> Any:
        """The answer to an address, made anew; ``RuntimeError`` for any but 200."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return answer

    def seconds(self, tasks: int, address: str) -> float:
        """How long a whole page of a set takes."""
        self.use(tasks)
        return seconds_of(lambda: self.get(address))

    def queries(self, tasks: int, address: str) -> list[Query]:
        """What a page of a set asks its database."""
        self.use(tasks)
        with watched() as queries:
            self.get(address)
        return queries

    def rows(self, tasks: int, address: str) -> list[Query]:
        """The questions of a page for its rows; none where it knows beforehand that there are none."""
        return [query for query in self.queries(tasks, address) if query.is_of_rows]

    def asking(self, tasks: int, queries: list[Query]) -> Callable[[], float]:
        """A function that asks them again, reads all that comes, and gives the seconds that took.

        Each time anew as often as a clock needs to tell, so that the shortest can be compared as well.
        """

        def again() -> float:
            from django.db import connection

            self.use(tasks)
            count, began = 0, time.perf_counter()
            with connection.cursor() as cursor:
                while (took := time.perf_counter() - began) < AT_LEAST_SECONDS or not count:
                    for query in queries:
                        cursor.execute(query.sql, query.parameters)
                        cursor.fetchall()
                    count += 1
            return took / count

        return again

    def _connection(self, tasks: int | str) -> Any:
        from django.db import connections
        from django.db.utils import load_backend

        stock = connections.settings["default"]
        options = {name: value for name, value in stock["OPTIONS"].items() if name != "pool"}
        on_sqlite = self.kept.name == "sqlite"
        name = str(self.kept.file(tasks)) if on_sqlite else self.kept.url(tasks).rpartition("/")[2]
        stays = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
        settings = {**stock, "NAME": name, "OPTIONS": options, **stays}
        return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")


@contextmanager
def watched() -> Iterator[list[Query]]:
    """The questions to any database of the site, as they come; to begin a transaction asks for nothing."""
    from django.db import connections

    queries: list[Query] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        began = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            if not sql.startswith(BEGINNINGS):
                queries.append(Query(sql, parameters, time.perf_counter() - began))

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        yield queries
