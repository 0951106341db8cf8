"""The plain text of rendered prose, blocks parted by blank lines, and what in it live figures wrote."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "section",
        "hr",
        "div",
    ]
)
# Stand around what a live figure wrote while white space is put in order; nobody types them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """A text as a reader sees it; ``live`` are the places that live figures wrote, from left to right."""

    text: str
    live: tuple[Span, ...] = ()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "data":
            self.parts.append(_OPEN)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "data":
            self.parts.append(_CLOSE)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(_MARKS.sub("", data).replace("\n", " "))

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append(" ")


def plain(html: str) -> str:
    """The text a reader sees in some HTML, a blank line between its blocks."""
    return read(html).text


def read(html: str) -> Plain:
    """The same, with the places that live figures wrote: those of ``data`` elements."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    blocks = "".join(parser.parts).split("\n\n")
    marked = "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())
    places = [mark.start() - before for before, mark in enumerate(_MARKS.finditer(marked))]
    return Plain(_MARKS.sub("", marked), tuple(zip(places[::2], places[1::2], strict=True)))
