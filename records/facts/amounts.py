"""Factors, hours, minutes, weeks and tokens: whose they are, and whether they are right."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from records import formats
from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.pool import pool
from records.facts.quantities import Bound, Quantity, Unit
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject, sum_label, wholes_in

M = Measure
TIME = (Unit.HOURS, Unit.MINUTES, Unit.DAYS, Unit.WEEKS)
JUDGED = (Unit.FACTOR, *TIME, Unit.TOKENS)
SUPERVISION = pattern(
    r"\b(?:supervis\w*|direct(?:ing|ion|ed)|review(?:ing|ed)? (?:it|time|them)|reviewing|oversight|overseeing|attention|steering|hand-holding|my (?:own )?(?:time|attention)|human (?:direction|time spent|minutes|attention|input))\b"
)
AGENT = pattern(
    r"\b(?:claude|agents?|ai|the model|machine|wall[- ]clock|compute|run(?:time|ning)|ran|of work|agent's|clock)\b"
)
HUMAN = pattern(
    r"\b(?:human|engineers?|engineering|developers?|estimate[ds]?|equivalent|working|person|man|worth|team|by hand|effort|output|senior|manual(?:ly)?)\b"
)
HUMAN_WORK = pattern(r"\b(?:human|engineer(?:s|ing)?|developer|equivalent|working|person|man|estimated|effort|output)\b")
_VERBS = pattern(
    r"\b(?:t(?:ook|akes?|aken)|required?|needed|needs?|ran|runs?|spent|account(?:s|ed)? for|worth|came (?:to|in)|come to|cost|finished|clocked|totall?ed|total|held?|holds|carr(?:y|ied|ies)"
    r"|at|in|for|done|built|shipped|completed|wrapped|logged|produced|delivered|equivalent|of work|was|were|is|under|over|within|consumed|used|burned|estimated|put|saved|contributed|compressed|generated|amounted|added|represents?)\b"
)
_WORK_THINGS = pattern(
    r"^[ -]?(?:time-?outs?|ttl|cach\w+|intervals?|windows?|retention|crons?|poll\w*|expir\w+|sessions?|lifetimes?|sla|cool-?downs?|delays?|back-?offs?|schedul\w+|downtime|videos?|meetings?|calls?|tokens?|rotation"
    r"|limits?|clocks?|grace|trials?|history|old|ago|later|earlier|forecasts?|reminders?|logs?|buckets?|polling|heartbeats?|refresh\w*|outage|latency|demo|tutorial|episode|course|lecture|movie|notice|period|lookback|horizon|sprint|backup)\b"
)
_EVERY = pattern(r"\b(?:every|each|after|once|last|past|next|previous|expires? (?:in|after)|ttl of|timeout of|for the last|per|retains?|retention of|cached for|valid for|polls?|refresh\w*|older than|age of|window of|interval of|delay of|rotat\w+) (?:about )?$")
_TIMES_WHAT = pattern(
    r"^ ?(?:faster|slower|smaller|larger|bigger|more|fewer|less|cheaper|the|as|speed-?ups?|improvements?|zoom|retina|scale|load|traffic|throughput|redundan\w*|growth|increase|reduction|engineers?|developers?|assets?|images?|display|quicker|longer|shorter|size|in (?:size|speed|performance|load)|better|over (?:the )?(?:old|previous version|baseline))\b"
)
_LEVERAGE = pattern(r"\b(?:leverage[ds]?|factors?|average[ds]?|averaging|weighted|median|mean|tasks?|multipl\w+|×)\b")
_PER = pattern(r"^ ?(?:\w+ ){0,3}?(?:per|for (?:each|every)|an?|each|apiece) ?(?P<of>tasks?|minutes?|hours?|jobs?)?\b")
_LINK = pattern(r"^ ?(?:\((?:[^)]*)\) ?)?(?:[\w'-]+ ){0,4}?(?:for|in|on|of|from|by|to|at|across|went to|belongs? to|goes to|came from)? ?(?:the |a |an |its |our |my |just |those |these |that )?(?:[\w'-]+ ){0,2}$")


@dataclass(frozen=True)
class Truth:
    """A value the data have, in words, and the live figure that states it."""

    value: Decimal
    words: str
    live: str = ""


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each factor, time and token count that is still free."""
    for quantity in list(scene.free()):
        if quantity.unit in JUDGED:
            yield _judge(scene, quantity)


