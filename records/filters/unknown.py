"""Names in the address of a file that its table does not take.

A page leaves them alone: what reads addresses for its own ends adds names to them. A file that ignored one
would hold other rows than were asked for, and nobody would see it.
"""

from collections.abc import Collection, Mapping

from records.filters.fields import quoted
from records.filters.state import TableState, WalkState
from records.filters.tasks import KEPT, TaskFilter
from records.filters.what_if import WHAT_IF

OF_TABLES = (*TableState.names, *WHAT_IF)
OF_TASKS = (*WalkState.names, *WHAT_IF)  # of tasks that are settled, in an order
OF_FILTERED_TASKS = tuple(dict.fromkeys((*TaskFilter.base_filters, *OF_TASKS, *KEPT)))


def unknown_names(asked: Collection[str], takes: Collection[str]) -> Mapping[str, list[str]]:
    """What to say of each name asked for that a table does not take."""
    known = ", ".join(takes)
    return {
        name: [f"{quoted(name)} says nothing here. This table takes: {known}."]
        for name in asked
        if name not in takes
    }
