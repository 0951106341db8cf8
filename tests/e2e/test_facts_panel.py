"""The fact check in the editor and before publishing: by script, by keyboard, and without script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from records.models import Day
from tests.desk import change_address
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.sheet import Open, ada, field, saved
from tests.factories import draft, task

__all__ = ["ada"]

PAUSE = 900  # milliseconds after the last letter until facts are checked
WRONG = "🎉 A good day.\n\nIt saw **three tasks**, said one. They took 30 human hours in all."


SELECTED = """(wanted) => {
  const text = document.activeElement;
  return text.value?.slice(text.selectionStart, text.selectionEnd) === wanted;
}"""


@pytest.fixture
def stored(ada: User) -> Day:
    """A draft of two tasks and 16 hours, whose lede counts three and 30."""
    return draft(tasks=[task("Alpha"), task("Beta")], lede=WRONG)


def expect_selected(page: Page, words: str) -> None:
    """These words are marked in the field with the cursor, or come to be."""
    page.wait_for_function(SELECTED, arg=words)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_claims_are_found_while_typing_and_mended_in_place(
    open_page: Open,
    stored: Day,
    ada: User,
    assert_accessible: Callable[[Page], None],
    size: object,
):
    page = open_page(change_address(stored), user=ada, size=size, clock=True)
    facts, lede = page.locator("#facts"), page.get_by_label("Lede", exact=True)
    expect(facts).to_contain_text("2 claims disagree with the figures.")
    expect(facts).to_contain_text("The figures say: 2 tasks.")
    facts.get_by_role("link", name="three tasks").press("Enter")
    expect_selected(page, "three tasks")
    facts.get_by_role("link", name="Reword").nth(1).click()
    expect_selected(page, "30 human hours")
    assert_accessible(page)
    facts.get_by_role("button", name="Use the live figure {{ tasks|words }}").click()
    expect(lede).to_have_value(WRONG.replace("three tasks", "{{ tasks|words }} tasks"))
    page.clock.fast_forward(PAUSE)
    expect(facts).to_contain_text("1 claim disagrees with the figures.")
    lede.press("Control+z")
    page.clock.fast_forward(PAUSE)
    expect(facts).to_contain_text("2 claims disagree")
    field(page, 0, "human_hours").fill("22h")
    page.clock.fast_forward(PAUSE)
    expect(facts).to_contain_text("1 claim disagrees with the figures.")
    assert Day.objects.get().version == 1


def test_a_claim_is_kept_with_a_reason_by_keyboard(open_page: Open, stored: Day, ada: User):
    page = open_page(change_address(stored), user=ada)
    facts = page.locator("#facts")
    facts.locator("summary").first.press("Enter")
    page.keyboard.type("counts the import twice")
    page.keyboard.press("Enter")
    expect(facts).to_contain_text("1 claim disagrees with the figures.")
    expect(facts.get_by_label("It stays because")).to_have_value("counts the import twice")
    saved(page)
    (kept,) = Day.objects.get().kept()
    assert (kept.claim, kept.why) == ("three tasks", "counts the import twice")
    page.get_by_role("link", name="Show the place").click()
    expect(page.get_by_label("Lede", exact=True)).to_be_focused()
    expect_selected(page, "30 human hours")


def test_publishing_what_disagrees_takes_a_second_yes(
    open_page: Open, stored: Day, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(change_address(stored), user=ada)
    page.get_by_role("button", name="Publish…").click()
    expect(page.locator(".findings")).to_contain_text("“30 human hours”, but: 16 h for the day.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Say why they stay")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Publish although these claims disagree").check()
    page.get_by_label("Why they stay").fill("on purpose")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Published")
    assert Day.objects.get().revisions.latest("number").reason.endswith("(on purpose)")


def test_without_script_facts_are_checked_used_and_kept_by_round_trips(
    open_page: Open, stored: Day, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(change_address(stored), user=ada, script=False)
    facts = page.locator("#facts")
    page.get_by_label("Title").fill("Not saved yet")
    page.get_by_role("button", name="Check facts").click()
    facts.get_by_role("button", name="Use the live figure {{ tasks|words }}").click()
    expect(page.get_by_label("Lede", exact=True)).to_have_value(
        WRONG.replace("three tasks", "{{ tasks|words }} tasks")
    )
    facts.locator("summary").click()
    facts.get_by_label("Why it stays").fill("on purpose")
    facts.get_by_role("button", name="Keep", exact=True).click()
    expect(facts).to_contain_text("Nothing disagrees with the figures.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    day = Day.objects.get()
    assert (day.title, [each.why for each in day.kept()]) == ("Not saved yet", ["on purpose"])
