"""Lists of tasks to begin with, computed from the figures: the highest of a kind, the lowest of all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q

from records.filters.criteria import BoundCriterion
from records.filters.links import Link, link
from records.filters.tasks import TaskFilter
from records.filters.what_if import WhatIf
from records.formats import quantity
from records.models import Task
from records.models.task import TaskQuerySet
from records.scenario import Scenario

HIGH = (1000, 500, 200, 100, 50, 20, 10)
LOW = (1, 2, 5, 10, 20)
LARGE_HOURS = 40
FEWEST = 2  # tasks that make a list
KINDS = 3  # categories that get a list of their own, those of most tasks
UNDONE = (Task.Outcome.REWORKED, Task.Outcome.REVERTED)

View = tuple[str, dict[str, Any], int]  # its name, what its address asks for, how many tasks it has


Counted = Mapping[str, Mapping[str, int]]  # by category, what lists can be made of


def counted_for_views(tasks: TaskQuerySet, scenario: Scenario) -> Counted:
    """How many of these tasks each list may have, in one query."""
    sums = _sums(Fraction(scenario.hours))
    found: Iterable[Any] = tasks.order_by().values("category__slug").annotate(**sums)
    return {row.pop("category__slug"): row for row in found}


def views_of(rows: Counted, known: Mapping[str, Mapping[str, str]], what_if: WhatIf) -> list[Link]:
    """Lists made of what was counted for them, each with how many tasks it has; the scenario stays."""
    everything = sum(map(Counter, rows.values()), Counter[str]())
    named = [slug for slug in rows if slug in known["category"]]
    largest = sorted(named, key=lambda slug: (-rows[slug]["tasks"], slug))[:KINDS]
    lists = [
        *((known["category"][slug], {"category": slug}, rows[slug]) for slug in largest),
        ("All", {}, everything),
    ]
    highest = [view for text, query, counts in lists for view in _highest(text, query, counts)]
    return [
        Link(text, link(what_if.state, **query), count)
        for text, query, count in (*highest, *_others(everything))
    ]


def _sums(times: Fraction) -> dict[str, Count]:
    """What has to be counted; bounds are divided by what a scenario multiplies figures by."""
    high = {f"from_{line}": _bound("factor_min", line, times) for line in HIGH}
    low = {f"to_{line}": _bound("factor_max", line, times) for line in LOW}
    others = {
        "large": _bound("hours_min", LARGE_HOURS, times),
        "undone": Q(outcome__in=UNDONE),
        "unsupervised": Q(supervisory_minutes__isnull=True),
    }
    counts = {name: Count("pk", filter=q) for name, q in {**high, **low, **others}.items()}
    return {"tasks": Count("pk"), **counts}


def _bound(name: str, value: int, times: Fraction) -> Q:
    criterion: BoundCriterion = deepcopy(TaskFilter.base_filters[name])
    criterion.scale(times)
    return criterion.q(Decimal(value))


def _highest(text: str, query: Mapping[str, str], counts: Mapping[str, int]) -> Iterator[View]:
    line = _first(HIGH, "from", counts)
    if line:
        yield f"{text}, {quantity(line)}× and above", {**query, "factor_min": line}, counts[f"from_{line}"]


def _others(counts: Mapping[str, int]) -> Iterator[View]:
    line = _first(LOW, "to", counts)
    if line:
        yield f"{line}× and below", {"factor_max": line}, counts[f"to_{line}"]
    if counts["large"]:
        yield f"{LARGE_HOURS} hours and more", {"hours_min": LARGE_HOURS}, counts["large"]
    if counts["undone"]:
        yield "Reworked or reverted", {"outcome": list(UNDONE)}, counts["undone"]
    if counts["unsupervised"]:
        yield "Supervision not known", {"missing": "supervision"}, counts["unsupervised"]


def _first(lines: Iterable[int], end: str, counts: Mapping[str, int]) -> int | None:
    return next((line for line in lines if counts[f"{end}_{line}"] >= FEWEST), None)
