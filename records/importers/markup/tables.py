"""Tables of a page: with or without a head, with cells over several columns or rows, with markup in cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from records.importers.columns import columns_named, is_log
from records.importers.markup.inline import markdown_of, one_line, plain_of
from records.importers.markup.tree import attribute, children
from records.importers.page import Row, Table, row_of

_WIDEST = 100  # columns
_HEAD_LINES = 4  # lines among which the names of the columns are looked for


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    markdown: str
    wide: int = 1
    high: int = 1


def is_layout(table: LexborNode) -> bool:
    """Whether a table only places things on the page: others are inside it, or headings."""
    return any(inner.mem_id != table.mem_id for inner in table.css("table, h1, h2, h3, article"))


def table_in(node: LexborNode, agent_name: str) -> Table | None:
    """The table with its names of columns, its rows, and itself as Markdown; ``None`` for an empty one."""
    lines = list(_lines(node))
    lines = [line for line in lines if any(cell.text for cell in line)]
    if not lines:
        return None
    first = _head_line(lines, agent_name)
    head = tuple(cell.text for cell in lines[first])
    rows = tuple(_row(line, len(head)) for line in lines[first + 1 :] if not _is_divider(line))
    return Table(head, rows, _as_markdown(lines))


def _head_line(lines: Sequence[Sequence[_Cell]], agent_name: str) -> int:
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if is_log(columns_named((cell.text for cell in line), agent_name)):
            return number
    return 0


def _row(line: Sequence[_Cell], width: int) -> Row:
    cells = [cell.text for cell in line]
    return row_of(cells, width, raw=" | ".join(cells))


def _is_divider(line: Sequence[_Cell]) -> bool:
    """Whether one cell goes over the whole row, as a heading between rows does."""
    return len(line) > 2 and line[0].wide == len(line)


@dataclass(slots=True)
class _Grid:
    """Cells as they come, and those that reach down from the rows above, by column."""

    reaching: dict[int, tuple[int, _Cell]] = field(default_factory=dict)

    def line(self, cells: Iterator[_Cell]) -> list[_Cell]:
        """One row, filled with what reaches into it."""
        line: list[_Cell] = []
        for cell in cells:
            self._reach(line)
            if len(line) + cell.wide > _WIDEST:
                break
            line.append(cell)
            line += [_Cell("", "")] * (cell.wide - 1)
            if cell.high > 1:
                self.reaching[len(line) - cell.wide] = (cell.high - 1, cell)
        self._reach(line)
        return line

    def _reach(self, line: list[_Cell]) -> None:
        while len(line) in self.reaching and len(line) < _WIDEST:
            place = len(line)
            left, cell = self.reaching.pop(place)
            line.append(_Cell(cell.text, cell.markdown))
            if left > 1:
                self.reaching[place] = (left - 1, cell)


def _lines(table: LexborNode) -> Iterator[list[_Cell]]:
    grid = _Grid()
    for row in table.css("tr"):
        yield grid.line(_cell(node) for node in children(row) if node.tag in ("td", "th"))


def _cell(node: LexborNode) -> _Cell:
    inside = list(children(node))
    return _Cell(
        one_line(plain_of(inside, ticks=True)),
        one_line(markdown_of(inside)),
        _span(node, "colspan"),
        _span(node, "rowspan"),
    )


def _span(node: LexborNode, name: str) -> int:
    value = attribute(node, name)
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _as_markdown(lines: Sequence[Sequence[_Cell]]) -> str:
    width = max(map(len, lines))
    written = [[cell.markdown.replace("|", "\\|") for cell in line] for line in lines]
    padded = [line + [""] * (width - len(line)) for line in written]
    padded.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)
