"""Prose of made-up days, written from the day's own figures so that it cannot be wrong."""

from collections.abc import Sequence
from random import Random

from records import formats, leverage
from records.leverage import Totals
from records.models import Task

NOTE = "*Sample data: this day was made up by a generator.*"


def lede(tasks: Sequence[Task]) -> str:
    """What the day came to, in figures, and that it never was."""
    totals = Totals.of(tasks)
    hours, minutes = formats.quantity(totals.human_hours), formats.quantity(totals.agent_minutes)
    return (
        f"{NOTE} {formats.counted(len(tasks), 'task')}, estimated at {hours} human hours, took the agent "
        f"{minutes} minutes: a weighted average factor of {formats.average_factor(totals.leverage.value)}×."
    )


def analysis(random: Random, tasks: Sequence[Task]) -> str:
    """Two or three remarks on the day's figures."""
    remarks = [_on_the_ends(tasks), _on_the_largest(tasks), _on_supervision(tasks)]
    return "\n\n".join(random.sample(remarks, random.randint(2, 3)) if len(tasks) > 1 else remarks[1:])


def _on_the_ends(tasks: Sequence[Task]) -> str:
    ranked = sorted(tasks, key=lambda task: task.leverage_factor() or 0)
    low, high = (formats.task_factor(task.leverage_factor()) for task in (ranked[0], ranked[-1]))
    middle = formats.task_factor(leverage.median(task.leverage_factor() for task in tasks))
    return (
        f"The factors run from {low}× (“{ranked[0].title}”) to {high}× (“{ranked[-1].title}”), with half of "
        f"the tasks at or below {middle}×."
    )


def _on_the_largest(tasks: Sequence[Task]) -> str:
    largest = max(tasks, key=lambda task: task.human_hours or 0)
    share = formats.percent(leverage.quotient(largest.human_hours, Totals.of(tasks).human_hours))
    hours = formats.quantity(largest.human_hours)
    minutes = formats.counted(largest.agent_minutes, "minute")
    name = f"“{largest.title}”"
    return f"The largest task, {name}, holds {hours} human hours, {share} of the day, and ran for {minutes}."


def _on_supervision(tasks: Sequence[Task]) -> str:
    totals = Totals.of(tasks)
    known = totals.supervision_known
    if not known:
        return "Nobody noted how long directing and reviewing took."
    if known == len(tasks):
        reach = "for every task"
    else:
        reach = f"for {known} of the {len(tasks)} tasks and is unknown for the rest"
    minutes = formats.counted(totals.supervisory_minutes, "minute")
    factor = formats.average_factor(totals.supervision.value)
    return f"Supervision was noted {reach}: {minutes} of directing and reviewing, a factor of {factor}×."
