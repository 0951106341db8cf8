"""The ledger of corrections as its address describes it."""

from datetime import date
from functools import cached_property

from django.http import QueryDict

from records.filters import TableState
from records.filters.fields import DayField, PeriodField, faults
from records.filters.links import kept
from records.filters.span import DaysForm
from records.models import Correction
from records.models.history import CorrectionQuerySet
from records.periods import Period
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


class LedgerFilter(DaysForm):
    """Whose corrections, by the days corrected: of all, of one, of a period, of those from one to another."""

    names = ("day", "period", *DaysForm.names)

    day = DayField(label="Record of", required=False)
    period = PeriodField(label="Year, month or week", required=False)


class OrderedCorrections:
    """The corrections the public may see, of the days and in the order that an address asks for."""

    def __init__(self, query: QueryDict) -> None:
        self.state = TableState(query, CorrectionTable.sorts(), CorrectionTable.default_sort)
        self.form = LedgerFilter(query)
        self.query = kept(query, (*LedgerFilter.names, "sort", "per_page"))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.form), **faults(self.state)}

    @property
    def day(self) -> date | None:
        """The one day asked for."""
        return self.form.cleaned_data.get("day")

    @property
    def period(self) -> Period | None:
        """The period asked for."""
        return self.form.cleaned_data.get("period")

    @cached_property
    def narrowed(self) -> dict[str, date | tuple[date, date]]:
        """What the day of a correction has to be; empty where all are asked for."""
        asked = {
            "day__date": self.day,
            "day__date__range": self.period and (self.period.first, self.period.last),
            "day__date__gte": self.form.first,
            "day__date__lte": self.form.last,
        }
        return {lookup: on for lookup, on in asked.items() if on}

    @property
    def ledger(self) -> CorrectionQuerySet:
        """The corrections asked for."""
        return Correction.objects.visible().filter(**self.narrowed)

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
