"""What the form of a day takes off its author: pasted rows, earlier tasks, tags, a column for tokens."""

from datetime import date

from django.contrib.auth.models import User
from playwright.sync_api import expect

from records.models import Category, Day
from tests.desk import rows_of
from tests.e2e.sheet import NEW, PASTE, TWELVE, Open, ada, field, saved, total, typed
from tests.factories import draft, task

__all__ = ["ada"]


def test_rows_of_a_spreadsheet_and_quick_lines_fill_rows(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    page.evaluate(
        PASTE, "Simulator: end to end\tFull-stack build\t160h\t20m\t2m\nSuite: tests\tTesting\t1w\t15m\t"
    )
    expect(field(page, 1, "human_hours")).to_have_value("40h")
    expect(total(page, "factor")).to_have_text("342.9×")
    field(page, 2, "description").focus()
    page.evaluate(PASTE, "Wiki: 64 files #full-stack 480h 90m 5m\nDesign #nowhere 80h 25m")
    full_stack = str(Category.objects.get(slug="full-stack-build").pk)
    expect(field(page, 2, "category")).to_have_value(full_stack)
    expect(page.locator(".faults:visible")).to_contain_text("“#nowhere” is no category")
    expect(field(page, 3, "description")).to_have_value("Design #nowhere 80h 25m")
    page.locator("#undo button").click()
    expect(total(page, "tasks")).to_have_text("2")
    field(page, 2, "description").focus()
    page.evaluate(PASTE, "Wiki: 64 files #full-stack 480h 90m 5m")
    expect(field(page, 2, "supervisory_minutes")).to_have_value("5m")
    saved(page)
    assert [each.title for each in rows_of(Day.objects.get())] == ["Simulator", "Suite", "Wiki"]


def test_plain_words_are_pasted_as_words(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    refused = page.evaluate(
        PASTE.replace("document.activeElement.dispatchEvent", "return !document.activeElement.dispatchEvent"),
        "just words",
    )
    assert refused is False


def test_a_name_seen_before_brings_text_and_category_and_hints_at_hours(open_page: Open, ada: User):
    testing = Category.objects.get(name="Testing")
    for number, hours in enumerate(("2", "8", "40"), start=1):
        draft(date(2026, 4, number), tasks=[task("Suite: all tests", hours=hours, category=testing)])
    page = open_page(NEW, user=ada)
    page.keyboard.type("Sui")
    expect(page.locator(".earlier")).to_contain_text("before: 2 h, 8 h, 40 h")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page, 0, "description")).to_have_value("Suite: all tests")
    expect(field(page, 0, "category")).to_have_value(str(testing.pk))
    expect(field(page, 0, "human_hours")).to_have_value("")
    expect(field(page, 0, "agent_minutes")).to_have_value("")
    expect(field(page, 0, "human_hours")).to_be_focused()
    expect(page.locator(".hint:visible")).to_have_text("before: 2 h, 8 h, 40 h")


def test_tokens_get_a_column_once_a_task_has_some(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:2])
    field(page, 0, "description").focus()
    expect(page.locator("#col-tokens")).to_be_hidden()
    page.keyboard.press("F2")
    field(page, 0, "tokens").fill("595,000")
    field(page, 0, "tokens").press("Tab")
    expect(page.locator("#col-tokens")).to_be_visible()
    field(page, 1, "supervisory_minutes").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    saved(page)
    assert [each.tokens for each in rows_of(Day.objects.get())] == [595_000, 5]


def test_tags_are_completed_after_a_comma(open_page: Open, ada: User):
    draft(date(2026, 4, 1), tags=["AI", "Time Record"])
    page = open_page(NEW, user=ada)
    page.locator("#id_tag_names").press_sequentially("AI, T")
    expect(page.locator('#tags option[value="AI, Time Record"]')).to_have_count(1)
