"""How many days had more or less, and days added up: "no day has had more", "more than the rest together"."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from records.facts.dates import days_before, month_of, week_of
from records.facts.figures import DayFigures
from records.facts.findings import Finding, Verdict
from records.facts.moments import Moment, total_of
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.facts.rivals import MORE_OR_LESS, stood_so
from records.facts.scene import Scene
from records.facts.series import Field, field_of, first_measure, last_measure, say
from records.facts.steps import is_upward
from records.facts.superlatives import Rank, placed

_NO_DAY = pattern(
    r"\b(?:no|not one|not a single|never has an?|never had an?) (?:other |single |previous |earlier "
    r"|published )*(?:day|record|date|sunday)(?P<where>(?: (?:this|of the|in) \w+)?) (?:has |had |ever "
    r"|yet "
    r"|before )*(?:had|seen|brought|logged|produced|run|been|taken|needed|posted|shown|delivered|come with"
    rf"|has|came|had|saw) (?:an? |for )*{MORE_OR_LESS}\b"
)


_ANY_OTHER = pattern(
    rf"\b{MORE_OR_LESS}(?P<what>(?: [\w-]+){{0,4}}?) than (?:on |in |for |that of )?(?:any|every|all|each)"
    r"(?: one)?(?: of the)?(?: other| previous| earlier| single| prior| preceding)*"
    r"(?:(?<=other)|(?<=previous)|(?<=earlier)|(?<=prior)|(?<=preceding)|(?= \w+ (?:since|this|in|of"
    r"|so far|before|yet|ever)\b))"
    r" (?:day|record|sunday)s?\b"
)


_NEVER_HAS = pattern(
    rf"\bnever (?:before )?(?:has|have|had|did) (?P<what>(?:[\w'-]+ ){{1,5}}?)(?:for |so "
    rf"|an? )*{MORE_OR_LESS}\b"
)


_TIMES_HAD = pattern(
    r"\b(?P<n>once|twice|(?:two|three|four|five|six|\d) times)(?: (?:before|so far|(?:this|in the"
    r"|in) \w+))?,? "
    rf"(?:was|were|has|have|had|did|is) (?P<what>(?:[\w'-]+ ){{1,5}}?)(?:been |run |stood )?(?:an? "
    rf"|for )?{MORE_OR_LESS}\b"
)


_EVERY_OTHER = pattern(
    r"\b(?:every|each|all) (?:single )?other days?(?: (?:of the|of this|this|in the|in) \w+)? (?:had|has"
    r"|saw|brought|took"
    rf"|needed|ran|was|were|logged|came (?:in|out)) (?:an? |for )?{MORE_OR_LESS}\b"
)


_NOT_SINCE = pattern(
    r"\bnot since (?P<since>[\w ]{3,30}?) (?:have|has|had|did|was|were)\b[^.,;:]{0,40}? (?:so|as|this"
    r"|that) "
    r"(?:(?P<high>many|much|high|busy|long|large|big|good|productive)|(?P<low>few|little|low|short|quiet"
    r"|small))\b"
)


_DAYS_HAD = pattern(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:other |earlier |previous )?"
    r"(?:days?|records?)(?: (?:this|in the|of the|of this|in|so) \w+)? (?:have |has )?(?:ever "
    r"|yet )?(?:had|seen|saw|brought"
    rf"|logged|took|were|was|ran|produced|needed|came (?:in|out)) (?:an? |even |with )*{MORE_OR_LESS}\b"
)


_REST = pattern(
    rf"\b{MORE_OR_LESS}(?P<what>(?: [\w-]+){{0,4}}?) than (?:on |in "
    rf"|for )?(?:the rest of the (?P<whole>week"
    rf"|month)"
    r"|all (?:the )?(?:other|previous) days(?: of the (?P<whole2>week|month))?"
    r"|the (?:other |previous |preceding |last |past )?(?P<n>two|three|four|five|six|seven|\d) (?:days"
    r"|records))"
    r"(?: (?:combined|together|put together|taken together|added up))?\b"
)


def _unsurpassed(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "No day has had more tasks", "more tasks than on any other day"."""
    start = match.start("what") if match.re is _NEVER_HAS else match.start("word")
    what = scene.text[start : match.end() if match.re is _ANY_OTHER else match.end() + 40]
    measures = first_measure(re.split(r"[.,;:]", what)[0]) or last_measure(scene.text[: match.start()])
    if measures:
        field = field_of(scene, *match.span("word")) or Field(
            scene.figures.earlier, "so far", bool(scene.figures.earlier)
        )
        highest = is_upward(match["word"]) is not (match.re is _EVERY_OTHER)
        yield placed(scene, match.span(), field, measures, Rank(1, highest, ""))


