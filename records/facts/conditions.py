"""What words demand of a task: "at 100x or more", "took under five minutes"."""

import re
from collections.abc import Callable
from decimal import Decimal

from records.facts.figures import M, Measure, TaskFigures, Tasks, value_of
from records.facts.measuring import AGENT, SUPERVISION
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit, holds
from records.facts.scene import Scene
from records.facts.units import Bound, Quantity, Unit

Test = Callable[[TaskFigures], bool]


ABOVE = (
    r"exceed(?:ed|s|ing)?|topp(?:ed|ing)|tops|pass(?:ed|es|ing)|cleared|clear(?:s|ing)?"
    r"|broke(?: through)?|broken|crossed|cross(?:es|ing)?|beat(?:s|ing)?|surpass(?:ed|es|ing)?"
    r"|bettered|outran|outpaced|r[oa]n past|went (?:over|above|past|beyond)|(?:came|went|ran"
    r"|rose|stood|landed|finished|got|climbed|sat|stayed|ended) (?:in |out )?(?:well "
    r"|comfortably )?(?:above|over|past|beyond|north of)"
)


UP_TO = (
    r"reach(?:ed|es|ing)?|hit(?:s|ting)?|managed|made it to|achieved|attained|touched|needed"
    r"|required|as (?:much|many|high) as"
)


BELOW = (
    r"(?:fell|f[ae]ll(?:s|ing)?|dropp?(?:ed|s)?|dipp?(?:ed|s)?|came(?: in)?|went|finished"
    r"|landed|sank|slipped|stayed|sat|stood|ended|ran) (?:in |out )?(?:well "
    r"|comfortably )?(?:below|under|short of|beneath)"
    r"|missed|failed to (?:reach|clear|hit|pass|exceed|beat|top)|short of|undershot"
)


VERB = pattern(rf"\b(?:(?P<above>{ABOVE})|(?P<below>{BELOW})|(?P<upto>{UP_TO}))\b(?! (?:an?|the) average)")


_MEASURED = (Unit.FACTOR, Unit.HOURS, Unit.MINUTES)


def conditions(scene: Scene, start: int, *, positive: bool = True) -> list[tuple[Test, Quantity]]:
    """What the words from ``start`` on demand of a task: "at 100x or more", "took under five minutes"."""
    _, end = scene.clause(start)
    found: list[tuple[Test, Quantity]] = []
    place = start
    for quantity in scene.quantities:
        if quantity.start < start or quantity.start >= end or quantity in scene.used:
            continue
        if quantity.unit not in _MEASURED:
            break
        gap = scene.text[place : quantity.start]
        if found and any(s.kind == "task" and place <= s.start < quantity.start for s in scene.subjects):
            break
        if len(gap.split()) > 9 or not (test := _test(scene, gap, quantity, positive=positive)):
            break
        found.append((test, quantity))
        place = quantity.end
    return found


def _test(scene: Scene, gap: str, quantity: Quantity, *, positive: bool) -> Test | None:
    bound = _side(gap, quantity, positive=positive)
    measure = _condition_measure(scene, gap, quantity)
    scale = 60 if quantity.unit is Unit.HOURS and measure is not M.HOURS else 1
    limit = quantity.value * scale

    def test(task: TaskFigures) -> bool:
        value = value_of(task, measure)
        if value is None:
            return False
        if bound is None:
            return fit(quantity, value, Decimal(scale)) is Fit.YES
        return holds(bound, value, limit)

    return test


def _side(gap: str, quantity: Quantity, *, positive: bool) -> Bound | None:
    """Which side of the limit is meant: by the bound of the number, else by the verb before it."""
    if quantity.bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST):
        if re.search(r"\bfailed to\b", gap):
            return Bound.UNDER
        return quantity.bound
    verbs = list(VERB.finditer(gap))
    if verbs:
        verb = verbs[-1]
        if verb["above"]:
            return Bound.OVER
        if verb["below"]:
            return Bound.UNDER
        return Bound.AT_LEAST if quantity.bound is Bound.EXACT and not positive else _reached(verb[0])
    return None


def _reached(verb: str) -> Bound | None:
    return None if verb.lower().startswith(("need", "requir")) else Bound.AT_LEAST


def _condition_measure(scene: Scene, gap: str, quantity: Quantity) -> Measure:
    near = f"{gap} {scene.text[quantity.number_start : quantity.end]} {scene.after(quantity)[:30]}"
    supervised = bool(SUPERVISION.search(near))
    if quantity.unit is Unit.FACTOR:
        return M.SUPERVISORY_FACTOR if supervised else M.FACTOR
    if supervised:
        return M.SUPERVISORY_MINUTES
    if quantity.unit is Unit.HOURS and not AGENT.search(near):
        return M.HOURS
    return M.MINUTES


_GOES_ON = pattern(
    r"^(?! ?,? ?(?:on the (?:board|list|log|page|record)|in the log|anywhere|all day)\b)"
    r"(?!, (?:for once|at all|this time|today|either|so|and|but|which|not|nor|as)\b) ?,? ?[a-z]"
)


def restricts(scene: Scene, start: int, demanded: list[tuple[Test, Quantity]]) -> bool:
    """Whether a threshold says which tasks are meant, and the sentence goes on about them."""
    first, last = demanded[0][1], demanded[-1][1]
    return not scene.text[start : first.start].strip() and bool(_GOES_ON.match(scene.text[last.end :]))


def tasks_in_question(scene: Scene, start: int, end: int) -> Tasks:
    """The tasks in question: of a category where the words name one, else all."""
    for subject in scene.subjects:
        if subject.kind == "category" and subject.start < end + 30 and subject.end > start:
            return subject.options[0].tasks
    return scene.figures.tasks
