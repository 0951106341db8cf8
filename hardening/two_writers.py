#!/usr/bin/env python3
"""Many writers at one day: exactly one wins each time, nobody's text is lost, nothing ends in a 5xx.

Run `.venv/bin/python hardening/two_writers.py [--writers 16] [--rounds 50] [--only sqlite]`. Starts the site
as it is served (gunicorn, processes and threads), logs a number of authors in, and lets all of them open one
day and save it at the same moment through its form: each with a lede of their own and a text in a task of
their own.
In every fifth round the losers go on, all at once, until each has saved; then every text has to stand there.
In every tenth all of them make the same new day. Exits with 1 when something is lost.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Barrier
from typing import NamedTuple, TypeAlias
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener, urlopen

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
sys.path.insert(0, str(ROOT))
PORT = 8911
PASSWORD = "typed by sixteen at once"
FIRST_DAY = date(2026, 1, 1)
LOSERS_GO_ON, NEW_DAY = 5, 10  # every so many rounds
KINDS = ("won", "asked", "text lost", "5xx", "other")
# The authors, and a day with a task for each of them.
PREPARE = """
from datetime import date
from decimal import Decimal
from django.contrib.auth.models import User
from records import publishing
from records.models import Day, Task
for number in range({writers}):
    User.objects.create_superuser(f"author{{number}}", password="{password}")
day = Day(date=date(2025, 12, 31))
tasks = [Task(description=f"Task {{n}}", human_hours=Decimal(8), agent_minutes=Decimal(9)) for n in range({writers})]
publishing.save_day(day, tasks)
print(day.pk)
"""  # noqa: E501


class Answer(NamedTuple):
    """What a request gave."""

    status: int
    body: str


class _Stays(HTTPRedirectHandler):
    """Leaves an answer that sends elsewhere as it is: it tells that something was saved."""

    def redirect_request(self, *_: object) -> None:
        return None


class Writer:
    """One author in a browser without script: forms are read from pages and posted back."""

    def __init__(self, address: str, number: int) -> None:
        self.address, self.number = address, number
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stays())
        self.page = ""
        log_in = self.fields("login-form", "/admin/login/")
        answer = self.send("/admin/login/", {**log_in, "username": f"author{number}", "password": PASSWORD})
        assert answer.status == 302, answer

    def send(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Ask for a page, or post to it."""
        data = urlencode(fields).encode() if fields is not None else None
        try:
            with self.opener.open(Request(f"{self.address}{path}", data), timeout=120) as response:
                return Answer(response.status, response.read().decode())
        except HTTPError as error:
            return Answer(error.code, error.read().decode())
        except (URLError, OSError) as error:
            return Answer(599, str(error))

    def fields(self, form: str, path: str) -> dict[str, str]:
        """The fields of a form of a page, as they would be posted."""
        return fields_of(self.send(path).body, form)

    def text(self, occasion: str) -> str:
        """What only this author types, and only then."""
        return f"Text of author {self.number:02} in {occasion}."


def fields_of(page: str, form: str) -> dict[str, str]:
    """The fields of a form on a page."""
    from tests.desk import FormReader

    reader = FormReader(form)
    reader.feed(page)
    return reader.fields


Waiting: TypeAlias = list[tuple[Writer, Answer]]


