"""Factors, hours, minutes, weeks and tokens: whose they are, and whether they are right."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, product

from records import formats
from records.facts.figures import Measure
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.pool import pool
from records.facts.quantities import Bound, Quantity, Unit
from records.facts.rounding import Fit, fit
from records.facts.scene import NAMED, Scene
from records.facts.subjects import Option, Subject, replaced_at, sum_label

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
    r"\b(?:human|engineers?|engineering|developers?|estimate[ds]?|equivalent|working|person|man|worth|team|by hand|effort|output|senior|manual(?:ly)?|of (?:[\w-]+ )?work)\b"
)
HUMAN_WORK = pattern(
    r"\b(?:human|engineer(?:s|ing)?|developer|equivalent|working|person|man|estimated|effort|output)\b"
)
_VERBS = pattern(
    r"\b(?:t(?:ook|akes?|aken)|required?|needed|needs?|ran|runs?|spent|account(?:s|ed)? for|worth|came (?:to|in)|come to|cost|finished|clocked|totall?ed|total|held|holds?|carr(?:y|ied|ies)"
    r"|at|in|for|done|built|shipped|completed|wrapped|logged|produced|delivered|equivalent|of work|was|were|is|under|over|within|consumed|used|burned|estimated|put|saved|contributed|compressed|generated|amounted|add(?:ed|s)?|represents?)\b"
)
_WORK_THINGS = pattern(
    r"^[ -]?(?:time-?outs?|ttl|cach\w+|intervals?|windows?|retention|crons?|poll\w*|expir\w+|sessions?|lifetimes?|sla|cool-?downs?|delays?|back-?offs?|schedul\w+|downtime|videos?|meetings?|calls?|tokens?|rotation"
    r"|limits?|clocks?|grace|trials?|history|old|ago|later|earlier|forecasts?|reminders?|logs?|buckets?|polling|heartbeats?|refresh\w*|outage|latency|demo|tutorial|episode|course|lecture|movie|notice|period|lookback|horizon|sprint|backup)\b"
)
_EVERY = pattern(
    r"\b(?:every|each|once|last|past|next|previous|expires? (?:in|after)|ttl of|timeout of|for the last|per|retains?|retention of|cached for|valid for|polls?|refresh\w*|older than|age of|window of|interval of|delay of|rotat\w+) (?:about )?$"
)
_TIMES_WHAT = pattern(
    r"^ ?(?:faster|slower|smaller|larger|bigger|more|fewer|less|cheaper|the|as|speed-?ups?|improvements?|zoom|retina|scale|load|traffic|throughput|redundan\w*|growth|increase|reduction|engineers?|developers?|assets?|images?|display|quicker|longer|shorter|size|in (?:size|speed|performance|load)|better|over (?:the )?(?:old|previous version|baseline))\b"
)
_LEVERAGE = pattern(
    r"\b(?:leverage[ds]?|factors?|average[ds]?|averaging|weighted|median|mean|tasks?|multipl\w+|×)\b"
)
_PER = pattern(
    r"^ ?(?:\w+ ){0,3}?(?:per|for (?:each|every)|an?|each|apiece) ?(?P<of>tasks?|minutes?|hours?|jobs?)?\b"
)
_LINK = pattern(
    r"^ ?\(? ?$|^ ?(?:\((?:[^)]*)\) ?)?(?:[\w'-]+ ){0,4}?(?:for|in|on|of|from|by|to|at|across|went to|belongs? to|goes to|came from)? ?(?:the |a |an |its |our |my |just |those |these |that )?(?:[\w'-]+ ){0,2}$"
)


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
    if quantity.unit in TIME and scene.says(_AVERAGE_TASK):
        return _per_task(scene, quantity, measures)
    subjects = governing(scene, quantity) or _whole_day(scene, quantity, measures)
    strong = list(_truths(scene, quantity, measures, subjects))
    if found := _fitting(_against(scene, quantity), strong):
        _remember(scene, subjects)
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    if (found := _fitting(quantity, _weak(scene, quantity, measures))) and not (
        strong and _is_sure(scene, quantity, subjects) and _is_clear(scene, quantity)
    ):
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    return _unmatched(scene, quantity, measures, subjects, strong)


_AVERAGE_TASK = pattern(
    r"\b(?:per task|on average,? (?:an?|each) task|(?:the )?average task (?:took|needed|ran|was|cost|stood)|(?:an?|each) task (?:took |needed |ran |cost )?on average|tasks? averaged)\b"
)


def _per_task(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Finding:
    """Hours and minutes a task, on average over the day."""
    day, tasks = scene.figures.day, Decimal(len(scene.figures.tasks) or 1)
    values = [(value / tasks, m) for m in measures if (value := day.value(m)) is not None]
    truths = [
        Truth(v * 60 if m is M.HOURS else v, f"{formats.one_decimal(v)} {m.value} a task") for v, m in values
    ]
    if found := _fitting(quantity, truths):
        return _finding(scene, quantity, Verdict.CONFIRMED, found)
    named = any(s.kind in NAMED for s in scene.subjects)
    if not truths or named or not _is_clear(scene, quantity, averaged=True):
        return _finding(scene, quantity, Verdict.UNJUDGED)
    return _finding(scene, quantity, Verdict.REFUTED, truths[0])


def _against(scene: Scene, quantity: Quantity) -> Quantity:
    """The plain number where the words before it compare: "above the 98.5x of the day before"."""
    compares = scene.moments and quantity.bound in (Bound.OVER, Bound.UNDER)
    return replace(quantity, bound=Bound.EXACT) if compares and _moment(scene, quantity) else quantity


def _range(scene: Scene, quantity: Quantity) -> Finding:
    """Two ends, as in "the 11-16x range": right where some task stands at each of them."""
    high = quantity.high or quantity.value
    measures = _measures(scene, quantity)
    singles = [Option((task,), "") for task in scene.figures.tasks]
    values = [t.value for o, m in product(singles, measures) for t in _truth(scene, quantity, o, m)]
    scale = 60 if quantity.unit is Unit.HOURS else 1
    ends = [
        any(abs(value - end * scale) <= quantity.place * scale / 2 for value in values)
        for end in (quantity.value, high)
    ]
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
    if strong and (_is_sure(scene, quantity, subjects) or not pooled) and _is_of_record(scene, quantity):
        return _finding(scene, quantity, Verdict.REFUTED, strong[0])
    if pooled and (quantity.unit is Unit.FACTOR or _is_told(scene, quantity, measures)):
        return _finding(scene, quantity, Verdict.CONFIRMED, pooled)
    if not pooled and quantity.unit is Unit.FACTOR and _is_leverage(scene, quantity):
        return _finding(
            scene, quantity, Verdict.REFUTED, Truth(Decimal(0), "no task, average or day has this factor")
        )
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
        near = _SUPERVISORY.search(before) or SUPERVISION.match(_OF.sub("", after.lstrip(" (")))
        return [M.SUPERVISORY_FACTOR] if near else [M.FACTOR, M.SUPERVISORY_FACTOR]
    if quantity.unit is Unit.TOKENS:
        return [M.TOKENS]
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return [M.HOURS]
    return _roles(scene, quantity, before, after)


_SUPERVISORY = pattern(r"\bsupervisory\b|\bsupervision (?:factor|leverage)\b")
_OF = pattern(r"^(?:on|of|in|for) (?:the )?")


def _roles(scene: Scene, quantity: Quantity, before: str, after: str) -> list[Measure]:
    usual = [M.MINUTES] if quantity.unit is Unit.MINUTES else [M.HOURS]
    if quantity.qualifier == "duration":
        usual = [M.MINUTES, M.SUPERVISORY_MINUTES]
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
    before = [
        s
        for s in _unclaimed(scene)
        if start <= s.start and s.end <= quantity.start + 1 and not _is_taken(scene, s, quantity)
    ]
    if not before:
        before = _only_one(scene, quantity, start)
    after = [
        s
        for s in scene.subjects
        if quantity.end <= s.start
        and _LINK.match(scene.text[quantity.end : s.start])
        and not _between(scene, quantity.end, s.start)
    ]
    found = [*reversed(before), *after]
    return [s for s in found if s.kind not in ("day", "counted")] if quantity.inherited else found


def _only_one(scene: Scene, quantity: Quantity, start: int) -> list[Subject]:
    """Whom an earlier clause named: the last one before a bracket or a dash, else the only one."""
    named = [
        s
        for s in _unclaimed(scene)
        if s.kind in NAMED and s.end <= start + 1 and not _is_taken(scene, s, quantity)
    ]
    earlier = [s for s in scene.subjects if s.end <= start + 1]
    if scene.text[start : start + 1] in "(-—:" and earlier:
        return named[-1:] or earlier[-1:]
    if not named:
        return [s for s in earlier if s.kind == "counted"]
    others = [s for s in scene.subjects if s.kind in ("average", "median") and s.end <= quantity.start]
    return named if _are_one(named) and not others and quantity.unit in (*TIME, Unit.FACTOR) else []


def _unclaimed(scene: Scene) -> list[Subject]:
    """The subjects, without ranks that were found to be of days: "the second-longest supervision of the week"."""
    return [s for s in scene.subjects if s.kind != "selector" or not scene.overlaps_days(s.start, s.end)]


def _is_taken(scene: Scene, subject: Subject, quantity: Quantity) -> bool:
    """Whether a figure of the same kind stands between: then that one is the subject's."""
    return (
        any(
            subject.end <= other.start and other.end <= quantity.start and other.unit is quantity.unit
            for other in scene.quantities
        )
        and subject.kind != "selector"
    )


