"""Rows of figures after a rank: "the top three (480.0x, 320.0x and 192.0x)"."""

import re

from records.facts.figures import Measure, TaskFigures
from records.facts.findings import Finding, Verdict
from records.facts.rounding import Fit
from records.facts.scene import Scene
from records.facts.subjects import Option, Subject
from records.facts.truths import Truth, fits_truth, truths_of
from records.facts.units import Quantity, Unit

_OPENED = re.compile(r"^[^.;(:]{0,40}?(?:[:(]| at | are | were | reached | with | came to |, )\s*$")
_JOINED = re.compile(r"^(?:,?\s*and\s+|,\s*|\s*/\s*)$")


def row_after(scene: Scene, quantity: Quantity) -> tuple[Subject, list[Quantity]] | None:
    """The rank of several tasks a figure is listed under, and the whole row of such figures."""
    for subject in scene.subjects:
        if subject.kind != "selector" or (subject.counted or 0) < 2 or subject.end > quantity.start:
            continue
        row: list[Quantity] = []
        for other in (q for q in scene.quantities if q.start >= subject.end and q.unit is quantity.unit):
            gap = scene.text[row[-1].end if row else subject.end : other.start]
            if not (_JOINED if row else _OPENED).match(gap):
                break
            row.append(other)
        if quantity in row and len(row) > 1:
            return subject, row
    return None


def in_row(scene: Scene, quantity: Quantity, measures: list[Measure]) -> Finding | None:
    """Whether a listed figure is that of the task at its place; in a shorter row, of any of them."""
    found = row_after(scene, quantity) if quantity.unit in (Unit.FACTOR, Unit.HOURS, Unit.MINUTES) else None
    if not found:
        return None
    subject, row = found
    place = row.index(quantity)
    groups = [option.tasks for option in subject.options]
    whole = len(row) == subject.counted
    tasks = [task for group in groups for task in (group[place : place + 1] if whole else group)]
    truths = [t for task in tasks for m in measures for t in truths_of(scene, quantity, _alone(task), m)]
    right = next((truth for truth in truths if fits_truth(quantity, truth) is Fit.YES), None)
    if right:
        return _said(scene, quantity, Verdict.CONFIRMED, right)
    clear = whole and bool(truths) and not scene.is_supposed(quantity.start, quantity.end)
    return _said(
        scene, quantity, Verdict.REFUTED if clear else Verdict.UNJUDGED, truths[0] if clear else None
    )


def _alone(task: TaskFigures) -> Option:
    return Option((task,), f"for “{task.name}”", f"task.{task.position}")


def _said(scene: Scene, quantity: Quantity, verdict: Verdict, truth: Truth | None) -> Finding:
    words, live = (truth.words, truth.live) if truth else ("", "")
    return scene.finding(quantity.start, quantity.end, verdict, words, live)
