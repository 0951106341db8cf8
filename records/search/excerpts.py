"""The part of a text where something was found, with the places marked; plain data, no markup."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from records.search.folding import folded, pattern_of
from records.search.wanted import Phrase

LENGTH = 220  # characters
BEFORE = 60  # characters shown before the first place, about
# What Markdown writes and a reader does not see: the address of a link, signs before a line and around words.
_LIVE = re.compile(r"\{\{([^{}\n]*)\}\}")
_NOT_READ = re.compile(r"\]\([^)\s]*\)|^[#>\s]+|[`*\[\]]", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """Some characters in a row, all of them found or none."""

    text: str
    found: bool


Excerpt = tuple[Piece, ...]


def of_prose(text: str, figure: Callable[[str], str]) -> str:
    """Markdown without its signs, on one line; ``figure`` gives what stands for a live figure as typed."""
    written = _LIVE.sub(lambda found: figure(found[1]), text)
    return " ".join(_NOT_READ.sub("", written).replace("|", " ").split())


def of_task(text: str) -> str:
    """The text of a task, in which only backticks mean something, on one line."""
    return " ".join(text.replace("`", "").split())


def marked(text: str, phrases: Iterable[Phrase]) -> Excerpt:
    """The whole text with all that was found in it."""
    return tuple(_pieces(text, _places(text, phrases)))


def excerpt(texts: Iterable[str], phrases: tuple[Phrase, ...]) -> Excerpt:
    """Some 220 characters of the first text that holds something found, else of the first one at all."""
    said = [text for text in texts if text]
    for text in said:
        places = _places(text, phrases)
        if places:
            return _cut(text, places)
    return _cut(said[0], []) if said else ()


def _places(text: str, phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
    """Where something was found, in order and apart from each other."""
    inside = folded(text)
    patterns = (pattern_of(phrase.words, open_ended=phrase.open_ended) for phrase in phrases)
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(inside))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _cut(text: str, places: list[tuple[int, int]]) -> Excerpt:
    """The text around the first place, cut between words, with an ellipsis where something is left out."""
    start = max(places[0][0] - BEFORE, 0) if places else 0
    start = text.find(" ", start) + 1 if start and " " in text[start : places[0][0]] else start
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", start + LENGTH // 2, end), start + LENGTH // 2)
    within = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
    pieces = _pieces(text[start:end], within)
    before, after = [Piece("… ", found=False)] * (start > 0), [Piece(" …", found=False)] * (end < len(text))
    return (*before, *pieces, *after)


def _pieces(text: str, places: list[tuple[int, int]]) -> list[Piece]:
    edges = [0, *(edge for place in places for edge in place), len(text)]
    spans = pairwise(edges)
    return [
        Piece(text[start:end], found=bool(number % 2))
        for number, (start, end) in enumerate(spans)
        if start < end
    ]
