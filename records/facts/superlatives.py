"""Superlatives over the days: "busiest day of the week", "lowest since early March", "a record 37 tasks"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.facts.dates import written
from records.facts.figures import M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.foreign import is_foreign, noun_phrase
from records.facts.patterns import pattern
from records.facts.peaks import Place, of_other_day, other_day
from records.facts.scene import Scene
from records.facts.series import (
    DAY_NOUN,
    HIGH,
    LOW,
    ORDINALS,
    SO_FAR,
    Field,
    field_of,
    measures_near,
    say,
    shown_value,
)

_SUPERLATIVE = pattern(
    rf"\b(?:(?P<nth>{'|'.join(ORDINALS)})[- ])?(?:(?P<high>{HIGH})"
    rf"|(?P<low>{LOW}))(?:[- ](?P<rest>productive|leveraged|efficient|supervised|hands-off))?\b"
)


_RECORD_WORD = pattern(
    r"\b(?:(?:a|an|the|another|new|set(?:s|ting)? (?:a|the)|broke (?:a|the)|all-time) (?:new "
    r"|daily |personal |season's |all-time )?record(?! (?:of (?:what|the day|work)|page"
    r"|for (?:april|this|the day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|lists?|shows?|holds?|covers?|log|is|was|keeps?|below|above|itself|tracker))"
    r"|an? (?:new |clear )?(?:low|high|peak)(?= (?:for|of) (?:the|this) (?:week|month|year|series|run)"
    r"| since)"
    r"|(?:week|month|year)'s (?:record|high|low)(?= ?(?:$|[.,;:)!]| for\b| in\b))"
    r"|record[- ](?:high|low|breaking|setting|number|day)|all-time (?:high|low|best|peak"
    r"|record)|(?:new|personal|season) (?:high|low|best|peak))\b"
)


IN_DAY = pattern(
    r"\b(?:of the day|on the (?:board|list|log|page)|of (?:this|that|the) day|today"
    r"|of the \w+ (?:tasks|audits?)|in the log)\b"
)


_SIZE = (M.HOURS, M.TASKS)


@dataclass(frozen=True)
class Rank:
    """Which place, from which end, and the word that says so: second, from above, "busiest"."""

    place: int
    highest: bool
    word: str


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each superlative over the days."""
    for match in _SUPERLATIVE.finditer(scene.text):
        word = (match["rest"] or match["high"] or match["low"]).lower()
        place = ORDINALS.index(match["nth"].lower()) + 2 if match["nth"] else 1
        if word != "record":
            yield from _superlative(scene, match, Rank(place, bool(match["high"]), word))
    for match in _RECORD_WORD.finditer(scene.text):
        is_low = re.search(r"low$", match[0], re.IGNORECASE)
        yield from _superlative(scene, match, Rank(1, not is_low, ""))
    yield from _never(scene)


_NEVER = pattern(
    r"\bnever (?:before |yet )?(?:(?:been|stood|run|gone|come in|looked) )?(?:so |as )?"
    r"(?:(?P<high>higher|better|busier|larger|bigger|longer|greater|stronger|high|many|much|large|busy"
    r"|long)"
    r"|(?P<low>lower|worse|quieter|smaller|shorter|weaker|fewer|low|few|little|small|short))\b(?! as)"
)


def _never(scene: Scene) -> Iterator[Finding]:
    """ "The factor has never been higher", "never so few tasks"."""
    for match in _NEVER.finditer(scene.text):
        measures = measures_near(scene, *match.span())
        if measures and not scene.overlaps(*match.span()):
            field = Field(scene.figures.earlier, "so far", bool(scene.figures.earlier))
            place = match.span()
            yield placed(scene, place, field, measures, Rank(1, bool(match["high"]), ""))


_SIZES = ("biggest", "largest", "smallest", "heaviest", "lightest", "fullest", "record", "")


_OWN_RECORD = pattern(r"^(?:week|month|year)'s ")


