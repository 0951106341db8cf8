"""Where in the Markdown a claim stands that readers read, and which live figure could stand there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records import facts, prose
from records.facts import Restating
from records.prose import Figure, Mark
from records.summaries.claims import Claim

# Marks of Markdown that may stand between two letters: emphasis, code, the two ends of a link.
_MARKS = r"(?:[*_`~\[\\]|\]\([^()\n]{0,300}\))"
_BETWEEN = f"{_MARKS}*+"
_BLANK = rf"(?:[\s>]|{_MARKS})++"
_LIVE = r"\{\{[^{}\n]{1,200}\}\}"
_QUOTES = {"“": '[“"]', "”": '[”"]', "‘": "[‘']", "’": "[’']"}


@dataclass(frozen=True)
class Span:
    """Some characters of a Markdown text, and which they are."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Instead:
    """What to type in place of some characters, so that the figure stays right."""

    span: Span
    words: str


def place_of(claim: Claim, source: str) -> Span | None:
    """Where in its Markdown a claim stands; ``None`` where that cannot be told."""
    found = _found(claim, source, 0, len(claim.finding.claim))
    return Span(found.start(), found.end(), found[0]) if found else None


def live_instead(claim: Claim, source: str, figures: Mapping[str, Figure]) -> Instead | None:
    """How the live figure of a finding takes the place of what is typed; ``None`` where it cannot.

    The finding names the live figure; ``figures`` has what it writes.
    """
    name, words = claim.finding.live, claim.finding.claim
    figure = figures.get(name) if name else None
    if figure is None or figure.missing:
        return None
    how = facts.restating(words, name, figure.text)
    found = _found(claim, source, how.start, how.end) if how else None
    if how is None or found is None:
        return None
    return Instead(Span(found.start(1), found.end(1), found[1]), f"{_mark(name, figure, how)}{how.after}")


def _mark(name: str, figure: Figure, how: Restating) -> Mark:
    if not how.in_words or figure.count is None:
        return Mark(name)
    return Mark(name, prose.WAYS[how.capital])


def _found(claim: Claim, source: str, start: int, end: int) -> re.Match[str] | None:
    """The claim in its Markdown; the group is its part from ``start`` to ``end``.

    Of several alike it is the one that stands after as many of them as in the text.
    """
    found = list(re.finditer(_pattern(claim, start, end), source))
    before = sum(1 for _ in _alike(claim))
    return found[min(before, len(found) - 1)] if found else None


def _alike(claim: Claim) -> Iterator[int]:
    """Where the same words were typed before the claim; those that live figures wrote are no such words."""
    words, shown = claim.finding.claim, claim.shown
    at = shown.text.find(words)
    while 0 <= at < claim.finding.start:
        if _is_live(shown, at, at + len(words)) == _is_live(shown, claim.finding.start, claim.finding.end):
            yield at
        at = shown.text.find(words, at + 1)


def _is_live(shown: facts.Plain, start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in shown.live)


def _pattern(claim: Claim, start: int, end: int) -> str:
    pieces = list(_pieces(claim))
    before = _BETWEEN.join(piece for at, piece in pieces if at < start)
    within = _BETWEEN.join(piece for at, piece in pieces if start <= at < end)
    after = _BETWEEN.join(piece for at, piece in pieces if at >= end)
    return _BETWEEN.join(part for part in (before, f"({within})", after) if part)


def _pieces(claim: Claim) -> Iterator[tuple[int, str]]:
    """Each letter of the claim as Markdown may have it, with its place; what is live is one piece."""
    finding = claim.finding
    live: dict[int, int] = {}
    for first, last in claim.shown.live:
        if first < finding.end and finding.start < last:
            live |= dict.fromkeys(range(max(first, finding.start), min(last, finding.end)), first)
    told: set[int] = set()
    for at, letter in enumerate(finding.claim):
        wrote = live.get(finding.start + at)
        if wrote is None:
            yield at, _letter(letter)
        elif wrote not in told:
            told.add(wrote)
            yield at, _LIVE


def _letter(letter: str) -> str:
    if letter.isspace():
        return _BLANK
    return _QUOTES.get(letter) or re.escape(letter)
