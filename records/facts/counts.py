"""How many tasks: in all, of a category, past a threshold; and what holds for none or for all of them."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from records import formats
from records.facts.amounts import AGENT, M, SUPERVISION
from records.facts.figures import Measure, TaskFigures, Tasks, value_of
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.quantities import Bound, Quantity, Unit
from records.facts.rounding import Fit, fit, holds
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject, category_words

Test = Callable[[TaskFigures], bool]

_ABOVE = (
    r"exceed(?:ed|s|ing)?|topp(?:ed|ing)|tops|pass(?:ed|es|ing)|cleared|clear(?:s|ing)?|broke(?: through)?|broken|crossed|cross(?:es|ing)?|beat(?:s|ing)?|surpass(?:ed|es|ing)?"
    r"|bettered|outran|outpaced|r[oa]n past|went (?:over|above|past|beyond)|(?:came|went|ran|rose|stood|landed|finished|got|climbed|sat|stayed|ended) (?:in |out )?(?:well |comfortably )?(?:above|over|past|beyond|north of)"
)
_UP_TO = r"reach(?:ed|es|ing)?|hit(?:s|ting)?|managed|made it to|achieved|attained|touched|needed|required|as (?:much|many|high) as"
_BELOW = (
    r"(?:fell|f[ae]ll(?:s|ing)?|dropp?(?:ed|s)?|dipp?(?:ed|s)?|came(?: in)?|went|finished|landed|sank|slipped|stayed|sat|stood|ended|ran) (?:in |out )?(?:well |comfortably )?(?:below|under|short of|beneath)"
    r"|missed|failed to (?:reach|clear|hit|pass|exceed|beat|top)|short of|undershot"
)
_VERB = pattern(
    rf"\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<upto>{_UP_TO}))\b(?! (?:an?|the) average)"
)
_MEASURED = (Unit.FACTOR, Unit.HOURS, Unit.MINUTES)
_NONE = pattern(
    r"\b(?:(?:no|not (?:a single|one)|not one of the|none of the|never|no other|no single) (?:other )?(?:single )?(?P<what>(?:[\w&-]+ ){0,2}?(?:task|job|item|entry|entries|tasks|jobs|items))|(?P<what2>nothing|none(?: of (?:them|the day's work|these))?))\b"
)
_ALL = pattern(
    r"\b(?:(?:every(?: single)?|each|all(?: of)?(?: the)?(?: day's)?(?: (?:\d+|[a-z]+(?:-[a-z]+)?))?) (?P<what>(?:[\w&-]+ ){0,2}?(?:task|job|item|entry|tasks|jobs|items|one))|(?P<what2>everything))\b(?P<but> (?:but|except(?: for)?|bar|apart from|save) (?P<n>\w+))?"
)
_TOTAL_BEFORE = pattern(
    r"(?:^|[.;:(—] ?|-- ?|\b(?:still|just|only|exactly|across|over|in|of|all|total(?:led|ed|ing|s)? (?:of )?|completed?|logged|logs|recorded|records|finished|finish|shipped|delivered|closed(?: out)?|cleared|listed|lists|day's|the|these|those|my|our|comprised|comprises|contains?|contained|includes|with|by|spanning|spans|spread over|between|among|held|had|has|saw|brought|got through|took on|produced|counted|counts|numbered|ran to|came to|made|from|through|averaged over|for|out of|was|were|is|are|and|at|to|managed|handled|tackled|covered|entailed|did|features?d?|worked through|churned through) )$"
)
_TOTAL_AFTER = pattern(
    r"^ ?(?:$|[.,;:!?)—]|--|\b(?:in (?:all|total|one day|a single day|24 hours)|altogether|total|all told|overall|in the log|on (?:an?|one|the|this|that) (?:day|record|list|log|sunday|monday|board|page)|(?:that|this|in the|for the|in a single|in one) day|on april|were (?:logged|completed|finished|recorded|done|closed|shipped|listed)"
    r"|(?:got|get) (?:done|logged|finished)|made (?:up|it)|make up|filled|fill|went (?:into|through|in)|ran|took|logged|recorded|completed|finished|closed|shipped|done|and|with|for|totall?(?:ed|ing)|worth|at an? |averag(?:ed|ing|e)|from|produced|add(?:ed)? up|came|come|today|across|listed|went|between|spanning|covering|yielded|amounted|amounting|consumed|of human|needed|required|is|represent))"
)
_SUBSET = pattern(
    r"\b(?:other|more|fewer|additional|further|remaining|such|of (?:its|his|her|their)|extra|less)\b"
)
_STANDS_OUT = pattern(
    r"\b(?:stood out|stand out|deserve\w*|worth (?:a|noting|men|sin)|notable|mention\w*|dominat\w+|led|lead|topp?ed|tied?|in particular|especially|shared?|hit|reached|involv\w+|touch\w+|concern\w+|cover\w+|built|dealt|were about|followed|began|came first|that|which|who|where|among)\b"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each count of tasks and each "no task exceeded"; thresholds belong to them."""
    yield from _universals(scene)
    for quantity in list(scene.free()):
        if quantity.unit is Unit.TASKS:
            yield from _count(scene, quantity)
        elif (
            quantity.unit is Unit.OTHER
            and _IS_COUNT.match(scene.text[quantity.end :])
            and _speaks_of_tasks(scene)
        ):
            yield from filter(None, [_with_conditions(scene, quantity)])
        elif quantity.unit is Unit.CATEGORIES:
            yield _categories(scene, quantity)


