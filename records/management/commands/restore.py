"""`manage.py restore FILE`: the database as a backup holds it, or else as it was before."""

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from records.management import backups
from records.models import Day, Task
from records.revision import watched
from records.search import index


class Command(BaseCommand):
    """Checks a backup, asks, replaces the database by it, and compares counts and content hashes.

    Exits with 1 when a check finds something and with 2 when it cannot be done as asked; the database is
    untouched then.
    """

    help = "Replace the database by a backup, once the backup is checked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, and whether to ask."""
        parser.add_argument("file", type=Path, metavar="FILE", help="what backup wrote")
        parser.add_argument("--yes", action="store_true", help="replace the database without asking")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, ask, replace, compare; an older backup is then brought up to this code."""
        path: Path = options["file"]
        try:
            manifest = backups.accept(path, connection)
            self.ask(path, manifest, yes=options["yes"])
            found = backups.replace(connection, path, manifest)
            applied = self.bring_up_to_date()
        except backups.BackupFault as fault:
            raise CommandError(str(fault), returncode=fault.exit_code) from fault
        except DatabaseError as fault:
            raise CommandError(f"The database does not answer: {fault}") from fault
        if changed := backups.differences(manifest.contents, found):
            raise CommandError(" ".join(["Restored, and written to by others since:", *changed]))
        self.report(path, manifest, applied, as_json=options["json"])

    def ask(self, path: Path, manifest: backups.Manifest, *, yes: bool) -> None:
        """Whether to overwrite what there is; no question where there is nothing. Raises BackupFault."""
        here = _what_is_here()
        question = f"{path} ({backups.described(manifest)}) replaces the database, which holds {here}. Go on?"
        if here and not yes and not backups.agreed(question, self.stderr):
            raise backups.NotPossible("The database is left as it was.")

    def bring_up_to_date(self) -> list[str]:
        """Apply the migrations that the backup has not seen; gives their names. Raises BackupFault."""
        missing = backups.lacking()
        # Migrating also mends the index of words and what watches the public tables.
        if missing or index.missing(connection) or watched.missing(connection):
            try:
                call_command("migrate", interactive=False, verbosity=0)
            except DatabaseError as fault:
                said = f"The backup is restored as it was made; `manage.py migrate` then failed: {fault}"
                raise backups.BackupFault(said) from fault
        return missing

    def report(self, path: Path, manifest: backups.Manifest, applied: list[str], *, as_json: bool) -> None:
        """The result on standard output."""
        tables = manifest.contents.tables
        said = {
            "file": str(path),
            "engine": manifest.vendor,
            "made_at": manifest.made_at,
            "migrated": applied,
            "tables": {name: table.count for name, table in tables.items()},
        }
        rows = sum(table.count for table in tables.values())
        words = [
            f"Restored {path}: {backups.described(manifest)}.",
            f"All {len(tables)} tables, {rows:,} rows, have the counts and the content hashes of the backup.",
            *([f"Migrations it had not seen were applied then: {', '.join(applied)}."] if applied else []),
        ]
        self.stdout.write(json.dumps(said) if as_json else "\n".join(words))


def _what_is_here() -> str:
    """What would be overwritten: `101 days and 1,437 tasks`; blank for a database without tables."""
    tables = connection.introspection.table_names()
    if not tables:
        return ""
    if not {Day._meta.db_table, Task._meta.db_table} <= set(tables):
        return f"{len(tables)} tables that are not ours"
    return f"{Day.objects.count():,} days and {Task.objects.count():,} tasks"
