"""The totals printed in a text beside those that follow from the rows as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from records.formats import DASH, average_factor, quantity, with_unit
from records.importers.day import ImportedDay, Severity

_SIGNS = {"human_hours": " h", "agent_minutes": " min", "supervisory_minutes": " min"}
_FACTORS = ("factor", "supervisory_factor")


@dataclass(frozen=True)
class PrintedTotal:
    """A printed total: its label, its value, what the rows give for it, and why it is in doubt, if it is.

    ``computed`` is blank for a label nobody has met: that one stays with the record, unchecked.
    """

    label: str
    printed: str
    computed: str
    doubt: str = ""


def printed_totals(day: ImportedDay) -> Iterator[PrintedTotal]:
    """The printed totals of a reconciled day, in their order."""
    doubts = {
        (problem.column, problem.value): problem.reason
        for problem in day.problems
        if problem.severity is Severity.DOUBT and not problem.row
    }
    for each in day.aggregates:
        computed = _written(each.key, day.computed.get(each.key)) if each.key in day.computed else ""
        yield PrintedTotal(each.label, each.value, computed, doubts.get((each.key, each.value), ""))


def _written(key: str, value: Decimal | int | None) -> str:
    if key in _FACTORS:
        return with_unit(average_factor(None if value is None else Decimal(value)), "×")
    return with_unit(DASH if value is None else quantity(value), _SIGNS.get(key, ""))