_IS_COUNT = pattern(
    r"^ (?:of (?:them|these|those) )?(?:were|was|stood|came|sat|reached|exceeded|topped|cleared|passed|ran|took|fell|went|finished|landed|crossed|are|sit|stand|did|beat|broke|hit)\b"
)


def _speaks_of_tasks(scene: Scene) -> bool:
    return bool(re.search(r"\btasks?\b", scene.text, re.IGNORECASE) or scene.memory.counts)


# Conditions


def conditions(scene: Scene, start: int, *, positive: bool = True) -> list[tuple[Test, Quantity]]:
    """What the words from ``start`` on demand of a task: "at 100x or more", "took under five minutes"."""
    _, end = scene.clause(start)
    found: list[tuple[Test, Quantity]] = []
    place = start
    for quantity in scene.quantities:
        if quantity.start < start or quantity.start >= end or quantity in scene.used:
            continue
        if quantity.unit not in _MEASURED:
            break
        gap = scene.text[place : quantity.start]
        if len(gap.split()) > 9 or not (test := _test(scene, gap, quantity, positive=positive)):
            break
        found.append((test, quantity))
        place = quantity.end
    return found


def _test(scene: Scene, gap: str, quantity: Quantity, *, positive: bool) -> Test | None:
    bound = _side(gap, quantity, positive=positive)
    measure = _condition_measure(scene, gap, quantity)
    scale = 60 if quantity.unit is Unit.HOURS and measure is not M.HOURS else 1
    limit = quantity.value * scale

    def test(task: TaskFigures) -> bool:
        value = value_of(task, measure)
        if value is None:
            return False
        if bound is None:
            return fit(quantity, value, Decimal(scale)) is Fit.YES
        return holds(bound, value, limit)

    return test


def _side(gap: str, quantity: Quantity, *, positive: bool) -> Bound | None:
    """Which side of the limit is meant: by the bound of the number, else by the verb before it."""
    if quantity.bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST):
        if re.search(r"\bfailed to\b", gap):
            return Bound.UNDER
        return quantity.bound
    verbs = list(_VERB.finditer(gap))
    if verbs:
        verb = verbs[-1]
        if verb["above"]:
            return Bound.OVER
        if verb["below"]:
            return Bound.UNDER
        return Bound.AT_LEAST if quantity.bound is Bound.EXACT and not positive else _reached(verb[0])
    return None


def _reached(verb: str) -> Bound | None:
    return None if verb.lower().startswith(("need", "requir")) else Bound.AT_LEAST


def _condition_measure(scene: Scene, gap: str, quantity: Quantity) -> Measure:
    near = f"{gap} {quantity.qualifier} {scene.after(quantity)[:30]}"
    supervised = bool(SUPERVISION.search(near))
    if quantity.unit is Unit.FACTOR:
        return M.SUPERVISORY_FACTOR if supervised else M.FACTOR
    if supervised:
        return M.SUPERVISORY_MINUTES
    if quantity.unit is Unit.HOURS and not AGENT.search(near):
        return M.HOURS
    return M.MINUTES


# None and all


