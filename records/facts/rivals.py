"""Days that had more or less: "only Thursday had more", "second only to Friday in hours"."""

import re
from collections.abc import Iterator, Sequence

from records.facts.beside import said_of_both
from records.facts.dates import week_of
from records.facts.figures import DayFigures, M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.moments import Moment
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.series import first_measure, last_measure, shown_value
from records.facts.steps import is_upward

MORE_OR_LESS = (
    r"(?P<word>more|fewer|less|higher|lower|longer|shorter|better|worse|larger|smaller|bigger|greater"
    r"|busier|quieter)"
)


_ANY_MEASURE: Sequence[Measure] = (M.HOURS, M.TASKS, M.FACTOR, M.MINUTES, M.SUPERVISORY_MINUTES)


_HAD = pattern(
    r"^,? (?:alone |itself |still |both |each |all )?(?:had|has|saw|brought|logged|took|needed|produced"
    r"|posted|got|counted"
    r"|recorded|managed|ran|reached|held|came (?:in|out)|was|were|did|stood) (?:an? |even |far |much |many "
    rf"|slightly |for )*{MORE_OR_LESS}(?P<what>(?: [\w-]+){{0,3}}?)"
    r"(?: than (?:this|today|this one|it|sunday|that))?(?= ?(?:$|[.,;:)!—(]| --| and\b| but\b))"
)


_ONLY = pattern(r"\b(?P<only>only|just|nothing but|no day but|no day except) (?:on |the |last )?$")


_UNIQUE = pattern(
    r"\bonly (?:other )?(?:day|one|record)(?: (?:of|in|from) [\w ]{3,20}?)? (?:with|that had|that saw"
    r"|to have"
    rf"|having|which had) (?:an? |even )?{MORE_OR_LESS}(?P<what>(?: [\w-]+){{0,3}}?) (?:was|is|being"
    rf"|came on) "
    r"(?:on |the |last )?$"
)


_BEATEN = pattern(
    r"\b(?:second only to|(?:beaten|topped|exceeded|surpassed|eclipsed|outdone|bettered) only (?:by|on)"
    r"|(?:only )?behind only|only behind|trailing only|surpassed by only|bar only) (?:that of |the |on )?$"
)


_HOLDS = pattern(
    r"^ (?:still |easily |already )?(?:holds?|held|keeps?|kept|remains?|has) (?:on to )?the (?:day's "
    r"|week's |month's "
    r")?(?:record|high|top spot|lead|high mark|peak|best|most)\b(?P<what>(?: [\w-]+){0,3})"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each claim that some other day had more or less than this one."""
    for moment in scene.moments:
        if moment.is_day and moment.days and not scene.overlaps(moment.start, moment.end):
            yield from _had(scene, moment)
            yield from _holds(scene, moment)
            yield from _more_on(scene, moment)
            yield from _only_rival(scene, moment)


_OWN_WAS = pattern(
    r"^'s (?P<own>[\w -]{3,25}?) (?:was|were|is|had been|stood|ran|came out) (?:even |far |much "
    r"|slightly |still |a bit )*"
    rf"{MORE_OR_LESS}(?P<what>)(?= ?(?:$|[.,;:)!]| than (?:this|today|sunday|it)\b))"
)


def _had(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """ "Thursday had fewer tasks", "only Thursday had more"."""
    rest = scene.text[moment.end - 2 if scene.text[: moment.end].endswith("'s") else moment.end :]
    match = _HAD.match(rest) or _OWN_WAS.match(rest)
    if not match or (moment.start > 0 and re.search(r"\b(?:on|since) $", scene.text[: moment.start])):
        return
    before = scene.text[: moment.start]
    only = _ONLY.search(before)
    measures = first_measure(match[0]) or last_measure(before) or ()
    place = only.start() if only else moment.start, moment.end + match.end()
    yield _rivalled(scene, moment, measures, place, (is_upward(match["word"]), bool(only)))


_MORE_ON = pattern(
    rf"\b(?:ran|was|were|stood|came in|ended up) (?:even |much |far |slightly "
    rf"|a bit )?{MORE_OR_LESS} (?P<only>only )?on $"
)


def _more_on(scene: Scene, moment: Moment) -> Iterator[Finding]:
    """ "The agent ran longer on Saturday"."""
    match = _MORE_ON.search(scene.text[: moment.start])
    measures = last_measure(scene.text[: match.end()]) if match else ()
    if match and measures:
        said = is_upward(match["word"]), bool(match["only"])
        yield _rivalled(scene, moment, measures, (match.start(), moment.end), said)


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
    right = [stood_so(scene, moment.days[0], m, upward=upward) for m in measures or _ANY_MEASURE]
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
        if day.date not in (moment.first, scene.figures.date) and stood_so(scene, day, measure, upward=upward)
    ]


def stood_so(scene: Scene, day: DayFigures, measure: Measure, *, upward: bool) -> bool:
    """Whether another day had more of a measure than this one, or less."""
    here, there = scene.figures.day.value(measure), day.value(measure)
    if here is None or there is None:
        return False
    here, there = shown_value(measure, here), shown_value(measure, there)
    return there > here if upward else there < here
