"""How many tasks: in all, of a category, past a threshold."""

import re
from collections.abc import Iterator

from records.facts.conditions import VERB, Test, conditions, restricts, tasks_in_question
from records.facts.figures import TaskFigures
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject
from records.facts.totals import (
    OF_THEM_ALL,
    SUBSET,
    TOTAL_BEFORE,
    counts_plainly,
    of_all,
    says_number,
)
from records.facts.units import Bound, Quantity, Unit
from records.facts.universals import universals_in
from records.formats import counted

_STANDS_OUT = pattern(
    r"\b(?:stood out|stand out|deserve\w*|worth (?:a|noting|men|sin)|notable|mention\w*"
    r"|dominat\w+|led|lead|topp?ed|tied?|in particular|especially|shared?|hit|reached"
    r"|involv\w+|touch\w+|concern\w+|cover\w+|built|dealt|were about|followed|began|came first"
    r"|that|which|who|where|among)\b"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each count of tasks and each "no task exceeded"; thresholds belong to them."""
    yield from universals_in(scene)
    for quantity in list(scene.free()):
        if quantity.unit is Unit.TASKS:
            yield from _count(scene, quantity)
        elif quantity.unit is Unit.OTHER and (group := _just_named(scene, quantity)):
            yield _named(scene, quantity, group)
        elif (
            quantity.unit is Unit.OTHER
            and _IS_COUNT.match(scene.text[quantity.end :])
            and _speaks_of_tasks(scene)
        ):
            yield from filter(None, [_with_conditions(scene, quantity)])
        elif quantity.unit is Unit.CATEGORIES:
            yield _categories(scene, quantity)


_IS_COUNT = pattern(
    r"^ (?:of (?:them|these|those) )?(?:rose|climbed|dropped|stayed|missed|got|managed|took"
    r"|needed|were|was|stood|came|sat|reached|exceeded|topped"
    r"|cleared|passed|ran|took|fell|went|finished|landed|crossed|are|sit|stand|did|beat|broke"
    r"|hit)\b"
)


_OF_THEM = pattern(r"^ (?:of (?:them|those|these)|in (?:all|total|number))\b")


def _just_named(scene: Scene, quantity: Quantity) -> Option | None:
    """The category of "planning tasks, four of them"."""
    if not _OF_THEM.match(scene.text[quantity.end :]):
        return None
    for subject in scene.subjects:
        gap = scene.text[subject.end : quantity.start] if subject.end <= quantity.start else "-"
        if subject.kind == "category" and re.fullmatch(r"(?:,|:|\s|\(|all)*", gap):
            return subject.options[0]
    return None


def _named(scene: Scene, quantity: Quantity, group: Option) -> Finding:
    scene.take([quantity])
    number = len(group.tasks)
    verdict = Verdict.CONFIRMED if quantity.value == number else Verdict.REFUTED
    return scene.finding(quantity.start, quantity.end, verdict, f"{counted(number, 'task')} {group.label}")


def _speaks_of_tasks(scene: Scene) -> bool:
    return bool(re.search(r"\btasks?\b", scene.text, re.IGNORECASE) or scene.memory.counts)


def _count(scene: Scene, quantity: Quantity) -> Iterator[Finding]:
    if _is_selected(scene, quantity) or (quantity.value == 1 and _is_indefinite(scene, quantity)):
        scene.take([quantity])
        return
    finding = _with_conditions(scene, quantity) or _of_group(scene, quantity) or of_all(scene, quantity)
    scene.take([quantity])
    if finding.verdict is Verdict.CONFIRMED:
        scene.memory.counts.add(quantity.value)
    yield finding


def _end_of(scene: Scene, quantity: Quantity) -> int:
    """Where "ten of the 37 tasks" ends, for which the count itself ends after "ten"."""
    ends = [q.end for q in scene.quantities if q.unit is Unit.TASKS and q.start >= quantity.end]
    return ends[0] if quantity.inherited and ends else quantity.end


def _is_selected(scene: Scene, quantity: Quantity) -> bool:
    """Whether the number chooses rather than counts: "the top two tasks"."""
    return any(
        s.kind == "selector" and s.start <= quantity.number_start < s.end and s.counted == quantity.value
        for s in scene.subjects
    )


def _is_indefinite(scene: Scene, quantity: Quantity) -> bool:
    before = scene.text[max(0, quantity.start - 12) : quantity.start].lower()
    return not before.rstrip().endswith(("only", "just", "exactly", "single")) and not conditions(
        scene, quantity.end
    )


def _with_conditions(scene: Scene, quantity: Quantity) -> Finding | None:
    demanded = conditions(scene, _end_of(scene, quantity))
    if (
        not demanded
        or OF_THEM_ALL.search(scene.text[: quantity.start])
        or _is_listing(scene, quantity, demanded)
        or _DEFINITE.search(scene.text[: quantity.start])
    ):
        return None
    tasks = tasks_in_question(scene, quantity.start, quantity.end)
    holding = tuple(task for task in tasks if all(test(task) for test, _ in demanded))
    loose = [task for task in tasks if all(test(task) or _at_limit(task, q) for test, q in demanded)]
    right = says_number(quantity, len(holding))
    at_limit = not right and says_number(quantity, len(loose))
    is_vague = bool(quantity.qualifier) and tasks == scene.figures.tasks and not counts_plainly(quantity)
    if not right and (
        is_vague
        or (restricts(scene, quantity.end, demanded) and quantity.value < len(holding))
        or _is_figure_of_all(scene, quantity, demanded)
        or scene.is_supposed(quantity.start, quantity.end)
    ):
        return None
    scene.take(q for _, q in demanded)
    if right:
        group = Option(holding, f"in these {len(holding)} tasks")
        scene.memory.groups.append(group)
        scene.name(Subject(quantity.start, demanded[-1][1].end, (group,), "selector", len(holding)))
    verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if at_limit else Verdict.REFUTED
    return scene.finding(quantity.start, demanded[-1][1].end, verdict, counted(len(holding), "task"))


_DEFINITE = pattern(r"\b(?:the other|the remaining|those|these) $")


_LISTED = pattern(
    r"^(?:,| and|,? (?:worth|totall?ing|estimated at|for|in|with|took|take|taking|ran|came to"
    r"|come to|account(?:ed|s)? for|at|held?|needed|required|made up|add(?:ed)? up to|produced"
    r"|used|consumed|averaged|averaging|delivered|represent\w*|yielded|from|across|over"
    r"|came in at|together)) "
)


def _is_listing(scene: Scene, quantity: Quantity, demanded: list[tuple[Test, Quantity]]) -> bool:
    """Whether the figure is the sum of the tasks rather than a limit for each: "37 tasks, 614 minutes"."""
    first = demanded[0][1]
    if first.bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST) and not scene.text[
        quantity.end :
    ].startswith((",", " and ")):
        return bool(
            re.match(
                r"\s+(?:totall?|account|add|represent|came to|together"
                r"|produced)",
                scene.text[quantity.end :],
            )
        )
    gap = scene.text[quantity.end : first.start]
    return bool(_LISTED.match(f"{gap} ")) and not VERB.search(gap)


def _is_figure_of_all(scene: Scene, quantity: Quantity, demanded: list[tuple[Test, Quantity]]) -> bool:
    gap = scene.text[quantity.end : demanded[0][1].start]
    if re.match(r"\s+(?:each|apiece)\b", scene.text[demanded[-1][1].end :]) or re.search(
        r"\b(?:shared?|tied?)\b", gap
    ):
        return False
    return demanded[0][1].bound is Bound.EXACT and not VERB.search(
        scene.text[quantity.end : demanded[0][1].start]
    )


def _at_limit(task: TaskFigures, quantity: Quantity) -> bool:
    """Whether a task stands just at a factor that others pass: "above 100x" is loosely said of 100.0x."""
    return (
        quantity.unit is Unit.FACTOR and quantity.bound is not Bound.UNDER and quantity.value == task.factor
    )


def _of_group(scene: Scene, quantity: Quantity) -> Finding | None:
    """A count of a category's tasks: its name stands among the words, or right after them."""
    if OF_THEM_ALL.search(scene.text[: quantity.start]):
        return None
    for subject in scene.subjects:
        if subject.kind != "category" or not _belongs(scene, quantity, subject):
            continue
        group = subject.options[0]
        number = len(group.tasks)
        if says_number(quantity, number):
            scene.memory.groups.append(group)
            return scene.finding(
                quantity.start, quantity.end, Verdict.CONFIRMED, f"{counted(number, 'task')} {group.label}"
            )
        fewer = quantity.value < number and (
            scene.says(_STANDS_OUT) or quantity.value == 1 or _rest_of_count(scene, quantity)
        )
        verdict = (
            Verdict.UNJUDGED
            if fewer or scene.leans_back(quantity) or _is_joint(scene, quantity)
            else Verdict.REFUTED
        )
        return scene.finding(
            quantity.start, quantity.end, verdict, f"{counted(number, 'task')} {group.label}"
        )
    return None


def _is_joint(scene: Scene, quantity: Quantity) -> bool:
    """Whether several kinds are counted as one: "ten website and infrastructure tasks"."""
    return bool(re.search(r"\b(?:and|or)\b|&|,", quantity.qualifier)) or bool(
        re.match(r"\s+(?:on|in) [\w ]+ and ", scene.text[quantity.end : quantity.end + 50])
    )


def _belongs(scene: Scene, quantity: Quantity, subject: Subject) -> bool:
    end = _end_of(scene, quantity)
    if quantity.start <= subject.start < quantity.end:
        return True
    gap = scene.text[end : subject.start] if subject.start >= end else "x y z"
    if len(gap.split()) <= 3 and re.fullmatch(
        r"\s*(?:(?:were|was|are|went|fell|came|belonged|filed|each)?\s*(?:in|to|on|under|into|from"
        r"|for|of)?\s*(?:the)?\s*)",
        gap,
    ):
        return True
    back = scene.text[subject.end : quantity.start] if subject.end <= quantity.start else "x" * 99
    return bool(
        re.fullmatch(
            r"\s*(?:alone |category |itself |work )?(?:had|has|held|holds|saw|took|came to"
            r"|accounted for|accounts for|made up|makes up|with|brought|counted|contributed|covers"
            r"|comprises|comprised|spans|spanned|ran to|was|at|:|,|\(|was the busiest category with"
            r"|led with|(?:was|is|were) (?:split|spread|divided) (?:over|into|across"
            r"|between))\s*(?:only |just )?",
            back,
            re.IGNORECASE,
        )
    )


def _rest_of_count(scene: Scene, quantity: Quantity) -> bool:
    return bool(re.match(r"\s*of (?:the|its|those)", scene.text[quantity.number_start + 1 :][:20])) or bool(
        SUBSET.search(scene.text[quantity.start : quantity.end])
    )


def _categories(scene: Scene, quantity: Quantity) -> Finding:
    scene.take([quantity])
    number = len([slug for slug in scene.figures.by_category if slug])
    right = says_number(quantity, number)
    clear = (
        bool(TOTAL_BEFORE.search(scene.text[: quantity.start]))
        or "all" in scene.text[: quantity.start].lower().split()[-1:]
    )
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED if clear else Verdict.UNJUDGED
    return scene.finding(quantity.start, quantity.end, verdict, f"{number} categories")
