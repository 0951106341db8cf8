"""One site, served by several processes, edited and read at random: what is read must be what was written.

Every edit writes its number into all that a page is made of, in one transaction. A page may then show one
number only: none below that of the last edit finished before it was asked for, none above that of the last
one begun before it had come.
"""

import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import brotli  # type: ignore[import-untyped] # comes with whitenoise, without types

ROOT = Path(__file__).resolve().parent.parent
ON = "2026-04-12"
MARK = re.compile(rb"edit-(\d+)-")
PAGES = (
    *(
        "/",
        "/records/",
        f"/records/{ON}/",
        f"/records/{ON}.json",
        f"/records/{ON}.csv",
        "/tasks/",
        "/method/",
    ),
    *(
        "/tasks.csv",
        "/tasks.json?sort=-factor",
        "/tasks/?q=parser",
        "/categories/",
        "/feeds/atom.xml",
        "/search/?q=parser",
    ),
    *("/feeds/feed.json", "/dashboard/", "/data/", "/sitemap.xml"),
)
DECODED: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": lambda body: zlib.decompress(body, 31),
    "": lambda body: body,
}


@dataclass
class Proof:
    """What was edited and read, and what was wrong with it."""

    begun: int = 0
    done: int = 0
    read: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Reader:
    """Reads pages of several servers, and keeps what it was given as a browser does."""

    def __init__(self, ports: Sequence[int], pages: Sequence[str], proof: Proof, seed: int) -> None:
        self.pages, self.proof, self.random = pages, proof, random.Random(seed)
        self.connections = {port: HTTPConnection("127.0.0.1", port, timeout=60) for port in ports}
        self.held: dict[tuple[str, str], tuple[str, bytes]] = {}

    def close(self) -> None:
        """Leave the servers."""
        for connection in self.connections.values():
            connection.close()

    def read(self) -> None:
        """Ask for any page in any encoding, once or twice, each time any server."""
        path = self.random.choice(self.pages)
        encoding = self.random.choice(("br", "gzip", "", "gzip, br"))
        for _ in range(self.random.randint(1, 2)):
            self.look(self.connections[self.random.choice(list(self.connections))], path, encoding)

    def look(self, connection: HTTPConnection, path: str, encoding: str) -> None:
        """Ask a server for a page and look at the numbers on it."""
        least = self.proof.done
        body = self.asked(connection, path, encoding)
        most = self.proof.begun
        numbers = {int(number) for number in MARK.findall(body)}
        if len(numbers) > 1:
            self.proof.faults.append(f"{path}: mixed from the edits {sorted(numbers)}")
        elif numbers and not least <= min(numbers) <= most:
            self.proof.faults.append(f"{path}: edit {min(numbers)}, when it was {least} to {most}")

    def asked(self, connection: HTTPConnection, path: str, encoding: str) -> bytes:
        """The body of a page: the one it has, where the server says that it is right."""
        tag, body = self.held.get((path, encoding), ("", b""))
        headers = {"Accept-Encoding": encoding, **({"If-None-Match": tag} if tag else {})}
        response, sent = answer_of(connection, path, headers)
        self.proof.read[str(response.status)] += 1
        if response.status == 304:
            return body
        if response.status != 200:
            self.proof.faults.append(f"{path}: answered {response.status}")
            return b""
        found = DECODED[response.headers.get("Content-Encoding", "")](sent)
        self.held[path, encoding] = response.headers.get("ETag", ""), found
        return found


def answer_of(connection: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
    """The answer and its body; asked twice where the server had ended an idle connection."""
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
    except ConnectionError:
        connection.close()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
    return response, response.read()


class Writer:
    """Edits the site in every way there is, on the database that Django is set up for."""

    def __init__(self, proof: Proof, seed: int) -> None:
        self.proof, self.random = proof, random.Random(seed)

    def prepare(self) -> None:
        """A public day with some tasks, and edit 0."""
        from tests.factories import category, day, task

        testing = category("Testing")
        tasks = [task(f"Parser {number}", str(number), category=testing) for number in range(1, 9)]
        day(tasks=tasks, tags=["AI"])
        self.write(0)

    def edit(self) -> None:
        """The next edit, in one transaction."""
        number = self.proof.begun = self.proof.begun + 1
        self.write(number)
        self.proof.done = number

    def write(self, number: int) -> None:
        """Write a number to everything that pages are made of, in any order."""
        from django.db import transaction

        ways = [self._site, self._day, self._tasks, self._category]
        self.random.shuffle(ways)
        with transaction.atomic():
            for way in ways:
                way(f"edit-{number}-")

    def _site(self, text: str) -> None:
        from records.models import SiteProfile

        profile = SiteProfile.load()
        profile.site_name = f"{text}site"
        profile.save()

    def _day(self, text: str) -> None:
        from records.models import Day

        Day.objects.filter(date=ON).update(lede=f"{text}lede", title=f"{text}title")

    def _tasks(self, text: str) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE records_task SET name = %s, description = %s", [f"{text}task", f"{text}parser"]
            )

    def _category(self, text: str) -> None:
        from records.models import Category

        each = Category.objects.get()
        each.name, each.description = f"{text}name", f"{text}category"
        Category.objects.bulk_update([each], ["name", "description"])


def prove(
    ports: Sequence[int], edits: int, readers: int, pages: Sequence[str] = PAGES, seed: int = 1
) -> Proof:
    """Edit so many times, with pauses at random, while several readers read, and read after each edit."""
    proof = Proof()
    writer = Writer(proof, seed)
    writer.prepare()
    over = threading.Event()
    reading = [Reader(ports, pages, proof, seed + number) for number in range(readers + 1)]

    def keep_reading(reader: Reader) -> None:
        while not over.is_set():
            reader.read()

    threads = [threading.Thread(target=keep_reading, args=[reader]) for reader in reading[1:]]
    for thread in threads:
        thread.start()
    for _ in range(edits):
        writer.edit()
        reading[0].read()
        time.sleep(writer.random.choice((0, 0, 0.01)))
    over.set()
    for thread in threads:
        thread.join()
    for reader in reading:
        reader.close()
    return proof


@contextmanager
def served(url: str, processes: int = 2, **variables: str) -> Iterator[list[int]]:
    """The site on a database, served by so many processes; gives their ports."""
    with ExitStack() as running:
        ports = [running.enter_context(_server(url, variables)) for _ in range(processes)]
        for port in ports:
            _wait_for(port)
        yield ports


@contextmanager
def _server(url: str, variables: dict[str, str]) -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    site = {"DATABASE_URL": url, "SITE_URL": "http://localhost", "ALLOWED_HOSTS": "127.0.0.1", **variables}
    command = (
        *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"),
        *("--bind", f"127.0.0.1:{port}", "leverage_site.wsgi"),
    )
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **site})
    try:
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection, suppress(OSError):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("The server does not answer.")
