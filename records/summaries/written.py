"""Figures as prose shows them, written as tables write them, each with a word on what it is."""

from collections.abc import Iterable
from decimal import Decimal

from records import formats
from records.leverage import Totals, WeightedFactor, quotient
from records.models import FigureSource, Task
from records.prose import Figure

LABELS = {
    "tasks": "Tasks",
    "hours": "Human hours",
    "minutes": "Agent minutes",
    "supervisory_minutes": "Supervisory minutes",
    "tokens": "Tokens",
    "weeks": "Working weeks of a human",
    "factor": "Leverage factor",
    "supervisory_factor": "Supervisory leverage factor",
}
UNKNOWN = {
    "name": "The task has no text yet.",
    "tasks": "There are no tasks.",
    "hours": "Human hours are not known.",
    "minutes": "Agent minutes are not known.",
    "supervisory_minutes": "Supervision is not known.",
    "tokens": "Tokens are not known.",
    "weeks": "Human hours are not known.",
    "factor": "No task has both human hours and agent minutes.",
    "supervisory_factor": "No task has both human hours and minutes of supervision.",
}
COLUMNS = {"minutes": "agent_minutes", "supervisory_minutes": "supervisory_minutes", "tokens": "tokens"}
_TIMED_BY = {"factor": "minutes", "supervisory_factor": "supervisory_minutes"}


def of_task(figure: str, task: Task, href: str) -> Figure:
    """A figure of one task: its factors with up to two decimals."""
    which = f"task {task.position}, {task.title}"
    if figure == "name":
        return Figure(task.title, f"Task {task.position} of the log", href, is_number=False)
    if figure in _TIMED_BY:
        value = task.leverage_factor() if figure == "factor" else task.supervisory_leverage_factor()
        text = f"{formats.task_factor(value)}×"
    else:
        value = task.human_hours if figure == "hours" else getattr(task, COLUMNS[figure])
        text = formats.quantity(value)
    if value is None:
        return Figure.none(f"{UNKNOWN[figure].rstrip('.')}: {which}.")
    return Figure(_about(text, figure, [task]), f"{LABELS[figure]} of {which}", href)


def of_totals(
    figure: str,
    totals: Totals,
    says: str,
    hours_per_week: Decimal,
    href: str = "",
    tasks: Iterable[Task] = (),
) -> Figure:
    """A figure of several tasks, ``says`` which: averages with one decimal, over how many where not all."""
    if figure in _TIMED_BY:
        weighted = totals.leverage if figure == "factor" else totals.supervision
        return _average(figure, weighted, says, href, tasks)
    value = quotient(totals.human_hours, hours_per_week) if figure == "weeks" else sum_of(figure, totals)
    if value is None:
        return Figure.none(f"{UNKNOWN[figure].rstrip('.')}: {says}.")
    text = formats.one_decimal(Decimal(value)) if figure == "weeks" else formats.quantity(value)
    count = int(value) if figure == "tasks" else None
    origin = f"Counted: {says}" if figure == "tasks" else f"{LABELS[figure]} of {says}"
    return Figure(_about(text, figure, tasks), origin, href, count)


def _average(figure: str, weighted: WeightedFactor, says: str, href: str, tasks: Iterable[Task]) -> Figure:
    if weighted.value is None:
        return Figure.none(f"{UNKNOWN[figure].rstrip('.')}: {says}.")
    over = f", over {weighted.tasks} of {weighted.of_tasks} tasks" if weighted.is_partial else ""
    origin = f"Weighted average {LABELS[figure].lower()} of {says}{over}"
    return Figure(_about(f"{formats.average_factor(weighted.value)}×", figure, tasks), origin, href)


def sum_of(figure: str, totals: Totals) -> Decimal | int | None:
    """A sum by the name prose has for it."""
    return {
        "tasks": totals.tasks,
        "hours": totals.human_hours,
        "minutes": totals.agent_minutes,
        "supervisory_minutes": totals.supervisory_minutes,
        "tokens": totals.tokens,
    }[figure]


def value_of(figure: str, totals: Totals) -> Decimal | int | None:
    """A sum or a weighted average by the name prose has for it."""
    if figure == "factor":
        return totals.leverage.value
    return totals.supervision.value if figure == "supervisory_factor" else sum_of(figure, totals)


def with_tokens(totals: Totals, tokens: int | None) -> Totals:
    """The totals with the tokens that a day shows, which may be stated."""
    return totals if tokens == totals.tokens else totals._replace(tokens=tokens)


def _about(text: str, figure: str, tasks: Iterable[Task]) -> str:
    """The sign ~ before what rests on minutes or tokens that are only about right."""
    column = COLUMNS.get(_TIMED_BY.get(figure, figure))
    if column is None:
        return text
    approximate = any(
        getattr(task, column) is not None and getattr(task, f"{column}_source") == FigureSource.APPROXIMATE
        for task in tasks
    )
    return f"~{text}" if approximate else text
