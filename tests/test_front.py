"""What stands before Django: known answers, given without asking it, and never to the wrong reader."""

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client

from records import publishing
from records.models import Day
from records.revision import postgres, sqlite
from records.revision.front import Front, in_front_of
from records.revision.store import Answer, Memory
from tests.factories import APRIL_12, day, draft, task
from tests.pages import RECORD

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "localhost"


class Got(NamedTuple):
    """An answer as a server passes it on."""

    status: int
    headers: dict[str, str]
    body: bytes


class Site:
    """The site as it is served, with a count of what reached Django."""

    def __init__(self) -> None:
        self.django, self.asked = WSGIHandler(), 0
        front = in_front_of(self._django)
        assert isinstance(front, Front)
        self.front = front

    def _django(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, address: str, method: str = "GET", scheme: str = "http", **headers: str) -> Got:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        begun: list[Any] = []
        response: Any = self.front(environ, lambda *what: begun.extend(what))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return Got(int(begun[0].split()[0]), dict(begun[1]), body)

    def reaches_django(self, address: str, **headers: str) -> bool:
        """Whether a request comes as far as that."""
        before = self.asked
        self.get(address, **headers)
        return self.asked > before


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.WARM_PAGES = False
    made = Site()
    yield made
    made.front.close()


def edit(lede: str) -> None:
    Day.objects.filter(date=APRIL_12).update(lede=lede)


def cookie_of_an_author() -> str:
    client = Client()
    client.force_login(User.objects.create_superuser("author"))
    return f"theme=dark; sessionid={client.cookies['sessionid'].value}"


def test_what_was_made_once_is_given_again_word_for_word_without_asking_django(site: Site):
    day(tasks=[task()])
    for encoding in ("br", "gzip", ""):
        first = site.get(RECORD, accept_encoding=encoding)
        asked = site.asked
        again = site.get(RECORD, accept_encoding=encoding)
        assert first == again
        assert site.asked == asked
        assert first.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert site.asked == 3


def test_who_holds_the_right_answer_is_not_sent_it_and_django_not_asked(site: Site):
    day(tasks=[task()])
    for address in (RECORD, "/tasks.csv", "/card.png", "/feeds/atom.xml"):
        first = site.get(address, accept_encoding="gzip, br")
        held = first.headers["ETag"]
        asked = site.asked
        for sent in (held, f"W/{held}", f'"another", {held}'):
            again = site.get(address, accept_encoding="gzip, br", if_none_match=sent)
            assert (again.status, again.body, site.asked) == (304, b"", asked), address
            assert again.headers.items() <= first.headers.items()
            assert {"ETag", "Cache-Control"} <= again.headers.keys()
    assert site.get(RECORD, if_none_match="*").status == 304
    assert site.get("/nowhere/", if_none_match="*").status == 404


def test_an_edit_shows_at_the_next_request(site: Site):
    day(tasks=[task()])
    for number in range(5):
        held = site.get(RECORD).headers["ETag"]
        edit(f"The edit of number {number}.")
        answer = site.get(RECORD, if_none_match=held)
        assert answer.status == 200
        assert f"The edit of number {number}.".encode() in answer.body


def test_an_author_neither_reads_nor_fills_what_is_kept(site: Site):
    draft(tasks=[task()], title="Not to be seen")
    author, preview = cookie_of_an_author(), f"{RECORD}preview/"
    for address in (RECORD, preview, "/", "/admin/"):
        site.get(address, cookie=author)
    assert b"Not to be seen" in site.get(preview, cookie=author).body
    assert site.get(preview).status == 302
    assert site.get(RECORD).status == 404
    assert b"Not to be seen" not in site.get("/").body
    assert site.reaches_django("/", cookie=author)
    assert site.get("/", cookie=author).headers["Cache-Control"] == "private, no-store"
    assert not site.reaches_django("/")


def test_a_preview_by_link_is_not_kept_and_ends_when_it_ends(site: Site):
    made = draft(tasks=[task()])
    address = f"/preview/{publishing.preview_token(made, timedelta(days=1))}/"
    assert site.get(address).status == 200
    assert site.reaches_django(address)
    publishing.revoke_previews(made)
    assert site.get(address).status == 404


