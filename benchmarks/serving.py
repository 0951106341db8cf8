"""Requests a second of a record page: cached, not modified and made anew, beside other servers' of the same.

The day is the newest of 37 tasks on the site of 40,000; every server has two processes, and gets its requests
over connections that stay open.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks import servers
from benchmarks.bench import Bench
from benchmarks.load import Asked, generator, rates
from benchmarks.rows import Figure, Lacking
from benchmarks.servers import PLAIN, Server, ask
from benchmarks.sites import KEPT, MIDDLE, Site, database

ROWS_OF_A_DAY = 37
COMPRESSED = {"Accept-Encoding": "gzip"}
AS_IT_IS = "uncached, not compressed"
COLUMNS = (
    *("id", "date", "position", "name", "description", "category_id", "human_hours", "agent_minutes"),
    *("supervisory_minutes", "tokens", "factor", "supervisory_factor"),
)


@dataclass
class Contest:
    """Servers that run, by name, and why others do not."""

    stack: ExitStack
    addresses: dict[str, str] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)

    def enter(self, name: str, make: Callable[[], Server]) -> None:
        """Start a server, or note why it does not run."""
        try:
            self.addresses[name] = self.stack.enter_context(make())
        except Lacking as lacking:
            self.lacking[name] = str(lacking)
        except Exception as fault:  # the others are to be measured
            self.faults[name] = f"{name}: {fault}"

    def measure(self, asked: Mapping[str, Asked], alternations: int, seconds: float) -> None:
        """Requests a second of each."""
        found, faults = rates(asked, alternations, seconds)
        self.found |= found
        self.faults |= faults

    def ratio(self, name: str, anchor: str) -> Figure:
        """A server's requests a second by those of its anchor. Raises ``RuntimeError``, ``Lacking``."""
        for each in (name, anchor):
            if each in self.lacking:
                raise Lacking(self.lacking[each])
            if each not in self.found:
                raise RuntimeError(self.faults.get(each, f"{each} was not measured"))
        value, beside = self.found[name], self.found[anchor]
        told = f"{value:,.0f} requests a second, {anchor} {beside:,.0f}; {generator()}"
        return Figure(value / beside, told)


def measure(bench: Bench) -> None:
    """All rows of requests a second; those that share servers are measured together."""
    site = bench.database.site(MIDDLE)
    with servers.gunicorn(site) as address:
        path = path_of_day(address)
        body = ask(address, path).body
        day = json.loads(ask(address, path.rstrip("/") + ".json").body)
    if bench.wanted & {"cached-gunicorn", "cached-granian", "304-gunicorn", "304-granian"}:
        _against_nginx(bench, site, path, body)
    if bench.wanted & {"cached-uncached", "wagtail", "datasette"}:
        _uncached(bench, site, path, day)


def path_of_day(address: str, rows: int = ROWS_OF_A_DAY) -> str:
    """The path of the newest record with so many tasks."""
    days = json.loads(ask(address, "/records.json").body)["results"]
    return next(f"/records/{day['date']}/" for day in days if day["tasks"] == rows)


def _against_nginx(bench: Bench, site: Site, path: str, body: bytes) -> None:
    with ExitStack() as stack:
        contest = Contest(stack)
        contest.enter("nginx", lambda: servers.nginx(body))
        contest.enter("gunicorn", lambda: servers.gunicorn(site))
        contest.enter("granian", lambda: servers.granian(site))
        paths = {name: "/" if name == "nginx" else path for name in contest.addresses}
        pages = {
            name: Asked(address + paths[name], COMPRESSED) for name, address in contest.addresses.items()
        }
        contest.measure(pages, bench.alternations, bench.seconds)
        unchanged = dict(_not_modified(contest, paths))
        contest.measure(unchanged, bench.alternations, bench.seconds)
    for name in ("gunicorn", "granian"):
        bench.row(f"cached-{name}", partial(contest.ratio, name, "nginx"))
        bench.row(f"304-{name}", partial(contest.ratio, f"304 {name}", "304 nginx"))


def _not_modified(contest: Contest, paths: Mapping[str, str]) -> Iterator[tuple[str, Asked]]:
    """Each page asked for with the tag it was last given; noted where there is none, or no 304."""
    contest.lacking |= {f"304 {name}": why for name, why in contest.lacking.items()}
    for name, address in contest.addresses.items():
        tag = ask(address, paths[name], COMPRESSED).headers.get("etag", "")
        headers = {**COMPRESSED, "If-None-Match": tag}
        status = ask(address, paths[name], headers).status if tag else 200
        if status == 304:
            yield f"304 {name}", Asked(address + paths[name], headers, 304)
        else:
            contest.faults[f"304 {name}"] = f"{name} gives no ETag" if not tag else f"{name} answers {status}"


def _uncached(bench: Bench, site: Site, path: str, day: dict[str, object]) -> None:
    date = path.split("/")[2]

    def wagtail() -> Server:
        servers.fill_wagtail(day)
        return servers.wagtail()

    with ExitStack() as stack:
        contest = Contest(stack)
        contest.enter("cached", lambda: servers.gunicorn(site))
        contest.enter("uncached", lambda: servers.gunicorn(site, PLAIN))
        contest.enter("Wagtail", wagtail)
        contest.enter("Datasette", lambda: servers.datasette(tasks_file()))
        paths = {"Wagtail": "/record/", "Datasette": f"/tasks/tasks?date={date}"}
        # Those two compress nothing, so beside them the site is asked for the page as it is, too.
        pages = {
            name: Asked(address + paths.get(name, path), {} if name in paths else COMPRESSED)
            for name, address in contest.addresses.items()
        }
        if "uncached" in pages:
            pages[AS_IT_IS] = Asked(pages["uncached"].address)
        contest.measure(pages, bench.alternations, bench.seconds * 1.5)
    bench.row("cached-uncached", lambda: contest.ratio("cached", "uncached"))
    bench.row("wagtail", lambda: contest.ratio(AS_IT_IS, "Wagtail"))
    bench.row("datasette", lambda: contest.ratio(AS_IT_IS, "Datasette"))


def tasks_file() -> Path:
    """The 40,000 tasks as a table of their own, with an index on the date, for Datasette."""
    file = KEPT / "tasks.db"
    if not file.exists():
        with database("sqlite") as kept, closing(sqlite3.connect(file)) as made:
            made.execute("ATTACH ? AS site", [str(kept.file(MIDDLE))])
            made.execute(f"CREATE TABLE tasks AS SELECT {', '.join(COLUMNS)} FROM site.records_task")
            made.execute("CREATE INDEX tasks_of_day ON tasks (date)")
            made.commit()
    return file
