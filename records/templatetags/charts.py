"""How the marks of a chart are drawn: by class on a page, by their own colours in a file."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records.charts.drawing import Disc, Drawing, Label, Mark, Path, Rect
from records.charts.ink import THEMES, attributes

register = template.Library()

Theme: TypeAlias = str
KEPT = 64  # drawings of a page that is read again


@register.simple_tag
def ink(style: str, theme: Theme = "") -> SafeString:
    """The class of a style or, in a theme, its presentation attributes."""
    return _ink(style, theme)


@register.simple_tag
def marks(drawing: Drawing, theme: Theme = "") -> SafeString:
    """The marks of a drawing as elements of an SVG.

    A drawing may have two thousand: a template would take a hundred times as long for them. On a page, what
    a mark says and where it leads stands in the drawing for desks alone; the script finds it there for both.
    """
    return _drawn(drawing, theme)


@lru_cache(KEPT)
def _drawn(drawing: Drawing, theme: Theme) -> SafeString:
    says = bool(theme) or drawing.layout == "desk"
    elements = _elements(drawing.marks, theme, says=says)
    return format_html_join("\n", "{}", ((element,) for element in elements))


def _elements(drawn: tuple[Mark, ...], theme: Theme, *, says: bool) -> Iterator[SafeString]:
    for mark in drawn:
        if isinstance(mark, Path):
            yield format_html('<path {} d="{}"/>', _ink(mark.style, theme), mark.d)
        elif isinstance(mark, Label):
            yield _text(mark, theme)
        else:
            yield _shape(mark, theme, says=says)


def _text(mark: Label, theme: Theme) -> SafeString:
    anchor = "" if mark.anchor == "start" else format_html(' text-anchor="{}"', mark.anchor)
    return format_html(
        '<text {} x="{}" y="{}"{}>{}</text>', _ink(mark.style, theme), mark.x, mark.y, anchor, mark.text
    )


def _shape(mark: Rect | Disc, theme: Theme, *, says: bool) -> SafeString:
    style = _ink(f"mark {mark.style}" if mark.tip and not theme else mark.style, theme)
    url = format_html(' data-href="{}"', mark.url) if mark.url and says and not theme else ""
    title = format_html("<title>{}</title>", mark.tip) if mark.tip and says else ""
    if isinstance(mark, Rect):
        pattern = '<rect {} x="{}" y="{}" width="{}" height="{}"{}>{}</rect>'
        return format_html(pattern, style, mark.x, mark.y, mark.width, mark.height, url, title)
    disc = format_html(
        '<circle {} cx="{}" cy="{}" r="{}"{}>{}</circle>', style, mark.x, mark.y, mark.radius, url, title
    )
    if mark.ring is None:
        return disc
    ring = format_html('<circle {} cx="{}" cy="{}" r="{}"/>', _ink("ring", theme), mark.x, mark.y, mark.ring)
    return format_html("{}{}", ring, disc)


@lru_cache(256)
def _ink(style: str, theme: Theme) -> SafeString:
    if not theme:
        return format_html('class="{}"', style)
    return format_html_join(" ", '{}="{}"', attributes(style, THEMES[theme]).items())
