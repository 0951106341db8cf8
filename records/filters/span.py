"""The days a page is about, and by which unit its charts divide them."""

from datetime import date
from typing import ClassVar

from django import forms
from django.http import QueryDict

from records.filters.fields import DayField, NameField
from records.filters.links import kept
from records.periods import Unit

NAMES = ("by", "from", "to")
UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH)


class DaysForm(forms.Form):
    """``from`` and ``to`` of an address; a value that makes no sense is named and not applied."""

    names: ClassVar[tuple[str, ...]] = ("from", "to")

    def __init__(self, query: QueryDict) -> None:
        super().__init__(kept(query, self.names))
        # Set here, since Python keeps the word ``from`` for itself.
        self.fields["from"] = DayField(required=False, label="From day")
        self.fields["to"] = DayField(required=False, label="To day")
        self.full_clean()
        if self.first and self.last and self.first > self.last:
            self.add_error("to", "The range ends before it begins. Try the two the other way round.")

    @property
    def first(self) -> date | None:
        """The first day asked for."""
        return self.cleaned_data.get("from")

    @property
    def last(self) -> date | None:
        """The last day asked for."""
        return self.cleaned_data.get("to")


class SpanForm(DaysForm):
    """The same with ``by``, a unit of time."""

    names = NAMES

    by = NameField(
        known={unit.value: unit.value.title() for unit in UNITS},
        what="unit",
        empty="Whatever fits",
        required=False,
    )

    @property
    def unit(self) -> Unit | None:
        """The unit asked for."""
        asked = self.cleaned_data.get("by")
        return Unit(asked) if asked else None
