"""What was printed against what follows from the rows.

Pure.
"""

from dataclasses import replace
from decimal import Decimal

from records.importers.day import ImportedDay
from records.importers.known import Known


def reconciled(day: ImportedDay, known: Known) -> ImportedDay:
    """The day with its computed totals."""
    hours = [task.human_hours for task in day.tasks if task.human_hours is not None]
    return replace(day, computed={"tasks": len(day.tasks), "human_hours": sum(hours, Decimal(0))})