def _judge(scene: Scene, quantity: Quantity) -> Finding:
    if quantity.high is not None:
        return _range(scene, quantity)
    measures = _measures(scene, quantity)
    subjects = governing(scene, quantity)
    strong = list(_truths(scene, quantity, measures, subjects))
    if found := _fitting(quantity, strong):
        _remember(scene, subjects)
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    if found := _fitting(quantity, _weak(scene, quantity, measures)):
        if not (strong and _is_tight(scene, quantity, subjects) and _is_clear(scene, quantity)):
            return _finding(scene, quantity, Verdict.CONFIRMED, found)
    return _unmatched(scene, quantity, measures, subjects, strong)


def _range(scene: Scene, quantity: Quantity) -> Finding:
    """Two ends, as in "the 11-16x range": right where some task stands at each of them."""
    high = quantity.high or quantity.value
    measures = _measures(scene, quantity)
    singles = [Option((task,), "") for task in scene.figures.tasks]
    values = [t.value for o, m in product(singles, measures) for t in _truth(scene, quantity, o, m)]
    scale = 60 if quantity.unit is Unit.HOURS else 1
    ends = [any(abs(value - end * scale) <= quantity.place * scale / 2 for value in values) for end in (quantity.value, high)]
    of_record = quantity.unit is Unit.FACTOR or _is_of_record(scene, quantity)
    if all(ends) and of_record:
        return _finding(scene, quantity, Verdict.CONFIRMED)
    clear = of_record and not any(ends) and _is_clear(scene, quantity) and quantity.unit is Unit.FACTOR
    return _finding(scene, quantity, Verdict.REFUTED if clear else Verdict.UNJUDGED)


def _unmatched(
    scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject], strong: list[Truth]
) -> Finding:
    """No value of whom the sentence speaks: refuted where it is clear, left alone where it is not."""
    if not _is_clear(scene, quantity) or any(_fit(quantity, truth) is Fit.CLOSE for truth in strong):
        return _finding(scene, quantity, Verdict.UNJUDGED)
    pooled = _fitting(quantity, _pool(scene, quantity, measures))
    if strong and (_is_tight(scene, quantity, subjects) or not pooled) and _is_of_record(scene, quantity):
        return _finding(scene, quantity, Verdict.REFUTED, strong[0])
    if pooled and (quantity.unit is Unit.FACTOR or _is_told(scene, quantity, measures)):
        return _finding(scene, quantity, Verdict.CONFIRMED, pooled)
    if not pooled and quantity.unit is Unit.FACTOR and _is_leverage(scene, quantity):
        return _finding(scene, quantity, Verdict.REFUTED, Truth(Decimal(0), "no task, average or day has this factor"))
    return _finding(scene, quantity, Verdict.UNJUDGED)


def _finding(scene: Scene, quantity: Quantity, verdict: Verdict, truth: Truth | None = None) -> Finding:
    words, live = (truth.words, truth.live) if truth else ("", "")
    return scene.finding(quantity.start, quantity.end, verdict, words, live)


def _remember(scene: Scene, subjects: list[Subject]) -> None:
    scene.memory.options += [option for s in subjects if s.kind != "day" for option in s.options]


def _fit(quantity: Quantity, truth: Truth) -> Fit:
    scale = Decimal(60) if quantity.unit is Unit.HOURS else Decimal(1)
    return fit(quantity, truth.value, scale)


def _fitting(quantity: Quantity, truths: Iterable[Truth]) -> Truth | None:
    return next((truth for truth in truths if _fit(quantity, truth) is Fit.YES), None)


# What it measures


