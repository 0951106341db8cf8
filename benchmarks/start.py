"""From the start of a cold server to its first answer: a record page, and Wagtail's of the same rows."""

import json

from benchmarks import servers
from benchmarks.bench import Bench, in_turns
from benchmarks.rows import Figure
from benchmarks.serving import path_of_day
from benchmarks.sites import MIDDLE


def measure(bench: Bench) -> None:
    """The one row."""
    bench.row("start", lambda: _start(bench))


def _start(bench: Bench) -> Figure:
    site = bench.database.site(MIDDLE)
    with servers.gunicorn(site) as address:
        path = path_of_day(address)
        servers.fill_wagtail(json.loads(servers.ask(address, path.rstrip("/") + ".json").body))
    ours, theirs = in_turns(
        [
            lambda: servers.first_answer(servers.gunicorn(site, first=path)),
            lambda: servers.first_answer(servers.wagtail()),
        ],
        bench.alternations,
    )
    return Figure(ours / theirs, f"{ours * 1000:,.0f} ms, Wagtail {theirs * 1000:,.0f} ms")