def _superlative(scene: Scene, match: re.Match[str], rank: Rank) -> Iterator[Finding]:
    start, end = match.span()
    if own := _OWN_RECORD.match(match[0]):
        start += own.end()
    field = field_of(scene, start, end) or _field(scene, match)
    if field is None or scene.overlaps(start, end) or _TASK_NOUN.match(scene.text[end:]):
        return
    if field.label == "so far" and IN_DAY.search(scene.text[end : end + 60]):
        return
    if is_foreign(noun_phrase(scene.text[end : end + 60])):
        return
    measures = measures_near(scene, start, end, rank.word) or (_SIZE if rank.word in _SIZES else ())
    scene.of_days.append((start, end))
    if moment := other_day(scene, match.start(), end):
        yield of_other_day(scene, moment, (start, end), (field, measures, Place(rank.place, rank.highest)))
        return
    yield placed(scene, (start, _claim_end(scene, end)), field, measures, rank)


def _field(scene: Scene, match: re.Match[str]) -> Field | None:
    """The days compared with; every earlier one where "day" is all that the words say."""
    if field := field_of(scene, *match.span()):
        return field
    said = match.re is _RECORD_WORD or _OF_A_DAY.match(scene.text[match.end() :].split(" of ")[0])
    return Field(scene.figures.earlier, "so far", bool(scene.figures.earlier)) if said else None


_OF_A_DAY = pattern(rf"^[ -]?(?:[\w-]+ ){{0,4}}{DAY_NOUN.pattern}")


_TASK_NOUN = pattern(
    r"^[- ](?:single |individual |one )?(?:[\w-]+ ){0,2}?(?:task|job|estimate|build|item"
    r"|category|audit|piece)\b(?![- ](?:count|total|log|list))"
)


def _claim_end(scene: Scene, end: int) -> int:
    """To the end of the words that say over which days, so that the whole claim is marked."""
    _, upper = scene.clause(end)
    ends = [m.end() for words in (SO_FAR, DAY_NOUN) for m in words.finditer(scene.text, end, max(upper, end))]
    ends += [m.end for m in scene.moments if end <= m.start < upper]
    if since := re.compile(r"\bsince (?:early |late |mid-?)?[\w ]{3,12}?\b(?:\d{1,2})?", re.I).search(
        scene.text, end, upper
    ):
        ends.append(since.end())
    near = [place for place in ends if place - end < 70]
    return max(near, default=end)


_DENIED = pattern(
    r"\b(?:not|neither|nor|isn't|wasn't|hardly) (?:yet |quite |even |exactly )?(?:the|a|an|our|my) $"
)


def placed(
    scene: Scene, place: tuple[int, int], field: Field, measures: Sequence[Measure], rank: Rank
) -> Finding:
    """The finding on a claim that the day stands at a rank among some days, in one of these measures."""
    verdicts = [_rank_holds(scene, field, measure, rank) for measure in measures]
    known = [verdict for verdict in verdicts if verdict is not None]
    if known and field.is_known and _DENIED.search(scene.text[: place[0]]):
        denied = all(known)
        verdict = Verdict.REFUTED if denied else Verdict.UNJUDGED if any(known) else Verdict.CONFIRMED
        return scene.finding(*place, verdict, _rank_truth(scene, field, measures[0], rank))
    if not known or not field.is_known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    truth = _rank_truth(scene, field, measures[0], rank)
    if known[0]:
        return scene.finding(*place, Verdict.CONFIRMED, truth)
    return scene.finding(*place, Verdict.UNJUDGED if any(known) else Verdict.REFUTED, truth)


def _rank_holds(scene: Scene, field: Field, measure: Measure, rank: Rank) -> bool | None:
    here = scene.figures.day.value(measure)
    values = [value for day in field.days if (value := day.value(measure)) is not None]
    if here is None:
        return None
    shown = shown_value(measure, here)
    better = sum(
        shown_value(measure, v) > shown if rank.highest else shown_value(measure, v) < shown for v in values
    )
    level = sum(shown_value(measure, value) == shown for value in values)
    return better < rank.place <= better + level + 1 and rank.place <= len(values) + 1


def _rank_truth(scene: Scene, field: Field, measure: Measure, rank: Rank) -> str:
    here = scene.figures.day.value(measure)
    known = [(value, day) for day in field.days if (value := day.value(measure)) is not None]
    if not known or here is None:
        return f"no other day {field.label}"
    value, day = (max if rank.highest else min)(known, key=lambda pair: pair[0])
    return (
        f"{say(measure, here)} on this day; {say(measure, value)} on {written(day.date)}, the"
        f" {'highest' if rank.highest else 'lowest'} other {field.label}"
    )
