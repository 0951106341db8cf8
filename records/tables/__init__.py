"""Tables that can be sorted and paged: columns, order and state; our own templates draw the rows."""

from records.tables.categories import CategoryTable
from records.tables.corrections import OrderedCorrections
from records.tables.days import DayTable
from records.tables.filtered import FilteredTasks
from records.tables.listing import OrderedDays, OrderedTasks
from records.tables.tasks import TaskTable

__all__ = [
    "CategoryTable",
    "DayTable",
    "FilteredTasks",
    "OrderedCorrections",
    "OrderedDays",
    "OrderedTasks",
    "TaskTable",
]
