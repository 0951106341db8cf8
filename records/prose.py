"""Text that people typed, as HTML: Markdown for a day's prose, plain text for a task.

Pure, and the only module that marks HTML as safe. Markdown is rendered with HTML switched off, in time
that grows with the text, and then sanitised by a short list of tags: neither alone has to be perfect.
"""

import json
import re
from functools import cache
from html import unescape
from urllib.parse import urljoin

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.footnote import footnote_plugin

LONGEST = 50_000  # characters; a form refuses more, so that nothing is cut unseen
WORDS_A_MINUTE = 200
HIGHEST_HEADING = 3  # the page has the title and its own sections above
OUTSIDE_SECTIONS = {"lede": 2, "call": 2}  # parts with nothing but the title above them

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "a", "sup", "section"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
_ALIGNED = {"align-left", "align-center", "align-right"}
_ATTRIBUTES = {"a": {"href", "title", "id"}, "ol": {"start"}, "li": {"id"}}
_CLASSES = {
    "th": _ALIGNED,
    "td": _ALIGNED,
    "a": {"footnote-backref"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "hr": {"footnotes-sep"},
}
_QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
_OPENS_AFTER = frozenset(" \t\n\u00a0([{—–-/“‘")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r'(<a(?: [a-z-]+="[^"]*")*? href=")([^"]*)')
_ENDS_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def render(text: str, part: str = "text") -> SafeString:
    """Markdown as safe HTML, its highest heading an ``h3``, or an ``h2`` where only the title stands above.

    ``part`` names the place on the page ("lede"), so that footnotes of two places keep apart. Text beyond
    ``LONGEST`` characters is left out.
    """
    highest = OUTSIDE_SECTIONS.get(part, HIGHEST_HEADING)
    html = _markdown().render(text[:LONGEST], {"docId": part, "highest": highest})
    return mark_safe(_sanitised(html))  # noqa: S308 - sanitised in this very line


def inline(text: str) -> SafeString:
    """Plain text as safe HTML, in which only backticks mean something: they enclose code."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped first


def absolute(html: SafeString, page: str) -> SafeString:
    """Rendered prose whose links lead to the right place wherever it is read; ``page`` is its own address."""
    return mark_safe(_LINK.sub(lambda a: a[1] + _from(page, a[2]), html))  # noqa: S308 - escaped again


def as_data(value: object) -> SafeString:
    """A value as JSON that may stand inside a script element: no text in it can end that element."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(_ENDS_A_SCRIPT))  # noqa: S308 - by escapes


def words_in(*texts: str) -> int:
    """How many words the texts have, counted between white space."""
    return sum(len(text.split()) for text in texts)


def reading_minutes(*texts: str) -> int:
    """Minutes to read the texts at 200 words a minute, rounded up; 0 without a word."""
    return -(-words_in(*texts) // WORDS_A_MINUTE)


def _from(page: str, link: str) -> str:
    """Where a link of a page leads, as an attribute; to the page itself if it leads nowhere."""
    try:
        return escape(urljoin(page, unescape(link)))
    except ValueError:
        return escape(page)


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
    """The parser: CommonMark with tables, footnotes and curly quotes; pictures stay links."""
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
    markdown.enable("table").disable("image").use(footnote_plugin)
    markdown.core.ruler.push("fit_the_page", _fit_the_page)
    markdown.core.ruler.push("curl_quotes", _curl_quotes)
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
                before = token.content[-1:] or " "


def _curled(text: str, before: str) -> tuple[str, str]:
    """The text with curly quotes, and its last character, for the text that follows."""
    curled = []
    for character in text:
        pair = _QUOTES.get(character)
        before = pair[before not in _OPENS_AFTER] if pair else character
        curled.append(before)
    return "".join(curled), before