class Contest:
    """Writers at the days of one site, and what became of what they typed."""

    def __init__(self, address: str, writers: int, day: str) -> None:
        self.form = f"/admin/records/day/{day}/change/"
        with ThreadPoolExecutor(writers) as pool:
            self.writers = list(pool.map(lambda number: Writer(address, number), range(writers)))
        self.found: Counter[str] = Counter()
        self.faults: list[str] = []

    def at_once(
        self, writers: Sequence[Writer], act: Callable[[Writer], Answer], occasion: str
    ) -> list[Answer]:
        """All of them at the same moment; exactly one has to win, each other to see the own text again."""
        start = Barrier(len(writers))

        def one(writer: Writer) -> Answer:
            start.wait()
            return act(writer)

        with ThreadPoolExecutor(len(writers)) as pool:
            answers = list(pool.map(one, writers))
        kinds = [
            kind_of(answer, writer.text(occasion)) for writer, answer in zip(writers, answers, strict=True)
        ]
        self.found.update(kinds)
        if kinds.count("won") != 1:
            self.faults.append(f"{occasion}: {kinds.count('won')} won")
        return answers

    def save_one_day(self, occasion: str, *, go_on: bool) -> None:
        """All open the day, change the lede and a task of their own, and save."""
        forms = {writer.number: writer.fields("day", self.form) for writer in self.writers}

        def save(writer: Writer) -> Answer:
            text = writer.text(occasion)
            mine = {"lede": text, f"tasks-{writer.number}-description": text}
            return writer.send(self.form, {**forms[writer.number], **mine, "_save": "1"})

        waiting = losers(self.writers, self.at_once(self.writers, save, occasion))
        if go_on:
            for _ in self.writers:
                waiting = self.settle(waiting, occasion) if waiting else []
            self.look_for_all(occasion)

    def settle(self, waiting: Waiting, occasion: str) -> Waiting:
        """All who have not saved yet press the button of the page that shows both texts."""
        pages = {writer.number: answer.body for writer, answer in waiting}

        def press(writer: Writer) -> Answer:
            return writer.send(self.form, fields_of(pages[writer.number], "conflict"))

        writers = [writer for writer, _ in waiting]
        return losers(writers, self.at_once(writers, press, occasion))

    def look_for_all(self, occasion: str) -> None:
        """Every text has to be stored now."""
        stored = self.writers[0].fields("day", self.form).values()
        for writer in self.writers:
            if writer.text(occasion) not in stored:
                self.faults.append(f"{occasion}: the text of author {writer.number} is not stored")

    def make_one_day(self, occasion: str, on: date) -> None:
        """All log the same new day."""
        path = f"/admin/records/day/add/?date={on}"
        forms = {writer.number: writer.fields("day", path) for writer in self.writers}
        self.at_once(
            self.writers,
            lambda w: w.send(path, {**forms[w.number], "lede": w.text(occasion), "_save": "1"}),
            occasion,
        )


def losers(writers: Sequence[Writer], answers: Sequence[Answer]) -> Waiting:
    """Those who were shown a page instead of being sent on, with that page."""
    return [pair for pair in zip(writers, answers, strict=True) if pair[1].status == 200]


def kind_of(answer: Answer, text: str) -> str:
    """What became of a save."""
    if answer.status == 302:
        return "won"
    if answer.status >= 500:
        return "5xx"
    if answer.status == 200:
        return "asked" if text in answer.body else "text lost"
    return "other"


@contextmanager
def served(url: str, writers: int) -> Iterator[tuple[str, str]]:
    """The site on a database, as it is served; gives its address and the key of the day."""
    address = f"http://127.0.0.1:{PORT}"
    environment = {**os.environ, "DATABASE_URL": url, "SITE_URL": address, "ALLOWED_HOSTS": "127.0.0.1"}

    def manage(*arguments: str) -> str:
        ended = subprocess.run(
            [str(PYTHON), "manage.py", *arguments],
            cwd=ROOT, env=environment, text=True, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        return ended.stdout

    manage("migrate", "--verbosity=0")
    prepare = PREPARE.format(writers=writers, password=PASSWORD)
    day = manage("shell", "--no-imports", "-c", prepare).split()[-1]
    server = subprocess.Popen(
        [PYTHON, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{PORT}",
         "leverage_site.wsgi"],
        cwd=ROOT, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(address)
        yield address, day
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server does not answer.")


def contest(url: str, writers: int, rounds: int) -> Contest:
    """All rounds on one database."""
    with served(url, writers) as (address, day):
        held = Contest(address, writers, day)
        for number in range(1, rounds + 1):
            held.save_one_day(f"round {number}", go_on=number % LOSERS_GO_ON == 0)
            if number % NEW_DAY == 0:
                held.make_one_day(f"new day {number}", FIRST_DAY + timedelta(days=number))
        return held


def main() -> int:
    """Try each database and print the table."""
    from kill_imports import databases

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--only", choices=("sqlite", "postgres"), default="")
    options = parser.parse_args()
    print(f"{'':<12}{'saves':>7}" + "".join(f"{kind:>{len(kind) + 4}}" for kind in KINDS) + "    seconds")
    failed = False
    with databases(options.only) as named:
        import django

        django.setup()
        for name, url in named:
            began = time.monotonic()
            held = contest(url, options.writers, options.rounds)
            counts = "".join(f"{held.found[kind]:>{len(kind) + 4}}" for kind in KINDS)
            print(f"{name:<12}{held.found.total():>7}{counts}{time.monotonic() - began:>11.0f}")
            print("".join(f"  {fault}\n" for fault in held.faults), end="")
            failed = failed or bool(held.faults or held.found["text lost"] or held.found["5xx"])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