def _measures(scene: Scene, quantity: Quantity) -> list[Measure]:
    """Which measures the quantity may be of, the likeliest first; words beside it decide."""
    before, after = scene.before(quantity), scene.after(quantity)[:45]
    if quantity.unit is Unit.FACTOR:
        near = SUPERVISION.search(before) or SUPERVISION.match(after.lstrip(" ("))
        return [M.SUPERVISORY_FACTOR] if near else [M.FACTOR, M.SUPERVISORY_FACTOR]
    if quantity.unit is Unit.TOKENS:
        return [M.TOKENS]
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return [M.HOURS]
    return _roles(scene, quantity, before, after)


def _roles(scene: Scene, quantity: Quantity, before: str, after: str) -> list[Measure]:
    usual = [M.HOURS, M.MINUTES, M.SUPERVISORY_MINUTES]
    if quantity.unit is Unit.MINUTES:
        usual = [M.MINUTES, M.SUPERVISORY_MINUTES, M.HOURS]
    following = after.split(",")[0]
    for text in (quantity.qualifier, following, before, scene.text):
        for words, measure in ((SUPERVISION, M.SUPERVISORY_MINUTES), (HUMAN, M.HOURS), (AGENT, M.MINUTES)):
            if words.search(text) and (measure is not M.HOURS or quantity.unit is Unit.HOURS):
                return [measure] if text is not scene.text else [measure, *usual]
    return usual


# Whose it is


def governing(scene: Scene, quantity: Quantity) -> list[Subject]:
    """Whom a quantity is said of: those before it in its clause and the one it is linked to after it."""
    start, end = scene.clause(quantity.start)
    before = [s for s in scene.subjects if start <= s.start and s.end <= quantity.start + 1 and not _is_taken(scene, s, quantity)]
    if not before and scene.text[start : start + 1] in "(-—:":
        before = [s for s in scene.subjects if s.end <= start + 1][-1:]
    after = [
        s for s in scene.subjects
        if quantity.end <= s.start and _LINK.match(scene.text[quantity.end : s.start]) and not _between(scene, quantity.end, s.start)
    ]
    return [*reversed(before), *after]


def _is_taken(scene: Scene, subject: Subject, quantity: Quantity) -> bool:
    """Whether a figure of the same kind stands between: then that one is the subject's."""
    return any(
        subject.end <= other.start and other.end <= quantity.start and other.unit is quantity.unit
        for other in scene.quantities
    ) and subject.kind != "selector"


def _between(scene: Scene, start: int, end: int) -> bool:
    return any(start <= other.start < end for other in scene.quantities)


