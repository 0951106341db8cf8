"""What is typed and not saved is kept for its author, offered again, and never touches the day."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from records import publishing
from records.models import Day, Revision, Task, WorkingCopy
from tests.desk import ADD, author, change_address, form_on, new_author, opened, row, sent_to
from tests.factories import APRIL_12, day, draft, task

__all__ = ["author"]

pytestmark = pytest.mark.django_db

OFFER = 'id="working-copy"'
NEW_KEEP = f"{ADD}keep/"


def keep(stored: Day) -> str:
    return reverse("admin:records_day_keep", args=[stored.pk])


def test_what_is_typed_is_kept_without_touching_the_day_or_its_history(author: Client):
    stored = draft(APRIL_12, [task()])
    answer = author.post(keep(stored), opened(author, stored) | {"lede": "Half a sent"})
    assert set(answer.json()) == {"at"}
    assert Day.objects.get().lede == ""
    assert Revision.objects.count() == 1
    assert WorkingCopy.objects.get().typed["lede"] == "Half a sent"
    assert "csrfmiddlewaretoken" not in WorkingCopy.objects.get().typed


def test_it_is_offered_when_the_form_is_opened_and_put_back_row_by_row(author: Client):
    stored = draft(APRIL_12, [task()])
    typed = opened(author, stored) | {"tasks-0-human_hours": "half", "lede": "Half a sent"}
    author.post(keep(stored), typed | row(1, "Second: new", "3h", "5m"))
    assert OFFER in author.get(change_address(stored)).content.decode()
    form = form_on(author.get(f"{change_address(stored)}?kept=1"))
    assert form["lede"] == "Half a sent"
    assert form["tasks-0-human_hours"] == "half"
    assert form["tasks-1-description"] == "Second: new"
    assert Task.objects.count() == 1


def test_what_was_put_back_is_saved_and_then_forgotten(author: Client):
    stored = draft(APRIL_12, [task()])
    author.post(keep(stored), opened(author, stored) | {"lede": "A whole sentence."})
    sent_to(author.post(change_address(stored), form_on(author.get(f"{change_address(stored)}?kept=1"))))
    assert Day.objects.get().lede == "A whole sentence."
    assert not WorkingCopy.objects.exists()
    assert OFFER not in author.get(change_address(stored)).content.decode()


def test_put_back_after_somebody_else_saved_it_meets_their_words(author: Client):
    stored = draft(APRIL_12, [task()], lede="First.")
    author.post(keep(stored), opened(author, stored) | {"lede": "Mine."})
    stored.lede = "Theirs."
    publishing.save_day(stored)
    form = form_on(author.get(f"{change_address(stored)}?kept=1"))
    page = author.post(change_address(stored), form).content.decode()
    assert "was saved by somebody else" in page
    assert "Mine." in page
    assert "Theirs." in page


def test_dropping_it_leaves_the_day_as_stored(author: Client):
    stored = draft(APRIL_12)
    author.post(keep(stored), opened(author, stored) | {"lede": "x"})
    assert sent_to(author.post(keep(stored), {"drop": "1"})) == change_address(stored)
    assert not WorkingCopy.objects.exists()


def test_a_new_day_is_kept_by_its_date(author: Client):
    typed = form_on(author.get(f"{ADD}?date=2026-04-12")) | row(0, "First: new", "3h", "5m")
    author.post(NEW_KEEP, typed)
    assert not Day.objects.exists()
    assert OFFER in author.get(f"{ADD}?date=2026-04-12").content.decode()
    assert OFFER not in author.get(f"{ADD}?date=2026-04-13").content.decode()
    form = form_on(author.get(f"{ADD}?date=2026-04-12&kept=1"))
    assert form["tasks-0-description"] == "First: new"
    author.post(f"{ADD}?date=2026-04-12", form)
    assert Day.objects.get().date == date(2026, 4, 12)
    assert not WorkingCopy.objects.exists()


def test_each_author_has_a_copy_of_their_own(author: Client):
    stored = draft(APRIL_12)
    author.post(keep(stored), opened(author, stored) | {"lede": "Of ada."})
    other = Client()
    other.force_login(new_author("bob"))
    assert OFFER not in other.get(change_address(stored)).content.decode()


def test_the_latest_wins_and_there_is_one_copy(author: Client):
    stored = draft(APRIL_12)
    for text in ("One.", "One. Two."):
        author.post(keep(stored), opened(author, stored) | {"lede": text})
    assert WorkingCopy.objects.get().typed["lede"] == "One. Two."


def test_a_stranger_keeps_nothing(client):
    stored = draft(APRIL_12)
    assert client.post(keep(stored), {"lede": "x"}).status_code == 302
    assert not WorkingCopy.objects.exists()


def test_the_public_sees_nothing_of_it(author: Client, client):
    stored = day(APRIL_12, [task()])
    author.post(keep(stored), opened(author, stored) | {"lede": "Unfinished."})
    assert "Unfinished." not in client.get("/records/2026-04-12/").content.decode()


def test_the_session_says_who_is_in_and_never_who_was(author: Client, client):
    assert author.get("/admin/session/").json()["user"] == "ada"
    answer = client.get("/admin/session/")
    assert answer.json()["user"] == ""
    assert "no-store" in answer.headers["Cache-Control"]
