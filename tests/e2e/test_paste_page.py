"""Paste a day in a browser: seen at once, mended in place, stored; rows of a page in the form of a day."""

from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from records.models import Day
from tests.desk import rows_of
from tests.e2e.conftest import PHONE
from tests.e2e.sheet import NEW, PASTE, Open, ada, field, total
from tests.pasting import GLUED_ROWS, glued, tabbed
from tests.pasting import PASTE as ADDRESS

__all__ = ["ada"]

# Drops a file with a name and a text on the place for it.
DROP = """([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name, { type: "text/plain" }));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) {
    document.getElementById("drop").dispatchEvent(new DragEvent(kind, options));
  }
}"""
# Pastes markup beside the plain text that lost its cells.
PASTE_HTML = """([html, plain]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", plain);
  const options = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""
TABLE = (
    '<table><thead>\n<tr><th style="color: red">Task</th>\n<th>Human Est.</th><th>Claude</th></tr></thead>'
    "<tr><td>Bells</td><td>8h</td><td>16m</td></tr></table>"
)
THREE_FAULTS = tabbed("Buoys painted\t4h\t5mm\t2m\t", "\t8h\t16m\t4m\t30.0x", "Ropes spliced\t0h\t8m\t2m\t")


def pasted(page: Page, text: str) -> None:
    """Paste a text into the field that has the cursor, and wait for what is read of it."""
    expect(page.locator("#id_text")).to_be_focused()
    with page.expect_navigation():
        page.evaluate(PASTE, text)
    expect(page.locator("html.with-script #day .said")).to_be_visible()


def test_a_good_day_is_read_as_soon_as_it_is_pasted_and_saved_by_key(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(ADDRESS, user=ada)
    expect(page.locator("#id_text")).to_be_focused()
    assert_accessible(page)
    pasted(page, glued())
    expect(page.locator(".said")).to_contain_text("3 rows, nothing in doubt.")
    expect(page.locator("tbody.task .leverage").first).to_have_text("120.0×")
    expect(total(page, "factor")).to_have_text("87.3×")
    assert_accessible(page)
    field(page, 1, "agent_minutes").fill("8m")
    expect(total(page, "factor")).to_have_text("106.7×")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved as a draft")
    assert [each.agent_minutes for each in rows_of(Day.objects.get())] == [20, 8, 8]


def test_three_faults_are_mended_in_place_by_keyboard(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(ADDRESS, user=ada)
    pasted(page, THREE_FAULTS)
    expect(page.locator(".said")).to_contain_text("3 places to mend")
    expect(field(page, 0, "agent_minutes")).to_be_focused()
    assert_accessible(page)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".faultnote")).to_contain_text("Not saved: 3 places need a look first.")
    field(page, 0, "agent_minutes").focus()
    for mended, column in (("5m", "agent_minutes"), ("Bells cast", "description"), ("2h", "human_hours")):
        expect(page.locator(f'[name$="-{column}"]:focus')).to_have_count(1)
        page.keyboard.press("Control+a")
        page.keyboard.type(mended)
        page.keyboard.press("F8")
    expect(page.locator("#rows .faults:visible")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Saved as a draft")
    stored = [(each.description, each.human_hours) for each in rows_of(Day.objects.get())]
    assert stored == [("Buoys painted", 4), ("Bells cast", 8), ("Ropes spliced", 2)]


def test_a_line_is_read_the_way_that_is_chosen(open_page: Open, ada: User):
    page = open_page(ADDRESS, user=ada)
    pasted(page, glued(rows=GLUED_ROWS.replace("30.0x", "31.0x")))
    page.get_by_role("radio", name="Tide tables").check()
    expect(field(page, 1, "description")).to_have_value("Tide tables checked against 2024 notes")
    expect(field(page, 1, "agent_minutes")).to_have_value("16m")
    expect(page.locator("#rows .faults:visible")).to_have_count(0)
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".found li.doubt")).to_contain_text("Printed: 31.0x.")


def test_a_day_that_is_stored_already_says_so_and_another_replaces_it_when_asked(open_page: Open, ada: User):
    page = open_page(ADDRESS, user=ada)
    for _ in range(2):
        pasted(page, glued())
        with page.expect_navigation():
            page.keyboard.press("Control+s")
        expect(page.locator(".messagelist .success")).to_be_visible()
        page.goto(ADDRESS)
    pasted(page, glued())
    expect(page.locator("#taken")).to_have_text("Stored already, exactly so")
    page.goto(ADDRESS)
    pasted(page, glued(rows=GLUED_ROWS.replace("8h16m4m30.0x120.0x", "8h8m4m60.0x120.0x")))
    expect(page.locator(".differences")).to_contain_text("Row 2: agent minutes 16 → 8")
    page.get_by_label("Put this in its place").check()
    page.get_by_label("Why").fill("the clock was wrong")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Put in place of what was stored")
    assert rows_of(Day.objects.get())[1].agent_minutes == 8


def test_a_dropped_file_is_read_at_once_on_a_phone_too(
    open_page: Open, ada: User, assert_accessible: Callable[[Page], None]
):
    page = open_page(ADDRESS, user=ada, size=PHONE)
    with page.expect_navigation():
        page.evaluate(DROP, ["2026-05-06-leverage-record.txt", glued(on="")])
    expect(page.locator("#id_date")).to_have_value("2026-05-06")
    expect(field(page, 2, "human_hours")).to_have_value("16h")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert_accessible(page)


def test_a_paste_that_did_not_arrive_is_put_back_with_what_was_mended(open_page: Open, ada: User):
    page = open_page(ADDRESS, user=ada)
    pasted(page, THREE_FAULTS)
    field(page, 1, "description").fill("Bells cast")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Check again").click()
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("typed in one test alone")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Put it back").click()
    expect(field(page, 1, "description")).to_have_value("Bells cast")
    expect(page.locator(".said")).to_contain_text("2 places to mend")


def test_without_script_a_text_is_read_and_saved_by_its_buttons(open_page: Open, ada: User):
    page = open_page(ADDRESS, user=ada, script=False)
    page.fill("#id_text", glued(rows=GLUED_ROWS.replace("30.0x", "31.0x")))
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("radio", name="Tide tables").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Saved as a draft")
    assert rows_of(Day.objects.get())[1].agent_minutes == 16


def test_a_glued_page_pasted_into_the_form_of_a_day_fills_its_rows(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    field(page, 0, "description").focus()
    page.evaluate(PASTE, glued(rows=f"{GLUED_ROWS}\n4Nets, no figures"))
    expect(field(page, 2, "description")).to_have_value("Ferry parser v1.5 reads 61->69 stops")
    expect(field(page, 0, "agent_minutes")).to_have_value("20m")
    expect(field(page, 3, "description")).to_have_value("4Nets, no figures")
    expect(page.locator("#rows .faults:visible")).to_contain_text("does not end with its figures")
    expect(page.locator("#undo")).to_contain_text("4 rows pasted.")
    expect(total(page, "tasks")).to_have_text("4")
    page.keyboard.press("Control+z")
    expect(total(page, "tasks")).to_have_text("0")
    page.evaluate(PASTE_HTML, [TABLE, "TaskHuman Est.ClaudeBells8h16m"])
    expect(field(page, 0, "description")).to_have_value("Bells")
    expect(field(page, 0, "human_hours")).to_have_value("8h")
    page.keyboard.press("Control+z")
    page.evaluate(PASTE, "Task\tHuman estimate\tAgent\nnothing that a record has")
    expect(field(page, 0, "description")).to_have_value("nothing that a record has")