def _universals(scene: Scene) -> Iterator[Finding]:
    for words, for_none in ((_NONE, True), (_ALL, False)):
        for match in words.finditer(scene.text):
            if scene.overlaps(*match.span()):
                continue
            demanded = conditions(scene, match.end(), positive=not for_none)
            if demanded:
                yield _universal(scene, match, demanded, for_none=for_none)


def _universal(
    scene: Scene, match: re.Match[str], demanded: list[tuple[Test, Quantity]], *, for_none: bool
) -> Finding:
    tasks = _scope(scene, match.start(), match.end())
    holding = [task for task in tasks if all(test(task) for test, _ in demanded)]
    scene.used.update(quantity for _, quantity in demanded)
    scene.used.update(q for q in scene.quantities if match.start() <= q.start < match.end())
    spared = _spared(match) if not for_none else 0
    wanted = 0 if for_none else len(tasks) - spared
    broken = holding if for_none else [task for task in tasks if task not in holding]
    written = [q for q in scene.quantities if match.start() <= q.start < match.end() and q.unit is Unit.TASKS]
    right = len(holding) == wanted and (for_none or all(_counts(q, len(tasks)) for q in written))
    if not broken:
        broken = list(tasks)
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    if not right and (scene.is_supposed(match.start(), demanded[-1][1].end - 1) or not tasks):
        verdict = Verdict.UNJUDGED
    truth = "" if right else _examples(broken, demanded[0][1])
    return scene.finding(match.start(), demanded[-1][1].end, verdict, truth)


def _spared(match: re.Match[str]) -> int:
    words = "one two three four five six seven eight nine ten".split()
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


def _scope(scene: Scene, start: int, end: int) -> Tasks:
    """The tasks in question: of a category where the words name one, else all."""
    for subject in scene.subjects:
        if subject.kind == "category" and subject.start < end + 30 and subject.end > start:
            return subject.options[0].tasks
    return scene.figures.tasks


# Counts


def _count(scene: Scene, quantity: Quantity) -> Iterator[Finding]:
    if _is_selected(scene, quantity) or (quantity.value == 1 and _is_indefinite(scene, quantity)):
        scene.used.add(quantity)
        return
    finding = _with_conditions(scene, quantity) or _of_group(scene, quantity) or _of_all(scene, quantity)
    scene.used.add(quantity)
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
        or _OF_THEM_ALL.search(scene.text[: quantity.start])
        or _is_listing(scene, quantity, demanded)
        or _DEFINITE.search(scene.text[: quantity.start])
    ):
        return None
    tasks = _scope(scene, quantity.start, quantity.end)
    holding = tuple(task for task in tasks if all(test(task) for test, _ in demanded))
    loose = [task for task in tasks if all(test(task) or _at_limit(task, q) for test, q in demanded)]
    right = _counts(quantity, len(holding)) or _counts(quantity, len(loose))
    is_vague = bool(quantity.qualifier) and tasks == scene.figures.tasks and not _is_plain(quantity)
    if not right and (
        is_vague
        or _is_figure_of_all(scene, quantity, demanded)
        or scene.is_supposed(quantity.start, quantity.end)
    ):
        return None
    scene.used.update(q for _, q in demanded)
    if right:
        scene.memory.groups.append(Option(holding, f"in these {len(holding)} tasks"))
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    return scene.finding(quantity.start, demanded[-1][1].end, verdict, f"{_tasks(len(holding))}")


_DEFINITE = pattern(r"\b(?:the other|the remaining|those|these) $")


def _is_plain(quantity: Quantity) -> bool:
    return quantity.qualifier.lower() in ("", "individual", "separate", "different", "single", "of the")


_LISTED = pattern(
    r"^(?:,| and|,? (?:worth|totall?ing|estimated at|for|in|with|took|take|taking|ran|came to|come to|account(?:ed|s)? for|at|held?|needed|required|made up|add(?:ed)? up to|produced|used|consumed|averaged|averaging|delivered|represent\w*|yielded|from|across|over|came in at|together)) "
)


def _is_listing(scene: Scene, quantity: Quantity, demanded: list[tuple[Test, Quantity]]) -> bool:
    """Whether the figure is the sum of the tasks rather than a limit for each: "37 tasks, 614 minutes"."""
    first = demanded[0][1]
    if first.bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST) and not scene.text[
        quantity.end :
    ].startswith((",", " and ")):
        return bool(
            re.match(
                r"\s+(?:totall?|account|add|represent|came to|together|produced)", scene.text[quantity.end :]
            )
        )
    gap = scene.text[quantity.end : first.start]
    return bool(_LISTED.match(f"{gap} ")) and not _VERB.search(gap)


