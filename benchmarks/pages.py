"""Whole pages made anew: how many questions each asks, and the dashboard of many days against that of few."""

from collections.abc import Callable
from functools import partial
from typing import Any
from wsgiref.util import setup_testing_defaults

from benchmarks.bench import Bench, in_turns
from benchmarks.inside import Query, Sets, watched
from benchmarks.rows import Figure
from benchmarks.sites import LARGE, SMALL

DASHBOARD = "/dashboard/"


def measure(bench: Bench) -> None:
    """The dashboard and the numbers of questions."""
    sets = Sets(bench.database)
    record = _newest_record(sets)
    bench.row("dashboard", lambda: _dashboard(sets, bench.alternations))
    for name, address in (("record", record), ("tasks", "/tasks/"), ("dashboard", DASHBOARD)):
        bench.row(f"queries-{name}", partial(_counted, _anew, sets, address))
    bench.row("queries-cached", partial(_counted, _cached, sets, record))


def _newest_record(sets: Sets) -> str:
    from records.models import Day

    sets.use(LARGE)
    newest = Day.objects.visible().order_by("-date").first()
    if newest is None:
        raise RuntimeError("the set has no public day")
    return newest.get_absolute_url()


def _dashboard(sets: Sets, alternations: int) -> Figure:
    many, few = in_turns(
        [lambda: sets.seconds(LARGE, DASHBOARD), lambda: sets.seconds(SMALL, DASHBOARD)], alternations
    )
    return Figure(many / few, f"{many * 1000:,.0f} ms, {few * 1000:,.0f} ms")


def _counted(asked: Callable[..., list[Query]], *arguments: Any) -> Figure:
    return Figure(len(asked(*arguments)))


def _anew(sets: Sets, address: str) -> list[Query]:
    """What a page asks that is made anew, when what needs every task is kept since the last change."""
    sets.use(LARGE)
    sets.get(address)
    return sets.queries(LARGE, address)


def _cached(sets: Sets, address: str) -> list[Query]:
    """What the site as it is deployed asks for a page that it has just given."""
    from leverage_site.wsgi import application

    sets.use(LARGE)
    for _ in range(2):
        _answer(application, address)
    with watched() as queries:
        _answer(application, address)
    return queries


def _answer(application: Any, address: str) -> bytes:
    environ = {"PATH_INFO": address, "HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip"}
    setup_testing_defaults(environ)
    said: list[str] = []
    answer = application(environ, lambda *status: said.append(status[0]))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{address} answers {said[0]}")
    return body
