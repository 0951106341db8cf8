"""What became of one file: its days as they were read, and what was done with them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from records.importers.day import ImportedDay, Problem, Severity
from records.importers.storing import Stored
from records.publishing import Status

SUMS = ("tasks", "human_hours", "agent_minutes", "supervisory_minutes", "tokens")
_FIRST = (Status.REFUSED, Status.REPLACED, Status.CREATED, Status.UNCHANGED)

Candidates: TypeAlias = tuple[Mapping[str, str], ...]
Figure: TypeAlias = Decimal | int | None


@dataclass
class Outcome:
    """What became of one file; ``problems`` and ``differences`` come with the date of their day.

    ``candidates`` are the several ways to read a row that was refused, by date and row.
    """

    path: str
    form: str = ""
    status: Status = Status.REFUSED
    dates: list[date | None] = field(default_factory=list)
    rows: int = 0
    stated: dict[str, str] = field(default_factory=dict)
    computed: dict[str, Figure] = field(default_factory=dict)
    problems: list[tuple[date | None, Problem]] = field(default_factory=list)
    differences: list[tuple[date | None, str]] = field(default_factory=list)
    statuses: Counter[Status] = field(default_factory=Counter)
    candidates: dict[tuple[date | None, int | None], Candidates] = field(default_factory=dict)

    @property
    def only_date(self) -> date | None:
        """The date of its day; ``None`` where it has several, or none is known."""
        return self.dates[0] if len(self.dates) == 1 else None

    def of(self, *severities: Severity) -> list[tuple[date | None, Problem]]:
        """The problems of some kinds."""
        return [(on, problem) for on, problem in self.problems if problem.severity in severities]

    def watch(self, days: Iterable[ImportedDay]) -> Iterator[ImportedDay]:
        """The days as they pass by on their way to be stored; of several, the sums add up."""
        for day in days:
            self.dates.append(day.date)
            self.rows += len(day.tasks)
            self.candidates |= {
                (day.date, task.place): task.candidates for task in day.tasks if task.candidates
            }
            if len(self.dates) == 1:
                self.stated, self.computed = day.stated, dict(day.computed)
            else:
                self.stated, self.computed = {}, _added(self.computed, day.computed)
            yield day

    def close(self, stored: Iterable[Stored]) -> None:
        """Note what became of the days."""
        for on, one in zip(self.dates, stored, strict=True):
            self.statuses[one.status] += 1
            self.problems += [(on, problem) for problem in one.problems]
            self.differences += [(on, difference) for difference in one.differences]
        self.status = next((status for status in _FIRST if self.statuses[status]), Status.UNCHANGED)

    def refuse(self, reason: str) -> None:
        """Note why the whole file is refused."""
        self.status = Status.REFUSED
        self.statuses = Counter()
        self.problems = [(None, Problem(reason))]
        self.differences = []


def _added(sums: Mapping[str, Figure], more: Mapping[str, Figure]) -> dict[str, Figure]:
    """Sums over several days; what is not known adds nothing, and averages do not add up."""
    added: dict[str, Figure] = {}
    for name in SUMS:
        parts = [part for part in (sums.get(name), more.get(name)) if part is not None]
        added[name] = sum(parts[1:], parts[0]) if parts else None
    return added
