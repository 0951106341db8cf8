"""Whether a sentence states a figure of the record plainly enough to be refuted."""

import re

from records.facts.figures import Measure
from records.facts.generally import HABIT, is_joined, is_of_another
from records.facts.governing import governing
from records.facts.measuring import AGENT, EACH, HUMAN, SUPERVISION, TIME, spoken_of
from records.facts.patterns import pattern
from records.facts.scene import NAMED, Scene
from records.facts.truths import PER_TASK, of_moment
from records.facts.units import Quantity, Unit

_VERBS = pattern(
    r"\b(?:t(?:ook|akes?|aken)|required?|needed|needs?|ran|runs?|spent|account(?:s|ed)? for"
    r"|worth|came (?:to|in)|come to|cost|finished|clocked|totall?ed|total|held|holds?|carr(?:y"
    r"|ied|ies)"
    r"|at|in|for|done|built|shipped|completed|wrapped|logged|produced|delivered|equivalent"
    r"|of work|was|were|is|under|over|within|consumed|used|burned|estimated|put|saved"
    r"|gets?|got|makes?|made|gives?|gave|gain(?:s|ed)?|returned|yield(?:s|ed)?|brings?|brought|swallowed"
    r"|ate"
    r"|contributed|compressed|generated|amounted|summ?(?:ed)?|add(?:ed|s)?|represents?)\b"
)


_WORK_THINGS = pattern(
    r"^(?: per (?!task|job|entry|minute|hour|day)| apiece|[ -]?(?:time-?outs?|ttl|cach\w+|intervals?"
    r"|windows?|retention|crons?|poll\w*|expir\w+"
    r"|sessions?|lifetimes?|sla|cool-?downs?|delays?|back-?offs?|schedul\w+|downtime|videos?"
    r"|meetings?|calls?|tokens?|rotation"
    r"|limits?|clocks?|grace|trials?|history|old|ago|later|earlier|forecasts?|reminders?|logs?"
    r"|buckets?|polling|heartbeats?|refresh\w*|outage|latency|demo|tutorial|episode|course"
    r"|lecture|movie|notice|period|lookback|horizon|sprint|backup))\b"
)


_EVERY = pattern(
    r"\b(?:every|each|once|last|past|next|previous|expires? (?:in|after)|ttl of|timeout of"
    r"|for the last|per|retains?|retention of|cached for|valid for|polls?|refresh\w*"
    r"|older than|age of|window of|interval of|delay of|rotat\w+) (?:about )?$"
)


_TIMES_WHAT = pattern(
    r"^ ?(?:faster|slower|smaller|larger|bigger|more|fewer|less|cheaper|the|as|speed-?ups?"
    r"|improvements?|zoom|retina|scale|load|traffic|throughput|redundan\w*|growth|increase"
    r"|reduction|engineers?|developers?|assets?|images?|display|quicker|longer|shorter|size"
    r"|in (?:size|speed|performance|load)|better|over (?:the )?(?:old|previous version"
    r"|baseline))\b"
)


_LEVERAGE = pattern(
    r"\b(?:leverage[ds]?|factors?|average[ds]?|averaging|weighted|median|mean|tasks?|multipl\w+|×)\b"
)


_IN_GENERAL = pattern(
    r"^\W*(?:an?|any|anything) (?:(?!weighted)[\w-]+ ){0,3}?(?:leverage|factor|multiple"
    r"|ratio)(?: factor)? of "
    r"\S+ (?:is|means|would|helps|says|looks|sounds|still|already|can|may)\b"
)


def is_clear(scene: Scene, quantity: Quantity, *, averaged: bool = False) -> bool:
    """Whether the sentence states the figure plainly, of the record, without leaning on what came before."""
    leans = scene.leans_back(quantity) and not (scene.moments and of_moment(scene, quantity))
    supposed = leans or scene.is_supposed(quantity.start, quantity.end) or _is_reckoned(scene)
    if supposed or _IN_GENERAL.match(scene.text) or _is_of_others(scene, quantity):
        return False
    if quantity.unit in TIME and is_of_another(scene, quantity):
        return False
    if is_joined(scene, quantity):
        return False
    if quantity.unit is Unit.FACTOR:
        return not _TIMES_WHAT.match(scene.after(quantity)) or bool(quantity.value % 1)
    if (
        _is_rated(scene, quantity)
        and quantity.unit in TIME
        and not averaged
        and not EACH.match(scene.after(quantity))
    ):
        return False
    return not (_WORK_THINGS.match(scene.after(quantity)) or _EVERY.search(scene.before(quantity)))


