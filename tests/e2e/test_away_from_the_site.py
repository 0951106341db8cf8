"""What leaves the site, in a browser: a feed that somebody opens, and pages whose data blocks run nowhere."""

import json

import pytest

from tests.e2e.conftest import PHONE
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", ["/feeds/atom.xml", "/feeds/rss.xml"])
def test_a_feed_that_somebody_opens_is_styled_and_hides_what_is_for_programs(open_page, address):
    april_12()
    page = open_page(address, size=PHONE)
    look = page.evaluate(
        """() => {
          const named = (name) => document.getElementsByTagName(name);
          const shown = (element) => getComputedStyle(element).display !== "none";
          const entry = document.querySelector("entry, item");
          return {
            told: getComputedStyle(document.querySelector("feed, rss"), "::before").content,
            title: shown(entry.querySelector("title")),
            content: [...named("content"), ...named("content:encoded")].map(shown),
            overflow: document.documentElement.scrollWidth > window.innerWidth,
          };
        }"""
    )
    assert "This is a feed" in look["told"]
    assert (look["title"], look["content"], look["overflow"]) == (True, [False], False)


def test_pages_with_data_blocks_break_no_policy_and_run_nothing(open_page):
    april_12(title="</script><script>alert(1)</script>")
    page = open_page("/")
    for address in ("/", RECORD, "/tasks/", "/categories/testing/", "/tags/ai/", "/corrections/", "/data/"):
        page.goto(address)
        block = page.locator('script[type="application/ld+json"]')
        assert json.loads(block.text_content() or "")["@context"] == "https://schema.org"
        assert page.locator("script:not([src])").count() == 1
        shown = page.evaluate("() => document.querySelector('meta[property=\"og:image\"]').content")
        assert page.request.get(shown).headers["content-type"] == "image/png"
