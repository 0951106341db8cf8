"""Comparisons with other days: "twice yesterday's", "crossed 500 hours for the first time", "third day in a row"."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from records.facts.counts import _ABOVE, _BELOW, _UP_TO
from records.facts.figures import DayFigures, Measure
from records.facts.findings import Finding, Verdict
from records.facts.moments import WEEKDAYS, Moment, written
from records.facts.numbers import FRACTIONS, numbers_in
from records.facts.patterns import pattern
from records.facts.quantities import Bound, Quantity, Unit
from records.facts.rounding import Fit, fit, holds
from records.facts.scene import Scene
from records.facts.series import DAY_NOUN, ORDINALS, Field, M, field_of, measures_near, say, shown_value

_FIRST = pattern(
    r"\b(?:for (?:the|only the) (?P<nth>first|second|third) time|(?:the|a) (?P<nth2>first|second|third)(?: \w+){0,2}? (?:day|time|record|sunday|monday|tuesday|wednesday|thursday|friday|saturday|weekend)|never before|first time)\b"
)
_LIMIT = pattern(
    rf"\b(?:(?P<above>{_ABOVE}|above|over|more than|past|exceed|cross|top|clear|break|beat|pass|beyond)|(?P<below>{_BELOW}|below|under|fewer than|less than|fall below|drop below)|(?P<upto>{_UP_TO}|with|at|at least|reach|hit))\b[^.;]*$"
)
_UNITS = {
    Unit.TASKS: (M.TASKS,),
    Unit.HOURS: (M.HOURS,),
    Unit.FACTOR: (M.FACTOR,),
    Unit.MINUTES: (M.MINUTES,),
    Unit.TOKENS: (M.TOKENS,),
    Unit.WEEKS: (M.HOURS,),
}
_STREAK = pattern(
    rf"\b(?:(?P<nth>{'|'.join(ORDINALS)}|\w+th) (?:straight |consecutive |successive )?(?:day|record|time)(?: in a row| running| straight)?|(?P<n>two|three|four|five|six|seven|eight|nine|ten) (?:straight |consecutive |successive )?(?:days|records)(?: in a row| running| straight))\b"
)
_STREAK_MARK = pattern(r"\b(?:in a row|running|straight|consecutive|successive)\b")
_TIMES = {
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
_TO_MOMENT = r"(?:(?:that |those |the (?:\w+ )?(?:tasks?|hours|output|factor|leverage|total|count|figure|number)? ?)?(?:of|on|for|in|as|from) )?(?:the |on |in |for |what (?:the )?)?"
_WHAT = r"(?:(?:\w+[- ]){0,4}?)"
_MULTIPLE = pattern(
    rf"(?P<loose>(?:more than|over|less than|under|nearly|almost|about|roughly|well over|just over|just under|around|close to) )?(?:(?P<times>{'|'.join(_TIMES)})|(?P<n>[\d.,]+|\w+(?:[- ]and[- ]a[- ]half)?) (?:times|x)|(?P<n2>[\d.]+)[x×]) (?:as (?:many|much|high|long|large)? ?)?{_WHAT}{_TO_MOMENT}$"
)
_MORE = pattern(
    rf"(?P<amount>(?:\w+[\w.,%-]* ){{0,5}}?)(?P<word>more|fewer|less|higher|lower|greater|larger|smaller|bigger|better|worse|busier|quieter|longer|shorter|stronger|weaker|heavier|lighter|leaner) {_WHAT}than (?:(?:was|were|had been) )?{_TO_MOMENT}$"
)
_UP_ON = pattern(
    rf"(?P<amount>(?:\w+[\w.,%-]* ){{1,5}}?)(?P<word>up|down|higher|lower|above|below|ahead) (?:on|from|than|against|of)? ?{_TO_MOMENT}$"
)
_MOVED = pattern(
    rf"\b(?P<word>up|down|rose|fell|climbed|dropped|jumped|slipped|improved|gained|increased|decreased|grew|shrank|slid|sank|higher|lower)\b(?: by)?(?P<amount>(?: [\w.,%×-]+){{0,6}}?),? (?:on|from|over|against|compared (?:with|to)|versus|vs\.?) {_TO_MOMENT}$"
)
_FROM = pattern(
    r"\b(?P<word>up|down|rose|fell|rises|falls|climbed|dropped|jumped|slipped|improved|grew|slid|sank|recovered)(?: sharply| slightly| a little| well| only)? from (?:a |an |the )?(?:\w+ )?[\d,.]+ ?(?:[x×]|hours|tasks|minutes)?,? ?(?:\w+ )?(?:of |on |in |for )?(?:the )?$"
)
_AHEAD = pattern(
    rf"\b(?P<word>ahead of|above|below|beat|beats|beating|under|over|behind|past|outdid|outpaced|dwarfed|eclipsed|edged(?: out)?|bested|outperformed|outstripped|exceed(?:ed|s|ing)|topp(?:ed|ing)|surpass(?:ed|es|ing)|trail(?:ed|s|ing)|short of|match(?:ed|es|ing)|level with|the same {_WHAT}as|equal(?:led|s)?(?: to)?|as many {_WHAT}as|as much {_WHAT}as) {_TO_MOMENT}$"
)
_UPWARD = frozenset(
    "more higher greater larger bigger better busier longer stronger heavier up rose climbed jumped improved gained increased grew above outpaced dwarfed eclipsed bested outperformed outstripped edged beat beats beating over past outdid exceeded exceeds exceeding topped topping surpassed surpasses surpassing".split()
) | {"ahead of"}
_LEVEL = ("match", "level", "same", "equal", "as many", "as much")
_AVERAGE = pattern(r"\b(?:average|mean|norm|usual|typical)\b")


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each first time, each streak and each comparison with another day."""
    yield from _streaks(scene)
    yield from _first_times(scene)
    yield from _never_before(scene)
    yield from _orders(scene)
    for moment in scene.moments:
        yield from _reversed(scene, moment)
        yield from _doubled(scene, moment)
        yield from _compared(scene, moment)


