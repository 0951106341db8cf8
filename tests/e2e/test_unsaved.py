"""Typed and not saved: a crash, and a log-in that runs out over the form."""

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from records.models import Day, WorkingCopy
from tests.desk import PASSWORD, change_address
from tests.e2e.sheet import Open, ada, field
from tests.factories import draft, task

__all__ = ["ada"]

LEDE = "#id_lede"
EVERY = 4000  # milliseconds in which what is typed is kept


def test_after_a_crash_what_was_typed_is_offered_and_put_back(open_page: Open, ada: User, assert_accessible):
    stored = draft(tasks=[task()])
    page = open_page(change_address(stored), user=ada, clock=True)
    page.locator(LEDE).fill("Not saved yet.")
    field(page, 0, "human_hours").fill("12h")
    page.clock.fast_forward(EVERY)
    expect(page.locator("#kept-at")).to_contain_text("Kept ")
    page.context.close()
    page = open_page(change_address(stored), user=ada)
    expect(page.locator(LEDE)).to_have_value("")
    assert_accessible(page)
    page.get_by_role("link", name="Put it back").click()
    expect(page.locator(LEDE)).to_have_value("Not saved yet.")
    expect(field(page, 0, "human_hours")).to_have_value("12h")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    assert Day.objects.get().lede == "Not saved yet."
    assert not WorkingCopy.objects.exists()


def test_a_log_in_that_has_run_out_asks_for_the_password_over_the_form(
    open_page: Open, ada: User, assert_accessible
):
    stored = draft(tasks=[task()])
    page = open_page(change_address(stored), user=ada, clock=True)
    page.locator(LEDE).fill("Typed over night.")
    Session.objects.all().delete()
    page.clock.fast_forward("10:00:00")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="Your log-in has run out")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("That is not the password.")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    assert Day.objects.get().lede == "Typed over night."
