"""`manage.py backup FILE`: the whole database in one file, while the site is being written to."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from records.management import backups


class Command(BaseCommand):
    """Writes one moment of the database to a file, with what `restore` needs to check it.

    Exits with 2 when it cannot be done as asked, and with 1 when the database is found damaged.
    """

    help = "Write the whole database to one file, also while the site is being written to."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether to ask."""
        parser.add_argument("file", type=Path, metavar="FILE", help="such as /var/backups/2026-04-12.zip")
        parser.add_argument("--yes", action="store_true", help="overwrite FILE without asking")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask if need be, write the file, and say what is in it."""
        path: Path = options["file"]
        try:
            asks = path.is_file() and not options["yes"]
            if asks and not backups.agreed(f"{path} exists. Overwrite it?", self.stderr):
                raise backups.NotPossible(f"{path} is left as it was.")
            made = backups.make(connection, path)
        except backups.BackupFault as fault:
            raise CommandError(str(fault), returncode=fault.exit_code) from fault
        except DatabaseError as fault:
            raise CommandError(f"The database does not answer: {fault}") from fault
        if options["json"] or options["verbosity"]:
            self.report(path, made, as_json=options["json"])

    def report(self, path: Path, made: backups.Manifest, *, as_json: bool) -> None:
        """The result on standard output."""
        size = path.stat().st_size
        said = {
            "file": str(path),
            "bytes": size,
            "engine": made.vendor,
            "made_at": made.made_at,
            "tables": {name: table.count for name, table in made.contents.tables.items()},
        }
        words = f"{path}: {backups.described(made)}, {size / 1e6:,.1f} MB."
        self.stdout.write(json.dumps(said) if as_json else words)
