"""The line of headings above a copied log, whose names stand glued together or between blanks.

Pure. ``#TaskHuman Est.ClaudeSup.FactorSup. Factor`` is cut into names that are known; where that can be done
in several ways, the rows decide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from records.importers.columns import Column, column_names, is_log
from records.importers.known import Known

LONGEST_HEAD = 200  # characters
_GLUED = {
    *(Column.NUMBER, Column.TEXT, Column.HUMAN_HOURS, Column.AGENT_MINUTES, Column.SUPERVISORY_MINUTES),
    *(Column.FACTOR, Column.SUPERVISORY_FACTOR, Column.WEEKS, Column.TOKENS),
}
_UNIT = re.compile(r"\s?\((?:h|hrs?|hours?|m|mins?|minutes?|x|×|w|weeks?)\.?\)", re.IGNORECASE)

Sequence = tuple[tuple[Column, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a log are made: its columns in order, their printed names, whether blanks part them."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]
    separated: bool


def shapes_of(head: str, known: Known, *, separated: bool) -> list[Shape]:
    """Every sequence of known columns, none twice, that the line can be; nothing when it is no head line."""
    text = " ".join(head.split())
    if len(text) > LONGEST_HEAD or len(text.lower()) != len(text):
        return []
    names = {
        name: column for name, column in column_names(known.agent_name).items() if column in _GLUED and name
    }
    sequences = list(_Names(text, names).sequences(0, ()))
    wanted = [found for found in sequences if _is_separated(found, text) == separated]
    if not separated:
        tight = [found for found in wanted if sum(len(name) for _, name in found) == len(text)]
        wanted = tight or wanted
    return _distinct(wanted, separated=separated)


def _is_separated(sequence: Sequence, text: str) -> bool:
    """Whether a blank stands between any two names."""
    return len(" ".join(name for _, name in sequence)) == len(text)


def _distinct(sequences: list[Sequence], *, separated: bool) -> list[Shape]:
    found = {tuple(column for column, _ in sequence): sequence for sequence in sequences}
    return [
        Shape(columns, tuple(name for _, name in sequence), separated)
        for columns, sequence in found.items()
        if is_log(columns)
    ]


@dataclass(frozen=True, slots=True)
class _Names:
    """A line being cut into known names."""

    text: str
    names: dict[str, Column]

    def sequences(self, start: int, so_far: Sequence) -> Iterator[Sequence]:
        """Every way to cut the line from ``start`` on, after what was cut before."""
        start += self.text.startswith(" ", start)
        if start >= len(self.text):
            yield so_far
            return
        taken = {column for column, _ in so_far}
        for name, column in self.names.items():
            if column not in taken and self.text[start : start + len(name)].lower() == name:
                end = self._after_unit(start + len(name))
                yield from self.sequences(end, (*so_far, (column, self.text[start:end])))

    def _after_unit(self, end: int) -> int:
        unit = _UNIT.match(self.text, end)
        return unit.end() if unit else end
