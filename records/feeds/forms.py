"""The forms a feed can be had in, by the ending of its address."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One form: the last part of its addresses, its name for people, its type for programs."""

    ending: str
    title: str
    content_type: str


ATOM = Form("atom.xml", "Atom", "application/atom+xml")
RSS = Form("rss.xml", "RSS", "application/rss+xml")
JSON = Form("feed.json", "JSON Feed", "application/feed+json")
FORMS = {form.ending: form for form in (ATOM, RSS, JSON)}