_RECKONED = pattern(
    r"^\W*(?:take|leave|count|ignore|add|double|halve|exclude|drop|remove|strip|spread"
    r"|divide)\b.*\b(?:and|then)\b"
)


def _is_reckoned(scene: Scene) -> bool:
    """Whether the sentence reckons what nobody can follow: "count the drafts too and it is 130.0x"."""
    return bool(_RECKONED.match(scene.text)) and not any(s.kind == "rest" for s in scene.subjects)


def _is_of_others(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is said of something pointed back at, or of a habit: "simulates 30 days in 2 minutes"."""
    for subject in governing(scene, quantity):
        if subject.kind == "task" and _POINTING.search(scene.text[: subject.start]):
            return True
        if subject.kind in NAMED and quantity.unit in TIME and HABIT.match(scene.text[subject.end :]):
            return True
    return False


_POINTING = pattern(
    r"\b(?:that|this|such|these|those|old|former|earlier|existing|legacy|original|next|future|other|another"
    r"|previous|new|own|whose) $"
)


def _is_rated(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is one figure for each of something, and not just another in its sentence is."""
    for match in PER_TASK.finditer(scene.text):
        owners = [other for other in scene.quantities if 0 <= match.start() - other.end <= 1]
        if not owners or quantity in owners:
            return True
    return False


def is_of_record(scene: Scene, quantity: Quantity) -> bool:
    """Whether the words around a quantity speak of what the record measures."""
    after = scene.after(quantity)
    if quantity.unit in (Unit.FACTOR, Unit.TOKENS):
        return True
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return bool(HUMAN.search(quantity.qualifier) or HUMAN.search(after[:50]))
    if (
        _has_company(scene, quantity)
        or _is_attached(scene, quantity)
        or (scene.moments and of_moment(scene, quantity))
    ):
        return True
    before = scene.before(quantity)
    told = _VERBS.search(before) or _ESTIMATE.search(before) or after[:1] == ")" or quantity.qualifier
    return bool(told or any(words.search(after[:30]) for words in (HUMAN, AGENT, SUPERVISION)))


_ESTIMATE = pattern(r"\b(?:estimate|estimates|figure|total|sum) of $")


def _has_company(scene: Scene, quantity: Quantity) -> bool:
    """Whether leverage factors or counts of tasks stand in the same sentence, and it is said of somebody."""
    units = {q.unit for q in scene.quantities}
    beside = units & {Unit.FACTOR, Unit.TASKS} or {Unit.HOURS, Unit.MINUTES} <= units
    return bool(beside) and any(s.kind in NAMED for s in governing(scene, quantity))


def _is_attached(scene: Scene, quantity: Quantity) -> bool:
    """Whether a time stands right beside its task, or beside the word task."""
    governed = governing(scene, quantity)
    if any(s.kind == "category" and not scene.text[s.end : quantity.start].strip() for s in governed):
        return True
    opened = re.search(r"[:(,]\s*$", scene.before(quantity))
    if opened and any(s.kind in ("task", "selector", "category", "median") for s in governed):
        return True
    if any(0 <= s.start - quantity.end <= 15 or s.kind in ("counted", "whole") for s in governed):
        return True
    return bool(re.match(r"[ -](?:task|job|audit|build|estimate)s?\b", scene.after(quantity)))


def is_told(scene: Scene, quantity: Quantity, measures: list[Measure]) -> bool:
    """Whether a time that some task has is meant as one of the record's."""
    if quantity.unit is Unit.TOKENS:
        return True
    told = is_of_record(scene, quantity) and (scene.memory.options or _TASK.search(scene.text))
    return bool(
        told
        or any(
            spoken_of(quantity, scene.after(quantity), m)
            for m in measures
            if quantity.unit in (Unit.HOURS, Unit.MINUTES)
        )
    )


_TASK = pattern(r"\b(?:tasks?|jobs?|audits?|builds?|estimate[ds]?)\b")


_ANY = pattern(r"^\W*(?:an?|any|anything|something) ")
_FEW = 5


def is_leverage(scene: Scene, quantity: Quantity) -> bool:
    """Whether a multiple is meant as a leverage factor of this record: "a factor of 2x helps" is of none."""
    if quantity.unit is not Unit.FACTOR or (quantity.value < _FEW and not quantity.value % 1):
        return False
    if _ANY.match(scene.text) and not any(s.kind == "task" for s in scene.subjects):
        return False
    alone = scene.text[: quantity.start].rstrip().endswith("(") and scene.after(quantity).lstrip().startswith(
        ")"
    )
    return (
        bool(quantity.value % 1)
        or alone
        or scene.says(_LEVERAGE)
        or any(s.kind == "task" for s in scene.subjects)
    )
