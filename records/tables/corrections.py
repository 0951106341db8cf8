"""The ledger of corrections as its address describes it."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from records.filters import TableState
from records.filters.fields import DayField, faults
from records.filters.links import kept
from records.models import Correction
from records.models.history import CorrectionQuerySet
from records.tables.base import CountedRows, RankedColumn, RecordTable


class CorrectionTable(RecordTable):
    """Corrections, the latest first."""

    default_sort = "-at"

    at = RankedColumn("When", "at", kind="day")
    record = RankedColumn("Record", kind="text", orderable=False)
    what = RankedColumn("What", kind="text", orderable=False)
    change = RankedColumn("Was, became", kind="text", orderable=False)
    reason = RankedColumn("Why", kind="text", orderable=False)

    def __init__(self, corrections: CorrectionQuerySet, *, count: int, sort: str) -> None:
        """``count`` is the number of corrections."""
        super().__init__(CountedRows(corrections, count), order_by=(sort,))


class LedgerFilter(forms.Form):
    """Whose corrections: of all days, or of one."""

    day = DayField(label="Record of", required=False)


class OrderedCorrections:
    """The corrections the public may see, of the day and in the order that an address asks for."""

    def __init__(self, query: QueryDict) -> None:
        self.state = TableState(query, CorrectionTable.sorts(), CorrectionTable.default_sort)
        self.form = LedgerFilter(kept(query, ("day",)))
        self.query = kept(query, ("day", "sort", "per_page"))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.form), **faults(self.state)}

    @cached_property
    def day(self) -> Any:
        """The date asked for, ``None`` for all."""
        return self.form.cleaned_data.get("day") if self.form.is_valid() else None

    @property
    def ledger(self) -> CorrectionQuerySet:
        """The corrections asked for."""
        visible = Correction.objects.visible()
        return visible.filter(day__date=self.day) if self.day else visible

    @cached_property
    def count(self) -> int:
        """How many there are on all pages."""
        return self.ledger.count()

    @property
    def ordered(self) -> CorrectionQuerySet:
        """All of them with their days, in order."""
        wanted = self.ledger.select_related("day").defer("day__lede", "day__analysis")
        return wanted.ranked("at", descending=self.state.sort[0] == "-")

    def table(self) -> CorrectionTable:
        """The page asked for."""
        table = CorrectionTable(self.ordered, count=self.count, sort=self.state.sort)
        table.turn_to(self.state)
        return table
