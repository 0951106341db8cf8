"""Which task, which category stands at an end of the day: "the wiki was the largest task"."""

import re
from collections.abc import Iterator
from itertools import chain

from records.facts.figures import Measure, Tasks
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject

_IS = pattern(
    r"^(?:,| of the day| of all| on the (?:board|list|log)| by (?:leverage|factor|hours|size"
    r"|far|a wide margin)| on this day| overall| that day| today)* ?(?:was|is|were|came from"
    r"|comes from|belong(?:s|ed) to|went to|goes to|:|-{1,2}|—|–|,|\() ?(?:once again |again "
    r"|clearly |easily |by far )?(?:an?|the|our|my|its)? ?(?:[\w-]+ ){0,3}?$"
)


_WAS_THE = pattern(
    r"^ ?(?:full |whole )?(?:[\w'-]+ ){0,3}?(?:,? ?\([^)]*\),?)? ?(?:itself |alone |again "
    r"|once again )?(?:was|is|had|has|ranks?(?:ed)? as|counts? as|stood as|remains?|made"
    r"|posted|reached|hit|recorded|became|as|,|set|carried|took|claimed|earned"
    r"|delivered) (?:also |again |by far |easily |clearly |comfortably |once again )?(?:the "
    r"|our |my )?(?:day's |single |very |clear )*$"
)


_CATEGORY_END = pattern(
    r"(?:the |our )?(?:(?P<high>highest|strongest|best|top|leading|busiest|largest|biggest"
    r"|most productive|most leveraged|heaviest)|(?P<low>lowest|weakest|worst|smallest|poorest"
    r"|least leveraged|lightest|bottom))[- ](?:(?P<by>leverage|factor|average|weighted"
    r"|task count|hours)[- ])?(?:average |weighted |leverage |performing "
    r"|scoring )?(?P<noun>category|categories|kind of work|area|average|factor|cluster|group"
    r"|leverage)\b"
)


_TOOK_MOST = pattern(
    r"^ ?(?:had|took|got|saw|held|accounted for|brought|came with|claimed|contributed"
    r"|absorbed) (?:by far )?the (?P<end>most|fewest|largest share of(?: the)?"
    r"|biggest share of(?: the)?|highest number of|lowest number of) (?:human "
    r"|agent )?(?P<what>tasks|hours|minutes|agent time|supervision)\b"
)


_WHAT = {
    "tasks": Measure.TASKS,
    "hours": Measure.HOURS,
    "minutes": Measure.MINUTES,
    "agent time": Measure.MINUTES,
    "supervision": Measure.SUPERVISORY_MINUTES,
}


_CATEGORY_WITH = pattern(
    r"(?:the )?(?:category|kind of work) with the (?:(?P<high>highest|best|most)"
    r"|(?P<low>lowest|worst|fewest))"
    r"(?: (?P<by>hours|tasks))?"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each task or category that a sentence puts at an end of the day."""
    selectors = [s for s in scene.subjects if s.kind == "selector" and s.counted == 1]
    for selector in selectors:
        named = _identified(scene, selector)
        if named:
            yield _is_it(scene, selector, named)
    yield from _categories(scene)


def _identified(scene: Scene, selector: Subject) -> Subject | None:
    """The task that the words equate with the rank, before or after it."""
    for subject in scene.subjects:
        if subject.kind != "task":
            continue
        if subject.start >= selector.end and _IS.match(scene.text[selector.end : subject.start]):
            return subject
        if subject.end <= selector.start and _WAS_THE.match(scene.text[subject.end : selector.start]):
            return subject
    return None


def _is_it(scene: Scene, selector: Subject, named: Subject) -> Finding:
    meant = {task for option in named.options for task in option.tasks}
    places = [_level(scene, option) for option in selector.options]
    start, end = min(selector.start, named.start), max(selector.end, named.end)
    right = any(meant & set(tasks) for tasks in places)
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    if not right and (scene.is_supposed(start, end) or scene.is_anaphoric or scene.moments):
        verdict = Verdict.UNJUDGED
    best = selector.options[0]
    return scene.finding(
        start, end, verdict, best.label.removeprefix("for "), f"{best.live}.name" if best.live else ""
    )


def _level(scene: Scene, option: Option) -> Tasks:
    """The tasks of an option and those level with them."""
    figures = {(task.factor, task.human_hours, task.agent_minutes) for task in option.tasks}
    factors = {factor for factor, _, _ in figures}
    level = [task for task in scene.figures.tasks if task.factor in factors]
    return (*option.tasks, *level)


def _categories(scene: Scene) -> Iterator[Finding]:
    for subject in [s for s in scene.subjects if s.kind == "category"]:
        rest = scene.text[subject.end :]
        if match := _TOOK_MOST.match(rest):
            highest = match["end"].lower() not in ("fewest", "lowest number of")
            yield _ends(
                scene,
                subject,
                (subject.start, subject.end + match.end()),
                [_WHAT[match["what"].lower()]],
                highest=highest,
            )
        for match in chain(_CATEGORY_END.finditer(scene.text), _CATEGORY_WITH.finditer(scene.text)):
            if _linked(scene, subject, match):
                place = min(subject.start, match.start()), max(subject.end, match.end())
                yield _ends(scene, subject, place, _measures(match), highest=bool(match["high"]))


def _linked(scene: Scene, subject: Subject, match: re.Match[str]) -> bool:
    if subject.start < match.end() and match.start() < subject.end:
        return False
    if subject.end <= match.start():
        return bool(_WAS_THE.match(scene.text[subject.end : match.start()]))
    return bool(_IS.match(scene.text[match.end() : subject.start]))


def _measures(match: re.Match[str]) -> list[Measure]:
    by = (match["by"] or "").lower()
    if by in ("task count", "tasks") or (match["high"] or "").lower() == "busiest":
        return [Measure.TASKS]
    if by == "hours" or (match["high"] or match["low"]).lower() in (
        "largest",
        "biggest",
        "smallest",
        "heaviest",
        "most productive",
    ):
        return [Measure.HOURS, Measure.TASKS]
    return [Measure.FACTOR]


def _ends(
    scene: Scene, subject: Subject, place: tuple[int, int], measures: list[Measure], *, highest: bool
) -> Finding:
    best: Option | None = None
    for measure in measures:
        ranked = _ranked(scene, measure, highest=highest)
        best = best or (ranked[0] if ranked else None)
        if ranked and subject.options[0].tasks in [
            o.tasks for o in ranked if o.value(measure) == ranked[0].value(measure)
        ]:
            return scene.finding(*place, Verdict.CONFIRMED, ranked[0].label)
    doubted = best is None or scene.is_supposed(*place) or scene.moments
    return scene.finding(*place, Verdict.UNJUDGED if doubted else Verdict.REFUTED, best.label if best else "")


def _ranked(scene: Scene, measure: Measure, *, highest: bool) -> list[Option]:
    groups = [
        Option(tasks, f"in {tasks[0].category_name}", f"category.{slug}")
        for slug, tasks in scene.figures.by_category.items()
        if slug
    ]
    known = [option for option in groups if option.value(measure) is not None]
    return sorted(known, key=lambda option: option.value(measure) or 0, reverse=highest)
