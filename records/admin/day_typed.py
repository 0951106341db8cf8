"""What is typed into the form of a day and not saved yet: kept, put back, or dropped."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.dateformat import format as formatted

from records import publishing
from records.admin.acts import author, read_date
from records.admin.stored_day import StoredDay
from records.forms.posted import PostedDay, posted_day
from records.models import Day, SiteProfile, WorkingCopy

_NOT_TYPED = {"csrfmiddlewaretoken"}


class DayTyped(StoredDay):
    """The working copy of each author."""

    def keep_page(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Keep what is posted as it is, or drop what was kept; answers when it was, in the author's time."""
        user = author(request)
        if request.method != "POST" or user is None:
            raise PermissionDenied
        day = self.stored(request, pk) if pk else self._new_day(request)
        if "drop" in request.POST:
            publishing.forget_typed(user, day)
            return HttpResponseRedirect(_form_of(day))
        typed = {name: request.POST[name] for name in request.POST if name not in _NOT_TYPED}
        kept = publishing.keep_typed(user, day, typed)
        return JsonResponse({"at": formatted(kept.at.astimezone(SiteProfile.load().zone), "H:i")})

    def _new_day(self, request: HttpRequest) -> Day:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return Day(date=read_date(request.POST.get("date", "")) or SiteProfile.load().today())


def typed_before(request: HttpRequest, day: Day) -> WorkingCopy | None:
    """What the author typed into this form and never saved."""
    user = author(request)
    return publishing.typed_by(user, day) if user else None


def as_typed(kept: WorkingCopy) -> PostedDay:
    """The form as it was typed, with the version it was typed for."""
    return posted_day(kept.typed)


def _form_of(day: Day) -> str:
    if day._state.adding:
        return f"{reverse('admin:records_day_add')}?date={day.date.isoformat()}"
    return reverse("admin:records_day_change", args=[day.pk])