def _is_figure_of_all(scene: Scene, quantity: Quantity, demanded: list[tuple[Test, Quantity]]) -> bool:
    gap = scene.text[quantity.end : demanded[0][1].start]
    if re.match(r"\s+(?:each|apiece)\b", scene.text[demanded[-1][1].end :]) or re.search(
        r"\b(?:shared?|tied?)\b", gap
    ):
        return False
    return demanded[0][1].bound is Bound.EXACT and not _VERB.search(
        scene.text[quantity.end : demanded[0][1].start]
    )


def _at_limit(task: TaskFigures, quantity: Quantity) -> bool:
    values = (task.factor, task.human_hours, task.agent_minutes)
    return quantity.value in values


def _counts(quantity: Quantity, number: int) -> bool:
    return fit(quantity, Decimal(number)) is Fit.YES


def _tasks(number: int) -> str:
    return f"{number} task" if number == 1 else f"{number} tasks"


def _of_group(scene: Scene, quantity: Quantity) -> Finding | None:
    """A count of a category's tasks: its name stands among the words, or right after them."""
    for subject in scene.subjects:
        if subject.kind != "category" or not _belongs(scene, quantity, subject):
            continue
        group = subject.options[0]
        number = len(group.tasks)
        if _counts(quantity, number):
            scene.memory.groups.append(group)
            return scene.finding(
                quantity.start, quantity.end, Verdict.CONFIRMED, f"{_tasks(number)} {group.label}"
            )
        fewer = quantity.value < number and (
            scene.says(_STANDS_OUT) or quantity.value == 1 or _rest_of_count(scene, quantity)
        )
        verdict = (
            Verdict.UNJUDGED
            if fewer or scene.leans_back(quantity) or _is_joint(scene, quantity)
            else Verdict.REFUTED
        )
        return scene.finding(quantity.start, quantity.end, verdict, f"{_tasks(number)} {group.label}")
    return None


def _is_joint(scene: Scene, quantity: Quantity) -> bool:
    """Whether several kinds are counted as one: "ten website and infrastructure tasks"."""
    return bool(re.search(r"\b(?:and|or)\b|&|,", quantity.qualifier)) or bool(
        re.match(r"\s+(?:on|in) [\w ]+ and ", scene.text[quantity.end : quantity.end + 50])
    )


def _belongs(scene: Scene, quantity: Quantity, subject: Subject) -> bool:
    if quantity.start <= subject.start < quantity.end:
        return True
    gap = scene.text[quantity.end : subject.start] if subject.start >= quantity.end else "x y z"
    if len(gap.split()) <= 3 and re.fullmatch(
        r"\s*(?:(?:were|was|are|went|fell|came|belonged|filed|each)?\s*(?:in|to|on|under|into|from|for|of)?\s*(?:the)?\s*)",
        gap,
    ):
        return True
    back = scene.text[subject.end : quantity.start] if subject.end <= quantity.start else "x" * 99
    return bool(
        re.fullmatch(
            r"\s*(?:alone |category |itself |work )?(?:had|has|held|holds|saw|took|came to|accounted for|accounts for|made up|makes up|with|brought|counted|contributed|covers|comprises|comprised|spans|spanned|ran to|was|at|:|,|\(|was the busiest category with|led with)\s*(?:only |just )?",
            back,
            re.IGNORECASE,
        )
    )


def _rest_of_count(scene: Scene, quantity: Quantity) -> bool:
    return bool(re.match(r"\s*of (?:the|its|those)", scene.text[quantity.number_start + 1 :][:20])) or bool(
        _SUBSET.search(scene.text[quantity.start : quantity.end])
    )


