"""The table of days."""

from records.models.day import DayQuerySet
from records.tables.base import CountedRows, RankedColumn, RecordTable


class DayTable(RecordTable):
    """Days of ``Day.objects.with_totals()`` with their sums and weighted averages; newest first."""

    default_sort = "-date"

    date = RankedColumn("Day", "date", kind="day")
    tasks = RankedColumn("Tasks", "sum_tasks")
    human_hours = RankedColumn("Human", "sum_hours_units", unit="h")
    agent_minutes = RankedColumn("Agent", "sum_agent_units", unit="min")
    supervisory_minutes = RankedColumn("Supervision", "sum_supervisory_units", unit="min", short="Sup.")
    factor = RankedColumn("Factor", "factor", kind="number leverage")
    supervisory_factor = RankedColumn(
        "Supervisory factor", "supervisory_factor", short="Sup. factor", kind="number supervision"
    )

    def __init__(self, days: DayQuerySet, *, count: int, sort: str, agent: str) -> None:
        """``count`` is the number of days, ``agent`` the agent's name."""
        super().__init__(CountedRows(days, count), order_by=(sort,))
        self.columns["agent_minutes"].column.verbose_name = agent
