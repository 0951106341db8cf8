"""Tables with marks between their cells: commas, semicolons or tabs, quoted as spreadsheets do it.

Pure. Cells over several lines and quotes within cells are read as they were written; a quote that is never
closed is told, not guessed at.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from records.importers.columns import Column, columns_named, is_log
from records.importers.formats import CannotRead

_LINES_BEFORE_HEAD = 20
_TABBED = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*))(\t|\n|\Z)')
_NEEDS_QUOTES = re.compile(r'[\t\n]|""')
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table found in a text: what is between its cells, its head, how many records come before that."""

    text: str
    delimiter: str
    head: tuple[str, ...]
    columns: tuple[Column | None, ...]
    before: int

    def records(self) -> Iterator[Record]:
        """The records below the head, each with its line. Raises ``CannotRead`` where quotes are broken."""
        return islice(records_in(self.text, self.delimiter), self.before + 1, None)

    def above(self) -> list[Record]:
        """The records above the head, which may hold a title."""
        return list(islice(records_in(self.text, self.delimiter), self.before))


def sheet_in(text: str, delimiters: Sequence[str], agent_name: str) -> Sheet | None:
    """The table in a text, by the first of the delimiters that gives a log; ``None`` for no table."""
    if separator := _SEPARATOR_LINE.match(text):
        delimiters = (separator[1], *delimiters)
    for delimiter in delimiters:
        try:
            for before, (_, cells) in enumerate(
                islice(records_in(text, delimiter), _LINES_BEFORE_HEAD),
            ):
                columns = columns_named(cells, agent_name)
                if is_log(columns):
                    head = tuple(cell.strip() for cell in cells)
                    return Sheet(text, delimiter, head, columns, before)
        except CannotRead:
            continue
    return None


def records_in(text: str, delimiter: str) -> Iterator[Record]:
    """The records of a text, each with the line it begins at. Raises ``CannotRead``."""
    if delimiter != "\t":
        return _quoted(text, delimiter)
    if '"' in text:
        return _tabbed(text)
    return ((number, line.rstrip("\n").split("\t")) for number, line in enumerate(_lines(text), start=1))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text one by one, which a list or a buffer would hold a second time in memory."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _quoted(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise CannotRead(
            f"The quotes of the row in line {line} are broken ({error}). A quote within a quoted cell "
            'is written twice: "the ""new"" parser".'
        ) from None


def _tabbed(text: str) -> Iterator[Record]:
    """Records between tabs, where quotes are text unless what they hold needs them."""
    line = begin = 1
    cells: list[str] = []
    for cell in _TABBED.finditer(text):
        quoted, plain, after = cell.groups()
        cells.append(plain if quoted is None else _unquoted(quoted))
        line += cell[0].count("\n")
        if after == "\t":
            continue
        yield begin, cells
        begin, cells = line, []
        if not after:
            return


def _unquoted(quoted: str) -> str:
    return quoted.replace('""', '"') if _NEEDS_QUOTES.search(quoted) else f'"{quoted}"'
