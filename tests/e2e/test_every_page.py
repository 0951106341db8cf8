"""Every kind of page in a browser: a silent console, three requests for a first view, and nothing jumps."""

import pytest

from tests.e2e.conftest import PHONE
from tests.every_page import fill_the_gaps, pages_in_the_gaps, pages_of_any_site, pages_of_records
from tests.factories import APRIL_12, day, task
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)

# How far a page moves by itself while it is loaded: 0 where nothing does.
SHIFT = """() => new Promise((resolve) => {
  let shifted = 0;
  new PerformanceObserver((seen) => seen.getEntries().forEach((entry) => (shifted += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifted)));
})"""
LOADED = "() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)"
ICONS = {"/static/icon.svg", "/static/favicon.ico", "/favicon.ico"}


def a_full_site() -> None:
    """April 12, and before it days with which something has happened since."""
    april_12(lede="Thirty-seven tasks. " * 40, analysis="Two were large. " * 90)
    for back in range(1, 4):
        day(APRIL_12.replace(day=12 - back), [task(), task("Second: of two", supervision=None)])
    fill_the_gaps()


def test_no_page_has_anything_to_say_in_the_console(open_page):
    a_full_site()
    page = open_page("/")  # which fails with whatever any of the pages logs
    for address in [*pages_of_any_site(), *pages_of_records(), *pages_in_the_gaps()]:
        page.goto(address)
        assert page.locator("h1").count() == 1, address


@pytest.mark.parametrize("size", [None, PHONE])
def test_a_first_view_takes_three_requests_and_nothing_jumps(open_page, size):
    a_full_site()
    for address in ("/", RECORD, "/tasks/", "/dashboard/", "/records/2026-04/"):
        page = open_page(address, **({"size": size} if size else {}))
        assert set(page.evaluate(LOADED)) - ICONS == {"/static/site.css", "/static/pages.js"}
        assert page.evaluate(SHIFT) == 0, address
