"""Comparisons with other days: "twice yesterday's", "a third more tasks than the day before"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from records.facts.beside import (
    TIMES,
    compared_measures,
    doubled,
    end_with_own,
    ratio_to,
    said_of_both,
    take,
    times_in,
    turned_round,
    value_beside,
)
from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.first_times import first_times_in, never_before, streaks_in
from records.facts.moments import Moment
from records.facts.numbers import FRACTIONS
from records.facts.orders import misordered
from records.facts.patterns import pattern
from records.facts.quantities import quantities_in
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.series import shown_value
from records.facts.units import Bound, Quantity, Unit

_TO_MOMENT = (
    r"(?:(?:that |those |the (?:\w+ )?(?:tasks?|hours|output|factor|leverage|total|count"
    r"|figure|number)? ?)?(?:of|on|for|in|as|from) )?(?:the |on |in |for |what (?:the )?)?"
)


_WHAT = r"(?:(?:\w+[- ]){0,4}?)"


_MULTIPLE = pattern(
    rf"(?P<loose>(?:more than|over|less than|under|nearly|almost|about|roughly|well over"
    rf"|just over|just under|around|close to) )?(?:(?P<times>{'|'.join(TIMES)})|(?P<n>[\d.,]+"
    rf"|\w+(?:[- ]and[- ]a[- ]half)?) (?:times|x)|(?P<n2>[\d.]+)[x×]) (?:as (?:many|much|high"
    rf"|long|large)? ?)?{_WHAT}{_TO_MOMENT}$"
)


_MORE = pattern(
    rf"(?P<amount>(?:\w[\w.,%-]* ){{0,5}}?)(?P<word>more|fewer|less|higher|lower|greater|larger"
    rf"|smaller|bigger|better|worse|busier|quieter|longer|shorter|stronger|weaker|heavier"
    rf"|lighter|leaner) {_WHAT}than (?:(?:was|were|had been) )?{_TO_MOMENT}$"
)


_UP_ON = pattern(
    rf"(?P<amount>(?:\w[\w.,%-]* ){{1,5}}?)(?P<word>up|down|higher|lower|above|below"
    rf"|ahead) (?:on|from|than|against|of)? ?{_TO_MOMENT}$"
)


_MOVED = pattern(
    rf"\b(?P<word>up|down|rose|fell|climbed|dropped|jumped|slipped|improved|gained|increased"
    rf"|decreased|grew|shrank|slid|sank|higher"
    rf"|lower)\b(?: by)?(?P<amount>(?: [\w.,%×-]+){{0,6}}?),? (?:on|from|over|against"
    rf"|compared (?:with|to)|versus|vs\.?) {_TO_MOMENT}$"
)


_FROM = pattern(
    r"\b(?P<word>up|down|rose|fell|rises|falls|climbed|dropped|jumped|slipped|improved|grew"
    r"|slid|sank|recovered)(?: sharply| slightly| a little| well| only)? from (?:a |an "
    r"|the )?(?:\w+ )?[\d,.]+ ?(?:[x×]|hours|tasks|minutes)?,? ?(?:\w+ )?(?:of |on |in "
    r"|for )?(?:the )?$"
)


_AHEAD = pattern(
    rf"\b(?P<word>ahead of|above|below|beat|beats|beating|under|over|behind|past|outdid"
    rf"|outpaced|dwarfed|eclipsed|edged(?: out)?|bested|outperformed|outstripped|exceed(?:ed|s"
    rf"|ing)|topp(?:ed|ing)|surpass(?:ed|es|ing)|trail(?:ed|s|ing)|short of|match(?:ed|es|ing)"
    rf"|level with|the same {_WHAT}as|equal(?:led|s)?(?: to)?|as many {_WHAT}as"
    rf"|as much {_WHAT}as) {_TO_MOMENT}$"
)


_UPWARD = frozenset(
    [
        "more",
        "higher",
        "greater",
        "larger",
        "bigger",
        "better",
        "busier",
        "longer",
        "stronger",
        "heavier",
        "up",
        "rose",
        "climbed",
        "jumped",
        "improved",
        "gained",
        "increased",
        "grew",
        "above",
        "outpaced",
        "dwarfed",
        "eclipsed",
        "bested",
        "outperformed",
        "outstripped",
        "edged",
        "beat",
        "beats",
        "beating",
        "over",
        "past",
        "outdid",
        "exceeded",
        "exceeds",
        "exceeding",
        "topped",
        "topping",
        "surpassed",
        "surpasses",
        "surpassing",
    ]
) | {"ahead of"}


_LEVEL = ("match", "level", "same", "equal", "as many", "as much")


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each first time, each streak and each comparison with another day."""
    yield from streaks_in(scene)
    yield from first_times_in(scene)
    yield from never_before(scene)
    yield from misordered(scene)
    for moment in scene.moments:
        yield from turned_round(scene, moment)
        yield from doubled(scene, moment)
        yield from _compared(scene, moment)


