"""The rows of a pasted day: what was read, typed into the fields of a form, with what to tell beside each.

A row that came from the text carries its place there (``tasks-<n>-place``), so that what was printed stays
with it however it is mended, moved or removed. A row that could not be split is left blank beside its line,
with the ways to read that to choose from (``tasks-<n>-choice``).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records.durations import write_hours, write_minutes
from records.forms.posted import Raw, read_whole
from records.forms.rows import SOURCES, Offer, TaskRow
from records.forms.sheet_rows import TaskRows
from records.importers.columns import Column
from records.importers.day import ImportedDay, ImportedTask, Problem, Severity
from records.importers.found import FoundDay, FoundRow
from records.importers.known import NO_LIMITS, Known
from records.importers.normalise import normalised
from records.models import FigureSource, Task

WHOLE_LINE = "line"
_WRITTEN: dict[str, Any] = {
    "human_hours": write_hours,
    "agent_minutes": write_minutes,
    "supervisory_minutes": write_minutes,
    "tokens": lambda tokens: "" if tokens is None else f"{tokens:,}",
}
# The figure that speaks for a printed one: once it is typed, nothing has to be told of that any more.
_SPOKEN_FOR: dict[str, str] = {
    Column.FACTOR: "agent_minutes",
    Column.SUPERVISORY_FACTOR: "supervisory_minutes",
    Column.WEEKS: "supervisory_minutes",
}
_SHOWN_IN_A_READING = ("human_hours", "agent_minutes", "supervisory_minutes", "factor", "supervisory_factor")


@dataclass(frozen=True)
class Reading:
    """One way to read a line that can be split in several, or the whole line as a text."""

    key: str
    text: str
    figures: str
    task: ImportedTask
    typed: Raw

    @property
    def as_json(self) -> str:
        """What the script types into the row when it is chosen."""
        return json.dumps(self.typed)


@dataclass
class Beside:
    """What stands beside a row of the text: its line, the ways to read it, and what to tell."""

    task: ImportedTask
    typed: Raw
    reason: str = ""
    readings: Sequence[Reading] = ()
    problems: Sequence[Problem] = ()
    doubts: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the line could not be split."""
        return bool(self.reason)

    def read_as(self, choice: str) -> tuple[ImportedTask, Raw]:
        """The task and what is typed for it, after a choice among the ways to read its line."""
        chosen = next((reading for reading in self.readings if reading.key == choice), None)
        return (chosen.task, chosen.typed) if chosen else (self.task, self.typed)


def besides(day: ImportedDay, known: Known, keys: Mapping[str, str]) -> dict[int, Beside]:
    """What stands beside each row, by its place; ``keys`` are the keys of the categories by slug."""
    by_place: dict[int, list[Problem]] = {}
    for problem in day.problems:
        by_place.setdefault(problem.row or 0, []).append(problem)
    return {task.place: _beside(task, by_place.get(task.place, []), known, keys) for task in day.tasks}


def _beside(task: ImportedTask, problems: Sequence[Problem], known: Known, keys: Mapping[str, str]) -> Beside:
    typed = typed_row(task, problems, keys)
    told = [problem for problem in problems if _is_told(problem)]
    whole = _fault_of_all(problems)
    if whole is None:
        return Beside(task, typed, problems=told)
    return Beside(task, typed, whole.reason, [*_readings(task, known, keys)], told)


def _is_told(problem: Problem) -> bool:
    """Whether no field tells it: one does that cannot read its cell either, and doubts are found anew."""
    if problem.severity is Severity.FAULT:
        return problem.column in _SPOKEN_FOR
    return problem.severity is Severity.NOTE


def typed_row(task: ImportedTask, problems: Iterable[Problem], keys: Mapping[str, str]) -> Raw:
    """A task as it would be typed; a cell that cannot be read stays as it was printed."""
    faulty = {problem.column for problem in problems if problem.severity is Severity.FAULT}
    row = {"place": str(task.place), "description": task.description, "name": task.name}
    row["category"] = keys.get(task.category or "", "")
    for name, write in _WRITTEN.items():
        value = getattr(task, name)
        row[name] = task.cells.get(name, "") if value is None and name in faulty else write(value)
    return row | {name: getattr(task, name) for name in SOURCES}


def rows_for_the_form(day: ImportedDay, keys: Mapping[str, str]) -> list[Raw]:
    """The rows as the day's form has them typed, each with its ``fault``; a refused line is a text."""
    rows = []
    for task in day.tasks:
        problems = [problem for problem in day.problems if problem.row == task.place]
        row = typed_row(task, problems, keys)
        whole = _fault_of_all(problems)
        if whole:
            row["description"] = task.raw
        del row["place"]
        rows.append({**row, "fault": whole.reason if whole else ""})
    return rows


def _fault_of_all(problems: Iterable[Problem]) -> Problem | None:
    """The fault for which a line could not be split at all."""
    return next((p for p in problems if p.severity is Severity.FAULT and not p.column), None)


