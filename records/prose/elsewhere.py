"""Prose and data for other places than our own pages: links that lead back, JSON within a page."""

import json
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r'(<a(?: [a-z-]+="[^"]*")*? href=")([^"]*)')
_ENDS_A_SCRIPT = {sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def absolute(html: SafeString, page: str) -> SafeString:
    """Rendered prose whose links lead to the right place wherever it is read; ``page`` is its own address."""
    return mark_safe(_LINK.sub(lambda a: a[1] + _from(page, a[2]), html))  # noqa: S308 - escaped again


def as_data(value: object) -> SafeString:
    """A value as JSON that may stand inside a script element: no text in it can end that element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign, escaped in _ENDS_A_SCRIPT.items():  # five searches take far less than a look at each letter
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308 - by escapes


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Pieces of HTML one after the other, none of which is looked at again."""
    return mark_safe("".join(pieces))  # noqa: S308 - each is safe by its type


def _from(page: str, link: str) -> str:
    """Where a link of a page leads, as an attribute; to the page itself if it leads nowhere."""
    try:
        return escape(urljoin(page, unescape(link)))
    except ValueError:
        return escape(page)
