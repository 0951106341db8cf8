"""Facets, the histogram and what if in a browser: by mouse, by keyboard, on a phone, without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, containing, ending
from tests.factories import category, day, task
from tests.pages import RECORD, april_12

pytestmark = pytest.mark.django_db(transaction=True)

TURNED = "hours=0.5&supervision=3"
ALL_OPEN = "for (const each of document.querySelectorAll('main details')) each.open = true"


@pytest.fixture
def tasks():
    """A public day whose factors are 6, 12 (twice), 60 and 600."""
    testing = category("Testing")
    day(
        tasks=[
            task("Six", "1", "10", category=testing),
            task("Twelve", "2", "10", outcome="merged", estimate_by="Ada"),
            task("Dozen", "2", "10", outcome="reworked", model_version="Opus 4"),
            task("Sixty", "10", "10", category=testing, outcome="merged"),
            task("Six hundred", "100", "10"),
        ],
        tags=["AI"],
    )


def names(page: Page) -> Locator:
    return page.locator("tr .name")


def bar(page: Page, words: str):
    return page.get_by_role("link", name=words).and_(page.locator(".bars a"))


def expect_range(page: Page, low: str | re.Pattern[str], high: str) -> None:
    """The factor range in the form, once it has arrived there."""
    expect(page.get_by_label("Factor from", exact=True)).to_have_value(low)
    expect(page.get_by_label("Factor up to", exact=True)).to_have_value(high)


def test_axe_finds_nothing(open_page, assert_accessible):
    april_12()
    page = open_page("/")
    for path in (
        f"/tasks/?{TURNED}&factor_min=8.27&factor_max=82.7",
        f"{RECORD}?{TURNED}&hours_cap=x",
        f"/dashboard/?{TURNED}&minutes=both",
        f"/records/2026-W15/?{TURNED}&minutes=x",
    ):
        page.goto(path)
        page.evaluate(ALL_OPEN)
        assert_accessible(page)


def test_nothing_is_wider_than_a_phone(open_page, assert_accessible):
    april_12()
    page = open_page("/", size=PHONE)
    for path in (
        f"/tasks/?{TURNED}",
        f"{RECORD}?{TURNED}&hours_cap=x",
        "/dashboard/?hours=low&minutes=both&hours_cap=40",
    ):
        page.goto(path)
        page.evaluate(ALL_OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        assert_accessible(page)


def test_a_facet_narrows_in_place_and_the_other_counts_follow(tasks, open_page):
    page = open_page("/tasks/")
    page.evaluate("window.stays = true")
    page.get_by_text("More filters").click()
    page.locator("#choices-outcome summary").click()
    expect(page.get_by_label("merged")).to_be_visible()
    page.get_by_label("merged").check()
    expect(page.locator("tr .name")).to_have_text(["Twelve", "Sixty"])
    expect(page).to_have_url(ending("/tasks/?outcome=merged"))
    expect(page.locator("#count-category-testing")).to_have_text("1")
    expect(page.locator("#count-outcome-reworked")).to_have_text("1")
    page.go_back()
    expect(page.locator("tr .name")).to_have_count(5)
    assert page.evaluate("window.stays")


def test_a_bar_chosen_by_mouse_shows_its_range_and_back_undoes_it(tasks, open_page):
    page = open_page("/tasks/")
    page.evaluate("window.stays = true")
    bar(page, "from 8.27× to 12.1×: 2 tasks").click()
    expect(page.locator("tr .name")).to_have_text(["Twelve", "Dozen"])
    expect_range(page, "8.27", "12.1")
    expect(bar(page, "from 8.27× to 12.1×")).to_have_attribute("aria-current", "true")
    expect(page.locator(".bar.chosen")).to_have_count(1)
    page.go_back()
    expect(page.locator("tr .name")).to_have_count(5)
    expect_range(page, "", "")
    assert page.evaluate("window.stays")


def test_a_knob_turned_by_keyboard_keeps_the_focus(tasks, open_page):
    page = open_page("/tasks/?hours=0.5")
    knob = page.get_by_role("link", name="Supervision tripled")
    knob.press("Enter")
    expect(page).to_have_url(containing("supervision=3"))
    expect(knob).to_have_attribute("aria-current", "true")
    expect(knob).to_be_focused()


def test_dragging_over_bars_chooses_them_all(tasks, open_page):
    page = open_page("/tasks/")
    ends = [bar(page, words).bounding_box() for words in ("from 56.3× to 82.7×", "from 8.27× to 12.1×")]
    start, end = ((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in ends)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()
    expect(page.locator("tr .name")).to_have_text(["Twelve", "Dozen", "Sixty"])
    expect_range(page, "8.27", "82.7")
    expect(page).to_have_url(ending("/tasks/?factor_min=8.27&factor_max=82.7"))


def test_the_arrows_walk_along_the_bars_and_shift_chooses_a_range(tasks, open_page):
    page = open_page("/tasks/")
    first = page.locator(".bars a").first
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bars a").nth(1)).to_be_focused()
    bar(page, "from 8.27× to 12.1×").focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("tr .name")).to_have_text(["Six", "Twelve", "Dozen"])
    expect_range(page, re.compile(r"3\.83|5\.63"), "12.1")
    expect(page.locator(".bars a:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".bars a[aria-current]")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("task")


def test_typing_marks_the_bars_of_the_range(tasks, open_page):
    page = open_page("/tasks/")
    page.get_by_label("Factor from", exact=True).fill("50")
    expect(page.locator("tr .name")).to_have_text(["Sixty", "Six hundred"])
    expect(bar(page, "from 56.3× to 82.7×").locator(".chosen")).to_have_count(1)
    expect(bar(page, "from 8.27× to 12.1×").locator(".chosen")).to_have_count(0)


def test_a_list_to_begin_with_opens_in_place(tasks, open_page):
    page = open_page("/tasks/")
    page.get_by_role("navigation", name="Lists to begin with").get_by_role("link", name="Reworked").click()
    expect(page.locator("tr .name")).to_have_text(["Dozen"])


def test_what_if_is_one_click_and_back_is_another(open_page):
    april_12()
    page = open_page(RECORD)
    page.get_by_text("Check these figures").last.click()
    page.get_by_role("link", name="Every estimate halved").click()
    expect(page.locator(".figures .leverage dd")).to_contain_text("59.7×")
    expect(page.get_by_role("complementary", name="What if")).to_contain_text("every human estimate halved")
    page.get_by_label("At most hours a task").fill("20")
    page.get_by_label("At most hours a task").press("Enter")
    expect(page.get_by_role("complementary", name="What if")).to_contain_text("at most 20 human hours a task")
    expect(page).to_have_url(ending("hours=0.5&hours_cap=20&supervision=&minutes=&without="))
    page.go_back()
    expect(page.locator(".figures .leverage dd")).to_contain_text("59.7×")
    page.get_by_role("link", name="Back to the figures as recorded").click()
    expect(page.locator(".figures .leverage dd")).to_contain_text("119.5×")


def test_a_scenario_of_the_list_stays_while_filters_change(tasks, open_page):
    page = open_page("/tasks/?hours=0.5")
    page.get_by_label("Factor from", exact=True).fill("30")
    expect(page.locator("tr .name")).to_have_text(["Sixty", "Six hundred"])
    expect(page).to_have_url(containing("hours=0.5"))
    page.get_by_role("link", name="Back to the figures as recorded").click()
    expect(page.get_by_role("complementary", name="What if")).to_have_count(0)
    expect(page).to_have_url(ending("/tasks/?factor_min=30"))


def test_without_script_bars_and_knobs_are_links_and_a_form(tasks, open_page):
    page = open_page("/tasks/", script=False)
    bar(page, "from 8.27× to 12.1×: 2 tasks").click()
    expect(names(page)).to_have_text(["Twelve", "Dozen"])
    page.get_by_text("Check these figures").click()
    page.get_by_role("link", name="Every estimate halved").click()
    expect(names(page)).to_have_count(0)
    page.get_by_label("Human hours ×").fill("1")
    page.get_by_role("button", name="Compute").click()
    expect(names(page)).to_have_text(["Twelve", "Dozen"])
    expect(page).to_have_url(containing("factor_min=8.27"))


def test_a_scenario_goes_along_from_the_dashboard_to_a_record_and_back(open_page):
    april_12()
    page = open_page("/dashboard/")
    page.get_by_text("Check these figures").click()
    page.get_by_role("link", name="At most 40 hours a task").click()
    figures = page.locator(".figures .leverage")
    expect(figures).to_contain_text("56.9×")
    page.get_by_role("link", name="Sun, April 12, 2026").click()
    expect(figures).to_contain_text("56.9×")
    expect(page).to_have_url(ending(f"{RECORD}?hours_cap=40"))
    page.go_back()
    expect(page.locator("aside.what-if")).to_contain_text("at most 40 human hours a task")
    page.get_by_role("link", name="Back to the figures as recorded").click()
    expect(figures).to_contain_text("119.5×")
    expect(page).to_have_url(ending("/dashboard/?"))
