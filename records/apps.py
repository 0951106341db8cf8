"""The records application."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """Days, tasks and categories, and the pages made of them."""

    name = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """See to what the database keeps by itself after every migrate; have ``check`` say what is broken.

        No migration could: on SQLite a later one that alters a table remakes it, and drops its triggers
        without a word; and one that sums up would have to spell the sums as they were in its time. This
        signal is Django's own, about the database; nothing of ours hangs on it.
        """
        post_migrate.connect(_keep, sender=self)
        post_migrate.connect(_keep_summaries, sender=self)
        checks.register(_check_index, checks.Tags.database)
        checks.register(_check_revision, checks.Tags.database)


def _keep(using: str, **_: Any) -> None:
    from records.revision import watched  # models are not ready when this module is read
    from records.search import index

    index.keep(connections[using])
    watched.keep(connections[using])


def _keep_summaries(using: str, **_: Any) -> None:
    """Sum up the days that have no summary; a database that was not migrated to the end may have no place."""
    from records.publishing.summing import summarise_missing

    if using == DEFAULT_DB_ALIAS and _is_whole(using):
        summarise_missing()


def _is_whole(using: str) -> bool:
    from django.db.migrations.executor import MigrationExecutor  # for who migrates, not for who serves

    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("records"))


def _check_index(databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """A warning for an index that is not whole; no error, or ``migrate``, which mends it, would refuse."""
    from records.search import index

    found = {using: index.missing(connections[using]) for using in databases or ()}
    return [
        checks.Warning(
            f"Searching misses what is written from now on: in the database “{using}” there is no "
            f"{', no '.join(parts)}, or not as it should be.",
            hint="Run `manage.py migrate`: it makes the index of words anew.",
            id="records.W001",
        )
        for using, parts in found.items()
        if parts
    ]


def _check_revision(databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """A warning for a table whose changes would leave kept pages as they were."""
    from records.revision import watched

    found = {using: watched.missing(connections[using]) for using in databases or ()}
    return [
        checks.Warning(
            f"Readers may be shown pages as they were before a change: in the database “{using}” there is no "
            f"{', no '.join(parts)}, or not as it should be.",
            hint="Run `manage.py migrate`: it makes what watches the public tables anew.",
            id="records.W002",
        )
        for using, parts in found.items()
        if parts
    ]
