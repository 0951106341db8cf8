"""How figures and prose are written in templates: the formatters of ``records.formats`` as filters."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import formats, prose
from records.models import Day
from records.periods import Period, Unit, period_of
from records.summaries.record import RecordSummary
from records.templatetags.cells import about, aligned, places_of

register = template.Library()

KEPT = 2_048  # dates as they are written
WIDE = 8  # letters, the sign × apart

for formatter in (
    formats.task_factor,
    formats.average_factor,
    formats.quantity,
    formats.one_decimal,
    formats.percent,
    formats.tokens,
    formats.equality,
):
    register.filter(formatter.__name__, formatter)


register.filter("unit", formats.with_unit)


@register.filter
def wide(written: str) -> str:
    """The class of a large figure that has no room beside another on a phone, else nothing."""
    return " wide" if len(written) >= WIDE else ""


@register.filter
def others(tasks: int, known: int) -> str:
    """What is left of some tasks beside those that are known: one other, or several."""
    return "the other" if tasks - known == 1 else "the others"


register.filter("aligned", aligned)
register.filter("about", about)


@register.simple_tag
def places(rows: Iterable[Any], column: str) -> str:
    """The class of a column's cells: ``places-2`` where two is the most decimals that one of them shows."""
    return places_of(getattr(row, column) for row in rows)


@register.simple_tag
def places_of_days(days: Iterable[Day], column: str) -> str:
    """The same for a column of the days' totals."""
    return places_of(getattr(day.totals(), column) for day in days)


@register.filter(name="prose")
def as_prose(text: str, part: str = "text") -> SafeString:
    """Markdown of the site's own texts as HTML; ``part`` names its place, so that footnotes keep apart."""
    return prose.render(text, part=part)


@register.filter
def inline(text: str) -> SafeString:
    """Plain text as HTML, in which only backticks mean something."""
    return prose.inline(text)


@register.simple_tag
def sentence(summary: RecordSummary, agent: str) -> str:
    """The day in one sentence of plain text."""
    return summary.sentence(agent)


@register.filter
def as_data(value: object) -> SafeString:
    """A value as JSON for a data block of the page: a script element that no browser runs."""
    return prose.as_data(value)


@register.simple_block_tag
def once(content: str) -> str:
    """What stands between, kept under a name, so that a page can say it in several places."""
    return content


# Most moments and dates stand in several places, and on several pages.


@register.simple_tag
@lru_cache(KEPT)
def moment(at: datetime, zone: ZoneInfo, near: date | None = None) -> SafeString:
    """A moment as a ``time`` element in the author's zone; with the year unless it is that of ``near``."""
    local = at.astimezone(zone)
    pattern = "F j, H:i" if near and near.year == local.year else "F j, Y, H:i"
    machine = local.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', machine, formatted(local, pattern))


@register.simple_tag
@lru_cache(KEPT)
def day_time(day: date, pattern: str = "F j, Y") -> SafeString:
    """A date as a ``time`` element, written by a pattern of Django's ``date`` filter."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), formatted(day, pattern))


@register.simple_tag
def periods_around(day: date) -> list[Period]:
    """The week, the month and the year in which a day lies."""
    return [period_of(day, unit) for unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR)]
