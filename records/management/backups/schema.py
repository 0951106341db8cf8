"""Which migrations a backup has seen, against those this code knows."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from records.management.backups.contents import Migration


def unknown(applied: Iterable[Migration]) -> list[str]:
    """The applied migrations that this code does not know: the backup is newer, or from somewhere else."""
    known = _known()
    return [f"{app}.{name}" for app, name in applied if (app, name) not in known]


def lacking() -> list[str]:
    """The migrations that the database has still to see, in the order in which `migrate` applies them."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _known() -> set[Migration]:
    """All migrations on disk, and those that a squashed one stands for."""
    disk = MigrationLoader(None).disk_migrations
    return {*disk, *(replaced for migration in disk.values() for replaced in migration.replaces)}
