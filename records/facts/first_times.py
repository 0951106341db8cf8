"""First times and streaks over the days: "crossed 500 hours for the first time", "third day in a row"."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from records.facts.conditions import ABOVE, BELOW, UP_TO
from records.facts.dates import written
from records.facts.figures import DayFigures, M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.facts.rounding import holds
from records.facts.scene import Scene
from records.facts.series import ORDINALS, Field, field_of, first_measure, say, shown_value
from records.facts.units import Bound, Quantity, Unit

_FIRST = pattern(
    r"\b(?:for (?:the|only the) (?P<nth>first|second|third|fourth|fifth) time|(?:the|a|our|my"
    r"|its) (?P<nth2>first"
    r"|second|third|fourth|fifth|sixth|seventh)(?: \w+){0,2}? (?:day|time|record|sunday|monday|tuesday"
    r"|wednesday|thursday"
    r"|friday|saturday|weekend)|never before|first time)\b"
)


_LIMIT = pattern(
    rf"\b(?:(?P<above>{ABOVE}|above|over|more than|past|exceed|cross|top|clear|break|beat|pass"
    rf"|beyond)|(?P<below>{BELOW}|below|under|fewer than|less than|fall below|drop below)"
    rf"|(?P<upto>{UP_TO}|with|at|at least|reach|hit))\b[^.;]*$"
)


MEASURE_OF = {
    Unit.TASKS: (M.TASKS,),
    Unit.HOURS: (M.HOURS,),
    Unit.FACTOR: (M.FACTOR,),
    Unit.MINUTES: (M.MINUTES,),
    Unit.TOKENS: (M.TOKENS,),
    Unit.WEEKS: (M.HOURS,),
}


_STREAK = pattern(
    rf"\b(?:(?P<nth>{'|'.join(ORDINALS)}|\w+th) (?:straight |consecutive |successive )?(?:day"
    rf"|record|time)(?: in a row| running| straight)?|(?P<n>two|three|four|five|six|seven|eight"
    rf"|nine|ten) (?:straight |consecutive |successive )?(?:days|records)(?: in a row| running"
    rf"| straight))\b"
)


_STREAK_MARK = pattern(r"\b(?:in a row|running|straight|consecutive|successive)\b")


def first_times_in(scene: Scene) -> Iterator[Finding]:
    """Claims that something was passed for the first time."""
    for match in _FIRST.finditer(scene.text):
        limit = _limit_near(scene, match)
        if limit is None or scene.overlaps(*match.span()):
            continue
        quantity, bound = limit
        place = min(match.start(), quantity.start), max(match.end(), quantity.end)
        nth = (match["nth"] or match["nth2"] or "first").lower()
        scene.take([quantity])
        yield _first_time(scene, place, quantity, bound, ["first", *ORDINALS].index(nth))


def _limit_near(scene: Scene, match: re.Match[str]) -> tuple[Quantity, Bound] | None:
    """The figure that was passed: before "for the first time", after "the first day above"."""
    near = sorted(
        (q for q in scene.quantities if q.unit in MEASURE_OF and q.start not in range(*match.span())),
        key=lambda q: min(abs(q.start - match.end()), abs(match.start() - q.end)),
    )
    for quantity in near:
        if min(abs(quantity.start - match.end()), abs(match.start() - quantity.end)) > 70:
            continue
        if bound := _bound(scene, quantity):
            return quantity, bound
    return None


def _bound(scene: Scene, quantity: Quantity) -> Bound | None:
    if quantity.bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST):
        return quantity.bound
    verb = _LIMIT.search(scene.text[max(0, quantity.start - 40) : quantity.start])
    if not verb:
        return None
    return Bound.OVER if verb["above"] else Bound.UNDER if verb["below"] else Bound.AT_LEAST


def _first_time(
    scene: Scene, place: tuple[int, int], quantity: Quantity, bound: Bound, before: int
) -> Finding:
    field = field_of(scene, *place) or Field(scene.figures.earlier, "so far", bool(scene.figures.earlier))
    measure, limit = _measure_and_limit(scene, quantity)
    here = scene.figures.day.value(measure)
    if here is None or not field.is_known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    earlier = [day for day in field.days if day.date < scene.figures.date]
    past = [day for day in earlier if _past(day, measure, bound, limit)]
    right = holds(bound, shown_value(measure, here), limit) and len(past) == before
    truth = f"{say(measure, here)} on this day" + (f"; {_named(past, measure)}" if past else "")
    return scene.finding(*place, Verdict.CONFIRMED if right else Verdict.REFUTED, truth)


def _measure_and_limit(scene: Scene, quantity: Quantity) -> tuple[Measure, Decimal]:
    measure = MEASURE_OF[quantity.unit][0]
    near = scene.text[max(0, quantity.start - 60) : quantity.end + 40].lower()
    if "supervis" in near:
        measure = {M.FACTOR: M.SUPERVISORY_FACTOR, M.MINUTES: M.SUPERVISORY_MINUTES}.get(measure, measure)
    if quantity.unit is Unit.HOURS and (timed := _timed(near)):
        return timed, quantity.value * 60
    scale = scene.figures.hours_per_week if quantity.unit is Unit.WEEKS else Decimal(1)
    return measure, quantity.value * scale


def _timed(near: str) -> Measure | None:
    """Whose time hours are, if not the human hours."""
    if "supervis" in near:
        return M.SUPERVISORY_MINUTES
    return M.MINUTES if re.search(r"\b(?:agent|claude|machine|wall[- ]clock)\b", near) else None


def _past(day: DayFigures, measure: Measure, bound: Bound, limit: Decimal) -> bool:
    value = day.value(measure)
    return value is not None and holds(bound, shown_value(measure, value), limit)


def _named(days: Sequence[DayFigures], measure: Measure) -> str:
    last = days[-1]
    return f"{say(measure, last.value(measure) or Decimal(0))} on {written(last.date)}"


_NO_DAY = pattern(
    r"\b(?:no|none of the|not one of the) (?:previous|earlier|other|prior"
    r"|single)?(?: published| recorded)? ?(?:day|days|record|records|sunday)(?: before| so far"
    r"| yet| this (?:week|month|year))*(?: (?:had|has|have))?(?: ever| yet)? \w+"
)


def never_before(scene: Scene) -> Iterator[Finding]:
    """ "No previous day had broken 1,000 hours"."""
    for match in _NO_DAY.finditer(scene.text):
        quantity = next(
            (q for q in scene.quantities if 0 <= q.start - match.end() <= 20 and q.unit in MEASURE_OF), None
        )
        bound = _bound(scene, quantity) if quantity else None
        if quantity is None or bound is None or not scene.figures.earlier:
            continue
        scene.take([quantity])
        measure, limit = _measure_and_limit(scene, quantity)
        past = [day for day in scene.figures.earlier if _past(day, measure, bound, limit)]
        truth = _named(past, measure) if past else ""
        yield scene.finding(
            match.start(), quantity.end, Verdict.REFUTED if past else Verdict.CONFIRMED, truth
        )


def streaks_in(scene: Scene) -> Iterator[Finding]:
    """Claims of so many days in a row."""
    for match in _STREAK.finditer(scene.text):
        if scene.overlaps(*match.span()) or not _STREAK_MARK.search(
            scene.text[match.start() : match.end() + 12]
        ):
            continue
        limit = _limit_near(scene, match)
        length = _length(match)
        if limit and length:
            yield _streak(scene, match, limit, length)
        elif length and (trend := _trend(scene, match, length)):
            yield trend
        else:
            yield scene.finding(*match.span(), Verdict.UNJUDGED)


_TREND = pattern(
    r"\b(?:(?P<up>ris(?:en|ing)|rose|grown|grew|climb(?:ed|ing)|increas(?:ed|ing)|improv(?:ed|ing)|up)"
    r"|(?P<down>fall(?:en|ing)|fell|dropp(?:ed|ing)|declin(?:ed|ing)|slipp(?:ed|ing)|down))\b"
)


def _trend(scene: Scene, match: re.Match[str], length: int) -> Finding | None:
    """ "Leverage has risen three days in a row"."""
    lower, upper = scene.clause(match.start())
    words = scene.text[lower : max(upper, match.end())]
    trend, measures = _TREND.search(words), first_measure(words)
    if not trend or not measures:
        return None
    values = [day.value(measures[0]) for day in (*scene.figures.earlier, scene.figures.day)]
    known = [shown_value(measures[0], value) for value in values if value is not None]
    steps = [here > before if trend["up"] else here < before for before, here in pairwise(known)]
    run = next((count for count, step in enumerate(reversed(steps)) if not step), len(steps))
    doubted = len(known) <= length or scene.is_supposed(*match.span())
    verdict = Verdict.UNJUDGED if doubted else Verdict.CONFIRMED if run >= length else Verdict.REFUTED
    return scene.finding(*match.span(), verdict, f"{run} in a row")


def _length(match: re.Match[str]) -> int:
    if match["n"]:
        return int(next(numbers_in(match["n"])).value)
    nth = match["nth"].lower()
    return ORDINALS.index(nth) + 2 if nth in ORDINALS else 0


def _streak(scene: Scene, match: re.Match[str], limit: tuple[Quantity, Bound], length: int) -> Finding:
    quantity, bound = limit
    place = min(match.start(), quantity.start), max(match.end(), quantity.end)
    measure, value = _measure_and_limit(scene, quantity)
    scene.take([quantity])
    run = 0
    for day in reversed([*scene.figures.earlier, scene.figures.day]):
        if not _past(day, measure, bound, value):
            break
        run += 1
    if not scene.figures.earlier:
        return scene.finding(*place, Verdict.UNJUDGED)
    verdict = Verdict.CONFIRMED if run == length else Verdict.REFUTED if run < length else Verdict.UNJUDGED
    return scene.finding(*place, verdict, f"{run} in a row")
