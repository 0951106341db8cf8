"""Counts beside the name of a category: "Tasks in Infrastructure: six", "testing tasks, four of them"."""

from collections.abc import Iterator

from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.subjects import Option
from records.facts.units import NOTHING_COUNTED, Quantity, Unit
from records.formats import counted

_LABELLED = pattern(
    r"^(?: ?[:=]| -{1,2}| –| —| \(|,? (?:number(?:ed)?|come to|came to|counted)| (?:were"
    r"|are) the (?:most|largest|biggest|fewest)[a-z ]{0,20}[:,]) ?$"
)


_TASKS = pattern(r"\b(?:tasks?|jobs?|entries)\b")


_OF_THEM = pattern(r"^ of (?:them|those|these)(?: (?:in all|in total|all told))? ?(?:$|[.,;:)!—])")


_AT_ONCE = pattern(r"^[^.;:]{0,60}?(?:,|:|\(|—|--) ?(?:all )?$")


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each bare number that counts the tasks of the category beside it."""
    for quantity in list(scene.free()):
        if quantity.unit is Unit.OTHER and (group := _group(scene, quantity)):
            yield _counted(scene, quantity, group)


def _group(scene: Scene, quantity: Quantity) -> Option | None:
    before = [s for s in scene.subjects if s.end <= quantity.start]
    if not before or before[-1].kind != "category" or _another(scene, before[-1].end, quantity):
        return None
    last, gap, after = (
        before[-1],
        scene.text[before[-1].end : quantity.start],
        scene.text[quantity.end :],
    )
    named = _TASKS.search(scene.text[last.start : last.end])
    if named and _LABELLED.match(gap) and NOTHING_COUNTED.match(after):
        return last.options[0]
    if _OF_THEM.match(after) and _AT_ONCE.match(gap) and _TASKS.search(scene.text[: quantity.start]):
        return last.options[0]
    return None


def _another(scene: Scene, start: int, quantity: Quantity) -> bool:
    return any(start <= other.start < quantity.start for other in scene.quantities)


def _counted(scene: Scene, quantity: Quantity, group: Option) -> Finding:
    scene.take([quantity])
    number = len(group.tasks)
    right = quantity.value == number
    doubted = scene.is_supposed(quantity.start, quantity.end) or scene.leans_back(quantity)
    verdict = Verdict.CONFIRMED if right else Verdict.UNJUDGED if doubted else Verdict.REFUTED
    return scene.finding(quantity.start, quantity.end, verdict, f"{counted(number, 'task')} {group.label}")
