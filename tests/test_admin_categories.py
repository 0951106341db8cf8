"""Categories, tags and the site profile at the desk."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.test import Client

from records import publishing
from records.models import Category, SiteProfile, Tag, Task
from tests.desk import author, sent_to
from tests.factories import category, day, draft, task

__all__ = ["author"]

CATEGORIES = "/admin/records/category/"
PROFILE = "/admin/records/siteprofile/"


def test_a_category_in_use_is_not_removed_and_says_what_to_do(author: Client):
    testing = category("Testing")
    draft(tasks=[task(category=testing), task(category=testing)])
    for answer in (author.get, author.post):
        page = answer(f"{CATEGORIES}{testing.pk}/delete/").content.decode()
        assert "2 tasks have the category Testing." in page
        assert f"{CATEGORIES}{testing.pk}/merge/" in page
    assert Category.objects.exists()


def test_a_category_without_tasks_is_removed(author: Client):
    idle = category("Idle")
    assert "No task has this category." in author.get(f"{CATEGORIES}{idle.pk}/delete/").content.decode()
    assert sent_to(author.post(f"{CATEGORIES}{idle.pk}/delete/", {"perform": "1"})) == CATEGORIES
    assert not Category.objects.exists()


def test_looking_at_whether_to_remove_a_category_removes_nothing(
    author: Client, monkeypatch: pytest.MonkeyPatch
):
    testing = category("Testing")
    draft(tasks=[task(category=testing)])
    called: list[Category] = []
    monkeypatch.setattr(publishing, "remove_category", called.append)
    for stored in (testing, category("Idle")):
        assert author.get(f"{CATEGORIES}{stored.pk}/delete/").status_code == 200
    assert not called


def test_what_was_removed_stands_in_the_log_and_what_was_not_does_not(author: Client):
    idle, public = category("Idle"), day()
    author.post(f"{CATEGORIES}{idle.pk}/delete/", {"perform": "1"})
    page = author.post(f"/admin/records/day/{public.pk}/delete/", {"perform": "1"}).content.decode()
    assert "is withdrawn, not removed" in page
    logged = LogEntry.objects.filter(action_flag=DELETION)
    assert [(entry.object_repr, entry.object_id) for entry in logged] == [("Idle", str(idle.pk))]


def test_merging_moves_the_tasks_and_redirects_the_address(author: Client):
    source, target = category("Tests", slug="tests"), category("Testing", slug="testing")
    day(tasks=[task(category=source)])
    assert (
        "Choose the category"
        in author.post(f"{CATEGORIES}{source.pk}/merge/", {"perform": "1"}).content.decode()
    )
    author.post(f"{CATEGORIES}{source.pk}/merge/", {"perform": "1", "into": target.pk})
    assert Task.objects.get().category == target
    assert author.get("/categories/tests/").headers["Location"] == "/categories/testing/"


def test_a_renamed_category_keeps_its_old_address(author: Client):
    testing = category("Testing", slug="testing")
    day(tasks=[task(category=testing)])
    form = {"name": "Tests", "slug": "tests", "description": "", "order": "1"}
    author.post(f"{CATEGORIES}{testing.pk}/change/", form)
    assert author.get("/categories/testing/").headers["Location"] == "/categories/tests/"


def test_a_category_gets_a_slug_and_none_is_refused(author: Client):
    author.post(f"{CATEGORIES}add/", {"name": "Full-stack build", "slug": "", "order": "0"})
    assert Category.objects.get().slug == "full-stack-build"
    page = author.post(f"{CATEGORIES}add/", {"name": "None", "slug": "none", "order": "0"}).content.decode()
    assert "stands for tasks without a category" in page
    assert 'value="None"' in page


def test_a_tag_in_use_is_not_removed(author: Client):
    draft(tags=["AI"])
    tag = Tag.objects.get()
    author.post(f"/admin/records/tag/{tag.pk}/delete/", {"post": "yes"})
    assert Tag.objects.exists()
    idle = Tag.objects.create(name="Idle", slug="idle")
    author.post(f"/admin/records/tag/{idle.pk}/delete/", {"post": "yes"})
    assert list(Tag.objects.all()) == [tag]


def test_a_renamed_tag_keeps_its_old_address(author: Client):
    day(tags=["Weekend"])
    tag = Tag.objects.get()
    author.post(f"/admin/records/tag/{tag.pk}/change/", {"name": "Week end", "slug": "week-end"})
    assert author.get("/tags/weekend/").headers["Location"] == "/tags/week-end/"


def test_a_tag_is_merged_into_another_and_its_days_keep_their_figures(author: Client):
    stored = day(tasks=[task()], tags=["Weekend", "AI"])
    weekend, ai = Tag.objects.get(name="Weekend"), Tag.objects.get(name="AI")
    assert f"/admin/records/tag/{weekend.pk}/merge/" in author.get("/admin/records/tag/").content.decode()
    merge = f"/admin/records/tag/{weekend.pk}/merge/"
    assert "Choose the tag that takes over." in author.post(merge, {"perform": "1"}).content.decode()
    assert sent_to(author.post(merge, {"perform": "1", "into": ai.pk})) == "/admin/records/tag/"
    assert list(stored.tags.all()) == [ai]
    assert stored.revisions.latest("number").snapshot["tags"] == ["AI"]
    assert author.get("/tags/weekend/").headers["Location"] == "/tags/ai/"


@pytest.mark.parametrize(
    ("model", "name", "words"),
    [
        ("tag", "ai", "There is the tag AI already."),
        ("category", "None", "“None” stands for tasks without a category."),
    ],
)
def test_a_name_that_means_something_already_is_refused(author: Client, model: str, name: str, words: str):
    draft(tags=["AI"])
    form = {"name": name, "slug": "", "description": "", "order": "0"}
    page = author.post(f"/admin/records/{model}/add/", form).content.decode()
    assert words in page
    assert f'value="{name}"' in page


def test_the_profile_is_one_row_that_its_list_leads_to(author: Client):
    assert sent_to(author.get(PROFILE)) == f"{PROFILE}add/"
    form = {
        "site_name": "Ada's Hours",
        "author_name": "Ada",
        "agent_name": "Claude",
        "time_zone": "Europe/Berlin",
        "hours_per_day": "8",
        "hours_per_week": "38.5",
    }
    author.post(f"{PROFILE}add/", form)
    assert sent_to(author.get(PROFILE)) == f"{PROFILE}1/change/"
    assert SiteProfile.load().hours_per_week == Decimal("38.5")
    assert author.get(f"{PROFILE}add/").status_code == 403
    assert author.post(f"{PROFILE}1/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("time_zone", "Mars/Olympus", "is not a time zone"), ("hours_per_day", "0", "greater than or equal to")],
)
def test_the_profile_refuses_what_makes_no_sense(author: Client, field: str, typed: str, words: str):
    form = {"site_name": "Hours", "agent_name": "Claude", "time_zone": "UTC", "hours_per_day": "8",
            "hours_per_week": "40", field: typed}  # fmt: skip
    page = author.post(f"{PROFILE}add/", form).content.decode()
    assert words in page
    assert f'value="{typed}"' in page


@pytest.mark.parametrize("address", ["", "records/category/", "records/tag/", "auth/user/", "auth/group/"])
def test_every_list_answers_with_few_queries(author: Client, django_assert_max_num_queries, address: str):
    for number in range(30):
        category(f"Category {number}")
        Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}")
    with django_assert_max_num_queries(12):
        assert author.get(f"/admin/{address}").status_code == 200


def test_every_page_of_the_admin_answers(author: Client):
    stored = category("Testing")
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for page in (address, f"{address}add/"):
            assert author.get(page, follow=True).status_code == 200, page
    for page in (
        f"{CATEGORIES}{stored.pk}/change/",
        f"{CATEGORIES}{stored.pk}/history/",
        "/admin/password_change/",
    ):
        assert author.get(page).status_code == 200, page
