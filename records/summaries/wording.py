"""Where two texts part, word by word: what stays, what went, what came.

Words that stand once in both texts are found first and hold the rest together; only the small gaps between
them are compared word against word. So the time grows with the length of the texts, whatever stands in them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeAlias

GAP = 64 * 64  # pairs of words that are compared one by one
DEPTH = 20
SHOWN_AROUND = 25  # words that stay, beside a change
_WORD = re.compile(r"\S+\s*|\s+")
KEPT, GONE, NEW = "kept", "gone", "new"

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Some words in a row: ``kind`` is "kept", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Range:
    """A stretch of both texts."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def pairs(self) -> int:
        return (self.end - self.start) * (self.other_end - self.other_start)


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order; long ones that stay are cut to what stands beside a change.

    Blanks and line breaks alone are no difference.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    old_words, new_words = [word.strip() for word in old], [word.strip() for word in new]
    everything = _Range(0, len(old), 0, len(new))
    labelled = _labelled(old, new, _matches(old_words, new_words, everything, DEPTH))
    groups = groupby(labelled, key=lambda each: each[0])
    pieces = [(kind, [word for _, word in words]) for kind, words in groups]
    last = len(pieces) - 1
    return [
        Piece(kind, "".join(_cut(words, is_first=at == 0, is_last=at == last) if kind == KEPT else words))
        for at, (kind, words) in enumerate(pieces)
    ]


def rising(values: Sequence[int]) -> list[int]:
    """The indexes of a longest run of values that rises, in order; what is not in it has moved."""
    tops: list[int] = []  # the smallest value on which a run of each length ends
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tops, value)
        tops[length : length + 1], ends[length : length + 1] = [value], [index]
        before.append(ends[length - 1] if length else -1)
    found, index = [], ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def _labelled(old: Sequence[str], new: Sequence[str], matches: Iterator[Pair]) -> Iterator[tuple[str, str]]:
    at = other = 0
    for i, j in [*matches, (len(old), len(new))]:
        yield from ((GONE, word) for word in old[at:i])
        yield from ((NEW, word) for word in new[other:j])
        if j < len(new) and i < len(old):
            yield KEPT, max(old[i], new[j], key=len)  # a word at an end has no blank behind it
        at, other = i + 1, j + 1


def _matches(old: Sequence[str], new: Sequence[str], part: _Range, depth: int) -> Iterator[Pair]:
    """The words that stay, as their places in both texts, rising in both."""
    start, other = part.start, part.other_start
    while start < part.end and other < part.other_end and old[start] == new[other]:
        yield start, other
        start, other = start + 1, other + 1
    end, other_end = part.end, part.other_end
    while end > start and other_end > other and old[end - 1] == new[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    yield from _between(old, new, _Range(start, end, other, other_end), depth)
    yield from zip(range(end, part.end), range(other_end, part.other_end), strict=True)


def _between(old: Sequence[str], new: Sequence[str], part: _Range, depth: int) -> Iterator[Pair]:
    """The same for a stretch whose ends differ."""
    if not part.pairs or not depth:
        return
    if part.pairs <= GAP:
        yield from _one_by_one(old, new, part)
        return
    start, other = part.start, part.other_start
    anchors = _anchors(old, new, part)
    for i, j in anchors:
        yield from _matches(old, new, _Range(start, i, other, j), depth - 1)
        yield i, j
        start, other = i + 1, j + 1
    if anchors:
        yield from _matches(old, new, _Range(start, part.end, other, part.other_end), depth - 1)


def _one_by_one(old: Sequence[str], new: Sequence[str], part: _Range) -> Iterator[Pair]:
    some, others = old[part.start : part.end], new[part.other_start : part.other_end]
    for block in SequenceMatcher(None, some, others, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield part.start + block.a + step, part.other_start + block.b + step


def _anchors(old: Sequence[str], new: Sequence[str], part: _Range) -> list[Pair]:
    """Words that stand once in both stretches, in one order."""
    places = _once(old, part.start, part.end)
    others = _once(new, part.other_start, part.other_end)
    pairs = [(place, others[word]) for word, place in places.items() if word in others]
    return [pairs[index] for index in rising([other for _, other in pairs])]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(words[start:end])
    return {words[place]: place for place in range(start, end) if counts[words[place]] == 1}


def _cut(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    """Words that stay, without those far from any change."""
    head = 0 if is_first else SHOWN_AROUND
    tail = 0 if is_last else SHOWN_AROUND
    if (is_first and is_last) or len(words) <= head + tail + 1:
        return words
    return [*words[:head], "… ", *words[len(words) - tail :]]
