"""The forms an import can have: one module each, found by itself, recognising only.

Pure. A module here gives its ``FORMATS``. A new form is one new file.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from records.importers.found import FoundDay
from records.importers.known import Known


class CannotRead(ValueError):
    """A text that is not of any known form, or not of the one asked for; ``str()`` says why in words."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form: what ``--format`` calls it, whether a text looks like it, and its reader.

    ``recognises(text, name, known)`` is asked in the order of ``rank``, the surest form first; ``name`` is
    the name of the file or blank. ``read(text, known)`` yields the days found, or raises ``CannotRead``.
    """

    name: str
    rank: int
    recognises: Callable[[str, str, Known], bool]
    read: Callable[[str, Known], Iterator[FoundDay]]


@cache
def formats() -> dict[str, Format]:
    """All forms by name, the surest first."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    listed = [form for module in modules for form in getattr(module, "FORMATS", ())]
    return {form.name: form for form in sorted(listed, key=lambda form: form.rank)}


def recognised(text: str, name: str, known: Known) -> Format:
    """The form of a text; raises ``CannotRead`` when none looks like it."""
    for form in formats().values():
        if form.recognises(text, name, known):
            return form
    raise CannotRead(
        "No rows were recognised. A log has a line of headings such as “# Task Human Est. Claude Factor”, "
        "or lines such as “Team wiki: 64 files 480h 90m 5m”."
    )
