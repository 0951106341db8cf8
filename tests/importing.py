"""Reading a page in tests, from its text to the day it becomes."""

from pathlib import Path

from records.importers.day import ImportedDay
from records.importers.decoding import decoded
from records.importers.known import Known
from records.importers.reading import Asked, read


def read_text(text: str, known: Known, name: str = "") -> ImportedDay:
    """The one day in a text, in whatever form it is."""
    (day,) = read(text, known, Asked(name=name))
    return day


def read_file(path: Path, known: Known) -> ImportedDay:
    """The day in a file, whose name may tell its date."""
    (day,) = read(decoded(path.read_bytes()), known, Asked(name=path.name))
    return day
