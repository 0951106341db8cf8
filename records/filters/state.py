"""Order and page of a table, read from an address."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from records.filters.fields import NameField, quoted
from records.filters.links import kept

PER_PAGE = (25, 50, 100, 200)
_STATE = ("sort", "page", "per_page")
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

    rows = PER_PAGE[1]  # on a page, unless the address says otherwise

    def __init__(self, query: QueryDict, sorts: Mapping[str, str], default: str) -> None:
        super().__init__(kept(query, _STATE))
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

    def beyond(self, pages: int) -> None:
        """Say beside ``page`` that there are fewer pages."""
        last = "There is only 1 page" if pages == 1 else f"There are only {pages:,} pages"
        self.add_error("page", f"{last}; this is the last.")
