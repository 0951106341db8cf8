"""What the data have for a figure: values in words, with the live figures that state them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise, product

from records import formats
from records.facts.figures import M, Measure
from records.facts.measuring import EACH, HUMAN, SUPERVISION, also_of, measures_of
from records.facts.moments import Moment
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject, sum_label
from records.facts.units import Bound, Quantity, Unit


@dataclass(frozen=True)
class Truth:
    """A value the data have, in words, and the live figure that states it."""

    value: Decimal
    words: str
    live: str = ""


def fits_truth(quantity: Quantity, truth: Truth) -> Fit:
    """How a figure fits a truth, both in the unit of the truth."""
    return fit(quantity, truth.value, Decimal(60) if quantity.unit is Unit.HOURS else Decimal(1))


def of_subjects(
    scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject]
) -> Iterator[Truth]:
    """What the data have for these subjects, alone and two by two."""
    moment = of_moment(scene, quantity)
    if moment:
        yield from moment
        return
    groups = [s for s in subjects if s.kind not in ("day", "whole", "counted")] or subjects
    for subject in [*groups, *(s for s in subjects if s not in groups)]:
        for option, measure in product(subject.options, measures):
            yield from truths_of(scene, quantity, option, measure)
    for one, other in pairwise(s for s in groups if s.kind != "selector"):
        yield from _sums(scene, quantity, measures, one, other)
    if _TOGETHER.search(scene.text):
        for subject in groups:
            yield from _together(scene, quantity, measures, subject)


_TOGETHER = pattern(
    r"\b(?:together|combined|between them|in total|added up|jointly|the (?:two|three|four"
    r"|five))\b"
)
_SO_MANY = pattern(r"\b(?P<n>two|both|three|four|five) (?:[\w-]+ )?$")
_NUMBER_OF = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_MOST_NAMED = 6


def _together(scene: Scene, quantity: Quantity, measures: list[Measure], subject: Subject) -> Iterator[Truth]:
    """Some of those a name may mean, added up: "the three planning documents took 50 minutes together"."""
    named = [o.tasks[0] for o in subject.options if len(o.tasks) == 1]
    if subject.kind != "task" or len(named) > _MOST_NAMED:
        return
    said = _SO_MANY.search(scene.text[: subject.start])
    counts = [_NUMBER_OF[said["n"].lower()]] if said else range(2, len(named) + 1)
    for count in counts:
        for some in combinations(named, count):
            for measure in measures:
                yield from truths_of(scene, quantity, Option(some, sum_label(some)), measure)


def _sums(
    scene: Scene, quantity: Quantity, measures: list[Measure], one: Subject, other: Subject
) -> Iterator[Truth]:
    for left, right in product(one.options[:6], other.options[:6]):
        if left.tasks and right.tasks and not set(left.tasks) & set(right.tasks):
            both = (*left.tasks, *right.tasks)
            for measure in measures:
                yield from truths_of(scene, quantity, Option(both, sum_label(both)), measure)


def truths_of(scene: Scene, quantity: Quantity, option: Option, measure: Measure) -> Iterator[Truth]:
    """One measure of some tasks as a truth, where it is known."""
    value = option.value(measure)
    if value is not None:
        yield stated(scene, quantity, value, option, measure)


def stated(scene: Scene, quantity: Quantity, value: Decimal, option: Option, measure: Measure) -> Truth:
    """A value as a truth: in the quantity's own unit (hours as minutes), in words, with its live figure."""
    if quantity.unit is Unit.FACTOR:
        one = len(option.tasks) == 1
        words = formats.task_factor(value) if one else formats.average_factor(value)
        return Truth(value, f"{words}× {option.label}", live_name(option, measure))
    if quantity.unit is Unit.TOKENS:
        return Truth(value, f"{value:,} tokens {option.label}", live_name(option, measure))
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        per = scene.figures.hours_per_week if quantity.unit is Unit.WEEKS else scene.figures.hours_per_day
        live = "weeks" if option.live == "day" and quantity.unit is Unit.WEEKS else ""
        return Truth(
            value / per, f"{formats.one_decimal(value / per)} {quantity.unit.value} {option.label}", live
        )
    if measure is M.HOURS:
        return Truth(value * 60, f"{formats.quantity(value)} h {option.label}", live_name(option, measure))
    kind = "supervisory " if measure is M.SUPERVISORY_MINUTES else ""
    return Truth(value, f"{formats.quantity(value)} {kind}min {option.label}", live_name(option, measure))


