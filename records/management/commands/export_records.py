"""`manage.py export_records`: everything out, in a form that a program or a spreadsheet reads."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from records.exporters.scope import Scope
from records.exporters.whole import FORMS, Form, whole_archive
from records.formats import counted
from records.periods import iso_date


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
        parser.add_argument("--from", dest="first", type=_date, metavar="YYYY-MM-DD", help="the first day")
        parser.add_argument("--to", dest="last", type=_date, metavar="YYYY-MM-DD", help="the last day")
        parser.add_argument(
            "--include-drafts", action="store_true", help="what the public does not see as well"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive, whole or not at all where it is a file."""
        first, last, target = options["first"], options["last"], options["output"]
        if first and last and first > last:
            raise _wrong(f"--from {first} lies after --to {last}. Swap them: --from {last} --to {first}.")
        form = FORMS[options["format"] or _format_of(target or "")]
        scope = Scope(drafts=options["include_drafts"], first=first, last=last)
        with _progress(scope) as progress:
            told = partial(progress.advance, progress.task_ids[0])
            with closing(whole_archive(form, scope, told)) as archive:
                if target is None:
                    self.pour(form, archive)
                    return
                size = _write(Path(target), archive)
        tasks = int(progress.tasks[0].completed)
        self.stdout.write(f"Wrote {counted(tasks, 'task')}, {size:,} bytes, to {target}.")
        if left_out := scope.left_out():
            days = counted(left_out, "day")
            self.stdout.write(
                f"Left out: {days} that the public does not see; --include-drafts takes them in."
            )

    def pour(self, form: Form, archive: Iterator[bytes]) -> None:
        """The archive to standard output."""
        binary = getattr(self.stdout, "buffer", None)
        if not form.is_text and (binary is None or self.stdout.isatty()):
            raise _wrong("A zip is nothing for a terminal. Name a file: -o records.zip.")
        try:
            for chunk in archive:
                if binary is None:
                    self.stdout.write(chunk.decode(), ending="")
                else:
                    binary.write(chunk)
        except BrokenPipeError:  # whoever reads has seen enough, as in: export_records | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wrong(words: str) -> CommandError:
    return CommandError(words, returncode=2)


def _date(text: str) -> date:
    try:
        return iso_date(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date. Try 2026-04-12.") from None


def _format_of(target: str) -> str:
    """The form that the ending of a file asks for."""
    endings = {f".{form.ending}": name for name, form in FORMS.items()}
    return endings.get(Path(target).suffix.lower(), "json")


def _write(target: Path, archive: Iterator[bytes]) -> int:
    """Write beside the place and move there what is whole; gives its size in bytes."""
    if target.is_dir():
        raise _wrong(f"{target} is a folder. Name a file in it: -o {target / 'records.json'}.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            for chunk in archive:
                file.write(chunk)
            size = file.tell()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise _wrong(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return size


def _progress(scope: Scope) -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("Tasks"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    progress.add_task("tasks", total=scope.tasks().count() if console.is_terminal else None)
    return progress
