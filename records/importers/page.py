"""What is on a page, whatever its form: headings, prose and tables, in the order they stand in.

Pure. A reader of a form makes a ``Page`` and decides nothing: which table is the log and which paragraph
the lede is for ``layout`` to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level, 1 for the title of the page; ``markdown`` where it is more than its text."""

    text: str
    level: int
    line: int = 0
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, list, quotation or block of code: as Markdown, and as the plain lines a reader sees.

    ``lines`` holds an item of a list each, so that ``Total tasks: 37`` is found in whichever way it is set.
    """

    markdown: str
    lines: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells as printed; a row that could not be split has a fault instead of cells.

    ``candidates`` are the several ways in which its figures would add up. ``raw`` is the row as it stood.
    """

    cells: tuple[str, ...]
    line: int = 0
    raw: str = ""
    fault: str = ""
    candidates: tuple[tuple[str, ...], ...] = ()


class OtherWidth(ValueError):
    """A row that does not fit its head; ``str()`` says how wide both are."""

    def __init__(self, cells: int, width: int) -> None:
        super().__init__(f"The row has {cells} cells, the line of headings {width}.")


def fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Cells as many as the head has, empty ones added or cut; raises ``OtherWidth`` for more that are not."""
    if any(cells[width:]):
        raise OtherWidth(len(cells), width)
    return (*cells[:width], *[""] * (width - len(cells)))


def row_of(cells: Sequence[str], width: int, line: int = 0, *, raw: str, least: int = 0) -> Row:
    """A row as wide as its head, with a fault where it has more cells, or fewer than ``least``."""
    try:
        if len(cells) < least:
            raise OtherWidth(len(cells), width)
        return Row(fitted(cells, width), line, raw)
    except OtherWidth as fault:
        return Row((), line, raw, str(fault))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head line, its rows, and the whole as Markdown should it turn out to be prose."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    markdown: str = ""
    line: int = 0


Block: TypeAlias = Heading | Prose | Table


@dataclass(frozen=True, slots=True)
class Dated:
    """A text that may hold the work date, and where it stood: "title", "canonical address"."""

    where: str
    text: str


@dataclass(slots=True)
class Page:
    """A page as its reader found it.

    ``dates`` are in the order in which they count, after the title and before the file's name. ``tags`` stood
    apart from each other, ``glued_tags`` are runs of them without anything between. ``address`` is the one
    the page says it has, of which the path is kept.
    """

    blocks: list[Block]
    title: str = ""
    dates: list[Dated] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    glued_tags: list[str] = field(default_factory=list)
    address: str = ""
