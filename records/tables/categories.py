"""The table of categories."""

from collections.abc import Sequence
from typing import Any

from django_tables2.data import TableListData
from django_tables2.utils import OrderBy

from records.exporters.rows import CATEGORY_COLUMNS
from records.models import NO_CATEGORY
from records.summaries.categories import CategoryRow
from records.tables.base import RankedColumn, RecordTable


class RankedRows(TableListData):
    """Rows in memory, sorted as the database sorts: null last both ways, ties by name in that direction."""

    def order_by(self, aliases: Sequence[OrderBy]) -> None:
        """Sort by what the file says under the name of the column."""
        for alias in aliases:
            name, descending = alias.bare, alias.is_descending
            self.data.sort(key=lambda row: row.name.lower(), reverse=descending)
            known = [row for row in self.data if _rank(row, name) is not None]
            unknown = [row for row in self.data if _rank(row, name) is None]
            known.sort(key=lambda row: _rank(row, name), reverse=descending)
            self.data[:] = known + unknown


class CategoryTable(RecordTable):
    """Categories with their sums, weighted averages and spread; as the author arranged them."""

    category = RankedColumn("Category", kind="text")
    tasks = RankedColumn("Tasks")
    human_hours = RankedColumn("Human", unit="h")
    agent_minutes = RankedColumn("Agent", unit="min")
    factor = RankedColumn("Weighted factor", kind="number leverage")
    median_factor = RankedColumn("Median")
    lowest_factor = RankedColumn("Lowest")
    highest_factor = RankedColumn("Highest")
    supervisory_factor = RankedColumn("Supervisory factor", short="Sup. factor", kind="number supervision")

    def __init__(self, rows: Sequence[CategoryRow], *, sort: str, agent: str) -> None:
        """``agent`` is the agent's name."""
        super().__init__(RankedRows(list(rows)), order_by=(sort,) if sort else ())
        self.columns["agent_minutes"].column.verbose_name = agent


def _rank(row: CategoryRow, name: str) -> Any:
    if name == "category":
        return None if row.slug == NO_CATEGORY else row.name.lower()
    return CATEGORY_COLUMNS[name](row)
