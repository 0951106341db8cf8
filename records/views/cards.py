"""Social cards as pictures, drawn when first asked for."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format

from records.cards import Card, card_of, png_of
from records.models import Day, SiteProfile, Task
from records.periods import Period
from records.summaries.accounts import account_kept
from records.summaries.reach import Reach
from records.views.categories import shown_category
from records.views.records import gone
from records.views.social import ALL_RECORDS


def record_card(request: HttpRequest, date: date) -> HttpResponse:
    """The card of a public record; gone with a withdrawn one."""
    day = Day.objects.visible().filter(date=date).first()
    if day is None:
        return gone(request, date)
    kicker = date_format(day.date, "l, F j, Y") if day.title else date_format(day.date, "l")
    return _picture(card_of(day.full_title, kicker, Task.objects.filter(day=day), SiteProfile.load()))


def category_card(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The card of a category that public tasks have."""
    category = shown_category(slug)
    reach, site = Reach.now(), SiteProfile.load()
    account = account_kept(reach.category_summaries.filter(category=category))
    tasks = reach.tasks.filter(category=category)
    return _picture(card_of(category.name, "Category", tasks, site, account))


def period_card(request: HttpRequest, period: Period) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The card of a year, a month or a week that has public days."""
    reach, site = Reach.now(period.first, period.last), SiteProfile.load()
    if not reach.days.exists():
        raise Http404
    account = account_kept(reach.summaries)
    return _picture(card_of(period.name, period.unit.title(), reach.tasks, site, account))


def site_card(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The card of all that is public, for the pages without one of their own."""
    reach, site = Reach.now(), SiteProfile.load()
    account = account_kept(reach.summaries)
    return _picture(card_of(ALL_RECORDS, site.author_name, reach.tasks, site, account))


def _picture(card: Card) -> HttpResponse:
    return HttpResponse(png_of(card), content_type="image/png")
