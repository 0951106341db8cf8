"""The table of days."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django_tables2.data import TableListData
from django_tables2.utils import OrderBy

from records.exporters.rows import DAY_COLUMNS
from records.models import Day
from records.models.day import DayQuerySet
from records.scenario import Scenario
from records.tables.base import CountedRows, Head, RankedColumn, RecordTable


def ranked_days(days: Sequence[Day], sort: str) -> list[Day]:
    """Days in memory in the order of ``DayQuerySet.ranked``: null last both ways, ties by date."""
    name, descending = sort.lstrip("-"), sort.startswith("-")
    by_date = sorted(days, key=lambda day: day.date, reverse=descending)
    if name == "date":
        return by_date
    ranked = [(DAY_COLUMNS[name](day), day) for day in by_date]
    known = sorted((pair for pair in ranked if pair[0] is not None), key=_value, reverse=descending)
    return [day for _, day in known] + [day for value, day in ranked if value is None]


def ranked_in_sql(days: DayQuerySet, sort: str) -> DayQuerySet:
    """The same by the database: days with their sums and without their prose."""
    column = DayTable.base_columns[sort.lstrip("-")].by
    return days.with_totals().defer("lede", "analysis").ranked(column, descending=sort[0] == "-")


def scaled_days(days: Iterable[Day], scenario: Scenario) -> Iterator[Day]:
    """Days as a scenario has them that only multiplies; as recorded, these very days."""
    for day in days:
        if scenario.is_plain or not day.totals().tasks:
            yield day
        else:
            totals = day.totals().scaled(hours=scenario.hours, supervision=scenario.supervision)
            yield day.supposing(totals)


def _value(pair: tuple[Any, Day]) -> Any:
    return pair[0]


@lru_cache(8)
def day_heads(agent: str) -> tuple[Head, ...]:
    """The heads of a table of days whose order is settled; ``agent`` is the agent's name."""
    return tuple(DayTable([], count=0, sort="", agent=agent).names())


class RankedDays(TableListData):
    """Days in memory, with their totals."""

    def order_by(self, aliases: Sequence[OrderBy]) -> None:
        """Rank them by the first of the columns."""
        for alias in aliases[:1]:
            self.data[:] = ranked_days(self.data, str(alias))


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

    def __init__(self, days: DayQuerySet | list[Day], *, count: int, sort: str, agent: str) -> None:
        """``days`` in the database or in memory; ``count`` is their number, ``agent`` the agent's name."""
        rows = RankedDays(days) if isinstance(days, list) else CountedRows(days, count)
        super().__init__(rows, order_by=(sort,))
        self.columns["agent_minutes"].column.verbose_name = agent
