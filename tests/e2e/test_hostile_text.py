"""Whatever stands in a text field is shown as text: nothing runs, nothing is loaded, nothing breaks out."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import CharField, TextField
from django.test import Client
from playwright.sync_api import Dialog, Page, expect

from records import publishing
from records.models import Category, Correction, Day, Revision, SafeName, SiteProfile, Source, Tag, Task
from tests.desk import change_address
from tests.e2e.conftest import PHONE
from tests.e2e.hostile import SHAPES, HostileSite, glued
from tests.e2e.sheet import PASTE
from tests.pasting import PASTE as PASTE_PAGE

# What no page of ours has: elements and attributes that only an escape from a text could have made.
FOREIGN = """[...document.querySelectorAll("*")].filter((element) =>
  element.matches("iframe, object, embed, style, base, form[action^='javascript'], meta[http-equiv]")
  || (element.matches("img") && !element.src.startsWith(`${location.origin}/static/admin/`))
  || (element.matches("script:not([type='application/ld+json']), link")
    && !(element.src || element.href || "").startsWith(location.origin))
  || [...element.attributes].some(({ name, value }) =>
    name.startsWith("on") || name === "style" || /^\\s*(javascript|vbscript|data:text)/i.test(value)
      && ["href", "src", "action", "formaction", "xlink:href", "srcdoc"].includes(name))
).map((element) => element.outerHTML.slice(0, 200))"""
RAN = "window.ran"
FILES = (
    *("/tasks.csv", "/tasks.json", "/records.csv", "/records.json", "/categories.csv", "/categories.json"),
    *(
        "/corrections.csv",
        "/corrections.json",
        "/data/records.json",
        "/data/records.jsonl",
        "/data/records.zip",
    ),
    *("/feeds/corrections.xml", "/sitemap.xml"),
)


@pytest.fixture
def hostile(live_server, tmp_path: Path) -> HostileSite:
    """The site; made through the door, the admin's models and the importing command."""
    return HostileSite(tmp_path)


def assert_calm(page: Page, address: str) -> None:
    """The page shows attempts; nothing ran, and nothing stands in it that could."""
    assert "ran=" in page.content(), address
    assert page.evaluate(RAN) is None, address
    assert page.evaluate(FOREIGN) == [], address


def test_an_attempt_that_got_through_would_be_noticed(page: Page):
    page.set_content("<p>" + "".join(shape.format(n=7) for shape in SHAPES[:3]))
    page.wait_for_function("window.ran === 7")
    assert len(page.evaluate(FOREIGN)) == 3
    page.close()


def test_markup_in_any_text_field_stays_text_on_every_page(hostile: HostileSite, open_page):
    page = open_page("/", size=PHONE)
    dialogs: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", on_dialog)
    for address in hostile.public_pages():
        page.goto(address)
        assert_calm(page, address)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
    page.goto("/feeds/corrections.xml")
    assert page.evaluate(RAN) is None
    assert dialogs == []
    assert len(hostile.attempts.made) >= 83


def test_markup_in_any_text_field_stays_text_at_the_desk(hostile: HostileSite, open_page):
    page = open_page("/admin/", user=hostile.author)
    for address in hostile.desk_pages():
        page.goto(address)
        assert_calm(page, address)
    paste(page, hostile)
    settle(page, hostile)


def paste(page: Page, hostile: HostileSite) -> None:
    """Paste a page of attempts and look at what is read of it."""
    cells = [hostile.attempts.one("pasted row", without="|\n") for _ in range(8)]
    page.goto(PASTE_PAGE)
    page.locator("#id_text").focus()
    page.evaluate(PASTE, glued(cells, hostile.attempts.prose("pasted prose"), date(2026, 5, 6)))
    expect(page.locator("html.with-script #day .said")).to_be_visible()
    assert_calm(page, PASTE_PAGE)


def settle(page: Page, hostile: HostileSite) -> None:
    """Save a day that somebody else saves meanwhile: both texts stand side by side."""
    page.goto(change_address(hostile.draft))
    for name in ("title", "lede"):
        page.locator(f"[name={name}]").fill(hostile.attempts.one(f"mine {name}", 100))
    theirs = Day.objects.get(pk=hostile.draft.pk)
    theirs.title = hostile.attempts.one("theirs title", 100)
    theirs.lede = hostile.attempts.prose("theirs lede")
    publishing.save_day(theirs, by=hostile.author)
    page.keyboard.press("Control+s")
    expect(page.locator("form.conflict")).to_be_visible()
    assert_calm(page, "conflict")


def test_every_text_column_holds_an_attempt(hostile: HostileSite):
    bare = []
    for model in (Category, Correction, Day, Revision, SafeName, SiteProfile, Source, Tag, Task):
        for column in model._meta.concrete_fields:
            is_text = isinstance(column, CharField | TextField) and not column.choices
            if is_text and not model._default_manager.filter(**{f"{column.name}__contains": "ran="}):
                bare.append(f"{model.__name__}.{column.name}")
    # What a rule of its own keeps to letters, zones, figures.
    assert set(bare) <= {
        *("Category.slug", "Tag.slug", "SiteProfile.time_zone", "Day.preview_key"),
        *("Correction.before", "Correction.after"),
    }


def test_files_are_no_pages_whatever_stands_in_them(hostile: HostileSite, settings):
    for address in FILES:
        answer = Client().get(address)
        answer.getvalue()  # to its end, with which the moment ends in which it is read
        assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff"), address
        assert not answer["Content-Type"].startswith(("text/html", "image/svg")), address
