"""Markdown and plain text as safe HTML, in time that grows with the text.

Beside `elsewhere` the only module that marks HTML as safe. Markdown is rendered with HTML switched off and
then sanitised by a short list of tags: neither alone has to be perfect.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from records.prose.figures import Figure
from records.prose.marks import KIND, LONGEST, TASK, Mark, marks_in, parser, task_links_in, words_in

WORDS_A_MINUTE = 200
KEPT = 128  # rendered texts: those of the pages read most, 50,000 characters each at the very most
HIGHEST_HEADING = 3  # the page has the title and its own sections above
OUTSIDE_SECTIONS = {"lede": 2, "call": 2}  # parts with nothing but the title above them
UNKNOWN = Figure.none("There is no such figure.", "There is no such figure.")

Figures = Mapping[str, Figure]
Link = Callable[[str], str]

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "a", "sup", "section"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "data"),
}
_ALIGNED = {"align-left", "align-center", "align-right"}
_ATTRIBUTES = {"a": {"href", "title", "id"}, "data": {"value", "title"}, "ol": {"start"}, "li": {"id"}}
_CLASSES = {
    "th": _ALIGNED,
    "td": _ALIGNED,
    "a": {"footnote-backref", "figure"},
    "data": {"figure", "missing"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "hr": {"footnotes-sep"},
}
_QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
_OPENS_AFTER = frozenset(" \t\n\u00a0([{—–-/“‘")
_CODE = re.compile(r"`([^`]+)`")


def render(
    text: str,
    figures: Figures | None = None,
    link: Link | None = None,
    *,
    part: str = "text",
    highest: int | None = None,
) -> SafeString:
    """Markdown as safe HTML, its highest heading an ``h3``, or an ``h2`` where only the title stands above.

    ``figures`` gives what ``{{ hours }}`` stands for; without it braces are text. ``link`` gives the address
    of a task by its key (``8``, ``id812``), empty where it has none. ``part`` names the place on the page
    ("lede"), so that footnotes of two places keep apart. Text beyond ``LONGEST`` characters is left out.

    What was rendered of the same text with the same figures and addresses is kept for a while.
    """
    text, asked, keys = text[:LONGEST], None, _keys_in(text[:LONGEST])
    if figures is not None:
        asked = tuple((name, figures.get(name)) for name in _names_in(text))
    addresses = tuple((key, link(key) if link else "") for key in keys)
    return _rendered(text, part, highest or OUTSIDE_SECTIONS.get(part, HIGHEST_HEADING), asked, addresses)


def inline(text: str) -> SafeString:
    """Plain text as safe HTML, in which only backticks mean something: they enclose code."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped first


def reading_minutes(*texts: str) -> int:
    """Minutes to read the texts at 200 words a minute, rounded up; 0 without a word."""
    return -(-words_in(*texts) // WORDS_A_MINUTE)


@lru_cache(KEPT)
def _rendered(
    text: str,
    part: str,
    highest: int,
    figures: tuple[tuple[str, Figure | None], ...] | None,
    addresses: tuple[tuple[str, str], ...],
) -> SafeString:
    env = {
        "docId": part,
        "highest": highest,
        "marks": figures is not None,
        "figures": dict(figures or ()),
        "addresses": dict(addresses),
    }
    return mark_safe(_sanitised(_markdown().render(text, env)))  # noqa: S308 - sanitised here


@lru_cache(KEPT)
def _names_in(text: str) -> tuple[str, ...]:
    """The figures that a text asks for."""
    return tuple(dict.fromkeys(mark.name for mark in marks_in(text)))


@lru_cache(KEPT)
def _keys_in(text: str) -> tuple[str, ...]:
    """The tasks that a text links to."""
    return tuple(dict.fromkeys(task_links_in(text)))


def _sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


@cache
def _markdown() -> MarkdownIt:
    """The parser, with the rules that fit its result to the page."""
    markdown = parser()
    markdown.core.ruler.push("fit_the_page", _fit_the_page)
    markdown.core.ruler.push("link_tasks", _link_tasks)
    markdown.core.ruler.push("curl_quotes", _curl_quotes)
    markdown.add_render_rule(KIND, _figure_as_html)
    return markdown


def _fit_the_page(state: StateCore) -> None:
    """Move headings below the page's own, and the alignment of cells from a style to a class.

    The highest heading of the text becomes the highest it may have, whichever that was, so that no level
    is skipped. The parser writes ``style="text-align:right"``, which a strict Content-Security-Policy drops.
    """
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + state.env['highest'], 6)}"
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrs["class"] = f"align-{side}"


def _link_tasks(state: StateCore) -> None:
    """Give links to tasks their address; a task without one, and so every strange ``task:``, is no link.

    What stands within a link is told so: a figure there cannot be another one.
    """
    for block in state.tokens:
        kept: list[Token] = []
        opened: list[bool] = []  # for each link around: whether it stays one
        for token in block.children or ():
            if token.type == "link_open":
                opened.append(_leads_somewhere(token, state.env["addresses"]))
            stays = opened[-1] if token.type in ("link_open", "link_close") and opened else True
            if token.type == "link_close" and opened:
                opened.pop()
            token.meta["linked"] = any(opened)
            if stays:
                kept.append(token)
        if block.children is not None:
            block.children = kept


def _leads_somewhere(token: Token, addresses: Mapping[str, str]) -> bool:
    scheme, _, key = str(token.attrs.get("href", "")).partition(":")
    if scheme != TASK:
        return True
    token.attrs["href"] = addresses.get(key, "")
    return bool(token.attrs["href"])


def _figure_as_html(
    _renderer: Any, tokens: Sequence[Token], place: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    """A figure as ``data`` that says where it comes from; a link to that place where there is one."""
    token = tokens[place]
    mark = Mark.of(token.content)
    figure = env["figures"].get(mark.name) or UNKNOWN
    shown = inline(figure.written(mark.how))
    title = escape(figure.missing or figure.origin)
    if figure.missing:
        return f'<data class="figure missing" value="" title="{title}">{shown}</data>'
    value = escape(figure.value or figure.text)
    if token.meta.get("linked") or not figure.href:
        return f'<data class="figure" value="{value}" title="{title}">{shown}</data>'
    address = escape(figure.href)
    return f'<a class="figure" href="{address}" title="{title}"><data value="{value}">{shown}</data></a>'


def _curl_quotes(state: StateCore) -> None:
    """Straight quotes become curly: an opening one after a space or a bracket, else a closing one.

    By hand because the parser's own rule pairs quotes in time that grows with the square of their number.
    """
    for block in state.tokens:
        before = " "
        for token in block.children or ():
            if token.type == "text":
                token.content, before = _curled(token.content, before)
            elif token.content or token.type in ("softbreak", "hardbreak"):
                before = token.content.strip()[-1:] if token.type == KIND else token.content[-1:] or " "


def _curled(text: str, before: str) -> tuple[str, str]:
    """The text with curly quotes, and its last character, for the text that follows."""
    curled = []
    for character in text:
        pair = _QUOTES.get(character)
        before = pair[before not in _OPENS_AFTER] if pair else character
        curled.append(before)
    return "".join(curled), before
