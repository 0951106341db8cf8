"""Figures in prose in a browser: chosen from a list, shown beside the text, and right after every change."""

import csv
import io
import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from records.management.demo_data import APRIL_12, load_demo
from records.models import Day, Task
from tests.desk import change_address, new_author
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.sheet import Open, ada, field, saved
from tests.factories import draft, task
from tests.pages import RECORD

__all__ = ["ada"]


def parts_of(page: Page) -> dict[str, str]:
    """What each part of a record says."""
    places = {
        "lede": "#lede",
        "analysis": "section[aria-labelledby=analysis]",
        "band": ".figures",
        "chart": "figure",
        "statistics": "section[aria-labelledby=statistics]",
    }
    page.locator("figure summary").first.click()
    return {name: page.locator(place).first.inner_text() for name, place in places.items()}


def file_of(page: Page) -> str:
    """The record as CSV."""
    return page.request.get(RECORD.rstrip("/") + ".csv").text()


def test_changing_the_hours_of_one_task_changes_every_place_together(open_page: Open, transactional_db: None):
    load_demo()
    before = open_page(RECORD)
    old, old_file = parts_of(before), file_of(before)
    assert "640 of the day’s 1,222.75 human hours" in old["lede"]
    page = open_page(change_address(Day.objects.get(date=APRIL_12)), user=new_author())
    field(page, 1, "human_hours").fill("400h")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Estimate revised").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    after = open_page(RECORD)
    new, new_file = parts_of(after), file_of(after)
    assert "560 of the day’s 1,142.75 human hours, so the weighted factor of 111.7×" in new["lede"]
    assert "at 400 hours" in new["analysis"]
    assert "the weighted 111.7×" in " ".join(new["analysis"].split())
    assert "1,142.75 h" in new["band"]
    assert "49 % (560 h)" in new["statistics"]
    assert all(old[name] != new[name] for name in old)
    rows = {row["position"]: row for row in csv.DictReader(io.StringIO(new_file))}
    assert (rows["2"]["human_hours"], rows["2"]["factor"]) == ("400", "266.666667")
    assert old_file != new_file


@pytest.fixture
def stored(ada: User) -> Day:
    """A draft of three tasks."""
    return draft(tasks=[task("Alpha"), task("Beta", hours="16"), task("Gamma", hours="4")])


def test_a_figure_is_chosen_by_keyboard_from_a_list_with_present_values(
    open_page: Open, ada: User, stored: Day, assert_accessible
):
    page = open_page(change_address(stored), user=ada)
    field(page, 0, "human_hours").fill("12h")
    lede = page.get_by_label("Lede", exact=True)
    lede.press_sequentially("It took {{ largest.1")
    options = page.locator(".figure-list").get_by_role("option")
    expect(options.first).to_contain_text("largest.1.name")
    expect(options.nth(1)).to_contain_text("16")
    assert_accessible(page)
    lede.press("ArrowDown")
    expect(page.locator(".figure-list [aria-selected=true]")).to_contain_text("largest.1.hours")
    lede.press("Enter")
    expect(lede).to_have_value("It took {{ largest.1.hours }}")
    expect(options).to_have_count(0)
    lede.press_sequentially(" of {{ ho")
    expect(options.first).to_contain_text("32")
    lede.press("Escape")
    expect(options).to_have_count(0)
    expect(lede).to_have_value("It took {{ largest.1.hours }} of {{ ho")
    lede.press("Control+z")


