"""A signed link shows a draft to someone without an account, until it ends or is revoked."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from records import publishing
from records.models import Day, Revision
from tests.desk import author
from tests.factories import APRIL_12, draft, task

__all__ = ["author"]

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
NO_DAY = APRIL_12 + timedelta(days=1)


def address(stored: Day, lasting: timedelta = WEEK) -> str:
    return f"/preview/{publishing.preview_token(stored, lasting)}/"


def test_a_stranger_with_the_link_reads_the_draft_unkept_and_unfound(client):
    answer = client.get(address(draft(APRIL_12, [task("Parser: secret work")], lede="Not yet.")))
    assert answer.status_code == 200
    assert "Parser" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "/admin/" not in answer.content.decode().split("<main", 1)[1]
    assert not answer.cookies


def test_a_link_ends_when_its_time_is_over(client):
    link = address(draft())
    with time_machine.travel(timezone.now() + WEEK - timedelta(minutes=1)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + WEEK + timedelta(minutes=1)):
        assert client.get(link).status_code == 404


def test_revoking_ends_every_link_and_a_new_one_works(client):
    stored = draft()
    old = [address(stored), address(stored, timedelta(days=30))]
    publishing.revoke_previews(stored)
    new = address(stored)
    assert [client.get(link).status_code for link in (*old, new)] == [404, 404, 200]


@pytest.mark.parametrize("token", ["x", "x:y:z", "W10:1abc:def", "a" * 3000, "%00"])
def test_a_made_up_link_is_told_like_an_ended_one(client, token):
    draft()
    answer = client.get(f"/preview/{token}/")
    assert answer.status_code == 404
    assert "This preview link has ended" in answer.content.decode()


def test_a_link_of_one_day_does_not_open_another(client):
    first, second = draft(APRIL_12, lede="One."), draft(APRIL_12.replace(day=13), lede="Two.")
    publishing.preview_token(second, WEEK)
    assert "Two." not in client.get(address(first)).content.decode()


def test_making_and_revoking_leaves_no_noise_in_the_history():
    stored = draft()
    address(stored)
    publishing.revoke_previews(stored)
    assert Revision.objects.count() == 1


def test_the_author_makes_a_link_sees_it_once_and_ends_it(author: Client, client, settings):
    settings.SITE_URL = "https://records.example.com"
    stored = draft(lede="Not yet.")
    page = f"/admin/records/day/{stored.pk}/link/"
    made = author.post(page, {"days": "7"}).content.decode()
    link = made.split('readonly value="https://records.example.com', 1)[1].split('"', 1)[0]
    assert client.get(link).status_code == 200
    assert "/preview/" not in author.get(page).content.decode()
    author.post(page, {"days": "7", "revoke": "1"})
    assert client.get(link).status_code == 404


def test_an_odd_length_is_named(author: Client):
    stored = draft()
    answer = author.post(f"/admin/records/day/{stored.pk}/link/", {"days": "400"})
    assert "not one of the available choices" in answer.content.decode()


def test_a_stranger_is_sent_to_the_log_in_by_every_preview_alike(client):
    draft(APRIL_12, [task()])
    there, nowhere = (client.get(f"/records/{on}/preview/") for on in (APRIL_12, NO_DAY))
    assert (there.status_code, nowhere.status_code) == (302, 302)
    assert there["Location"].replace(str(APRIL_12), "") == nowhere["Location"].replace(str(NO_DAY), "")


def test_a_stranger_with_an_account_learns_no_more_from_a_preview(client):
    draft(APRIL_12, [task()])
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    answers = [client.get(f"/records/{on}/preview/") for on in (APRIL_12, NO_DAY)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Not allowed" in answers[0].content.decode()
    assert answers[0].content == answers[1].content
