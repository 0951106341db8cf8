"""Averages and ratios: "33 hours per task", "for every minute of mine the agent ran 4.4", "a median of 8"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from records import formats
from records.facts.clarity import is_clear
from records.facts.figures import M, Measure
from records.facts.findings import Finding, Verdict
from records.facts.measuring import AGENT, SUPERVISION, TIME, measures_of
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import NAMED, Scene
from records.facts.subjects import median_option
from records.facts.units import NOTHING_COUNTED, Quantity, Unit

_A_TASK = pattern(
    r"\b(?:per|(?:for|to|in|into|on) (?:an?|each|every)) (?:average )?(?:task|job)\b"
    r"|\b(?:an?|each) task,? on average\b|\bon average,? (?:an?|each|every) task\b"
    r"|\b(?:the )?(?:average|mean) (?:task|job)\b|\btasks? averaged\b"
)


_AVERAGED = pattern(r"\b(?:per|average[ds]?|mean|averaging|works out|comes out|makes)\b")


_BASE = pattern(
    r"\b(?:per|(?:for )?(?:each|every|one|an?)(?: single)?) (?P<base>minute|hour)"
    r" (?P<of>(?:of|that|i|the|spent|in)\b[^.,;:]{0,40})"
)


_NEAR = 60


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each figure a task, each one a minute of somebody's time and each bare median."""
    for quantity in list(scene.free()):
        finding = _per_task(scene, quantity) or _ratio(scene, quantity) or _bare_median(scene, quantity)
        if finding:
            scene.take([quantity])
            yield finding


def _per_task(scene: Scene, quantity: Quantity) -> Finding | None:
    """Hours, minutes and tokens a task, on average over the day."""
    if quantity.unit not in (*TIME, Unit.TOKENS) or quantity.high or not _says_a_task(scene, quantity):
        return None
    tasks = Decimal(len(scene.figures.tasks) or 1)
    measures = measures_of(scene, quantity)
    values = [(v / tasks, m) for m in measures if (v := scene.figures.day.value(m)) is not None]
    words = [(v * 60 if m is M.HOURS else v, f"{formats.one_decimal(v)} {m.value} a task") for v, m in values]
    scale = Decimal(60) if quantity.unit is Unit.HOURS else Decimal(1)
    return _verdict(scene, quantity, words, scale)


def _says_a_task(scene: Scene, quantity: Quantity) -> bool:
    """Whether the figure itself, and not just its sentence, is one a task."""
    start, end = scene.clause(quantity.start)
    for match in _A_TASK.finditer(scene.text):
        low, high = sorted([(match.start(), match.end()), (quantity.start, quantity.end)])
        between = scene.text[low[1] : high[0]]
        inside = start <= match.start() < max(end, quantity.end + 1) or not between.strip(" ,:—-")
        alone = not any(low[1] <= q.start < high[0] for q in scene.quantities if q.unit not in TIME)
        averaged = _AVERAGED.search(scene.text[max(0, low[0] - 40) : high[1]])
        if inside and alone and averaged and len(between) < _NEAR:
            return True
    return False


def _verdict(
    scene: Scene, quantity: Quantity, values: list[tuple[Decimal, str]], scale: Decimal = Decimal(1)
) -> Finding | None:
    place = quantity.start, quantity.end
    fits = [fit(quantity, value, scale) for value, _ in values]
    if Fit.YES in fits:
        return scene.finding(*place, Verdict.CONFIRMED, values[fits.index(Fit.YES)][1])
    named = any(s.kind in NAMED for s in scene.subjects)
    if not values or named or Fit.CLOSE in fits or not is_clear(scene, quantity, averaged=True):
        return scene.finding(*place, Verdict.UNJUDGED)
    return scene.finding(*place, Verdict.REFUTED, values[0][1])


def _ratio(scene: Scene, quantity: Quantity) -> Finding | None:
    """One measure a minute of another: "4.4 minutes of running for one minute of direction"."""
    base = _base_of(scene, quantity)
    if base is None:
        return None
    measure, per = base
    below = scene.figures.day.value(measure)
    above = _above(scene, quantity, measure)
    known = [(value, m) for m in above if (value := scene.figures.day.value(m)) is not None]
    if not below or not known:
        return None
    values = [
        (value / below * per, f"{formats.one_decimal(value / below * per)} {m.value}") for value, m in known
    ]
    return _verdict(scene, quantity, values)


def _base_of(scene: Scene, quantity: Quantity) -> tuple[Measure, int] | None:
    """Of whose time it is one minute (or sixty) that the figure is set against."""
    for match in _BASE.finditer(scene.text):
        if match.start() <= quantity.start < match.start("of"):
            return None
        low, high = sorted([(match.start(), match.end("base")), (quantity.start, quantity.end)])
        if high[0] - low[1] > _NEAR or any(low[1] <= q.start < high[0] for q in scene.quantities):
            continue
        of = match["of"].split(" the agent")[0]
        if SUPERVISION.search(of) or re.match(r"(?:that )?i\b", of, re.IGNORECASE):
            return M.SUPERVISORY_MINUTES, 60 if match["base"].lower() == "hour" else 1
        if AGENT.search(of):
            return M.MINUTES, 60 if match["base"].lower() == "hour" else 1
    return None


def _above(scene: Scene, quantity: Quantity, below: Measure) -> list[Measure]:
    if quantity.unit is Unit.HOURS:
        return [M.HOURS]
    if quantity.unit is Unit.TOKENS:
        return [M.TOKENS]
    bare = quantity.unit is Unit.OTHER and NOTHING_COUNTED.match(scene.text[quantity.end :])
    if below is M.SUPERVISORY_MINUTES and (bare or quantity.unit is Unit.MINUTES):
        return [M.MINUTES, M.HOURS] if bare else [M.MINUTES]
    return []


_MEDIAN_IS = pattern(
    r"\bmedian(?: (?:task|factor|leverage|estimate|value))?"
    r"(?: (?:of|is|was|being|stood at|stands at|sits at|at|came to)| ?:)? ?(?:only |just )?$"
)


def _bare_median(scene: Scene, quantity: Quantity) -> Finding | None:
    """A median without a unit: right where any measure has it."""
    text = scene.text
    if (
        quantity.unit is not Unit.OTHER
        or quantity.qualifier == "one"
        or not NOTHING_COUNTED.match(text[quantity.end :])
    ):
        return None
    if not _MEDIAN_IS.search(text[: quantity.start]) or not re.search(r"\btasks?\b", text, re.IGNORECASE):
        return None
    option = median_option(scene.figures)
    known = [(v, m) for m in Measure if m is not M.TASKS and (v := option.value(m)) is not None]
    values = [(v, f"a median of {formats.one_decimal(v)} {m.value}") for v, m in known]
    return _verdict(scene, quantity, values)


_SPLIT = re.compile(r"[.,](?!\d)|[;:()—]")


def ratio_between(scene: Scene, left: str, right: Measure) -> Decimal | None:
    """What share of one measure another is: "supervision was a quarter of the agent's time"."""
    left = _SPLIT.split(left)[-1]
    if not re.search(
        r"\b(?:was|is|came to|comes to|made up|amounted to|stood at|equals|equalled|took|ate|cost"
        r"|consumed|used) $",
        left,
    ):
        return None
    for words, measure in ((SUPERVISION, M.SUPERVISORY_MINUTES), (AGENT, M.MINUTES)):
        top, bottom = scene.figures.day.value(measure), scene.figures.day.value(right)
        if words.search(left) and measure is not right and top is not None and bottom:
            return top / bottom * 100
    return None