# First times


def _first_times(scene: Scene) -> Iterator[Finding]:
    for match in _FIRST.finditer(scene.text):
        limit = _limit_near(scene, match)
        if limit is None or scene.overlaps(*match.span()):
            continue
        quantity, bound = limit
        place = min(match.start(), quantity.start), max(match.end(), quantity.end)
        nth = (match["nth"] or match["nth2"] or "first").lower()
        scene.used.add(quantity)
        yield _first_time(scene, place, quantity, bound, ("first", "second", "third").index(nth))


def _limit_near(scene: Scene, match: re.Match[str]) -> tuple[Quantity, Bound] | None:
    """The figure that was passed: before "for the first time", after "the first day above"."""
    near = sorted(
        (q for q in scene.quantities if q.unit in _UNITS and q.start not in range(*match.span())),
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
    measure = _UNITS[quantity.unit][0]
    near = scene.text[max(0, quantity.start - 60) : quantity.end + 40].lower()
    if "supervis" in near:
        measure = {M.FACTOR: M.SUPERVISORY_FACTOR, M.MINUTES: M.SUPERVISORY_MINUTES}.get(measure, measure)
    scale = scene.figures.hours_per_week if quantity.unit is Unit.WEEKS else Decimal(1)
    return measure, quantity.value * scale


def _past(day: DayFigures, measure: Measure, bound: Bound, limit: Decimal) -> bool:
    value = day.value(measure)
    return value is not None and holds(bound, shown_value(measure, value), limit)


def _named(days: Sequence[DayFigures], measure: Measure) -> str:
    last = days[-1]
    return f"{say(measure, last.value(measure) or Decimal(0))} on {written(last.date)}"


_NO_DAY = pattern(
    r"\b(?:no|none of the|not one of the) (?:previous|earlier|other|prior|single)?(?: published| recorded)? ?(?:day|days|record|records|sunday)(?: before| so far| yet| this (?:week|month|year))*(?: (?:had|has|have))?(?: ever| yet)? \w+"
)


def _never_before(scene: Scene) -> Iterator[Finding]:
    """ "No previous day had broken 1,000 hours"."""
    for match in _NO_DAY.finditer(scene.text):
        quantity = next(
            (q for q in scene.quantities if 0 <= q.start - match.end() <= 20 and q.unit in _UNITS), None
        )
        bound = _bound(scene, quantity) if quantity else None
        if quantity is None or bound is None or not scene.figures.earlier:
            continue
        scene.used.add(quantity)
        measure, limit = _measure_and_limit(scene, quantity)
        past = [day for day in scene.figures.earlier if _past(day, measure, bound, limit)]
        truth = _named(past, measure) if past else ""
        yield scene.finding(
            match.start(), quantity.end, Verdict.REFUTED if past else Verdict.CONFIRMED, truth
        )


_ORDER = pattern(
    r"^(?:,| is| was| sits| stands| comes in| came in| landed| on the day| average| for the day)*(?: still)?(?: well| far| just| slightly| comfortably| way| a little)* (?P<word>above|below|ahead of|higher than|lower than|up from|down from|better than|worse than|short of|behind|more than|less than)(?: the| a| an| its| that| saturday's| yesterday's| last| \w+'s)* $"
)


def _orders(scene: Scene) -> Iterator[Finding]:
    """Two figures beside each other of which the sentence says which is the higher."""
    for here, there in pairwise(scene.quantities):
        match = _ORDER.match(scene.text[here.end : there.number_start])
        if (
            not match
            or here.unit is not there.unit
            or here.unit not in _UNITS
            or there.bound in (Bound.AT_LEAST, Bound.AT_MOST)
        ):
            continue
        upward = match["word"].lower() in (
            "above",
            "ahead of",
            "higher than",
            "up from",
            "better than",
            "more than",
        )
        if here.value != there.value and (here.value > there.value) is not upward:
            place = here.end + match.start("word"), here.end + match.end("word")
            yield scene.finding(
                *place,
                Verdict.REFUTED,
                f"{here.value:,} is {'less' if upward else 'more'} than {there.value:,}",
            )


# Streaks


def _streaks(scene: Scene) -> Iterator[Finding]:
    for match in _STREAK.finditer(scene.text):
        if scene.overlaps(*match.span()) or not _STREAK_MARK.search(
            scene.text[match.start() : match.end() + 12]
        ):
            continue
        limit = _limit_near(scene, match)
        length = _length(match)
        if limit and length:
            yield _streak(scene, match, limit, length)
        else:
            yield scene.finding(*match.span(), Verdict.UNJUDGED)


def _length(match: re.Match[str]) -> int:
    if match["n"]:
        return int(next(numbers_in(match["n"])).value)
    nth = match["nth"].lower()
    return ORDINALS.index(nth) + 2 if nth in ORDINALS else 0


def _streak(scene: Scene, match: re.Match[str], limit: tuple[Quantity, Bound], length: int) -> Finding:
    quantity, bound = limit
    place = min(match.start(), quantity.start), max(match.end(), quantity.end)
    measure, value = _measure_and_limit(scene, quantity)
    scene.used.add(quantity)
    run = 0
    for day in reversed([*scene.figures.earlier, scene.figures.day]):
        if not _past(day, measure, bound, value):
            break
        run += 1
    if not scene.figures.earlier:
        return scene.finding(*place, Verdict.UNJUDGED)
    verdict = Verdict.CONFIRMED if run == length else Verdict.REFUTED if run < length else Verdict.UNJUDGED
    return scene.finding(*place, verdict, f"{run} in a row")


_THEN = pattern(
    rf"^(?:'s)?,? (?:the |human |our )*(?P<what>hours|tasks|task count|output|leverage|factor|average|supervision|agent minutes|weighted average) (?:has |have |was |were |is |are )*(?P<loose>more than |nearly |almost |roughly |about )?(?P<times>{'|'.join(_TIMES)})\b"
)


def _doubled(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """The other day first: "relative to Saturday, hours doubled"."""
    match = _THEN.match(scene.text[moment.end :])
    if not match or not re.search(
        r"(?:to|with|against|from|over|on|than|versus) (?:the )?$", scene.text[: moment.start], re.IGNORECASE
    ):
        return
    place = moment.start, moment.end + match.end()
    measure = (measures_near(scene, moment.end, moment.end) or (M.HOURS,))[0]
    ratio, times = _ratio(scene, moment, measure), _times(match)
    if ratio is None or times is None:
        yield scene.finding(*place, Verdict.UNJUDGED)
        return
    fits = fit(times, ratio)
    verdict = {Fit.YES: Verdict.CONFIRMED, Fit.CLOSE: Verdict.UNJUDGED, Fit.NO: Verdict.REFUTED}[fits]
    yield scene.finding(*place, verdict, _both(scene, moment, measure))


_REVERSED = pattern(
    r"^ (?:(?:easily|clearly|still|far) )?(?P<word>outpaced|beat|topped|exceeded|surpassed|outdid|trailed|fell short of|dwarfed|eclipsed|bested|outperformed) "
)


def _reversed(scene: Scene, moment: Moment) -> Iterator[Finding]:
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
            (_ratio(scene, moment, m) or Decimal(1)) < 1
            if upward
            else (_ratio(scene, moment, m) or Decimal(1)) > 1
            for m in measures
        ]
        verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
        yield scene.finding(
            moment.start, moment.end + match.end(), verdict, _both(scene, moment, measures[0])
        )


# One day beside another


def _compared(scene: Scene, moment: Moment) -> Iterator[Finding]:
    lower = max(0, moment.start - 110)
    before = scene.text[lower : moment.start]
    for words, judge in (
        (_FROM, _difference),
        (_MULTIPLE, _multiple),
        (_MORE, _difference),
        (_UP_ON, _difference),
        (_MOVED, _difference),
        (_AHEAD, _difference),
    ):
        match = words.search(before)
        if match and (finding := judge(scene, moment, match, lower)):
            yield finding
            return


def _reference(scene: Scene, moment: Moment, measure: Measure) -> Decimal | None:
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


def _multiple(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> Finding | None:
    times = _times(match)
    place = lower + match.start(), _with_own(scene, moment)
    if times is None or times.value > 20 or scene.overlaps(*place):
        return None
    _use(scene, place)
    known = [
        (m, ratio)
        for m in _measures(scene, moment, match, lower)
        if (ratio := _ratio(scene, moment, m)) is not None
    ]
    if not known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    right = [fit(times, ratio) is Fit.YES for _, ratio in known]
    truth = _both(scene, moment, known[0][0])
    close = any(fit(times, ratio) is Fit.CLOSE for _, ratio in known)
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) or close else Verdict.REFUTED
    return scene.finding(*place, verdict, truth)


def _use(scene: Scene, place: tuple[int, int]) -> None:
    scene.used.update(q for q in scene.quantities if place[0] <= q.number_start < place[1])


def _with_own(scene: Scene, moment: Moment) -> int:
    """To the end of "yesterday's hours"."""
    own = re.compile(
        r"(?:'s)? (?:\w+ ){0,1}?(?:task counts?|tasks|hours|output|factor|leverage|total|count|figure|average|minutes)\b",
        re.I,
    ).match(scene.text, moment.end)
    return own.end() if own else moment.end


def _times(match: re.Match[str]) -> Quantity | None:
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
        value = Decimal(_TIMES[word.lower()])
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


def _ratio(scene: Scene, moment: Moment, measure: Measure) -> Decimal | None:
    here, there = scene.figures.day.value(measure), _reference(scene, moment, measure)
    return None if here is None or not there else here / there


def _measures(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> tuple[Measure, ...]:
    """What is compared: said after the other day ("yesterday's hours"), within the words, or before them."""
    own = scene.text[moment.end : _with_own(scene, moment)]
    inside = match[0]
    from records.facts.series import _earliest, _latest

    start, _ = scene.clause(lower + match.start())
    before = scene.text[min(start, lower + match.start()) : lower + match.start()]
    after = scene.text[moment.end : moment.end + 25]
    return (
        _earliest(own)
        or _earliest(inside)
        or _latest(before)
        or _earliest(after)
        or (M.HOURS, M.TASKS, M.FACTOR)
    )


def _both(scene: Scene, moment: Moment, measure: Measure) -> str:
    here, there = scene.figures.day.value(measure), _reference(scene, moment, measure)
    if here is None or there is None:
        return ""
    where = f"on {moment.label}" if moment.is_day else f"on average {moment.label}"
    return f"{say(measure, here)} on this day, {say(measure, there)} {where}"


def _difference(scene: Scene, moment: Moment, match: re.Match[str], lower: int) -> Finding | None:
    word = match["word"].lower()
    start = (
        lower
        + match.start("word")
        - len((match.groupdict().get("amount") or "") if match.re in (_MORE, _UP_ON) else "")
    )
    place = max(0, start), _with_own(scene, moment)
    if match.re is _FROM:
        place = start, lower + match.end("word")
    if scene.overlaps(*place):
        return None
    _use(scene, place)
    measures = _measures(scene, moment, match, lower)
    known = [m for m in measures if _ratio(scene, moment, m) is not None]
    if not known or scene.is_supposed(*place):
        return scene.finding(*place, Verdict.UNJUDGED)
    right = [
        _moved_so(scene, moment, m, word, (match.groupdict().get("amount") or "").strip()) for m in known
    ]
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
    return scene.finding(*place, verdict, _both(scene, moment, known[0]))


def _moved_so(scene: Scene, moment: Moment, measure: Measure, word: str, amount: str) -> bool:
    here, there = scene.figures.day.value(measure), _reference(scene, moment, measure)
    if here is None or there is None:
        return False
    here, there = shown_value(measure, here), shown_value(measure, there)
    if word.startswith(_LEVEL):
        return here == there
    upward = word in _UPWARD
    if not (here > there if upward else here < there):
        return False
    step = _step(amount)
    if step is None:
        return True
    by, is_share = step
    moved = abs(here - there)
    return fit(by, moved / there * 100 if is_share else moved) is Fit.YES


def _step(amount: str) -> tuple[Quantity, bool] | None:
    """How far it moved, if the words say: 12 tasks, 20 %, a third."""
    from records.facts.quantities import quantities_in

    words = amount.lower().replace("-", " ").split()
    for name, (top, bottom) in FRACTIONS.items():
        if name in words or f"{name}s" in words:
            numerator = 2 if "two" in words else 3 if "three" in words else top
            return Quantity(
                0, 0, 0, Decimal(100 * numerator) / bottom, Decimal(10), Unit.PERCENT, Bound.ABOUT
            ), True
    found = quantities_in(amount + " ")
    if not found:
        return None
    quantity = found[0]
    return quantity, quantity.unit is Unit.PERCENT
