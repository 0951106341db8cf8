"""Two figures in a sentence of which it says which is the higher."""

from collections.abc import Iterator
from itertools import pairwise

from records.facts.findings import Finding, Verdict
from records.facts.first_times import MEASURE_OF
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.units import Bound

_ORDER = pattern(
    r"^(?:,| is| was| sits| stands| comes in| came in| landed| on the day| average"
    r"| for the day)*(?: still)?(?: well| far| just| slightly| comfortably| way"
    r"| a little)* (?P<word>above|below|ahead of|higher than|lower than|up from|down from"
    r"|better than|worse than|short of|behind|more than|less than)(?: the| a| an| its| that"
    r"| saturday's| yesterday's| last| \w+'s)* $"
)


def misordered(scene: Scene) -> Iterator[Finding]:
    """Two figures beside each other of which the sentence says which is the higher."""
    for here, there in pairwise(scene.quantities):
        match = _ORDER.match(scene.text[here.end : there.number_start])
        if (
            not match
            or here.unit is not there.unit
            or here.unit not in MEASURE_OF
            or there.bound in (Bound.AT_LEAST, Bound.AT_MOST)
        ):
            continue
        upward = match["word"].lower() in (
            "above",
            "ahead of",
            "higher than",
            "up from",
            "better than",
            "more than",
        )
        if here.value != there.value and (here.value > there.value) is not upward:
            place = here.end + match.start("word"), here.end + match.end("word")
            yield scene.finding(
                *place,
                Verdict.REFUTED,
                f"{here.value:,} is {'less' if upward else 'more'} than {there.value:,}",
            )
