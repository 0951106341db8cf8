"""The rows of a copied log whose cells are glued or stand between blanks: cut one by one, or refused.

Pure. The number before a row follows from the rows before it, which is how ``13 exporters`` in the first row
is number 1 and ``3 exporters``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from records.importers.columns import Column
from records.importers.evidence import decimals_printed, fits, told_apart
from records.importers.headline import Shape
from records.importers.known import Known
from records.importers.numbering import numbers_of, starts_of
from records.importers.page import Row
from records.importers.splitting import Cells, TooManyWays, levels_of, possible
from records.importers.words import section_of

_MOST_JOINED = 6  # lines that one row may run over
_MOST_SHOWN = 6  # candidates of a refused row
_MOST_REFUSED = 100  # rows, after which the rest of a file that is refused anyway is left unread
_LOOK_AHEAD = 3  # lines after one that is no row, in which the next row would show that it was meant as one


@dataclass(slots=True)
class Split:
    """A row and what it can be: the splits that fit, or all that are possible when none does."""

    line: int
    raw: str
    fitting: list[Cells] = field(default_factory=list)
    possible: list[Cells] = field(default_factory=list)
    too_many: bool = False

    @property
    def decided(self) -> Cells | None:
        """The one split that fits."""
        return self.fitting[0] if len(self.fitting) == 1 else None


def cut_rows(lines: Sequence[str], first: int, shape: Shape, known: Known) -> tuple[list[Row], int]:
    """The rows from line ``first`` on, and the line after the last: where a heading or other text begins."""
    for start in starts_of(lines[first:], shape):
        cutter = _Cutter(lines, shape, known, start)
        found, end = cutter.rows(first)
        if cutter.in_order:
            return _as_rows(found, shape, known), end
    found, end = _Cutter(lines, shape, known, None).rows(first)
    for split, number in zip(found, numbers_of([row.fitting for row in found]), strict=True):
        split.fitting = [cells for cells in split.fitting if number in (None, int(cells[Column.NUMBER]))]
    return _as_rows(found, shape, known), end


@dataclass(slots=True)
class _Cutter:
    """Cuts row after row; ``expected`` is the number the next one must have, ``None`` for any."""

    lines: Sequence[str]
    shape: Shape
    known: Known
    expected: int | None
    in_order: bool = True
    refused: int = 0

    def rows(self, first: int) -> tuple[list[Split], int]:
        """The rows from a line on, and the line after the last."""
        found: list[Split] = []
        number, end, after_blank = first, first, False
        while number < len(self.lines) and self.in_order and self.refused <= _MOST_REFUSED:
            if not self.lines[number].strip():
                number, after_blank = number + 1, True
                continue
            split, following = self._row(number)
            if not split.fitting and self._is_over(number, split, after_blank=after_blank):
                break
            found.append(split)
            self._count(split)
            number = end = following
            after_blank = False
        return found, end

    def _count(self, split: Split) -> None:
        self.refused += not split.fitting
        self.expected = None if self.expected is None else self.expected + 1

    def _row(self, number: int) -> tuple[Split, int]:
        """The row that begins at a line, with the next lines if its text runs over, and the line after."""
        raw = self.lines[number].strip()
        alone = split = self._split(number, raw)
        for end in range(number + 1, number + _MOST_JOINED):
            if split.fitting or split.possible or split.too_many or not self._runs_on(end):
                break
            raw = f"{raw} {self.lines[end].strip()}"
            split = self._split(number, raw)
            if split.fitting:
                return split, end + 1
        return alone, number + 1

    def _split(self, number: int, raw: str) -> Split:
        seen: list[Cells] = []
        for level in levels_of(self.shape):
            if level.last_resort and seen:
                break
            try:
                found = possible(raw, self.shape, level, self.expected)
            except TooManyWays:
                return Split(number + 1, raw, too_many=True)
            fitting = [cells for cells in found if fits(cells, self.known)]
            if fitting:
                return Split(number + 1, raw, told_apart(fitting, self.known), found)
            seen = seen or found
        # Blanks leave no doubt where the cells of a row are, whatever its factors say.
        return Split(number + 1, raw, seen if self.shape.separated and len(seen) == 1 else [], seen)

    def _is_over(self, number: int, split: Split, *, after_blank: bool) -> bool:
        """Whether the log ends before a line that is no row; a number out of turn is looked into later."""
        line = self.lines[number].strip()
        if section_of(line):
            return True
        if not split.possible and self.expected is not None and self._fits_with_any_number(line):
            self.in_order = False
            return True
        return after_blank and not split.possible and not self._goes_on_after(number)

    def _fits_with_any_number(self, line: str) -> bool:
        return bool(_Cutter([line], self.shape, self.known, None)._split(0, line).fitting)

    def _goes_on_after(self, number: int) -> bool:
        """Whether one of the next lines is the row after, so that this one must have been meant as a row."""
        if self.expected is None:
            return False
        after = _Cutter(self.lines, self.shape, self.known, self.expected + 1)
        ahead = [line.strip() for line in self.lines[number + 1 : number + 1 + _LOOK_AHEAD]]
        return any(after._split(0, line).fitting for line in ahead if line)

    def _runs_on(self, end: int) -> bool:
        line = self.lines[end].strip() if end < len(self.lines) else ""
        return bool(line) and section_of(line) is None


def _as_rows(splits: Sequence[Split], shape: Shape, known: Known) -> list[Row]:
    """The rows; one left open is decided by the decimals that the page is seen to print its factors with."""
    decimals = decimals_printed((split.decided for split in splits if split.decided), known)
    for split in splits:
        if len(split.fitting) > 1 and decimals:
            closer = [cells for cells in split.fitting if fits(cells, known, decimals)]
            split.fitting = closer or split.fitting
    return list(_rows(splits, shape))


def _rows(splits: Sequence[Split], shape: Shape) -> Iterator[Row]:
    for split in splits:
        candidates = [
            tuple(cells[column] for column in shape.columns) for cells in split.fitting or split.possible
        ]
        if split.decided:
            yield Row(candidates[0], split.line, split.raw)
        else:
            shown = tuple(candidates[:_MOST_SHOWN])
            yield Row((), split.line, split.raw, _why(split), shown)


def _why(split: Split) -> str:
    fitting, possible = len(split.fitting), len(split.possible)
    if split.too_many:
        return "The row has too many digits to try every way in which it could be read."
    if not possible:
        return "The row does not end with its figures. Try “…2048 labs16h8m5m120.0x192.0x”."
    if fitting:
        return f"The row can be read in {fitting} ways, and its printed factors do not single out one."
    if possible == 1:
        return "The printed factors do not follow from the only figures this row can have."
    return f"The printed factors follow from none of the {possible} ways to read this row."
