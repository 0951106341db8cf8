"""Comparisons with other days: "twice yesterday's", "a third more tasks than the day before"."""

import re
from collections.abc import Iterator

from records.facts.beside import (
    TIMES,
    as_many_times,
    compared_measures,
    doubled,
    end_with_own,
    moved_then,
    ratio_to,
    said_of_both,
    take,
    times_in,
    turned_round,
)
from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.first_times import first_times_in, never_before, streaks_in
from records.facts.moments import Moment
from records.facts.orders import misordered
from records.facts.patterns import pattern
from records.facts.rounding import Fit
from records.facts.scene import Scene
from records.facts.steps import began, moved_so, step_in

_TO_MOMENT = (
    r"(?:(?:that |those |the (?:\w+ )?(?:tasks?|hours|output|factor|leverage|total|count"
    r"|figure|number)? ?)?(?:of|on|for|in|as|from) )?(?:both |either )?(?:the |on |in |for "
    r"|what (?:the )?)?"
)


_WHAT = r"(?:(?:\w+[- ]){0,4}?)"


_MULTIPLE = pattern(
    rf"(?P<loose>(?:more than|over|less than|under|nearly|almost|about|roughly|well over"
    rf"|just over|just under|around|close to) )?(?:(?P<times>{'|'.join(TIMES)})|(?P<n>[\d.,]+"
    rf"|\w+(?:[- ]and[- ]a[- ]half)?) (?:times|x)|(?P<n2>[\d.]+)[x×]) (?:as (?:many|much|high"
    rf"|long|large)? ?)?{_WHAT}{_TO_MOMENT}$"
)


_MORE = pattern(
    rf"(?P<amount>(?:[\w%][\w.,%-]* ){{0,5}}?)(?P<word>more|fewer|less|higher|lower|greater|larger"
    rf"|smaller|bigger|better|worse|busier|quieter|longer|shorter|stronger|weaker|heavier"
    rf"|lighter|leaner) {_WHAT}than (?:(?:was|were|had been) )?{_TO_MOMENT}$"
)


_UP_ON = pattern(
    rf"(?P<amount>(?:[\w%][\w.,%-]* ){{1,5}}?)(?P<word>up|down|higher|lower|above|below"
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
    rf"|outpaced|outran|dwarfed|eclipsed|edged(?: out)?|bested|outperformed|outstripped|exceed(?:ed|s"
    rf"|ing)|topp(?:ed|ing)|surpass(?:ed|es|ing)|trail(?:ed|s|ing)|short of|match(?:ed|es|ing)"
    rf"|level with|the same {_WHAT}as|equal(?:led|s)?(?: to)?|as many {_WHAT}as"
    rf"|as much {_WHAT}as) {_TO_MOMENT}$"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each first time, each streak and each comparison with another day."""
    yield from streaks_in(scene)
    yield from first_times_in(scene)
    yield from never_before(scene)
    yield from misordered(scene)
    for moment in scene.moments:
        yield from turned_round(scene, moment)
        yield from doubled(scene, moment)
        yield from _moved(scene, moment)
        yield from _compared(scene, moment)


def _moved(scene: Scene, moment: Moment) -> Iterator[Finding]:
    if found := moved_then(scene, moment):
        match, measure = found
        place = moment.end + match.start("what"), moment.end + match.end()
        if scene.overlaps(*place) or ratio_to(scene, moment, measure) is None:
            return
        take(scene, place)
        right = moved_so(scene, moment, measure, match["word"].lower(), match["amount"] or "")
        doubted = scene.is_supposed(*place)
        verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
        yield scene.finding(*place, verdict, said_of_both(scene, moment, measure))


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
    fits = [as_many_times(times, ratio) for _, ratio in known]
    right = [each is Fit.YES for each in fits]
    truth = said_of_both(scene, moment, known[0][0])
    close = Fit.CLOSE in fits
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
    if times := _FACTOR_OF.match(scene.text[place[1] :]):
        return _so_many_times(scene, moment, known[0], (place[0], place[1] + times.end()), times)
    amount = (match.groupdict().get("amount") or "").strip()
    if step_in(amount) is None and (after := _BY.match(scene.text[place[1] :])):
        amount, place = after["amount"], (place[0], place[1] + after.end())
        take(scene, place)
    is_from = match.re is _FROM
    right = [
        moved_so(scene, moment, m, word, amount) and began(scene, moment, m, match, is_from=is_from)
        for m in known
    ]
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
    return scene.finding(*place, verdict, said_of_both(scene, moment, known[0]))


_FACTOR_OF = pattern(
    r"^,? by a factor of (?P<loose>about |roughly |nearly |almost "
    r"|over )?(?P<n>[\w.,-]+)(?P<times>)(?P<n2>)"
)


def _so_many_times(
    scene: Scene, moment: Moment, measure: Measure, place: tuple[int, int], match: re.Match[str]
) -> Finding:
    """ "Exceeded the average by a factor of three"."""
    take(scene, place)
    times, ratio = times_in(match), ratio_to(scene, moment, measure)
    if times is None or not ratio:
        return scene.finding(*place, Verdict.UNJUDGED)
    fits = as_many_times(times, ratio if ratio > 1 else 1 / ratio)
    verdict = {Fit.YES: Verdict.CONFIRMED, Fit.CLOSE: Verdict.UNJUDGED, Fit.NO: Verdict.REFUTED}[fits]
    return scene.finding(*place, verdict, said_of_both(scene, moment, measure))


_BY = pattern(r"^,? by (?P<amount>[\d.,]+ ?(?:%|percent|minutes|min|hours|h|tasks|points|[x×])?)")
