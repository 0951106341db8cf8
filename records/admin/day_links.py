"""Preview links of a day: made, shown once, and taken back."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from records import publishing
from records.admin.stored_day import StoredDay
from records.forms.acts import PreviewForm
from records.models import Day


class DayLinks(StoredDay):
    """What shows a day that is not public to someone without an account."""

    def link_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link that ends by itself, or end all there are."""
        day = self.stored(request, pk)
        if "revoke" in request.POST:
            publishing.revoke_previews(day)
            self.log_change(request, day, "Preview links revoked.")
            messages.success(request, "Every preview link of this day has ended.")
            return HttpResponseRedirect(request.path)
        form = PreviewForm(request.POST or None)
        address = ""
        if request.method == "POST" and form.is_valid():
            token = publishing.preview_token(day, timedelta(days=form.cleaned_data["days"]))
            address = f"{settings.SITE_URL}{reverse('records:linked_preview', args=[token])}"
            self.log_change(request, day, f"Preview link made, good for {form.cleaned_data['days']} days.")
        return TemplateResponse(
            request, "admin/desk/preview_link.html", self._link_context(request, day, form, address)
        )

    def _link_context(
        self, request: HttpRequest, day: Day, form: PreviewForm, address: str
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": f"Preview link of {day.full_title}",
            "opts": self.opts,
            "day": day,
            "form": form,
            "address": address,
        }
