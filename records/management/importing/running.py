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
from records.management.importing.files import ImportedFile
from records.management.importing.outcome import Outcome

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
            text = file.text(self.limits)
            asked = Asked(self.form, file.name, self.day, self.limits)
            outcome.form = form_of(text, asked)
            if outcome.form == ARCHIVE:
                restore(text, outcome, self.how)
            else:
                days = _telling(read(text, known_to_site(), asked), text.count("\n") + 1, tell)
                outcome.close(store_all(outcome.watch(days), replace(self.how, name=file.name)))
        except CannotRead as refusal:
            outcome.refuse(str(refusal))
        return outcome


def _telling(days: Iterable[ImportedDay], lines: int, tell: Tell) -> Iterator[ImportedDay]:
    rows = 0
    for day in days:
        yield day
        rows += len(day.tasks)
        tell(min(1, rows / lines))
