"""Addresses that moved, addresses for programs, and pages that are not there."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.template import loader
from PIL import Image

from records import publishing, sitemaps
from records.models import Tag, Task
from tests.factories import APRIL_12, LONG_AGO, category, day, draft, task
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


@pytest.mark.parametrize("below", ["", "atom.xml"])
def test_renamed_and_merged_tags_keep_their_old_addresses_working(client, below):
    day(tasks=[task("Nets: mended")], tags=["Weekend"])
    first, second = Tag.objects.get(), Tag.objects.create(name="Rest", slug="rest")
    first.slug = "week-end"
    publishing.save_tag(first)
    publishing.merge_tags(first, second)
    for old in ("/tags/weekend/", "/tags/week-end/"):
        response = client.get(f"{old}{below}")
        assert (response.status_code, response["Location"]) == (301, f"/tags/rest/{below}")
    assert "tag Rest" in page_text(client, "/tasks/?tag=weekend")


def test_the_old_address_of_a_tag_of_drafts_betrays_nothing(client):
    draft(tags=["Weekend"])
    tag = Tag.objects.get()
    tag.slug = "week-end"
    publishing.save_tag(tag)
    assert client.get("/tags/weekend/").status_code == 404


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


def lastmods(client, address: str = "/sitemap.xml") -> dict[str, str]:
    """When each page of a map changed, by its path."""
    markup = html_of(client.get(address))
    found = re.findall(r"<loc>http://localhost:8000([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", markup)
    assert len(found) == markup.count("<loc>")
    return dict(found)


def test_the_sitemap_dates_each_page_by_what_it_shows(client):
    testing = category("Testing")
    with time_machine.travel(LONG_AGO - timedelta(days=1), tick=False):
        made = day(tasks=[task(category=testing)], tags=["AI"])
        day(APRIL_12 - timedelta(days=1), [task()])
    found = lastmods(client)
    first, second = (f"/tasks/{each.pk}/" for each in Task.objects.order_by("-day_id"))
    assert found["/records/2026-04-12/"] == found[first] == found[second] == "2026-04-13T08:10:00Z"
    assert found["/corrections/"] == found["/method/"] == "", "nothing is claimed that is not known"
    with time_machine.travel(LONG_AGO + timedelta(days=1), tick=False):
        made.lede = "Other words."
        publishing.save_day(made, list(made.tasks.all()), tags=["AI"])
    tasks = list(made.tasks.all())
    tasks[0].human_hours = 12
    with time_machine.travel(LONG_AGO + timedelta(days=2), tick=False):
        publishing.save_day(made, tasks, tags=["AI"], reason="estimate revised")
    changed = lastmods(client)
    places = (
        "/",
        "/records/2026-04-12/",
        first,
        "/categories/testing/",
        "/tags/ai/",
        "/corrections/",
        "/data/",
    )
    assert {changed[path] for path in places} == {"2026-04-15T08:10:00Z"}
    assert changed["/records/2026-04-11/"] == changed[second] == "2026-04-13T08:10:00Z"


def test_a_large_sitemap_is_split_and_names_its_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "IN_ONE_FILE", 4)
    day(tasks=[task(f"Task {number}: one", category=None) for number in range(9)])
    draft(TO, [task("Hidden: one")])
    markup = html_of(client.get("/sitemap.xml"))
    assert "<sitemapindex" in markup
    files = lastmods(client)
    assert "/sitemap-pages.xml" in files
    assert all(files.values())
    listed = [path for file in files for path in lastmods(client, file)]
    assert len(listed) == len(set(listed))
    public = {f"/tasks/{each.pk}/" for each in Task.objects.visible()}
    assert {path for path in listed if re.match(r"/tasks/\d", path)} == public
    assert {"/", "/records/2026-04-12/"} <= set(listed)
    assert client.get("/sitemap-tasks-999.xml").status_code == 404
    assert client.get(f"/sitemap-tasks-{10**30}.xml").status_code == 404


@pytest.mark.parametrize("days", [2, 8])
def test_the_sitemap_takes_as_many_queries_however_many_days(client, days, django_assert_max_num_queries):
    for distance in range(days):
        day(APRIL_12 - timedelta(days=distance), [task()], tags=["AI", f"Tag {distance}"])
    with django_assert_max_num_queries(8):
        client.get("/sitemap.xml")


def test_each_icon_a_page_names_is_there_and_the_one_browsers_ask_for(client):
    markup = html_of(client.get("/"))
    icons = re.findall(r'<link rel="(?:icon|apple-touch-icon)"[^>]*href="/static/([^"]+)"', markup)
    assert icons == ["favicon.ico", "icon.svg", "apple-touch-icon.png"]
    sizes = []
    for name in icons:
        if not name.endswith("svg"):
            with Image.open(str(finders.find(name))) as icon:
                sizes.append(sorted(icon.info.get("sizes", [icon.size])))
    assert sizes == [[(16, 16), (32, 32), (48, 48)], [(180, 180)]]
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"


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
