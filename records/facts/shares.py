"""Percentages and fractions: of the hours, of the minutes, of the tasks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from records import formats
from records.facts.averages import ratio_between
from records.facts.conditions import conditions
from records.facts.figures import M, Measure, value_of
from records.facts.findings import Finding, Verdict
from records.facts.governing import governing
from records.facts.measuring import AGENT, SUPERVISION
from records.facts.patterns import pattern
from records.facts.pool import pool
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject, sum_label
from records.facts.units import Bound, Quantity, Unit
from records.leverage import median, quotient

_OF_WHAT = pattern(
    r"^(?! (?:an?|per|each|every) )[, ]*(?:of|in|out of)? ?(?:the |all |that |its |those |our |my "
    r"|today's |this "
    r"|what )*(?:\w+ ){0,2}?(?:day's |day |record's |agent's |claude's )?(?:total |entire |whole "
    r"|overall |human "
    r"|human-equivalent |logged |estimated |agent |claude |supervisory "
    r"|\d[\d,.]* )*(?P<what>hours?|work|output|effort|volume|total|day|time|tasks?|minutes?"
    r"|supervision|tokens?|log|jobs?|it|estimates?|value|production|weight)\b"
)


_RECORD = pattern(r"\b(?:hours?|day|day's|minutes|tasks?|output|log|supervision|total)\b")


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each percentage that is still free."""
    for quantity in list(scene.free()):
        if quantity.unit is Unit.PERCENT:
            yield _share(scene, quantity)


def _share(scene: Scene, quantity: Quantity) -> Finding:
    of_what = _OF_WHAT.match(scene.text[quantity.end :])
    if of_what and of_what["what"].lower().startswith(("task", "log", "job")):
        return _of_tasks(scene, quantity)
    if of_what and re.fullmatch(r"\s*of the time", of_what[0], re.IGNORECASE):
        return scene.finding(quantity.start, quantity.end, Verdict.UNJUDGED)
    if of_what and _OF_FACTOR.match(scene.text[quantity.end + of_what.end() :]):
        return scene.finding(quantity.start, quantity.end, Verdict.UNJUDGED)
    of_what = of_what or _of_the_one_before(scene, quantity)
    measure = _measure(scene, quantity, of_what)
    return (
        _beside(scene, quantity)
        or _of_so_many(scene, quantity, measure)
        or _of_whom(scene, quantity, measure, is_told=bool(of_what))
    )


_OF_FACTOR = pattern(r"^(?:'s)? (?:weighted )?(?:average|factor|leverage|median|mean|pace|rate)\b")


def _of_whom(scene: Scene, quantity: Quantity, measure: Measure, *, is_told: bool) -> Finding:
    """A share of a measure, said of those named, else of anybody."""
    place = quantity.start, quantity.end
    options = [option for s in _whose(scene, quantity) for option in s.options]
    options += [o for s, t in pairwise(governing(scene, quantity)) for o in _joined(s.options, t.options)]
    if not options and (ratio := ratio_between(scene, scene.before(quantity)[-60:], measure)) is not None:
        return _compared(scene, quantity, ratio)
    if found := _first(scene, quantity, measure, options):
        return scene.finding(*place, Verdict.CONFIRMED, *found)
    if is_told and options and not scene.leans_back(quantity) and not scene.is_supposed(*place):
        return scene.finding(*place, Verdict.REFUTED, *_words(scene, measure, options[0]))
    if is_told and quantity.bound in (Bound.EXACT, Bound.ABOUT) and not quantity.in_words:
        anybody = [*scene.memory.options, *scene.memory.groups, *pool(scene.figures, with_days=False)]
        if found := _first(scene, quantity, measure, anybody):
            return scene.finding(*place, Verdict.CONFIRMED, *found)
    return scene.finding(*place, Verdict.UNJUDGED)


_HOLD = pattern(
    r"^ (?:alone |together |between them )?(?:hold|held|carry|carried|make up|made up|account(?:ed)? for"
    r"|contribute[d]?|bring|brought|are|were|have|had|contain|take|took) (?:about |roughly |nearly "
    r"|almost |over "
    r"|more than |less than |fully |some )*$"
)


