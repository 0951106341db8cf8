"""How the marks of a chart are drawn: by class on a page, by their own colours in a file."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records.charts.ink import attributes

register = template.Library()


@register.simple_tag
def ink(style: str, theme: Mapping[str, str] | str = "") -> SafeString:
    """The class of a style or, in a theme, its presentation attributes."""
    if isinstance(theme, str):
        return format_html('class="{}"', style)
    return format_html_join(" ", '{}="{}"', attributes(style, theme).items())
