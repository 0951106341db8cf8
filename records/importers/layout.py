"""Which part of a page is what: the log, its totals, the lede before, the analysis after, the furniture.

Pure. Whatever the form of the page, the order of its headings, paragraphs and tables decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from records.importers.columns import Column, columns_named, is_log
from records.importers.escaping import escaped
from records.importers.found import FoundDay, FoundRow
from records.importers.known import Known
from records.importers.page import Block, Heading, Page, Prose, Row, Table
from records.importers.words import (
    TOTAL_ROW,
    Section,
    ends_the_page,
    is_byline,
    is_furniture,
    is_navigation,
    looks_like_heading,
    section_of,
    total_named,
)

_TOTAL = re.compile(r"^(?P<label>[^\d~≈]{3,80}?)\s*:?\s*(?P<value>[~≈]?\s?\d.*|[-–—])$")
_HEAD_OF_TOTALS = re.compile(
    r"^(metric|measure|stat(istic)?|item|total)\s*[|:]?\s*(value|total|amount|figure)$", re.IGNORECASE
)
_TAGS = re.compile(r"^(?:tags?|tagged(?: with| in)?|topics?)\s*:\s*(?P<tags>.+)$", re.IGNORECASE)
_CUT_OFF = re.compile(
    r"\s*(…|\.\.\.|\[…\]|\[\.\.\.\])?\s*((read|continue) (more|reading).*)?$", re.IGNORECASE
)
_DATE_LINE = re.compile(
    r"^[^.!?]{0,20}\b(?:[a-z]{3,9}\.? \d{1,2},? )?20\d\d(-\d\d-\d\d)?\b[^.!?]{0,60}$", re.IGNORECASE
)
_SHORTEST_EXCERPT = 20


def day_on(page: Page, known: Known, *, copied: bool = False) -> FoundDay:
    """The day a page records. In copied text only words tell tags, bylines and headings from a lede."""
    sorting = _Sorting(known, _lines_of(page.title), copied)
    for block in page.blocks:
        sorting.take(block)
    lede = _without_excerpts(sorting.lede)
    return FoundDay(
        rows=tuple(sorting.rows),
        headers=tuple(sorting.headers),
        title=page.title,
        dates=tuple(page.dates),
        tags=tuple(page.tags + sorting.tags),
        glued_tags=tuple(page.glued_tags + sorting.glued_tags),
        lede="\n\n".join(_markdown(block) for block in lede),
        analysis="\n\n".join(_markdown(block) for block in sorting.analysis),
        aggregates=tuple(sorting.aggregates),
        address=page.address,
    )


@dataclass(slots=True)
class _Sorting:
    """The parts of a page, filled block by block."""

    known: Known
    title: str
    copied: bool
    section: Section | None = None
    seen_log: bool = False
    boxed_paragraphs: int = 0
    at_the_foot: bool = False
    lede: list[Block] = field(default_factory=list)
    analysis: list[Block] = field(default_factory=list)
    headers: list[tuple[str, Column | None]] = field(default_factory=list)
    rows: list[FoundRow] = field(default_factory=list)
    aggregates: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    glued_tags: list[str] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Sort one more block into its part."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Table):
            self._table(block)
        elif not self._is_totals(block):
            self._prose(block)

    def _heading(self, heading: Heading) -> None:
        if _lines_of(heading.text) == self.title or (heading.level == 1 and not self.seen_log):
            return
        section = section_of(heading.text)
        if section is None and self.section is Section.FURNITURE and self.seen_log:
            return
        if section is None and self.copied and self._is_totals(Prose(heading.text, (heading.text,))):
            return  # a total in a line by itself
        if self._is_passed_over(heading):
            return
        if section is None and self.copied and not self.seen_log and not self.lede:
            self._line_above(heading.text)
            return
        self.section, self.boxed_paragraphs = section or self._own_section(), 0
        if section is None:
            self._keep(heading)

    def _is_passed_over(self, heading: Heading) -> bool:
        """Whether a heading opens nothing: a word of the navigation, or in a copy a line of the foot."""
        if not self.seen_log:
            return is_navigation(heading.text)
        self.at_the_foot = self.at_the_foot or (self.copied and ends_the_page(heading.text))
        return self.at_the_foot or (self.copied and is_furniture(heading.text))

    def _own_section(self) -> Section | None:
        return Section.ANALYSIS if self.seen_log else None

    def _table(self, table: Table) -> None:
        columns = columns_named(table.head, self.known.agent_name)
        if is_log(columns) and (not self.headers or columns == tuple(c for _, c in self.headers)):
            self._log(table, columns)
        elif pairs := self._totals_in(table):
            self.aggregates += pairs
        elif self.section not in (Section.FURNITURE, Section.ABOUT) and table.markdown:
            self._keep(table)

    def _log(self, table: Table, columns: Sequence[Column | None]) -> None:
        self.headers = list(zip(table.head, columns, strict=True))
        for row in table.rows:
            found = _found(row, columns)
            if _is_total(found):
                self.aggregates += _totals_of(found, self.headers)
            else:
                self.rows.append(found)
        self.section, self.seen_log = Section.LOG, True

    def _totals_in(self, table: Table) -> list[tuple[str, str]]:
        lines = [row.cells for row in table.rows]
        if not _HEAD_OF_TOTALS.match(" ".join(table.head)):
            lines.insert(0, table.head)
        pairs = [(cells[0].strip().rstrip(":"), cells[1].strip()) for cells in lines if len(cells) == 2]
        pairs = [pair for pair in pairs if any(pair)]
        return (
            pairs
            if len(pairs) >= len([cells for cells in lines if any(cells)]) and self._are_totals(pairs)
            else []
        )

    def _is_totals(self, prose: Prose) -> bool:
        if self.section in (Section.FURNITURE, Section.ABOUT) or (self.section is None and not self.seen_log):
            return False
        lines = [" ".join(line.split()) for line in prose.lines]
        matches = [_TOTAL.match(line) for line in lines if line and not _HEAD_OF_TOTALS.match(line)]
        pairs = [(match["label"].strip(), match["value"].strip()) for match in matches if match]
        if not matches and lines and self.section is Section.AGGREGATES:
            return True
        if len(pairs) < len(matches) or not self._are_totals(pairs):
            return False
        self.aggregates += pairs
        return True

    def _are_totals(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Whether labels and values are printed totals: one known label below their heading, else more."""
        known = sum(bool(total_named(label, self.known.agent_name)) for label, _ in pairs)
        if self.section is Section.AGGREGATES:
            return known > 0
        return known > 1 and known * 2 >= len(pairs) and not self.aggregates

    def _prose(self, prose: Prose) -> None:
        text = " ".join(prose.lines)
        self.at_the_foot = self.at_the_foot or (self.seen_log and ends_the_page(text))
        if self.at_the_foot or self._is_tags(text) or is_furniture(text):
            return
        if not self.seen_log and is_byline(text):
            return
        if self.section is Section.FURNITURE and self.seen_log:
            return
        if self.section in (Section.ABOUT, Section.FURNITURE) and self._still_boxed():
            return
        if self.copied and not self.seen_log and not self.lede and not _is_sentence(text):
            for line in prose.lines:
                self._line_above(line)
            return
        self._keep(prose)

    def _still_boxed(self) -> bool:
        """Whether a paragraph belongs to the box its heading opened: all do, unless the lede is to come."""
        self.boxed_paragraphs += 1
        return self.boxed_paragraphs == 1 or bool(self.lede)

    def _is_tags(self, text: str) -> bool:
        match = _TAGS.match(text)
        if match and len(text) < 200:
            self.tags += [tag.strip(" #") for tag in re.split(r"[,·|;]", match["tags"]) if tag.strip(" #")]
        return bool(match) and len(text) < 200

    def _line_above(self, line: str) -> None:
        """A short line between title and lede of a copied page: glued tags, or a byline or a date to drop."""
        if (
            is_furniture(line)
            or is_byline(line)
            or _DATE_LINE.match(line)
            or section_of(line)
            or self._is_tags(line)
        ):
            return
        if self.title and _lines_of(line) != self.title:
            self.glued_tags.append(line.strip())

    def _keep(self, block: Block) -> None:
        (self.analysis if self.seen_log else self.lede).append(block)


