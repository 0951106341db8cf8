"""The way of a text that comes in: recognised, read, normalised, reconciled; nothing is fetched or stored.

Asks no database. Texts come from files (``decoding`` makes them of bytes) or are pasted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from records.importers.day import ImportedDay
from records.importers.decoding import tidied
from records.importers.formats import CannotRead, formats, recognised
from records.importers.known import LIMITS, MORE, Known, Limits
from records.importers.normalise import normalised
from records.importers.reconcile import reconciled

ARCHIVE = "json"
_ARCHIVE_NAME = re.compile(r"\.(json|jsonl|ndjson)$", re.IGNORECASE)
_ARCHIVE_START = re.compile(r'\s*\{\s*"schema"\s*:')
_MEGABYTE = 1024 * 1024
_ANYBODY = Known()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller says of a text: its form, the name of its file (or path), the day, how much to take."""

    form: str = ""
    name: str = ""
    day: date | None = None
    limits: Limits = LIMITS


def form_names() -> tuple[str, ...]:
    """The names of all forms, as ``--format`` takes them."""
    return (*formats(), ARCHIVE)


def form_of(text: str, asked: Asked = Asked(), known: Known = _ANYBODY) -> str:
    """The form of a text by name, ``json`` for our own archive. Raises ``CannotRead``."""
    if asked.form:
        if asked.form not in form_names():
            raise CannotRead(f"“{asked.form}” is no form known here. Known are {_listed(form_names())}.")
        return asked.form
    if not text.strip():
        raise CannotRead("There is nothing in it: no text at all.")
    if _ARCHIVE_START.match(text) or (_ARCHIVE_NAME.search(asked.name) and text.lstrip()[0] in "{["):
        return ARCHIVE
    return recognised(text, asked.name, known).name


def read(text: str, known: Known, asked: Asked = Asked()) -> Iterator[ImportedDay]:
    """The days in a text, each with its problems: one of a page, several of a table with dates.

    Days of a long table come one by one, so ``CannotRead`` may come after some of them; the file is then to
    be refused as a whole.
    """
    text = tidied(text)
    name = form_of(text, asked, known)
    if name == ARCHIVE:
        raise CannotRead("This is an archive of a site like this one. It is restored, not read as a page.")
    rows = days = 0
    for found in formats()[name].read(text, known):
        rows, days = rows + len(found.rows), days + 1
        _check_rows(rows, asked.limits)
        _check_one_day(days, asked)
        day = normalised(found, known, name, day=asked.day, name=asked.name, limits=asked.limits)
        yield reconciled(day, known)


def check_size(size: int, limits: Limits) -> None:
    """Refuses a file of too many bytes. Raises ``CannotRead``."""
    if limits.size is not None and size > limits.size:
        raise CannotRead(
            f"The file has {size / _MEGABYTE:,.1f} MB; at most {limits.size / _MEGABYTE:,.0f} MB are taken. "
            f"{MORE}"
        )


def check_files(files: int, limits: Limits) -> None:
    """Refuses too many files at once. Raises ``CannotRead``."""
    if limits.files is not None and files > limits.files:
        raise CannotRead(f"These are {files:,} files; at most {limits.files:,} are taken at once. {MORE}")


def _check_rows(rows: int, limits: Limits) -> None:
    if not rows:
        raise CannotRead(
            "There are no rows in it. A log has a line of headings such as “# Task Human Est. Claude Sup.”, "
            "and a line for each task below."
        )
    if limits.rows is not None and rows > limits.rows:
        raise CannotRead(f"There are more than {limits.rows:,} rows in it; no more are taken. {MORE}")


def _check_one_day(days: int, asked: Asked) -> None:
    if days > 1 and asked.day is not None:
        raise CannotRead(
            f"There are several days in it, so {asked.day.isoformat()} cannot be the date of all its rows. "
            "Leave the date to the rows."
        )


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
