"""All pages of the desk: no fault for axe, none wider than a phone."""

from collections.abc import Callable
from decimal import Decimal

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from records import publishing
from records.models import Day
from tests.desk import change_address, rows_of
from tests.e2e.conftest import PHONE
from tests.e2e.sheet import NEW, Open, ada, field
from tests.factories import draft, task

__all__ = ["ada"]

PAGES = [
    "/admin/",
    NEW,
    "/admin/records/day/",
    "/admin/records/day/{pk}/change/",
    "/admin/records/day/{pk}/publish/",
    "/admin/records/day/{pk}/move/",
    "/admin/records/day/{pk}/delete/",
    "/admin/records/day/{pk}/history/",
    "/admin/records/day/{pk}/history/1/",
    "/admin/records/day/{pk}/history/2/",
    "/admin/records/day/{pk}/history/1/restore/",
    "/admin/records/task/",
    "/admin/records/category/",
    "/admin/records/category/add/",
    "/admin/records/tag/",
    "/admin/records/siteprofile/add/",
    "/admin/auth/user/",
    "/admin/password_change/",
]


def save_differently(stored: Day) -> None:
    """Another version of a day: a text, a figure and the lede changed, a task more."""
    first = rows_of(stored)[0]
    first.human_hours, first.description, stored.lede = Decimal(1222), "x" * 180, "Another long day."
    publishing.save_day(stored, [first, task("y" * 200)])


def test_axe_finds_nothing_on_any_page_of_the_desk(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None]
):
    stored = draft(tasks=[task(tokens=5), task(agent=None)], tags=["AI"], lede="One long day.")
    save_differently(stored)
    page = open_page("/admin/", user=ada)
    for path in PAGES:
        page.goto(path.format(pk=stored.pk))
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        assert_accessible(page)


def test_axe_finds_nothing_on_a_form_with_faults_or_a_conflict(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None]
):
    stored = draft(tasks=[task("a"), task("b")])
    page = open_page(change_address(stored), user=ada)
    field(page, 0, "agent_minutes").fill("5mm")
    page.keyboard.press("F2")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".faultnote[role=alert]")).to_be_visible()
    assert_accessible(page)
    field(page, 0, "agent_minutes").fill("5m")
    other = open_page(change_address(stored), user=ada)
    field(other, 0, "agent_minutes").fill("6m")
    field(other, 0, "agent_minutes").press("Control+s")
    expect(other.locator(".success")).to_be_visible()
    with page.expect_navigation():
        field(page, 0, "agent_minutes").press("Control+s")
    expect(page.locator("form.conflict")).to_be_visible()
    assert_accessible(page)


def test_without_script_nothing_shows_that_needs_it(open_page: Open, ada: User):
    stored = draft(tasks=[task()])
    page = open_page("/admin/", user=ada, script=False)
    for path in ("/admin/", change_address(stored), "/admin/paste/"):
        page.goto(path)
        expect(page.locator("[hidden]:visible")).to_have_count(0)


def test_no_page_of_the_desk_is_wider_than_a_phone(open_page: Open, ada: User):
    wide = task("x" * 200, hours="12345.75", agent="0.01", tokens=24_100_000)
    stored = draft(tasks=[wide], tags=["AI"], lede="x" * 200)
    save_differently(stored)
    page = open_page("/admin/", user=ada, size=PHONE)
    for path in PAGES:
        page.goto(path.format(pk=stored.pk))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
