"""`manage.py import_records`: records of the past and our own files, brought in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from records.importers.known import LIMITS, NO_LIMITS
from records.importers.reading import check_files, form_names
from records.importers.storing import How
from records.management.arguments import typed_date, wrong_use
from records.management.importing.files import ImportedFile, NoFiles, files_named
from records.management.importing.memory import seldom_searched
from records.management.importing.outcome import Outcome
from records.management.importing.progress import FilesBar
from records.management.importing.running import Importer
from records.management.importing.telling import as_json, in_words, summary
from records.publishing import Status
from records.publishing.checks import REASON_LENGTH

REFUSED = 1
OPTIONS = (
    ("--dry-run", "do everything and keep nothing"),
    ("--replace", "let a stored day give way to another version of it"),
    ("--publish", "make new days public; they are drafts otherwise, those of an export what they were"),
    ("--no-limit", "take any number and size of files, rows and texts"),
    ("--json", "print a line of JSON for each file"),
)


class Command(BaseCommand):
    """Imports files, each in a transaction of its own: whole or absent.

    Standard output carries the report, progress goes to standard error. Exits with 1 when a file was refused,
    with 2 on wrong use, before anything is imported.
    """

    help = "Import records: pages, copied text, CSV, quick lines, and exports of a site like this one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which files, as what, and what may happen."""
        paths = "files, folders, patterns such as posts/**/*.html, or - for standard input"
        parser.add_argument("paths", nargs="+", metavar="PATH", help=paths)
        parser.add_argument("--format", dest="form", default="", help=f"one of {', '.join(form_names())}")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day worked, where one file is imported")
        parser.add_argument("--reason", default="", help="why it gives way; shown beside each correction")
        for name, what in OPTIONS:
            parser.add_argument(name, action="store_true", help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file and tell what became of it."""
        try:
            files, importer = _files(options), _importer(options)
        except ValueError as error:
            raise wrong_use(str(error)) from error
        with seldom_searched(), _kept(dry_run=options["dry_run"]), FilesBar(files) as bar:
            outcomes = [self.one(importer, file, bar, as_line=options["json"]) for file in files]
        if not options["json"]:
            self.stdout.write("\n".join(["", *summary(outcomes, dry_run=options["dry_run"])]))
        if any(outcome.status is Status.REFUSED for outcome in outcomes):
            sys.exit(REFUSED)

    def one(self, importer: Importer, file: ImportedFile, bar: FilesBar, *, as_line: bool) -> Outcome:
        """Import one file and print at once what became of it."""
        bar.begin(file)
        outcome = importer.run(file, bar.tell)
        with bar.set_aside():
            self.stdout.write(as_json(outcome) if as_line else "\n".join(in_words(outcome)))
        return outcome


def _files(options: dict[str, Any]) -> list[ImportedFile]:
    files = files_named(options["paths"])
    check_files(len(files), NO_LIMITS if options["no_limit"] else LIMITS)
    if options["date"] and len(files) > 1:
        raise NoFiles(f"--date says the day of one file, and these are {len(files)}. Import that one alone.")
    return files


def _importer(options: dict[str, Any]) -> Importer:
    """What the options ask for. Raises ``ValueError`` for what cannot be."""
    form, reason = options["form"], options["reason"]
    if form and form not in form_names():
        raise ValueError(f"“{form}” is no form known here. Known are {', '.join(form_names())}.")
    if reason and not options["replace"]:
        raise ValueError("--reason says why a stored day gives way. Use it together with --replace.")
    if len(reason) > REASON_LENGTH:
        raise ValueError(f"The reason has {len(reason)} letters; it has room for {REASON_LENGTH}.")
    return Importer(
        How(replace=options["replace"], publish=options["publish"], reason=reason),
        form=form,
        day=typed_date(options["date"]) if options["date"] else None,
        limits=NO_LIMITS if options["no_limit"] else LIMITS,
    )


@contextmanager
def _kept(*, dry_run: bool) -> Iterator[None]:
    """Each file keeps what it brought; a dry run takes everything back in the end."""
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
