"""Tables set with pipes: found among the lines of a page in Markdown, and cut into cells.

Pure. A pipe within a cell is written ``\\|``; pipes at both ends may be missing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from records.importers.columns import columns_named, is_log
from records.importers.page import Row, Table, row_of
from records.importers.plain_cells import plain_cell

_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CUT = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_INDENTED = re.compile(r" {4}|\t")


def table_at(lines: Sequence[str], first: int, agent_name: str) -> tuple[Table, int] | None:
    """The table whose head is a line, and the line after it; ``None`` where no table begins."""
    if "|" not in lines[first] or _INDENTED.match(lines[first]):
        return None
    head = cells_of(lines[first])
    start = first + 1
    if start < len(lines) and "-" in lines[start] and _DELIMITER.fullmatch(lines[start]):
        if len(head) != len(cells_of(lines[start])):
            return None
        start += 1
    elif not is_log(columns_named(head, agent_name)):
        return None
    end = start
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    rows = tuple(_row(lines[number], len(head), number) for number in range(start, end))
    return Table(head, rows, "\n".join(lines[first:end]), first + 1), end


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a line as plain text."""
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    cells = _cut(text)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()  # after the pipe at the end
    return tuple(map(plain_cell, cells))


def _cut(text: str) -> list[str]:
    cells: list[str] = []
    start = 0
    for pipe in _CUT.finditer(text):
        cells.append(text[start : pipe.end() - 1])
        start = pipe.end()
    return [cell.replace("\\|", "|") for cell in (*cells, text[start:])]


def _row(line: str, width: int, number: int) -> Row:
    row = row_of(cells_of(line), width, number + 1, raw=line.strip())
    return replace(row, fault=f"{row.fault} Write \\| for a pipe in a text.") if row.fault else row
