"""Days that had more or less: "only Thursday had more tasks", "no day has had more", "second only to Friday"."""

import re
from collections.abc import Iterator, Sequence

from records.facts.beside import said_of_both
from records.facts.comparing import is_upward
from records.facts.dates import days_before, month_of, week_of
from records.facts.figures import DayFigures, M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.moments import Moment, total_of
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.series import Field, field_of, first_measure, last_measure, say, shown_value
from records.facts.superlatives import Rank, placed

_WORD = (
    r"(?P<word>more|fewer|less|higher|lower|longer|shorter|better|worse|larger|smaller|bigger|greater"
    r"|busier|quieter)"
)


_ANY_MEASURE: Sequence[Measure] = (M.HOURS, M.TASKS, M.FACTOR, M.MINUTES, M.SUPERVISORY_MINUTES)


_HAD = pattern(
    r"^,? (?:alone |itself |still )?(?:had|has|saw|brought|logged|took|needed|produced|posted|got|counted"
    r"|recorded|managed|ran|reached|held|came (?:in|out)|was|were|did|stood) (?:an? |even |far |much |many "
    rf"|slightly |for )*{_WORD}(?P<what>(?: [\w-]+){{0,3}}?)"
    r"(?: than (?:this|today|this one|it|sunday|that))?(?= ?(?:$|[.,;:)!—(]| --| and\b| but\b))"
)


_ONLY = pattern(r"\b(?P<only>only|just|nothing but|no day but|no day except) (?:on |the |last )?$")


_UNIQUE = pattern(
    r"\bonly (?:other )?(?:day|one|record)(?: (?:of|in|from) [\w ]{3,20}?)? (?:with|that had|that saw|to have"
    rf"|having|which had) (?:an? |even )?{_WORD}(?P<what>(?: [\w-]+){{0,3}}?) (?:was|is|being|came on) "
    r"(?:on |the |last )?$"
)


_BEATEN = pattern(
    r"\b(?:second only to|(?:beaten|topped|exceeded|surpassed|eclipsed|outdone|bettered) only (?:by|on)"
    r"|(?:only )?behind only|only behind|trailing only|surpassed by only|bar only) (?:that of |the |on )?$"
)


_NO_DAY = pattern(
    r"\b(?:no|not one|not a single|never has an?|never had an?) (?:other |single |previous |earlier "
    r"|published )*(?:day|record|date|sunday)(?P<where>(?: (?:this|of the|in) \w+)?) (?:has |had |ever |yet "
    r"|before )*(?:had|seen|brought|logged|produced|run|been|taken|needed|posted|shown|delivered|come with"
    rf"|has|came|had|saw) (?:an? |for )*{_WORD}\b"
)


_ANY_OTHER = pattern(
    rf"\b{_WORD}(?P<what>(?: [\w-]+){{0,4}}?) than (?:on |in |for |that of )?(?:any|every|all|each)"
    r"(?: one)?(?: of the)?(?: other| previous| earlier| single| prior| preceding)+ (?:day|record|sunday)s?\b"
)


_NEVER_HAS = pattern(
    rf"\bnever (?:before )?(?:has|have|had|did) (?P<what>(?:[\w'-]+ ){{1,5}}?)(?:for |so |an? )*{_WORD}\b"
)


_DAYS_HAD = pattern(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:other |earlier |previous )?"
    r"(?:days?|records?)(?: (?:this|in the|of the|of this|in|so) \w+)? (?:have |has )?(?:had|seen|saw|brought"
    rf"|logged|took|were|was|ran|produced|needed|came (?:in|out)) (?:an? |even |with )*{_WORD}\b"
)


_HOLDS = pattern(
    r"^ (?:still |easily |already )?(?:holds?|held|keeps?|kept|remains?|has) (?:on to )?the (?:day's |week's |month's "
    r")?(?:record|high|top spot|lead|high mark|peak|best|most)\b(?P<what>(?: [\w-]+){0,3})"
)


