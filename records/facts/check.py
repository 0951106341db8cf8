"""Every claim of a text, each with what the data say of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from records.facts import (
    amounts,
    averages,
    calendar,
    comparing,
    counts,
    extremes,
    labels,
    moves,
    rivals,
    shares,
    superlatives,
    tallies,
)
from records.facts.book import Book
from records.facts.computed import settled
from records.facts.figures import Figures
from records.facts.findings import Finding, Verdict
from records.facts.plain import Span
from records.facts.scene import NAMED, Memory, Scene
from records.facts.sentences import sentences_in
from records.facts.units import Unit

JUDGES: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    calendar.judged,
    tallies.judged,
    rivals.judged,
    moves.judged,
    comparing.judged,
    superlatives.judged,
    extremes.judged,
    averages.judged,
    labels.judged,
    counts.judged,
    shares.judged,
    amounts.judged,
)


def check(text: str, figures: Figures, live: Sequence[Span] = ()) -> list[Finding]:
    """What the data say of each claim of a plain text, in its order; ``start`` and ``end`` are places in it.

    Figures about the work, of which the record knows nothing, come back as unjudged. ``live`` are the places
    that live figures wrote: a claim that says no more than these is right, since it is computed.
    """
    book, memory = _book(figures), Memory()
    findings: list[Finding] = []
    for sentence in sentences_in(text):
        memory.turn_to(sentence.paragraph)
        scene = Scene(sentence, book, memory)
        findings += _judged(scene)
        memory.begun = True
        memory.named = memory.named or any(subject.kind in NAMED for subject in scene.subjects)
    return list(settled(findings, live))


@lru_cache(maxsize=4)
def _book(figures: Figures) -> Book:
    """The record, opened once for its lede and its analysis."""
    return Book(figures)


def _judged(scene: Scene) -> list[Finding]:
    """The findings of all judges, in turn: what one has claimed the next ones leave alone."""
    found = [finding for judge in JUDGES for finding in judge(scene)]
    return sorted([*found, *_left(scene)], key=lambda finding: (finding.start, finding.end))


def _left(scene: Scene) -> Iterator[Finding]:
    """Numbers nobody judged: figures about the work. "One of them" is none."""
    for quantity in scene.free():
        idle = quantity.unit is Unit.OTHER and quantity.qualifier == "one"
        if not idle and not scene.overlaps(quantity.start, quantity.end):
            yield scene.finding(quantity.start, quantity.end, Verdict.UNJUDGED)
