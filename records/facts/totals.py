"""Counts of all tasks, and how a sentence shows that it means them all."""

import re
from decimal import Decimal

from records.facts.figures import TaskFigures
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.units import Bound, Quantity, Unit
from records.formats import counted

TOTAL_BEFORE = pattern(
    r"(?:^|[.;:(—] ?|-- ?|\b(?:still|just|only|exactly|across|over|in|of|all|total(?:led|ed"
    r"|ing|s)? (?:of )?|completed?|logged|logs|recorded|records|finished|finish|shipped"
    r"|delivered|closed(?: out)?|cleared|listed|lists|day's|the|these|those|my|our|comprised"
    r"|comprises|contains?|contained|includes|with|by|spanning|spans|spread over|between|among"
    r"|held|had|has|saw|brought|got through|took on|produced|counted|counts|numbered|ran to"
    r"|came to|made|from|through|averaged over|for|out of|was|were|is|are|and|at|to|managed"
    r"|holds?|shows?|carries|lists|handled|tackled|covered|entailed|did|features?d?|worked through"
    r"|churned through) )$"
)


_TOTAL_AFTER = pattern(
    r"^ ?(?:$|[.,;:!?)—]|--|\b(?:in (?:all|total|one day|a single day|24 hours)|altogether"
    r"|total|all told|overall|in the log|on (?:an?|one|the|this|that) (?:day|record|list|log"
    r"|sunday|monday|board|page)|(?:that|this|in the|for the|in a single|in one) day|on april"
    r"|were (?:logged|completed|finished|recorded|done|closed|shipped|listed)"
    r"|(?:got|get) (?:done|logged|finished)|made (?:up|it)|make up|filled|fill|went (?:into"
    r"|through|in)|ran|took|logged|recorded|completed|finished|closed|shipped|done|and|with"
    r"|for|totall?(?:ed|ing)|worth|at an? |averag(?:ed|ing|e)|from|produced|add(?:ed)? up|came"
    r"|come|today|across|listed|went|between|spanning|covering|yielded|amounted|amounting"
    r"|consumed|of human|needed|required|is|represent))"
)


SUBSET = pattern(
    r"\b(?:other|more|fewer|additional|further|remaining|such|of (?:its|his|her|their)|extra|less)\b"
)


def counts_plainly(quantity: Quantity) -> bool:
    """Whether tasks are counted without telling which."""
    plain = ("", "individual", "separate", "different", "single", "of the", "completed", "logged", "finished")
    return quantity.qualifier.lower() in plain


def says_number(quantity: Quantity, number: int) -> bool:
    """Whether a count is this number, as loosely as it was written."""
    return fit(quantity, Decimal(number)) is Fit.YES


def of_all(scene: Scene, quantity: Quantity) -> Finding:
    """A count of all tasks where the sentence means them all; else of some, which nobody can judge."""
    total = len(scene.figures.tasks)
    truth, live = counted(total, "task"), "tasks"
    place = quantity.start, quantity.end
    if scene.moments and not _is_of_today(scene, quantity):
        return _elsewhere(scene, quantity)
    if says_number(quantity, total) and not quantity.inherited:
        return scene.finding(*place, Verdict.CONFIRMED, truth, live)
    if _is_known_otherwise(scene, quantity):
        return scene.finding(*place, Verdict.CONFIRMED)
    if (
        not scene.is_supposed(*place)
        and quantity.value > total
        and quantity.bound in (Bound.EXACT, Bound.ABOUT)
        and not SUBSET.search(quantity.qualifier)
        and _is_about_record(scene, quantity)
    ):
        return scene.finding(*place, Verdict.REFUTED, truth, live)
    if _means_all(scene, quantity) and not scene.is_supposed(*place):
        return scene.finding(*place, Verdict.REFUTED, truth, live)
    return scene.finding(*place, Verdict.UNJUDGED)


_BESIDE = pattern(
    r"^(?:'s|s')? ?\(?(?:(?:had|saw|seen|been|brought|logged|was|were|is|with|only|just|mere|for|at"
    r"|total|count|closed"
    r"|ended|ends|finished|on|has|comes to|came to|adds up to|stands at|stood at|managed|average|task|tally"
    r"|produced|took|made|of) ?){0,4}$"
    r"|^ ?(?:logged |recorded |done |finished )?(?:on|of|from|the)? ?(?:the )?$"
)


def _elsewhere(scene: Scene, quantity: Quantity) -> Finding:
    """A count of another day's tasks."""
    place = quantity.start, quantity.end
    for moment in scene.moments:
        gap = (
            scene.text[moment.end : quantity.start]
            if moment.end <= quantity.start
            else scene.text[quantity.end : moment.start]
        )
        if (
            moment.days
            and _BESIDE.match(gap)
            and not scene.overlaps(moment.start, moment.end)
            and counts_plainly(quantity)
        ):
            number = sum(day.totals.tasks for day in moment.days)
            if "average" in gap:
                number = round(number / len(moment.days))
            right = says_number(quantity, number) or (
                not moment.is_day and "average" not in gap and says_number(quantity, len(scene.figures.tasks))
            )
            label = f"on {moment.label}" if moment.is_day else moment.label
            return scene.finding(
                *place, Verdict.CONFIRMED if right else Verdict.REFUTED, f"{counted(number, 'task')} {label}"
            )
    return scene.finding(*place, Verdict.UNJUDGED)


