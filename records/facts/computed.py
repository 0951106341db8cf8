"""Claims that live figures state: they are computed, so they are right without being judged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.plain import Span

TRUTH = "written by a live figure"

# What may stand beside the figure for the claim to be nothing but the figure: how it is counted. A bound
# ("over"), a group ("testing tasks") or a limit ("at 100x or more") says more, and is judged.
_ONLY_A_UNIT = pattern(
    r"^[\s-]*(?:(?:human|agent|working|supervisory|supervision|total)[ -]){0,2}"
    r"(?:x|×|%|percent|per cent|h|hrs?|hours?|m|mins?|minutes?|weeks?|days?|tasks?|tokens?)?\s*$"
)


def settled(findings: Sequence[Finding], live: Sequence[Span]) -> Iterator[Finding]:
    """The findings, those confirmed that claim no more than a live figure at these places states."""
    for finding in findings:
        within = live[
            bisect_right(live, finding.start, key=_end) : bisect_left(live, finding.end, key=_start)
        ]
        if within and _ONLY_A_UNIT.match(_beside(finding, within)):
            yield replace(finding, verdict=Verdict.CONFIRMED, truth=TRUTH, live="")
        else:
            yield finding


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _beside(finding: Finding, live: Sequence[Span]) -> str:
    """What of a claim no live figure wrote."""
    pieces, at = [], finding.start
    for start, end in live:
        pieces.append(finding.claim[at - finding.start : max(start, at) - finding.start])
        at = end
    return "".join([*pieces, finding.claim[max(at - finding.start, 0) :]])
