"""The author's desk in a browser: a day typed by keyboard or without script, published, and found again."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Locator, Page, expect

from records.models import Category, Day, Task
from tests.desk import ADD, PASSWORD, change_address, new_author, rows_of
from tests.e2e.conftest import PHONE
from tests.factories import category, draft, task

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
    """Type rows with the keyboard alone, from the row the cursor is in."""
    for text, kind, *figures in rows:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        page.keyboard.type(kind)
        for figure in figures:
            page.keyboard.press("Tab")
            page.keyboard.type(figure)
        page.keyboard.press("Enter")


def total(page: Page, name: str) -> Locator:
    """A figure of the bar at the foot."""
    return page.locator(f'[data-total="{name}"]')


def saved(page: Page) -> None:
    """Press Ctrl+S and wait until it is done."""
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")


def test_a_day_of_twelve_tasks_is_typed_published_found_sorted_and_filtered(open_page: Open, ada: User):
    page = open_page("/admin/", user=ada)
    page.goto(NEW)
    expect(field(page, 0, "description")).to_be_focused()
    typed(page, TWELVE)
    expect(total(page, "tasks")).to_have_text("12")
    expect(total(page, "hours")).to_have_text("950.25")
    page.get_by_role("button", name="Publish…").press("Enter")
    page.get_by_role("button", name="Publish").press("Enter")
    page.get_by_role("link", name="View on site").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leverage Record: April 12, 2026")
    expect(page.locator("main")).to_contain_text("480.0")
    page.goto("/tasks/")
    names = page.locator("tr .name")
    expect(names.first).to_have_text("Simulator")
    page.locator("thead").get_by_role("link", name="Human").first.click()
    expect(names).to_have_count(12)
    page.goto("/tasks/?category=testing&sort=-factor")
    assert names.all_inner_texts() == ["Suite", "Scaffold", "Launch"]


def test_the_same_day_is_typed_and_published_without_script(open_page: Open, ada: User):
    page = open_page(NEW, user=ada, script=False)
    for number, row in enumerate(TWELVE):
        if number == 8:
            page.get_by_role("button", name="Save and add 20 more rows").click()
        fill_without_script(page, number, row)
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="View on site").click()
    expect(page.locator("main")).to_contain_text("950.25")
    page.goto("/tasks/?category=testing&sort=-factor")
    assert page.locator("tr .name").all_inner_texts() == ["Suite", "Scaffold", "Launch"]


def fill_without_script(page: Page, number: int, row: tuple[str, str, str, str, str]) -> None:
    text, kind, *figures = row
    field(page, number, "description").fill(text)
    field(page, number, "category").select_option(label=kind)
    for name, figure in zip(("human_hours", "agent_minutes", "supervisory_minutes"), figures, strict=True):
        field(page, number, name).fill(figure)


def test_without_script_factors_and_faults_show_after_saving(open_page: Open, ada: User):
    page = open_page(NEW, user=ada, script=False)
    fill_without_script(page, 0, ("Simulator: end to end", "Testing", "160h", "20m", "2m"))
    fill_without_script(page, 1, ("Backend: 4 profiles", "Testing", "12h", "5mm", "8m"))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("tbody.task").nth(1)).to_contain_text(
        "“5mm” is not a duration. Try 5m, 1h 30m or 0.5h."
    )
    expect(field(page, 1, "agent_minutes")).to_have_value("5mm")
    expect(page.locator("[data-look]")).to_contain_text("1 row needs a look: over 1 of 2 tasks")
    expect(page.locator("tbody.task").first).to_contain_text("480.0×")
    page.get_by_role("checkbox", name="Remove task 2").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".success")).to_contain_text("Saved: 1 task.")


def test_forty_tasks_are_typed_without_the_mouse_and_without_leaving_the_page(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    forty = [(f"Task {n}: typed", "Testing", "8h", "10m", "2m") for n in range(40)]
    typed(page, forty)
    expect(page).to_have_url(page.url.partition("/admin/")[0] + NEW)
    expect(total(page, "factor")).to_have_text("48.0×")
    saved(page)
    assert [each.title for each in rows_of(Day.objects.get())] == [f"Task {n}" for n in range(40)]
    expect(field(page, 40, "description")).to_be_focused()


def test_seventy_five_rows_save_at_once(open_page: Open, ada: User):
    stored = draft(tasks=[task(f"Task {n}") for n in range(75)])
    page = open_page(change_address(stored), user=ada)
    expect(page.locator("tbody.task")).to_have_count(76)
    field(page, 74, "human_hours").fill("16h")
    field(page, 74, "human_hours").press("Control+s")
    expect(page.locator(".success")).to_contain_text("Saved: 75 tasks.")
    assert rows_of(stored)[74].human_hours == 16


def test_factors_totals_and_faults_follow_while_typing(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:2])
    field(page, 1, "agent_minutes").fill("5mm")
    expect(page.locator("tbody.task").nth(1).locator(".leverage")).to_have_text("—")
    expect(page.locator(".faults:visible")).to_have_count(0)
    field(page, 1, "agent_minutes").press("Tab")
    expect(page.locator(".faults:visible")).to_have_text("“5mm” is not a duration. Try 5m, 1h 30m or 0.5h.")
    expect(page.locator("[data-look]")).to_have_text("1 row needs a look: over 1 of 2 tasks")
    expect(total(page, "factor")).to_have_text("480.0×")
    page.locator("[data-look] a").click()
    expect(field(page, 1, "agent_minutes")).to_be_focused()
    page.keyboard.type("1h 30m")
    expect(page.locator(".faults:visible")).to_have_count(0)
    expect(total(page, "factor")).to_have_text("349.1×")
    page.keyboard.press("Tab")
    expect(field(page, 1, "agent_minutes")).to_have_value("90m")


def test_what_an_average_leaves_out_is_said_and_one_click_away(open_page: Open, ada: User):
    stored = draft(tasks=[task(), task(supervision=None), task(agent=None)])
    page = open_page(change_address(stored), user=ada)
    expect(page.locator("[data-look]")).to_have_text("over 2 of 3 tasks; sup. factor over 2 of 3")
    page.get_by_role("link", name="over 2 of 3 tasks").click()
    expect(field(page, 2, "agent_minutes")).to_be_focused()


def test_zero_is_refused_while_typing_and_no_supervision_is_not(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, [("Alone: no help", "Testing", "0", "10m", "0")])
    expect(page.locator(".faults:visible")).to_contain_text("Zero hours would be no work.")
    expect(field(page, 0, "supervisory_minutes")).to_have_value("0m")
    expect(field(page, 0, "human_hours")).to_have_value("0")


def test_control_d_repeats_the_cell_above_and_with_shift_the_row(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:1])
    field(page, 1, "category").focus()
    page.keyboard.press("Control+d")
    expect(field(page, 1, "category")).to_have_value(field(page, 0, "category").input_value())
    field(page, 1, "human_hours").focus()
    page.keyboard.press("Control+d")
    expect(field(page, 1, "human_hours")).to_have_value("160h")
    expect(field(page, 1, "description")).to_have_value("")
    field(page, 2, "description").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Shift+d")
    expect(field(page, 1, "description")).to_have_value("Simulator: end to end")
    expect(field(page, 1, "agent_minutes")).to_have_value("20m")
    expect(total(page, "tasks")).to_have_text("3")


def test_arrows_keep_the_column_and_move_within_a_long_text_first(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, [("Long: " + "many words " * 40, "Testing", "8h", "10m", "2m"), *TWELVE[:1]])
    field(page, 0, "agent_minutes").focus()
    page.keyboard.press("ArrowDown")
    expect(field(page, 1, "agent_minutes")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field(page, 0, "agent_minutes")).to_be_focused()
    field(page, 0, "category").focus()
    chosen = field(page, 0, "category").input_value()
    page.keyboard.press("ArrowDown")
    expect(field(page, 1, "category")).to_be_focused()
    expect(field(page, 0, "category")).to_have_value(chosen)
    field(page, 0, "description").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    expect(field(page, 0, "description")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowDown")
    expect(field(page, 1, "description")).to_be_focused()


def test_a_text_is_one_line_when_closed_and_opens_when_focused(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, [("Long: " + "many words " * 40, "Testing", "8h", "10m", "2m")])
    text = field(page, 0, "description")
    closed = text.bounding_box()
    text.focus()
    opened = text.bounding_box()
    assert closed
    assert opened
    assert closed["height"] < 40 < opened["height"]
    page.keyboard.press("Control+End")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("another line")
    grown = text.bounding_box()
    assert grown
    assert grown["height"] > opened["height"]
    assert page.evaluate("document.activeElement.scrollHeight <= document.activeElement.clientHeight + 2")


def test_a_removed_row_comes_back_by_undo(open_page: Open, ada: User):
    stored = draft(tasks=[task("a"), task("b"), task("c")])
    page = open_page(change_address(stored), user=ada)
    field(page, 1, "human_hours").focus()
    page.keyboard.press("Control+Delete")
    expect(page.locator("#undo")).to_contain_text("Task 2 removed.")
    expect(field(page, 1, "description")).to_have_value("c")
    expect(field(page, 1, "description")).to_be_focused()
    expect(total(page, "tasks")).to_have_text("2")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(field(page, 1, "description")).to_have_value("b")
    expect(page.locator("#undo")).to_be_hidden()
    page.get_by_role("checkbox", name="Remove task 3").click()
    saved(page)
    assert [each.description for each in rows_of(stored)] == ["a", "b"]


def test_rows_move_by_keys_by_number_and_by_handle(open_page: Open, ada: User):
    stored = draft(tasks=[task(text) for text in "abcd"])
    keys = {each.description: each.pk for each in rows_of(stored)}
    page = open_page(change_address(stored), user=ada)
    field(page, 3, "human_hours").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, 2, "human_hours")).to_be_focused()
    field(page, 0, "position").fill("2")
    field(page, 0, "position").press("Tab")
    expect(field(page, 1, "description")).to_have_value("a")
    handle = page.locator(".handle").nth(0).bounding_box()
    target = page.locator("tbody.task").nth(2).bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + 5, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, target["y"] + target["height"] * 0.9, steps=8)
    page.mouse.up()
    field(page, 0, "description").focus()
    saved(page)
    assert [each.description for each in rows_of(stored)] == ["a", "d", "b", "c"]
    assert {each.description: each.pk for each in rows_of(stored)} == keys


def test_f8_goes_to_the_next_fault_round_and_round(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(
        page,
        [
            ("a", "Testing", "soon", "1m", ""),
            ("b", "Testing", "1h", "1m", ""),
            ("c", "Testing", "1h", "x", ""),
        ],
    )
    page.keyboard.press("F8")
    expect(field(page, 0, "human_hours")).to_be_focused()
    page.keyboard.press("F8")
    expect(field(page, 2, "agent_minutes")).to_be_focused()
    page.keyboard.press("F8")
    expect(field(page, 0, "human_hours")).to_be_focused()
    page.keyboard.press("Shift+F8")
    expect(field(page, 2, "agent_minutes")).to_be_focused()


PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const options = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


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
    offered = page.locator("#tags option").evaluate_all("options => options.map(option => option.value)")
    assert "AI, Time Record" in offered


def test_leaving_with_something_typed_asks_first(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    page.keyboard.type("Unsaved")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.get_by_role("link", name="Tasks", exact=True).click()
    page.wait_for_url("**/admin/records/task/")
    assert asked == ["beforeunload"]


def test_what_was_typed_is_put_back_after_the_log_in_had_run_out(open_page: Open, ada: User):
    stored = draft(tasks=[task("Alpha: one"), task("Beta: two")])
    page = open_page(change_address(stored), user=ada)
    field(page, 0, "human_hours").fill("5h")
    field(page, 2, "description").fill("Gamma: three")
    page.get_by_label("Lede").fill("Long thought about.")
    Session.objects.all().delete()
    page.get_by_label("Lede").press("Control+s")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(field(page, 0, "human_hours")).to_have_value("8h")
    page.get_by_role("button", name="Put it back").click()
    expect(total(page, "tasks")).to_have_text("3")
    saved(page)
    assert [str(each.human_hours) for each in rows_of(stored)][:2] == ["5.0000", "8.0000"]
    assert rows_of(stored)[2].title == "Gamma"
    assert Day.objects.get().lede == "Long thought about."
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()


def test_two_people_save_the_same_day_and_the_second_chooses_place_by_place(open_page: Open, ada: User):
    stored = draft(tasks=[task("Alpha: one"), task("Beta: two")], lede="Old.")
    grace = new_author("grace")
    mine = open_page(change_address(stored), user=ada)
    theirs = open_page(change_address(stored), user=grace)
    theirs.get_by_label("Lede").fill("Their lede.")
    field(theirs, 0, "human_hours").fill("6h")
    field(theirs, 0, "human_hours").press("Control+s")
    expect(theirs.locator(".success")).to_be_visible()
    mine.get_by_label("Lede").fill("My lede.")
    field(mine, 0, "human_hours").fill("5h")
    field(mine, 2, "description").fill("Gamma: three")
    mine.get_by_label("Lede").press("Control+s")
    expect(mine.locator("legend")).to_have_text(["Lede", "Human hours of “Alpha”"])
    mine.locator("fieldset", has_text="Lede").get_by_label("Theirs").check()
    mine.get_by_role("button", name="Save what is chosen").click()
    expect(mine.locator(".success")).to_contain_text("Saved: 3 tasks.")
    assert Day.objects.get().lede == "Their lede."
    assert rows_of(stored)[0].human_hours == 5
    assert Task.objects.filter(description="Gamma: three").exists()


def test_the_instruction_for_an_agent_is_copied(open_page: Open, ada: User):
    page = open_page("/admin/", user=ada)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Let the agent write it").click()
    page.get_by_role("button", name="Copy the instruction").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert "#testing" in page.evaluate("navigator.clipboard.readText()")


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
    "/admin/records/task/",
    "/admin/records/category/",
    "/admin/records/category/add/",
    "/admin/records/tag/",
    "/admin/records/siteprofile/add/",
    "/admin/auth/user/",
    "/admin/password_change/",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_the_desk(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None], theme: str
):
    stored = draft(tasks=[task(tokens=5), task(agent=None)], tags=["AI"])
    page = open_page("/admin/", user=ada, theme=theme)
    for path in PAGES:
        page.goto(path.format(pk=stored.pk))
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        assert_accessible(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_form_with_faults_or_a_conflict(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None], theme: str
):
    stored = draft(tasks=[task("a"), task("b")])
    page = open_page(change_address(stored), user=ada, theme=theme)
    field(page, 0, "agent_minutes").fill("5mm")
    page.keyboard.press("F2")
    page.keyboard.press("Control+s")
    expect(page.locator(".faultnote[role=alert]")).to_be_visible()
    assert_accessible(page)
    field(page, 0, "agent_minutes").fill("5m")
    other = open_page(change_address(stored), user=ada)
    field(other, 0, "agent_minutes").fill("6m")
    field(other, 0, "agent_minutes").press("Control+s")
    expect(other.locator(".success")).to_be_visible()
    field(page, 0, "agent_minutes").press("Control+s")
    expect(page.locator("legend")).to_be_visible()
    assert_accessible(page)


def test_no_page_of_the_desk_is_wider_than_a_phone(open_page: Open, ada: User):
    wide = task("x" * 200, hours="12345.75", agent="0.01", tokens=24_100_000)
    stored = draft(tasks=[wide], tags=["AI"])
    page = open_page("/admin/", user=ada, size=PHONE)
    for path in PAGES:
        page.goto(path.format(pk=stored.pk))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
