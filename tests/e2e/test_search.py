"""Searching in a browser: as one types, by keyboard, on a phone, without script."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, ending
from tests.factories import APRIL_12, category, day, task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tasks():
    """A public day of tasks of which two are about a wiki; one word is longer than a phone is wide."""
    testing = category("Testing")
    day(
        tasks=[
            task("Wiki: a café built and shipped", "480", "90", "5", category=testing),
            task("Tests of the wiki: reads every form, " * 20, "40", "15", None, category=testing),
            task("Parser: " + "unbroken" * 12),
        ],
        lede="A day about a **wiki**.",
    )


def test_axe_finds_nothing(tasks, open_page, assert_accessible):
    page = open_page("/")
    for path in ("/search/", "/search/?q=wiki", "/search/?q=wiki+%2B%2B+from:x"):
        page.goto(path)
        assert_accessible(page)


def test_nothing_is_wider_than_a_phone(tasks, open_page):
    page = open_page("/", size=PHONE)
    for path in ("/search/", "/search/?q=wiki", "/search/?q=unbroken", "/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        expect(page.get_by_role("searchbox")).to_be_visible()


def test_results_come_as_one_types_and_the_address_follows(tasks, open_page):
    page = open_page("/search/")
    page.evaluate("window.stays = true")
    box = page.get_by_role("searchbox")
    box.press_sequentially("wiki")
    expect(page.locator(".found li")).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("3 results")
    expect(page).to_have_url(ending("/search/?q=wiki"))
    expect(box).to_be_focused()
    box.press_sequentially(" cafe")
    expect(page.locator(".found li")).to_have_count(1)
    expect(page.locator("mark")).to_have_text(["Wiki", "café"])
    box.press_sequentially(" from:never")
    fault = "“never” is not a day, a month or a year. Try from:2026-04-12 or from:2026-04."
    expect(page.locator("#fault-q")).to_have_text(fault)
    expect(box).to_have_accessible_description(fault)
    expect(page.get_by_role("status")).to_have_text(f"{fault} 1 result")
    box.fill("zeppelin")
    expect(page.get_by_role("status")).to_have_text("Nothing was found")
    assert page.evaluate("window.stays")


def test_the_back_button_goes_from_one_question_to_the_one_before(tasks, open_page):
    page = open_page("/search/?q=parser")
    box = page.get_by_role("searchbox")
    box.fill("wiki")
    expect(page.locator(".found li")).to_have_count(3)
    page.locator(".found h2 a", has_text="Wiki").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiki")
    page.go_back()
    expect(page.locator(".found li")).to_have_count(3)
    expect(box).to_have_value("wiki")
    page.go_back()
    expect(page.locator(".found li")).to_have_count(1)
    expect(box).to_have_value("parser")


def test_a_slash_leads_to_the_box_and_arrows_through_what_was_found(tasks, open_page):
    page = open_page(f"/records/{APRIL_12}/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("from:2026/ wiki")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("from:2026/ wiki")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found h2 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".found h2 a").nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()


def test_pages_turn_in_place(tasks, open_page):
    day(APRIL_12.replace(day=13), [task(f"Task {number}: wiki") for number in range(40)])
    page = open_page("/search/?q=wiki")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="2", exact=True).click()
    expect(page.locator(".found li")).to_have_count(18)
    expect(page.locator(".found")).to_have_attribute("start", "26")
    page.get_by_role("searchbox").fill("wiki cafe")
    expect(page.locator(".found li")).to_have_count(1)
    expect(page).to_have_url(ending("?q=wiki+cafe"))


def test_without_script_the_box_in_the_head_leads_to_the_same_results(tasks, open_page):
    page = open_page("/tasks/", script=False)
    page.get_by_role("searchbox", name="Search days and tasks").fill("wiki")
    page.keyboard.press("Enter")
    titles = page.locator(".found h2")
    expect(titles).to_have_text(["Leverage Record: April 12, 2026", "Wiki", "Tests of the wiki"])
    page.get_by_role("searchbox").fill("wiki -cafe")
    page.get_by_role("button", name="Search").click()
    expect(titles).to_have_text(["Leverage Record: April 12, 2026", "Tests of the wiki"])
