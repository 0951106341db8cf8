"""Paste a day: a text is read, shown as rows beside its doubts and faults, mended, and stored as a draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from records.admin.acts import author
from records.admin.day_form import WRITES_TASKS, names_and_keys
from records.forms.paste import PasteSheet, dated
from records.forms.paste_text import TOO_LARGE, PasteForm, chosen_day, in_words
from records.forms.pasted_rows import rows_for_the_form
from records.forms.posted import PostedDay, posted_day
from records.forms.rows import Offer
from records.importers.day import ImportedDay, Problem
from records.importers.known import LIMITS, Known
from records.importers.site import known_to_site
from records.models import Category, Day, SiteProfile, Tag
from records.publishing import Status

MAY_PASTE = ("records.add_day", "records.change_day", *WRITES_TASKS)
SAID = {
    Status.CREATED: "Saved as a draft: {}.",
    Status.REPLACED: "Put in place of what was stored: {}.",
    Status.UNCHANGED: "It was stored already, exactly so: {}. Nothing changed.",
}
ONE_FILE = (
    "One file at a time here. Many are imported by the command “python3 manage.py import_records FILE…”."
)
NO_LONGER_READ = "The text as it was pasted can no longer be read: {} Mend it below, and read it again."


class PasteDesk(admin.AdminSite):
    """The page that takes a whole day at once, and the reader of rows for the day's own form."""

    def paste(self, request: HttpRequest) -> HttpResponse:
        """Ask for a text; show what was read of it; store what was made of that."""
        if not request.user.has_perms(MAY_PASTE):
            raise PermissionDenied
        if request.method != "POST":
            return self._asked(request, PasteForm())
        text = PasteForm(request.POST, request.FILES)
        offer = Offer(list(Category.objects.in_order()), SiteProfile.load())
        known = known_to_site()
        if "_check" in request.POST or "_save" in request.POST:
            return self._mended(request, text, offer, known)
        return self._read(request, text, offer, known)

    def paste_rows(self, request: HttpRequest) -> JsonResponse:
        """The rows of a text as the day's form would have them typed, or why there are none."""
        if not request.user.has_perms(WRITES_TASKS):
            raise PermissionDenied
        text = PasteForm(request.POST if request.method == "POST" else {})
        try:
            day = _day_in(text, known_to_site(), "")
        except ValidationError as fault:
            return JsonResponse({"rows": [], "fault": " ".join(fault.messages)})
        keys = {category.slug: str(category.pk) for category in Category.objects.in_order()}
        return JsonResponse({"rows": rows_for_the_form(day, keys), "fault": ""})

    def _read(self, request: HttpRequest, text: PasteForm, offer: Offer, known: Known) -> HttpResponse:
        if not text.is_valid():
            return self._asked(request, text)
        try:
            days = text.read(known)
            day = chosen_day(days, request.POST.get("chosen", ""))
        except ValidationError as fault:
            text.add_error("text", fault)
            return self._asked(request, text)
        if day is None:
            return self._asked(request, text, days)
        sheet = PasteSheet(offer, known, dated(day, text.cleaned_data["on"]))
        sheet.compare()
        return self._shown(request, sheet, text, offer)

    def _mended(self, request: HttpRequest, text: PasteForm, offer: Offer, known: Known) -> HttpResponse:
        posted = posted_day(request.POST)
        sheet = PasteSheet(offer, known, _read_again(request, text, known), posted)
        if "_save" not in request.POST:
            sheet.compare()
        elif done := sheet.store(by=author(request), name=text.cleaned_data.get("name", "")):
            return self._stored(request, *done)
        return self._shown(request, sheet, text, offer, posted)

    def _stored(self, request: HttpRequest, status: Status, day: Day) -> HttpResponse:
        said = SAID[status].format(day.full_title)
        messages.success(request, said)
        days = self.get_model_admin(Day)
        if status is Status.CREATED:
            days.log_addition(request, day, said)
        elif status is Status.REPLACED:
            days.log_change(request, day, said)
        return HttpResponseRedirect(reverse("admin:records_day_change", args=[day.pk]))

    def _asked(
        self, request: HttpRequest, text: PasteForm, days: Sequence[ImportedDay] = ()
    ) -> TemplateResponse:
        context = {
            **self.each_context(request),
            "title": "Paste a day",
            "form": text,
            "days": days,
            "most_bytes": LIMITS.size,
            "too_large": TOO_LARGE,
            "one_file": ONE_FILE,
            "errors": text.errors if text.is_bound else None,
        }
        return TemplateResponse(request, "admin/desk/paste.html", context)

    def _shown(
        self,
        request: HttpRequest,
        sheet: PasteSheet,
        text: PasteForm,
        offer: Offer,
        posted: PostedDay | None = None,
    ) -> TemplateResponse:
        context: dict[str, Any] = {
            **self.each_context(request),
            **names_and_keys(offer),
            "title": "Paste a day",
            "site": offer.profile,
            "sheet": sheet,
            "text": text,
            "chosen": request.POST.get("chosen", ""),
            "totals": sheet.rows.totals(),
            "tags": Tag.objects.all(),
            "read_as": in_words(sheet.found.form),
            "is_mended": posted is not None,
            "saving": "_save" in request.POST,
        }
        return TemplateResponse(request, "admin/desk/paste_day.html", context)


def _read_again(request: HttpRequest, text: PasteForm, known: Known) -> ImportedDay:
    """What the text said, for the figures printed there; a text that cannot be read any more loses no row."""
    try:
        return _day_in(text, known, request.POST.get("chosen", ""))
    except ValidationError as fault:
        reason = NO_LONGER_READ.format(" ".join(fault.messages))
        return ImportedDay(form="", date=None, tasks=(), problems=(Problem(reason),))


def _day_in(text: PasteForm, known: Known, choice: str) -> ImportedDay:
    """The only day of a text, or the one chosen. Raises ``ValidationError``."""
    if not text.is_valid():
        raise ValidationError([str(message) for messages in text.errors.values() for message in messages])
    days = text.read(known)
    day = chosen_day(days, choice)
    if day is None:
        raise ValidationError(f"These are rows of {len(days)} days; one day fits here.")
    return day
