"""Rows copied without anything, or with mere blanks, between their cells: every way to split one.

Pure. ``9Lab scaffold covering 2048 labs16h8m5m120.0x192.0x`` has no marks where a cell ends. A figure begins
with a digit and has no leading zero before another digit; with that, every numerically possible split is
found here. Which of them is the row is for the evidence to say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from records.importers.columns import Column
from records.importers.figures import NOTHING, NUMBER, WHOLE, is_empty
from records.importers.headline import Shape

Cells = dict[Column, str]
Figures = tuple[tuple[Column, str], ...]

_MOST_LOOKS = 10_000  # at one row; a row that takes more is made to be unreadable
_LONGEST_FIGURE = 32
_SIGN = "[~≈]?"
_HOURS, _MINUTES, _SECONDS = r"\s?(?:hours?|hrs?|h)", r"\s?(?:minutes?|mins?|m)", r"\s?(?:seconds?|secs?|s)"
_BELOW_60 = "[1-5]?[0-9]"  # minutes after hours, and seconds after minutes
_LONG = (
    rf"{NUMBER}{_HOURS}|{NUMBER}{_MINUTES}"
    rf"|{WHOLE}{_HOURS}\s?{_BELOW_60}{_MINUTES}|{WHOLE}{_MINUTES}\s?{_BELOW_60}{_SECONDS}"
)
_DURATION = rf"{_SIGN}(?:{_LONG})"
_MINUTES_CELL = rf"{_SIGN}(?:{_LONG}|{NUMBER}{_SECONDS})|{NOTHING}"
_FACTOR = rf"{_SIGN}{NUMBER}\s?[xX×]|{NOTHING}"
_WITH_UNIT = {
    Column.NUMBER: r"0*[1-9][0-9]*",
    Column.HUMAN_HOURS: _DURATION,
    Column.AGENT_MINUTES: _MINUTES_CELL,
    Column.SUPERVISORY_MINUTES: _MINUTES_CELL,
    Column.FACTOR: _FACTOR,
    Column.SUPERVISORY_FACTOR: _FACTOR,
    Column.WEEKS: rf"{_SIGN}{NUMBER}\s?(?:weeks?|wks?|w)|{NOTHING}",
    Column.TOKENS: rf"{_SIGN}(?:{WHOLE}|{NUMBER}\s?[kKmM])|{NOTHING}",
}
_RATIOS = (Column.FACTOR, Column.SUPERVISORY_FACTOR, Column.WEEKS)
_BARE_RATIOS = {
    column: rf"{pattern}|{NUMBER}" if column in _RATIOS else pattern for column, pattern in _WITH_UNIT.items()
}
_BARE = {column: rf"{pattern}|{NUMBER}" for column, pattern in _WITH_UNIT.items()}
# The last characters a figure can have, so that most places need no closer look.
_OF_NOTHING = frozenset("-–—?aA∞")
_OF_TIMES = _OF_NOTHING | set("hrsmncHRSMNC")
_OF_FACTORS = _OF_NOTHING | set("xX×")
_LAST = {
    Column.HUMAN_HOURS: _OF_TIMES,
    Column.AGENT_MINUTES: _OF_TIMES,
    Column.SUPERVISORY_MINUTES: _OF_TIMES,
    Column.FACTOR: _OF_FACTORS,
    Column.SUPERVISORY_FACTOR: _OF_FACTORS,
    Column.WEEKS: _OF_NOTHING | set("wks"),
    Column.TOKENS: _OF_NOTHING | set("0123456789kKmM"),
}
_BESIDE_HOURS = (Column.AGENT_MINUTES, Column.SUPERVISORY_MINUTES, *_RATIOS)
_NO_MINUTES = re.compile(r"0(?![0-9.])")
_OFTEN_EMPTY = frozenset({Column.SUPERVISORY_MINUTES, Column.SUPERVISORY_FACTOR, Column.WEEKS, Column.TOKENS})


class TooManyWays(ValueError):
    """A row with more figures to try than any log has."""


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a row may be missing: the units of some columns, or cells; the strictest is tried first."""

    tokens: Mapping[Column, str]
    bare: frozenset[Column] = frozenset()
    may_be_empty: frozenset[Column] = frozenset()
    last_resort: bool = False


