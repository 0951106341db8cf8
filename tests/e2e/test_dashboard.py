"""The dashboard and a period in a browser: ranges, charts by pointer and keyboard, phones, no script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE, containing, resize
from tests.factories import APRIL_12, category, day, task
from tests.pages import april_12

pytestmark = pytest.mark.django_db(transaction=True)

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPILLS = """() => [...document.querySelectorAll('.figures dd, .figures small, .averages p')]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((each) => each.textContent)"""


def some_days() -> None:
    april_12()
    kinds = [category("First kind"), category("Second kind")]
    for back in range(1, 25):
        tasks = [task(f"Task {n}", str(2 + back % 7), str(3 + n), "2", category=kinds[n]) for n in (0, 1)]
        day(APRIL_12 - timedelta(days=back), [] if back == 9 else tasks, title="Travel" if back == 9 else "")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(open_page, assert_accessible, size):
    some_days()
    page = open_page("/", size=size)
    for address in ("/dashboard/", "/records/2026-04/"):
        page.goto(address)
        assert_accessible(page)
        page.evaluate("for (const each of document.querySelectorAll('figure details')) each.open = true")
        assert page.evaluate(OVERFLOW) <= 0, address
        assert page.evaluate(SPILLS) == [], address
        expect(page.locator(".plot.for-phone").first).to_be_visible(visible=size is PHONE)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_fault_leaves_the_row_of_its_field_in_line(open_page, size):
    some_days()
    for address in ("/dashboard/?from=2026-13-01&by=hour", "/corrections/?from=2026-13-01"):
        page = open_page(address, size=size)
        bad, button = page.locator("#id_from"), page.get_by_role("button", name="Show")
        assert bad.evaluate("each => each.scrollWidth <= each.clientWidth"), address
        if size is DESKTOP:
            ends = [page.locator(part).bounding_box()["y"] for part in ("#id_from", "#id_to")]
            assert max(*ends, button.bounding_box()["y"]) - min(*ends, button.bounding_box()["y"]) < 4
        assert page.evaluate(OVERFLOW) <= 0
    page = open_page("/dashboard/", size=size)
    form, frame = (page.locator(part).bounding_box() for part in (".range-picker form", ".range-picker"))
    assert size is PHONE or form["x"] + form["width"] == pytest.approx(frame["x"] + frame["width"], abs=1)


def test_without_script_the_range_narrows_and_the_units_change(open_page):
    some_days()
    page = open_page("/dashboard/", script=False)
    page.get_by_label("From day").fill("2026-04-06")
    page.get_by_label("To day").fill("2026-04-10")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(containing("from=2026-04-06&to=2026-04-10"))
    expect(page.locator(".days tbody tr")).to_have_count(5)
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page).to_have_url(containing("by=week"))
    expect(page).to_have_url(containing("from=2026-04-06"))
    expect(page.locator(".for-desk .bar.ink")).to_have_count(1)
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator(".days tbody tr")).to_have_count(25)
    page.locator("#hours-numbers summary").click()
    expect(page.locator("#hours-numbers").get_by_role("link", name="Week 15 of 2026")).to_be_visible()


def test_arrows_step_from_mark_to_mark_and_enter_leads_to_its_rows(open_page):
    some_days()
    page = open_page("/dashboard/")
    page.locator("#hours .for-desk").focus()
    page.keyboard.press("End")
    expect(page.locator(".said")).to_have_text("April 12, 2026: 1,222.75 h, 37 tasks")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".said")).to_contain_text("April 11, 2026: ")
    expect(page.locator("p[role=status]").last).to_contain_text("April 11, 2026: ")
    page.keyboard.press("Escape")
    expect(page.locator(".said")).to_be_hidden()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/2026-03-19/")


def test_a_pointer_shows_what_a_mark_says_on_a_phone_as_well(open_page):
    some_days()
    page = open_page("/")
    for size, layout in ((DESKTOP, "for-desk"), (PHONE, "for-phone")):
        resize(page, *size)
        page.goto("/records/2026-04-12/")
        page.locator(f".{layout} .mark").first.hover()
        expect(page.locator(".said")).to_contain_text("×, ")
        assert page.evaluate(OVERFLOW) <= 0


def test_the_table_of_the_chart_is_one_click_away(open_page):
    some_days()
    page = open_page("/dashboard/")
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("#hours-numbers").get_by_role("link", name="April 12, 2026")).to_be_visible()


def test_paper_holds_the_charts_and_their_tables_stay_away(open_page):
    some_days()
    page = open_page("/dashboard/", size=(680, 1000))
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOW) <= 0
    expect(page.locator("#hours .for-desk")).to_be_visible()
    expect(page.locator("#hours-numbers")).to_be_hidden()
    expect(page.locator("#range")).to_be_hidden()
