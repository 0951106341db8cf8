"""How figures and prose are written in templates: the formatters of ``records.formats`` as filters."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import formats

register = template.Library()

for formatter in (
    formats.task_factor,
    formats.average_factor,
    formats.quantity,
    formats.one_decimal,
    formats.percent,
    formats.tokens,
):
    register.filter(formatter.__name__, formatter)


@register.filter
def aligned(written: str) -> SafeString:
    """A written number for a column that aligns at the point, its decimals soft.

    The style sheet gives ``.dec`` the width of the column's decimals; the whole number stays readable to
    programs in ``data``.
    """
    whole, fraction = formats.at_point(written)
    if not fraction:
        return format_html('{}<span class="dec"></span>', whole)
    value = written.replace(",", "")
    return format_html('<data value="{}">{}<span class="dec">{}</span></data>', value, whole, fraction)


@register.simple_tag
def moment(at: datetime, zone: ZoneInfo, near: date | None = None) -> SafeString:
    """A moment as a ``time`` element in the author's zone; with the year unless it is that of ``near``."""
    local = at.astimezone(zone)
    pattern = "F j, H:i" if near and near.year == local.year else "F j, Y, H:i"
    machine = local.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', machine, formatted(local, pattern))


@register.simple_tag
def day_time(day: date, pattern: str = "F j, Y") -> SafeString:
    """A date as a ``time`` element, written by a pattern of Django's ``date`` filter."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), formatted(day, pattern))
