"""One row of a log as a task: its cells become a text, hours, minutes, tokens and a category.

Asks no database. What cannot be read is kept as printed, with its fault beside it.
"""

import re
from decimal import Decimal

from records.importers.columns import Column
from records.importers.day import ImportedTask, Problem, Severity
from records.importers.figures import (
    NotAFigure,
    factor_in,
    hours_in,
    is_empty,
    is_marked,
    minutes_in,
    tokens_in,
)
from records.importers.found import FoundRow
from records.importers.known import Known
from records.leverage import HOURS_PLACES, MINUTES_PLACES, minutes_at, rounded
from records.models.naming import NAME_LENGTH, name_in

_PLAIN = re.compile(r"[0-9]{1,5}(?:\.([0-9]{1,4}))?")
_DECLARED, _DERIVED, _APPROXIMATE = "declared", "derived", "approximate"


def task_of(row: FoundRow, place: int, known: Known, problems: list[Problem]) -> ImportedTask:
    """The task a row describes, ``place`` its place from 1; what is wrong is added to the problems."""
    cells = {column.value: cell for column, cell in row.cells.items()}
    candidates = tuple({c.value: cell for c, cell in candidate.items()} for candidate in row.candidates)
    if row.fault:
        problems.append(Problem(row.fault, place, "", row.raw, line=row.line))
        return ImportedTask(place, cells=cells, candidates=candidates, raw=row.raw, line=row.line)
    reading = _Reading(row, place, known, problems)
    hours = reading.hours()
    agent, agent_source = reading.minutes(Column.AGENT_MINUTES, Column.FACTOR, hours)
    supervision, supervision_source = reading.minutes(
        Column.SUPERVISORY_MINUTES, Column.SUPERVISORY_FACTOR, hours
    )
    tokens, tokens_source = reading.tokens()
    return ImportedTask(
        place,
        description=(text := reading.text()),
        name=reading.name(text),
        category=reading.category(),
        human_hours=hours,
        agent_minutes=agent,
        supervisory_minutes=supervision,
        tokens=tokens,
        agent_minutes_source=agent_source,
        supervisory_minutes_source=supervision_source,
        tokens_source=tokens_source,
        cells=cells,
        raw=row.raw,
        line=row.line,
    )


def _plain(cell: str, places: int) -> Decimal | None:
    """A plain number with no more decimals than are stored, as files have them: ten times faster."""
    number = _PLAIN.fullmatch(cell)
    return rounded(Decimal(cell), places) if number and len(number[1] or "") <= places else None


class _Reading:
    """One row being read cell by cell; what is wrong is added to the problems."""

    __slots__ = ("known", "place", "problems", "row")

    def __init__(self, row: FoundRow, place: int, known: Known, problems: list[Problem]) -> None:
        self.row, self.place, self.known, self.problems = row, place, known, problems

    def text(self) -> str:
        """The text, which no row may lack."""
        text = self.row.cells.get(Column.TEXT, "").strip() or self.row.cells.get(Column.NAME, "").strip()
        if not text:
            self._tell("The row has no text. Say what was done.", Column.TEXT)
        return text

    def name(self, text: str) -> str:
        """The name given to the task; blank where it is the one its text carries anyway."""
        name = " ".join(self.row.cells.get(Column.NAME, "").split())
        if not name or name in (text, name_in(text)):
            return ""
        if len(name) > NAME_LENGTH:
            reason = (
                f"The name has {len(name)} characters, at most {NAME_LENGTH} fit. Put the rest into the text."
            )
            self._tell(reason, Column.NAME)
        return name

    def hours(self) -> Decimal | None:
        """Human hours, from a cell or unknown."""
        cell = self.row.cells.get(Column.HUMAN_HOURS, "")
        if is_empty(cell):
            self._tell("Human hours are not given; a record needs them.", Column.HUMAN_HOURS, Severity.NOTE)
            return None
        try:
            hours = _plain(cell, HOURS_PLACES) or hours_in(cell, self.known)
            return self._above_nothing(hours, Column.HUMAN_HOURS)
        except NotAFigure as refusal:
            self._tell(str(refusal), Column.HUMAN_HOURS)
            return None

    def minutes(self, column: Column, ratio: Column, hours: Decimal | None) -> tuple[Decimal | None, str]:
        """Minutes and their source: from their cell, else from hours and the printed factor."""
        cell = self.row.cells.get(column, "")
        if is_empty(cell):
            return self._derived(ratio, hours)
        try:
            minutes = _plain(cell, MINUTES_PLACES) or minutes_in(cell, self.known)
        except NotAFigure as refusal:
            self._tell(str(refusal), column)
            return None, _DECLARED
        source = _APPROXIMATE if is_marked(cell) else _DECLARED
        if column is Column.AGENT_MINUTES:
            return self._above_nothing(minutes, column), source
        return minutes, source

    def tokens(self) -> tuple[int | None, str]:
        """Tokens and their source; ``850k`` is approximate."""
        cell = self.row.cells.get(Column.TOKENS, "")
        if is_empty(cell):
            return None, _DECLARED
        try:
            printed = tokens_in(cell)
        except NotAFigure as refusal:
            self._tell(str(refusal), Column.TOKENS)
            return None, _DECLARED
        return int(printed.value), _APPROXIMATE if printed.approximate else _DECLARED

    def category(self) -> str | None:
        """The slug of a category of the site, named by slug or by name."""
        cell = self.row.cells.get(Column.CATEGORY, "").strip()
        if not cell:
            return None
        if cell in self.known.categories:  # as our own files name it
            return cell
        for slug, name in self.known.categories.items():
            if cell.casefold() in (slug, name.casefold()):
                return slug
        reason = "There is no such category; the task came without one."
        self._tell(reason, Column.CATEGORY, Severity.NOTE)
        return None

    def _derived(self, ratio: Column, hours: Decimal | None) -> tuple[Decimal | None, str]:
        """Hours x 60 / factor, for minutes that were left out of a page that prints their factor."""
        cell = self.row.cells.get(ratio, "")
        if hours is None or is_empty(cell):
            return None, _DECLARED
        try:
            minutes = minutes_at(hours, factor_in(cell).value)
        except NotAFigure as refusal:
            self._tell(str(refusal), ratio)
            return None, _DECLARED
        return (None, _DECLARED) if minutes is None else (rounded(minutes, MINUTES_PLACES), _DERIVED)

    def _above_nothing(self, figure: Decimal, column: Column) -> Decimal | None:
        if figure > 0:
            return figure
        self._tell("It has to be more than 0. Leave it out when it is not known.", column)
        return None

    def _tell(self, reason: str, column: Column, severity: Severity = Severity.FAULT) -> None:
        value = self.row.cells.get(column, "")
        self.problems.append(Problem(reason, self.place, column.value, value, severity, self.row.line))
