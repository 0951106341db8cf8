"""A day as its readers will see it, for its author and for whoever was given a link."""

from datetime import date

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from records.models import Day
from records.summaries.nearest import day_and_beside
from records.views.records import record_context


@never_cache
@user_passes_test(lambda user: user.is_active and user.is_staff, login_url="admin:login")
def day_preview(request: HttpRequest, date: date) -> HttpResponse:
    """The record of any day, public or not; neither kept by caches nor found by search engines."""
    if not any(map(request.user.has_perm, ("records.view_day", "records.change_day"))):
        raise PermissionDenied
    return _shown(request, get_object_or_404(Day, date=date), by_link=False)


@never_cache
def linked_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The record of a day for who has a signed link to it, without an account; 404 once it has ended."""
    from records import publishing  # with all that writing takes, which no other public page needs

    day = publishing.day_of_token(token)
    if day is None:
        return _unfindable(render(request, "records/preview_ended.html", status=404))
    return _shown(request, day, by_link=True)


def _shown(request: HttpRequest, day: Day, *, by_link: bool) -> HttpResponse:
    context = {**record_context(day, day_and_beside(day.date).beside, request.GET), "by_link": by_link}
    return _unfindable(render(request, "records/day_preview.html", context))


def _unfindable(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address of a preview is its key
    return response
