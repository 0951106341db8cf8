"""Printed figures are evidence: each is computed again, and every disagreement is told with both figures.

Pure. A printed figure agrees when what is computed rounds to it, ties either way. Where an input was itself
rounded (minutes derived from a printed factor, ``850k`` tokens) all that it can stand for is allowed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from records.formats import quantity, task_factor
from records.importers.amounts import Amount, Unit, amounts_in
from records.importers.columns import Column
from records.importers.day import Aggregate, ImportedDay, ImportedTask, Problem, Severity
from records.importers.figures import NotAFigure, factor_in, is_empty, scaled, weeks_in
from records.importers.known import Known
from records.importers.spans import Span, hours_of, leverage, minutes_of, tokens_of, total, weighted
from records.leverage import MINUTES_PER_HOUR, Totals, factor, quotient

_RATIOS = (
    (Column.FACTOR, Column.AGENT_MINUTES, "agent"),
    (Column.SUPERVISORY_FACTOR, Column.SUPERVISORY_MINUTES, "supervisory"),
)
_WORDS = {
    Unit.WEEKS: " weeks",
    Unit.DAYS: " days",
    Unit.HOURS: " h",
    Unit.MINUTES: " min",
    Unit.FACTOR: "x",
    Unit.TASKS: "",
    Unit.TOKENS: "",
}


def reconciled(day: ImportedDay, known: Known) -> ImportedDay:
    """The day with its computed totals, and a doubt for each printed figure that disagrees.

    While a row is at fault its day has no totals to hold the printed ones against.
    """
    computed = computed_totals(day, known)
    doubts = [doubt for task in day.tasks for doubt in _of_row(task, known)]
    if day.aggregates and not any(
        problem.row and problem.severity is Severity.FAULT for problem in day.problems
    ):
        spans = _spans(day, known)
        doubts += [
            doubt for printed in day.aggregates for doubt in _of_total(printed, computed, spans, known)
        ]
    return replace(day, computed=computed, problems=(*day.problems, *doubts))


def computed_totals(day: ImportedDay, known: Known) -> dict[str, Decimal | int | None]:
    """The totals of the rows by name; factors are the ratios of the sums, ``None`` is nothing known."""
    totals = Totals.of(day.tasks)
    return {
        "tasks": totals.tasks,
        "human_hours": totals.human_hours,
        "human_days": quotient(totals.human_hours, known.hours_per_day),
        "human_weeks": quotient(totals.human_hours, known.hours_per_week),
        "agent_minutes": totals.agent_minutes,
        "supervisory_minutes": totals.supervisory_minutes,
        "tokens": totals.tokens,
        "factor": totals.leverage.value,
        "supervisory_factor": totals.supervision.value,
    }


def _of_row(task: ImportedTask, known: Known) -> Iterator[Problem]:
    hours = hours_of(task, known)
    for ratio, column, word in _RATIOS:
        if hours is None or is_empty(task.cells.get(ratio, "")) or is_empty(task.cells.get(column, "")):
            continue
        minutes = task.agent_minutes if column is Column.AGENT_MINUTES else task.supervisory_minutes
        exact = factor(task.human_hours, minutes)
        if _is_printed(exact, task.cells[ratio]):
            continue  # as nearly always, so that the slower way of spans is for the few
        yield from _doubt(
            task,
            ratio,
            leverage(hours, minutes_of(task, column, known)),
            f"Its hours and {word} minutes give {task_factor(exact)}{'x' if exact else ''}.",
        )
    if hours is not None and not is_empty(task.cells.get(Column.WEEKS, "")):
        weeks = quotient(task.human_hours, known.hours_per_week)
        reason = f"Its hours give {quantity(weeks)} weeks of {quantity(known.hours_per_week)} hours."
        yield from _doubt(task, Column.WEEKS, hours.over(known.hours_per_week), reason)


def _is_printed(exact: Decimal | None, cell: str) -> bool:
    try:
        return factor_in(cell).holds(exact)
    except NotAFigure:
        return False


def _doubt(task: ImportedTask, column: Column, span: Span | None, reason: str) -> Iterator[Problem]:
    """A doubt when a printed cell stands for nothing in the span, a note when it cannot be read."""
    cell = task.cells[column]
    try:
        printed = weeks_in(cell) if column is Column.WEEKS else factor_in(cell)
    except NotAFigure as refusal:
        yield Problem(str(refusal), task.place, column.value, cell, Severity.DOUBT, task.line)
        return
    if span is None or not span.meets(printed):
        yield Problem(reason, task.place, column.value, cell, Severity.DOUBT, task.line)


def _spans(day: ImportedDay, known: Known) -> dict[str, Span | None]:
    tasks, agent, supervision = day.tasks, Column.AGENT_MINUTES, Column.SUPERVISORY_MINUTES
    hours = total(hours_of(task, known) for task in tasks)
    return {
        "tasks": Span(Decimal(len(tasks)), Decimal(len(tasks))),
        "human_hours": hours,
        "human_weeks": hours,
        "agent_minutes": total(minutes_of(task, agent, known) for task in tasks),
        "supervisory_minutes": total(minutes_of(task, supervision, known) for task in tasks),
        "tokens": _tokens(day),
        "factor": weighted(tasks, agent, known),
        "supervisory_factor": weighted(tasks, supervision, known),
    }


def _tokens(day: ImportedDay) -> Span | None:
    """The tokens of all rows; where some have none, the whole may be any more than what the others have."""
    each = [tokens_of(task) for task in day.tasks]
    known = total(each)
    return Span(known.low, None) if known and None in each else known


def _of_total(
    printed: Aggregate,
    computed: Mapping[str, Decimal | int | None],
    spans: Mapping[str, Span | None],
    known: Known,
) -> Iterator[Problem]:
    span = spans.get(printed.key)
    if span is None or is_empty(printed.value):
        return
    try:
        amounts = amounts_in(printed.value, printed.key, printed.label, known)
    except NotAFigure:
        reason = f"“{printed.label}” could not be read, so it was not compared with the rows."
        yield Problem(reason, None, printed.key, printed.value, Severity.NOTE)
        return
    for amount in amounts:
        if not span.meets(scaled(amount.figure, _size(amount, printed.key, known))):
            right = _written(amount, printed.key, computed, known)
            reason = f"“{printed.label}” is not what the rows give: {right}."
            yield Problem(reason, None, printed.key, printed.value, Severity.DOUBT)


def _size(amount: Amount, key: str, known: Known) -> Decimal:
    """What one of the printed unit is in that of the computed total: hours of human work, or minutes."""
    hours = {
        Unit.WEEKS: known.hours_per_week,
        Unit.DAYS: known.hours_per_day,
        Unit.HOURS: Decimal(1),
        Unit.MINUTES: 1 / Decimal(MINUTES_PER_HOUR),
    }.get(amount.unit)
    if hours is None:
        return Decimal(1)
    return hours if key.startswith("human") else hours * MINUTES_PER_HOUR


def _written(amount: Amount, key: str, computed: Mapping[str, Decimal | int | None], known: Known) -> str:
    """The computed total in the unit of the printed one."""
    value = computed["human_hours" if key == "human_weeks" else key]
    if amount.unit is Unit.FACTOR:
        return f"{task_factor(None if value is None else Decimal(value))}x"
    places = 0 if amount.unit in (Unit.TASKS, Unit.TOKENS) else 2
    return f"{quantity(quotient(value, _size(amount, key, known)), places)}{_WORDS[amount.unit]}"