def _is_of_today(scene: Scene, quantity: Quantity) -> bool:
    return all(
        abs(moment.start - quantity.end) > 12 and abs(quantity.start - moment.end) > 12
        for moment in scene.moments
    )


_BACKGROUND = pattern(
    r"\b(?:background|celery|cron|scheduled|queued|worker|async|recurring|periodic|gradle|gulp"
    r"|ecs|fargate|rake|open|pending|follow-up|future|planned|kanban|jira|backlog|unfinished"
    r"|sub|build|onboarding|practice)\b"
)


_ENTRIES = pattern(r"^(?:[,;:.]| (?:in the log|today|in all|in total|on the (?:list|board|page|day)))")


def _is_about_record(scene: Scene, quantity: Quantity) -> bool:
    noun = scene.text[quantity.number_start : quantity.end].lower()
    opens = not scene.text[: quantity.start].strip() and _ENTRIES.match(scene.text[quantity.end :])
    return (
        "task" in noun
        or noun.endswith("things")
        or (opens and noun.endswith("entries") and not quantity.qualifier)
        or quantity.qualifier == "named"
    ) and not _BACKGROUND.search(quantity.qualifier)


def _means_all(scene: Scene, quantity: Quantity) -> bool:
    if scene.in_categories and not _EXPLICIT.match(scene.text[quantity.end :]):
        return False
    if quantity.qualifier and not re.fullmatch(
        r"(?:named|total|logged|individual|separate|distinct|recorded|completed|different|discrete"
        r"|finished|agent|claude)",
        quantity.qualifier,
        re.I,
    ):
        return False
    if OF_THEM_ALL.search(scene.text[: quantity.start]):
        return True
    if (
        quantity.inherited
        or _is_small(scene, quantity)
        or not _is_about_record(scene, quantity)
        or re.search(r"\bof (?:the|its)\b", scene.text[quantity.number_start : quantity.end])
    ):
        return False
    before, after = scene.text[: quantity.start], scene.text[quantity.end :]
    if scene.leans_back(quantity) or any(
        s.kind in ("task", "category", "selector") for s in scene.subjects if s.end <= quantity.start
    ):
        return False
    return bool(TOTAL_BEFORE.search(before) and (_TOTAL_AFTER.match(after) or _TOTAL_OF.search(before)))


_TOTAL_OF = pattern(r"\btotal of $")


OF_THEM_ALL = pattern(
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|twenty) of (?:the |its "
    r"|all )(?:day's )?$"
)


_EXPLICIT = pattern(
    r"^ ?(?:in (?:all|total)|altogether|total|logged|were logged|for the day|on the day|that day)"
)


def _is_small(scene: Scene, quantity: Quantity) -> bool:
    """A few of many tasks are rarely meant to be all of them."""
    alone = not scene.text[: quantity.start].strip() and len(scene.text.split()) <= 3
    return (
        quantity.value * 3 < len(scene.figures.tasks)
        and not alone
        and not _EXPLICIT.match(scene.text[quantity.end :])
    )


def _is_known_otherwise(scene: Scene, quantity: Quantity) -> bool:
    """Whether the count is that of tasks spoken of: named one by one, chosen before, or all but those."""
    total = len(scene.figures.tasks)
    groups = [len(o.tasks) for o in scene.memory.groups]
    groups += [scene.in_categories]
    groups += [len(s.options[0].tasks) for s in scene.subjects if s.kind == "category"]
    groups += [scene.in_categories]
    groups += [s.counted or 0 for s in scene.subjects if s.kind == "selector"]
    named = _figured(scene)
    counts = {*groups, named} - {0}
    is_rest = bool(
        re.search(
            r"\b(?:other|remaining|rest)\b", scene.text[max(0, quantity.start - 14) : quantity.end], re.I
        )
    )
    if is_rest:
        counts = {total - number for number in (*counts, 1, 2, 3, 5, 10) if number}
        return any(says_number(quantity, number) for number in counts)
    known = scene.memory.counts if scene.leans_back(quantity) else set()
    supervised = _supervised(scene)
    return (
        quantity.value in known
        or any(says_number(quantity, number) for number in counts)
        or quantity.value == supervised
    )


def _figured(scene: Scene) -> int:
    """How many different factors of tasks the sentence gives: so many tasks it speaks of."""
    values = {q.value for q in scene.quantities if q.unit is Unit.FACTOR}
    exact = [task for task in scene.figures.tasks if any(_has(task, value) for value in values)]
    return len(values) if len(values) > 1 and exact else 0


def _has(task: TaskFigures, value: Decimal) -> bool:
    return task.factor is not None and abs(task.factor - value) < Decimal("0.005")


def _supervised(scene: Scene) -> int:
    if not re.search(r"supervis", scene.text, re.I):
        return -1
    return sum(task.supervisory_minutes is not None for task in scene.figures.tasks)
