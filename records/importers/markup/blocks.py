"""The blocks of a page in their order: headings, paragraphs, lists, quotations, code and tables."""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from records.importers.escaping import begun
from records.importers.markup.elements import BLOCKS
from records.importers.markup.inline import (
    BREAK,
    is_dropped,
    markdown_of,
    one_line,
    plain_of,
)
from records.importers.markup.tables import is_layout, table_in
from records.importers.markup.tree import children
from records.importers.page import Block, Heading, Prose
from records.importers.words import section_of

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPH = re.compile(rf"(?:{BREAK}\s*){{2,}}")
_SEVERAL_BLANKS = re.compile(r" {2,}")
_BEFORE_TEXT = re.compile(r"^(?=.)", re.MULTILINE)
_LONGEST_PAIR = 100  # characters of a label and its figure


def blocks_in(node: LexborNode, agent_name: str) -> Iterator[Block]:
    """The blocks within an element."""
    run: list[LexborNode] = []
    for child in children(node):
        if is_dropped(child):
            continue
        if _is_inline(child):
            run.append(child)
            continue
        yield from _paragraphs(run)
        run = []
        yield from _block(child, agent_name)
    yield from _paragraphs(run)


def _is_inline(node: LexborNode) -> bool:
    if node.is_text_node:
        return True
    if node.tag in BLOCKS:
        return False
    has_elements = any(child.is_element_node for child in children(node))
    return not has_elements or node.css_first("p, div, table, ul, ol, h2") is None


def _block(node: LexborNode, agent_name: str) -> Iterator[Block]:
    tag = node.tag or ""
    if tag in _LEVELS:
        if text := one_line(plain_of(children(node))):
            yield Heading(text, _LEVELS[tag], markdown=one_line(markdown_of(children(node))))
    elif tag == "table" and not is_layout(node):
        if table := table_in(node, agent_name):
            yield table
    elif tag == "pre":
        yield from _code(node)
    elif tag in ("ul", "ol", "menu", "blockquote", "dl") and node.css_first("table") is None:
        yield from _grouped(node, tag, agent_name)
    elif tag not in ("hr", "caption"):
        yield from _pair(node) or blocks_in(node, agent_name)


def _grouped(node: LexborNode, tag: str, agent_name: str) -> Iterator[Prose]:
    if tag == "blockquote":
        yield from _quotation(node, agent_name)
    elif tag == "dl":
        yield from _definitions(node)
    else:
        yield from _list(node, agent_name, ordered=tag == "ol")


def _paragraphs(nodes: Sequence[LexborNode]) -> Iterator[Block]:
    """The paragraphs of a run of inline nodes; two line breaks together end one, as old pages have it."""
    if not nodes:
        return
    for markdown, plain in zip(
        _PARAGRAPH.split(markdown_of(nodes)), _PARAGRAPH.split(plain_of(nodes)), strict=False
    ):
        lines = _lines(plain)
        if not lines:
            continue
        if len(lines) == 1 and markdown.strip().startswith("**") and section_of(lines[0]) is not None:
            yield Heading(lines[0], 2)  # a heading set as a bold paragraph
        else:
            yield Prose("\\\n".join(map(begun, _lines(markdown))), tuple(lines))


def _lines(text: str) -> list[str]:
    lines = (_SEVERAL_BLANKS.sub(" ", line).strip() for line in text.split(BREAK))
    return [line for line in lines if line]


def _code(node: LexborNode) -> Iterator[Prose]:
    code = (node.text() or "").strip("\n")
    if not code.strip():
        return
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    yield Prose(f"{fence}\n{code}\n{fence}", ())


def _quotation(node: LexborNode, agent_name: str) -> Iterator[Prose]:
    markdown, lines = _joined(list(blocks_in(node, agent_name)), "\n\n")
    if markdown:
        yield Prose("\n".join(f"> {line}".rstrip() for line in markdown.split("\n")), lines)


def _definitions(node: LexborNode) -> Iterator[Prose]:
    """Names and what they mean, a line each: ``Total tasks: 37``."""
    written: list[str] = []
    plain: list[str] = []
    for part in node.css("dt, dd"):
        inside = list(children(part))
        markdown, text = one_line(markdown_of(inside)), one_line(plain_of(inside))
        if part.tag == "dd" and plain and plain[-1].endswith(":"):
            written[-1] = f"{written[-1]} {markdown}"
            plain[-1] = f"{plain[-1]} {text}"
        elif text:
            colon = ":" if part.tag == "dt" else ""
            written.append(begun(markdown.rstrip(":") + colon))
            plain.append(text.rstrip(":") + colon)
    if plain:
        yield Prose("\\\n".join(written), tuple(plain))


def _list(node: LexborNode, agent_name: str, *, ordered: bool) -> Iterator[Prose]:
    items: list[str] = []
    lines: list[str] = []
    for item in children(node):
        if is_dropped(item) or item.is_text_node:
            continue
        blocks = list(_block(item, agent_name) if item.tag in ("ul", "ol") else blocks_in(item, agent_name))
        several = sum(block_tag == "p" for block_tag in (child.tag for child in children(item))) > 1
        markdown, plain = _joined(blocks, "\n\n" if several else "\n")
        if markdown:
            mark = f"{len(items) + 1}. " if ordered else "- "
            items.append(mark + _BEFORE_TEXT.sub(" " * len(mark), markdown).lstrip(" "))
            lines += plain
    if items:
        yield Prose("\n".join(items), tuple(lines))


def _joined(blocks: Iterable[Block], between: str) -> tuple[str, tuple[str, ...]]:
    """Blocks within a list or a quotation as one: headings become bold lines there."""
    written: list[str] = []
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            written.append(f"**{begun(block.text)}**")
            lines.append(block.text)
        else:
            written.append(block.markdown)
            lines += block.lines if isinstance(block, Prose) else ()
    return between.join(written), tuple(lines)


def _pair(node: LexborNode) -> list[Block]:
    """A figure with its label in two boxes of their own, as a line; nothing for what is none."""
    inside = [child for child in children(node) if child.is_element_node]
    if len(inside) != 2 or any(child.tag not in ("div", "p", "span") for child in inside):
        return []
    if any(grandchild.is_element_node for child in inside for grandchild in children(child)):
        return []
    label, value = (one_line(plain_of([child])) for child in inside)
    if label[:1].isdigit() and not value[:1].isdigit():
        label, value = value, label
    is_figure = value.lstrip("~≈ ")[:1].isdigit() and not label[:1].isdigit()
    if not is_figure or len(label) + len(value) > _LONGEST_PAIR:
        return []
    line = f"{label.rstrip(':')}: {value}"
    return [Prose(begun(line), (line,))]
