"""Categories in bulk, by keyboard: accept, skip, undo; without script by plain forms."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from records.models import Category, Task
from tests.e2e.conftest import PHONE
from tests.e2e.sheet import Open, ada
from tests.factories import category, day, draft, task

__all__ = ["ada"]

PAGE = "/admin/records/task/categories/"


@pytest.fixture
def waiting(ada: User) -> None:
    """Three groups: tests, icons, and one that nothing is proposed for."""
    testing, design = Category.objects.get(name="Testing"), category("Design")
    filed = [("Test suite of the shop", testing), ("Icons of the shop", design)]
    day(date(2026, 4, 1), tasks=[task(text, category=kind) for text, kind in filed for _ in range(4)])
    draft(tasks=[task(text) for text in ("Test a", "Test b", "Test c", "Icons a", "Icons b", "Zebra")])


def categories() -> dict[str, str]:
    """The category of each task that waited, blank for none."""
    tasks = Task.objects.filter(day__date=date(2026, 4, 12)).select_related("category")
    return {each.description: each.category.name if each.category else "" for each in tasks}


def expect_cursor(page: Page, heading: str) -> None:
    """The cursor is in the group with a heading, or comes there."""
    expect(page.locator(".proposal:focus-within h2")).to_have_text(heading)


def sent_by(page: Page, key: str) -> None:
    """Press a key that sends a form, and wait until the page that answers has its script."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_group_is_accepted_by_one_key_and_taken_back_by_another(open_page: Open, waiting: None, ada: User):
    page = open_page(PAGE, user=ada)
    expect_cursor(page, "3 tasks with test")
    page.keyboard.press("j")
    expect_cursor(page, "2 tasks with icons")
    page.keyboard.press("k")
    assert set(categories().values()) == {""}, "nothing is set by moving about"
    expect_cursor(page, "3 tasks with test")
    sent_by(page, "Enter")
    expect(page.locator("#last-set")).to_contain_text("3 tasks are now in Testing.")
    assert set(categories()) == {"Test a", "Test b", "Test c", "Icons a", "Icons b", "Zebra"}
    assert [text for text, kind in categories().items() if kind] == ["Test a", "Test b", "Test c"]
    expect_cursor(page, "2 tasks with icons")
    page.keyboard.press("s")
    expect_cursor(page, "1 task without a proposal")
    sent_by(page, "u")
    expect(page.locator("#last-set")).to_contain_text("3 tasks are without a category again.")
    assert set(categories().values()) == {""}
    expect_cursor(page, "3 tasks with test")


def test_what_is_unticked_is_left_and_another_category_may_be_chosen(
    open_page: Open, waiting: None, ada: User
):
    page = open_page(PAGE, user=ada)
    page.get_by_role("checkbox", name="Test b").uncheck()
    sent_by(page, "a")
    expect(page.locator("#last-set")).to_contain_text("2 tasks are now in Testing.")
    zebra = page.locator(".proposal", has_text="Zebra")
    zebra.get_by_label("Category").select_option(label="Design")
    zebra.get_by_role("button", name="Set").click()
    expect(page.locator("#last-set")).to_contain_text("1 task is now in Design.")
    assert (categories()["Test b"], categories()["Zebra"]) == ("", "Design")


def test_keys_in_a_list_of_choices_choose_and_set_nothing(open_page: Open, waiting: None, ada: User):
    page = open_page(PAGE, user=ada)
    page.locator("select").first.focus()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.keyboard.press("a")
    page.keyboard.press("j")
    with page.expect_request("**/healthz"):
        page.evaluate("new Promise(setTimeout).then(() => void fetch('/healthz'))")  # after whatever was sent
    assert sent == ["GET"]
    assert set(categories().values()) == {""}


def test_it_works_without_script(open_page: Open, waiting: None, ada: User):
    page = open_page(PAGE, user=ada, script=False)
    page.get_by_role("button", name="Set").first.click()
    expect(page.locator("#last-set")).to_contain_text("3 tasks are now in Testing.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#last-set")).to_contain_text("3 tasks are without a category again.")
    assert set(categories().values()) == {""}


def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    open_page: Open, waiting: None, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(PAGE, user=ada, size=PHONE)
    page.get_by_role("button", name="Set").last.click()
    expect(page.locator("#last-set .error")).to_contain_text("Choose a category")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert_accessible(page)
    page.get_by_role("button", name="Set").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert_accessible(page)
