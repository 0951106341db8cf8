"""The table of tasks."""

from django.db.models import QuerySet

from records.models import Task
from records.tables.base import CountedRows, RankedColumn, RecordTable


class TaskTable(RecordTable):
    """Tasks with their day, category and figures; newest day first, then position."""

    default_sort = "-date"

    date = RankedColumn("Day", "date", kind="day")
    task = RankedColumn("Task", kind="text", orderable=False)
    # Beside the name rather than in a column of its own, yet sorted by like one.
    category = RankedColumn("Task, by category", "category", kind="text")
    human_hours = RankedColumn("Human", "human_hours", unit="h")
    agent_minutes = RankedColumn("Agent", "agent_minutes", unit="min")
    supervisory_minutes = RankedColumn("Supervision", "supervisory_minutes", unit="min", short="Sup.")
    tokens = RankedColumn("Tokens", "tokens")
    factor = RankedColumn("Factor", "factor", kind="number leverage")
    supervisory_factor = RankedColumn(
        "Supervisory factor", "supervisory_factor", short="Sup. factor", kind="number supervision"
    )

    def __init__(
        self, tasks: QuerySet[Task], *, count: int, sort: str, agent: str, hidden: tuple[str, ...] = ()
    ) -> None:
        """``count`` is the number of tasks, ``agent`` its name, ``hidden`` names columns to leave out."""
        super().__init__(CountedRows(tasks, count), order_by=(sort,), exclude=hidden)
        self.columns["agent_minutes"].column.verbose_name = agent
