"""What can be had as data, and where."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine

from records.exporters.schema import PARTS
from records.models import SiteProfile
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import april_12, html_of, page_text, part, rows_of

pytestmark = pytest.mark.django_db

FILES = ["/data/records.json", "/data/records.jsonl", "/data/records.zip"]


def csv_in(packed: bytes, name: str) -> list[dict[str, str]]:
    """The rows of one file of a zip."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        return list(csv.DictReader(io.StringIO(files.read(name).decode(), newline="")))


def test_it_leads_to_every_form_of_the_whole_and_to_the_files_of_every_table(client):
    april_12()
    markup = html_of(client.get("/data/"))
    for address in [*FILES, "/tasks.csv", "/tasks.json", "/records.csv", "/records.json", "/categories.csv"]:
        assert f'href="{address}"' in markup
        assert client.get(address).status_code == 200


def test_every_page_leads_to_it(client):
    april_12()
    for address in ("/", "/records/2026-04-12/", "/nope"):
        footer = part(client.get(address).content.decode(), "<footer", "</footer>")
        assert 'href="/data/"' in footer


def test_it_explains_every_field_of_every_part(client):
    markup = html_of(client.get("/data/"))
    for name, fields in PARTS.items():
        rows = rows_of(part(markup, f'id="part-{name}"', "</table>") + "</tbody>")
        assert [row[0] for row in rows] == [field.name for field in fields]
        assert all(form and meaning for _, form, meaning in rows)


@time_machine.travel("2026-05-02T23:30:00Z", tick=False)
def test_it_says_under_which_licence_and_how_to_cite(client, settings):
    settings.SITE_URL = "https://records.example.org"
    SiteProfile(author_name="Ada Example", licence="CC BY 4.0", time_zone="Europe/Berlin").save()
    cited = "Ada Example: Leverage Records. https://records.example.org/, retrieved 2026-05-03, CC BY 4.0."
    assert cited in page_text(client, "/data/")


def test_it_counts_what_is_public_alone(client):
    day(tasks=[task(), task()])
    draft(APRIL_12 + timedelta(days=1), [task()])
    assert "1 record and 2 tasks" in page_text(client, "/data/")


def test_an_empty_site_has_empty_files_of_every_form(client):
    assert "0 records and 0 tasks" in page_text(client, "/data/")
    assert "No licence is stated." in page_text(client, "/data/")
    whole, lines, packed = (client.get(address).getvalue() for address in FILES)
    assert json.loads(whole)["days"] == []
    assert json.loads(lines)["schema"] == 1
    assert csv_in(packed, "days.csv") == []


def test_the_files_hold_the_public_days_in_every_form(client):
    day(tasks=[task("Parser: reads", "1.5", "7.25", None, category=category("Testing"))], tags=["AI"])
    draft(APRIL_12 + timedelta(days=1), [task()])
    whole, lines, packed = (client.get(address) for address in FILES)
    body = json.loads(whole.getvalue())
    assert [each["date"] for each in body["days"]] == ["2026-04-12"]
    assert [json.loads(line) for line in lines.getvalue().splitlines()[1:]] == body["days"]
    data = packed.getvalue()
    assert (
        csv_in(data, "tasks.csv")[0] | {"day": "2026-04-12", "human_hours": "1.5"}
        == csv_in(data, "tasks.csv")[0]
    )
    assert csv_in(data, "tags_of_days.csv") == [{"day": "2026-04-12", "tag": "AI"}]
    assert whole["Content-Type"].startswith("application/json")
    assert packed["Content-Disposition"] == 'attachment; filename="leverage-records.zip"'


def test_it_takes_as_many_queries_for_many_days_as_for_one(client, django_assert_num_queries):
    day(tasks=[task()])
    with django_assert_num_queries(5):
        client.get("/data/")
    for distance in range(1, 6):
        day(APRIL_12 - timedelta(days=distance), [task()])
    with django_assert_num_queries(5):
        client.get("/data/")


def test_the_whole_takes_as_many_queries_for_twenty_days_as_for_two(client, django_assert_max_num_queries):
    for distance in range(20):
        day(APRIL_12 - timedelta(days=distance), [task()], tags=["AI"])
    for address in FILES:
        with django_assert_max_num_queries(30):
            client.get(address).getvalue()