def test_a_record_that_is_withdrawn_is_gone_at_once(site: Site):
    made = day(tasks=[task()])
    assert site.get(RECORD).status == 200
    publishing.withdraw(made, reason="not ours to show")
    assert site.get(RECORD).status == 410


def test_a_wrong_host_is_refused_though_the_answer_is_known(site: Site):
    held = site.get("/").headers["ETag"]
    for sent in ({}, {"if_none_match": held}, {"if_none_match": "*"}):
        assert site.get("/", host="elsewhere.example", **sent).status == 400
    assert site.get("/", host=f"{HOST}:8123").status == 200


def test_a_request_without_https_is_sent_there_though_the_answer_is_known(settings: Any):
    settings.SECURE_SSL_REDIRECT, settings.WARM_PAGES, settings.SECURE_HSTS_SECONDS = True, False, 60
    site = Site()
    secure = site.get("/", scheme="https")
    assert "Strict-Transport-Security" in secure.headers
    for sent in ({}, {"if_none_match": secure.headers["ETag"]}):
        assert site.get("/", **sent).status == 301
    assert site.get("/", scheme="https").headers == secure.headers
    assert site.asked == 3
    site.front.close()


def test_a_head_has_the_headers_and_no_body(site: Site):
    day(tasks=[task()])
    made = site.get(RECORD, "HEAD")
    got = site.get(RECORD)
    known = site.get(RECORD, "HEAD")
    assert made == known == got._replace(body=b"")
    streamed = site.get("/tasks.csv", "HEAD")
    assert (streamed.status, streamed.body) == (200, b"")
    assert streamed.headers == site.get("/tasks.csv").headers


def test_a_post_goes_to_django(site: Site):
    site.get("/")
    assert site.get("/", "POST").status in (200, 403, 405)
    assert site.asked == 2


def test_what_is_not_found_or_refused_or_streamed_is_not_kept(site: Site):
    day(tasks=[task()])
    for address in (
        "/nowhere/",
        "/tasks.csv?sort=x",
        "/records",
        "/tasks.csv",
        "/healthz",
        "/data/records.json",
    ):
        site.get(address)
        assert site.reaches_django(address), address


def test_made_up_queries_displace_no_page_and_long_ones_are_not_kept(settings: Any):
    settings.PAGE_CACHE_MB, settings.WARM_PAGES = 1, False
    site = Site()
    site.get("/")
    for number in range(60):
        site.get(f"/method/?made-up={number}")
    assert not site.reaches_django("/")
    assert not site.reaches_django("/method/?made-up=59")
    assert site.reaches_django("/method/?made-up=0")
    long = f"/method/?made-up={'x' * 500}"
    site.get(long)
    assert site.reaches_django(long)
    site.front.close()


def test_queries_that_differ_are_not_taken_for_each_other(site: Site):
    day(tasks=[task("Parser: reads"), task("Writer: writes")])
    found = [site.get(f"/tasks/?q={word}").body for word in ("parser", "writer", "parser")]
    assert found[0] == found[2] != found[1]


def test_machines_that_share_a_cache_share_what_each_has_made(settings: Any, tmp_path: Any):
    kept = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES, settings.WARM_PAGES = {**settings.CACHES, "default": kept}, False
    one, other = Site(), Site()
    assert one.get("/") == other.get("/")
    assert (one.asked, other.asked) == (1, 0)
    one.front.close()
    other.front.close()


