"""This day beside another: what is compared, and "relative to Saturday, hours doubled"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from records.facts.dates import WEEKDAYS, written
from records.facts.figures import M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.foreign import is_foreign
from records.facts.moments import Moment
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.series import first_measure, last_measure, measures_near, say
from records.facts.units import Bound, Quantity, Unit

TIMES: dict[str, int | Decimal] = {
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "thrice": 3,
    "triple": 3,
    "tripled": 3,
    "tripling": 3,
    "quadruple": 4,
    "quadrupled": 4,
    "half": Decimal("0.5"),
    "halved": Decimal("0.5"),
}


_AVERAGE = pattern(r"\b(?:average|mean|norm|usual|typical)\b")


_THEN = pattern(
    rf"^(?:'s)?,? (?:the |human |our )*(?P<what>hours|tasks|task count|output|leverage|factor"
    rf"|average|supervision|agent minutes|weighted average) (?:has |have |was |were |is "
    rf"|are )*(?P<loose>more than |nearly |almost |roughly "
    rf"|about )?(?P<times>{'|'.join(TIMES)})\b"
)


def doubled(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """The other day first: "relative to Saturday, hours doubled"."""
    match = _THEN.match(scene.text[moment.end :])
    if not match or not re.search(
        r"(?:to|with|against|from|over|on|than"
        r"|versus) (?:the )?$",
        scene.text[: moment.start],
        re.IGNORECASE,
    ):
        return
    place = moment.start, moment.end + match.end()
    measure = (measures_near(scene, moment.end, moment.end) or (M.HOURS,))[0]
    ratio, times = ratio_to(scene, moment, measure), times_in(match)
    if ratio is None or times is None:
        yield scene.finding(*place, Verdict.UNJUDGED)
        return
    fits = as_many_times(times, ratio)
    verdict = {Fit.YES: Verdict.CONFIRMED, Fit.CLOSE: Verdict.UNJUDGED, Fit.NO: Verdict.REFUTED}[fits]
    yield scene.finding(*place, verdict, said_of_both(scene, moment, measure))


_MOVED_THEN = pattern(
    r"^(?:'s)?(?: (?!the\b)\w+)?,? (?:the |human |our |this )*(?P<what>hours|tasks|task count|output"
    r"|leverage|factor|average"
    r"|supervision|(?:agent )?(?:minutes|time)|weighted average|[a-z]+ time) (?:has |have |was |were )*"
    r"(?P<word>up|down|rose|fell|climbed|dropped|jumped|slipped|grew|shrank|increased|decreased|higher"
    r"|lower)"
    r"(?:(?: by)? (?P<amount>[\w.,-]+ ?(?:%|percent|minutes|min|hours|h|tasks|[x×])?))?(?= ?(?:$"
    r"|[.,;:)!—]| and\b))"
)


def moved_then(scene: Scene, moment: Moment) -> tuple[re.Match[str], Measure] | None:
    """The other day first: "compared with the day before, supervision rose by 56 minutes"."""
    match = _MOVED_THEN.match(scene.text[moment.end :])
    before = scene.text[: moment.start]
    if not match or not re.search(r"(?:to|with|against|from|over|on|than|versus) (?:the )?$", before, re.I):
        return None
    measures = first_measure(match["what"])
    return (match, measures[0]) if measures else None


_REVERSED = pattern(
    r"^ (?:(?:easily|clearly|still|far) )?(?P<word>outpaced|beat|topped|exceeded|surpassed"
    r"|outdid|trailed|fell short of|dwarfed|eclipsed|bested|outperformed) "
)


def turned_round(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """The other day as subject: "Saturday outpaced Sunday", this record being that of a Sunday."""
    match = _REVERSED.match(scene.text[moment.end :]) if moment.is_day and moment.days else None
    if not match:
        return
    today = (
        f"today|this (?:day|record)|{WEEKDAYS[scene.figures.date.weekday()]}|{written(scene.figures.date)}"
    )
    rest = scene.text[moment.end + match.end() :]
    if re.match(rf"(?:{today})\b", rest, re.IGNORECASE):
        measures = measures_near(scene, moment.end, moment.end + match.end()) or (M.HOURS, M.TASKS, M.FACTOR)
        upward = match["word"].lower() not in ("trailed", "fell short of")
        right = [
            (ratio_to(scene, moment, m) or Decimal(1)) < 1
            if upward
            else (ratio_to(scene, moment, m) or Decimal(1)) > 1
            for m in measures
        ]
        verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
        yield scene.finding(
            moment.start, moment.end + match.end(), verdict, said_of_both(scene, moment, measures[0])
        )


def value_beside(scene: Scene, moment: Moment, measure: Measure) -> Decimal | None:
    """What the other days have of a measure: the one day's value, or the average where one is spoken of."""
    if moment.is_day:
        return moment.total(measure)
    near = scene.text[max(0, moment.start - 30) : moment.end + 20]
    days = [day for day in moment.days if day.date != scene.figures.date]
    is_average = _AVERAGE.search(near) or measure in (M.FACTOR, M.SUPERVISORY_FACTOR)
    return (
        Moment(0, 0, "", moment.first, moment.last, tuple(days)).mean(measure)
        if is_average and days
        else None
    )


