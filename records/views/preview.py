"""A day as its readers will see it, for its author alone."""

from datetime import date

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from records.models import Day
from records.views.records import record_context


@never_cache
@user_passes_test(lambda user: user.is_active and user.is_staff, login_url="admin:login")
def day_preview(request: HttpRequest, date: date) -> HttpResponse:
    """The record of any day, public or not; neither kept by caches nor found by search engines."""
    if not any(map(request.user.has_perm, ("records.view_day", "records.change_day"))):
        raise PermissionDenied
    day = get_object_or_404(Day, date=date)
    response = render(request, "records/day_preview.html", record_context(day, request.GET))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
