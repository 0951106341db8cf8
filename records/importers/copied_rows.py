"""The rows of a copied log whose cells are glued or stand between blanks: cut one by one, or refused.

Pure. The number before a row follows from the rows before it, which is how ``13 exporters`` in the first row
is number 1 and ``3 exporters``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from records.importers.columns import Column
from records.importers.known import Known
from records.importers.page import Row
from records.importers.splitting import Cells, Shape, splits
from records.importers.words import section_of

_MOST_JOINED = 6  # lines that one row may run over
_MOST_SHOWN = 6  # candidates of a refused row


def cut_rows(lines: Sequence[str], first: int, shape: Shape, known: Known) -> tuple[list[Row], int]:
    """The rows from line ``first`` on, and the line after the last: where a heading or other text begins."""
    cutter = _Cutter(lines, shape, known)
    rows: list[Row] = []
    number, end, after_blank = first, first, False
    while number < len(lines):
        if not lines[number].strip():
            number, after_blank = number + 1, True
            continue
        row, following = cutter.row(number)
        if row.fault and (section_of(lines[number]) or (after_blank and not cutter.begins_a_row(number))):
            break
        rows.append(row)
        cutter.expected = _number_of(row, shape, cutter.expected) + 1
        number = end = following
        after_blank = False
    return _doubted(rows, shape) if cutter.out_of_order else rows, end


@dataclass(slots=True)
class _Cutter:
    """Cuts row after row; ``expected`` is the number the next one must have."""

    lines: Sequence[str]
    shape: Shape
    known: Known
    expected: int = 1
    out_of_order: bool = False

    def row(self, number: int) -> tuple[Row, int]:
        """The row that begins at a line, joined with the next ones where a text runs over, and the line after."""
        line = self.lines[number].strip()
        refused: Row | None = None
        for end in range(number + 1, number + 1 + _MOST_JOINED):
            fitting, possible = self._fitting(line, end)
            if len(fitting) == 1:
                return self._taken(fitting[0], number, line), end
            refused = refused or self._refused(number, line, fitting or possible)
            if possible or not self._runs_on(end):
                break
            line = f"{line} {self.lines[end].strip()}"
        assert refused is not None  # the loop ran at least once
        return refused, number + 1

    def begins_a_row(self, number: int) -> bool:
        """Whether a line after a blank one is still a row, though none that can be cut."""
        line = self.lines[number].strip()
        numbered = Column.NUMBER in self.shape.columns
        if numbered and not line.startswith(str(self.expected)):
            return False
        return bool(splits(line, self.shape, self.expected if numbered else None, self.known)[1])

    def _fitting(self, line: str, end: int) -> tuple[list[Cells], list[Cells]]:
        if Column.NUMBER not in self.shape.columns:
            return splits(line, self.shape, None, self.known)
        fitting, possible = splits(line, self.shape, self.expected, self.known)
        if possible:
            return fitting, possible
        fitting, possible = splits(line, self.shape, None, self.known)
        following = [cells for cells in fitting if self._goes_on(int(cells[Column.NUMBER]), end)]
        self.out_of_order = self.out_of_order or len(following) == 1
        return following or fitting, possible

    def _goes_on(self, number: int, end: int) -> bool:
        """Whether the row after has the next number, or there is none."""
        line = self.lines[end].strip() if end < len(self.lines) else ""
        return not line or line.startswith(str(number + 1)) or section_of(line) is not None

    def _runs_on(self, end: int) -> bool:
        line = self.lines[end].strip() if end < len(self.lines) else ""
        return bool(line) and section_of(line) is None

    def _taken(self, cells: Cells, number: int, line: str) -> Row:
        return Row(tuple(cells[column] for column in self.shape.columns), number + 1, line)

    def _refused(self, number: int, line: str, candidates: Sequence[Cells]) -> Row:
        shown = tuple(
            tuple(cells[column] for column in self.shape.columns) for cells in candidates[:_MOST_SHOWN]
        )
        return Row((), number + 1, line, _why(len(candidates)), shown)


def _why(candidates: int) -> str:
    if not candidates:
        return "The row does not end with its figures. Try “…2048 labs16h8m5m120.0x192.0x”."
    if candidates == 1:
        return "The printed factors do not follow from the only figures this row can have."
    return f"The row can be read in {candidates} ways, and its printed factors do not single out one."


def _number_of(row: Row, shape: Shape, expected: int) -> int:
    if row.fault or Column.NUMBER not in shape.columns:
        return expected
    return int(row.cells[shape.columns.index(Column.NUMBER)])


def _doubted(rows: Sequence[Row], shape: Shape) -> list[Row]:
    """The rows of a log whose numbers are not 1, 2, 3…: a number before a digit of the text proves nothing."""
    at, text = shape.columns.index(Column.NUMBER), shape.columns.index(Column.TEXT)
    if at + 1 != text or shape.separated:
        return list(rows)
    why = "The numbers of the rows do not follow each other, so where this one ends cannot be told."
    return [
        replace(row, cells=(), fault=why, candidates=(row.cells,))
        if not row.fault and row.cells[text][:1].isdigit()
        else row
        for row in rows
    ]