_BELONG = pattern(
    r"^ of (?:the |all )?(?:day's )?(?:human )?(?:hours|minutes) (?:belongs? to|are in|is in|sits? in"
    r"|lies? in|go(?:es)? to"
    r"|went (?:in)?to|comes? from|came from|in) (?:just |only )?$"
)


def _holds(scene: Scene, quantity: Quantity, other: Quantity) -> bool:
    """Whether a share is that of so many tasks: "two tasks hold half", "half of it is in two tasks"."""
    if other.end <= quantity.start:
        return bool(_HOLD.match(scene.text[other.end : quantity.start]))
    return bool(_BELONG.match(scene.text[quantity.end : other.start]))


def _of_so_many(scene: Scene, quantity: Quantity, measure: Measure) -> Finding | None:
    """ "Two tasks carry half of the hours": the largest are meant, and no others could hold more."""
    for other in scene.quantities:
        if other.unit is not Unit.TASKS or other.qualifier or not _holds(scene, quantity, other):
            continue
        largest = scene.figures.ranked(measure)[: int(other.value)]
        option = Option(largest, f"in the {len(largest)} largest tasks")
        most = _part(scene, measure, option)
        if most is None or len(largest) in (0, len(scene.figures.tasks)):
            return None
        right = fit(quantity, most * 100) is Fit.YES
        beyond = quantity.value > most * 100 and not right
        doubted = not beyond or scene.leans_back(quantity) or scene.is_supposed(quantity.start, quantity.end)
        verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
        return scene.finding(quantity.start, quantity.end, verdict, *_words(scene, measure, option))
    return None


def _compared(scene: Scene, quantity: Quantity, ratio: Decimal) -> Finding:
    """One measure as a share of another: "supervision was a quarter of the agent's time"."""
    fits = fit(quantity, ratio)
    verdict = Verdict.CONFIRMED if fits is Fit.YES else Verdict.REFUTED
    if fits is Fit.CLOSE or (verdict is Verdict.REFUTED and scene.is_supposed(quantity.start, quantity.end)):
        verdict = Verdict.UNJUDGED
    return scene.finding(quantity.start, quantity.end, verdict, formats.percent(ratio / 100))


def _of_the_one_before(scene: Scene, quantity: Quantity) -> re.Match[str] | None:
    """What "58 %" is a share of in "just over half the hours, 58 %"."""
    for other in scene.quantities:
        if (
            other.unit is Unit.PERCENT
            and other.end < quantity.start
            and len(scene.text[other.end : quantity.start].split()) <= 6
        ):
            return _OF_WHAT.match(scene.text[other.end :])
    return None


def _whose(scene: Scene, quantity: Quantity) -> list[Subject]:
    """Whose share it is: who governs it, else the only one the sentence names."""
    kinds = ("selector", "category", "task", "rest")
    near = [s for s in governing(scene, quantity) if s.kind in kinds]
    named = [s for s in scene.subjects if s.kind in kinds]
    return near or (named if len(named) == 1 else [])


def _measure(scene: Scene, quantity: Quantity, of_what: re.Match[str] | None) -> Measure:
    words = of_what[0] if of_what else ""
    if SUPERVISION.search(words) or (of_what and SUPERVISION.match(scene.after(quantity).lstrip())):
        return M.SUPERVISORY_MINUTES
    if AGENT.search(words) or re.search(r"minute", words, re.IGNORECASE):
        return M.MINUTES
    units = [q.unit for q in scene.quantities]
    if Unit.MINUTES in units and Unit.HOURS not in units and "hour" not in words.lower():
        return M.MINUTES
    return M.TOKENS if "token" in words.lower() else M.HOURS


def _joined(left: tuple[Option, ...], right: tuple[Option, ...]) -> Iterator[Option]:
    for one in left[:6]:
        for other in right[:6]:
            if not set(one.tasks) & set(other.tasks):
                both = (*one.tasks, *other.tasks)
                yield Option(both, sum_label(both))


