"""What the desk shows and allows to staff who may only look, or not even that."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from records.models import Category, Day, Revision, Task
from tests.desk import author, change_address
from tests.factories import category, draft, task

__all__ = ["author"]

TASKS = "/admin/records/task/"


def staff(*rights: str) -> Client:
    """A browser in which a member of staff with these rights is logged in."""
    user = User.objects.create_user("bob", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def onlooker(db: None) -> Client:
    """Someone who may see everything and change nothing."""
    return staff("view_day", "view_task", "view_category", "view_tag", "view_siteprofile")


@pytest.fixture
def stored(db: None) -> Day:
    """A draft with one task, and a category without any."""
    category("Other", slug="other")
    return draft(tasks=[task("Kept: for now", category=category("Testing", slug="testing"))])


def written(stored: Day) -> list[tuple[str, dict[str, object]]]:
    """Every address that writes, and what it would be sent."""
    day, merge = change_address(stored).removesuffix("change/"), "/admin/records/category/{}/merge/"
    other, testing = Category.objects.get(slug="other"), Category.objects.get(slug="testing")
    chosen = {"_selected_action": Task.objects.get().pk, "index": 0, "perform": 1}
    return [
        (change_address(stored), {"date": "2026-04-12", "version": stored.version, "title": "Mine"}),
        ("/admin/records/day/add/", {"date": "2026-04-13"}),
        *((f"{day}{act}/", {"perform": 1, "to": "2026-04-13"}) for act in ("publish", "move", "delete")),
        (f"{day}withdraw/", {"perform": 1}),
        ("/admin/quick-line/", {"line": "Docs: more 4h 5m", "on": "2026-04-12"}),
        ("/admin/paste/", {"text": "Docs: more 4h 5m", "date": "2026-04-13", "_save": "1"}),
        (TASKS, {**chosen, "action": "set_category", "category": other.pk}),
        (TASKS, {**chosen, "action": "set_outcome", "outcome": Task.Outcome.values[0]}),
        (TASKS, {**chosen, "action": "move", "to": "2026-04-13"}),
        (merge.format(testing.pk), {"into": other.pk}),
        (merge.format(other.pk).replace("merge", "delete"), {"perform": 1}),
        (merge.format(other.pk).replace("merge", "change"), {"name": "Mine", "slug": "mine", "order": 1}),
        ("/admin/records/siteprofile/add/", {"site_name": "Mine"}),
    ]


def test_who_may_only_look_writes_through_no_address(onlooker: Client, stored: Day):
    for address, posted in written(stored):
        onlooker.post(address, posted)
        assert Revision.objects.count() == 1, address
        assert sorted(Category.objects.values_list("slug", flat=True)) == ["other", "testing"], address
        assert Day.objects.count() == 1, address


def test_who_may_not_change_tasks_does_not_through_the_form_of_their_day(stored: Day):
    editor = staff("view_day", "change_day", "add_day", "view_task")
    assert 'name="_save"' not in editor.get(change_address(stored)).content.decode()
    for address in (change_address(stored), "/admin/records/day/add/"):
        assert editor.post(address, {"date": "2026-04-13"}).status_code == 403


def test_the_author_writes_through_the_same_addresses(author: Client, stored: Day):
    for address, posted in written(stored):
        if "quick-line" in address or posted.get("action") in ("set_category", "set_outcome", "move"):
            before = Revision.objects.count()
            author.post(address, posted)
            assert Revision.objects.count() > before, (address, posted)


def test_who_may_only_look_is_offered_nothing_that_would_be_refused(onlooker: Client, stored: Day):
    pages = ["/admin/", change_address(stored), "/admin/records/day/", "/admin/records/category/"]
    shown = {page: onlooker.get(page).content.decode() for page in pages}
    assert all("Testing" in shown[page] or "Apr" in shown[page] for page in pages)
    offers = (
        "Quick line",
        "Log today",
        "Paste a day",
        "Publish…",
        "Move this day…",
        "Remove…",
        'name="_save"',
        "Merge…",
    )
    assert [(page, offer) for page in pages for offer in offers if offer in shown[page]] == []


def test_the_first_page_shows_drafts_to_no_one_without_the_right_to_see_days(stored: Day):
    page = staff("view_tag").get("/admin/").content.decode()
    assert "Apr 12" not in page
    assert "Quick line" not in page
    assert "Waiting" not in page


def test_a_quick_line_and_a_merge_stand_in_the_log_of_the_admin(author: Client, stored: Day):
    author.post("/admin/quick-line/", {"line": "Docs: more 4h 5m", "on": "2026-04-12"})
    assert "Docs" in LogEntry.objects.get().change_message
    other, testing = Category.objects.get(slug="other"), Category.objects.get(slug="testing")
    author.post(f"/admin/records/category/{testing.pk}/merge/", {"into": other.pk, "perform": 1})
    assert LogEntry.objects.filter(change_message__contains="Merged Testing into Other").exists()


@pytest.mark.parametrize(("right", "status"), [("view_day", 200), ("change_day", 200), ("view_task", 403)])
def test_who_may_open_a_day_in_the_desk_may_preview_it(stored: Day, right: str, status: int):
    assert staff(right).get("/records/2026-04-12/preview/").status_code == status