def _between(scene: Scene, start: int, end: int) -> bool:
    return any(start <= other.start < end for other in scene.quantities)


def _is_sure(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether the figure is surely said of these: they stand beside it, or nobody else is named at all."""
    if _is_tight(scene, quantity, subjects) or all(s.kind in ("whole", "counted") for s in subjects):
        return True
    named = [s for s in _unclaimed(scene) if s.kind in NAMED and (s.start < quantity.start or s in subjects)]
    return _are_one(named) and named[-1] in subjects and not _ASIDE.search(scene.before(quantity))


def _are_one(named: list[Subject]) -> bool:
    """Whether all these name the same: "the highest-leverage task was the simulator"."""
    tasks = [{task for option in s.options for task in option.tasks} for s in named]
    return bool(tasks) and bool(set.intersection(*tasks))


_ASIDE = pattern(
    r"\b(?:including|of which|of that|another|extra|first|last|waiting|then|plus|after|before|and then) (?:\w+ )?$"
)


def _is_tight(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether hardly anything stands between the quantity and whom it is said of."""
    for subject in subjects:
        low, high = sorted([(subject.start, subject.end), (quantity.start, quantity.end)])
        gap = scene.text[low[1] : high[0]]
        if len(gap.split()) <= 7 and ";" not in gap and not _between(scene, low[1], high[0]):
            return True
    return False


def _truths(
    scene: Scene, quantity: Quantity, measures: list[Measure], subjects: list[Subject]
) -> Iterator[Truth]:
    """What the data have for these subjects, alone and two by two."""
    moment = _moment(scene, quantity)
    if moment:
        yield from moment
        return
    groups = [s for s in subjects if s.kind not in ("day", "whole", "counted")] or subjects
    for subject in [*groups, *(s for s in subjects if s not in groups)]:
        for option, measure in product(subject.options, measures):
            yield from _truth(scene, quantity, option, measure)
    for one, other in pairwise(groups):
        yield from _sums(scene, quantity, measures, one, other)


_SUBJECT = pattern(
    r"^\W*(?:in all,? |overall,? |altogether,? )?(?:the |my |all |human )?(?:claude|agent|ai|supervis\w+|direction|directing|reviewing|oversight|tokens?|total|human hours|hours)\b"
)
_TO_DO = pattern(r"^ ?(?:of \w+ )?(?:to |on |for (?:the|an?) |before |until |per |into |after |later)")


def _whole_day(scene: Scene, quantity: Quantity, measures: list[Measure]) -> list[Subject]:
    """The day as subject, where the sentence names none and plainly means it."""
    if quantity.inherited or re.search(
        r"-(?:hour|minute|day|week|h\b)", scene.text[quantity.number_start : quantity.end]
    ):
        return []
    if _OF_ALL.search(scene.text[: quantity.start]) and HUMAN.search(quantity.qualifier):
        return _the_day(scene, quantity)
    if scene.is_anaphoric or any(s.kind in NAMED and s.start < quantity.start for s in _unclaimed(scene)):
        return []
    after = scene.after(quantity)
    if quantity.qualifier == "named" and quantity.unit is not Unit.FACTOR:
        means = True
    elif quantity.unit in (Unit.WEEKS, Unit.DAYS):
        means = bool(HUMAN.search(quantity.qualifier) or HUMAN.search(after[:40]))
    elif quantity.unit is Unit.TOKENS:
        means = len(scene.text.split()) <= 6 or bool(
            re.search(
                r"\b(?:total|used|went|burn\w+|consum\w+|spent|cost|in all|altogether|through|took|day)\b",
                scene.text,
            )
        )
    elif quantity.unit is Unit.FACTOR:
        means = False
    else:
        spoken = _spoken(quantity, after, measures[0]) is not None
        means = (
            len(measures) == 1 and not _TO_DO.match(after) and (spoken or bool(_SUBJECT.search(scene.text)))
        )
    return _the_day(scene, quantity) if means else []


_OF_ALL = pattern(r"\d of the (?:day's )?$")


def _the_day(scene: Scene, quantity: Quantity) -> list[Subject]:
    return list(replaced_at(quantity.start, quantity.end, scene.figures, "whole"))


def _spoken(quantity: Quantity, after: str, measure: Measure) -> re.Match[str] | None:
    """The words beside a time that say whose it is: "hours of supervision", "engineer hours"."""
    words = {M.HOURS: HUMAN_WORK, M.SUPERVISORY_MINUTES: SUPERVISION, M.MINUTES: AGENT}[measure]
    return words.search(quantity.qualifier) or words.search(after.split(",")[0][:40])


def _sums(
    scene: Scene, quantity: Quantity, measures: list[Measure], one: Subject, other: Subject
) -> Iterator[Truth]:
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


_PER_TASK = pattern(
    r"\b(?:per|each|apiece) (?:task|minute|hour|job)\b|\b(?:each|apiece|on average an?|a task|one minute|every (?:single )?(?:minute|hour)|an hour of)\b"
)


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


_YESTERDAY_GAP = pattern(
    r"^(?:'s|s')? ?(?:\(?(?:now|stands|so far|running|was|had|were|at|saw|ran|reached|stood at|came in at|of|produced|logged|closed|managed|hit|posted|weighted|average|a|leverage|factor|mark|figure|total|with|only|just|day|the)? ?){0,5}$"
)
_YESTERDAY_AFTER = pattern(
    r"^ ?(?:\(|on|of|the|in|from|over|for|that|recorded|logged|seen|set|average|over the|across the|,|'s|task[s]?|mean| )* ?$"
)


_OF_STRETCH = pattern(r"^'s|\b(?:average|mean|total|over|in|for|across)\b")


def _moment(scene: Scene, quantity: Quantity) -> list[Truth]:
    """What another day has, where the quantity is said of that day: "98.3x the day before"."""
    found: list[Truth] = []
    for moment in scene.moments:
        if scene.overlaps(moment.start, moment.end):
            continue
        gap = scene.text[moment.end : quantity.start] if moment.end <= quantity.start else None
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
    for option, measure in product(options[:60], _loosely(quantity, measures)):
        yield from _truth(scene, quantity, option, measure)
    if scene.says(_PER_TASK):
        yield from _ratios(scene, quantity, measures)
    if scene.is_anaphoric:
        together = tuple(dict.fromkeys(t for option in scene.memory.options[:12] for t in option.tasks))
        for measure in _loosely(quantity, measures):
            yield from _truth(scene, quantity, Option(together, sum_label(together)), measure)


def _loosely(quantity: Quantity, measures: list[Measure]) -> list[Measure]:
    """The measures, and for a time without more words the other ones too."""
    times = [M.HOURS, M.MINUTES, M.SUPERVISORY_MINUTES] if quantity.unit in (Unit.HOURS, Unit.MINUTES) else []
    return list(dict.fromkeys([*measures, *times]))


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
        for measure in _loosely(quantity, measures):
            yield from _truth(scene, quantity, option, measure)


# How clearly it is said


def _is_clear(scene: Scene, quantity: Quantity, *, averaged: bool = False) -> bool:
    """Whether the sentence states the figure plainly, of the record, without leaning on what came before."""
    if scene.is_supposed(quantity.start, quantity.end) or scene.leans_back(quantity):
        return False
    if scene.says(_PER_TASK) and quantity.unit in TIME and not averaged:
        return False
    if any(_POINTING.search(scene.text[: s.start]) for s in governing(scene, quantity) if s.kind == "task"):
        return False
    if quantity.unit is Unit.FACTOR:
        return not _TIMES_WHAT.match(scene.after(quantity)) or bool(quantity.value % 1)
    return not (_WORK_THINGS.match(scene.after(quantity)) or _EVERY.search(scene.before(quantity)))


_POINTING = pattern(r"\b(?:that|this|such|these|those) $")


def _is_of_record(scene: Scene, quantity: Quantity) -> bool:
    if quantity.unit is Unit.FACTOR:
        return True
    if quantity.unit is Unit.TOKENS:
        return True
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return bool(HUMAN.search(quantity.qualifier) or HUMAN.search(scene.after(quantity)[:50]))
    governed = governing(scene, quantity)
    if scene.moments and _moment(scene, quantity):
        return True
    if re.search(r"[:(,]\s*$", scene.before(quantity)) and any(s.kind == "task" for s in governed):
        return True
    if any(0 <= s.start - quantity.end <= 15 or s.kind in ("counted", "whole") for s in governed):
        return True
    if re.match(r"[ -](?:task|job|audit|build|estimate)s?\b", scene.after(quantity)):
        return True
    return bool(
        _VERBS.search(scene.before(quantity))
        or scene.after(quantity)[:1] == ")"
        or quantity.qualifier
        or HUMAN.search(scene.after(quantity)[:30])
        or AGENT.search(scene.after(quantity)[:30])
        or SUPERVISION.search(scene.after(quantity)[:30])
    )


def _is_told(scene: Scene, quantity: Quantity, measures: list[Measure]) -> bool:
    """Whether a time that some task has is meant as one of the record's."""
    if quantity.unit is Unit.TOKENS:
        return True
    told = _is_of_record(scene, quantity) and (scene.memory.options or _TASK.search(scene.text))
    return bool(
        told
        or any(
            _spoken(quantity, scene.after(quantity), m)
            for m in measures
            if quantity.unit in (Unit.HOURS, Unit.MINUTES)
        )
    )


_TASK = pattern(r"\b(?:tasks?|jobs?|audits?|builds?|estimate[ds]?)\b")


def _is_leverage(scene: Scene, quantity: Quantity) -> bool:
    alone = scene.text[: quantity.start].rstrip().endswith("(") and scene.after(quantity).lstrip().startswith(
        ")"
    )
    return (
        bool(quantity.value % 1)
        or alone
        or scene.says(_LEVERAGE)
        or any(s.kind == "task" for s in scene.subjects)
    )
