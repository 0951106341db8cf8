"""Whom a figure is said of, and how surely."""

import re
from decimal import Decimal

from records.facts.figures import Measure
from records.facts.measuring import EACH, HUMAN, HUMAN_WORK, TIME, spoken_of
from records.facts.numbers import significant_place
from records.facts.patterns import pattern
from records.facts.scene import NAMED, Scene
from records.facts.subjects import Subject, replaced_at
from records.facts.units import Quantity, Unit

_LINK = pattern(
    r"^ ?: (?:the |our |my )?$|^ ?\(? ?$|^ ?(?:\((?:[^)]*)\) ?)?(?:[\w'-]+ ){0,4}?(?:for|in|on|of"
    r"|from|by|to|at|across"
    r"|went to|belongs? to|goes to|came from)? ?(?:the |a |an |its |our |my |just |those "
    r"|these |that )?(?:[\w'-]+ ){0,2}$"
)


_LINK_OF_DAY = pattern(rf"^,? ?$|{_LINK.pattern}")


def governing(scene: Scene, quantity: Quantity) -> list[Subject]:
    """Whom a quantity is said of: those before it in its clause and the one it is linked to after it."""
    start, _end = scene.clause(quantity.start)
    before = [
        s
        for s in _unclaimed(scene)
        if start <= s.start and s.end <= quantity.start + 1 and not _is_taken(scene, s, quantity)
    ]
    if not before:
        before = _announced(scene, quantity) or _only_one(scene, quantity, start)
    after = [
        s
        for s in scene.subjects
        if quantity.end <= s.start
        and (_LINK if s.kind != "day" else _LINK_OF_DAY).match(scene.text[quantity.end : s.start])
        and not _between(scene, quantity.end, s.start)
    ]
    beside = [s for s in after if _AT.fullmatch(scene.text[quantity.end : s.start])]
    found = beside or [*reversed(before), *after]
    return [s for s in found if s.kind not in ("day", "counted")] if quantity.inherited else found


_OPENING = pattern(r"^\W*(?:at|with|after|in|for) ")
_THEN_WHO = pattern(
    r"^(?:,|and|against|human|agent|minutes|hours|of|work|supervision|\s)*, ?(?:the |our |my )?$"
)


def _announced(scene: Scene, quantity: Quantity) -> list[Subject]:
    """Whom an opening is said of: "at 320.0x and 90 minutes, the wiki was the longest run"."""
    named = [s for s in _unclaimed(scene) if s.kind in NAMED and s.start >= quantity.end]
    if not named or not _OPENING.match(scene.text) or quantity.start > _SHORT:
        return []
    gap = scene.text[quantity.end : named[0].start]
    for other in scene.quantities:
        if quantity.end <= other.start and other.end <= named[0].start:
            gap = gap.replace(scene.text[other.start : other.end], "")
    return named[:1] if _THEN_WHO.match(gap) else []


_SHORT = 40


_AT = pattern(r" at (?:the )?")


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
    if _ANOTHER.match(scene.text[start : quantity.start]):
        return []
    others = [s for s in scene.subjects if s.kind in ("average", "median") and s.end <= quantity.start]
    return named if _are_one(named) and not others and quantity.unit in (*TIME, Unit.FACTOR) else []


_ANOTHER = pattern(
    r"^[;:—,. ]*(?:but |and |while |so |yet |though )?(?:most|many|some|few|people|users|students|you|we"
    r"|nobody"
    r"|every\w*|each|(?:an?|the|my|our|their|his) (?!agent|claude|person|engineer|developer|team|build"
    r"|task|estimate|factor|human|hours"
    r"|supervis"
    r"|work|whole|rest|run|job|time|total|first|second|other|latter|former|longer|shorter|one)) ?\w+"
)


def _unclaimed(scene: Scene) -> list[Subject]:
    """The subjects, without ranks found to be of days: "the second-longest supervision of the week"."""
    return [s for s in scene.subjects if s.kind != "selector" or not scene.overlaps_days(s.start, s.end)]


