"""Addresses that moved, addresses for programs, and pages that are not there."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.template import loader

from records import publishing
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import april_12, html_of, page_text, text_of

pytestmark = pytest.mark.django_db

TO = APRIL_12 + timedelta(days=8)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/records/2026-04-12/", "/records/2026-04-20/"),
        ("/records/2026-04-12/?sort=factor", "/records/2026-04-20/?sort=factor"),
        ("/records/2026-04-12.csv", "/records/2026-04-20.csv"),
        ("/records/2026-04-12.json?sort=factor", "/records/2026-04-20.json?sort=factor"),
    ],
)
def test_the_old_address_of_a_moved_day_leads_to_the_new_one_for_good(client, old, new):
    publishing.move_day(day(tasks=[task()]), TO, reason="worked past midnight")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


def test_a_moved_draft_is_not_betrayed_by_its_old_address(client):
    publishing.move_day(draft(tasks=[task()]), TO)
    assert client.get("/records/2026-04-12/").status_code == 404


def test_a_day_that_took_an_old_address_over_is_shown_there(client):
    publishing.move_day(day(tasks=[task()]), TO, reason="worked past midnight")
    day(APRIL_12, [task(description="Newcomer: took the date over")])
    assert "Newcomer" in page_text(client, "/records/2026-04-12/")


def test_renamed_and_merged_categories_keep_their_old_addresses_working(client):
    first, second = category("Tests"), category("Testing")
    day(tasks=[task(category=first), task(category=second)])
    publishing.merge_categories(first, second)
    second.slug = "trials"
    publishing.save_category(second)
    for old in ("/categories/tests/", "/categories/testing/"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, "/categories/trials/")


def test_an_old_address_answers_reading_alone(client):
    publishing.move_day(day(tasks=[task()]), TO, reason="worked past midnight")
    assert client.post("/records/2026-04-12/").status_code == 404


# Programs --------------------------------------------------------------------------------------------------


def test_healthz_says_that_the_database_answers(client):
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_healthz_says_when_it_does_not(client):
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "no database"})


def test_robots_are_kept_from_the_admin_and_shown_the_sitemap(client, settings):
    settings.SITE_URL = "https://records.example.org"
    lines = html_of(client.get("/robots.txt")).splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://records.example.org/sitemap.xml" in lines


def test_the_sitemap_lists_public_pages_under_the_sites_own_address(client, settings):
    settings.SITE_URL = "https://records.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    april_12()
    day(APRIL_12 - timedelta(days=1), [task()], tags=["AI"])
    draft(TO, [task(category=category("Secret"))], tags=["Hidden"])
    markup = html_of(client.get("/sitemap.xml", headers={"host": "evil.example.com"}))
    found = re.findall("<loc>([^<]+)</loc>", markup)
    assert all(address.startswith("https://records.example.org/") for address in found)
    paths = [address.removeprefix("https://records.example.org") for address in found]
    assert len(paths) == len(set(paths))
    assert {"/", "/records/2026-04-12/", "/categories/testing/", "/tags/ai/", "/method/", "/data/"} <= set(
        paths
    )
    assert not {"/records/2026-04-20/", "/categories/secret/", "/tags/hidden/"} & set(paths)
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_each_page_names_its_one_address_whatever_the_host_and_the_order(client, settings):
    settings.SITE_URL = "https://records.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    april_12()
    markup = html_of(client.get("/records/2026-04-12/?sort=factor", headers={"host": "evil.example.com"}))
    assert '<link rel="canonical" href="https://records.example.org/records/2026-04-12/">' in markup
    assert "evil" not in markup


# Pages that are not there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/nope", "/records/1/", "/tags/nope/", "/%00", "/records/2026-04-12"])
def test_an_unknown_address_is_answered_in_the_style_of_the_site(client, path):
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "There is no such page" in text_of(response.content.decode())


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_pages_for_failures_need_neither_database_nor_request(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = loader.render_to_string(name)
    assert "site.css" in page
    assert "<h1>" in page
