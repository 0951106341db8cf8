"""Feeds: what is new and what changed, for programs that ask again.

The same entries in three forms, Atom, RSS and JSON Feed; an entry is the same in every feed that has it.
Every address in them is absolute and starts with SITE_URL.
"""

from records.feeds.channels import Channel, of_category, of_corrections, of_series, of_tag
from records.feeds.entries import Entry, entries_of_corrections, entries_of_days
from records.feeds.forms import FORMS, Form
from records.feeds.writing import Feed, written

__all__ = [
    "FORMS",
    "Channel",
    "Entry",
    "Feed",
    "Form",
    "entries_of_corrections",
    "entries_of_days",
    "of_category",
    "of_corrections",
    "of_series",
    "of_tag",
    "written",
]
