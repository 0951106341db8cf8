"""Every kind of page in a browser: a silent console, three requests for a first view, and nothing jumps."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import DESKTOP, PHONE
from tests.every_page import fill_the_gaps, pages_in_the_gaps, pages_of_any_site, pages_of_records
from tests.factories import APRIL_12, day, task
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)

# What moved by itself while a page was loaded, from where to where.
SHIFTS = """() => new Promise((resolve) => {
  const shifts = [];
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  const told = ({ node, previousRect, currentRect }) =>
    [place(previousRect), place(currentRect), node?.outerHTML ?? node?.textContent].join(" | ").slice(0, 120);
  const tell = (entry) => shifts.push(`${entry.value}`, ...entry.sources.map(told));
  new PerformanceObserver((seen) => seen.getEntries().forEach(tell))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts)));
})"""
# What the style sheet hides until it is whole, and what would stay so.
HIDDEN = """() => [...document.querySelectorAll(".figures, .averages, .range-picker, thead")]
  .filter((each) => getComputedStyle(each).visibility === "hidden").map((each) => each.outerHTML)"""
LOADED = "() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)"
ICONS = {"/static/icon.svg", "/static/favicon.ico", "/favicon.ico"}


def a_full_site() -> None:
    """April 12, and before it days with which something has happened since."""
    april_12(lede="Thirty-seven tasks. " * 40, analysis="Two were large. " * 90)
    for back in range(1, 4):
        day(APRIL_12.replace(day=12 - back), [task(), task("Second: of two", supervision=None)])
    fill_the_gaps()


@pytest.fixture
def slow_line(live_server: LiveServer, settings: Any) -> Iterator[LiveServer]:
    """The site, whose pages arrive in pieces."""
    settings.MIDDLEWARE = ["tests.e2e.pieces.InPieces", *settings.MIDDLEWARE]
    server = LiveServer("localhost")
    yield server
    server.stop()


def test_no_page_has_anything_to_say_in_the_console(open_page):
    a_full_site()
    page = open_page("/")  # which fails with whatever any of the pages logs
    for address in [*pages_of_any_site(), *pages_of_records(), *pages_in_the_gaps()]:
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate(HIDDEN) == [], address


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_first_view_takes_three_requests_and_nothing_jumps(open_page, slow_line, size):
    a_full_site()
    page = open_page("/method/", size=size, site=slow_line)  # from here on the style sheet is there at once
    for address in ("/", RECORD, "/tasks/", "/dashboard/", "/records/2026-04/"):
        page.goto(address)
        assert set(page.evaluate(LOADED)) - ICONS == {"/static/site.css", "/static/pages.js"}
        assert page.evaluate(SHIFTS) == [], address
