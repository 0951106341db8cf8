"""The list of days and what is done with one: publish, withdraw, move, remove, preview, look back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from records.models import Day, Revision, SiteProfile
from tests.desk import author, change_address, opened, rows_of, sent_to
from tests.factories import APRIL_12, day, draft, task

__all__ = ["author"]

LIST = "/admin/records/day/"
LATER = timezone.now() + timedelta(days=400)


def act(day: Day, name: str) -> str:
    return f"/admin/records/day/{day.pk}/{name}/"


def shown(client: Client, query: str = "") -> list[date]:
    """The dates in the list, from the top."""
    response: Any = client.get(LIST + query)
    return [each.date for each in response.context_data["cl"].result_list]


def test_the_list_shows_status_tasks_hours_and_both_factors(author: Client):
    draft(date(2026, 4, 14))
    day(date(2026, 4, 13), tasks=[task()], published_at=LATER)
    day(tasks=[task(hours="160", agent="20", supervision="2")])
    page = author.get(LIST).content.decode()
    for expected in (
        "draft",
        "scheduled",
        "published",
        "160",
        "480.0×",
        "4,800.0×",
        "View on site",
        "Preview",
    ):
        assert expected in page


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", [14]),
        ("scheduled", [13]),
        ("published", [12]),
        ("withdrawn", [11]),
        ("nonsense", [14, 13, 12, 11]),
    ],
)
def test_the_list_is_filtered_by_where_a_day_stands(author: Client, status: str, expected: list[int]):
    draft(date(2026, 4, 14))
    day(date(2026, 4, 13), published_at=LATER)
    day()
    day(date(2026, 4, 11), status="withdrawn")
    assert shown(author, f"?status={status}") == [date(2026, 4, number) for number in expected]


def test_unknown_factors_come_last_both_ways(author: Client):
    low, high = date(2026, 4, 1), date(2026, 4, 2)
    draft(date(2026, 4, 3), tasks=[task(agent=None)])
    draft(low, tasks=[task(hours="1", agent="60")])
    draft(high, tasks=[task(hours="10", agent="6")])
    assert shown(author, "?o=5") == [low, high, date(2026, 4, 3)]
    assert shown(author, "?o=-5") == [high, low, date(2026, 4, 3)]


def test_the_lists_take_few_queries_however_long(author: Client, django_assert_max_num_queries):
    for number in range(1, 25):
        draft(date(2026, 4, number), tasks=[task(), task()])
    for address in (LIST, f"{LIST}?q=record", f"{LIST}?status=draft&o=-5"):
        with django_assert_max_num_queries(12):
            author.get(address)


def test_a_draft_is_published_now(author: Client):
    stored = draft(tasks=[task()])
    assert sent_to(author.post(act(stored, "publish"), {"perform": "1", "at": ""})) == change_address(stored)
    assert Day.objects.visible().get() == stored
    assert author.get(f"/records/{stored.date}/").status_code == 200


def test_a_day_is_scheduled_in_the_time_zone_of_the_author(author: Client):
    SiteProfile(time_zone="America/New_York").save()
    stored = draft(tasks=[task()])
    author.post(act(stored, "publish"), {"perform": "1", "at": "2099-01-01T08:00"})
    stored.refresh_from_db()
    assert stored.published_at == datetime(2099, 1, 1, 13, tzinfo=UTC)
    assert stored.is_scheduled()


def test_a_draft_that_lacks_figures_says_which_tasks_and_stays(author: Client):
    stored = draft(tasks=[task(), task(hours=None), task(agent=None)])
    asked = author.get(act(stored, "publish")).content.decode()
    assert "To mend: Task 2.</b> A public task needs human hours" in asked
    assert "To mend: Task 3.</b> A public task needs the agent" in asked
    page = author.post(act(stored, "publish"), {"perform": "1", "at": ""}).content.decode()
    assert "2026-04-12, task 2: A public task needs human hours, such as 8h." in page
    assert "2026-04-12, task 3: A public task needs the agent&#x27;s minutes, such as 15m." in page
    assert Day.objects.get().status == "draft"


@pytest.mark.parametrize("typed", ["soon", "\x00", "2026-13-01T00:00"])
def test_a_moment_that_makes_no_sense_is_refused(author: Client, typed: str):
    stored = draft(tasks=[task()])
    page = author.post(act(stored, "publish"), {"perform": "1", "at": typed}).content.decode()
    assert "That is not a moment." in page
    assert Day.objects.get().status == "draft"


def test_a_public_day_is_withdrawn_with_a_reason(author: Client):
    stored = day(tasks=[task()])
    author.post(act(stored, "withdraw"), {"perform": "1", "reason": "not ours to show"})
    stored.refresh_from_db()
    assert stored.status == "withdrawn"
    assert stored.revisions.latest("number").reason == "not ours to show"


def test_a_scheduled_day_goes_back_to_draft(author: Client):
    stored = day(tasks=[task()], published_at=LATER)
    assert "goes back to draft" in author.get(act(stored, "withdraw")).content.decode()
    author.post(act(stored, "withdraw"), {"perform": "1"})
    assert Day.objects.get().status == "draft"


def test_a_day_moves_with_its_tasks_and_its_old_address_redirects(author: Client):
    stored = day(tasks=[task(), task()])
    keys = [each.pk for each in rows_of(stored)]
    author.post(act(stored, "move"), {"perform": "1", "to": "2026-04-13", "reason": "it was after midnight"})
    stored.refresh_from_db()
    assert stored.date == date(2026, 4, 13)
    assert [each.pk for each in rows_of(stored)] == keys
    assert author.get("/records/2026-04-12/").headers["Location"] == "/records/2026-04-13/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-04-13", "2026-04-13 has a day already."),
        ("someday", "That is not a date."),
        ("", "Which day?"),
        ("0999-01-01", "That is before there were agents."),
    ],
)
def test_a_day_moves_nowhere_that_makes_no_sense(author: Client, typed: str, words: str):
    stored = draft(tasks=[task()])
    draft(date(2026, 4, 13))
    assert words in author.post(act(stored, "move"), {"perform": "1", "to": typed}).content.decode()
    assert rows_of(Day.objects.get(date=APRIL_12))


def test_a_draft_is_removed_and_its_revisions_stay(author: Client):
    stored = draft(tasks=[task()])
    assert "its 1 task." in author.get(act(stored, "delete")).content.decode()
    assert sent_to(author.post(act(stored, "delete"), {"perform": "1"})) == LIST
    assert not Day.objects.exists()
    assert Revision.objects.count() == 1


def test_a_day_that_was_public_is_not_removed(author: Client):
    stored = day(tasks=[task()])
    page = author.post(act(stored, "delete"), {"perform": "1"}).content.decode()
    assert "is withdrawn, not removed" in page
    assert Day.objects.exists()


def test_a_preview_shows_a_draft_to_the_author_alone(author: Client, client: Client):
    draft(tasks=[task("Parser: reads forms", hours="160", agent="20")], lede="Soon to come.")
    page = author.get("/records/2026-04-12/preview/")
    assert "Soon to come." in page.content.decode()
    assert "480" in page.content.decode()
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert "/admin/login/" in sent_to(client.get("/records/2026-04-12/preview/"))
    assert author.get("/records/2026-04-12/").status_code == 404


def test_the_history_names_each_save_with_author_and_reason(author: Client):
    stored = day(tasks=[task(hours="8")])
    form = opened(author, stored) | {"tasks-0-human_hours": "4h", "reason": "counted twice"}
    author.post(change_address(stored), form)
    page = author.get(act(stored, "history")).content.decode()
    assert "ada" in page
    assert "counted twice" in page
    first = author.get(f"{act(stored, 'history')}1/").content.decode()
    assert '<td class="figure">8</td>' in first
    assert author.get(f"{act(stored, 'history')}9/").status_code == 404


def test_each_act_needs_the_right_to_change(client: Client, db: None, django_user_model):
    stored = draft(tasks=[task()])
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    for name in ("publish", "withdraw", "move", "delete", "history", "history/1/restore"):
        assert client.get(act(stored, name)).status_code == 403
    assert client.get("/records/2026-04-12/preview/").status_code == 403
    assert client.get(act(Day(pk=99), "publish")).status_code in (403, 404)


def test_there_is_no_way_to_remove_many_days_at_once(author: Client):
    draft(tasks=[task()])
    author.post(
        LIST, {"action": "delete_selected", "_selected_action": [Day.objects.get().pk], "post": "yes"}
    )
    assert Day.objects.exists()