def take(scene: Scene, place: tuple[int, int]) -> None:
    """Leave the numbers between two places to the claim that stands there."""
    scene.take(q for q in scene.quantities if place[0] <= q.number_start < place[1])


def end_with_own(scene: Scene, moment: Moment) -> int:
    """To the end of "yesterday's hours"."""
    own = re.compile(
        r"(?:'s)? (?:\w+ ){0,1}?(?:task counts?|tasks|hours|output|factor|leverage|total|count"
        r"|figure|average|minutes)\b",
        re.I,
    ).match(scene.text, moment.end)
    return own.end() if own else moment.end


def times_in(match: re.Match[str]) -> Quantity | None:
    """How many times as much the words say: "nearly twice", "2.5x"; ``None`` without a number."""
    loose = (match["loose"] or "").strip().lower()
    bounds = {
        "more than": Bound.OVER,
        "over": Bound.OVER,
        "well over": Bound.OVER,
        "less than": Bound.UNDER,
        "under": Bound.UNDER,
        "nearly": Bound.NEARLY,
        "almost": Bound.NEARLY,
        "just over": Bound.JUST_OVER,
        "just under": Bound.NEARLY,
        "close to": Bound.NEARLY,
    }
    word = match["times"]
    if word:
        value = Decimal(TIMES[word.lower()])
    else:
        number = next(iter(numbers_in(match["n"] or match["n2"])), None)
        if number is None:
            return None
        value = number.value
    return Quantity(
        0,
        0,
        0,
        value,
        Decimal("0.5") if value >= 1 else Decimal("0.1"),
        Unit.OTHER,
        bounds.get(loose, Bound.ABOUT),
    )


def as_many_times(times: Quantity, ratio: Decimal) -> Fit:
    """Whether a ratio is so many times: "twice" says 1.8 to 2.2, and at 1.75 nobody can say."""
    loosely = fit(times, ratio)
    if times.bound is not Bound.ABOUT or loosely is not Fit.YES or times.value % 1:
        return loosely
    off = abs(ratio - times.value) / times.value
    return Fit.YES if off <= _TENTH else Fit.CLOSE if off <= _TENTH * Decimal("1.4") else Fit.NO


_TENTH = Decimal("0.1")


def ratio_to(scene: Scene, moment: Moment, measure: Measure) -> Decimal | None:
    """This day over the other; ``None`` where either is unknown."""
    here, there = scene.figures.day.value(measure), value_beside(scene, moment, measure)
    return None if here is None or not there else here / there


def compared_measures(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> tuple[Measure, ...]:
    """What is compared: said after the other day ("yesterday's hours"), within the words, or before them."""
    own = scene.text[moment.end : end_with_own(scene, moment)]
    inside = match[0]

    start, _ = scene.clause(lower + match.start())
    before = scene.text[min(start, lower + match.start()) : lower + match.start()]
    after = scene.text[moment.end : moment.end + 25]
    if first_measure(inside) == (M.MINUTES,) and last_measure(before) == (M.SUPERVISORY_MINUTES,):
        return (M.SUPERVISORY_MINUTES,)
    return (
        first_measure(own)
        or first_measure(inside)
        or last_measure(before)
        or first_measure(after)
        or (() if is_foreign(before) or is_foreign(inside) else (M.HOURS, M.TASKS, M.FACTOR))
    )


def said_of_both(scene: Scene, moment: Moment, measure: Measure) -> str:
    """What either has, in words."""
    here, there = scene.figures.day.value(measure), value_beside(scene, moment, measure)
    if here is None or there is None:
        return ""
    where = f"on {moment.label}" if moment.is_day else f"on average {moment.label}"
    return f"{say(measure, here)} on this day, {say(measure, there)} {where}"
