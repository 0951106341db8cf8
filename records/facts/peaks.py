"""Superlatives of which the sentence says that another day has them: "the busiest day was Thursday"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from records.facts.dates import written
from records.facts.figures import DayFigures, Measure
from records.facts.findings import Finding, Verdict
from records.facts.moments import Moment
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.series import Field, say, shown_value

_WAS = pattern(
    r"^[^.,;:()]{0,45}?(?:, by [\w ]{3,20},)?[^.,;:()]{0,25}?\b(?:was|is|remains|remained|stays|came on"
    r"|came from|fell on|belong(?:s|ed) to|goes to"
    r"|went to|were|set (?:on|by)|was had on|seen on)(?: still| only)?(?: on| that of| in)?(?: the"
    r"| last)? ?$"
)


_HAD_THE = pattern(
    r"^(?:'s(?: [\w,.]+){1,6}?)?,? (?:was|were|are|remain|is|remains|remained|had|has|saw|brought"
    r"|produced|set"
    r"|holds|held|posted|logged|took|as)"
    r"(?: by far| still| easily| clearly| also)*(?: the| a| an| our| my)? ?$"
)


_BEFORE_TODAY = pattern(
    r"\b(?:before (?:today|this|that|sunday|now)|until (?:now|today|this)|previous|up to then)\b"
)


@dataclass(frozen=True)
class Place:
    """A rank from one end: second from above."""

    rank: int
    highest: bool


def other_day(scene: Scene, start: int, end: int) -> Moment | None:
    """The day other than the record's own that a superlative is said of."""
    for moment in scene.moments:
        if not moment.is_day or not moment.days:
            continue
        if moment.start >= end and _WAS.match(scene.text[end : moment.start]):
            return moment
        own = 2 if scene.text[: moment.end].endswith("'s") else 0
        if moment.end <= start and _HAD_THE.match(scene.text[moment.end - own : start]):
            return moment
    return None


def of_other_day(
    scene: Scene, moment: Moment, place: tuple[int, int], said: tuple[Field, Sequence[Measure], Place]
) -> Finding:
    """Whether that day stands where the sentence puts it, this record's own day being one of the others."""
    field, measures, rank = said
    days = [day for day in field.days if day.date != moment.first]
    if not _BEFORE_TODAY.search(scene.text):
        days.append(scene.figures.day)
    start, end = place[0], max(place[1], moment.end)
    right = [_holds(moment.days[0], days, measure, rank) for measure in measures]
    if not right or not field.is_known or scene.is_supposed(start, end):
        return scene.finding(start, end, Verdict.UNJUDGED)
    verdict = Verdict.CONFIRMED if right[0] else Verdict.UNJUDGED if any(right) else Verdict.REFUTED
    return scene.finding(start, end, verdict, _truth(days, measures[0], rank))


def _holds(day: DayFigures, others: list[DayFigures], measure: Measure, place: Place) -> bool:
    own = day.value(measure)
    if own is None:
        return False
    shown = shown_value(measure, own)
    values = [shown_value(measure, v) for other in others if (v := other.value(measure)) is not None]
    better = sum(value > shown if place.highest else value < shown for value in values)
    return better < place.rank <= better + 1 + sum(value == shown for value in values)


def _truth(days: list[DayFigures], measure: Measure, place: Place) -> str:
    known: list[tuple[Decimal, DayFigures]] = [(v, d) for d in days if (v := d.value(measure)) is not None]
    if not known:
        return ""
    value, day = (max if place.highest else min)(known, key=lambda pair: pair[0])
    return f"{say(measure, value)} on {written(day.date)}"
