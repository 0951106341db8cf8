"""Names that must not be public: shown where they stand, replaced by one click."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from records import publishing
from records.admin.acts import author
from records.admin.stored_day import StoredDay
from records.formats import counted
from records.models import Task
from records.publishing import Conflict
from records.summaries.readiness import places_of_names


class DayNames(StoredDay):
    """What stands in for a client, a repository, a host."""

    def names_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would be replaced as a difference, and replace it in the stored texts."""
        day = self.stored(request, pk)
        back = reverse("admin:records_day_change", args=[day.pk])
        form = forms.Form(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                replaced = publishing.use_safe_names(day, by=author(request))
            except Conflict as conflict:
                form.add_error(None, f"{conflict} Look at it again, then repeat.")
            else:
                said = f"Replaced in {counted(replaced, 'place')}."
                self.log_change(request, day, said)
                messages.success(request, said)
                return HttpResponseRedirect(back)
        tasks = list(Task.objects.filter(day__date=day.date).order_by("position", "id"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Names in {day.full_title}",
            "opts": self.opts,
            "day": day,
            "form": form,
            "places": places_of_names(day, tasks),
        }
        return TemplateResponse(request, "admin/desk/names.html", context)