_LIVE = {
    M.HOURS: "hours", M.FACTOR: "factor", M.SUPERVISORY_FACTOR: "supervisory_factor", M.MINUTES: "minutes",
    M.SUPERVISORY_MINUTES: "supervisory_minutes", M.TASKS: "tasks", M.TOKENS: "tokens",
}  # fmt: skip


def live_name(option: Option, measure: Measure) -> str:
    """The live figure that states a measure of an option; empty where there is none."""
    if not option.live:
        return ""
    return _LIVE[measure] if option.live == "day" else f"{option.live}.{_LIVE[measure]}"


PER_TASK = pattern(
    r"\b(?:per|each|apiece) (?:task|minute|hour|job)\b|\b(?:each|apiece|on average an?|a task"
    r"|one minute|one (?:human )?hour|every (?:single )?(?:minute|hour)|an hour of)\b"
)


def _ratios(scene: Scene, quantity: Quantity) -> Iterator[Truth]:
    """Hours or minutes a task, hours a minute, minutes of running a minute of direction."""
    day = scene.figures.day
    sums = {measure: day.value(measure) for measure in (M.HOURS, M.MINUTES, M.SUPERVISORY_MINUTES, M.TASKS)}
    for top, bottom in product(sums, sums):
        above, below = sums[top], sums[bottom]
        if top is not bottom and above and below:
            scale = 60 if top is M.HOURS and quantity.unit is not Unit.FACTOR else 1
            words = f"{formats.one_decimal(above / below)} {top.value} for each of the {bottom.value}"
            yield Truth(above / below * scale, words)


_YESTERDAY_GAP = pattern(
    r"^(?:'s|s')? ?(?:\(?(?:now|stands|so far|running|was|had|were|at|saw|ran|reached|stood at"
    r"|came in at|of|produced|logged|closed|managed|hit|posted|weighted|average|a|leverage"
    r"|factor|mark|figure|total|with|only|just|day|the|is|seen|been|has|ended|ends|finished|at|on"
    r"|comes to|came to|adds? up to|stands at|made|makes|brought|took|total|so far|:|record)? ?){0,5}$"
)


_YESTERDAY_AFTER = pattern(
    r"^ ?(?:\(|on|of|the|in|from|over|for|that|recorded|logged|seen|set|average|over the"
    r"|across the|,|'s|task[s]?|mean| )* ?$"
)


_OF_STRETCH = pattern(
    r"^'s|\b(?:average|mean|total|over|in|for|across|closed|end(?:s|ed)|finished|com(?:es|e) to|came to"
    r"|adds? up|stands|brought|logged|produced|made|took|saw|had)\b"
)


def _without_figures(scene: Scene, start: int, end: int) -> str:
    """The words between two places but for other figures: "Saturday's 26 tasks and 611 hours"."""
    text = scene.text[start:end]
    for other in scene.quantities:
        if start <= other.start and other.end <= end:
            text = text.replace(scene.text[other.start : other.end], "")
    return re.sub(r"^((?:'s)?\s*)(?:,|and|\(|\s)+", r"\1", text)


_GAP_TO = pattern(
    r"\b(?:gap|difference|distance|margin|lead|jump|step|rise|increase) (?:to|over|from|on"
    r"|against) (?:the )?$"
)


def _gap(scene: Scene, quantity: Quantity, moment: Moment, measure: Measure) -> list[Truth]:
    """How far this day is from another."""
    here, there = scene.figures.day.value(measure), moment.total(measure)
    if here is None or there is None:
        return []
    return [
        stated(
            scene, quantity, abs(here - there), Option((), f"between this day and {moment.label}"), measure
        )
    ]


