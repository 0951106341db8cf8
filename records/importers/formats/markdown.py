"""Pages in Markdown whose log is a table set with pipes, with or without front matter.

Pure. Prose is kept as its author wrote it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from records.importers.columns import columns_named, is_log
from records.importers.dating import has_date
from records.importers.formats import CannotRead, Format
from records.importers.found import FoundDay
from records.importers.frontmatter import first_of, split_front_matter
from records.importers.known import Known
from records.importers.layout import day_on
from records.importers.page import Block, Dated, Heading, Page, Prose, Table
from records.importers.pipes import cells_of, table_at
from records.importers.plain_cells import plain_line

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_SCRIPT = re.compile(r" {0,3}<(script|style|!--)", re.IGNORECASE)
_LONGEST_HEAD = 500
_MARK = re.compile(r"^\s*(?:>\s?)*(?:[-+*]|\d{1,9}[.)])?\s+|^>\s?")


def _recognises(text: str, _name: str, known: Known) -> bool:
    lines = (line for line in text.split("\n") if line.count("|") > 1 and len(line) < _LONGEST_HEAD)
    return any(is_log(columns_named(cells_of(line), known.agent_name)) for line in lines)


def _read(text: str, known: Known) -> Iterator[FoundDay]:
    page = page_of(text, known)
    if not any(isinstance(block, Table) for block in page.blocks):
        raise CannotRead(
            "There is no table in this page. A log has pipes between cells: “| Task | Human Est. | Claude |”."
        )
    yield day_on(page, known)


def page_of(text: str, known: Known) -> Page:
    """The page in a text of Markdown."""
    lines = text.split("\n")
    front, start = split_front_matter(lines)
    blocks = _Blocks(lines, known.agent_name, start).read()
    heading = next((block.text for block in blocks if isinstance(block, Heading) and block.level == 1), "")
    titles = [title for title in (first_of(front, "title"), heading) if title]
    titles.sort(key=lambda title: not has_date(title))
    address = first_of(front, "canonical_url", "canonical", "permalink", "url", "redirect_from", "aliases")
    tags, glued = _tags(front.get("tags", front.get("tag", [])))
    return Page(
        blocks,
        title=titles[0] if titles else "",
        dates=[Dated("front matter", first_of(front, "date"))]
        + [Dated("heading", title) for title in titles[1:]]
        + [Dated("canonical address", address)],
        tags=tags,
        glued_tags=glued,
        address=address,
    )


def _tags(written: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tags apart, and those of a value such as ``AI Time Record`` that does not say where one ends."""
    if len(written) != 1:
        return list(written), []
    apart = [tag.strip() for tag in written[0].split(",") if tag.strip()]
    return (apart, []) if len(apart) > 1 or " " not in written[0] else ([], list(written))


@dataclass(slots=True)
class _Blocks:
    """The lines of a page, made into blocks one after the other."""

    lines: Sequence[str]
    agent_name: str
    at: int
    paragraph: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def read(self) -> list[Block]:
        """All blocks."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not (self._fence(line) or self._script(line) or self._table() or self._heading(line)):
                self._text(line)
        self._end_paragraph()
        return self.blocks

    def _text(self, line: str) -> None:
        self.at += 1
        if line.strip():
            self.paragraph.append(line.rstrip() + "  " if line.endswith("  ") else line.rstrip())
        else:
            self._end_paragraph()

    def _fence(self, line: str) -> bool:
        opening = _FENCE.fullmatch(line)
        if opening is None or (opening[1][0] == "`" and "`" in opening[2]):
            return False
        self._end_paragraph()
        closing = re.compile(rf" {{0,3}}{re.escape(opening[1][0])}{{{len(opening[1])},}}[ \t]*")
        end = self._line_after(self.at + 1, closing.fullmatch)
        self._keep(self.lines[self.at : end], ())
        self.at = end
        return True

    def _script(self, line: str) -> bool:
        """Leaves out scripts, styles and comments set as blocks of their own."""
        opening = _SCRIPT.match(line)
        if opening is None or self.paragraph:
            return False
        closing = "-->" if opening[1] == "!--" else f"</{opening[1].lower()}"
        self.at = self._line_after(self.at, lambda text: closing in text.lower())
        return True

    def _line_after(self, start: int, closes: Callable[[str], object]) -> int:
        for number in range(start, len(self.lines)):
            if closes(self.lines[number]):
                return number + 1
        return len(self.lines)

    def _heading(self, line: str) -> bool:
        if atx := _ATX.fullmatch(line):
            self._end_paragraph()
            self._take_heading(atx[2] or "", len(atx[1]))
        elif self.paragraph and len(self.paragraph) == 1 and (setext := _SETEXT.fullmatch(line)):
            text = self.paragraph.pop()
            self._take_heading(text, 1 if setext[1][0] == "=" else 2)
        elif _RULE.fullmatch(line) and not self.paragraph:
            self.at += 1  # a rule parts what is parted anyway
        else:
            return False
        return True

    def _take_heading(self, text: str, level: int) -> None:
        self.at += 1
        if shown := plain_line(text):
            self.blocks.append(Heading(shown, level, self.at, text.strip()))

    def _table(self) -> bool:
        found = table_at(self.lines, self.at, self.agent_name)
        if found is None:
            return False
        self._end_paragraph()
        self.blocks.append(found[0])
        self.at = found[1]
        return True

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self._keep(self.paragraph, tuple(plain_line(_MARK.sub("", line)) for line in self.paragraph))
            self.paragraph = []

    def _keep(self, lines: Sequence[str], plain: tuple[str, ...]) -> None:
        first = self.at - len(lines) + 1
        self.blocks.append(Prose("\n".join(lines).rstrip(), plain, max(first, 1)))


FORMATS = (Format("markdown", 40, _recognises, _read),)
