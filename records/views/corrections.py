"""What was corrected after readers had seen it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.feeds import of_corrections
from records.models import SiteProfile
from records.summaries.corrections import still_there
from records.tables import OrderedCorrections
from records.views.files import file_links
from records.views.linked_data import breadcrumbs, graph, step


def correction_list(request: HttpRequest) -> HttpResponse:
    """The ledger: every public figure that changed, what it was, what it became, why and when."""
    site = SiteProfile.load()
    listing = OrderedCorrections(request.GET)
    table = listing.table()
    corrections = [row.record for row in table.paginated_rows]
    context = {
        "section": "corrections",
        "site": site,
        "channel": of_corrections(site),
        "linked_data": graph(breadcrumbs(step("Corrections", "correction_list"))),
        "listing": listing,
        "heads": list(table.heads(listing.query)),
        "corrections": corrections,
        "still_there": still_there(corrections),
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
        "files": file_links("corrections_file", listing.query, listing.errors),
    }
    return render(request, "records/correction_list.html", context)
