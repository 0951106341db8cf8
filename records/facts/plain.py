"""The plain text of rendered prose, blocks parted by blank lines."""

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


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append(" ")


def plain(html: str) -> str:
    """The text a reader sees in some HTML, a blank line between its blocks."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    blocks = "".join(parser.parts).split("\n\n")
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())