def test_while_a_shared_cache_is_away_pages_are_given_without_it(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    kept = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES, settings.WARM_PAGES = {**settings.CACHES, "default": kept}, False
    asked = []

    def away(*args: object) -> None:
        asked.append(args)
        raise ConnectionError("connection refused")

    site = Site()
    monkeypatch.setattr(caches["default"], "get", away)
    monkeypatch.setattr(caches["default"], "set", away)
    for address in ("/", "/method/"):
        assert site.get(address).status == 200
        assert not site.reaches_django(address), "this machine's own memory serves on"
    assert len(asked) == 1, "and does not wait for it again and again"
    site.front.close()


def test_while_the_database_is_away_nothing_that_is_kept_is_shown(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    held = site.get("/").headers["ETag"]
    monkeypatch.setattr(site.front._look._watch, "marks", _away)
    assert site.reaches_django("/")
    assert site.reaches_django("/", if_none_match=held)


def _away() -> tuple[int, ...]:
    raise OSError("no such file")


def test_a_connection_that_the_server_ended_is_opened_anew(site: Site):
    if connection.vendor != "postgresql":
        return  # a file ends nothing
    site.get("/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND query = %s AND datname = current_database()",
            [postgres.LEASED],
        )
        ended = cursor.fetchall()
    assert ended
    assert set(ended) == {(True,)}
    assert not site.reaches_django("/")


def test_who_has_asked_while_nobody_writes_need_not_ask_again_for_a_moment(site: Site, monkeypatch: Any):
    if connection.vendor != "postgresql":
        return  # to ask costs nothing there
    monkeypatch.setattr(postgres, "LEASE", 60)
    looks = watched_looks(site, monkeypatch)
    site.get("/")
    site.get("/")
    assert len(looks) == 1


def test_while_somebody_writes_every_request_asks(site: Site, monkeypatch: Any):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(postgres, "LEASE", 60)
    day(tasks=[task()])
    with somebody_who_writes("Not yet."):
        looks = watched_looks(site, monkeypatch)
        assert b"Not yet." not in site.get(RECORD).body + site.get(RECORD).body
        assert len(looks) == 2
    assert b"Not yet." in site.get(RECORD).body
    site.get(RECORD)
    assert len(looks) == 3, "what is found after the commit can be relied on"


@contextmanager
def somebody_who_writes(lede: str) -> Iterator[None]:
    """On a connection of their own, and done at the end."""
    written, done = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            edit(lede)
            written.set()
            done.wait(20)
        connection.close()

    somebody = threading.Thread(target=write)
    somebody.start()
    try:
        assert written.wait(20)
        yield
    finally:
        done.set()
        somebody.join(20)


def test_where_writers_do_not_wait_every_request_asks(site: Site, monkeypatch: Any):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(postgres, "LEASE", 60)
    monkeypatch.setattr(postgres, "REVISED", "as a later version has it")
    looks = watched_looks(site, monkeypatch)
    site.get("/")
    site.get("/")
    assert len(looks) == 2


def watched_looks(site: Site, monkeypatch: Any) -> list[None]:
    """One entry for each question to the database how the site stands, from now on."""
    watch: Any = site.front._look._watch
    asked, looks = watch._asked, list[None]()

    def ask() -> Any:
        looks.append(None)
        return asked()

    monkeypatch.setattr(watch, "_asked", ask)
    return looks


def test_after_a_change_what_is_asked_for_most_is_made_by_itself(settings: Any):
    settings.WARM_PAGES = True
    site = Site()
    day(tasks=[task()])
    site.get("/method/")
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join(timeout=30)
    for address in ("/", RECORD, "/feeds/atom.xml", "/feeds/rss.xml", "/feeds/feed.json", "/dashboard/"):
        assert not site.reaches_django(address, accept_encoding="gzip, br", accept="*/*"), address
    site.front.close()


def test_memory_is_bounded_and_keeps_what_is_asked_for():
    memory = Memory(10_000)
    for number in range(100):
        memory.put(str(number), Answer((("ETag", str(number)),), bytes(800)))
        memory.get("0")
    kept = {number: answer for number in range(100) if (answer := memory.get(str(number)))}
    assert [*kept] == [0, *range(100 - len(kept) + 1, 100)]
    assert 8_000 < sum(answer.size for answer in kept.values()) <= 10_000
    memory.put("huge", Answer((), bytes(5_000)))
    assert memory.get("huge") is None


def test_another_file_in_the_place_of_the_database_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sqlite, "EVERY", 0)
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"{number}.sqlite3")
        with closing(sqlite3.connect(files[-1])) as made, made:
            made.execute("CREATE TABLE records_siterevision (id integer PRIMARY KEY, mark bigint)")
            made.execute("INSERT INTO records_siterevision (mark) VALUES (?)", [number])
    database: Any = SimpleNamespace(settings_dict={"NAME": files[0]})
    watch = sqlite.Watch(database)
    assert watch.marks() == (1,)
    files[1].replace(files[0])
    assert watch.marks() == (2,)
    watch.close()
