"""The record page and its neighbours in a browser: every theme and width, with and without script."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from records.models import SiteProfile, Task
from tests.e2e.conftest import DESKTOP, PHONE, resize
from tests.factories import APRIL_12, category, day, task
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)

TABLET = (768, 1024)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What in the band is wider than its place or runs out of the window.
SPILLS = """() => [...document.querySelectorAll('.figures dd, .figures small')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 ||
        each.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((each) => each.textContent)"""

TOPS = "all => all.map((each) => Math.round(each.getBoundingClientRect().y))"
LINES = "each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight)"


def with_a_card() -> Task:
    """A task of which everything is known of its estimate."""
    steps = [{"name": "Parser" * 12, "hours": 5}, {"name": "Tests", "hours": 1}]
    ends = {"estimate_low": Decimal(4), "estimate_high": Decimal(12)}
    words = {"estimate_basis_kind": "comparable", "estimate_basis": "the last parser", "estimate_by": "Ada"}
    said = {"estimate_timing": "before", "outcome": "merged", "outcome_on": APRIL_12}
    values: dict[str, Any] = {"estimate_steps": steps, **ends, **words, **said}
    day(tasks=[task("Carded", **values), *(task() for _ in range(4))], evidence_private=True)
    return Task.objects.get(description="Carded")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_estimate_card_and_ranges_fit_every_width(open_page, assert_accessible, size):
    card = with_a_card().get_absolute_url()
    page = open_page("/", size=size)
    for address in (card, RECORD, "/tasks/"):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0, address


def all_kinds_of_days() -> None:
    SiteProfile(
        author_name="Ada", author_box="Ada.", call_to_action="## Write\n\nDo.", objections="## No\n\nYes."
    ).save()
    april_12(analysis="## Part\n\nSaid[^1].\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n[^1]: By whom.")
    day(APRIL_12 - timedelta(days=1), [task(supervision=None, category=category("Kind"))], sample=True)
    day(APRIL_12 - timedelta(days=2), title="Travel", lede="On the train.")


DAYS = ("/", RECORD, "/records/2026-04-11/", "/records/2026-04-10/")
OTHERS = ("/records/", "/method/", "/tags/ai/", "/data/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("addresses", [DAYS, OTHERS])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    open_page, assert_accessible, addresses, size
):
    all_kinds_of_days()
    page = open_page("/", size=size)
    for address in addresses:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0, address


def test_the_band_holds_figures_of_a_large_day_at_every_width(open_page):
    large = [task(hours="1234.575", agent="57.08", supervision="1.5", tokens=2_410_000) for _ in range(10)]
    day(tasks=large)
    page = open_page(RECORD)
    for figure in ("1,297.7×", "12,345.75 h", "24.1 M tokens"):
        expect(page.locator(".figures")).to_contain_text(figure)
    for width in (320, PHONE[0], 520, TABLET[0], 1000, DESKTOP[0]):
        resize(page, width)
        assert page.evaluate(SPILLS) == [], width
        assert page.evaluate(OVERFLOW) <= 0, width


@pytest.mark.parametrize("size", [(320, 700), (650, 800), DESKTOP])
def test_figures_of_many_digits_keep_apart_and_what_lies_beyond_the_line_is_an_open_dot(open_page, size):
    far = {"hours": "99999", "agent": "15", "supervision": "2"}
    day(tasks=[task(**far), task(category=category("Kind"))])
    day(APRIL_12 - timedelta(days=1), [task(**far)])
    for address in (RECORD, "/records/2026-04/", "/tasks/", f"/tasks/{Task.objects.earliest('pk').pk}/"):
        page = open_page(address, size=size)
        factors = [
            page.locator(f".figures .{part} dd").bounding_box() for part in ("leverage", "supervision")
        ]
        assert factors[0]["y"] != factors[1]["y"] or size[0] > 640
        assert page.evaluate(SPILLS) == [], address
        assert page.evaluate(OVERFLOW) <= 0, address
    page = open_page(RECORD, size=size)
    fills = page.locator("#t1 .leverage circle, #t2 .leverage circle").evaluate_all(
        "dots => dots.map((dot) => getComputedStyle(dot).fill)"
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fills[0] == paper != fills[1]


def test_the_header_the_banner_and_the_page_begin_at_one_line(open_page):
    day(tasks=[task()], sample=True)
    page = open_page(RECORD)
    parts = [page.locator(part) for part in (".brand", ".sample-banner strong", "h1")]
    for width in (PHONE[0], TABLET[0], 1000, DESKTOP[0], 1600):
        resize(page, width)
        starts = [part.bounding_box()["x"] for part in parts]
        assert max(starts) - min(starts) < 0.5, width


def test_a_long_text_is_cut_after_two_lines_until_it_is_opened(open_page):
    april_12()
    page = open_page(RECORD)
    text = page.locator("#t1 .clamp")
    cut = text.bounding_box()["height"]
    assert text.evaluate(LINES) < 2.5
    page.locator("#t1 .opener").click()
    assert text.bounding_box()["height"] > cut
    expect(page.locator("#t1 .name")).to_be_focused()


def test_a_row_that_is_linked_to_is_open(open_page):
    april_12()
    page = open_page(f"{RECORD}#t8")
    assert (
        page.locator("#t8 .clamp").bounding_box()["height"]
        > page.locator("#t1 .clamp").bounding_box()["height"]
    )


def test_without_script_and_on_paper_texts_are_whole(open_page):
    april_12()
    plain = open_page(RECORD, script=False).locator("#t1 .clamp")
    printed = open_page(RECORD)
    printed.emulate_media(media="print")
    for text in (plain, printed.locator("#t1 .clamp")):
        assert text.evaluate(LINES) > 2.5
        assert text.evaluate("each => each.scrollHeight - each.clientHeight") <= 1
    expect(printed.locator(".site-header nav")).to_be_hidden()


def test_paper_holds_every_table_and_leaves_room_for_the_texts(open_page):
    april_12()
    page = open_page("/", size=(680, 1000))
    for address in ("/", RECORD, "/records/", "/tasks/", "/categories/"):
        page.goto(address)
        page.emulate_media(media="print")
        assert page.evaluate(OVERFLOW) <= 0, address
        if address in (RECORD, "/tasks/"):
            parts = (page.locator(part).first.bounding_box() for part in (".task", ".table.log"))
            text, table = (part["width"] for part in parts)
            assert text > table * 0.3, address
        tops = page.locator(".figures > div").evaluate_all(TOPS)
        assert len(set(tops)) <= 1, address


def test_on_a_phone_a_row_is_a_card_and_sorting_stays_possible(open_page):
    april_12()
    page = open_page(RECORD, size=PHONE, script=False)
    factor, name = (page.locator(f"#t1 {part}").bounding_box() for part in (".factor.leverage", ".task"))
    assert factor["y"] < name["y"]
    hours, minutes = (page.locator("#t1 .plain").nth(number).bounding_box() for number in (0, 1))
    assert hours["y"] == minutes["y"]
    page.get_by_role("navigation", name="Sort the log").get_by_role("link", name="Human").click()
    expect(page.locator("tr[id]").first).to_have_attribute("id", "t2")


def test_on_a_phone_the_chart_has_a_layout_of_its_own(open_page):
    april_12()
    page = open_page(RECORD)
    for size, shown, hidden in ((PHONE, "for-phone", "for-desk"), (DESKTOP, "for-desk", "for-phone")):
        resize(page, *size)
        expect(page.locator(f".{shown}")).to_be_visible()
        expect(page.locator(f".{hidden}")).to_be_hidden()


def test_the_skip_link_is_the_first_stop_of_the_keyboard_and_leads_to_the_content(open_page):
    april_12()
    page = open_page(RECORD)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
