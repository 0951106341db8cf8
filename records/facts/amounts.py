"""Factors, hours, minutes, weeks and tokens: whose they are, and whether they are right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from records.facts.clarity import is_clear, is_leverage, is_of_record, is_told
from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.generally import is_general, is_of_another, is_one
from records.facts.governing import governing, is_sure, whole_day
from records.facts.measuring import TIME, measures_of
from records.facts.patterns import pattern
from records.facts.rounding import Fit
from records.facts.rows import in_row
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject
from records.facts.truths import (
    Truth,
    fits_truth,
    of_anybody,
    of_moment,
    of_named_days,
    of_others,
    of_subjects,
    truths_of,
)
from records.facts.units import Bound, Quantity, Unit

JUDGED = (Unit.FACTOR, *TIME, Unit.TOKENS)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each factor, time and token count that is still free."""
    for quantity in list(scene.free()):
        if quantity.unit in JUDGED:
            yield _judge(scene, quantity)


def _judge(scene: Scene, quantity: Quantity) -> Finding:
    if quantity.high is not None:
        return _range(scene, quantity)
    measures = measures_of(scene, quantity)
    if listed := in_row(scene, quantity, measures):
        return listed
    if (
        is_general(scene, quantity)
        or (quantity.unit in TIME and is_of_another(scene, quantity))
        or is_one(scene, quantity)
    ):
        return _finding(scene, quantity, Verdict.UNJUDGED)
    return _held_against(scene, quantity, measures)


def _held_against(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Finding:
    """The figure beside the values of whom the sentence speaks, then beside those of others."""
    subjects = governing(scene, quantity) or whole_day(scene, quantity, measures)
    strong = list(of_subjects(scene, quantity, measures, subjects))
    if not strong and quantity.unit is Unit.TOKENS:
        subjects = whole_day(scene, quantity, measures)
        strong = list(of_subjects(scene, quantity, measures, subjects))
    if found := _fitting(_against(scene, quantity), strong):
        _remember(scene, subjects)
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    if _holds_for_each(scene, quantity, measures, subjects):
        return _finding(scene, quantity, Verdict.CONFIRMED)
    if (found := _fitting(quantity, of_others(scene, quantity, measures))) and not (
        strong and is_sure(scene, quantity, subjects) and is_clear(scene, quantity)
    ):
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    return _unmatched(scene, quantity, measures, subjects, strong)


_EACH = pattern(r"\b(?:all|each|every|apiece|both)\b")


def _holds_for_each(
    scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject]
) -> bool:
    """Whether it is said of several tasks one by one: "the lowest factors, from 10.9x to 12x, all belong to".

    Factors do not add up, so one of a few tasks may have it; a limit has to hold for each of them.
    """
    is_limit = quantity.bound not in _STATING and scene.says(_EACH)
    if not is_limit and quantity.unit is not Unit.FACTOR:
        return False
    for option in (o for s in subjects if s.kind == "selector" for o in s.options if len(o.tasks) > 1):
        for measure in measures:
            own = [list(truths_of(scene, quantity, Option((task,), ""), measure)) for task in option.tasks]
            fits = [bool(_fitting(quantity, truths)) for truths in own]
            if all(fits) if is_limit else any(fits):
                return True
    return False


def _against(scene: Scene, quantity: Quantity) -> Quantity:
    """The plain number where the words before it compare: "above the 98.5x of the day before"."""
    compares = scene.moments and quantity.bound in (Bound.OVER, Bound.UNDER)
    return replace(quantity, bound=Bound.EXACT) if compares and of_moment(scene, quantity) else quantity


_ROUND = 5  # "10-60x" is rounded, "13-60x" is not


def _range(scene: Scene, quantity: Quantity) -> Finding:
    """Two ends, as in "the 11-16x range": right where some task stands at each of them."""
    high = quantity.high or quantity.value
    measures = measures_of(scene, quantity)
    singles = [Option((task,), "") for task in scene.figures.tasks]
    values = [t.value for o, m in product(singles, measures) for t in truths_of(scene, quantity, o, m)]
    scale = 60 if quantity.unit is Unit.HOURS else 1
    ends = [
        any(abs(value - end * scale) <= quantity.place * scale / 2 for value in values)
        for end in (quantity.value, high)
    ]
    of_record = quantity.unit is Unit.FACTOR or is_of_record(scene, quantity)
    if all(ends) and of_record:
        return _finding(scene, quantity, Verdict.CONFIRMED)
    missed = [end for end, met in zip((quantity.value, high), ends, strict=True) if not met]
    off = len(missed) == len(ends) or any(end % _ROUND for end in missed)
    clear = of_record and off and is_clear(scene, quantity) and quantity.unit is Unit.FACTOR
    return _finding(scene, quantity, Verdict.REFUTED if clear else Verdict.UNJUDGED)


_STATING = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY)  # anything else is a threshold


def _unmatched(
    scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject], strong: list[Truth]
) -> Finding:
    """No value of whom the sentence speaks: refuted where it is clear, left alone where it is not."""
    if not is_clear(scene, quantity) or any(fits_truth(quantity, truth) is Fit.CLOSE for truth in strong):
        return _finding(scene, quantity, Verdict.UNJUDGED)
    if scene.moments and (
        found := _fitting(_against(scene, quantity), of_named_days(scene, quantity, measures))
    ):
        return _finding(scene, quantity, Verdict.UNJUDGED, found)
    pooled = _fitting(quantity, of_anybody(scene, quantity, measures))
    if (
        strong
        and (is_sure(scene, quantity, subjects) or not pooled)
        and (is_of_record(scene, quantity) or all(s.kind == "whole" for s in subjects))
    ):
        return _finding(scene, quantity, Verdict.REFUTED, strong[0])
    if pooled and (
        quantity.unit is Unit.FACTOR or (not scene.moments and is_told(scene, quantity, measures))
    ):
        return _finding(scene, quantity, Verdict.CONFIRMED, pooled)
    if not pooled and quantity.bound in _STATING and is_leverage(scene, quantity):
        return _finding(
            scene, quantity, Verdict.REFUTED, Truth(Decimal(0), "no task, average or day has this factor")
        )
    return _finding(scene, quantity, Verdict.UNJUDGED)


def _finding(scene: Scene, quantity: Quantity, verdict: Verdict, truth: Truth | None = None) -> Finding:
    words, live = (truth.words, truth.live) if truth else ("", "")
    return scene.finding(quantity.start, quantity.end, verdict, words, live)


def _remember(scene: Scene, subjects: list[Subject]) -> None:
    scene.memory.options += [option for s in subjects if s.kind != "day" for option in s.options]


def _fitting(quantity: Quantity, truths: Iterable[Truth]) -> Truth | None:
    return next((truth for truth in truths if fits_truth(quantity, truth) is Fit.YES), None)
