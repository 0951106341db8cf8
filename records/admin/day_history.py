"""How a day came to be what it is: its revisions, compared, and the way back to one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateformat import format as formatted

from records import prose, publishing
from records.admin.acts import Act, act_page, author
from records.admin.day_form import WRITES_TASKS
from records.admin.stored_day import StoredDay
from records.formats import counted
from records.forms.acts import ReasonForm
from records.forms.posted import read_whole
from records.models import Category, Day, Revision, SiteProfile
from records.publishing import Restoring
from records.summaries.differences import Words, differences

PER_PAGE = 50
PRESENT = "now"


@dataclass(frozen=True)
class Listed:
    """A revision in the list, with what it changed in a line."""

    revision: Revision
    summary: str


def _texts(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The prose of a revision, its tasks called by the positions they had then."""
    keys = {f"id{task['id']}": str(task["position"]) for task in snapshot["tasks"]}
    labels = {"lede": "Lede", "analysis": "Analysis"}
    return [(label, prose.renamed(snapshot[name], keys)) for name, label in labels.items()]


class DayHistory(StoredDay):
    """Every save of a day: when, by whom, why, how it stood, and what it changed."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All revisions of a day, the latest first."""
        day = self._seen(request, read_whole(object_id))
        page = Paginator(day.revisions.order_by("-number"), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {day.full_title}",
            "opts": self.opts,
            "day": day,
            "page": page,
            "listed": list(_listed(day, list(page))),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)

    def revision_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """How the day stood after one save, and where that parts from another."""
        day = self._seen(request, pk)
        revision = _revision(day, number)
        latest = day.revisions.order_by("-number").values_list("number", flat=True).first()
        before = day.revisions.filter(number__lt=number).order_by("-number").first()
        asked = request.GET.get("with", "")
        other, fault = _other(day, asked, latest) if asked else (before, "")
        first, last = sorted((revision, other or revision), key=lambda each: each.number)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{day.full_title}, version {number}",
            "opts": self.opts,
            "day": day,
            "revision": revision,
            "before": before,
            "other": other,
            "asked": asked,
            "fault": fault,
            "compared": (first, last) if other else (),
            "differences": differences(first.snapshot, last.snapshot, _words()),
            "is_present": number == latest,
            "may_restore": self._may_restore(request, day),
            "texts": _texts(revision.snapshot),
        }
        return TemplateResponse(request, "admin/desk/revision.html", context)

    def restore_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Make the day again what it was after one save: what will change, then one button."""
        day = self.stored(request, pk)
        if not self._may_restore(request, day):
            raise PermissionDenied
        revision = _revision(day, number)
        wanted = publishing.restoring(day, number)
        form = ReasonForm(request.POST or None)

        def perform() -> str:
            seen = read_whole(request.POST.get("seen", ""))
            reason = form.cleaned_data["reason"]
            publishing.restore_revision(day, number, expected_version=seen, by=author(request), reason=reason)
            said = f"Version {number} restored: {day.full_title}."
            self.log_change(request, day, said)
            return said

        act = Act(
            f"Restore version {number} of {day.full_title}",
            list(_before_restoring(day, revision, wanted)),
            "Restore",
            form,
            perform,
            back=reverse("admin:records_day_revision", args=[day.pk, number]),
            forward=reverse("admin:records_day_change", args=[day.pk]),
            hidden=[("seen", str(day.version))],
            differences=differences(wanted.now, wanted.after, _words()),
        )
        return act_page(self, request, act)

    def _may_restore(self, request: HttpRequest, day: Day) -> bool:
        return self.has_change_permission(request, day) and request.user.has_perms(WRITES_TASKS)

    def _seen(self, request: HttpRequest, pk: int | None) -> Day:
        day = Day.objects.filter(pk=pk or 0).first()
        if day is None:
            raise Http404("There is no such day.")
        if not self.has_view_or_change_permission(request, day):
            raise PermissionDenied
        return day


def _listed(day: Day, revisions: Sequence[Revision]) -> Iterator[Listed]:
    """The revisions of a page of the list, each told from the one before it."""
    if not revisions:
        return
    earlier = day.revisions.filter(number__lt=revisions[-1].number).order_by("-number")[:1]
    for revision, before in pairwise([*revisions, *(earlier or [None])]):
        if before is None:
            tasks = len(revision.snapshot["tasks"])
            yield Listed(revision, f"first version, {counted(tasks, 'task')}")
        else:
            parts = differences(before.snapshot, revision.snapshot)
            yield Listed(revision, parts.summary() or "nothing changed")


def _revision(day: Day, number: int) -> Revision:
    revision = Revision.objects.filter(day=day, number=number).first()
    if revision is None:
        raise Http404("There is no such revision.")
    return revision


def _other(day: Day, asked: str, latest: int | None) -> tuple[Revision | None, str]:
    """The revision that an address asks to compare with, and what is the matter where there is none."""
    number = latest if asked == PRESENT else read_whole(asked)
    other = Revision.objects.filter(day=day, number=number).first() if number is not None else None
    if other is None:
        return None, f"There is no version “{asked}”. Try a number from 1 to {latest}."
    return other, ""


def _words() -> Words:
    return Words(dict(Category.objects.values_list("slug", "name")), SiteProfile.load().zone)


def _before_restoring(day: Day, revision: Revision, wanted: Restoring) -> Iterator[str]:
    at = revision.at.astimezone(SiteProfile.load().zone)
    yield (
        f"The day becomes again what it was on {formatted(at, 'F j, Y, H:i')}, as a version of its own; "
        f"nothing is lost from its history. It stays {'scheduled' if day.is_scheduled() else day.status}."
    )
    if day.is_visible():
        yield "Readers see this day: figures that change appear as corrections, with your reason."
    names = {task["id"]: task["name"] or task["description"] for task in revision.snapshot["tasks"]}
    for pk, on in wanted.elsewhere.items():
        yield f"“{names[pk]}” stands on {on.isoformat()} today and stays there, or it would count twice."
    for slug in sorted(wanted.no_categories):
        yield f"The category “{slug}” is gone: its tasks come back without one."
