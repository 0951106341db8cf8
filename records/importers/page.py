"""What is on a page, whatever its form: headings, prose and tables, in the order they stand in.

Pure. A reader of a form makes a ``Page`` and decides nothing: which table is the log and which paragraph
the lede is for ``layout`` to say.
"""

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
