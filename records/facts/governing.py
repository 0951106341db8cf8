"""Whom a figure is said of, and how surely."""

import re

from records.facts.figures import Measure
from records.facts.measuring import HUMAN, TIME, spoken_of
from records.facts.patterns import pattern
from records.facts.scene import NAMED, Scene
from records.facts.subjects import Subject, replaced_at
from records.facts.units import Quantity, Unit

_LINK = pattern(
    r"^ ?\(? ?$|^ ?(?:\((?:[^)]*)\) ?)?(?:[\w'-]+ ){0,4}?(?:for|in|on|of|from|by|to|at|across"
    r"|went to|belongs? to|goes to|came from)? ?(?:the |a |an |its |our |my |just |those "
    r"|these |that )?(?:[\w'-]+ ){0,2}$"
)


def governing(scene: Scene, quantity: Quantity) -> list[Subject]:
    """Whom a quantity is said of: those before it in its clause and the one it is linked to after it."""
    start, _end = scene.clause(quantity.start)
    before = [
        s
        for s in _unclaimed(scene)
        if start <= s.start and s.end <= quantity.start + 1 and not _is_taken(scene, s, quantity)
    ]
    if not before:
        before = _only_one(scene, quantity, start)
    after = [
        s
        for s in scene.subjects
        if quantity.end <= s.start
        and _LINK.match(scene.text[quantity.end : s.start])
        and not _between(scene, quantity.end, s.start)
    ]
    found = [*reversed(before), *after]
    return [s for s in found if s.kind not in ("day", "counted")] if quantity.inherited else found


def _only_one(scene: Scene, quantity: Quantity, start: int) -> list[Subject]:
    """Whom an earlier clause named: the last one before a bracket or a dash, else the only one."""
    named = [
        s
        for s in _unclaimed(scene)
        if s.kind in NAMED and s.end <= start + 1 and not _is_taken(scene, s, quantity)
    ]
    earlier = [s for s in scene.subjects if s.end <= start + 1]
    if scene.text[start : start + 1] in "(-—:" and earlier:
        return named[-1:] or earlier[-1:]
    if not named:
        return [s for s in earlier if s.kind == "counted"]
    others = [s for s in scene.subjects if s.kind in ("average", "median") and s.end <= quantity.start]
    return named if _are_one(named) and not others and quantity.unit in (*TIME, Unit.FACTOR) else []


def _unclaimed(scene: Scene) -> list[Subject]:
    """The subjects, without ranks found to be of days: "the second-longest supervision of the week"."""
    return [s for s in scene.subjects if s.kind != "selector" or not scene.overlaps_days(s.start, s.end)]


def _is_taken(scene: Scene, subject: Subject, quantity: Quantity) -> bool:
    """Whether a figure of the same kind stands between: then that one is the subject's."""
    return (
        any(
            subject.end <= other.start and other.end <= quantity.start and other.unit is quantity.unit
            for other in scene.quantities
        )
        and subject.kind != "selector"
    )


def _between(scene: Scene, start: int, end: int) -> bool:
    return any(start <= other.start < end for other in scene.quantities)


def is_sure(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether the figure is surely said of these: they stand beside it, or nobody else is named at all."""
    if _is_tight(scene, quantity, subjects) or all(s.kind in ("whole", "counted") for s in subjects):
        return True
    named = [s for s in _unclaimed(scene) if s.kind in NAMED and (s.start < quantity.start or s in subjects)]
    return _are_one(named) and named[-1] in subjects and not _ASIDE.search(scene.before(quantity))


def _are_one(named: list[Subject]) -> bool:
    """Whether all these name the same: "the highest-leverage task was the simulator"."""
    tasks = [{task for option in s.options for task in option.tasks} for s in named]
    return bool(tasks) and bool(set.intersection(*tasks))


_ASIDE = pattern(
    r"\b(?:including|of which|of that|another|extra|first|last|waiting|then|plus|after|before"
    r"|and then) (?:\w+ )?$"
)


def _is_tight(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether hardly anything stands between the quantity and whom it is said of."""
    for subject in subjects:
        low, high = sorted([(subject.start, subject.end), (quantity.start, quantity.end)])
        gap = scene.text[low[1] : high[0]]
        if len(gap.split()) <= 7 and ";" not in gap and not _between(scene, low[1], high[0]):
            return True
    return False


_SUBJECT = pattern(
    r"^\W*(?:in all,? |overall,? |altogether,? )?(?:the |my |all |own |human )*(?:time\b|claude|agent|ai"
    r"|supervis\w+|direction|directing|reviewing|oversight|tokens?|total|human hours|hours)\b"
)


_TO_DO = pattern(r"^ ?(?:of \w+ )?(?:to |on |for (?:the|an?) |before |until |per |into |after |later)")


def whole_day(scene: Scene, quantity: Quantity, measures: list[Measure]) -> list[Subject]:
    """The day as subject, where the sentence names none and plainly means it."""
    if quantity.inherited or re.search(
        r"-(?:hour|minute|day|week|h\b)", scene.text[quantity.number_start : quantity.end]
    ):
        return []
    if _OF_ALL.search(scene.text[: quantity.start]) and HUMAN.search(quantity.qualifier):
        return _the_day(scene, quantity)
    if scene.is_anaphoric or any(s.kind in NAMED and s.start < quantity.start for s in _unclaimed(scene)):
        return []
    after = scene.after(quantity)
    if quantity.qualifier == "named" and quantity.unit is not Unit.FACTOR:
        means = True
    elif quantity.unit in (Unit.WEEKS, Unit.DAYS):
        means = bool(HUMAN.search(quantity.qualifier) or HUMAN.search(after[:40]))
    elif quantity.unit is Unit.TOKENS:
        means = len(scene.text.split()) <= 6 or bool(
            re.search(
                r"\b(?:total|used|went|burn\w+|consum\w+|spent|cost|in all|altogether|through|took|day)\b",
                scene.text,
            )
        )
    elif quantity.unit is Unit.FACTOR:
        means = False
    else:
        spoken = spoken_of(quantity, after, measures[0]) is not None
        means = len(measures) == 1 and not _TO_DO.match(after) and (spoken or _is_of_day(scene))
    return _the_day(scene, quantity) if means else []


_OF_ALL = pattern(r"\d of the (?:day's )?$")


def _is_of_day(scene: Scene) -> bool:
    """Whether the sentence opens with the agent, with supervision or with a total."""
    begins = scene.text.lower().startswith(scene.figures.agent_name.lower())
    return begins or bool(_SUBJECT.search(scene.text))


def _the_day(scene: Scene, quantity: Quantity) -> list[Subject]:
    return list(replaced_at(quantity.start, quantity.end, scene.figures, "whole"))
