"""Why a public figure changes, by one key, and what readers see of it in every theme and width."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from records import publishing
from records.models import Correction, Day, Task
from tests.desk import change_address, rows_of
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.sheet import Open, ada, field, saved
from tests.factories import APRIL_12, day, task
from tests.pages import RECORD

__all__ = ["ada"]

pytestmark = pytest.mark.django_db(transaction=True)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_one_key_says_why_a_public_figure_changes(open_page: Open, ada: User, assert_accessible):
    page = open_page(change_address(day(APRIL_12, [task()])), user=ada)
    field(page, 0, "human_hours").fill("12h")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="Why do these figures change?")).to_be_visible()
    box = page.locator("#why .field input").bounding_box()
    assert box is not None
    assert box["height"] < 60
    assert_accessible(page)
    page.keyboard.press("3")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    assert Task.objects.get().human_hours == 12
    assert Correction.objects.get().reason == "estimate revised"


def test_words_alone_are_saved_without_a_question(open_page: Open, ada: User):
    page = open_page(change_address(day(APRIL_12, [task()])), user=ada)
    page.locator("#id_lede").fill("Other words.")
    saved(page)
    assert Day.objects.get().lede == "Other words."


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_was_corrected_reads_well_everywhere(open_page: Open, assert_accessible, size):
    made = day(APRIL_12, [task("Parser: reads"), task("Writer: writes")])
    first, second = rows_of(made)
    first.human_hours = Decimal("12.5")
    publishing.save_day(made, [first, second], reason="estimate revised")
    gone = day(APRIL_12.replace(day=13), [task()])
    publishing.withdraw(gone, reason="not ours to show")
    page = open_page("/", size=size)
    for address in (RECORD, "/corrections/", first.get_absolute_url()):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0, address
