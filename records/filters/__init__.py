"""What addresses of lists may ask for: which tasks, in which order, which page, and what if."""

from records.filters.links import Link, link, without
from records.filters.places import Place
from records.filters.state import PER_PAGE, TableState, WalkState
from records.filters.tasks import Chip, Choice, TaskFilter
from records.filters.what_if import MULTIPLIERS, OF_ONE_TASK, WHAT_IF, WhatIf

__all__ = [
    "MULTIPLIERS",
    "OF_ONE_TASK",
    "PER_PAGE",
    "WHAT_IF",
    "Chip",
    "Choice",
    "Link",
    "Place",
    "TableState",
    "TaskFilter",
    "WalkState",
    "WhatIf",
    "link",
    "without",
]
