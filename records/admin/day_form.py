"""One screen for a day: show it, save it, and settle what two people saved at once."""

import json
from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from records import publishing
from records.admin.acts import author, read_date
from records.admin.bases import DayBase
from records.admin.day_typed import as_typed, typed_before
from records.admin.day_warnings import warn
from records.formats import counted
from records.forms.conflicts import Merge, standing_at, stored_standing
from records.forms.day import DaySheet
from records.forms.facts_panel import FactsPanel
from records.forms.posted import ROW, PostedDay, posted_day, read_whole
from records.forms.rows import Offer
from records.models import Category, Day, SiteProfile, Tag, Task, WorkingCopy
from records.prose import VOCABULARY
from records.publishing import USUAL_REASONS, Conflict

BLANKS = 3
FIRST_BLANKS = 8
MORE_BLANKS = 20
# A day is saved with its tasks: who may not write these may only look at the form.
WRITES_TASKS = ("records.add_task", "records.change_task", "records.delete_task")


class DayFormPage(DayBase):
    """The page of one day, in place of Django's own change form and its inlines."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the day of a key, or a blank one; save what is posted."""
        day = self.opened(request, object_id)
        offer = Offer(list(Category.objects.in_order()), SiteProfile.load())
        if request.method == "POST":
            if not self.may_write(request, day):
                raise PermissionDenied
            return self._posted(request, day, offer)
        kept = typed_before(request, day)
        if kept and "kept" in request.GET:
            put_back = DaySheet(offer, day, tasks_of(day), as_typed(kept), BLANKS)
            return self._page(request, put_back, offer, unsaved=True)
        sheet = DaySheet(offer, day, tasks_of(day), blanks=_blanks(request, day))
        return self._page(request, sheet, offer, kept=kept)

    def opened(self, request: HttpRequest, object_id: str | None) -> Day:
        """The stored day of a key, or a new one, for someone who may see it; raises 404 and 403."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            wanted = request.GET.get("date", "") or request.POST.get("date", "")
            return Day(date=read_date(wanted) or SiteProfile.load().today())
        day = Day.objects.filter(pk=read_whole(object_id) or 0).first()
        if day is None:
            raise Http404("There is no such day.")
        if not self.has_view_or_change_permission(request, day):
            raise PermissionDenied
        return day

    def may_write(self, request: HttpRequest, day: Day) -> bool:
        """Whether who asks may save the day with its tasks."""
        if not request.user.has_perms(WRITES_TASKS):
            return False
        if day._state.adding:
            return self.has_add_permission(request)
        return self.has_change_permission(request, day)

    def _posted(self, request: HttpRequest, day: Day, offer: Offer) -> HttpResponse:
        typed = posted_day(request.POST)
        if "_draft" in request.POST:
            return self._drafted(request, day, offer, typed)
        if "_facts" in request.POST or "_use" in request.POST:
            return self._checked(request, day, offer, typed)
        opened = read_whole(typed.fields.get("version", ""))
        if not day._state.adding and opened is not None and opened != day.version:
            return self._settled(request, day, offer, typed)
        return self._store(request, day, offer, typed)

    def _store(self, request: HttpRequest, day: Day, offer: Offer, typed: PostedDay) -> HttpResponse:
        adding = day._state.adding
        sheet = DaySheet(offer, day, tasks_of(day), typed, BLANKS)
        try:
            if sheet.is_valid() and sheet.store(by=author(request)):
                return self._saved(request, sheet.form.instance, adding=adding)
        except Conflict as conflict:
            if not adding:
                return self._settled(request, conflict.day, offer, typed)
            sheet.form.add_error("date", f"{conflict} Open it from the list of days, or choose another date.")
        return self._page(request, sheet, offer)

    def _drafted(self, request: HttpRequest, day: Day, offer: Offer, typed: PostedDay) -> HttpResponse:
        """The form as typed, a first draft below what its lede has; nothing is saved."""
        stored = tasks_of(day)
        sheet = DaySheet(offer, day, stored, deepcopy(typed))
        sheet.form.full_clean()
        if draft := sheet.first_draft():
            lede = typed.fields.get("lede", "").rstrip()
            typed.fields["lede"] = f"{lede}\n\n{draft}" if lede else draft
            messages.success(request, "A first draft stands in the lede. Nothing is saved yet.")
        else:
            messages.warning(request, "There is nothing to draft from yet: log a task first.")
        return self._page(request, DaySheet(offer, day, stored, typed, BLANKS), offer, unsaved=True)

    def _checked(self, request: HttpRequest, day: Day, offer: Offer, typed: PostedDay) -> HttpResponse:
        """The form as typed and what the fact check says, a live figure put in where asked; nothing saved."""
        stored = tasks_of(day)
        if key := request.POST.get("_use", ""):
            sheet = DaySheet(offer, day, stored, deepcopy(typed))
            sheet.form.full_clean()
            if not (used := FactsPanel(sheet).used(key)):
                messages.warning(request, "No live figure can take that place. Reword it instead.")
            typed.fields |= used
        sheet = DaySheet(offer, day, stored, typed, BLANKS)
        sheet.form.full_clean()
        return self._page(request, sheet, offer, unsaved=True, facts=FactsPanel(sheet))

    def _settled(self, request: HttpRequest, day: Day, offer: Offer, mine: PostedDay) -> HttpResponse:
        """Save what two people made of the day; ask first where they differ and it was not asked yet."""
        start = read_whole(mine.fields.get("start", "") or mine.fields.get("version", ""))
        theirs = stored_standing(offer, day, tasks_of(day))
        merge = Merge(mine, theirs, standing_at(offer, day, start or 0))
        asked = read_whole(mine.fields.get("seen", "")) == day.version
        if merge.places and not asked:
            return self._conflict_page(request, day, merge, start)
        settled = merge.result()
        settled.fields["version"] = str(day.version)
        return self._store(request, day, offer, settled)

    def _conflict_page(self, request: HttpRequest, day: Day, merge: Merge, start: int | None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{day.full_title} was saved by somebody else",
            "opts": self.opts,
            "day": day,
            "merge": merge,
            "last": day.revisions.select_related("by").defer("snapshot").first(),
            "fields": [*as_posted(merge), ("start", start), ("seen", day.version)],
        }
        return TemplateResponse(request, "admin/desk/conflict.html", context)

    def _saved(self, request: HttpRequest, day: Day, *, adding: bool) -> HttpResponse:
        if user := author(request):
            publishing.forget_typed(user, Day(date=day.date) if adding else day)
        (self.log_addition if adding else self.log_change)(request, day, f"Saved as version {day.version}.")
        tasks = tasks_of(day)
        messages.success(request, f"Saved: {counted(len(tasks), 'task')}.")
        here = reverse("admin:records_day_change", args=[day.pk])
        # The page that asks whether to publish says itself what disagrees.
        warn(request, day, tasks, of_claims="_publish" not in request.POST)
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:records_day_publish", args=[day.pk]))
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("records:day_preview", args=[day.date]))
        if "_more" in request.POST:
            return HttpResponseRedirect(f"{here}?rows={MORE_BLANKS}#blank")
        return HttpResponseRedirect(here)

    def _page(
        self,
        request: HttpRequest,
        sheet: DaySheet,
        offer: Offer,
        *,
        unsaved: bool = False,
        kept: WorkingCopy | None = None,
        facts: FactsPanel | None = None,
    ) -> HttpResponse:
        day = sheet.day
        # A reason that was typed stays in the form, and so does the claim it is about.
        wanted = "facts" in request.GET or sheet.typed_whys
        stored = None if day._state.adding else Day.objects.get(pk=day.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": stored.full_title if stored else "Log a day",
            "opts": self.opts,
            "site": offer.profile,
            "day": stored,
            "sheet": sheet,
            "totals": sheet.rows.totals(),
            "tags": Tag.objects.all(),
            "may_write": self.may_write(request, day),
            "more_blanks": MORE_BLANKS,
            **names_and_keys(offer),
            "usual_reasons": USUAL_REASONS,
            "kept": kept,
            "kept_link": f"?kept=1&date={sheet.day.date.isoformat()}",
            "keep_address": _keep_address(stored),
            "unsaved": unsaved,
            "vocabulary": VOCABULARY,
            "facts": facts or (FactsPanel(sheet) if wanted else None),
        }
        return TemplateResponse(request, "admin/desk/day.html", context)


def names_and_keys(offer: Offer) -> dict[str, str]:
    """What the script knows of the categories: names and keys by slug, as JSON."""
    return {
        "category_names": json.dumps({category.slug: category.name for category in offer.categories}),
        "category_keys": json.dumps({category.slug: str(category.pk) for category in offer.categories}),
    }


def as_posted(merge: Merge) -> list[tuple[str, str]]:
    """My day as names and values of a form, to be posted once more with the choices."""
    rows = [
        (f"{ROW}-{number}-{name}", value)
        for number, row in enumerate(merge.mine.rows)
        for name, value in {**row, "position": str(number + 1)}.items()
    ]
    return [*merge.own_fields().items(), *rows]


def tasks_of(day: Day) -> list[Task]:
    """The stored tasks of a day, as logged."""
    if day._state.adding:
        return []
    return list(Task.objects.filter(day__date=day.date).select_related("category").order_by("position", "id"))


def _keep_address(stored: Day | None) -> str:
    if stored is None:
        return reverse("admin:records_day_keep_new")
    return reverse("admin:records_day_keep", args=[stored.pk])


def _blanks(request: HttpRequest, day: Day) -> int:
    wanted = read_whole(request.GET.get("rows", ""))
    if wanted is not None:
        return max(1, min(wanted, 100))
    return FIRST_BLANKS if day._state.adding else BLANKS
