"""Publish, withdraw, move and remove a day: pages of one question each."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateformat import format as formatted

from records import formats, publishing
from records.admin.acts import Act, act_page, author
from records.admin.stored_day import StoredDay
from records.forms.acts import DateForm, PublishForm, ReasonForm
from records.models import Day, SiteProfile
from records.summaries.claims import claims_of, refuted
from records.summaries.readiness import findings
from records.summaries.unusual import Usual


class DayActs(StoredDay):
    """What can be done with a stored day besides typing into it."""

    def publish_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the day public, now or at a moment that lies ahead."""
        day, profile = self.stored(request, pk), SiteProfile.load()
        withdrawn, claims = day.status == Day.Status.WITHDRAWN, claims_of(day, profile)
        form = PublishForm(
            profile.zone,
            request.POST or None,
            comes_back=withdrawn,
            claims_refuted=bool(refuted(claims)),
        )

        def perform() -> str:
            given = form.cleaned_data
            publishing.publish(
                day,
                at=given["at"],
                by=author(request),
                reason=given.get("reason", ""),
                keep_claims=given.get("keep_claims", ""),
            )
            day.refresh_from_db()
            return self._logged(request, day, _said_of_publishing(day, profile))

        title = f"Publish {day.full_title}"
        act = Act(title, _before_publishing(day), "Publish", form, perform, back=_form_of(day))
        usual = Usual.beside(day.date, profile.hours_per_week)
        act.findings = findings(day, list(day.tasks.order_by("position", "id")), usual, claims)
        return act_page(self, request, act)

    def withdraw_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the day from the public; a scheduled one goes back to draft."""
        day = self.stored(request, pk)
        form = ReasonForm(request.POST or None)
        words = (
            "Its page leaves the site and its figures leave every total. Its address says from then on "
            "that the record was withdrawn, when and why. It can be published again."
        )
        said = f"Withdrawn: {day.full_title}."
        if day.is_scheduled():
            words, said = "It has not appeared yet: it goes back to draft.", "Back to draft."

        def perform() -> str:
            publishing.withdraw(day, by=author(request), reason=form.cleaned_data["reason"])
            return self._logged(request, day, said)

        act = Act(f"Withdraw {day.full_title}", [words], "Withdraw", form, perform, back=_form_of(day))
        return act_page(self, request, act)

    def move_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the day another date; its tasks go with it and its old address redirects."""
        day = self.stored(request, pk)
        form = DateForm(request.POST or None)
        was = day.date.isoformat()

        def perform() -> str:
            to = form.cleaned_data["to"]
            publishing.move_day(day, to, by=author(request), reason=form.cleaned_data["reason"])
            return self._logged(request, day, f"Moved from {was} to {to.isoformat()}.")

        words = f"It stands at {was}. Its tasks go with it; an address readers have seen leads to the new."
        act = Act(f"Move {day.full_title}", [words], "Move", form, perform, back=_form_of(day))
        return act_page(self, request, act)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Remove a draft that was never public; its revisions stay."""
        day = self.stored(request, object_id)
        if not self.has_delete_permission(request, day):
            raise PermissionDenied

        @transaction.atomic
        def perform() -> str:
            self.log_deletions(request, Day.objects.filter(pk=day.pk))
            publishing.remove_day(day)
            return f"Removed: {day.full_title}."

        tasks = day.totals().tasks
        words = f"The draft goes, and with it its {formats.counted(tasks, 'task')}. Its revisions stay."
        form = forms.Form(request.POST or None)
        act = Act(f"Remove {day.full_title}", [words], "Remove", form, perform, back=_form_of(day))
        act.forward, act.is_grave = reverse("admin:records_day_changelist"), True
        return act_page(self, request, act)

    def _logged(self, request: HttpRequest, day: Day, said: str) -> str:
        self.log_change(request, day, said)
        return said


def _form_of(day: Day) -> str:
    return reverse("admin:records_day_change", args=[day.pk])


def _before_publishing(day: Day) -> list[str]:
    """What will happen, with the figures that readers will see."""
    totals = day.totals()
    factor = formats.with_unit(formats.average_factor(totals.leverage.value), "×")
    tasks = formats.counted(totals.tasks, "task")
    figures = f"{tasks}, {formats.with_unit(formats.quantity(totals.human_hours), ' h')}, {factor}"
    return [
        f"Publish {formatted(day.date, 'l, F j, Y')}? {figures if totals.tasks else 'A note without tasks'}.",
        "Public at once, or at the moment you name. Figures changed later appear as corrections.",
    ]


def _said_of_publishing(day: Day, profile: SiteProfile) -> str:
    if day.is_scheduled() and day.published_at:
        moment = day.published_at.astimezone(profile.zone)
        return f"Scheduled: it appears on {formatted(moment, 'F j, Y, H:i')}."
    return f"Published: {day.full_title}."
