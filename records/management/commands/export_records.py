"""`manage.py export_records`: everything out, in a form that a program or a spreadsheet reads."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.exporters.scope import Scope
from records.exporters.whole import FORMS, Form, whole_archive
from records.formats import counted
from records.management.arguments import typed_date, wrong_use
from records.management.progress import Counting


class Command(BaseCommand):
    """Writes days, tasks and all that belongs to them, as they stand at one moment, in export schema 1.

    What the public may see, or everything; to standard output, or to a file that appears when it is whole.
    Progress goes to standard error. Exits with 2 on dates that cannot be and a file that cannot be written.
    """

    help = "Write everything as JSON, as lines of JSON or as a zip of CSV files; drafts only if asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        """In which form, of which days, where to."""
        parser.add_argument(
            "--format", choices=FORMS, help="the form (that of FILE by its ending, else json); csv is a zip"
        )
        parser.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="the first day")
        parser.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help="the last day")
        parser.add_argument(
            "--include-drafts", action="store_true", help="what the public does not see as well"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive, whole or not at all where it is a file."""
        first, last = (options[end] and typed_date(options[end]) for end in ("first", "last"))
        target = options["output"]
        if first and last and first > last:
            raise wrong_use(f"--from {first} lies after --to {last}. Swap them: --from {last} --to {first}.")
        form = FORMS[options["format"] or _format_of(target or "")]
        scope = Scope(drafts=options["include_drafts"], first=first, last=last)
        counting = Counting("Tasks", scope.tasks().count)
        with counting as tasks, closing(whole_archive(form, scope, tasks.advance)) as archive:
            if target is None:
                self.pour(form, archive)
                return
            size = _write(Path(target), archive)
        self.stdout.write(f"Wrote {counted(tasks.done, 'task')}, {size:,} bytes, to {target}.")
        if left_out := scope.left_out():
            days = counted(left_out, "day")
            self.stdout.write(
                f"Left out: {days} that the public does not see; --include-drafts takes them in."
            )

    def pour(self, form: Form, archive: Iterator[bytes]) -> None:
        """The archive to standard output."""
        binary = getattr(self.stdout, "buffer", None)
        if not form.is_text and (binary is None or self.stdout.isatty()):
            raise wrong_use("A zip is nothing for a terminal. Name a file: -o records.zip.")
        try:
            for chunk in archive:
                if binary is None:
                    self.stdout.write(chunk.decode(), ending="")
                else:
                    binary.write(chunk)
        except BrokenPipeError:  # whoever reads has seen enough, as in: export_records | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _format_of(target: str) -> str:
    """The form that the ending of a file asks for."""
    endings = {f".{form.ending}": name for name, form in FORMS.items()}
    return endings.get(Path(target).suffix.lower(), "json")


def _write(target: Path, archive: Iterator[bytes]) -> int:
    """Write beside the place and move there what is whole; gives its size in bytes."""
    if target.is_dir():
        raise wrong_use(f"{target} is a folder. Name a file in it: -o {target / 'records.json'}.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            for chunk in archive:
                file.write(chunk)
            size = file.tell()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise wrong_use(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return size
