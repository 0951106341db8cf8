"""The rows of a day by keyboard and by handle: figures and faults that follow, moves, repeats, Undo."""

from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.desk import change_address, rows_of
from tests.e2e.sheet import NEW, TWELVE, Open, ada, field, saved, total, typed
from tests.factories import draft, task

__all__ = ["ada"]


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


def test_the_blank_row_to_type_into_cannot_be_removed(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:1])
    expect(field(page, 0, "remove")).to_be_visible()
    expect(field(page, 1, "remove")).to_be_hidden()
    field(page, 1, "description").press("Control+Delete")
    expect(page.locator("tbody.task:not(.removed)")).to_have_count(2)
    expect(page.locator("#undo")).to_be_hidden()


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
    expect(field(page, 2, "description")).to_have_value("b")
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


def test_control_z_takes_a_removal_back_until_something_is_typed(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task("a"), task("b"), task("c")])), user=ada)
    field(page, 1, "human_hours").focus()
    page.keyboard.press("Control+Delete")
    page.keyboard.press("Control+z")
    expect(field(page, 1, "description")).to_have_value("b")
    page.keyboard.press("Control+Delete")
    page.keyboard.type("x")
    page.keyboard.press("Control+z")
    expect(field(page, 1, "description")).to_have_value("c")
    expect(total(page, "tasks")).to_have_text("2")


def test_the_blank_row_stays_last_wherever_a_row_is_moved(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(text) for text in "abc"])), user=ada)
    field(page, 0, "position").fill("99")
    field(page, 0, "position").press("Tab")
    expect(field(page, 2, "description")).to_have_value("a")
    expect(field(page, 3, "description")).to_have_value("")
    field(page, 0, "position").fill("first")
    field(page, 0, "position").press("Tab")
    expect(field(page, 0, "description")).to_have_value("b")
    expect(field(page, 0, "position")).to_have_value("1")
    field(page, 2, "human_hours").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(field(page, 2, "description")).to_have_value("a")


COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return [box.top + 2, box.bottom - 2].some((y) =>
    document.elementFromPoint(box.left + box.width / 2, y) !== document.activeElement);
}"""


def test_the_cursor_never_stands_under_the_heads_of_the_columns_or_the_bar(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(f"Task {n}") for n in range(30)])), user=ada)
    field(page, 0, "description").focus()
    for key in ("ArrowDown", "ArrowUp"):
        for _ in range(30):
            page.keyboard.press(key)
            assert not page.evaluate(COVERED), page.evaluate("document.activeElement.name")
    page.evaluate("scrollTo(0, 700)")
    tops = page.locator("#rows thead th").evaluate_all("all => all.map(th => th.getBoundingClientRect().top)")
    assert set(tops) == {0}


def test_a_removal_can_be_undone_without_scrolling(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(f"Task {n}") for n in range(30)])), user=ada)
    field(page, 2, "human_hours").focus()
    page.keyboard.press("Control+Delete")
    expect(page.locator("#undo button")).to_be_in_viewport()


def test_a_row_is_dragged_beyond_what_the_window_shows(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(f"Task {n}") for n in range(30)])), user=ada)
    handle, bar = page.locator(".handle").nth(1).bounding_box(), page.locator("#bar").bounding_box()
    assert handle
    assert bar
    page.mouse.move(handle["x"] + 5, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, bar["y"] + 10, steps=8)
    expect(field(page, 25, "position")).to_be_in_viewport()
    page.mouse.up()
    place = page.locator("tbody.task textarea[name$=-description]").evaluate_all(
        "all => all.findIndex((text) => text.value === 'Task 1')"
    )
    assert place > 15
    expect(page.locator(".dragged")).to_have_count(0)
