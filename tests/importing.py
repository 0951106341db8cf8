"""Reading a page in tests, from its text to the day it becomes."""

from pathlib import Path

from records.importers.day import ImportedDay
from records.importers.formats import formats, recognised
from records.importers.known import LIMITS, Known
from records.importers.normalise import normalised
from records.importers.reconcile import reconciled

FORMS_READ = tuple(formats())


def read_text(text: str, known: Known, name: str = "") -> ImportedDay:
    """The one day in a text, in whatever form it is."""
    form = recognised(text, name)
    found = next(iter(form.read(text, known)))
    day = normalised(found, known, form.name, day=None, name=name, limits=LIMITS)
    return reconciled(day, known)


def read_file(path: Path, known: Known) -> ImportedDay:
    """The day in a file, whose name may tell its date."""
    return read_text(path.read_text(encoding="utf-8"), known, path.name)