def _is_tight(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether hardly anything stands between the quantity and whom it is said of."""
    for subject in subjects:
        low, high = sorted([(subject.start, subject.end), (quantity.start, quantity.end)])
        gap = scene.text[low[1] : high[0]]
        if len(gap.split()) <= 7 and ";" not in gap and not _between(scene, low[1], high[0]):
            return True
    return False


def _truths(scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject]) -> Iterator[Truth]:
    """What the data have for these subjects, alone and two by two."""
    moment = _moment(scene, quantity)
    if moment:
        yield from moment
        return
    subjects = subjects or _whole_day(scene, quantity, measures)
    groups = [s for s in subjects if s.kind != "day"] or subjects
    for subject in [*groups, *(s for s in subjects if s not in groups)]:
        for option, measure in product(subject.options, measures):
            yield from _truth(scene, quantity, option, measure)
    for one, other in pairwise(groups):
        yield from _sums(scene, quantity, measures, one, other)
    if scene.says(_PER_TASK):
        yield from _ratios(scene, quantity, measures)


_SUBJECT = pattern(r"^\W*(?:in all,? |overall,? |altogether,? )?(?:the |my |all |human )?(?:claude|agent|ai|supervis\w+|direction|directing|reviewing|oversight|tokens?|total|human hours|hours)\b")
_TO_DO = pattern(r"^ ?(?:of \w+ )?(?:to |on |for (?:the|an?) |before |until |per |into |after |later)")


def _whole_day(scene: Scene, quantity: Quantity, measures: list[Measure]) -> list[Subject]:
    """The day as subject, where the sentence names none and plainly means it."""
    if any(s.kind in ("task", "category", "selector", "rest") for s in scene.subjects) or scene.is_anaphoric:
        return []
    after = scene.after(quantity)
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        means = bool(HUMAN.search(quantity.qualifier) or HUMAN.search(after[:40]))
    elif quantity.unit is Unit.TOKENS:
        means = bool(re.search(r"\b(?:total|used|went|burn\w+|consum\w+|spent|cost|in all|altogether|through|took|day)\b", scene.text))
    elif quantity.unit is Unit.FACTOR:
        means = False
    else:
        stands_alone = len(scene.text.split()) <= 16 and not _TO_DO.match(after)
        said = bool(_SUBJECT.search(scene.text)) or _spoken(quantity, after, measures[0]) is not None
        means = len(measures) == 1 and stands_alone and said
    return [s for s in wholes_in("the day", scene.figures)] if means else []


def _spoken(quantity: Quantity, after: str, measure: Measure) -> re.Match[str] | None:
    """The words beside a time that say whose it is: "hours of supervision", "engineer hours"."""
    words = {M.HOURS: HUMAN_WORK, M.SUPERVISORY_MINUTES: SUPERVISION, M.MINUTES: AGENT}[measure]
    return words.search(quantity.qualifier) or words.search(after.split(",")[0][:40])


def _sums(scene: Scene, quantity: Quantity, measures: list[Measure], one: Subject, other: Subject) -> Iterator[Truth]:
    for left, right in product(one.options[:6], other.options[:6]):
        if left.tasks and right.tasks and not set(left.tasks) & set(right.tasks):
            both = (*left.tasks, *right.tasks)
            for measure in measures:
                yield from _truth(scene, quantity, Option(both, sum_label(both)), measure)


def _truth(scene: Scene, quantity: Quantity, option: Option, measure: Measure) -> Iterator[Truth]:
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
        return Truth(value / per, f"{formats.one_decimal(value / per)} {quantity.unit.value} {option.label}", live)
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


_PER_TASK = pattern(r"\b(?:per|each|every|apiece|a) (?:task|minute|hour|job)\b|\b(?:each|apiece|per task)\b|\bone minute\b|\bevery minute\b")


def _ratios(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    """Hours or minutes a task, hours a minute, minutes of running a minute of direction."""
    day = scene.figures.day
    sums = {measure: day.value(measure) for measure in (M.HOURS, M.MINUTES, M.SUPERVISORY_MINUTES, M.TASKS)}
    for top, bottom in product(sums, sums):
        above, below = sums[top], sums[bottom]
        if top is not bottom and above and below:
            scale = 60 if top is M.HOURS and quantity.unit is not Unit.FACTOR else 1
            words = f"{formats.one_decimal(above / below)} {top.value} for each of the {bottom.value}"
            yield Truth(above / below * scale, words)


_YESTERDAY_GAP = pattern(r"^(?:'s|s')? ?(?:\(?(?:was|had|were|at|saw|ran|reached|stood at|came in at|of|produced|logged|closed|managed|hit|posted|weighted|average|a|leverage|factor|mark|figure|total|with|only|just|day|the)? ?){0,5}$")
_YESTERDAY_AFTER = pattern(r"^ ?(?:\(|on|of|the|in|from|over|for|that|recorded|logged|seen|set|average|over the|across the|,|'s|task[s]?|mean| )* ?$")


_OF_STRETCH = pattern(r"^'s|\b(?:average|mean|total|over|in|for|across)\b")


def _moment(scene: Scene, quantity: Quantity) -> list[Truth]:
    """What another day has, where the quantity is said of that day: "98.3x the day before"."""
    found: list[Truth] = []
    for moment in scene.moments:
        if scene.overlaps(moment.start, moment.end):
            continue
        gap = scene.text[moment.end : quantity.start] if moment.end <= quantity.start else None
        lead = scene.text[quantity.end : moment.start] if moment.start >= quantity.end else None
        near = (gap is not None and _YESTERDAY_GAP.match(gap)) or (lead is not None and _YESTERDAY_AFTER.match(lead))
        if not near or not moment.days or not (moment.is_day or _OF_STRETCH.search(f"{gap or ''}{lead or ''}")):
            continue
        for measure in _measures(scene, quantity):
            for value in {moment.total(measure), moment.mean(measure)} - {None}:
                label = f"on {moment.label}" if moment.is_day else moment.label
                live = "previous" if moment.is_adjacent else ""
                option = Option((), label, live)
                found.append(stated(scene, quantity, value or Decimal(0), option, measure))
    return found


# Where it may come from otherwise


def _weak(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    """Values of others in the sentence, and of those the paragraph spoke of before."""
    options = [option for s in scene.subjects if s.kind != "day" for option in s.options]
    if scene.is_anaphoric or not options:
        options += [*scene.memory.options, *scene.memory.groups]
        options += _remainders(scene, options)
    for option, measure in product(options[:60], measures):
        yield from _truth(scene, quantity, option, measure)
    if scene.is_anaphoric:
        together = tuple(dict.fromkeys(t for option in scene.memory.options[:12] for t in option.tasks))
        for measure in measures:
            yield from _truth(scene, quantity, Option(together, sum_label(together)), measure)


def _remainders(scene: Scene, options: list[Option]) -> list[Option]:
    """The day without each group: "the other 27 reach 48.1x"."""
    rests = []
    for option in options[:30]:
        if option.tasks:
            rest = tuple(task for task in scene.figures.tasks if task not in option.tasks)
            rests.append(Option(rest, f"in the other {len(rest)} tasks"))
    return rests


def _pool(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Iterator[Truth]:
    if quantity.bound not in (Bound.EXACT, Bound.ABOUT):
        return
    for option in pool(scene.figures, with_days=quantity.unit is Unit.FACTOR):
        for measure in measures:
            yield from _truth(scene, quantity, option, measure)


# How clearly it is said


def _is_clear(scene: Scene, quantity: Quantity) -> bool:
    """Whether the sentence states the figure plainly, of the record, without leaning on what came before."""
    if scene.is_supposed(quantity.start, quantity.end) or scene.is_anaphoric:
        return False
    if quantity.unit is Unit.FACTOR:
        return not _TIMES_WHAT.match(scene.after(quantity)) or bool(quantity.value % 1)
    return not (_WORK_THINGS.match(scene.after(quantity)) or _EVERY.search(scene.before(quantity)))


def _is_of_record(scene: Scene, quantity: Quantity) -> bool:
    if quantity.unit is Unit.FACTOR:
        return True
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return bool(HUMAN.search(quantity.qualifier) or HUMAN.search(scene.after(quantity)[:50]))
    if re.match(r"[ -](?:task|job|audit|build|estimate)s?\b", scene.after(quantity)):
        return True
    return bool(_VERBS.search(scene.before(quantity)) or scene.after(quantity)[:1] == ")" or quantity.qualifier or HUMAN.search(scene.after(quantity)[:30]) or AGENT.search(scene.after(quantity)[:30]) or SUPERVISION.search(scene.after(quantity)[:30]))


def _is_told(scene: Scene, quantity: Quantity, measures: list[Measure]) -> bool:
    """Whether a time that some task has is meant as one of the record's."""
    if quantity.unit is Unit.TOKENS:
        return True
    told = _is_of_record(scene, quantity) and (scene.memory.options or _TASK.search(scene.text))
    return bool(told or any(_spoken(quantity, scene.after(quantity), m) for m in measures if quantity.unit in (Unit.HOURS, Unit.MINUTES)))


_TASK = pattern(r"\b(?:tasks?|jobs?|audits?|builds?|estimate[ds]?)\b")


def _is_leverage(scene: Scene, quantity: Quantity) -> bool:
    alone = scene.text[: quantity.start].rstrip().endswith("(") and scene.after(quantity).lstrip().startswith(")")
    return bool(quantity.value % 1) or alone or scene.says(_LEVERAGE) or any(s.kind == "task" for s in scene.subjects)
