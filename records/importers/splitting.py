"""Rows copied without anything, or with mere blanks, between their cells, split by what their figures allow.

Pure. ``9Lab scaffold covering 2048 labs16h8m5m120.0x192.0x`` has no marks where a cell ends. The rule: a figure
begins with a digit and has no leading zero before another digit; with that, every numerically possible split
is tried, and those remain whose printed factors follow from their hours and minutes. One that remains is the
row; none or several are for a person to decide. Weeks tell apart what the factors do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from records.importers.columns import Column, column_names, is_log
from records.importers.figures import NOTHING, NUMBER, NotAFigure, factor_in, hours_in, minutes_in, weeks_in
from records.importers.known import Known
from records.leverage import factor, quotient

Cells = dict[Column, str]

LONGEST_HEAD = 200  # characters of a head line
_LONGEST_FIGURE = 32
_MOST_SPLITS = 5_000  # of one row; beyond these nobody could tell them apart either
_HOURS, _MINUTES, _SECONDS = r"\s?(?:hours?|hrs?|h)", r"\s?(?:minutes?|mins?|m)", r"\s?(?:seconds?|secs?|s)"
_DURATION = rf"{NUMBER}{_HOURS}(?:\s?{NUMBER}{_MINUTES})?|{NUMBER}{_MINUTES}(?:\s?{NUMBER}{_SECONDS})?"
_WITH_UNIT = {
    Column.NUMBER: r"0*[1-9][0-9]*",
    Column.HUMAN_HOURS: rf"~?(?:{_DURATION})",
    Column.AGENT_MINUTES: rf"~?(?:{_DURATION}|{NUMBER}{_SECONDS})",
    Column.SUPERVISORY_MINUTES: rf"~?(?:{_DURATION}|{NUMBER}{_SECONDS})|{NOTHING}",
    Column.FACTOR: rf"{NUMBER}\s?[x×]|{NOTHING}",
    Column.SUPERVISORY_FACTOR: rf"{NUMBER}\s?[x×]|{NOTHING}",
    Column.WEEKS: rf"{NUMBER}\s?(?:weeks?|wks?|w)|{NOTHING}",
    Column.TOKENS: rf"~?{NUMBER}\s?[kKmM]?|{NOTHING}",
}
_BARE = {column: rf"{pattern}|{NUMBER}" for column, pattern in _WITH_UNIT.items()}
_MAY_BE_EMPTY = {Column.SUPERVISORY_MINUTES, Column.SUPERVISORY_FACTOR, Column.WEEKS, Column.TOKENS}
_MAY_BE_GLUED = {Column.TEXT, *_WITH_UNIT}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a log are made: its columns in order with their printed names, and whether blanks stand between."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]
    separated: bool


def shapes_of(head: str, separated: bool, known: Known) -> list[Shape]:
    """Every sequence of known columns that the head line can be, without one twice; the rows decide."""
    text = " ".join(head.split())
    if len(text) > LONGEST_HEAD or len(text.lower()) != len(text):
        return []
    found = {tuple(columns): names for columns, names in _sequences(text, 0, separated, known.agent_name, {})}
    return [Shape(columns, names, separated) for columns, names in found.items() if is_log(columns)]


def splits(line: str, shape: Shape, number: int | None, known: Known) -> tuple[list[Cells], list[Cells]]:
    """The splits of a row whose figures agree, and all that are numerically possible.

    ``number`` is the one the row must have, ``None`` for any. Figures without units are tried only when no
    split with units agrees.
    """
    possible: list[Cells] = []
    for tokens in (_WITH_UNIT, _BARE):
        found = _possible(line, shape, number, tokens)
        agreeing = [cells for cells in found if agrees(cells, known)]
        if agreeing:
            return _told_apart(agreeing, known), found
        possible = possible or found
    return [], possible


def agrees(cells: Cells, known: Known) -> bool:
    """Whether the factors of a split follow from its hours and minutes, and none of these is 0."""
    try:
        hours = hours_in(cells[Column.HUMAN_HOURS], known)
        agent = _minutes(cells, Column.AGENT_MINUTES, known)
        supervisory = _minutes(cells, Column.SUPERVISORY_MINUTES, known)
    except NotAFigure:
        return False
    if not hours or agent == 0:
        return False
    return _follows(cells, Column.FACTOR, Column.AGENT_MINUTES, hours, agent) and _follows(
        cells, Column.SUPERVISORY_FACTOR, Column.SUPERVISORY_MINUTES, hours, supervisory
    )


def _follows(cells: Cells, ratio: Column, part: Column, hours: Decimal, minutes: Decimal | None) -> bool:
    if ratio not in cells or part not in cells:
        return True
    computed = factor(hours, minutes)
    try:
        printed = factor_in(cells[ratio])
    except NotAFigure:  # nothing, or a dash
        return computed is None
    return printed.holds(computed)


def _minutes(cells: Cells, column: Column, known: Known) -> Decimal | None:
    cell = cells.get(column, "")
    return None if not any(map(str.isdigit, cell)) else minutes_in(cell, known)


def _told_apart(agreeing: list[Cells], known: Known) -> list[Cells]:
    """Those whose weeks follow as well, when the factors left several."""
    if len(agreeing) < 2 or Column.WEEKS not in agreeing[0]:
        return agreeing
    return [cells for cells in agreeing if _weeks_follow(cells, known)] or agreeing


def _weeks_follow(cells: Cells, known: Known) -> bool:
    try:
        weeks = quotient(hours_in(cells[Column.HUMAN_HOURS], known), known.hours_per_week)
        return weeks_in(cells[Column.WEEKS]).holds(weeks)
    except NotAFigure:
        return False


def _possible(line: str, shape: Shape, number: int | None, tokens: dict[Column, str]) -> list[Cells]:
    at = shape.columns.index(Column.TEXT)
    before, after = shape.columns[:at], shape.columns[at + 1 :]
    cut = _Cut(line, shape.separated, number, tokens)
    found: list[Cells] = []
    for start, front in cut.forwards(0, before):
        for end, back in cut.backwards(len(line), after):
            text = " ".join(line[start:end].split())
            if text and end > start:
                found.append(dict(front) | {Column.TEXT: text} | dict(back))
            if len(found) >= _MOST_SPLITS:
                return found
    return found


Figures = tuple[tuple[Column, str], ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """One row being cut, from its left end before the text and from its right end after it."""

    line: str
    separated: bool
    number: int | None
    tokens: dict[Column, str]

    def forwards(self, start: int, columns: Sequence[Column]) -> Iterator[tuple[int, Figures]]:
        """Every place where the text can begin, with the cells before it."""
        if not columns:
            yield start, ()
            return
        start += _blanks_at(self.line, start)
        for end in self._ends(start, columns[0]):
            cell = (columns[0], self.line[start:end])
            for place, cells in self.forwards(end, columns[1:]):
                yield place, (cell, *cells)

    def backwards(self, end: int, columns: Sequence[Column]) -> Iterator[tuple[int, Figures]]:
        """Every place where the text can end, with the cells after it."""
        if not columns:
            yield end, ()
            return
        end = len(self.line[:end].rstrip())
        for start in self._starts(end, columns[-1]):
            cell = (columns[-1], self.line[start:end])
            for place, cells in self.backwards(start, columns[:-1]):
                yield place, (*cells, cell)

    def _starts(self, end: int, column: Column) -> Iterator[int]:
        for start in range(end - 1, max(end - _LONGEST_FIGURE, 0) - 1, -1):
            if self.separated and start and not self.line[start - 1].isspace():
                continue
            if self._is(column, start, end):
                yield start
        if column in _MAY_BE_EMPTY:
            yield end

    def _ends(self, start: int, column: Column) -> Iterator[int]:
        for end in range(start + 1, min(start + _LONGEST_FIGURE, len(self.line)) + 1):
            if self.separated and end < len(self.line) and not self.line[end].isspace():
                continue
            if self._is(column, start, end):
                yield end
        if column in _MAY_BE_EMPTY:
            yield start

    def _is(self, column: Column, start: int, end: int) -> bool:
        if not _token(self.tokens[column]).fullmatch(self.line, start, end):
            return False
        return column is not Column.NUMBER or self.number in (None, int(self.line[start:end]))


def _blanks_at(line: str, start: int) -> int:
    return len(line) - start - len(line[start:].lstrip())


@cache
def _token(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})", re.ASCII)


def _sequences(
    text: str, start: int, separated: bool, agent_name: str, so_far: dict[Column, str]
) -> Iterator[tuple[tuple[Column, ...], tuple[str, ...]]]:
    start += _blanks_at(text, start)
    if start == len(text):
        yield tuple(so_far), tuple(so_far.values())
        return
    for name, column in column_names(agent_name).items():
        end = start + len(name)
        if column in so_far or column not in _MAY_BE_GLUED or text[start:end].lower() != name:
            continue
        if not separated or end == len(text) or text[end].isspace():
            yield from _sequences(text, end, separated, agent_name, {**so_far, column: text[start:end]})
