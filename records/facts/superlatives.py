"""Superlatives over the days: "the busiest day of the week", "lowest since early March", "a record 37 tasks"."""

import re
from collections.abc import Iterator, Sequence

from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.moments import written
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.series import (
    DAY_NOUN,
    HIGH,
    LOW,
    ORDINALS,
    SO_FAR,
    Field,
    M,
    field_of,
    measures_near,
    say,
    shown_value,
)

_SUPERLATIVE = pattern(
    rf"\b(?:(?P<nth>{'|'.join(ORDINALS)})[- ])?(?:(?P<high>{HIGH})|(?P<low>{LOW}))(?:[- ](?P<rest>productive|leveraged|efficient|supervised|hands-off))?\b"
)
_RECORD_WORD = pattern(
    r"\b(?:(?:a|an|the|another|new|set(?:s|ting)? (?:a|the)|broke (?:a|the)|all-time) (?:new |daily |personal |season's |all-time )?record(?! (?:of (?:what|the day|work)|page|for (?:april|this|the day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|lists?|shows?|holds?|covers?|log|is|was|keeps?|below|above|itself|tracker))|record[- ](?:high|low|breaking|setting|number|day)|all-time (?:high|low|best|peak|record)|(?:new|personal|season) (?:high|low|best|peak))\b"
)
IN_DAY = pattern(
    r"\b(?:of the day|on the (?:board|list|log|page)|of (?:this|that|the) day|today|of the \w+ (?:tasks|audits?)|in the log)\b"
)
_SIZE = (M.HOURS, M.TASKS)


def judged(scene: Scene) -> Iterator[Finding]:
    """ "The busiest day of the week", "second-highest factor since March", "a record 37 tasks"."""
    for match in _SUPERLATIVE.finditer(scene.text):
        if match["high"] and match["high"].lower() == "record":
            continue
        yield from _superlative(scene, match, _rank(match), bool(match["high"]), _adjective(match))
    for match in _RECORD_WORD.finditer(scene.text):
        yield from _superlative(scene, match, 1, "low" not in match[0].lower().split("-")[-1].split()[-1], "")


def _rank(match: re.Match[str]) -> int:
    return ORDINALS.index(match["nth"].lower()) + 2 if match["nth"] else 1


def _adjective(match: re.Match[str]) -> str:
    return (match["rest"] or match["high"] or match["low"]).lower()


def _superlative(
    scene: Scene, match: re.Match[str], rank: int, high: bool, adjective: str
) -> Iterator[Finding]:
    start, end = match.span()
    if scene.overlaps(start, end):
        return
    field = field_of(scene, start, end)
    is_record = match.re is _RECORD_WORD
    if field is None:
        if not (is_record or _OF_A_DAY.match(scene.text[end:].split(" of ")[0])):
            return
        field = Field(scene.figures.earlier, "so far", bool(scene.figures.earlier))
    if _of_tasks(scene, start, end) or (
        IN_DAY.search(scene.text[end : end + 60]) and field.label == "so far"
    ):
        return
    measures = measures_near(scene, start, end, adjective) or (
        _SIZE
        if adjective in ("biggest", "largest", "smallest", "heaviest", "lightest", "fullest", "record", "")
        else ()
    )
    scene.of_days.append((start, end))
    yield _placed(scene, (start, _claim_end(scene, end)), field, measures, rank, high)


_OF_A_DAY = pattern(rf"^[ -]?(?:[\w-]+ ){{0,4}}{DAY_NOUN.pattern}")
_TASK_NOUN = pattern(
    r"^[- ](?:single |individual |one )?(?:[\w-]+ ){0,2}?(?:task|job|estimate|build|item|category|audit|piece)\b(?![- ](?:count|total|log|list))"
)


def _of_tasks(scene: Scene, start: int, end: int) -> bool:
    return bool(_TASK_NOUN.match(scene.text[end:]))


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


def _placed(
    scene: Scene, place: tuple[int, int], field: Field, measures: Sequence[Measure], rank: int, high: bool
) -> Finding:
    verdicts = [_rank_holds(scene, field, measure, rank, high) for measure in measures]
    known = [verdict for verdict in verdicts if verdict is not None]
    if not known or not field.is_known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    truth = _rank_truth(scene, field, measures[0], high)
    if known[0]:
        return scene.finding(*place, Verdict.CONFIRMED, truth)
    return scene.finding(*place, Verdict.UNJUDGED if any(known) else Verdict.REFUTED, truth)


def _rank_holds(scene: Scene, field: Field, measure: Measure, rank: int, high: bool) -> bool | None:
    here = scene.figures.day.value(measure)
    values = [value for day in field.days if (value := day.value(measure)) is not None]
    if here is None:
        return None
    shown = shown_value(measure, here)
    better = sum(shown_value(measure, v) > shown if high else shown_value(measure, v) < shown for v in values)
    level = sum(shown_value(measure, value) == shown for value in values)
    return better < rank <= better + level + 1 and (rank <= len(values) + 1)


def _rank_truth(scene: Scene, field: Field, measure: Measure, high: bool) -> str:
    here = scene.figures.day.value(measure)
    known = [(value, day) for day in field.days if (value := day.value(measure)) is not None]
    if not known or here is None:
        return f"no other day {field.label}"
    value, day = (max if high else min)(known, key=lambda pair: pair[0])
    return f"{say(measure, here)} on this day; {say(measure, value)} on {written(day.date)}, the {'highest' if high else 'lowest'} other {field.label}"