def _of_all(scene: Scene, quantity: Quantity) -> Finding:
    """A count of all tasks where the sentence means them all; else of some, which nobody can judge."""
    total = len(scene.figures.tasks)
    truth, live = _tasks(total), "tasks"
    place = quantity.start, quantity.end
    if scene.moments and not _is_of_today(scene, quantity):
        return _elsewhere(scene, quantity)
    if _counts(quantity, total) and not quantity.inherited:
        return scene.finding(*place, Verdict.CONFIRMED, truth, live)
    if _is_known_otherwise(scene, quantity):
        return scene.finding(*place, Verdict.CONFIRMED)
    if (
        not scene.is_supposed(*place)
        and quantity.value > total
        and quantity.bound in (Bound.EXACT, Bound.ABOUT)
        and not _SUBSET.search(quantity.qualifier)
        and _is_about_record(scene, quantity)
    ):
        return scene.finding(*place, Verdict.REFUTED, truth, live)
    if _means_all(scene, quantity) and not scene.is_supposed(*place):
        return scene.finding(*place, Verdict.REFUTED, truth, live)
    return scene.finding(*place, Verdict.UNJUDGED)


_BESIDE = pattern(
    r"^(?:'s|s')? ?(?:(?:had|saw|brought|logged|was|were|with|only|just|mere|for|at) ?){0,3}$|^ ?(?:logged |recorded |done |finished )?(?:on|of|from|the)? ?(?:the )?$"
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
            and _is_plain(quantity)
        ):
            number = sum(day.totals.tasks for day in moment.days)
            right = _counts(quantity, number) or (
                not moment.is_day and _counts(quantity, len(scene.figures.tasks))
            )
            label = f"on {moment.label}" if moment.is_day else moment.label
            return scene.finding(
                *place, Verdict.CONFIRMED if right else Verdict.REFUTED, f"{_tasks(number)} {label}"
            )
    return scene.finding(*place, Verdict.UNJUDGED)


def _is_of_today(scene: Scene, quantity: Quantity) -> bool:
    return all(
        abs(moment.start - quantity.end) > 25 and abs(quantity.start - moment.end) > 25
        for moment in scene.moments
    )


_BACKGROUND = pattern(
    r"\b(?:background|celery|cron|scheduled|queued|worker|async|recurring|periodic|gradle|gulp|ecs|fargate|rake|open|pending|follow-up|future|planned|kanban|jira|backlog|unfinished|sub|build|onboarding|practice)\b"
)


def _is_about_record(scene: Scene, quantity: Quantity) -> bool:
    noun = scene.text[quantity.number_start : quantity.end].lower()
    return ("task" in noun or quantity.qualifier == "named") and not _BACKGROUND.search(quantity.qualifier)


def _means_all(scene: Scene, quantity: Quantity) -> bool:
    if _of_categories(scene) and not _EXPLICIT.match(scene.text[quantity.end :]):
        return False
    if quantity.qualifier and not re.fullmatch(
        r"(?:named|total|logged|individual|separate|distinct|recorded|completed|different|discrete|finished|agent|claude)",
        quantity.qualifier,
        re.I,
    ):
        return False
    if _OF_THEM_ALL.search(scene.text[: quantity.start]):
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
    return bool(_TOTAL_BEFORE.search(before)) and bool(_TOTAL_AFTER.match(after))


_OF_THEM_ALL = pattern(
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|twenty) of (?:the |its |all )(?:day's )?$"
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
    groups += [_of_categories(scene)]
    groups += [len(s.options[0].tasks) for s in scene.subjects if s.kind == "category"]
    groups += [_of_categories(scene)]
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
        return any(_counts(quantity, number) for number in counts)
    known = scene.memory.counts if scene.leans_back(quantity) else set()
    supervised = _supervised(scene)
    return (
        quantity.value in known
        or any(_counts(quantity, number) for number in counts)
        or quantity.value == supervised
    )


def _of_categories(scene: Scene) -> int:
    """How many tasks the categories have together that the sentence mentions, however it does."""
    groups = [group for slug, group in scene.figures.by_category.items() if slug]
    return sum(
        len(group)
        for group in groups
        if any(
            re.search(rf"\b{re.escape(word)}\b", scene.text, re.IGNORECASE)
            for word in category_words(group[0].category_name)
        )
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


def _categories(scene: Scene, quantity: Quantity) -> Finding:
    scene.used.add(quantity)
    number = len([slug for slug in scene.figures.by_category if slug])
    right = _counts(quantity, number)
    clear = (
        bool(_TOTAL_BEFORE.search(scene.text[: quantity.start]))
        or "all" in scene.text[: quantity.start].lower().split()[-1:]
    )
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED if clear else Verdict.UNJUDGED
    return scene.finding(quantity.start, quantity.end, verdict, f"{number} categories")