def _is_taken(scene: Scene, subject: Subject, quantity: Quantity) -> bool:
    """Whether a figure of the same kind stands between: then that one is the subject's."""
    between = [
        other
        for other in scene.quantities
        if subject.end <= other.start
        and other.end <= quantity.start
        and other.unit is quantity.unit
        and _is_mine(scene, other) is _is_mine(scene, quantity)
    ]
    return subject.kind != "selector" and len(between) >= _room(scene, subject)


_BOTH = pattern(r"\b(?:two|both) (?:\w+ )?$")


def _room(scene: Scene, subject: Subject) -> int:
    """How many figures of a kind a subject takes: "the two journey tests reached 48.0x and 40.0x"."""
    single = [option for option in subject.options if len(option.tasks) == 1]
    return 2 if len(single) == 2 and _BOTH.search(scene.text[: subject.start]) else 1


_OF_ME = pattern(r"^ (?:of|for) (?:mine|supervision|my |direction|oversight)")


def _is_mine(scene: Scene, quantity: Quantity) -> bool:
    """Whether a time is that of the author: "five minutes of agent time and eight of mine"."""
    return quantity.unit is Unit.MINUTES and bool(_OF_ME.match(scene.text[quantity.end :]))


def _between(scene: Scene, start: int, end: int) -> bool:
    return any(start <= other.start < end for other in scene.quantities)


