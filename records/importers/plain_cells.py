"""A cell of a Markdown table as the plain text it shows; code keeps its backticks, as the texts of tasks do.

Pure.
"""

import re
from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKED = re.compile(r"[*_`\[\]\\&<~!]")
_SHOWN_AS_ITS_TEXT = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>"
    r"|<!--.*?-->",
    re.IGNORECASE,
)
_LONGEST = 50_000  # characters; parsing takes longer than their number, and no such text is taken
_LONGEST_LINE = 5_000  # a label with its value, an excerpt, the foot of a page are shorter
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def plain_cell(cell: str) -> str:
    """The text that a cell shows, on one line."""
    if not _MARKED.search(cell) or len(cell) > _LONGEST:
        return " ".join(cell.split())
    tokens = _parser().parseInline(cell)
    return " ".join("".join(_shown(tokens)).split())


def plain_line(line: str) -> str:
    """The text that a line of Markdown shows, without backticks; of a very long one its beginning."""
    return plain_cell(line[:_LONGEST_LINE]).replace("`", "")


def _shown(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "code_inline":
            yield f"{token.markup}{token.content}{token.markup}"
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "html_inline":
            yield _of_tag(token.content)
        elif token.children:
            yield from _shown(token.children)
        else:
            yield token.content


def _of_tag(tag: str) -> str:
    """Nothing for markup, a blank for a line break; ``<T>`` and ``<id>`` were meant as text."""
    if _LINE_BREAK.fullmatch(tag):
        return " "
    return "" if _SHOWN_AS_ITS_TEXT.fullmatch(tag) else tag


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")
