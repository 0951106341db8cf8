"""Times of a kind of thing or of something else than a task: "polls every minute", "the meeting lasts"."""

import re

from records.facts.governing import governing
from records.facts.measuring import AGENT, HUMAN, SUPERVISION, TIME
from records.facts.patterns import pattern
from records.facts.scene import NAMED, Scene
from records.facts.units import Quantity, Unit

HABIT = pattern(
    r"^ (?:has been|have been|can|(?!takes|needs|costs|was|is|has|sits|stands|holds|carries"
    r"|comes|accounts|makes|tasks|jobs"
    r"|represents|reaches|requires|consumes|contributes|adds|runs to|ranks|ties|tops|leads"
    r"|returns|rates|clocks|ends"
    r"|builds|uses|totals|brings|claims|covers|tests|lists|its|this|less|across|as|plus)[a-z]+s"
    r"(?! (?:came|took|were|had|ran|needed|stood|made|got|reached|cost|add|are|have|sit|hold|stand|come"
    r"|take|run"
    r"|and|together|average|averaged|account|accounted|each|between|\w+ed)\b)) "
)


def is_general(scene: Scene, quantity: Quantity) -> bool:
    """Whether a time is told of a kind of thing: "the scaffold saves 5 minutes", "a student needs 20"."""
    if quantity.unit not in TIME:
        return False
    if quantity.unit in (Unit.WEEKS, Unit.DAYS) and not _is_work(scene, quantity):
        return True
    if _MORE_OF_IT.search(quantity.qualifier) or _LATER.match(scene.text[quantity.end :]):
        return True
    for subject in governing(scene, quantity):
        before, after = scene.text[: subject.start], scene.text[subject.end :]
        general = HABIT.match(after) or _TAKES_ANYONE.match(after) or _TAKES.search(before)
        does = _DOES.match(after) or _TAKES_IN.search(scene.text[subject.start : subject.end])
        if subject.kind == "task" and (general or (_ANYONE.search(before) and does)):
            return True
    return False


def _is_work(scene: Scene, quantity: Quantity) -> bool:
    """Whether weeks are weeks of work, and not of the calendar: "in two weeks"."""
    near = (quantity.qualifier, scene.after(quantity)[:50], scene.before(quantity)[-40:])
    return any(HUMAN.search(words) for words in near) or not re.search(
        r"\b(?:in|within|for|after|every|last|next|past|over the)\s+$",
        scene.text[: quantity.start],
        re.IGNORECASE,
    )


_MORE_OF_IT = pattern(r"\b(?:more|additional|further|extra)\b")
_LATER = pattern(r"^ (?:after|before|later|earlier|ago|into) (?!all)")
_TAKES_IN = pattern(r"\b(?:takes|needs|costs|gives)\b")
_TAKES = pattern(r"\b(?:takes|needs|costs|gives) (?:an?|the|any|most|every) (?:\w+ )?$")
_TAKES_ANYONE = pattern(
    r"^ (?:now |still )?(?:takes|needs|costs|gives|asks) (?:an?|the|any|you|us|every\w*|people"
    r"|users?) (?!agent)"
)
_ANYONE = pattern(r"\b(?:an?|any|every|each) (?:\w+ )?$")
_DOES = pattern(
    r"^(?: \w+)? (?:is|are|was|needs?|takes?|costs?|runs?|can|will|must|gets?|has|spends?|waits?)\b"
)


_PRESENT = pattern(
    r"\b(?:takes?|lasts?|runs?|needs?|finish(?:es)?|lives?|waits?|keeps?|spends?|stud(?:y|ies)|gets?"
    r"|goes|go|loads?"
    r"|starts?|stops?|sleeps?|rests?|plays?|reads?|writes?|updates?|expires?|sends?|serves?)\b"
)


_PAST = pattern(
    r"\b(?:took|needed|ran|was|were|cost|came|did|had|got|made|put|held|stood|returned|brought|went"
    r"|spent|finished"
    r"|reached|is (?:put|estimated|listed|logged|down)|are (?:put|estimated|listed|logged)|stands?"
    r"|holds?|\w+ed)\b"
)


_PART_OF_IT = pattern(
    r"'s (?:own |very )?(?:(?!test|request|guest|quest)\w+est|first|last|main|only|next|old|second"
    r"|third) (?!build|factor"
    r"|estimate|run\b)\w+"
)


_ELSE = pattern(
    r"^\W*(?:\w+ ){0,3}?(?:reviewers?|testers?|consultants?|contractors?|colleagues?|students?|users?"
    r"|clients?"
    r"|customers?|agency)"
    r" (?:needed|took|spent|had|worked|wanted|asked)\b|\b(?:had been \w+ for|had (?:quoted|said"
    r"|estimated|thought|asked"
    r"|guessed)"
    r"|quoted|(?:my own|first|original|earlier"
    r"|another) (?:estimate"
    r"|guess|quote)"
    r"|(?:reviewer|agency|consultant|contractor|colleague|vendor|supplier|freelancer) would have"
    r"|estimate for [\w ]{3,30} had been)\b"
)


def is_one(scene: Scene, quantity: Quantity) -> bool:
    """Whether a time is the one that others are set against: "one human hour took half a minute"."""
    words = scene.text[quantity.start : quantity.end].lower()
    return words.startswith("one ") and quantity.value == 1 and quantity.start == 0


def is_of_another(scene: Scene, quantity: Quantity) -> bool:
    """Whether a time is told of the present day, of a part ("the audit's longest check") or by others."""
    if any(q.unit is Unit.FACTOR for q in scene.quantities):
        return False
    if _ELSE.search(scene.text[: quantity.start]):
        return True
    named = [s for s in scene.subjects if s.kind == "task" and s.end <= quantity.start]
    if not named or any(s.kind in NAMED and s.kind != "task" for s in governing(scene, quantity)):
        return False
    if any(0 <= named[-1].start - moment.end <= 1 for moment in scene.moments):
        return True  # "Saturday's build"
    gap = scene.text[named[-1].end : quantity.start]
    spoken = any(words.search(quantity.qualifier) for words in (HUMAN, AGENT, SUPERVISION))
    told = spoken or any(words.search(gap) for words in (AGENT, SUPERVISION))
    part = _PART_OF_IT.search(scene.text[named[-1].start : quantity.start])
    return bool(part or (_PRESENT.search(gap) and not _PAST.search(gap) and not told))


_AND_MORE = pattern(
    r"^,? (?:and|plus|&) (?:(?:the|its|an?|our|all|other|some) (?P<what>\w+)|(?P<what2>[a-z]+) (?:took"
    r"|needed|ran|were|came"
    r"|cost|reached|had|have|hold|held|went|make|made|are)\b)"
)


def is_joined(scene: Scene, quantity: Quantity) -> bool:
    """Whether whom it is said of is named together with something unknown: "testing and the rest"."""
    for subject in governing(scene, quantity):
        more = _AND_MORE.match(scene.text[subject.end :]) if subject.kind in ("task", "category") else None
        if more is None or subject.end + more.end() > quantity.start >= subject.end:
            continue
        start = subject.end + max(more.start("what"), more.start("what2"))
        if not any(s.start <= start + 1 < s.end or 0 <= s.start - start < _CLOSE for s in scene.subjects):
            return True
    return False


_CLOSE = 20
