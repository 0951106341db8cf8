"""Order and page of a table, read from an address."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from records.filters.fields import DayField, NameField, quoted
from records.filters.links import kept
from records.filters.places import Place, PlaceField

PER_PAGE = (25, 50, 100, 200)
_PAGE = re.compile(r"[0-9]{1,18}", re.ASCII)


class PageField(forms.CharField):
    """The number of a page, from 1 on."""

    def clean(self, value: Any) -> int:
        """The number, 1 for an empty field; ``ValidationError`` with an example otherwise."""
        text = self.to_python(value)
        if text and (not _PAGE.fullmatch(text) or not int(text)):
            raise ValidationError(f"{quoted(text)} is not the number of a page. Try 1.", code="invalid")
        return int(text or 1)


class TableState(forms.Form):
    """Sort, page and per_page; a value that makes no sense leaves its default standing.

    ``sorts`` are the names a table can be sorted by, without sign, and how each is called.
    """

    names: ClassVar[tuple[str, ...]] = ("sort", "page", "per_page")
    rows = PER_PAGE[1]  # on a page, unless the address says otherwise

    def __init__(self, query: QueryDict, sorts: Mapping[str, str], default: str) -> None:
        super().__init__(kept(query, self.names))
        self.default = default
        ways = {f"{sign}{name}": label for name, label in sorts.items() for sign in ("-", "")}
        sizes = {str(size): str(size) for size in PER_PAGE}
        self.fields["sort"] = NameField(known=ways, what="column to sort by:", required=False)
        self.fields["page"] = PageField(required=False)
        self.fields["per_page"] = NameField(known=sizes, what="page size", required=False)
        self.full_clean()

    @property
    def sort(self) -> str:
        """The column to sort by, with a minus sign for descending."""
        return self.cleaned_data.get("sort") or self.default

    @property
    def page(self) -> int:
        """The page asked for, which may lie beyond the last."""
        return int(self.cleaned_data.get("page") or 1)

    @property
    def per_page(self) -> int:
        """How many rows a page has."""
        return int(self.cleaned_data.get("per_page") or self.rows)

    def beyond(self, pages: int, *, more: bool = False) -> None:
        """Say beside ``page`` that there are fewer pages; with ``more``, that the others have no number."""
        last = "There is only 1 page" if pages == 1 else f"There are only {pages:,} pages"
        if more:
            how = "Go on from there with “Next”, or go to a day."
            self.add_error("page", f"Only the first {pages:,} pages have numbers; this is the last. {how}")
        else:
            self.add_error("page", f"{last}; this is the last.")


class WalkState(TableState):
    """The state of a list too long for numbers alone: a page may also begin after a place, or end there.

    ``jump`` is a date to go to, in a list by day.
    """

    names = (*TableState.names, "after", "before", "jump")

    after = PlaceField(required=False, label="After")
    before = PlaceField(required=False, label="Before")
    jump = DayField(required=False, label="Go to day")

    def place(self, name: str) -> Place | None:
        """The place ``after`` or ``before`` which rows are asked for."""
        return self.cleaned_data.get(name)

    @property
    def day(self) -> date | None:
        """The date to go to."""
        return self.cleaned_data.get("jump")
