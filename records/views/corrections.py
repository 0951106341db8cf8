"""What was corrected after readers had seen it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.feeds import feed_of_corrections
from records.models import Correction, SiteProfile
from records.tables import OrderedCorrections
from records.views.files import file_links

IN_A_FEED = 50


def correction_list(request: HttpRequest) -> HttpResponse:
    """The ledger: every public figure that changed, what it was, what it became, why and when."""
    site = SiteProfile.load()
    listing = OrderedCorrections(request.GET)
    table = listing.table()
    context = {
        "section": "corrections",
        "site": site,
        "listing": listing,
        "heads": list(table.heads(listing.query)),
        "corrections": [row.record for row in table.paginated_rows],
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "files": file_links("records:corrections_file", listing.query, listing.errors),
    }
    return render(request, "records/correction_list.html", context)


def corrections_feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The latest corrections as Atom."""
    latest = Correction.objects.visible().select_related("day").ranked("at", descending=True)[:IN_A_FEED]
    text = feed_of_corrections(latest, SiteProfile.load(), settings.SITE_URL)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
