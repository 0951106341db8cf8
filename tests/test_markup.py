"""The markup of every kind of page: whole, each id once, nothing that points nowhere.

What a real checker says of all of HTML is for `hardening/html_validity.py`; this can be held in passing.
"""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.every_page import fill_the_gaps, pages_in_the_gaps, pages_of_any_site, pages_of_records
from tests.listings import several_days
from tests.pages import april_12

pytestmark = pytest.mark.django_db

VOID = {"br", "hr", "input", "link", "meta", "wbr"}
# Attributes that name other elements of the page by their ids.
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")


class Markup(HTMLParser):
    """What is wrong with a page, as it is read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.pointed: dict[str, None] = {}  # in the order of the page
        self.feed(page)
        self.close()

    def found(self) -> list[str]:
        """All faults, those of the page as a whole at the end."""
        twice = [f"the id {name} is there {count} times" for name, count in self.ids.items() if count > 1]
        nowhere = [f"nothing has the id {name}" for name in self.pointed if name not in self.ids]
        return [*self.faults, *(f"<{tag}> stays open" for tag in self.open), *twice, *nowhere]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        self.faults += [f"<{tag}> has {name} twice" for name, count in names.items() if count > 1]
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in POINTING:
                self.pointed |= dict.fromkeys((value or "").split())
            elif name == "href" and (value or "").startswith("#"):
                self.pointed[(value or "")[1:]] = None
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open = self.open if tag in VOID else self.open[:-1]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def faults_of(client: Client, addresses: list[str]) -> dict[str, list[str]]:
    """The faults of those pages that have some."""
    found = {address: Markup(client.get(address).getvalue().decode()).found() for address in addresses}
    return {address: faults for address, faults in found.items() if faults}


def test_every_kind_of_page_is_whole_with_each_id_once_and_no_reference_to_none(client: Client):
    assert faults_of(client, pages_of_any_site()) == {}
    april_12()
    assert faults_of(client, [*pages_of_any_site(), *pages_of_records()]) == {}


def test_so_are_pages_of_what_was_corrected_withdrawn_or_is_not_out_yet(client: Client):
    several_days()
    fill_the_gaps()
    pages = pages_in_the_gaps()
    assert [client.get(address).status_code for address in pages] == [200, 200, 410, 200, 200]
    assert faults_of(client, [*pages, "/corrections/", "/categories/"]) == {}


def test_what_is_wrong_with_a_page_is_seen():
    page = '<p id="a" class="x" class="y"><b></p><a id="a" href="#c" aria-labelledby="a d"></a>'
    assert Markup(page).found() == [
        "<p> has class twice",
        "</p> closes nothing",
        "<p> stays open",
        "the id a is there 2 times",
        "nothing has the id c",
        "nothing has the id d",
    ]
