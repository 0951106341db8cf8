"""Feeds: valid in every form, whole, dated, and the same entries everywhere."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from records import publishing
from records.models import Day, SiteProfile
from tests.factories import APRIL_12, LONG_AGO, category, day, draft, task
from tests.feed_rules import Read, read, text_in
from tests.pages import RECORD, april_12, html_of

pytestmark = pytest.mark.django_db

SITE = "https://records.example.org"
ENDINGS = ("atom.xml", "rss.xml", "feed.json")
FEEDS = ("/feeds/", "/tags/ai/", "/categories/testing/", "/corrections/")
READER = {"accept": "*/*"}
LATER = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
HOSTILE = "Bell \x07 & <b>bold</b> ]]> \ufffe `code`: <script>alert(1)</script> “ё” 日本"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def read_at(client, address: str) -> list[Read]:
    answer = client.get(address, headers=READER)
    assert answer.status_code == 200, address
    return read(answer.content.decode(), address.rsplit("/", 1)[1])


def a_day(**values) -> Day:
    """A day in the category Testing and under the tag AI, whose prose links in every way there is."""
    texts = {
        "lede": 'A [page](/method/), [part](#log), [day](../2026-04-11/), note[^1], href="#x".\n\n[^1]: It.',
        "analysis": "# Why\n\nBecause of [this](https://example.com/?a=1&b=2) & [that](//example.com/b).",
    }
    tasks = [task(HOSTILE, "8", "10", "2", category=category("Testing")), task("Second: one", "1", "6", None)]
    return day(tasks=tasks, tags=["AI"], **{**texts, **values})


def corrected(made: Day) -> Day:
    """The day with one figure changed since."""
    tasks = list(made.tasks.order_by("position"))
    tasks[0].human_hours = 12
    publishing.save_day(made, tasks, reason="estimate <revised> & raised")
    return made


# Valid ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("feed", FEEDS)
def test_every_feed_keeps_the_rules_of_its_form(client, feed, ending):
    corrected(a_day(title=HOSTILE, left_out="3 <private>"))
    (entry,) = read_at(client, f"{feed}{ending}")
    assert entry.url.startswith(f"{SITE}/records/2026-04-12/")
    assert entry.id.startswith("urn:uuid:")
    assert entry.summary


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("feed", ["/feeds/", "/corrections/"])
def test_a_feed_without_a_day_is_valid_too(client, feed, ending):
    assert read_at(client, f"{feed}{ending}") == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_note_without_tasks_makes_an_entry_without_a_table(client, ending):
    day(tasks=[], lede="On the road.")
    (entry,) = read_at(client, f"/feeds/{ending}")
    assert entry.summary == "A note on April 12, 2026."
    assert "<table" not in entry.content
    assert "On the road." in entry.content


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_feed_names_its_own_address_and_its_page_whatever_the_host(client, settings, ending):
    settings.ALLOWED_HOSTS = ["*"]
    a_day()
    answer = client.get(f"/tags/ai/{ending}", headers={"host": "evil.example.com"})
    text = answer.content.decode()
    assert f"{SITE}/tags/ai/{ending}" in text
    assert f"{SITE}/tags/ai/" in text.replace(f"{SITE}/tags/ai/{ending}", "")
    assert "evil" not in text
    assert "http://localhost" not in text


# Whole ------------------------------------------------------------------------------------------------------


def test_an_entry_has_all_that_the_record_says(client):
    april_12(left_out="3 private, client work")
    for ending in ENDINGS:
        (entry,) = read_at(client, f"/feeds/{ending}")
        text = text_in(entry.content)
        assert "Thirty-seven tasks." in text
        assert "Analysis Two were large." in text
        assert "Left out: 3 private, client work." in text
        assert "Weighted average leverage factor119.5×" in text.replace(" 119", "119")
        assert entry.content.count("<tr><td>") == 37
        assert {"AI", "Time Record", "Testing"} <= set(entry.categories)
        assert "1,222.75 human-equivalent hours in 614 Claude minutes" in entry.summary


def test_the_same_entry_stands_in_every_feed_that_has_it(client):
    corrected(a_day())
    entries = [read_at(client, f"{feed}{ending}") for feed in FEEDS[:3] for ending in ENDINGS]
    assert all(entry == entries[0] for entry in entries)


def test_links_in_prose_lead_to_the_same_places_from_anywhere(client):
    a_day()
    (entry,) = read_at(client, "/feeds/atom.xml")
    found = re.findall(r'href="([^"]*)"', entry.content)
    assert f"{SITE}/method/" in found
    assert f"{SITE}{RECORD}#log" in found
    assert f"{SITE}/records/2026-04-11/" in found
    assert f"{SITE}{RECORD}#fn-lede-1" in found or any(
        link.startswith(f"{SITE}{RECORD}#fn") for link in found
    )
    assert "https://example.com/?a=1&amp;b=2" in found
    assert "https://example.com/b" in found
    assert "href=”#x”" in entry.content, "words that look like a link stay words"


def test_a_correction_tells_what_it_was_what_it_became_and_why(client):
    corrected(a_day())
    (entry,) = read_at(client, "/corrections/rss.xml")
    text = text_in(entry.content)
    assert entry.title.endswith("human hours: 8 h → 12 h")
    for told in ("It was 8 h", "It became 12 h", "Why estimate <revised> & raised"):
        assert told.replace(" ", "") in text.replace(" ", "")
    assert entry.summary == "estimate <revised> & raised."


# Dated ------------------------------------------------------------------------------------------------------


def test_published_and_updated_are_told_apart(client):
    with time_machine.travel(LONG_AGO - timedelta(hours=1), tick=False):
        made = a_day()
    (entry,) = read_at(client, "/feeds/atom.xml")
    assert (entry.published, entry.updated) == (LONG_AGO, LONG_AGO)
    with time_machine.travel(LATER, tick=False):
        made.lede = "Other words."
        publishing.save_day(made, list(made.tasks.all()))
    for ending in ENDINGS:
        (entry,) = read_at(client, f"/feeds/{ending}")
        assert (entry.published, entry.updated) == (LONG_AGO, LATER), ending
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        corrected(made)
    (entry,) = read_at(client, "/feeds/rss.xml")
    assert entry.updated == LATER + timedelta(days=1)


def test_an_id_outlives_the_sites_address_the_days_date_and_an_export(client, settings, tmp_path):
    made = corrected(a_day())

    def ids() -> list[str]:
        return [
            entry.id for feed in ("/feeds/", "/corrections/") for entry in read_at(client, f"{feed}feed.json")
        ]

    day_id, *_ = before = ids()
    settings.SITE_URL = "https://elsewhere.example.com"
    assert ids() == before
    publishing.move_day(made, APRIL_12 + timedelta(days=8), reason="worked past midnight")
    moved = ids()
    assert moved[0] == day_id
    file = tmp_path / "all.json"
    call_command("export_records", "-o", str(file), stdout=StringIO(), stderr=StringIO())
    Day.objects.all().delete()
    assert ids() == []
    call_command("import_records", str(file), stdout=StringIO(), stderr=StringIO())
    assert ids() == moved


# Chosen -----------------------------------------------------------------------------------------------------


def test_it_has_the_latest_twenty_and_nothing_that_is_not_public(client):
    for distance in range(22):
        day(APRIL_12 - timedelta(days=distance), [task()])
    draft(date(2026, 5, 1), [task("Hidden: one")])
    day(date(2026, 5, 2), [task("Hidden: two")], published_at=datetime(2100, 1, 1, tzinfo=UTC))
    entries = read_at(client, "/feeds/atom.xml")
    assert [entry.url[-11:-1] for entry in entries] == [
        (APRIL_12 - timedelta(days=distance)).isoformat() for distance in range(20)
    ]


@pytest.mark.parametrize(
    "path", ["/tags/secret/atom.xml", "/categories/secret/rss.xml", "/tags/no/feed.json"]
)
def test_a_tag_or_a_category_of_drafts_alone_has_no_feed(client, path):
    draft(tasks=[task(category=category("Secret"))], tags=["Secret"])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("feed", FEEDS[:3])
def test_it_takes_as_many_queries_for_many_days_as_for_one(client, feed, django_assert_max_num_queries):
    testing = category("Testing")
    for distance in range(8):
        tasks = [task(f"Task {number}: done", category=testing) for number in range(3)]
        corrected(day(APRIL_12 - timedelta(days=distance), tasks, tags=["AI", "Time Record"]))
    with django_assert_max_num_queries(6):
        assert len(read_at(client, f"{feed}atom.xml")) == 8


# Found and fetched ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feeds/"),
        ("/records/", "/feeds/"),
        (RECORD, "/feeds/"),
        ("/tags/ai/", "/tags/ai/"),
        ("/categories/testing/", "/categories/testing/"),
        ("/corrections/", "/corrections/"),
    ],
)
def test_pages_name_their_feeds_for_programs_and_for_people(client, page, feed):
    a_day()
    markup = html_of(client.get(page))
    for ending in ENDINGS:
        (alternate,) = re.findall(rf'<link rel="alternate"[^>]*href="{SITE}{feed}{ending}">', markup)
        served = client.get(f"{feed}{ending}", headers=READER)["Content-Type"]
        assert f'type="{served.split(";")[0]}"' in alternate
        assert f'<a href="{feed}{ending}">' in markup


def test_the_old_address_of_the_corrections_still_gives_them(client):
    corrected(a_day())
    assert client.get("/feeds/corrections.xml").content == client.get("/corrections/atom.xml").content


def test_a_renamed_category_keeps_its_feed(client):
    made = category("Testing")
    day(tasks=[task(category=made)])
    made.slug = "trials"
    publishing.save_category(made)
    answer = client.get("/categories/testing/rss.xml")
    assert (answer.status_code, answer["Location"]) == (301, "/categories/trials/rss.xml")


def test_a_program_that_asks_again_is_told_that_nothing_changed(client):
    made = a_day()
    first = client.get("/feeds/atom.xml")
    again = client.get("/feeds/atom.xml", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    corrected(made)
    assert client.get("/feeds/atom.xml", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_browser_gets_xml_that_it_styles_and_a_reader_the_type_of_the_form(client):
    for ending, content_type in (("atom.xml", "application/atom+xml"), ("rss.xml", "application/rss+xml")):
        reader = client.get(f"/feeds/{ending}", headers=READER)
        browser = client.get(f"/feeds/{ending}", headers={"accept": "text/html,application/xml;q=0.9"})
        assert reader["Content-Type"] == f"{content_type}; charset=utf-8"
        assert browser["Content-Type"] == "application/xml; charset=utf-8"
        assert browser.content == reader.content
        assert "Accept" in browser["Vary"]
        assert f'<?xml-stylesheet type="text/css" href="{SITE}/static/feed.css"?>' in reader.content.decode()


def test_author_and_licence_come_from_the_profile(client):
    SiteProfile(author_name="Ada & Co", licence="CC BY 4.0").save()
    a_day()
    assert "<author><name>Ada &amp; Co</name></author>" in client.get("/feeds/atom.xml").content.decode()
    assert "<copyright>CC BY 4.0</copyright>" in client.get("/feeds/rss.xml").content.decode()
    assert json.loads(client.get("/feeds/feed.json").content)["authors"][0]["name"] == "Ada & Co"
