"""The strip "Check these figures" at the foot of every page of figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from records.exporters.citation import Citation
from records.filters import WhatIf
from records.leverage import Totals
from records.models import SiteProfile
from records.periods import Period
from records.scenario import BreakEven, break_even
from records.summaries.coverage import Coverage


@dataclass(frozen=True)
class Check:
    """What the strip of a page says.

    ``subject`` is what corrections are of, as in "this record". ``factor`` is the leverage factor of it as
    recorded, whatever the scenario. ``files`` are the addresses of its rows by ending, ``corrections`` that
    of what was corrected, on this page or in the ledger; blank where nothing was, or where the whole ledger
    is meant. ``left_out`` is a sentence. A page that is not public has neither files nor a citation.
    """

    subject: str
    what_if: WhatIf
    factor: Decimal | None
    files: Mapping[str, str]
    as_of: datetime | None
    left_out: str
    corrections: str = ""
    citation: Citation | None = None
    of_one_task: bool = False

    @property
    def break_even(self) -> BreakEven | None:
        """How many times too high every estimate, as recorded, might be."""
        return break_even(self.factor)

    @property
    def is_open(self) -> bool:
        """Whether the strip has something to say that must not be missed."""
        return bool(self.what_if.errors) or not self.what_if.scenario.is_plain


def cited(title: str, path: str, what_if: WhatIf, site: SiteProfile, as_of: datetime | None) -> Citation:
    """The citation of a view: ``path`` without a query, what the address asks for being added to it."""
    query = what_if.cited.urlencode()
    words = "; ".join(what_if.scenario.words())
    return Citation(
        author=site.author_name,
        title=f"{title} (what if: {words})" if words else title,
        site=site.site_name,
        address=f"{settings.SITE_URL}{path}{'?' if query else ''}{query}",
        as_of=as_of.astimezone(site.zone).date() if as_of else None,
        retrieved=site.today(),
    )


def ledger_of(first: date | None, last: date | None) -> str:
    """The address of what was corrected of the days from one to another; blank where that is all days."""
    ends = {"from": first, "to": last}
    return _ledger({name: day.isoformat() for name, day in ends.items() if day})


def ledger_of_period(period: Period) -> str:
    """The address of what was corrected of a period; by its name, which tells of no day whether it is one."""
    return _ledger({"period": period.key})


def _ledger(asked: Mapping[str, str]) -> str:
    return f"{reverse('records:correction_list')}?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class View:
    """What a strip stands on: what it calls the page's days, its title, its path without a query, its site.

    ``corrections`` is the address of what was corrected of the days shown, blank where that is the whole
    ledger or the ledger cannot tell.
    """

    subject: str
    title: str
    path: str
    site: SiteProfile
    corrections: str = ""


def check_of(
    view: View, recorded: Totals, covered: Coverage, what_if: WhatIf, files: Mapping[str, str]
) -> Check:
    """What there is to check of a view of many days, ``recorded`` being its totals without a scenario."""
    return Check(
        subject=view.subject,
        what_if=what_if,
        factor=recorded.leverage.value,
        files=files,
        as_of=covered.as_of,
        left_out=covered.words if covered.days else "",
        corrections=view.corrections,
        citation=cited(view.title, view.path, what_if, view.site, covered.as_of),
    )
