"""The prose of a day while it is typed: figures to choose from, how it looks, what it claims; not saved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from records.admin.day_form import DayFormPage, tasks_of
from records.forms.day import DaySheet
from records.forms.facts_panel import FactsPanel
from records.forms.posted import PROSE, posted_day
from records.forms.rows import Offer
from records.models import Category, SiteProfile
from records.summaries.day_prose import day_prose, missing_figures


class DayProsePages(DayFormPage):
    """Answers to the form as typed; ``?day=`` is the key of the stored day it is about, if one is."""

    def figures_page(self, request: HttpRequest) -> JsonResponse:
        """Every figure worth offering: its name, its present value, and what it is."""
        figures = self._typed(request).figures
        return _answer(
            {
                "figures": [
                    {"name": name, "text": figures[name].text, "says": figures[name].origin}
                    for name in figures
                    if not figures[name].missing
                ]
            }
        )

    def rendered_page(self, request: HttpRequest) -> JsonResponse:
        """Lede and analysis as their page will show them, and what is the matter with their figures."""
        sheet = self._typed(request)
        rendered = day_prose(sheet.figures)
        findings = {
            name: [*sheet.unknown_names(name), *missing_figures(sheet.prose(name), sheet.figures)]
            for name in PROSE
        }
        html = {name: getattr(rendered, name) for name in PROSE}
        return _answer({"html": html, "findings": findings, "tasks": sheet.named_tasks()})

    def facts_page(self, request: HttpRequest) -> HttpResponse:
        """What the fact check says of the prose as typed, as a part of the form."""
        panel = FactsPanel(self._typed(request))
        answer = TemplateResponse(request, "admin/desk/_facts.html", {"facts": panel})
        answer["Cache-Control"] = "no-store"
        return answer

    def draft_page(self, request: HttpRequest) -> JsonResponse:
        """A first draft of the lede; empty while there are no tasks."""
        return _answer({"draft": self._typed(request).first_draft()})

    def _typed(self, request: HttpRequest) -> DaySheet:
        day = self.opened(request, request.GET.get("day") or None)
        if request.method != "POST" or not self.may_write(request, day):
            raise PermissionDenied
        offer = Offer(list(Category.objects.in_order()), SiteProfile.load())
        sheet = DaySheet(offer, day, tasks_of(day), posted_day(request.POST))
        sheet.form.full_clean()
        return sheet


def _answer(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, headers={"Cache-Control": "no-store"})
