"""A text cut into sentences, each with its place, so that a claim can be marked where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 700  # characters of what is read as one sentence: keeps hostile text linear


_END = re.compile(
    r"(?<![.!?])(?P<stop>[.!?]+)[\"')\]*_]*\s+(?=[\"'(*_\[]*[A-Z0-9])"
    r"|\n[ \t]*\n\s*"
    r"|\n(?=[ \t]*(?:[-+>#|]|\d+[.)][ \t]))"
)


_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|approx|ca|etc|dr|st|no|nos|fig|incl|resp)|\b[A-Z])$", re.I)


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009\t\r\n*`", " "),
        **dict.fromkeys("‑‐", "-"),
        "−": "-",
    }
)


@dataclass(frozen=True)
class Sentence:
    """A sentence as written, where it starts, and its plain form of the same length to read patterns in."""

    written: str
    start: int
    paragraph: int

    @property
    def text(self) -> str:
        """Straight quotes, plain spaces and hyphens, no marks of Markdown; every place as in ``written``."""
        return self.written.translate(_PLAIN)


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text in their order; blank lines part paragraphs."""
    start = paragraph = 0
    for end in _END.finditer(text):
        if end["stop"] == "." and _ABBREVIATED.search(text, max(start, end.start() - 8), end.start()):
            continue
        yield from _pieces(text, start, end.end(), paragraph)
        paragraph += end[0].count("\n") > 1
        start = end.end()
    yield from _pieces(text, start, len(text), paragraph)


def _pieces(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield from _piece(text, start, cut, paragraph)
        start = cut
    yield from _piece(text, start, end, paragraph)


def _piece(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    written = text[start:end]
    lead = len(written) - len(written.lstrip())
    if written.strip():
        yield Sentence(written.strip(), start + lead, paragraph)
