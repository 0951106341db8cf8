"""An imported day: what was read, normalised, with every doubt beside its cause."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from records.leverage import WithoutRange


class Severity(StrEnum):
    """What a problem means: a fault refuses the file, a doubt is listed, a note says what was left out."""

    FAULT = "fault"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to tell about an imported day: where, which value, and why.

    ``row`` is the row's place in the log from 1, ``line`` its line in the file, 0 where there is none.
    """

    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""
    severity: Severity = Severity.FAULT
    line: int = 0


@dataclass(frozen=True, slots=True)
class ImportedTask(WithoutRange):
    """A task as read; ``cells`` are the printed texts by name of column, for mending and for the Source.

    Hours have four decimals, minutes two, as they are stored. ``raw`` is the row as it stood in the file and
    ``candidates`` the several ways to read it, where it was refused.
    """

    place: int
    description: str = ""
    name: str = ""
    category: str | None = None
    human_hours: Decimal | None = None
    agent_minutes: Decimal | None = None
    supervisory_minutes: Decimal | None = None
    tokens: int | None = None
    agent_minutes_source: str = "declared"
    supervisory_minutes_source: str = "declared"
    tokens_source: str = "declared"
    cells: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Mapping[str, str], ...] = ()
    raw: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A printed total: its label and value, and the name of what it totals, blank when that is not known."""

    label: str
    value: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDay:
    """A day ready to be stored, unless it has a fault."""

    form: str
    date: date | None
    tasks: tuple[ImportedTask, ...]
    title: str = ""
    tags: tuple[str, ...] = ()
    tags_left_out: tuple[str, ...] = ()
    lede: str = ""
    analysis: str = ""
    path: str = ""
    stated_tokens: int | None = None
    headers: tuple[str, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    sample: bool = False
    computed: Mapping[str, Decimal | int | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it has a fault, so that it must not be stored."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)

    @property
    def stated(self) -> dict[str, str]:
        """The printed totals that are known, by name of what they total."""
        return {aggregate.key: aggregate.value for aggregate in self.aggregates if aggregate.key}

    def printed(self) -> dict[str, Any]:
        """What stays with the record (``Source.printed``): labels and figures as they were printed."""
        return {
            "form": self.form,
            "headers": list(self.headers),
            "rows": [dict(task.cells) for task in self.tasks],
            "aggregates": [[aggregate.label, aggregate.value] for aggregate in self.aggregates],
        }
