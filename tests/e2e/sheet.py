"""What the browser tests of the day's form share: the author, and how a day is typed."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.desk import ADD, new_author
from tests.factories import category

NEW = f"{ADD}?date=2026-04-12"
# Name, category, human hours, agent minutes, supervision: factors from 12 to 480.
TWELVE = [
    ("Simulator: end to end", "Full-stack build", "160h", "20m", "2m"),
    ("Wiki: 64 files", "Full-stack build", "480", "90", "5"),
    ("Design: 14 models", "Planning & docs", "2w", "25m", "2m"),
    ("Suite: 576 tests", "Testing", "1w", "15m", "2m"),
    ("Kick-off: requirements", "Planning & docs", "40h", "15m", "3m"),
    ("Backend: 4 profiles", "Full-stack build", "12h", "5m", "8m"),
    ("Plan: 10 phases", "Planning & docs", "3d", "10m", "1m"),
    ("Notifications: two keys", "Full-stack build", "80h", "35m", "5m"),
    ("Scaffold: lab tests", "Testing", "16h", "8m", "5m"),
    ("Repository: scaffold", "Planning & docs", "2d", "8m", "5m"),
    ("Audit: compliance", "Planning & docs", "1,5", "7.5m", "2m"),
    ("Launch: recalibration", "Testing", "0:45", "1:15", ""),
]

Open = Callable[..., Page]
# Puts a text on the clipboard of an event and pastes it into the field that has the cursor.
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const options = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def ada(transactional_db: None) -> User:
    """The author, with three categories."""
    for name in ("Full-stack build", "Planning & docs", "Testing"):
        category(name)
    return new_author()


def field(page: Page, row: int, name: str) -> Locator:
    """A field of a row, counted from 0 as shown."""
    return page.locator("tbody.task:not(.removed)").nth(row).locator(f'[name$="-{name}"]')


def typed(page: Page, rows: list[tuple[str, str, str, str, str]]) -> None:
    """Type rows with the keyboard alone, from the row the cursor is in.

    A text comes in at once but for its last letter; of a category the first letter is enough to choose it.
    """
    for text, kind, *figures in rows:
        page.keyboard.insert_text(text[:-1])
        page.keyboard.type(text[-1])
        page.keyboard.press("Tab")
        page.keyboard.press(kind[0])
        for figure in figures:
            page.keyboard.press("Tab")
            page.keyboard.type(figure)
        page.keyboard.press("Enter")


def total(page: Page, name: str) -> Locator:
    """A figure of the bar at the foot."""
    return page.locator(f'[data-total="{name}"]')


def saved(page: Page) -> None:
    """Press Ctrl+S and wait until it is done and the scripts of the next page are there."""
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