_FULL = Level(_WITH_UNIT)
_SPARSE = Level(_WITH_UNIT, may_be_empty=_OFTEN_EMPTY)
_LOOSE = Level(
    _WITH_UNIT, may_be_empty=_OFTEN_EMPTY | {Column.AGENT_MINUTES, Column.FACTOR}, last_resort=True
)
_LEVELS = (_FULL, _SPARSE, _LOOSE, Level(_BARE_RATIOS, frozenset(_RATIOS), _OFTEN_EMPTY, last_resort=True))
_LEVELS_BETWEEN_BLANKS = (
    _FULL,
    _SPARSE,
    _LOOSE,
    Level(_BARE, frozenset(_BARE), _OFTEN_EMPTY, last_resort=True),
)


def levels_of(shape: Shape) -> tuple[Level, ...]:
    """The levels to try, one after the other; a figure without a unit is only found between blanks."""
    return _LEVELS_BETWEEN_BLANKS if shape.separated else _LEVELS


def possible(line: str, shape: Shape, level: Level, number: int | None) -> list[Cells]:
    """Every numerically possible split of a row; ``number`` is the one it must have, ``None`` for any.

    Raises ``TooManyWays``.
    """
    at = shape.columns.index(Column.TEXT)
    before, after = shape.columns[:at], shape.columns[at + 1 :]
    cut = _Cut(line, level, number, shape.separated)
    fronts = list(cut.forwards(0, before))
    backs = list(cut.backwards(len(line.rstrip()), after)) if fronts else []
    found: list[Cells] = []
    for start, front in fronts:
        for end, back in backs:
            text = " ".join(line[start:end].split())
            cells = dict(front) | {Column.TEXT: text} | dict(back)
            if text and _is_row(cells) and (level.last_resort or _in_pairs(cells)):
                found.append(cells)
    return found


def _is_row(cells: Cells) -> bool:
    """Whether a figure stands beside the hours."""
    return any(not is_empty(cells[column]) for column in cells if column in _BESIDE_HOURS)


def _in_pairs(cells: Cells) -> bool:
    """Whether supervision and its factor are both there or both missing; no minutes have no factor."""
    minutes = cells.get(Column.SUPERVISORY_MINUTES)
    ratio = cells.get(Column.SUPERVISORY_FACTOR)
    if minutes is None or ratio is None or _NO_MINUTES.match(minutes):
        return True
    return is_empty(minutes) == is_empty(ratio)


@dataclass(slots=True)
class _Cut:
    """One row being cut, from its left end before the text and from its right end after it."""

    line: str
    level: Level
    number: int | None
    separated: bool
    looks: int = 0

    def forwards(self, start: int, columns: Sequence[Column]) -> Iterator[tuple[int, Figures]]:
        """Every place where the text can begin, with the cells before it."""
        if not columns:
            if not self.separated or self.line[start : start + 1].isspace() or not start:
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
        end = _end_before_blanks(self.line, end)
        for start in self._starts(end, columns[-1]):
            cell = (columns[-1], self.line[start:end])
            for place, cells in self.backwards(start, columns[:-1]):
                yield place, (*cells, cell)

    def _starts(self, end: int, column: Column) -> Iterator[int]:
        least = max(end - _LONGEST_FIGURE, 0) if self._can_end(column, end) else end
        for start in range(end - 1, least - 1, -1):
            before = self.line[start - 1 : start]
            if self.separated and before and not before.isspace():
                continue
            if self._is(column, start, end):
                yield start
        if column in self.level.may_be_empty:
            yield end

    def _ends(self, start: int, column: Column) -> Iterator[int]:
        for end in range(start + 1, min(start + _LONGEST_FIGURE, len(self.line)) + 1):
            if self.separated and end < len(self.line) and not self.line[end].isspace():
                continue
            if self._is(column, start, end):
                yield end
        if column in self.level.may_be_empty:
            yield start

    def _can_end(self, column: Column, end: int) -> bool:
        last = self.line[end - 1 : end]
        return column not in _LAST or last in _LAST[column] or (column in self.level.bare and last.isdigit())

    def _is(self, column: Column, start: int, end: int) -> bool:
        self.looks += 1
        if self.looks > _MOST_LOOKS:
            raise TooManyWays
        if not _token(self.level.tokens[column]).fullmatch(self.line, start, end):
            return False
        return column is not Column.NUMBER or self.number in (None, int(self.line[start:end]))


def _blanks_at(line: str, start: int) -> int:
    end = start
    while end < len(line) and line[end].isspace():
        end += 1
    return end - start


def _end_before_blanks(line: str, end: int) -> int:
    while end and line[end - 1].isspace():
        end -= 1
    return end


@cache
def _token(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})", re.ASCII)