def _part(scene: Scene, measure: Measure, option: Option) -> Decimal | None:
    return quotient(option.value(measure), scene.figures.day.value(measure)) if option.tasks else None


def _words(scene: Scene, measure: Measure, option: Option) -> tuple[str, str]:
    share = formats.percent(_part(scene, measure, option))
    live = f"share.{option.live}.hours" if option.live.startswith("largest") and measure is M.HOURS else ""
    return f"{share} of the {measure.value} {option.label}", live


def _first(
    scene: Scene, quantity: Quantity, measure: Measure, options: list[Option]
) -> tuple[str, str] | None:
    for option in options:
        part = _part(scene, measure, option)
        if (
            part is not None
            and len(option.tasks) < len(scene.figures.tasks)
            and fit(quantity, part * 100) is Fit.YES
        ):
            return _words(scene, measure, option)
    return None


def _beside(scene: Scene, quantity: Quantity) -> Finding | None:
    """A share that stands beside its own figure: "640 hours (52 %)"."""
    for other in scene.quantities:
        gap = scene.text[other.end : quantity.start] if other.end <= quantity.start else "-"
        if other.unit is Unit.HOURS and re.fullmatch(
            r",?\s*(?:\(|or|which is|that is|i\.e\.,?|—|--|-|, or|about|nearly|over|roughly)?\s*", gap
        ):
            share = quotient(other.value, scene.figures.day.value(M.HOURS))
            if share is None:
                return None
            right = fit(quantity, share * 100) is Fit.YES
            said = right or not scene.leans_back(quantity)
            verdict = Verdict.CONFIRMED if right else Verdict.REFUTED if said else Verdict.UNJUDGED
            return scene.finding(
                quantity.start, quantity.end, verdict, f"{formats.percent(share)} of the human hours"
            )
    return None


def _of_tasks(scene: Scene, quantity: Quantity) -> Finding:
    """A share of the tasks: those past a threshold, or those of a category."""
    demanded = conditions(scene, _after_tasks(scene, quantity))
    tasks = scene.figures.tasks
    place = quantity.start, quantity.end
    if demanded:
        holding = [task for task in tasks if all(test(task) for test, _ in demanded)]
        scene.take(q for _, q in demanded)
        place = quantity.start, demanded[-1][1].end
        if quantity.value == 50 and _is_median(scene, demanded[0][1]):
            return scene.finding(*place, Verdict.CONFIRMED, "the median")
        return _counted(scene, quantity, place, len(holding))
    for subject in governing(scene, quantity):
        if subject.kind == "category":
            return _counted(scene, quantity, place, len(subject.options[0].tasks))
    return scene.finding(*place, Verdict.UNJUDGED)


def _is_median(scene: Scene, limit: Quantity) -> bool:
    measures = (M.FACTOR,) if limit.unit is Unit.FACTOR else (M.HOURS, M.MINUTES)
    middles = [median(value_of(task, measure) for task in scene.figures.tasks) for measure in measures]
    return any(
        middle is not None and fit(replace(limit, bound=Bound.EXACT), middle) is Fit.YES for middle in middles
    )


def _after_tasks(scene: Scene, quantity: Quantity) -> int:
    match = _OF_WHAT.match(scene.text[quantity.end :])
    return quantity.end + (match.end() if match else 0)


def _counted(scene: Scene, quantity: Quantity, place: tuple[int, int], number: int) -> Finding:
    share = quotient(number, len(scene.figures.tasks)) or Decimal(0)
    is_half = (
        quantity.in_words
        and quantity.value == 50
        and abs(share - Decimal("0.5")) <= Decimal("0.06") + Decimal(1) / len(scene.figures.tasks)
    )
    right = fit(quantity, share * 100) is Fit.YES or is_half
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    if not right and (scene.leans_back(quantity) or scene.is_supposed(*place)):
        verdict = Verdict.UNJUDGED
    return scene.finding(*place, verdict, f"{number} of {len(scene.figures.tasks)} tasks")
