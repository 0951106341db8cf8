"""One revision of all that is public: whatever is written changes it, and every answer is named by it."""

import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped] # comes with whitenoise, without types
import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from records import publishing
from records.models import Category, Day, SiteProfile, SiteRevision, Tag
from records.revision import watched
from records.revision.build import build_digest
from tests.addresses import a_whole_site, public_addresses
from tests.factories import LONG_AGO, day, draft, task
from tests.pages import RECORD

pytestmark = pytest.mark.django_db

SHARED = "public, max-age=0, must-revalidate"
STRONG = re.compile(r'"[0-9a-f]{24}(-[0-9a-f]{12})?(-identity|-gzip|-br)?"')
# Kept by the triggers of the index of words, from rows that are watched.
OF_THE_SEARCH = {"records_task_words", "records_day_words", "records_task_parts"}


def etag(client: Client, address: str = "/", **headers: str) -> str:
    """The name of an answer."""
    return client.get(address, headers=headers)["ETag"]


def warnings() -> str:
    """What `check` says of the database."""
    said = StringIO()
    call_command("check", databases=["default"], stderr=said)
    return said.getvalue()


def drop_a_trigger() -> None:
    """As something does that remakes a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER records_tag_revised ON records_tag")
        else:
            cursor.execute("DROP TRIGGER records_tag_revised_update")


def test_every_public_answer_has_a_name_and_is_not_sent_to_who_holds_it(client: Client):
    a_whole_site()
    for address in public_addresses():
        first, again = client.get(address), client.get(address)
        assert first.status_code == 200, address
        assert (first["Cache-Control"], again["ETag"]) == (SHARED, first["ETag"]), address
        assert STRONG.fullmatch(first["ETag"]), address
        assert first.getvalue() == again.getvalue(), address
        with CaptureQueriesContext(connection) as asked:
            held = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (held.status_code, held.content, len(asked)) == (304, b"", 0), address
        kept = ("ETag", "Cache-Control", "Vary")
        assert [held.get(name) for name in kept] == [first.get(name) for name in kept], address


def test_what_is_the_same_for_a_state_of_the_site_is_asked_once_and_follows_every_change(client: Client):
    day(tasks=[task()])
    client.get(RECORD)
    with CaptureQueriesContext(connection) as asked:
        client.get(RECORD)
    assert not any("records_siteprofile" in query["sql"] for query in asked)
    SiteProfile(site_name="Another name").save()
    assert "Another name" in client.get(RECORD).content.decode()


def test_who_has_logged_in_is_told_nothing_that_was_kept(admin_client: Client, client: Client):
    day(tasks=[task()])
    client.get(RECORD)
    with CaptureQueriesContext(connection) as asked:
        admin_client.get(RECORD)
    assert any("records_siteprofile" in query["sql"] for query in asked)


def test_each_address_has_a_name_of_its_own(client: Client):
    a_whole_site()
    names = [etag(client, address) for address in public_addresses()]
    assert len({*names}) == len({*public_addresses()})


def test_no_public_answer_reads_a_table_that_nobody_watches(client: Client):
    a_whole_site()
    with CaptureQueriesContext(connection) as asked:
        for address in public_addresses():
            client.get(address).getvalue()
    read = {
        table for each in asked for table in re.findall(r'(?:FROM|JOIN) "?(\w+)', each["sql"], re.IGNORECASE)
    }
    tables = read & set(connection.introspection.table_names())
    assert len(tables) > 6
    assert tables - OF_THE_SEARCH <= set(watched.tables())


@pytest.mark.parametrize("change", ["UPDATE {table} SET {key} = {key}", "DELETE FROM {table}"])
def test_a_row_of_any_public_table_changes_every_name_whichever_way_it_is_written(
    client: Client, change: str
):
    a_whole_site()
    models = {each._meta.db_table: each for each in apps.get_models(include_auto_created=True)}
    unchanged = []
    for table in watched.tables():
        key = models[table]._meta.pk.column
        before = etag(client, "/robots.txt")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table=table, key=key))
            unchanged += [table] * (etag(client, "/robots.txt") == before)
            transaction.set_rollback(True)
        assert etag(client, "/robots.txt") == before
    assert unchanged == []


def test_each_write_of_one_transaction_is_seen_by_who_reads_between_them(client: Client):
    made = day(tasks=[task()])
    names = [etag(client, RECORD)]
    for number in range(3):
        Day.objects.filter(pk=made.pk).update(lede=f"Lede {number}.")
        names.append(etag(client, RECORD))
    assert len({*names}) == 4


def test_what_is_taken_back_leaves_the_name_as_it_was(client: Client):
    day(tasks=[task()])
    before = etag(client, RECORD)
    with transaction.atomic():
        Category.objects.create(name="Testing", slug="testing")
        transaction.set_rollback(True)
    assert etag(client, RECORD) == before


def test_a_working_copy_changes_nothing(client: Client, admin_user: Any):
    made = day(tasks=[task()])
    before = etag(client, RECORD)
    publishing.keep_typed(admin_user, made, {"lede": "Half a sent"})
    assert etag(client, RECORD) == before


def test_the_check_says_which_trigger_is_missing_and_a_migrate_mends_it(client: Client):
    assert "records.W002" not in warnings()
    before = etag(client)
    drop_a_trigger()
    assert "records.W002" in warnings()
    assert "records_tag_revised" in warnings()
    call_command("migrate", verbosity=0)
    assert "records.W002" not in warnings()
    assert etag(client) != before, "what was written meanwhile is not known"


def test_a_day_that_appears_by_the_clock_changes_every_name(client: Client):
    due = LONG_AGO.replace(hour=9)
    day(tasks=[task()], published_at=due)
    with time_machine.travel(due - timedelta(seconds=1), tick=False):
        before, names = client.get(RECORD), [etag(client)]
    with time_machine.travel(due, tick=False):
        after = client.get(RECORD)
        names.append(etag(client))
    assert (before.status_code, after.status_code) == (404, 200)
    assert names[0] != names[1]


def test_midnight_where_the_author_lives_changes_every_name_as_pages_say_what_day_it_is(client: Client):
    SiteProfile(time_zone="America/New_York").save()
    day(tasks=[task()])
    midnight = datetime(2026, 7, 2, 4, tzinfo=UTC)
    names = []
    for moment in (midnight - timedelta(hours=23), midnight - timedelta(seconds=1), midnight):
        with time_machine.travel(moment, tick=False):
            names.append(etag(client, RECORD))
    assert names[0] == names[1] != names[2]


def test_each_encoding_has_a_name_of_its_own_and_the_same_text(client: Client):
    day(tasks=[task()])
    answers = {
        encoding: client.get(RECORD, headers={"accept-encoding": encoding})
        for encoding in ("br", "gzip", "", "gzip, br;q=0.5", "br;q=0, gzip;q=0")
    }
    plain = answers[""].content
    assert brotli.decompress(answers["br"].content) == plain == gzip.decompress(answers["gzip"].content)
    assert answers["br;q=0, gzip;q=0"].content == plain
    encodings = [answer.get("Content-Encoding") for answer in answers.values()]
    assert encodings == ["br", "gzip", None, "br", None]
    assert len({answer["ETag"] for answer in answers.values()}) == 3
    assert {answer["Vary"] for answer in answers.values()} == {"Accept-Encoding"}
    for answer in answers.values():
        assert int(answer["Content-Length"]) == len(answer.content)


def test_a_picture_has_one_form_whatever_is_taken(client: Client):
    answers = [client.get("/card.png", headers={"accept-encoding": each}) for each in ("", "gzip", "br")]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {(answer["ETag"], answer.get("Vary")) for answer in answers} == {(answers[0]["ETag"], None)}


def test_a_feed_depends_on_what_a_client_takes_and_says_so(client: Client):
    day(tasks=[task()])
    browser, reader = ({"accept": accept} for accept in ("text/html,*/*;q=0.8", "*/*"))
    names = [etag(client, "/feeds/atom.xml", **headers) for headers in (browser, reader)]
    assert names[0] != names[1]
    assert client.get("/feeds/atom.xml")["Vary"] == "Accept, Accept-Encoding"
    other = client.get("/feeds/atom.xml", headers={**reader, "if-none-match": names[0]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ("{etag}", 304),
        ("W/{etag}", 304),
        ('"another", W/"yet another", {etag}', 304),
        ("*", 304),
        ('"another"', 200),
        ("{etag}x", 200),
        ("", 200),
        ('{stem}-gzip"', 200),
    ],
)
def test_the_names_that_a_client_holds_are_compared_weakly(client: Client, held: str, status: int):
    day(tasks=[task()])
    name = etag(client, RECORD)
    sent = held.format(etag=name, stem=name.removesuffix('-identity"'))
    assert client.get(RECORD, headers={"if-none-match": sent}).status_code == status


def test_a_head_says_what_a_get_would(client: Client):
    day(tasks=[task()])
    for address in (RECORD, "/tasks.csv", "/card.png"):
        got, head = client.get(address), client.head(address)
        assert (head.status_code, head.getvalue()) == (200, b""), address
        assert dict(head.items()) == dict(got.items()), address


def test_who_has_logged_in_is_answered_privately_and_under_no_name(client: Client, admin_client: Client):
    day(tasks=[task()])
    held = etag(client, RECORD)
    for answer in (
        admin_client.get(RECORD, headers={"if-none-match": held}),
        client.get(RECORD, headers={"authorization": "Bearer x", "if-none-match": held}),
    ):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert "ETag" not in answer


@pytest.mark.parametrize(
    "address", ["/healthz", "/data/records.json", "/admin/login/", "/records/2026-04-12/preview/"]
)
def test_what_is_never_the_same_twice_or_for_one_reader_has_no_name(client: Client, address: str):
    draft(tasks=[task()])
    answer = client.get(address)
    assert "ETag" not in answer
    assert "no-cache" in answer["Cache-Control"]


def test_a_preview_by_link_has_no_name(client: Client):
    made = draft(tasks=[task()])
    answer = client.get(f"/preview/{publishing.preview_token(made, timedelta(days=1))}/")
    assert (answer.status_code, "ETag" in answer, "no-store" in answer["Cache-Control"]) == (200, False, True)


def test_what_leads_elsewhere_or_nowhere_is_asked_about_again(client: Client):
    made = day(tasks=[task()])
    publishing.withdraw(made, reason="not ours to show")
    for address, status in ((RECORD, 410), ("/nowhere/", 404), ("/records", 301), ("/tasks.csv?sort=x", 400)):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"], "ETag" in answer) == (status, "no-cache", False)


def test_a_wrong_host_learns_nothing_from_a_right_name(client: Client):
    held = etag(client)
    answer = client.get("/", headers={"host": "elsewhere.example", "if-none-match": held})
    assert answer.status_code == 400


def test_while_code_and_templates_may_change_nothing_has_a_name(client: Client, settings: Any):
    settings.DEBUG = True
    assert "ETag" not in client.get("/")


def in_another_thread(act: Any) -> Any:
    """What ``act`` gives on a connection of its own; it must not have to wait."""

    def alone() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_of_writers_at_once_none_waits_and_each_changes_the_name(client: Client):
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time, with or without a revision
    names = [etag(client)]
    with transaction.atomic():
        Category.objects.create(name="Testing", slug="testing")
        in_another_thread(lambda: Tag.objects.create(name="AI", slug="ai"))
        names.append(in_another_thread(lambda: etag(Client())))
    names.append(etag(client))
    Tag.objects.create(name="Time", slug="time")
    names.append(etag(client))
    assert len({*names}) == 4
    assert SiteRevision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_is_of_one_moment_whatever_is_written_while_it_is_made(client: Client):
    made = day(tasks=[task()], title="First title")
    read = client.get("/tasks.json")  # streamed: its rows are read when sent
    in_another_thread(lambda: Day.objects.filter(pk=made.pk).delete())
    assert b"Parser: reads every form" in read.getvalue()
    assert json.loads(client.get("/tasks.json").getvalue())["count"] == 0


def test_names_say_what_runs_and_not_where_it_lies(settings: Any, tmp_path: Path):
    digests = []
    for place in ("one", "other"):
        settings.BASE_DIR, settings.STATIC_ROOT = tmp_path / place, tmp_path / place / "static"
        (settings.BASE_DIR / "records").mkdir(parents=True)
        source = settings.BASE_DIR / "records" / "page.py"
        source.write_text("page = 1")
        digests.append(build_digest.__wrapped__())
    source.write_text("page = 2")
    assert digests[0] == digests[1] != build_digest.__wrapped__()


@pytest.mark.django_db(transaction=True)
def test_after_everything_was_emptied_changes_are_seen_again(client: Client):
    call_command("flush", verbosity=0, interactive=False)
    before = etag(client)
    Category.objects.create(name="Testing", slug="testing")
    assert etag(client) != before


def test_going_back_to_before_leaves_no_trigger_that_writes_what_is_gone(client: Client):
    watched.backend(connection).forget(connection)
    Category.objects.create(name="Testing", slug="testing")
    assert len(watched.missing(connection)) >= len(watched.tables())
