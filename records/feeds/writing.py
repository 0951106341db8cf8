"""A feed in one of its forms: RFC 4287, RSS 2.0 or JSON Feed 1.1."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static

from records.feeds.channels import Channel
from records.feeds.entries import Entry
from records.feeds.forms import ATOM, JSON, RSS, Form
from records.models import SiteProfile

TEMPLATES = {ATOM: "feeds/atom.xml", RSS: "feeds/rss.xml"}
JSON_FEED = "https://jsonfeed.org/version/1.1"
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants a moment also where nothing ever happened
# What XML has no way to write, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Feed:
    """A channel with its entries, ready to be written; ``site_url`` is SITE_URL."""

    channel: Channel
    entries: Sequence[Entry]
    site: SiteProfile
    site_url: str

    @property
    def page(self) -> str:
        """The address of the page the feed follows, which is also the feed's id."""
        return f"{self.site_url}{self.channel.page}"

    @property
    def author(self) -> str:
        """The author's name or, where none is given, the site's."""
        return self.site.author_name or self.site.site_name

    @property
    def updated(self) -> datetime:
        """When one of the entries last changed."""
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)

    def absolute(self, path: str) -> str:
        """An address of the site in full; one that already is, as where files come from elsewhere, stays."""
        return path if "://" in path else f"{self.site_url}{path}"

    def own_address(self, form: Form) -> str:
        """The address of the feed itself in a form."""
        return self.absolute(self.channel.path(form))


def written(feed: Feed, form: Form) -> str:
    """The text of a feed in a form."""
    if form is JSON:
        return json.dumps(_as_json(feed), ensure_ascii=False)
    context = {
        "feed": feed,
        "own_address": feed.own_address(form),
        "style": feed.absolute(static("feed.css")),
        "icon": feed.absolute(static("apple-touch-icon.png")),
    }
    return _readable(render_to_string(TEMPLATES[form], context))


def _as_json(feed: Feed) -> dict[str, Any]:
    return {
        "version": JSON_FEED,
        "title": feed.channel.title,
        "home_page_url": feed.page,
        "feed_url": feed.own_address(JSON),
        "description": feed.channel.description,
        "icon": feed.absolute(static("apple-touch-icon.png")),
        "favicon": feed.absolute(static("favicon.ico")),
        "authors": [{"name": feed.author, "url": f"{feed.site_url}/"}],
        "language": "en",
        "items": [_item(entry) for entry in feed.entries],
    }


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": _readable(entry.title),
        "content_html": _readable(entry.content),
        "summary": _readable(entry.summary),
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "tags": [_readable(name) for name in entry.categories],
        **({"image": entry.image} if entry.image else {}),
    }


def _readable(text: str) -> str:
    """The text without the signs that XML cannot hold, so that an entry is the same in every form."""
    return _NOT_IN_XML.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
