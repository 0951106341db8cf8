"""What the columns of the files mean, in the words of the method page."""

from dataclasses import dataclass

from records.exporters.rows import (
    CATEGORY_COLUMNS,
    CORRECTION_COLUMNS,
    DAY_COLUMNS,
    TASK_COLUMNS,
    Columns,
)

_FIGURES = {
    "human_hours": "Human hours.",
    "agent_minutes": "Agent minutes.",
    "supervisory_minutes": "Supervisory minutes; of those tasks of which they are known.",
    "tokens": "Tokens, a whole number.",
    "factor": "Leverage factor: human hours × 60 / agent minutes, with up to six decimals.",
    "supervisory_factor": "Supervisory leverage factor: human hours × 60 / supervisory minutes.",
    "sample": "true where the figures are made up, else false.",
}
_AVERAGES = {
    "tasks": "Number of tasks.",
    "factor": "Weighted average leverage factor, over the tasks of which both parts are known.",
    "supervisory_factor": "Weighted average supervisory leverage factor, likewise.",
}
_OF_TASKS = _FIGURES | {
    "id": "Number of the task, for good; its page is /tasks/id/.",
    "date": "Day worked, as 2026-04-12, in the author’s time zone.",
    "position": "Place of the task in the log of its day, from 1.",
    "name": "Name of the task.",
    "description": "The text as logged.",
    "category": "Address name (slug) of the category; empty where there is none yet.",
    "supervisory_minutes": "Supervisory minutes; empty where they are not known.",
}
_OF_DAYS = (
    _FIGURES
    | _AVERAGES
    | {
        "date": _OF_TASKS["date"],
        "title": "Title of the record.",
        "tokens": "The sum where all tasks have some, else what the day states, else the sum of those known.",
    }
)
_OF_CATEGORIES = (
    _FIGURES
    | _AVERAGES
    | {
        "category": "Address name (slug) of the category; “none” for tasks without one.",
        "name": "Name of the category.",
        "median_factor": "Median of the tasks’ leverage factors.",
        "lowest_factor": "Lowest leverage factor of a task.",
        "highest_factor": "Highest leverage factor of a task.",
        "sample": "true where some of the figures are made up, else false.",
    }
)

_OF_CORRECTIONS = {
    "at": "When the figure was changed.",
    "date": "Day whose record was corrected.",
    "task": "Number of the task concerned; empty for a figure of the day.",
    "name": "Name of that task at the time.",
    "what": "The figure, or what became of the task or the record.",
    "before": "What it was; empty where it was unknown.",
    "after": "What it became.",
    "reason": "Why.",
}

# What the address of a list of tasks may ask for.
QUERY_NAMES = (
    (("q",), "Words that all stand in name or text."),
    (("category", "tag"), "Address names (slugs); “none” is a category too. Repeated: any of them."),
    (("period",), "A year or a month, as 2026 or 2026-04. Repeated: any of them."),
    (("from", "to"), "First and last day, as 2026-04-12."),
    (("factor_min", "factor_max"), "Leverage factor, both ends included."),
    (("supervisory_factor_min", "supervisory_factor_max"), "Supervisory leverage factor, likewise."),
    (("hours_min", "hours_max"), "Human hours, likewise."),
    (("minutes_min", "minutes_max"), "Agent minutes, likewise."),
    (("model",), "The model as recorded, else the agent; “none” where neither is named. Repeated: any."),
    (("outcome",), "in-use, merged, reworked, reverted, abandoned, or none. Repeated: any of them."),
    (("estimated_by",), "Who estimated the human hours, as recorded; “none” for nobody named."),
    (("missing",), "supervision, tokens, category, estimate, evidence or outcome. Repeated: any of them."),
    (("sort",), "A column, with a minus sign for the highest or newest first."),
    (("exact",), "1 counts and sums up all tasks of a long list on its page; a file always does."),
)


@dataclass(frozen=True)
class FieldsOf:
    """The columns of one kind of file, in their order, each with its meaning."""

    name: str
    fields: tuple[tuple[str, str], ...]


def documented() -> list[FieldsOf]:
    """The columns of every kind of file; ``KeyError`` for one that nobody has described."""
    kinds: list[tuple[str, Columns, dict[str, str]]] = [
        ("tasks", TASK_COLUMNS, _OF_TASKS),
        ("records", DAY_COLUMNS, _OF_DAYS),
        ("categories", CATEGORY_COLUMNS, _OF_CATEGORIES),
        ("corrections", CORRECTION_COLUMNS, _OF_CORRECTIONS),
    ]
    return [
        FieldsOf(name, tuple((column, meanings[column]) for column in columns))
        for name, columns, meanings in kinds
    ]
