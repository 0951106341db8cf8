"""Feeds: which days or corrections, in which form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from records.feeds import (
    Channel,
    Entry,
    Feed,
    Form,
    entries_of_corrections,
    entries_of_days,
    of_category,
    of_corrections,
    of_series,
    of_tag,
    written,
)
from records.feeds.forms import JSON
from records.models import Correction, Day, SiteProfile
from records.views.archive import shown_tag
from records.views.categories import shown_category

CORRECTIONS = 50


def series_feed(request: HttpRequest, form: Form) -> HttpResponse:
    """The latest records."""
    site = SiteProfile.load()
    entries = entries_of_days(Day.objects.visible(), site, settings.SITE_URL)
    return _answer(request, form, of_series(site), entries, site)


def tag_feed(request: HttpRequest, slug: str, form: Form) -> HttpResponse:
    """The latest records with a tag; a tag of drafts alone looks like none."""
    tag, site = shown_tag(slug), SiteProfile.load()
    entries = entries_of_days(Day.objects.visible().filter(tags=tag), site, settings.SITE_URL)
    return _answer(request, form, of_tag(tag, site), entries, site)


def category_feed(request: HttpRequest, slug: str, form: Form) -> HttpResponse:
    """The latest records of days on which a category was worked at."""
    category, site = shown_category(slug), SiteProfile.load()
    days = Day.objects.visible().filter(pk__in=Day.objects.filter(tasks__category=category).values("pk"))
    entries = entries_of_days(days, site, settings.SITE_URL)
    return _answer(request, form, of_category(category, site), entries, site)


def corrections_feed(request: HttpRequest, form: Form) -> HttpResponse:
    """The latest corrections."""
    site = SiteProfile.load()
    latest = Correction.objects.visible().select_related("day").ranked("at", descending=True)[:CORRECTIONS]
    entries = entries_of_corrections(latest, site, settings.SITE_URL)
    return _answer(request, form, of_corrections(site), entries, site)


def _answer(
    request: HttpRequest, form: Form, channel: Channel, entries: list[Entry], site: SiteProfile
) -> HttpResponse:
    """The feed under its own type; to a browser as plain XML, since it would not style the other."""
    read_by_people = form is not JSON and "text/html" in request.headers.get("Accept", "")
    content_type = "application/xml" if read_by_people else form.content_type
    text = written(Feed(channel, entries, site, settings.SITE_URL), form)
    response = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
    patch_vary_headers(response, ["Accept"])
    return response
