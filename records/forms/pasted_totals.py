"""The totals printed in a text beside those that follow from the rows as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from records.formats import DASH, average_factor, quantity, with_unit
from records.importers.day import Aggregate, ImportedDay, Severity

_SIGNS = {
    "human_hours": " h",
    "human_weeks": " weeks",
    "human_days": " days",
    "agent_minutes": " min",
    "supervisory_minutes": " min",
}
UNKNOWN = "not compared: no label known here"
NONE = "not compared: no row has it"
WAITS = "compared once every row can be read"
_FACTORS = ("factor", "supervisory_factor")


@dataclass(frozen=True)
class PrintedTotal:
    """A printed total: its label, its value, what the rows give for it, and why it is in doubt, if it is.

    ``unchecked`` says why it was not held against the rows; it stays with the record all the same.
    """

    label: str
    printed: str
    computed: str
    doubt: str = ""
    unchecked: str = ""


def printed_totals(day: ImportedDay, *, compared: bool) -> Iterator[PrintedTotal]:
    """The printed totals of a reconciled day in their order; ``compared`` once every row can be read."""
    told = [problem for problem in day.problems if not problem.row]
    for each in day.aggregates:
        of_it = [problem for problem in told if (problem.column, problem.value) == (each.key, each.value)]
        doubts = [problem.reason for problem in of_it if problem.severity is Severity.DOUBT]
        notes = [problem.reason for problem in of_it if problem.severity is Severity.NOTE]
        value = day.computed.get(each.key)
        computed = _written(each.key, value)
        unchecked = " ".join(notes) or _unchecked(each, value, compared=compared)
        yield PrintedTotal(each.label, each.value, computed, " ".join(doubts), unchecked)


def _unchecked(printed: Aggregate, value: Decimal | int | None, *, compared: bool) -> str:
    if not printed.key:
        return UNKNOWN
    if not compared:
        return WAITS
    return NONE if value is None else ""


def _written(key: str, value: Decimal | int | None) -> str:
    if value is None:
        return DASH
    if key in _FACTORS:
        return with_unit(average_factor(Decimal(value)), "×")
    return with_unit(quantity(value, 2), _SIGNS.get(key, ""))