def of_moment(scene: Scene, quantity: Quantity) -> list[Truth]:
    """What another day has, where the quantity is said of that day: "98.3x the day before"."""
    found: list[Truth] = []
    if quantity.unit in (Unit.WEEKS, Unit.DAYS) and not HUMAN.search(quantity.qualifier):
        return []  # "of the week's seven days"
    for moment in scene.moments:
        if scene.overlaps(moment.start, moment.end):
            continue
        gap = _without_figures(scene, moment.end, quantity.start) if moment.end <= quantity.start else None
        lead = scene.text[quantity.end : moment.start] if moment.start >= quantity.end else None
        near = (gap is not None and _YESTERDAY_GAP.match(gap)) or (
            lead is not None and _YESTERDAY_AFTER.match(lead)
        )
        if (
            not near
            or not moment.days
            or not (moment.is_day or _OF_STRETCH.search(f"{gap or ''}{lead or ''}"))
        ):
            continue
        for measure in measures_of(scene, quantity):
            if moment.is_day and _GAP_TO.search(scene.text[: moment.start]):
                found += _gap(scene, quantity, moment, measure)
                continue
            for value in {moment.total(measure), moment.mean(measure)} - {None}:
                label = f"on {moment.label}" if moment.is_day else moment.label
                live = "previous" if moment.is_adjacent else ""
                option = Option((), label, live)
                found.append(stated(scene, quantity, value or Decimal(0), option, measure))
    return found


def of_named_days(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    """What the days have that the sentence names, wherever it does."""
    for moment in scene.moments:
        for measure in also_of(quantity, measures):
            yield from _gap(scene, quantity, moment, measure)
            for value in {moment.total(measure), moment.mean(measure)} - {None}:
                yield stated(scene, quantity, value or Decimal(0), Option((), f"on {moment.label}"), measure)


def of_others(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    """Values of others in the sentence, and of those the paragraph spoke of before."""
    options = [option for s in scene.subjects if s.kind != "day" for option in s.options]
    if scene.is_anaphoric or not options:
        options += [*scene.memory.options, *scene.memory.groups]
        options += _remainders(scene, options)
    for option, measure in product(options[:60], also_of(quantity, measures)):
        yield from truths_of(scene, quantity, option, measure)
    if scene.says(PER_TASK) and not EACH.match(scene.after(quantity)):
        yield from _ratios(scene, quantity)
    if scene.is_anaphoric:
        together = tuple(dict.fromkeys(t for option in scene.memory.options[:12] for t in option.tasks))
        for measure in also_of(quantity, measures):
            yield from truths_of(scene, quantity, Option(together, sum_label(together)), measure)


def _remainders(scene: Scene, options: list[Option]) -> list[Option]:
    """The day without each group: "the other 27 reach 48.1x"."""
    rests = []
    for option in options[:30]:
        if option.tasks:
            rest = tuple(task for task in scene.figures.tasks if task not in option.tasks)
            rests.append(Option(rest, f"in the other {len(rest)} tasks"))
    return rests


def of_anybody(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    """Every value of the record near the figure, whosever it is."""
    if quantity.bound not in (Bound.EXACT, Bound.ABOUT):
        return
    for measure in also_of(quantity, measures):
        if measure is M.SUPERVISORY_FACTOR and not scene.says(SUPERVISION):
            continue
        if measure is M.HOURS and quantity.unit is Unit.MINUTES and measure not in measures:
            continue
        low, high = _window(scene, quantity, measure)
        for value, option in scene.book.values(measure, low, high, with_days=quantity.unit is Unit.FACTOR):
            yield stated(scene, quantity, value, option, measure)


def _window(scene: Scene, quantity: Quantity, measure: Measure) -> tuple[Decimal, Decimal]:
    """Between which values of a measure those lie that the quantity may possibly say."""
    scale = _in_units_of(scene, quantity.unit, measure)
    off = max(quantity.value * _FAR, quantity.place, Decimal(1)) * scale
    return quantity.value * scale - off, quantity.value * scale + off


_FAR = Decimal("0.15")


def _in_units_of(scene: Scene, unit: Unit, measure: Measure) -> Decimal:
    """What one of the unit is in units of the measure."""
    hours = {
        Unit.WEEKS: scene.figures.hours_per_week,
        Unit.DAYS: scene.figures.hours_per_day,
        Unit.HOURS: Decimal(1),
    }
    if measure is M.HOURS:
        return hours.get(unit, Decimal(1) / 60)
    return Decimal(60) if unit is Unit.HOURS else Decimal(1)