def _readings(task: ImportedTask, known: Known, keys: Mapping[str, str]) -> Iterable[Reading]:
    rows = tuple(FoundRow({Column(name): cell for name, cell in cells.items()}) for cells in task.candidates)
    day = normalised(FoundDay(rows), known, "", day=None, name="", limits=NO_LIMITS)
    for read in day.tasks:
        faults = [problem for problem in day.problems if problem.row == read.place]
        typed = typed_row(read, faults, keys) | {"place": str(task.place)}
        figures = " · ".join(read.cells[name] for name in _SHOWN_IN_A_READING if read.cells.get(name))
        yield Reading(str(read.place), read.description, figures, read, typed)
    as_text = ImportedTask(task.place, description=task.raw, raw=task.raw, line=task.line)
    yield Reading(WHOLE_LINE, "the whole line as its text", "", as_text, typed_row(as_text, [], keys))


class PastedRow(TaskRow):
    """One row of a pasted day; what the text cannot say is for the day's own form, once it is stored."""

    def __init__(self, offer: Offer, raw: Raw | None, *, prefix: str, found: Beside | None) -> None:
        self.found: Beside | None = found
        mended = _mended(raw, found) if raw and found else raw
        super().__init__(offer, mended, instance=Task(), prefix=prefix)
        if found and found.refused:
            hint = f"{found.reason} Choose how to read it, type it, or remove the row."
            self.fields["description"].error_messages["required"] = hint

    def further(self) -> list[forms.BoundField]:
        """The fields behind the row that an import fills."""
        return [self[name] for name in ("name", *SOURCES)]

    @property
    def choice(self) -> str:
        """Which way to read its line was chosen."""
        return self.raw.get("choice", "")

    @property
    def read(self) -> ImportedTask:
        """The task as it was read in the text; a blank one for a row that was added."""
        return self.found.read_as(self.choice)[0] if self.found else ImportedTask(0)

    def told(self) -> list[Problem]:
        """What to tell beside the row that none of its fields tells; notes only while they are true."""
        if self.found is None:
            return []
        notes = [problem for problem in self.found.problems if not self._speaks_for(problem.column)]
        return [*self.found.doubts, *notes]

    def _speaks_for(self, column: str) -> bool:
        return bool(self.raw.get(_SPOKEN_FOR.get(column, column), "").strip())

    def imported(self, place: int) -> ImportedTask:
        """The task as it stands now, with what was printed for it; what cannot be read is unknown."""
        cleaned = self.cleaned_data
        category = cleaned.get("category")
        figures = self.figures()
        read = self.read
        return ImportedTask(
            place,
            description=cleaned.get("description", ""),
            name=cleaned.get("name", ""),
            category=category.slug if category else None,
            human_hours=figures.human_hours,
            agent_minutes=figures.agent_minutes,
            supervisory_minutes=figures.supervisory_minutes,
            tokens=figures.tokens,
            agent_minutes_source=cleaned.get("agent_minutes_source") or FigureSource.DECLARED,
            supervisory_minutes_source=cleaned.get("supervisory_minutes_source") or FigureSource.DECLARED,
            tokens_source=cleaned.get("tokens_source") or FigureSource.DECLARED,
            cells=read.cells,
            raw=read.raw,
            line=read.line,
        )


def as_if_printed(task: ImportedTask, read: ImportedTask) -> ImportedTask:
    """The task with each figure that was mended in place of the printed one, to hold its factors against."""
    cells = dict(task.cells)
    for name, write in _WRITTEN.items():
        value = getattr(task, name)
        if value != getattr(read, name) or value is None:
            cells[name] = write(value)
    return replace(task, cells=cells)


def _mended(raw: Raw, found: Beside) -> Raw:
    """The row after a choice made without script; a figure typed anew is declared, whatever it was."""
    choice = raw.get("choice", "")
    _, typed = found.read_as(choice)
    if choice and choice != raw.get("applied", ""):
        return {**raw, **typed, "choice": choice, "applied": choice}
    changed = {
        name: FigureSource.DECLARED
        for name in SOURCES
        if raw.get(name) == typed[name] and raw.get(figure := name.removesuffix("_source")) != typed[figure]
    }
    return {**raw, **changed}


class PastedRows(TaskRows):
    """The rows of a pasted day, then blank ones."""

    def __init__(
        self, offer: Offer, typed: Sequence[Raw], found: Mapping[int, Beside], blanks: int = 0
    ) -> None:
        self.found = found
        super().__init__(offer, [], typed, blanks)

    def _row(self, raw: Raw | None, task: Task | None, number: int | str) -> PastedRow:
        place = read_whole(raw.get("place", "")) if raw else None
        found = self.found.get(place) if place is not None else None
        return PastedRow(self.offer, raw, prefix=f"tasks-{number}", found=found)

    def imported(self) -> Iterator[tuple[ImportedTask, ImportedTask]]:
        """The tasks of the rows that stay, numbered in their order, each beside what was read for it."""
        rows = [row for row in self.kept() if isinstance(row, PastedRow)]
        for place, row in enumerate(rows, start=1):
            yield row.imported(place), row.read

    def tell(self, problems: Iterable[Problem]) -> None:
        """Put doubts beside the rows they are about, by place among the rows that stay."""
        kept = self.kept()
        for problem in problems:
            row = kept[problem.row - 1] if problem.row and problem.row <= len(kept) else None
            if row is not None and row.found is not None:
                row.found.doubts.append(problem)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Show what the door refused, by place among the rows that stay."""
        kept = self.kept()
        for problem in problems:
            if problem.row and problem.row <= len(kept):
                name = problem.column if problem.column in kept[problem.row - 1].fields else None
                kept[problem.row - 1].add_error(name, ValidationError(problem.reason))
