"""Sorting and filtering in a browser, with script and without, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, containing, ending, resize
from tests.factories import APRIL_12, category, day, task
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Parser: " + "reads every form and says what it cannot read, " * 12
PAGES = ["/tasks/", "/tasks/?factor_min=NaN&category=nope&page=9&hours_min=9&hours_max=2&from=2026-13-01"]


@pytest.fixture
def tasks():
    """A public day of tasks in two categories, one of them long."""
    testing, frontend = category("Testing", description="Whatever proves it works."), category("Frontend")
    day(
        tasks=[
            task(LONG, "160", "20", "2", category=testing),
            task("Wiki: built and shipped", "480", "90", "5", category=frontend, tokens=595_000),
            task("Suite: 576 tests", "40", "15", None, category=testing),
            task("Audit: eleven minutes that spared two hours", "2", "11", "0"),
        ],
        tags=["AI"],
        sample=True,
    )


def names(page: Page) -> Locator:
    """The names of the tasks shown, in order."""
    return page.locator("tr .name")


def test_axe_finds_nothing(tasks, open_page, assert_accessible):
    page = open_page("/")
    empty = "/tasks/?factor_min=5000&category=testing"
    for path in (*PAGES, empty, "/categories/", "/categories/testing/"):
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        assert_accessible(page)


def test_axe_finds_nothing_on_the_page_of_a_task(tasks, open_page, assert_accessible):
    page = open_page("/tasks/")
    with page.expect_navigation():
        page.get_by_role("link", name="Wiki").click()
    assert_accessible(page)


def test_nothing_is_wider_than_a_phone(tasks, open_page, assert_accessible):
    page = open_page("/", size=PHONE)
    for path in (*PAGES, "/categories/", "/categories/testing/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        assert_accessible(page)


def test_no_column_of_a_table_is_out_of_sight_at_any_width(open_page):
    april_12()
    page = open_page("/")
    hidden = (
        "[...document.querySelectorAll('.table-frame')].map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    for address in ("/tasks/", "/records/", "/categories/", RECORD):
        page.goto(address)
        for width in (700, 768, 900, 941, 1000):
            resize(page, width)
            assert max(page.evaluate(hidden)) <= 0, (address, width)


def test_filters_apply_as_they_change_and_the_address_is_the_state(tasks, open_page):
    page = open_page("/tasks/")
    page.evaluate("window.stays = true")
    page.get_by_label("Factor from", exact=True).fill("100")
    expect(page.locator("tr .name")).to_have_count(3)
    expect(page).to_have_url(ending("/tasks/?factor_min=100"))
    expect(page.get_by_label("Factor from", exact=True)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("3 tasks, 680 human hours")
    page.locator("#choices-category summary").click()
    page.get_by_label("Testing").check()
    expect(page.locator("tr .name")).to_have_count(2)
    expect(page).to_have_url(ending("?category=testing&factor_min=100"))
    assert page.evaluate("window.stays")


def test_the_back_button_undoes_one_filter_after_the_other(tasks, open_page):
    page = open_page("/tasks/")
    page.get_by_label("Words").fill("wiki")
    expect(page.locator("tr .name")).to_have_count(1)
    page.get_by_label("Factor from", exact=True).fill("5000")
    expect(page.get_by_role("heading", name="No task fits")).to_be_visible()
    page.go_back()
    expect(page.locator("tr .name")).to_have_count(1)
    expect(page.get_by_label("Factor from", exact=True)).to_have_value("")
    page.go_back()
    expect(page.locator("tr .name")).to_have_count(4)
    expect(page.get_by_label("Words")).to_have_value("")
    page.go_forward()
    expect(page.get_by_label("Words")).to_have_value("wiki")


def test_sorting_and_leaving_out_a_filter_happen_in_place_and_keep_the_rest(tasks, open_page):
    page = open_page("/tasks/?factor_min=100")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Human, h").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Human")
    expect(names(page)).to_have_text(["Wiki", "Parser", "Suite"])
    expect(page.locator("#sort-human_hours")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Human")
    expect(names(page)).to_have_text(["Suite", "Parser", "Wiki"])
    page.get_by_role("link", name="factor from 100").click()
    expect(page.locator("tr .name")).to_have_count(4)
    expect(page).to_have_url(ending("/tasks/?sort=human_hours"))
    assert page.evaluate("window.stays")


def test_a_value_that_makes_no_sense_is_named_while_typing_and_stays(tasks, open_page):
    page = open_page("/tasks/")
    page.get_by_label("Factor from", exact=True).fill("many")
    fault = "“many” is not a number. Try 100 or 119.5."
    expect(page.locator(".fault").get_by_text(fault)).to_be_visible()
    field = page.get_by_label("Factor from", exact=True)
    expect(field).to_have_value("many")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(fault)
    expect(page.get_by_role("status")).to_contain_text(fault)
    expect(page.locator("tr .name")).to_have_count(4)
    field.fill("100")
    expect(page.locator("tr .name")).to_have_count(3)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_without_script_the_same_form_and_links_do_the_same(tasks, open_page):
    page = open_page("/tasks/", script=False)
    page.get_by_label("Factor from", exact=True).fill("100")
    page.locator("#choices-category summary").click()
    page.get_by_label("Testing").check()
    page.get_by_role("button", name="Apply").click()
    expect(names(page)).to_have_text(["Parser", "Suite"])
    page.get_by_role("link", name="Factor", exact=False).and_(page.locator("#sort-factor")).click()
    expect(page).to_have_url(re.compile(r"factor_min=100.*sort=-factor"))
    expect(names(page)).to_have_text(["Parser", "Suite"])
    page.get_by_label("Words").fill("suite")
    page.get_by_role("button", name="Apply").click()
    expect(names(page)).to_have_text(["Suite"])
    expect(page).to_have_url(containing("sort=-factor"))


def test_a_long_text_opens(tasks, open_page):
    page = open_page("/tasks/")
    text = page.locator("tr .task").filter(has_text="reads every form").locator(".clamp")
    closed = text.bounding_box()["height"]
    page.get_by_role("button", name="Whole text of Parser").click()
    assert text.bounding_box()["height"] > 2 * closed
    expect(page.get_by_role("button", name="Whole text of Parser")).to_be_hidden()


def test_without_script_a_long_text_is_whole(tasks, open_page):
    page = open_page("/tasks/", script=False)
    text = page.locator(".clamp").filter(has_text="reads every form")
    assert text.evaluate("element => element.scrollHeight <= element.clientHeight + 2")


def test_a_list_of_choices_closes_by_escape_by_a_click_elsewhere_and_when_one_tabs_on(tasks, open_page):
    page = open_page("/tasks/")
    summary = page.locator("#choices-category summary")
    summary.click()
    expect(page.get_by_label("Testing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Testing")).to_be_hidden()
    expect(summary).to_be_focused()
    summary.press("Enter")
    expect(page.get_by_label("Testing")).to_be_visible()
    page.get_by_role("heading", name="Tasks").click()
    expect(page.get_by_label("Testing")).to_be_hidden()
    summary.press("Enter")
    page.locator("#choices-category input").last.focus()
    expect(page.get_by_label("Testing")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Testing")).to_be_hidden()


def test_on_a_phone_a_row_is_a_card_that_can_still_be_sorted(tasks, open_page):
    page = open_page("/tasks/", size=PHONE)
    expect(page.locator("table.with-days thead")).to_be_hidden()
    page.get_by_role("navigation", name="Sort the tasks").get_by_role(
        "link", name="Factor", exact=True
    ).click()
    expect(page.locator("tr .name").first).to_have_text("Parser")
    expect(names(page)).to_have_text(["Parser", "Wiki", "Suite", "Audit"])


def test_pages_turn_in_place(tasks, open_page):
    day(APRIL_12.replace(day=13), [task(f"Task {number}: text") for number in range(40)])
    page = open_page("/tasks/?per_page=25")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="2", exact=True).click()
    expect(page.locator("tr .name")).to_have_count(19)
    expect(page.get_by_role("navigation", name="Pages").locator("[aria-current=page]")).to_have_text("2")


@pytest.mark.parametrize("script", [True, False])
def test_next_previous_and_going_to_a_day_work_with_and_without_script(tasks, open_page, script):
    day(APRIL_12.replace(day=13), [task(f"Task {number}: text") for number in range(40)])
    page = open_page("/tasks/?per_page=25&factor_min=1", script=script)
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Next").click()
    expect(page.locator("tr .name").first).to_have_text("Task 25")
    expect(page).to_have_url(containing("factor_min=1"))
    pages.get_by_role("link", name="Previous").click()
    expect(page.locator("tr .name").first).to_have_text("Task 0")
    page.go_back()
    expect(page.locator("tr .name").first).to_have_text("Task 25")
    pages.get_by_label("Go to day").fill("2026-04-12")
    pages.get_by_role("button", name="Go").click()
    expect(page.locator("tr .name").first).to_have_text("Parser")
    expect(page).to_have_url(containing("factor_min=1"))


def test_the_links_below_a_long_list_are_accessible(tasks, open_page, assert_accessible):
    day(APRIL_12.replace(day=13), [task(f"Task {number}: text") for number in range(40)])
    page = open_page("/tasks/?per_page=25")
    for width in (PHONE[0], 1200):
        resize(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)


def test_paper_says_what_a_list_is_narrowed_to(tasks, open_page):
    page = open_page("/tasks/?factor_min=100&category=testing")
    page.emulate_media(media="print")
    expect(page.get_by_text("factor from 100")).to_be_visible()
    expect(page.get_by_text("Clear all")).to_be_hidden()
    page.goto(f"/records/{APRIL_12}/?category=testing")
    page.emulate_media(media="print")
    chips = page.get_by_role("navigation", name="Filter the log by category").get_by_role("link")
    expect(chips).to_have_text(re.compile("Testing"))
    page.goto(f"/records/{APRIL_12}/")
    page.emulate_media(media="print")
    expect(chips).to_have_count(0)
