"""Steps from one figure to another, and marks of old: "from 26 to 37", "the old record of 640"."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from records.facts.figures import DayFigures, M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.first_times import MEASURE_OF
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.series import first_measure, last_measure, say, shown_value
from records.facts.units import Quantity, Unit

_ROSE = pattern(
    r"\b(?:rose|climbed|went|grew|moved|jumped|fell|dropped|up|down|rising|climbing|falling|leapt|slipped"
    r"|increased|decreased|swung|ticked up|took (?:us|it))(?: sharply| slightly| again)? from (?:a "
    r"|just )?$"
)


_TO = pattern(r"^(?: (?:[a-z]+ ){0,2}?)?to (?:an? )?$")


_OVERNIGHT = pattern(
    r"\b(?:day over day|day on day|overnight|from one day to the next|in (?:one|a single) day"
    r"|within a day|over the day before|since yesterday|day-over-day)\b"
)


_OLD_MARK = pattern(
    r"\b(?:previous|old|former|prior|earlier|last|standing|existing) (?:all-time |daily |personal )?"
    r"(?P<end>record|best|high|peak|maximum|top|low|minimum)(?: (?:for"
    r"|in) (?:the )?(?P<what>[\w ]{3,25}?))?"
    r"(?:,? (?:of|was|stood at|stands at|is|had been|had stood at|at)|:|,| \() ?(?:only |just |about )?$"
)


_UP_FROM = pattern(r"^,? ?\(?(?P<word>up|down) from ?(?:just |only |a mere )?$")


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each step between two figures and each mark of old."""
    for here, there in pairwise(scene.quantities):
        if not scene.used & {here, there} and (finding := _step(scene, here, there)):
            yield finding
    for quantity in list(scene.free()):
        if finding := _old_mark(scene, quantity):
            yield finding


def _step(scene: Scene, one: Quantity, other: Quantity) -> Finding | None:
    gap = scene.text[one.end : other.number_start]
    if _UP_FROM.match(gap):
        return _came_from(scene, one, other)
    if _TO.match(gap) and _ROSE.search(scene.text[: one.number_start]):
        return _rose(scene, one, other)
    return None


def _came_from(scene: Scene, now: Quantity, then: Quantity) -> Finding | None:
    """ "37 tasks, up from 26": no day being named after it, the one before is meant."""
    measure = _own_total(scene, now)
    if measure is None or (then.unit is not now.unit and then.unit is not Unit.OTHER) or scene.moments:
        return None
    return _from(scene, then, measure, (then.start, then.end))


def _own_total(scene: Scene, quantity: Quantity) -> Measure | None:
    """The measure of the day that a figure gives exactly."""
    for measure in _measures(scene, quantity):
        value = scene.figures.day.value(measure)
        if value is not None and fit(quantity, shown_value(measure, value)) is Fit.YES:
            return measure
    return None


def _measures(scene: Scene, quantity: Quantity) -> tuple[Measure, ...]:
    if quantity.unit is Unit.OTHER:
        return last_measure(scene.text[: quantity.start][-70:])
    found: tuple[Measure, ...] = MEASURE_OF.get(quantity.unit, ())
    near = scene.text[max(0, quantity.start - 60) : quantity.end + 25].lower()
    if "supervis" in near:
        swapped = {M.FACTOR: M.SUPERVISORY_FACTOR, M.MINUTES: M.SUPERVISORY_MINUTES}
        found = tuple(swapped.get(measure, measure) for measure in found)
    return found


def _rose(scene: Scene, then: Quantity, now: Quantity) -> Finding | None:
    """ "Tasks rose from 26 to 37 day over day"."""
    measure = next(iter(_measures(scene, now if now.unit is not Unit.OTHER else then)), None)
    here = scene.figures.day.value(measure) if measure else None
    days = bool(_OVERNIGHT.search(scene.text)) or any(m.is_adjacent for m in scene.moments)
    if measure is None or here is None or not scene.figures.earlier:
        return None
    right = fit(now, shown_value(measure, here)) is Fit.YES
    if not right and not days:
        return None
    if not right:
        return _told(scene, now, Verdict.REFUTED, say(measure, here))
    return _from(scene, then, measure, (then.start, now.end))


def _from(scene: Scene, then: Quantity, measure: Measure, place: tuple[int, int]) -> Finding | None:
    """Whether the day before had the figure a step begins from; any other day's may be meant as well."""
    earlier = scene.figures.earlier
    if not earlier:
        return None
    right = [_has(day, then, measure) for day in earlier]
    verdict = Verdict.CONFIRMED if right[-1] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
    if verdict is Verdict.REFUTED and scene.is_supposed(*place):
        verdict = Verdict.UNJUDGED
    scene.take(q for q in scene.quantities if place[0] <= q.start < place[1])
    value = earlier[-1].value(measure)
    truth = f"{say(measure, value)} the day before" if value is not None else ""
    return scene.finding(*place, verdict, truth)


def _has(day: DayFigures, quantity: Quantity, measure: Measure) -> bool:
    value = day.value(measure)
    return value is not None and fit(quantity, shown_value(measure, value)) is Fit.YES


def _told(scene: Scene, quantity: Quantity, verdict: Verdict, truth: str) -> Finding:
    scene.take([quantity])
    return scene.finding(quantity.start, quantity.end, verdict, truth)


def _old_mark(scene: Scene, quantity: Quantity) -> Finding | None:
    """ "It broke the previous record of 640 hours"."""
    match = _OLD_MARK.search(scene.text[: quantity.start])
    if not match or not scene.figures.earlier:
        return None
    named = first_measure(match["what"] or "") or first_measure(scene.text[: match.start()])
    measures: tuple[Measure, ...] = MEASURE_OF.get(quantity.unit) or (
        named if quantity.unit is Unit.OTHER else ()
    )
    if not measures or (quantity.unit is Unit.MINUTES and not named):
        return None
    if named and quantity.unit is not Unit.OTHER and set(named) != set(measures):
        measures = named if {quantity.unit} <= {Unit.MINUTES, Unit.FACTOR} else ()
    return (
        _mark(scene, quantity, measures[0], lowest=match["end"].lower() in ("low", "minimum"))
        if measures
        else None
    )


def _mark(scene: Scene, quantity: Quantity, measure: Measure, *, lowest: bool) -> Finding:
    values = [
        shown_value(measure, v) for day in scene.figures.earlier if (v := day.value(measure)) is not None
    ]
    best = (min if lowest else max)(values, default=Decimal(0))
    right = bool(values) and fit(quantity, best) is Fit.YES
    doubted = not values or scene.is_supposed(quantity.start, quantity.end)
    verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
    return _told(scene, quantity, verdict, f"{say(measure, best)} before this day")