def test_the_numbers_in_the_prose_follow_rows_that_move_and_go(open_page: Open, ada: User, stored: Day):
    page = open_page(change_address(stored), user=ada)
    lede = page.get_by_label("Lede", exact=True)
    lede.fill("{{ task.3.name }} {{ task.1.name }} [it](task:2)")
    field(page, 2, "description").press("Alt+ArrowUp")
    expect(lede).to_have_value("{{ task.2.name }} {{ task.1.name }} [it](task:3)")
    field(page, 0, "description").press("Control+Enter")
    field(page, 1, "description").press_sequentially("New")
    expect(lede).to_have_value("{{ task.3.name }} {{ task.1.name }} [it](task:4)")
    field(page, 0, "description").press("Control+Delete")
    alpha, beta, gamma = (Task.objects.get(description=name).pk for name in ("Alpha", "Beta", "Gamma"))
    expect(lede).to_have_value(f"{{{{ task.2.name }}}} {{{{ task.id{alpha}.name }}}} [it](task:3)")
    page.get_by_role("button", name="Undo").click()
    expect(lede).to_have_value("{{ task.3.name }} {{ task.1.name }} [it](task:4)")
    saved(page)
    assert Day.objects.get().lede == (
        f"{{{{ task.id{gamma}.name }}}} {{{{ task.id{alpha}.name }}}} [it](task:id{beta})"
    )
    expect(page.locator("#named")).to_contain_text("task.3 Gamma")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_prose_is_shown_as_on_the_page_while_it_is_typed(
    open_page: Open, ada: User, stored: Day, assert_accessible, size
):
    page = open_page(change_address(stored), user=ada, size=size)
    lede = page.get_by_label("Lede", exact=True)
    lede.fill("{{ tasks|Words }} tasks, {{ hourz }}")
    expect(page.locator(".findings").first).to_contain_text("Did you mean {{ hours }}?")
    lede.press("F9")
    shown = page.get_by_role("region", name="What stands above the figures")
    expect(shown).to_contain_text("Three tasks, —")
    lede.fill("{{ hours }} hours")
    expect(shown).to_contain_text("28 hours")
    expect(page.locator(".findings").first).to_be_hidden()
    assert_accessible(page)
    page.get_by_role("button", name="Show as on the page").click()
    expect(shown).to_be_hidden()
    assert Day.objects.get().lede == ""


def test_the_lede_is_drafted_below_what_is_typed_and_can_be_taken_back(
    open_page: Open, ada: User, stored: Day
):
    page = open_page(change_address(stored), user=ada)
    lede = page.get_by_label("Lede", exact=True)
    lede.fill("First.")
    field(page, 0, "human_hours").fill("20h")
    page.get_by_role("button", name="Draft the lede").click()
    expect(lede).to_have_value(
        re.compile(r"^First\.\n\n\{\{ tasks\|Words \}\} tasks, estimated at \{\{ hours \}\}")
    )
    lede.press("F9")
    shown = page.get_by_role("region", name="What stands above the figures")
    expect(shown).to_contain_text("Three tasks, estimated at 40 human hours, took Claude 30 minutes")
    lede.press("Control+z")
    expect(lede).to_have_value("First.")
    expect(shown).not_to_contain_text("Three tasks")
    assert Day.objects.get().lede == ""


def test_without_script_the_draft_comes_with_the_form(open_page: Open, ada: User, stored: Day):
    page = open_page(change_address(stored), user=ada, script=False)
    page.get_by_role("button", name="Draft the lede").click()
    expect(page.get_by_label("Lede", exact=True)).to_have_value(re.compile("^{{ tasks"))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    assert "{{ tasks|Words }} tasks" in Day.objects.get().lede


def test_the_estimate_card_opens_by_key_and_takes_steps_line_by_line(open_page: Open, ada: User, stored: Day):
    page = open_page(change_address(stored), user=ada)
    field(page, 0, "human_hours").press("Alt+Enter")
    expect(field(page, 0, "estimate_low")).to_be_focused()
    page.keyboard.type("4h")
    page.keyboard.press("Tab")
    page.keyboard.type("12h")
    page.keyboard.press("Tab")
    page.keyboard.type("Parser 5h")
    page.keyboard.press("Enter")
    page.keyboard.type("Tests 1h")
    saved(page)
    one = Task.objects.get(description="Alpha")
    assert [f"{step.name} {step.hours}" for step in one.steps()] == ["Parser 5", "Tests 1"]
    assert (one.estimate_low, one.estimate_high) == (4, 12)
    expect(page.locator("tbody.task").first).to_contain_text(
        "The steps add up to 2 h less than the estimate."
    )
