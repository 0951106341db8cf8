"""How a day came to be what it is: its revisions, read-only."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from records import prose
from records.admin.bases import DayBase
from records.forms.posted import read_whole
from records.models import Day, Revision

PER_PAGE = 50


def _texts(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The prose of a revision, its tasks called by the positions they had then."""
    keys = {f"id{task['id']}": str(task["position"]) for task in snapshot["tasks"]}
    labels = {"lede": "Lede", "analysis": "Analysis"}
    return [(label, prose.renamed(snapshot[name], keys)) for name, label in labels.items()]


class DayHistory(DayBase):
    """Every save of a day: when, by whom, why, and how it stood."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All revisions of a day, the latest first."""
        day = self._seen(request, read_whole(object_id))
        revisions = day.revisions.defer("snapshot").order_by("-number")
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {day.full_title}",
            "opts": self.opts,
            "day": day,
            "page": page,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)

    def revision_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """How the day stood after one save."""
        day = self._seen(request, pk)
        revision = Revision.objects.filter(day=day, number=number).first()
        if revision is None:
            raise Http404("There is no such revision.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"{day.full_title}, version {number}",
            "opts": self.opts,
            "day": day,
            "revision": revision,
            "texts": _texts(revision.snapshot),
        }
        return TemplateResponse(request, "admin/desk/revision.html", context)

    def _seen(self, request: HttpRequest, pk: int | None) -> Day:
        day = Day.objects.filter(pk=pk or 0).first()
        if day is None:
            raise Http404("There is no such day.")
        if not self.has_view_or_change_permission(request, day):
            raise PermissionDenied
        return day