def _compared(scene: Scene, moment: Moment) -> Iterator[Finding]:
    lower = max(0, moment.start - 110)
    before = scene.text[lower : moment.start]
    for words, judge in (
        (_FROM, _difference),
        (_MULTIPLE, _multiple),
        (_MORE, _difference),
        (_UP_ON, _difference),
        (_MOVED, _difference),
        (_AHEAD, _difference),
    ):
        match = words.search(before)
        if match and (finding := judge(scene, moment, match, lower)):
            yield finding
            return


def _multiple(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> Finding | None:
    times = times_in(match)
    place = lower + match.start(), end_with_own(scene, moment)
    if times is None or times.value > 20 or scene.overlaps(*place):
        return None
    take(scene, place)
    known = [
        (m, ratio)
        for m in compared_measures(scene, moment, match, lower)
        if (ratio := ratio_to(scene, moment, m)) is not None
    ]
    if not known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    right = [fit(times, ratio) is Fit.YES for _, ratio in known]
    truth = said_of_both(scene, moment, known[0][0])
    close = any(fit(times, ratio) is Fit.CLOSE for _, ratio in known)
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) or close else Verdict.REFUTED
    return scene.finding(*place, verdict, truth)


def _difference(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> Finding | None:
    word = match["word"].lower()
    start = (
        lower
        + match.start("word")
        - len((match.groupdict().get("amount") or "") if match.re in (_MORE, _UP_ON) else "")
    )
    place = max(0, start), end_with_own(scene, moment)
    if match.re is _FROM:
        place = start, lower + match.end("word")
    if scene.overlaps(*place):
        return None
    take(scene, place)
    measures = compared_measures(scene, moment, match, lower)
    known = [m for m in measures if ratio_to(scene, moment, m) is not None]
    if not known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    right = [
        _moved_so(scene, moment, m, word, (match.groupdict().get("amount") or "").strip()) for m in known
    ]
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
    return scene.finding(*place, verdict, said_of_both(scene, moment, known[0]))


def _moved_so(scene: Scene, moment: Moment, measure: Measure, word: str, amount: str) -> bool:
    here, there = scene.figures.day.value(measure), value_beside(scene, moment, measure)
    if here is None or there is None:
        return False
    here, there = shown_value(measure, here), shown_value(measure, there)
    if word.startswith(_LEVEL):
        return here == there
    upward = word in _UPWARD
    if not (here > there if upward else here < there):
        return False
    step = _step(amount)
    if step is None:
        return True
    by, is_share = step
    moved = abs(here - there)
    return fit(by, moved / there * 100 if is_share else moved) is Fit.YES


def _step(amount: str) -> tuple[Quantity, bool] | None:
    """How far it moved, if the words say: 12 tasks, 20 %, a third."""

    words = amount.lower().replace("-", " ").split()
    for name, (top, bottom) in FRACTIONS.items():
        if name in words or f"{name}s" in words:
            numerator = 2 if "two" in words else 3 if "three" in words else top
            return Quantity(
                0, 0, 0, Decimal(100 * numerator) / bottom, Decimal(10), Unit.PERCENT, Bound.ABOUT
            ), True
    found = quantities_in(amount + " ")
    if not found:
        return None
    quantity = found[0]
    return quantity, quantity.unit is Unit.PERCENT