def _found(row: Row, columns: Sequence[Column | None]) -> FoundRow:
    def by_column(cells: Sequence[str]) -> dict[Column, str]:
        return {column: cell for column, cell in zip(columns, cells, strict=False) if column is not None}

    candidates = tuple(by_column(cells) for cells in row.candidates)
    return FoundRow(by_column(row.cells), row.line, row.raw, row.fault, candidates)


def _is_total(row: FoundRow) -> bool:
    text = row.cells.get(Column.TEXT, "").strip(" :*").casefold()
    number = row.cells.get(Column.NUMBER, "").strip(" :*").casefold()
    return not row.fault and (
        (text in TOTAL_ROW and not number.isdigit()) or (not text and number in TOTAL_ROW)
    )


def _totals_of(row: FoundRow, headers: Sequence[tuple[str, Column | None]]) -> Iterator[tuple[str, str]]:
    for printed, column in headers:
        if column not in (None, Column.NUMBER, Column.TEXT) and (cell := row.cells[column].strip()):
            yield f"Total {printed}", cell


def _without_excerpts(lede: Sequence[Block]) -> list[Block]:
    """The lede without a paragraph that repeats the beginning of what follows it."""
    kept = []
    for place, block in enumerate(lede):
        text = _CUT_OFF.sub("", _lines_of(block))
        if len(text) < _SHORTEST_EXCERPT or not _beginning(
            islice(lede, place + 1, None), len(text)
        ).startswith(text):
            kept.append(block)
    return kept


def _beginning(blocks: Iterable[Block], length: int) -> str:
    """The first words of some blocks, so many characters at least."""
    text = ""
    for block in blocks:
        text = f"{text} {_lines_of(block)}".lstrip()
        if len(text) >= length:
            break
    return text


def _lines_of(block: Block | str) -> str:
    if isinstance(block, str):
        return " ".join(block.split()).casefold()
    return _lines_of(" ".join(block.lines) if isinstance(block, Prose) else "")


def _is_sentence(text: str) -> bool:
    return not looks_like_heading(text)


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * max(block.level, 2)} {block.markdown or escaped(block.text)}"
    return block.markdown
