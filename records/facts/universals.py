"""What holds for no task or for every one: "no task exceeded 500x", "all of them cleared 10x"."""

import re
from collections.abc import Iterator

from records import formats
from records.facts.conditions import Test, conditions, restricts, tasks_in_question
from records.facts.figures import TaskFigures
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.totals import says_number
from records.facts.units import Bound, Quantity, Unit

# What kind of tasks: "all testing tasks", but not "they all belong to tasks", which says no "all tasks".
_KIND = r"(?:(?!(?:to|in|on|for|of|at|by|with|from)\b)[\w&-]+ ){0,2}?"


_NONE = pattern(
    r"\b(?:(?:no|not (?:a single|one)|not one of the|none of the|never|no other"
    rf"|no single) (?:other )?(?:single )?(?P<what>{_KIND}(?:task|job|item|entry|estimate"
    r"|entries|tasks|jobs|items|estimates))|(?P<what2>(?<!from )nothing|none(?! of (?:the|these|those"
    r"|its|my|our) (?!tasks|jobs|entries|day))(?: of (?:them|the day's work"
    r"|these))?))\b"
)


_ALL = pattern(
    r"\b(?:(?:(?:every one|each)(?: of (?:the|its|these))(?: (?:\d+|[a-z]+(?:-[a-z]+)?))?"
    r"|every(?: single)?|each|all(?: of)?(?: the)?(?: day's)?(?: (?:\d+"
    rf"|[a-z]+(?:-[a-z]+)?))?) (?P<what>{_KIND}(?:task|job|item|entry|tasks|jobs"
    r"|items|one))|(?P<what2>everything|(?<=tasks, )(?:each|all|every one) of them))\b(?P<but> (?:but"
    r"|except(?: for)?|bar|apart from"
    r"|save) (?P<n>\w+))?"
)


_ALL_BUT = pattern(
    r"\ball but (?:the )?(?P<n>\w+)(?: of (?:the|its|these)(?: (?:\d+"
    r"|[a-z]+(?:-[a-z]+)?))?)? (?P<what>tasks?|jobs?|of them)\b"
)


def universals_in(scene: Scene) -> Iterator[Finding]:
    """A finding for each "no task", "every task" with a threshold."""
    yield from _of_ranked(scene)
    for words, for_none in ((_ALL_BUT, False), (_NONE, True), (_ALL, False)):
        for match in words.finditer(scene.text):
            if scene.overlaps(*match.span()):
                continue
            if any(s.kind == "task" and match.start() <= s.start < match.end() for s in scene.subjects):
                continue
            demanded = conditions(scene, match.end(), positive=not for_none)
            if demanded and not restricts(scene, match.end(), demanded):
                yield _universal(scene, match, demanded, for_none=for_none)


_ALL_OF = pattern(r"^ (?:tasks |jobs )?(?:all|each)\b")


def _of_ranked(scene: Scene) -> Iterator[Finding]:
    """ "The bottom ten all stand at 18.0x or lower"."""
    for subject in scene.subjects:
        match = _ALL_OF.match(scene.text[subject.end :])
        if subject.kind != "selector" or not match or (subject.counted or 0) < 2:
            continue
        demanded = conditions(scene, subject.end + match.end())
        if not demanded or demanded[0][1].bound is Bound.EXACT:
            continue
        place = subject.start, demanded[-1][1].end
        right = any(all(test(t) for t in o.tasks for test, _ in demanded) for o in subject.options)
        scene.take(q for q in scene.quantities if place[0] <= q.number_start < place[1])
        doubted = scene.is_supposed(*place)
        verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
        yield scene.finding(
            *place, verdict, "" if right else _examples(list(subject.options[0].tasks), demanded[0][1])
        )


def _universal(
    scene: Scene, match: re.Match[str], demanded: list[tuple[Test, Quantity]], *, for_none: bool
) -> Finding:
    tasks = tasks_in_question(scene, match.start(), match.end())
    holding = [task for task in tasks if all(test(task) for test, _ in demanded)]
    scene.take(quantity for _, quantity in demanded)
    scene.take(q for q in scene.quantities if match.start() <= q.start < match.end())
    spared = _spared(match) if not for_none else 0
    wanted = 0 if for_none else len(tasks) - spared
    broken = holding if for_none else [task for task in tasks if task not in holding]
    written = [q for q in scene.quantities if match.start() <= q.start < match.end() and q.unit is Unit.TASKS]
    counted = for_none or match.re is _ALL_BUT or all(says_number(q, len(tasks)) for q in written)
    right = len(holding) == wanted and counted
    if not broken:
        broken = list(tasks)
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    if not right and (scene.is_supposed(match.start(), demanded[-1][1].end - 1) or not tasks):
        verdict = Verdict.UNJUDGED
    truth = "" if right else _examples(broken, demanded[0][1])
    return scene.finding(match.start(), demanded[-1][1].end, verdict, truth)


def _spared(match: re.Match[str]) -> int:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    number = (match["n"] or "").lower()
    if number.isdigit():
        return int(number)
    return words.index(number) + 1 if number in words else int(bool(number))


def _examples(tasks: list[TaskFigures], quantity: Quantity) -> str:
    shown = ", ".join(f"“{task.name}” {_shown(task, quantity)}" for task in tasks[:3])
    return shown + (f" and {len(tasks) - 3} more" if len(tasks) > 3 else "")


def _shown(task: TaskFigures, quantity: Quantity) -> str:
    if quantity.unit is Unit.FACTOR:
        return f"{formats.task_factor(task.factor)}×"
    if quantity.unit is Unit.HOURS:
        return f"{formats.quantity(task.human_hours)} h"
    return f"{formats.quantity(task.agent_minutes)} min"