def _than_all(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "More hours than the rest of the week combined"."""
    yield from _beside_all(scene, match, _days_of_rest(scene, match), match.span())


def _beside_all(
    scene: Scene, match: re.Match[str], days: list[DayFigures], place: tuple[int, int]
) -> Iterator[Finding]:
    """This day beside others added up."""
    measures = first_measure(match["what"]) or last_measure(scene.text[: match.start()])
    if scene.overlaps(*place) or not measures or not days:
        return
    scene.take(q for q in scene.quantities if place[0] <= q.start < place[1])
    here, there = scene.figures.day.value(measures[0]), total_of(days, measures[0])
    if here is None or there is None or scene.is_supposed(*place):
        yield scene.finding(*place, Verdict.UNJUDGED)
        return
    right = here > there if is_upward(match["word"]) else here < there
    truth = f"{say(measures[0], here)} on this day, {say(measures[0], there)} on those days"
    yield scene.finding(*place, Verdict.CONFIRMED if right else Verdict.REFUTED, truth)


def _not_since(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "Not since February 24 have I logged so many tasks"."""
    measures = first_measure(scene.text[match.end("since") : match.end() + 30])
    field = field_of(scene, match.end(), match.end())
    if measures and field and field.label.lower().startswith("since") and not scene.overlaps(*match.span()):
        yield placed(scene, match.span(), field, measures, Rank(1, bool(match["high"]), ""))


_ADVERBS = {"once": Decimal(1), "twice": Decimal(2)}


def _so_many(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    """ "Two days this month had more hours"."""
    after = re.split(r"[.,;:]", scene.text[match.end() : match.end() + 40])[0]
    own = match["what"] if match.re is _TIMES_HAD else ""
    measures = first_measure(own) or first_measure(after) or last_measure(scene.text[: match.start()])
    field = field_of(scene, *match.span("n")) or Field(
        scene.figures.earlier, "so far", bool(scene.figures.earlier)
    )
    number = _ADVERBS.get(match["n"].lower()) or next((n.value for n in numbers_in(match["n"])), None)
    if scene.overlaps(*match.span()) or not measures or not number:
        return
    scene.take(q for q in scene.quantities if match.start() <= q.number_start < match.end())
    upward = is_upward(match["word"])
    days = [day for day in field.days if stood_so(scene, day, measures[0], upward=upward)]
    right = len(days) == number
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


_COMBINED = pattern(r"^(?:'s)? ?(?:combined|put together|together|taken together|added up)\b")
_MORE_THAN = pattern(rf"\b{MORE_OR_LESS}(?P<what>(?: [\w-]+){{0,4}}?) than (?:on |in )?$")


def _than_both(scene: Scene) -> Iterator[Finding]:
    """ "More minutes than Thursday and Saturday combined"."""
    row: list[Moment] = []
    for moment in scene.moments:
        joined = row and re.fullmatch(r",?\s*(?:and)?\s*", scene.text[row[-1].end : moment.start])
        row = [*row, moment] if joined else [moment]
        match = _MORE_THAN.search(scene.text[: row[0].start])
        if len(row) < 2 or not match or not _COMBINED.match(scene.text[moment.end :]):
            continue
        days = [day for each in row for day in each.days]
        yield from _beside_all(scene, match, days, (match.start(), moment.end))


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each claim that so many days, or none, had more or less than this one."""
    yield from _than_both(scene)
    for words, judge in _JUDGES:
        for match in words.finditer(scene.text):
            if not scene.overlaps(*match.span()):
                yield from judge(scene, match)


_JUDGES: tuple[tuple[re.Pattern[str], Callable[[Scene, re.Match[str]], Iterator[Finding]]], ...] = (
    (_NO_DAY, _unsurpassed),
    (_ANY_OTHER, _unsurpassed),
    (_NEVER_HAS, _unsurpassed),
    (_EVERY_OTHER, _unsurpassed),
    (_REST, _than_all),
    (_NOT_SINCE, _not_since),
    (_DAYS_HAD, _so_many),
    (_TIMES_HAD, _so_many),
)
