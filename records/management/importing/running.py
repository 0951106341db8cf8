"""One file after the other: read, stored, and what became of it; each is whole or absent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from records.importers.day import ImportedDay
from records.importers.formats import CannotRead
from records.importers.known import LIMITS, Limits
from records.importers.reading import ARCHIVE, Asked, form_of, read
from records.importers.site import known_to_site
from records.importers.storing import How, store_all
from records.management.importing.archives import restore
from records.management.importing.files import ImportedFile, text_of
from records.management.importing.outcome import Outcome

BEGINNING = 200  # bytes that show whether a file is an archive
Tell: TypeAlias = Callable[[float], None]


@dataclass(frozen=True)
class Importer:
    """How files are imported: as what and of which day where the caller says so, how stored, how much."""

    how: How = field(default_factory=How)
    form: str = ""
    day: date | None = None
    limits: Limits = LIMITS

    def run(self, file: ImportedFile, tell: Tell) -> Outcome:
        """Import one file, or say why not; ``tell`` hears what share of it, from 0 to 1, is done."""
        outcome = Outcome(file.shown)
        try:
            self._import(file, outcome, tell)
        except CannotRead as refusal:
            outcome.refuse(str(refusal))
        return outcome

    def _import(self, file: ImportedFile, outcome: Outcome, tell: Tell) -> None:
        data, asked = file.data(self.limits), Asked(self.form, file.name, self.day, self.limits)
        if _is_archive(data, asked):
            outcome.form = ARCHIVE
            if self.day is not None:
                raise CannotRead("An export says itself which days it holds. Leave out --date.")
            restore(data, outcome, self.how)
            return
        text, known = text_of(data), known_to_site()
        outcome.form = form_of(text, asked, known)
        days = read(text, known, replace(asked, form=outcome.form))
        days = _telling(days, text.count("\n") + 1, tell)
        outcome.close(store_all(outcome.watch(days), replace(self.how, name=file.name)))


def _is_archive(data: bytes, asked: Asked) -> bool:
    """Whether a file begins as our own export does, which is restored letter by letter, not tidied."""
    try:
        return form_of(data[:BEGINNING].decode("utf-8-sig", errors="ignore"), asked) == ARCHIVE
    except CannotRead:
        return False


def _telling(days: Iterable[ImportedDay], lines: int, tell: Tell) -> Iterator[ImportedDay]:
    rows = 0
    for day in days:
        yield day
        rows += len(day.tasks)
        tell(min(1, rows / lines))
