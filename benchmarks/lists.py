"""The rows of `/tasks/`: by what an address asks for, by the size of the site, and beside bare SQL.

Measured is what the page asks its database for its rows, asked again as it was, and read to the end. Totals
and facets are reported beside: they are the rest of the page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from statistics import median
from typing import Any
from urllib.parse import urlencode

from benchmarks.bench import Bench, in_turns, ratio_in_turns
from benchmarks.inside import Query, Sets
from benchmarks.rows import Figure
from benchmarks.sites import LARGE, SMALL, UNTIL

CATEGORY = "testing"
RARE, RARE_IN = "quokka", 34  # a word, and the number of tasks that have it
LAST = date.fromisoformat(UNTIL)
SORTS = (
    *("date", "category", "human_hours", "agent_minutes", "supervisory_minutes", "tokens", "factor"),
    "supervisory_factor",
)
ORDERS = [f"{sign}{name}" for name in SORTS for sign in ("-", "")]
FILTERS: dict[str, tuple[str, ...]] = {
    "category": (CATEGORY, "none"),
    "factor_min": ("100",),
    "factor_max": ("20",),
    "supervisory_factor_min": ("100",),
    "supervisory_factor_max": ("20",),
    "hours_min": ("40",),
    "hours_max": ("2",),
    "minutes_min": ("60",),
    "minutes_max": ("5",),
    "from": (LAST.replace(day=1).isoformat(),),
    "to": (LAST.replace(month=LAST.month - 1, day=1).isoformat(),),
    "tag": ("ai",),
    "period": (str(LAST.year), f"{LAST:%Y-%m}"),
    "model": ("none",),
    "outcome": ("in-use", "reworked", "none"),
    "estimated_by": ("none",),
    "missing": ("supervision", "tokens", "category", "estimate", "evidence", "outcome"),
}
# What a row shows, as somebody would write it who wanted but this page.
BARE = (
    "SELECT t.id, t.date, t.position, t.name, t.description, c.slug, c.name, t.human_hours, t.agent_minutes,"
    " t.supervisory_minutes, t.tokens, t.factor, t.supervisory_factor FROM records_task t"
    " LEFT JOIN records_category c ON c.id = t.category_id"
)
_NEXT = re.compile(r'rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')


def measure(bench: Bench) -> None:
    """All rows of the table that are about lists of tasks."""
    lists = _Lists(Sets(bench.database), bench.alternations)
    bench.row("lists", lambda: lists.by_size(lists.addresses()))
    bench.row("words", lambda: lists.by_size(lists.words()))
    bench.row("bare", lists.beside_bare)
    bench.row("deep", lists.deep)


@dataclass
class _Lists:
    sets: Sets
    alternations: int

    def addresses(self) -> dict[str, str]:
        """The first page, each filter by itself, each order, a category in each order, the next page."""
        asked = [
            {},
            *({name: value} for name, values in FILTERS.items() for value in values),
            *({"sort": sort} for sort in ORDERS),
            *({"category": CATEGORY, "sort": sort} for sort in ORDERS),
        ]
        named = {urlencode(each) or "first page": f"/tasks/?{urlencode(each)}" for each in asked}
        return named | {"next page": "next"}

    def words(self) -> dict[str, str]:
        """A word that most tasks have, one that few have, one that none has."""
        self.put_rare_word()
        words = {"common": "with", "rare": RARE, "absent": "zyxwvut"}
        return {f"{kind} “{word}”": f"/tasks/?{urlencode({'q': word})}" for kind, word in words.items()}

    def put_rare_word(self) -> None:
        """Write the rare word into as many tasks of the large set as of the small: none made up is rare."""
        from django.db.models import F, Value
        from django.db.models.functions import Concat

        from records.models import Task

        for tasks in (SMALL, LARGE):
            self.sets.use(tasks)
            every = Task.objects.order_by("pk").values_list("pk", flat=True)
            chosen = [every[number * tasks // RARE_IN] for number in range(RARE_IN)]
            lacking = Task.objects.filter(pk__in=chosen).exclude(description__endswith=RARE)
            lacking.update(description=Concat(F("description"), Value(f" {RARE}")))

    def by_size(self, addresses: Mapping[str, str]) -> Figure:
        """The worst of the ratios, 1,000,000 tasks against 2,100, of what each page asks for its rows."""
        ratios, took = {}, {}
        for name, address in addresses.items():
            large, small = self._asking(LARGE, address), self._asking(SMALL, address)
            ratios[name], *took[name] = ratio_in_turns(large, small, self.alternations)
        by_size = sorted(ratios, key=ratios.__getitem__, reverse=True)
        worst = "; ".join(f"{name} {ratios[name]:.3g} ({_ms(*took[name])})" for name in by_size[:5])
        middle = f"median of {len(ratios)} addresses {median(ratios.values()):.3g}"
        return Figure(ratios[by_size[0]], f"{middle}; {worst}")

    def beside_bare(self) -> Figure:
        """The worst of the ratios to SQL written for the one page, and the rest of the page beside."""
        ratios = {}
        for name, (address, bare) in self._bare().items():
            ours, theirs = self._asking(LARGE, address), self.sets.asking(LARGE, [Query(bare, None, 0)])
            ratio, *took = ratio_in_turns(ours, theirs, self.alternations)
            ratios[f"{name} ({_ms(*took)})"] = ratio
        worst = max(ratios, key=ratios.__getitem__)
        others = "; ".join(f"{name} {ratio:.3g}" for name, ratio in ratios.items())
        return Figure(ratios[worst], f"{others}; {self._beside()}")

    def deep(self) -> Figure:
        """Rows of a page in the middle of 1,000,000 tasks against the first’s, and the whole pages."""
        deep = self.deep_address
        middle, first = self._asking(LARGE, deep), self._asking(LARGE, "/tasks/")
        ratio, *took = ratio_in_turns(middle, first, self.alternations)
        pages = in_turns(
            [lambda: self.sets.seconds(LARGE, deep), lambda: self.sets.seconds(LARGE, "/tasks/")],
            self.alternations,
        )
        whole = f"whole pages {pages[0] / pages[1]:.3g} ({_ms(*pages)})"
        return Figure(ratio, f"{_ms(*took)}; {whole}; {unescape(deep)[:60]}")

    @cached_property
    def deep_address(self) -> str:
        """A page in the middle: from a date there on by the page's own links, else by its number."""
        from records.models import Day

        self.sets.use(LARGE)
        days = Day.objects.visible().order_by("date")
        middle = days.values_list("date", flat=True)[days.count() // 2]
        address = f"/tasks/?jump={middle}"
        for _ in range(3):
            address = self.next_of(LARGE, address) or ""
            if not address:
                return f"/tasks/?page={LARGE // 50 // 2}"
        return address

    def next_of(self, tasks: int, address: str) -> str | None:
        """Where the page's own link to the next page leads; ``None`` where it has none."""
        self.sets.use(tasks)
        found = _NEXT.search(self.sets.get(address).content.decode())
        if not found:
            return None
        link = unescape(found[1] or found[2])
        return link if link.startswith("/") else f"/tasks/{link}"

    def _asking(self, tasks: int, address: str) -> Callable[[], float]:
        if address == "next":
            address = self.next_of(tasks, "/tasks/") or "/tasks/?page=2"
        return self.sets.asking(tasks, self.sets.rows(tasks, address) or self._looking(tasks, address))

    def _looking(self, tasks: int, address: str) -> list[Query]:
        """The question that finds out that there are no rows with a word, and so no question for them."""
        word = address.partition("q=")[2]
        found = [q for q in self.sets.queries(tasks, address) if word and word in str(q.parameters)]
        if not found:
            raise RuntimeError(f"no question for rows was seen on {address}")
        return found[:1]

    def _bare(self) -> dict[str, tuple[str, str]]:
        """Some pages, each with the SQL that somebody would write who wanted but its rows."""
        from records.models import Category

        self.sets.use(LARGE)
        key = Category.objects.get(slug=CATEGORY).pk
        newest, known = "t.date DESC, t.position, t.id", "t.factor IS NOT NULL"
        falling, alike = "t.factor DESC, t.id DESC", f"t.category_id = {key}"
        wanted: dict[str, tuple[dict[str, Any], str, str]] = {
            "first page": ({}, "", newest),
            "sort=-factor": ({"sort": "-factor"}, known, falling),
            "sort=factor": ({"sort": "factor"}, known, "t.factor, t.id"),
            "category": ({"category": CATEGORY}, alike, newest),
            "category, sort=-factor": (
                {"category": CATEGORY, "sort": "-factor"}, f"{alike} AND {known}", falling,
            ),
            "to": ({"to": "2010-06-30"}, "t.date <= '2010-06-30'", newest),
        }  # fmt: skip
        return {
            name: (f"/tasks/?{urlencode(query)}", _select(where, order))
            for name, (query, where, order) in wanted.items()
        }

    def _beside(self) -> str:
        queries = self.sets.queries(LARGE, "/tasks/")
        rest = sum(query.seconds for query in queries if not query.is_of_rows)
        page = self.sets.seconds(LARGE, "/tasks/")
        return f"beside the rows totals, facets and names {rest * 1000:.0f} ms of {page * 1000:.0f} ms"


def _select(where: str, order: str) -> str:
    return f"{BARE}{f' WHERE {where}' if where else ''} ORDER BY {order} LIMIT 50"


def _ms(*seconds: float) -> str:
    return " / ".join(f"{each * 1000:.3g}" for each in seconds) + " ms"