_REST = pattern(
    rf"\b{_WORD}(?P<what>(?: [\w-]+){{0,4}}?) than (?:on |in |for )?(?:the rest of the (?P<whole>week|month)"
    r"|all (?:the )?(?:other|previous) days(?: of the (?P<whole2>week|month))?"
    r"|the (?:other|previous|preceding|last|past) (?P<n>two|three|four|five|six|seven|\d) (?:days|records))"
    r"(?: (?:combined|together|put together|taken together|added up))?\b"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each claim that other days, or none, had more or less than this one."""
    for words in (_NO_DAY, _ANY_OTHER, _NEVER_HAS):
        for match in words.finditer(scene.text):
            if not scene.overlaps(*match.span()):
                yield from _unsurpassed(scene, match)
    for match in _REST.finditer(scene.text):
        yield from _than_all(scene, match)
    for match in _DAYS_HAD.finditer(scene.text):
        yield from _so_many(scene, match)
    for moment in scene.moments:
        if moment.is_day and moment.days and not scene.overlaps(moment.start, moment.end):
            yield from _had(scene, moment)
            yield from _holds(scene, moment)
            yield from _only_rival(scene, moment)


def _unsurpassed(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "No day has had more tasks", "more tasks than on any other day"."""
    start = match.start("what") if match.re is _NEVER_HAS else match.start("word")
    what = scene.text[start : match.end() if match.re is _ANY_OTHER else match.end() + 40]
    measures = first_measure(re.split(r"[.,;:]", what)[0]) or last_measure(scene.text[: match.start()])
    if measures:
        field = field_of(scene, *match.span()) or Field(
            scene.figures.earlier, "so far", bool(scene.figures.earlier)
        )
        more = is_upward(match["word"])
        highest = more if match.re is _ANY_OTHER else more
        yield placed(scene, match.span(), field, measures, Rank(1, is_upward(match["word"]), ""))


def _than_all(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "More hours than the rest of the week combined"."""
    measures = first_measure(match["what"]) or last_measure(scene.text[: match.start()])
    days = _days_of_rest(scene, match)
    if scene.overlaps(*match.span()) or not measures or not days:
        return
    scene.take(q for q in scene.quantities if match.start() <= q.start < match.end())
    here, there = scene.figures.day.value(measures[0]), total_of(days, measures[0])
    if here is None or there is None or scene.is_supposed(*match.span()):
        yield scene.finding(*match.span(), Verdict.UNJUDGED)
        return
    right = here > there if is_upward(match["word"]) else here < there
    truth = f"{say(measures[0], here)} on this day, {say(measures[0], there)} on those days"
    yield scene.finding(*match.span(), Verdict.CONFIRMED if right else Verdict.REFUTED, truth)


def _so_many(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "Two days this month had more hours"."""
    after = re.split(r"[.,;:]", scene.text[match.end() : match.end() + 40])[0]
    measures = first_measure(after) or last_measure(scene.text[: match.start()])
    field = field_of(scene, *match.span("n")) or Field(
        scene.figures.earlier, "so far", bool(scene.figures.earlier)
    )
    number = next(numbers_in(match["n"]), None)
    if scene.overlaps(*match.span()) or not measures or not number:
        return
    scene.take(q for q in scene.quantities if match.start() <= q.number_start < match.end())
    upward = is_upward(match["word"])
    days = [day for day in field.days if _stood_so(scene, day, measures[0], upward=upward)]
    right = len(days) == number.value
    doubted = not field.is_known or scene.is_supposed(*match.span()) or len(measures) > 1
    verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
    yield scene.finding(*match.span(), verdict, f"{len(days)} days {field.label}")


def _days_of_rest(scene: Scene, match: re.Match[str]) -> list[DayFigures]:
    """The other days of the week or month, or so many before this one."""
    on = scene.figures.date
    if number := next(numbers_in(match["n"] or ""), None):
        first, last = days_before(on, int(number.value)), days_before(on, 1)
    else:
        whole = (match["whole"] or match["whole2"] or "week").lower()
        first, last = week_of(on) if whole == "week" else month_of(on, on.month)
    return [day for day in scene.figures.series if first <= day.date <= last and day.date != on]


def _had(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """ "Thursday had fewer tasks", "only Thursday had more"."""
    match = _HAD.match(scene.text[moment.end :])
    if not match or (moment.start > 0 and re.search(r"\b(?:on|since) $", scene.text[: moment.start])):
        return
    before = scene.text[: moment.start]
    only = _ONLY.search(before)
    measures = first_measure(match[0]) or last_measure(before) or ()
    place = only.start() if only else moment.start, moment.end + match.end()
    yield _rivalled(scene, moment, measures, place, (is_upward(match["word"]), bool(only)))


def _holds(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """ "Saturday still holds the record for hours"."""
    match = _HOLDS.match(scene.text[moment.end :])
    measures = first_measure(match["what"]) if match else ()
    if match and measures:
        place = moment.start, moment.end + match.end()
        yield _rivalled(scene, moment, measures, place, (True, True))


def _only_rival(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """ "The only day with more was Thursday", "second only to Thursday in hours"."""
    before = scene.text[: moment.start]
    match = _UNIQUE.search(before) or _BEATEN.search(before)
    if not match:
        return
    own = match["what"] if match.re is _UNIQUE else scene.text[moment.end : moment.end + 40]
    measures = first_measure(own) or last_measure(before[: match.start()])
    upward = is_upward(match["word"]) if match.re is _UNIQUE else not _lowest(before)
    yield _rivalled(scene, moment, measures, (match.start(), moment.end), (upward, True))


def _lowest(before: str) -> bool:
    return bool(re.search(r"\b(?:lowest|fewest|least|smallest|shortest|quietest)\b", before, re.IGNORECASE))


def _rivalled(
    scene: Scene,
    moment: Moment,
    measures: Sequence[Measure],
    place: tuple[int, int],
    said: tuple[bool, bool],
) -> Finding:
    """The finding that a day had more (or less), and whether it was the only one of its week."""
    upward, only = said
    right = [_stood_so(scene, moment.days[0], m, upward=upward) for m in measures or _ANY_MEASURE]
    truth = said_of_both(scene, moment, (measures or _ANY_MEASURE)[0])
    doubted = scene.is_supposed(*place) or (any(right) and not right[0]) or (not measures and any(right))
    if doubted:
        return scene.finding(*place, Verdict.UNJUDGED, truth)
    if not any(right):
        return scene.finding(*place, Verdict.REFUTED, truth)
    others = _others_so(scene, moment, measures[0], upward=upward) if only else []
    verdict = Verdict.REFUTED if others else Verdict.CONFIRMED
    return scene.finding(*place, verdict, truth)


def _others_so(scene: Scene, moment: Moment, measure: Measure, *, upward: bool) -> list[DayFigures]:
    """Further days of the week that had as much; where the day is of another week, nobody can say which."""
    first, last = week_of(scene.figures.date)
    days = [d for d in scene.figures.series if first <= d.date <= last and first <= moment.first]
    return [
        day
        for day in days
        if day.date not in (moment.first, scene.figures.date)
        and _stood_so(scene, day, measure, upward=upward)
    ]


def _stood_so(scene: Scene, day: DayFigures, measure: Measure, *, upward: bool) -> bool:
    here, there = scene.figures.day.value(measure), day.value(measure)
    if here is None or there is None:
        return False
    here, there = shown_value(measure, here), shown_value(measure, there)
    return there > here if upward else there < here
