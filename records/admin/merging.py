"""Merging: what one row has goes to another of its kind, and its address leads there."""

from abc import abstractmethod
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.admin.acts import Act, act_page
from records.admin.bases import AnyAdmin
from records.forms.acts import MergeForm


class Merging(AnyAdmin):
    """A page that merges a row into another, and the way there from the list."""

    merge_words = ""

    @abstractmethod
    def merge(self, request: HttpRequest, source: Any, target: Any) -> str:
        """Merge one row into another; gives in words what came of it."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns; merging only for those who may do it."""
        may = self.has_delete_permission(request)
        return [name for name in self.list_display if may or name != "merge_link"]

    def get_urls(self) -> list[URLResolver | URLPattern]:  # type: ignore[override] # the stub knows resolvers only
        """The merge page, before the addresses of the admin."""
        page = self.admin_site.admin_view(self.merge_page)
        return [path("<int:pk>/merge/", page, name=self._named("merge")), *super().get_urls()]

    def merge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the other one, and merge."""
        source = self.stored(request, pk)
        if not self.has_delete_permission(request, source):
            raise PermissionDenied
        form = MergeForm(source, request.POST or None)

        def perform() -> str:
            into, was = form.cleaned_data["into"], source.name
            said = f"Merged {was} into {into.name}: {self.merge(request, source, into)}."
            self.log_change(request, into, said)
            return said

        back = reverse(f"admin:{self._named('changelist')}")
        act = Act(f"Merge {source}", [self.merge_words], "Merge", form, perform, back)
        return act_page(self, request, act)

    def stored(self, request: HttpRequest, pk: int | str) -> Any:
        """The row of a key; raises ``Http404``."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404(f"There is no such {self.opts.verbose_name}.")
        return row

    @admin.display(description="actions")
    def merge_link(self, row: Any) -> SafeString:
        """Leads to merging it."""
        return format_html('<a href="{}">Merge…</a>', reverse(f"admin:{self._named('merge')}", args=[row.pk]))

    def _named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"
