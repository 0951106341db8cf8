"""Categories in bulk: a proposal beside each group, set only by an act, taken back by another."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from records.models import Category, Correction, Day, Revision, Task
from tests.desk import author, sent_to
from tests.factories import APRIL_12, category, day, draft, task
from tests.test_admin_rights import staff

__all__ = ["author"]

PAGE = "/admin/records/task/categories/"
UNDO = f"{PAGE}undo/"
FOUR = ("Test suite of the wiki: coverage", "Tests of the shop: coverage", "Flaky test", "Test run cut")


@pytest.fixture
def testing(db: None) -> Category:
    """A category with four tasks, beside one with others, so that words can tell them apart."""
    made, other = category("Testing"), category("Design")
    drawn = [task(f"Icons {n}", category=other) for n in range(4)]
    day(date(2026, 4, 1), tasks=[*(task(text, category=made) for text in FOUR), *drawn])
    return made


def waiting() -> list[str]:
    """The texts of the tasks without a category."""
    return list(
        Task.objects.filter(category=None)
        .order_by("day_id", "position")
        .values_list("description", flat=True)
    )


def posted(browser: Client, chosen: Category | str, tasks: list[Any], **more: Any) -> str:
    """Post a group; gives the page that comes back."""
    keys = [each.pk if isinstance(each, Task) else each for each in tasks]
    key = chosen.pk if isinstance(chosen, Category) else chosen
    answer = browser.post(PAGE, {"category": key, "task": keys, **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_tasks_stand_in_groups_with_a_proposal_and_its_reason(author: Client, testing: Category):
    draft(tasks=[task("More tests: coverage of the map"), task("Zebra")])
    page = author.get(PAGE).content.decode()
    assert "2 tasks in 2 groups" in page
    first, second = page.split('class="proposal"')[1:]
    assert "<q>coverage</q>" in first
    assert f'<option value="{testing.pk}" selected>Testing</option>' in first
    assert "More tests: coverage of the map" in first
    assert "Apr 12, 2026 draft" in first
    assert "without a proposal" in second
    assert "— choose" in second
    assert " selected" not in second


def test_nothing_changes_by_looking(author: Client, testing: Category):
    draft(tasks=[task("More tests")])
    before = Revision.objects.count()
    for query in ("", "?p=2", "?at=1", "?p=x&at=y"):
        assert author.get(PAGE + query).status_code == 200
    author.get(UNDO)
    assert waiting() == ["More tests"]
    assert Revision.objects.count() == before


def test_a_new_category_is_found_by_its_own_name(author: Client):
    made = category("Migrations", description="Schemas and data moved")
    for name in ("Design", "Testing"):
        category(name)
    draft(tasks=[task("Migration of the orders")])
    assert f'<option value="{made.pk}" selected>' in author.get(PAGE).content.decode()


def test_what_is_ticked_is_set_on_drafts_and_public_days_alike(author: Client, testing: Category):
    public = day(tasks=[task("Test a"), task("Test b"), task("Test c")])
    other = draft(date(2026, 4, 13), tasks=[task("Test d", hours=None)])
    chosen = [*public.tasks.exclude(description="Test b"), other.tasks.get()]
    page = posted(author, testing, chosen)
    assert "3 tasks are now in Testing." in page
    assert waiting() == ["Test b"]
    assert [each.revisions.count() for each in (public, other)] == [2, 2], "one a day"
    assert public.revisions.first().by_name == "ada"  # type: ignore[union-attr] # there are two
    assert not Correction.objects.exists(), "a category is no figure"


def test_another_category_than_the_proposed_one_may_be_chosen(author: Client, testing: Category):
    stored = draft(tasks=[task("More tests")])
    posted(author, Category.objects.get(name="Design"), [stored.tasks.get()])
    assert stored.tasks.get().category.name == "Design"  # type: ignore[union-attr] # it was set


def test_undo_takes_back_the_last_act_and_what_was_changed_since_stays(author: Client, testing: Category):
    stored = draft(tasks=[task("Test a"), task("Test b")])
    posted(author, testing, list(stored.tasks.all()))
    changed = stored.tasks.get(description="Test b")
    author.post(
        "/admin/records/task/",
        {"action": "set_category", "_selected_action": changed.pk, "perform": 1,
         "category": Category.objects.get(name="Design").pk},
    )  # fmt: skip
    page = author.post(UNDO, follow=True).content.decode()
    assert "1 task is without a category again." in page
    assert waiting() == ["Test a"]
    assert "Undo" not in page
    author.post(UNDO)
    assert waiting() == ["Test a"]


@pytest.mark.parametrize("chosen", ["", "0", "999999", "x", "1" * 30])
def test_a_category_that_is_none_is_said_and_changes_nothing(author: Client, testing: Category, chosen: str):
    stored = draft(tasks=[task("Zebra")])
    assert "Choose a category for these tasks" in posted(author, chosen, [stored.tasks.get()])
    assert waiting() == ["Zebra"]


def test_tasks_that_are_none_are_said_and_change_nothing(author: Client, testing: Category):
    draft(tasks=[task("Zebra")])
    for nothing in ([], ["x", "", "-1", "1 OR 1"]):
        assert "No task is ticked" in posted(author, testing, nothing)
    assert "1 task was left alone" in posted(author, testing, [999_999])
    assert waiting() == ["Zebra"]


def test_a_task_that_got_a_category_meanwhile_keeps_it(author: Client, testing: Category):
    design = Category.objects.get(name="Design")
    stored = draft(tasks=[task("Test a", category=design), task("Test b")])
    page = posted(author, testing, list(stored.tasks.all()))
    assert "1 task was left alone: removed, or given a category by somebody else." in page
    assert [each.category for each in stored.tasks.order_by("position")] == [design, testing]


def test_the_next_group_gets_the_cursor(author: Client, testing: Category):
    draft(tasks=[task("Test a"), task("Test b"), task("Icons"), task("Zebra")])
    page = author.get(PAGE).content.decode()
    keys = re.findall(r'id="group-(\d+)-words"', page)
    assert focused(page) == keys[0]
    tests = list(Task.objects.filter(description__startswith="Test", category=None))
    answer = author.post(
        PAGE, {"category": testing.pk, "task": [each.pk for each in tests], "at": keys[2], "p": 1}
    )
    assert sent_to(answer) == f"{PAGE}?p=1&at={keys[2]}"
    assert focused(author.get(sent_to(answer)).content.decode()) == keys[2]
    evil = author.post(PAGE, {"category": testing.pk, "at": "1\r\nX: y", "p": "//evil"})
    assert sent_to(evil) == PAGE


def focused(page: str) -> str:
    (found,) = re.findall(r'aria-describedby="group-(\d+)-words" autofocus', page)
    return str(found)


def test_it_is_for_those_who_may_change_tasks(client: Client, testing: Category):
    stored = draft(tasks=[task("Test a")])
    assert "/admin/login/" in sent_to(client.get(PAGE))
    onlooker = staff("view_task", "view_day", "view_category")
    assert onlooker.get(PAGE).status_code == 403
    for address in (PAGE, UNDO):
        posted_there = {"category": testing.pk, "task": stored.tasks.get().pk}
        assert onlooker.post(address, posted_there).status_code == 403
    assert waiting() == ["Test a"]
    for page in ("/admin/", "/admin/records/task/"):
        assert PAGE not in onlooker.get(page).content.decode()


def test_the_first_page_and_the_list_lead_there_while_tasks_wait(author: Client, testing: Category):
    for page in ("/admin/", "/admin/records/task/"):
        assert PAGE not in author.get(page).content.decode()
    draft(tasks=[task("Test a"), task("Test b")])
    assert "2 tasks without a category" in author.get("/admin/").content.decode()
    assert PAGE in author.get("/admin/").content.decode()
    assert "2 without a category: set them" in author.get("/admin/records/task/").content.decode()


def test_a_site_without_categories_or_without_such_tasks_is_told_so(author: Client):
    assert "Every task has its category." in author.get(PAGE).content.decode()
    draft(tasks=[task("Test a")])
    page = author.get(PAGE).content.decode()
    assert "There is no category yet" in page
    assert "/admin/records/category/add/" in page


def test_many_tasks_over_many_days_take_few_queries(
    author: Client, testing: Category, django_assert_max_num_queries: Any
):
    for number in range(12):
        draft(APRIL_12 + timedelta(days=number), tasks=[task(f"Test {n}") for n in range(10)])
    with django_assert_max_num_queries(12):
        page = author.get(PAGE).content.decode()
    assert "120 tasks in 4 groups" in page
    keys = list(Task.objects.filter(category=None).values_list("pk", flat=True))
    with django_assert_max_num_queries(12 * 33 + 20):
        posted(author, testing, keys)
    assert waiting() == []
    assert Day.objects.filter(version=2).count() == 12
