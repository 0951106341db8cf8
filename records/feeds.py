"""Feeds: what changed, for programs that ask again. Every address in them is absolute."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format

from records.models import Correction, SiteProfile


def feed_of_corrections(corrections: Iterable[Correction], site: SiteProfile, site_url: str) -> str:
    """The corrections as Atom, each with what it was, what it became and why; ``site_url`` is SITE_URL."""
    ledger = f"{site_url}{reverse('records:correction_list')}"
    feed = Atom1Feed(
        title=f"{site.site_name}: corrections",
        link=ledger,
        description="Figures that changed after readers had seen them.",
        feed_url=f"{site_url}{reverse('records:corrections_feed')}",
        feed_guid=ledger,
        author_name=site.author_name or site.site_name,
    )
    for correction in corrections:
        feed.add_item(
            title=title_of(correction),
            link=f"{site_url}{correction.day.get_absolute_url()}#corrections",
            description=f"{correction.reason or 'No reason was given'}.",
            unique_id=f"{ledger}#c{correction.pk}",
            pubdate=correction.at,
            updateddate=correction.at,
        )
    return feed.writeString("utf-8")


def title_of(correction: Correction) -> str:
    """What was corrected, in one line: "April 12, 2026: Parser: human hours: 8 h → 12 h".

    By its date and not by its title, which a withdrawn record does not show.
    """
    named = f"{correction.task_name}: " if correction.task_name else ""
    return f"{date_format(correction.day.date, 'F j, Y')}: {named}{correction}"
