"""What RFC 4287, RSS 2.0 and JSON Feed 1.1 demand of a feed, written out by hand; and reading its entries."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE_IN_A_FEED = ("id", "title", "updated", "subtitle", "generator", "icon", "logo", "rights")
ONCE_IN_AN_ENTRY = ("id", "title", "updated", "published", "content", "summary", "rights", "source")
IN_A_CHANNEL = {
    *("title", "link", "description", "language", "copyright", "lastBuildDate", "docs", "image", "item"),
    f"{ATOM}link",
}
IN_AN_ITEM = {
    *("title", "link", "guid", "pubDate", "category", "description"),
    *(CREATOR, CONTENT, f"{ATOM}updated"),
}
VOID = {"br", "hr"}


@dataclass(frozen=True)
class Read:
    """An entry as a reader of feeds sees it, whatever the form."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]


def read(text: str, ending: str) -> list[Read]:
    """The entries of a feed that keeps the rules of its form."""
    entries = {"atom.xml": read_atom, "rss.xml": read_rss, "feed.json": read_json}[ending](text)
    assert max(Counter(entry.id for entry in entries).values(), default=1) == 1
    for entry in entries:
        assert entry.published <= entry.updated
        assert_stands_alone(entry.content)
    return entries


# Atom -------------------------------------------------------------------------------------------------------


def read_atom(text: str) -> list[Read]:
    feed = ET.fromstring(text.encode())
    assert feed.tag == f"{ATOM}feed"
    assert_counts(feed, ONCE_IN_A_FEED, needed=("id", "title", "updated"))
    assert_moment(value(feed, "updated"))
    assert_absolute(value(feed, "id"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = [(link.get("rel"), link.get("type")) for link in feed.findall(f"{ATOM}link")]
    assert len(links) == len(set(links))
    assert {"self", "alternate"} == {rel for rel, _ in links}
    assert all(assert_absolute(link.get("href")) for link in feed.findall(f"{ATOM}link"))
    return [_atom_entry(entry) for entry in feed.findall(f"{ATOM}entry")]


def _atom_entry(entry: ET.Element) -> Read:
    assert_counts(entry, ONCE_IN_AN_ENTRY, needed=("id", "title", "updated"))
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert not len(content), "escaped, not as elements"
    (link,) = entry.findall(f"{ATOM}link")
    assert link.get("rel") == "alternate"
    terms = [category.get("term") for category in entry.findall(f"{ATOM}category")]
    return Read(
        id=assert_absolute(value(entry, "id")),
        url=assert_absolute(link.get("href")),
        title=value(entry, "title"),
        summary=value(entry, "summary"),
        content=content.text or "",
        published=assert_moment(value(entry, "published")),
        updated=assert_moment(value(entry, "updated")),
        categories=tuple(term for term in terms if term),
    )


# RSS --------------------------------------------------------------------------------------------------------


def read_rss(text: str) -> list[Read]:
    rss = ET.fromstring(text.encode())
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    (channel,) = rss
    counts = Counter(child.tag for child in channel)
    assert counts.keys() <= IN_A_CHANNEL, counts.keys()
    assert all(count == 1 for tag, count in counts.items() if tag != "item")
    assert {"title", "link", "description", f"{ATOM}link"} <= counts.keys()
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert (own.get("rel"), own.get("type")) == ("self", "application/rss+xml")
    assert_absolute(own.get("href"))
    for name in ("title", "link"):  # an image repeats both
        assert channel.findtext(f"image/{name}") == channel.findtext(name)
    assert_absolute(channel.findtext("image/url"))
    if changed := channel.findtext("lastBuildDate"):
        parsedate_to_datetime(changed)
    return [_rss_item(item) for item in channel.findall("item")]


def _rss_item(item: ET.Element) -> Read:
    counts = Counter(child.tag for child in item)
    assert counts.keys() <= IN_AN_ITEM, counts.keys()
    assert all(count == 1 for tag, count in counts.items() if tag != "category")
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    return Read(
        id=guid.text or "",
        url=assert_absolute(item.findtext("link")),
        title=item.findtext("title") or "",
        summary=text_in(item.findtext("description") or ""),
        content=item.findtext(CONTENT) or "",
        published=parsedate_to_datetime(item.findtext("pubDate") or "").astimezone(UTC),
        updated=assert_moment(item.findtext(f"{ATOM}updated")),
        categories=tuple(category.text or "" for category in item.findall("category")),
    )


# JSON Feed --------------------------------------------------------------------------------------------------


def read_json(text: str) -> list[Read]:
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    assert isinstance(feed["items"], list)
    for name in ("home_page_url", "feed_url", "icon", "favicon"):
        assert_absolute(feed[name])
    for author in feed["authors"]:
        assert author.keys() & {"name", "url", "avatar"}
    assert "author" not in feed, "was of version 1"
    return [_json_item(item) for item in feed["items"]]


def _json_item(item: dict[str, Any]) -> Read:
    for name in ("id", "url", "title", "content_html", "summary"):
        assert isinstance(item[name], str), name
    assert isinstance(item["tags"], list)
    if "image" in item:
        assert_absolute(item["image"])
    return Read(
        id=item["id"],
        url=assert_absolute(item["url"]),
        title=item["title"],
        summary=item["summary"],
        content=item["content_html"],
        published=assert_moment(item["date_published"]),
        updated=assert_moment(item["date_modified"]),
        categories=tuple(item["tags"]),
    )


# What they share --------------------------------------------------------------------------------------------


def assert_counts(element: ET.Element, at_most_once: tuple[str, ...], needed: tuple[str, ...]) -> None:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert all(counts[name] <= 1 for name in at_most_once), counts
    assert all(counts[name] == 1 for name in needed), counts


def value(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def assert_moment(text: str | None) -> datetime:
    assert text
    assert RFC_3339.fullmatch(text), text
    return datetime.fromisoformat(text)


def assert_absolute(address: str | None) -> str:
    assert address
    assert urlsplit(address).scheme in ("http", "https", "urn"), address
    return address


class _Content(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "form", "iframe", "object", "link", "base"), tag
        for name, given in attrs:
            assert not name.startswith("on"), name
            assert name != "style"
            if name in ("href", "src"):
                assert urlsplit(given or "").scheme in ("http", "https", "mailto"), given
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _parsed(html: str) -> _Content:
    parser = _Content()
    parser.feed(html)
    parser.close()
    return parser


def assert_stands_alone(html: str) -> None:
    """Content that is whole, runs nothing, and leads to the same places wherever it is read."""
    assert _parsed(html).open == []


def text_in(html: str) -> str:
    """The words of some HTML."""
    return " ".join("".join(_parsed(html).words).split())