def is_sure(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether the figure is surely said of these: they stand beside it, or nobody else is named at all."""
    if EACH.match(scene.after(quantity)) and any(s.kind == "task" for s in subjects):
        return True
    if _is_tight(scene, quantity, subjects) or all(s.kind in ("whole", "counted") for s in subjects):
        return True
    named = [s for s in _unclaimed(scene) if s.kind in NAMED and (s.start < quantity.start or s in subjects)]
    if not named and subjects and all(s.kind in ("average", "day", "whole", "counted") for s in subjects):
        return bool(quantity.unit in (Unit.WEEKS, Unit.TOKENS) or HUMAN_WORK.search(quantity.qualifier))
    return _are_one(named) and named[-1] in subjects and not _ASIDE.search(scene.before(quantity))


def _are_one(named: list[Subject]) -> bool:
    """Whether all these name the same: "the highest-leverage task was the simulator"."""
    tasks = [{task for option in s.options for task in option.tasks} for s in named]
    return bool(tasks) and bool(set.intersection(*tasks))


_ASIDE = pattern(
    r"\b(?:including|of which|of that|another|extra|first|last|waiting|then|plus|after|before"
    r"|and then) (?:\w+ )?$"
)


def _is_tight(scene: Scene, quantity: Quantity, subjects: list[Subject]) -> bool:
    """Whether hardly anything stands between the quantity and whom it is said of."""
    for subject in subjects:
        low, high = sorted([(subject.start, subject.end), (quantity.start, quantity.end)])
        gap = scene.text[low[1] : high[0]]
        if len(gap.split()) <= 7 and ";" not in gap and not _between(scene, low[1], high[0]):
            return True
        if (
            subject.kind == "median"
            and subject.end <= quantity.start
            and _is_list(scene, subject.end, quantity)
        ):
            return True
    return False


def _is_list(scene: Scene, start: int, quantity: Quantity) -> bool:
    """Whether the figure continues a list said of the same: "a median of 8 hours and 3 minutes"."""
    last = max((q.end for q in scene.quantities if start <= q.start < quantity.start), default=start)
    gap = scene.text[last : quantity.start]
    return bool(re.fullmatch(r"(?:\s|,|and|against|for|in|of|agent|human|supervision)*", gap))


_SUBJECT = pattern(
    r"^\W*(?:in all,? |overall,? |altogether,? )?(?:the |my |all |own |human )*(?:time\b|claude|agent|ai"
    r"|supervis\w+|direction|directing|reviewing|oversight|total|human hours|hours)\b"
)


_TO_DO = pattern(
    r"^ ?(?:of \w+ )?(?:to (?!(?:do|finish) (?:all|everything|what|the lot)|get through|work through)"
    r"|on (?!all|everything|supervis|direct|review|the (?:whole|lot|day|record|log))|for (?:the|an?) "
    r"|before |until |per |into |after |later)"
)


def whole_day(scene: Scene, quantity: Quantity, measures: list[Measure]) -> list[Subject]:
    """The day as subject, where the sentence names none and plainly means it."""
    if quantity.inherited or re.search(
        r"(?<!person)(?<!man)(?<!engineer)-(?:hour(?! (?:days|weeks))|minute|day|week|h\b)",
        scene.text[quantity.number_start : quantity.end],
    ):
        return []
    if _OF_ALL.search(scene.text[: quantity.start]) and HUMAN.search(quantity.qualifier):
        return _the_day(scene, quantity)
    if scene.leans_back(quantity) or any(
        s.kind in NAMED and s.start < quantity.start for s in _unclaimed(scene)
    ):
        return []
    after = scene.after(quantity)
    if quantity.qualifier == "named" and quantity.unit is not Unit.FACTOR:
        means = True
    elif quantity.unit in (Unit.WEEKS, Unit.DAYS):
        means = any(
            HUMAN.search(words) for words in (quantity.qualifier, after[:40], scene.before(quantity)[-25:])
        )
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
        spoken = spoken_of(quantity, after, measures[0]) is not None
        means = len(measures) == 1 and not _TO_DO.match(after) and (spoken or _is_of_day(scene))
        means = means or _is_my_time(scene, quantity, measures)
    means = means or _is_beside_total(scene, quantity) or _is_near_total(scene, quantity, measures)
    return _the_day(scene, quantity) if means else []


_MINE = pattern(
    r"\b(?:i (?:only |just |myself )?(?:spent|gave|was \w+)|(?:took|cost) me|my (?:own )?(?:time"
    r"|attention|part))\b[^.;:]{0,25}$"
)
_ENDS = pattern(r"^(?:$|[.;!)]|,? (?:in all|all told|all in all|in total|altogether|over the day)\b)")


def _is_my_time(scene: Scene, quantity: Quantity, measures: list[Measure]) -> bool:
    """Whether the author says of the whole day: "I was involved for two hours"."""
    mine = measures == [Measure.SUPERVISORY_MINUTES] and _MINE.search(scene.before(quantity))
    return bool(mine and _ENDS.match(scene.after(quantity)))


def _is_beside_total(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is paired with the day's own hours: "1,222.75 hours in 614 minutes"."""
    total = scene.figures.day.value(Measure.HOURS)
    for other in scene.quantities:
        gap = scene.text[other.end : quantity.start] if other.end <= quantity.start else "-"
        if other.unit is Unit.HOURS and quantity.unit is Unit.MINUTES and other.value == total:
            return bool(_PAIRED.match(gap)) and other.value > _MANY
    return False


_PAIRED = pattern(r"^ ?(?:in|against|for|,|/|\|) ?$")
_MANY = 99
_NEAR = Decimal("0.3")


def _is_near_total(scene: Scene, quantity: Quantity, measures: list[Measure]) -> bool:
    """Whether a figure is so long and so near to the day's own that nothing else can be meant."""
    total = scene.figures.day.value(measures[0])
    if total is None or quantity.unit not in (Unit.HOURS, Unit.TOKENS) or scene.moments:
        return False
    digits = len(str((quantity.value / significant_place(quantity.value)).to_integral_value()))
    enough = 2 if quantity.unit is Unit.TOKENS else 4
    return digits >= enough and abs(quantity.value - total) <= total * _NEAR


_OF_ALL = pattern(r"\d of the (?:day's )?$")


def _is_of_day(scene: Scene) -> bool:
    """Whether the sentence opens with the agent, with supervision or with a total."""
    if re.match(r"\W*it took (?:the agent|claude|me)\b", scene.text, re.IGNORECASE):
        return True
    begins = scene.text.lower().startswith(scene.figures.agent_name.lower())
    return begins or bool(_SUBJECT.search(scene.text))


def _the_day(scene: Scene, quantity: Quantity) -> list[Subject]:
    return list(replaced_at(quantity.start, quantity.end, scene.figures, "whole"))
