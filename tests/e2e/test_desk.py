"""The author's desk in a browser: a day typed by keyboard or without script, published, and found again."""

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, Route, expect

from records.models import Day, Task
from tests.desk import ADD, PASSWORD, change_address, new_author, rows_of
from tests.e2e.sheet import NEW, TWELVE, Open, ada, field, saved, total, typed
from tests.factories import draft, task

__all__ = ["ada"]


# Whether the page has been told if the day that was typed is stored.
ASKED = """() =>
  performance.getEntriesByType("resource").some((each) => each.name.includes("/log/") && each.responseEnd)"""


def test_a_day_of_twelve_tasks_is_typed_published_found_sorted_and_filtered(open_page: Open, ada: User):
    page = open_page("/admin/", user=ada)
    page.goto(NEW)
    expect(field(page, 0, "description")).to_be_focused()
    typed(page, TWELVE)
    expect(total(page, "tasks")).to_have_text("12")
    expect(total(page, "hours")).to_have_text("950.25")
    page.get_by_role("button", name="Publish…").press("Enter")
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.get_by_role("link", name="View on site").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leverage Record: April 12, 2026")
    expect(page.locator("main")).to_contain_text("480.0")
    page.goto("/tasks/")
    names = page.locator("tr .name")
    expect(names.first).to_have_text("Simulator")
    page.locator("thead").get_by_role("link", name="Human").first.click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Human")
    expect(names).to_have_count(12)
    page.goto("/tasks/?category=testing&sort=-factor")
    expect(names).to_have_text(["Suite", "Scaffold", "Launch"])


def test_the_same_day_is_typed_and_published_without_script(open_page: Open, ada: User):
    page = open_page(NEW, user=ada, script=False)
    for number, row in enumerate(TWELVE):
        if number == 8:
            page.get_by_role("button", name="Save and add 20 more rows").click()
        fill_without_script(page, number, row)
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="View on site").click()
    expect(page.locator("main")).to_contain_text("950.25")
    page.goto("/tasks/?category=testing&sort=-factor")
    expect(page.locator("tr .name")).to_have_text(["Suite", "Scaffold", "Launch"])


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


def asked_on_leaving(page: Page) -> list[str]:
    """Follow a link away from the form and agree to whatever is asked; gives what was asked."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.get_by_role("link", name="Tasks", exact=True).click()
    page.wait_for_url("**/admin/records/task/")
    return asked


class HeldBack:
    """What a page asks for from now on: not answered before it is let go."""

    def __init__(self, page: Page, addresses: str) -> None:
        self.asked: list[Route] = []
        self.is_open = False
        page.route(addresses, self.hold)

    def hold(self, route: Route) -> None:
        self.asked.append(route)
        if self.is_open:
            route.continue_()

    def let_go(self) -> None:
        self.is_open = True
        for route in tuple(self.asked):
            route.continue_()


def test_leaving_with_something_typed_asks_first(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    page.keyboard.type("Unsaved")
    assert asked_on_leaving(page) == ["beforeunload"]


def test_what_is_typed_before_the_scripts_are_there_stays_and_counts_as_typed(open_page: Open, ada: User):
    page = open_page("/admin/", user=ada, clock=True)
    scripts = HeldBack(page, "**/static/desk/*.js")
    page.goto(NEW, wait_until="commit")
    page.get_by_label("Lede").press_sequentially("Early")
    with page.expect_response("**/keep/"):
        scripts.let_go()
        page.wait_for_load_state()
        page.clock.fast_forward(4000)  # in which what is typed is kept
    expect(page.get_by_label("Lede")).to_be_focused()
    assert asked_on_leaving(page) == ["beforeunload"]


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


def test_leaving_after_a_row_was_moved_or_removed_asks_first(open_page: Open, ada: User):
    stored = draft(tasks=[task("a"), task("b")])
    for keys in ("Alt+ArrowDown", "Control+Delete"):
        page = open_page(change_address(stored), user=ada)
        field(page, 0, "human_hours").focus()
        page.keyboard.press(keys)
        assert asked_on_leaving(page) == ["beforeunload"], keys


def test_saving_with_the_key_pressed_twice_saves_once(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    page.keyboard.type("Once: only")
    saves = HeldBack(page, "**/day/add/**")
    with page.expect_request("**/day/add/**"):
        page.keyboard.press("Control+s")
    page.keyboard.press("Control+s")
    with page.expect_navigation():
        saves.let_go()
    expect(page.locator(".messagelist .success")).to_contain_text("Saved")
    assert len(saves.asked) == 1
    assert [each.title for each in rows_of(Day.objects.get())] == ["Once"]
    assert Day.objects.get().version == 1


def test_a_new_day_that_was_saved_is_not_offered_again(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:1])
    page.get_by_role("button", name="Publish…").click()
    page.wait_for_url("**/publish/")
    page.goto(f"{ADD}?date=2026-04-14")
    page.wait_for_function(ASKED)
    page.evaluate("new Promise(setTimeout)")  # in which what was asked for is answered
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()


def test_a_new_day_is_put_back_after_the_log_in_had_run_out(open_page: Open, ada: User):
    page = open_page(NEW, user=ada)
    typed(page, TWELVE[:3])
    lede = "{{ task.1.factor }}, then {{ task.2.name }}."
    page.get_by_label("Lede").fill(lede)
    field(page, 0, "position").fill("2")
    page.keyboard.press("Enter")
    moved = lede.replace("task.1", "task.x").replace("task.2", "task.1").replace("task.x", "task.2")
    expect(page.get_by_label("Lede")).to_have_value(moved)
    for name in ("sample", "evidence_private"):
        page.locator(f"#id_{name}").check()
    Session.objects.all().delete()
    page.keyboard.press("Control+s")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Put it back").click()
    shown = page.locator("tbody.task .c-text textarea")
    expect(shown).to_have_count(4)
    assert [each.input_value() for each in shown.all()] == [TWELVE[n][0] for n in (1, 0, 2)] + [""]
    expect(page.locator("tbody.task").nth(1)).to_contain_text("480.0×")
    expect(page.get_by_label("Lede")).to_have_value(moved)
    saved(page)
    stored = Day.objects.get(date="2026-04-12")
    assert [each.title for each in rows_of(stored)] == ["Wiki", "Simulator", "Design"]
    assert (stored.sample, stored.evidence_private) == (True, True)
    expect(page.get_by_label("Lede")).to_have_value(moved)


def test_a_save_keeps_the_cursor_also_outside_of_the_rows(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(f"Task {n}") for n in range(20)])), user=ada)
    page.get_by_label("Lede").fill("Half a sentence")
    saved(page)
    expect(page.get_by_label("Lede")).to_be_focused()
    page.keyboard.type(", then the rest")
    expect(page.get_by_label("Lede")).to_have_value("Half a sentence, then the rest")


def test_a_fault_above_the_rows_is_gone_to_when_the_cursor_was_far_down(open_page: Open, ada: User):
    page = open_page(change_address(draft(tasks=[task(f"Task {n}") for n in range(30)])), user=ada)
    page.locator("#id_stated_tokens").fill("12x")
    field(page, 29, "human_hours").press("Control+s")
    expect(page.locator("#id_stated_tokens")).to_be_focused()
    expect(page.get_by_text("That is not a whole number.")).to_be_in_viewport()
