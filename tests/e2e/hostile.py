"""A site of which every text field holds attempts to run a script: typed, kept, imported and restored."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import CharField, Model, TextField, URLField

from records import publishing
from records.models import Day, SafeName, SiteProfile, Tag, Task
from tests.factories import APRIL_12, category, day, draft, task

# Each sets a global when it runs; the number tells which one it was.
SHAPES = (
    "<script>ran={n}</script>",
    "<img src=x onerror=ran={n}>",
    '"><svg onload=ran={n}>',
    '\'" autofocus onfocus=ran={n} x="',
    "</textarea><script>ran={n}</script>",
    "</title><script>ran={n}</script>",
    "</option></select><img src=x onerror=ran={n}>",
    "<iframe src=javascript:parent.ran={n}>",
    "<details open ontoggle=ran={n}>",
    "javascript:ran={n}",
    "<a href=javascript:ran={n}>x</a>",
    "--><script>ran={n}</script>",
    "]]></script><script>ran={n}</script>",
    "<svg><animate onbegin=ran={n}>",
    "<input autofocus onfocus=ran={n}>",
    "<body onpageshow=ran={n}>",
    "&lt;script&gt;ran={n}&lt;/script&gt;",
    "\\u003cscript\\u003eran={n}\\u003c/script\\u003e",
    "`<script>ran={n}</script>`",
    "{{{{ran={n}}}}}${{ran={n}}}",
    "<scr<script>ipt>ran={n}</scr</script>ipt>",
    "<img/src=`x`onerror=ran={n}>",
    "<meta http-equiv=refresh content=0;url=javascript:ran={n}>",
    "</style><style>@import 'javascript:ran={n}'</style>",
)
MARKDOWN = (
    "[a](javascript:ran={n})",
    "[a](JaVaScRiPt:ran={n})",
    "[a](java&#115;cript:ran={n})",
    "[a](javascript&colon;ran={n})",
    "[a](vbscript:ran={n})",
    "[a](data:text/html,<script>ran={n}</script>)",
    "![a](javascript:ran={n})",
    '![a](x"onerror=ran={n})',
    "[a](x 'onmouseover=ran={n}')",
    '[a](https://x.example "\'><script>ran={n}</script>")',
    "<javascript:ran={n}>",
    '<https://x.example/"onclick=ran={n}>',
    "[a][b{n}]\n\n[b{n}]: javascript:ran={n}",
    '```"onload=ran={n}\n<script>ran={n}</script>\n```',
    "| <img src=x onerror=ran={n}> | b |\n|:--|--:|\n| c | d |",
    "said[^{n}]\n\n[^{n}]: <script>ran={n}</script>",
    "# <svg onload=ran={n}>",
    "<div onclick=ran={n}>\n\ntext\n\n</div>",
    "<!-- --><script>ran={n}</script>",
)
ALL = (*SHAPES, *MARKDOWN)
# As the markup it is, in a page to be imported.
RAW = (
    "<script>ran=9001</script><img src=x onerror=ran=9002><a href=javascript:ran=9003>link</a>"
    "<b onclick=ran=9004>bold</b><code>`<i onclick=ran=9005>code</i></code>"
)
SHORTEST_FIELD = 30  # a shorter one has no room for any of them


class Attempts:
    """Hands out attempts one after the other, and remembers which stood in which field."""

    def __init__(self) -> None:
        self.made: set[tuple[str, str]] = set()
        self.number = 0

    def one(self, field: str, longest: int = 1_000, *, without: str = "") -> str:
        """The next attempt that has room in a field, and none of the letters its form cannot carry."""
        while True:
            shape = SHAPES[self.number % len(SHAPES)]
            self.number += 1
            text = shape.format(n=self.number)
            if len(text) <= longest and not set(without) & set(text):
                self.made.add((field, shape))
                return text

    def prose(self, field: str) -> str:
        """All attempts there are, as one Markdown text."""
        self.made |= {(field, shape) for shape in ALL}
        return "\n\n".join(shape.format(n=5_000 + number) for number, shape in enumerate(ALL))

    def fill(self, row: Model, *, prose: tuple[str, ...] = (), leave: tuple[str, ...] = ()) -> None:
        """Put attempts into every text field of a row that takes any text."""
        for field in row._meta.concrete_fields:
            if not isinstance(field, CharField | TextField) or field.choices or field.name in leave:
                continue
            longest, name = field.max_length or 1_000, f"{row._meta.model_name}.{field.name}"
            if field.name in prose:
                setattr(row, field.name, self.prose(name))
            elif isinstance(field, URLField):
                setattr(row, field.name, f"https://x.example/?{self.one(name, without=' ')}")
            elif longest >= SHORTEST_FIELD:
                setattr(row, field.name, self.one(name, longest))


class HostileSite:
    """The site, the attempts in it, and its addresses by who may open them."""

    def __init__(self, folder: Path) -> None:
        self.attempts, self.folder = Attempts(), folder
        one = self.attempts.one
        self.author = User.objects.create_superuser(one("user.username", 100), password="not used")
        self._profile()
        self.category = category(
            one("category.name", 60), description=one("category.description"), slug="hostile"
        )
        for _ in range(3):
            name = one("safename.name", 60)
            SafeName.objects.create(name=name, stand_in=one("safename.stand_in", 60))
        self.public = self._public()
        self.withdrawn = day(APRIL_12.replace(day=14), [self._task()], title=one("day.title"))
        publishing.withdraw(self.withdrawn, by=self.author, reason=one("withdrawal reason"))
        self.draft = self._draft()
        self.imported = [Day.objects.get(date=on) for on in self._imported()]

    def _profile(self) -> None:
        site = SiteProfile.load()
        of_markdown = ("author_box", "about_records", "call_to_action", "objections")
        self.attempts.fill(site, prose=of_markdown, leave=("time_zone",))
        site.save()

    def _task(self) -> Task:
        made = task(category=self.category, estimate_low=Decimal(1), estimate_on=date(2026, 4, 1))
        self.attempts.fill(made)
        return made

    def _filled(self, row: Day) -> Day:
        self.attempts.fill(row, prose=("lede", "analysis"), leave=("preview_key",))
        return row

    def _public(self) -> Day:
        """A public day, then another version of it: every kind of correction, with its reason."""
        one = self.attempts.one
        made = day(tasks=[self._task() for _ in range(6)], tags=[one("tag.name", 40) for _ in range(2)])
        publishing.save_day(self._filled(made), by=self.author)
        tasks = list(Task.objects.filter(day=made).order_by("position"))
        for hours in (9, 10, 11):
            tasks[0].human_hours, reason = Decimal(hours), one("correction.reason")
            publishing.save_day(made, [*tasks[: len(tasks) - 1], self._task()], by=self.author, reason=reason)
            tasks = list(Task.objects.filter(day=made).order_by("position"))
        return made

    def _draft(self) -> Day:
        """A draft with names that must not be public, another version of it, and what was typed meanwhile."""
        made = draft(APRIL_12.replace(day=13), [self._task() for _ in range(6)])
        publishing.save_day(self._filled(made), by=self.author, reason=self.attempts.one("revision.reason"))
        tasks = list(Task.objects.filter(day=made).order_by("position"))
        for each in tasks:
            self.attempts.fill(each)
        made.lede = f"{made.lede} {' '.join(SafeName.known())}"
        publishing.save_day(made, tasks, by=self.author, reason=self.attempts.one("revision.reason"))
        names = (
            "title",
            "left_out",
            "lede",
            "tag_names",
            "tasks-0-description",
            "tasks-0-human_hours",
            "lines",
        )
        typed = {name: self.attempts.one(f"typed {name}") for name in names}
        publishing.keep_typed(
            self.author, made, {**typed, "version": str(made.version), "tasks-0-position": "1"}
        )
        return made

    def _imported(self) -> Iterator[date]:
        """A day from each form that an import reads, by the command."""
        for number, (ending, write) in enumerate(FORMS.items(), start=1):
            on, said = date(2026, 3, number), io.StringIO()
            cells = [self.attempts.one(f"row of {ending}", without="|\n") for _ in range(8)]
            path = self.folder / f"{on}.{ending}"
            path.write_text(write(cells, self.attempts.prose(f"prose of {ending}"), on), encoding="utf-8")
            options = {"date": on.isoformat()} if ending != "json" else {}
            call_command("import_records", str(path), **options, publish=True, json=True, stdout=said)
            assert '"status": "created"' in said.getvalue(), said.getvalue()
            yield on

    def public_pages(self) -> list[str]:
        """What anybody may open."""
        record, first = self.public.get_absolute_url(), Task.objects.filter(day=self.public)[0]
        hostile = self.attempts.one("query", without=" #&%")
        lists = [
            "/",
            "/records/",
            "/tasks/?per_page=200",
            "/categories/",
            "/corrections/",
            "/method/",
            "/data/",
        ]
        asked = f"/tasks/?q={hostile}&factor_min={hostile}&category={hostile}&sort={hostile}"
        days = [
            record,
            *(each.get_absolute_url() for each in self.imported),
            self.withdrawn.get_absolute_url(),
        ]
        tag = Tag.objects.filter(days=self.public)[0]
        return [
            *lists,
            asked,
            f"/corrections/?day={hostile}",
            *days,
            first.get_absolute_url(),
            self.category.get_absolute_url(),
            tag.get_absolute_url(),
            f"/preview/{publishing.preview_token(self.draft, timedelta(days=1))}/",
            f"/preview/{hostile}/",
        ]

    def desk_pages(self) -> list[str]:
        """What the author opens."""
        of_draft = f"/admin/records/day/{self.draft.pk}/"
        acts = (
            "change",
            "history",
            "history/1",
            "history/2",
            "history/1/restore",
            "publish",
            "names",
            "link",
        )
        lists = ("day", "task", "category", "tag", "safename")
        return [
            "/admin/",
            *(f"{of_draft}{name}/" for name in acts),
            f"{of_draft}change/?kept=1",
            f"{of_draft}history/2/?with={self.attempts.one('query', without=' #&%')}",
            f"/admin/records/day/{self.public.pk}/change/",
            f"/admin/records/day/{self.public.pk}/withdraw/",
            *(f"/admin/records/{name}/" for name in lists),
            f"/admin/records/category/{self.category.pk}/change/",
            f"/admin/records/safename/{SafeName.objects.all()[0].pk}/change/",
            "/admin/records/siteprofile/1/change/",
            f"{self.draft.get_absolute_url()}preview/",
        ]


def _html(cells: list[str], prose: str, on: date) -> str:
    """A page that shows attempts as text, and holds some as the markup they are."""
    rows = "".join(
        f"<tr><td>{n}</td><td>Row {n}: {escape(cell)} {RAW}</td><td>8h</td><td>10m</td></tr>"
        for n, cell in enumerate(cells, start=1)
    )
    paragraphs = "".join(f"<p>{escape(each)} {RAW}</p>" for each in prose.split("\n\n"))
    return (
        f"<html><body><main><h1>Leverage Record: {on:%B} {on.day}, {on.year}</h1>{paragraphs}"
        "<h2>Task Log</h2><table><tr><th>#</th><th>Task</th><th>Human Est.</th><th>Claude</th></tr>"
        f"{rows}</table></main></body></html>"
    )


def _markdown(cells: list[str], prose: str, on: date) -> str:
    rows = "\n".join(f"| {n} | Row {n}: {cell} | 8h | 10m |" for n, cell in enumerate(cells, start=1))
    head = "| # | Task | Human Est. | Claude |\n|---|---|---|---|"
    text = prose.replace("# <svg", "<svg").replace("|", "/")
    return f"# Leverage Record: {on}\n\n{text}\n\n## Task Log\n\n{head}\n{rows}\n\n## Analysis\n\n{text}\n"


def _csv(cells: list[str], _prose: str, on: date) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["date", "description", "human_hours", "agent_minutes"])
    writer.writerows([on, f"Row {n}: {cell}", 8, 10] for n, cell in enumerate(cells))
    return written.getvalue()


def _page(cells: list[str], prose: str, on: date, separator: str) -> str:
    head = separator.join(["#", "Task", "Human Est.", "Claude", "Sup.", "Factor"])
    rows = [
        separator.join([str(n), cell, "8h", "10m", "2m", "48.0x"]) for n, cell in enumerate(cells, start=1)
    ]
    words = " ".join(prose.split())
    return "\n".join(
        [f"Leverage Record: {on:%B} {on.day}, {on.year}", "", words, "", "Task Log", "", head, *rows, "",
         "Analysis", "", words, ""]
    )  # fmt: skip


def _tabs(cells: list[str], prose: str, on: date) -> str:
    return _page([f"Row: {cell}" for cell in cells], prose, on, "\t")


def glued(cells: list[str], prose: str, on: date) -> str:
    """A page as a careless browser copies it."""
    return _page([f"Row: {cell} of it" for cell in cells], prose, on, "")


def _lines(cells: list[str], _prose: str, _on: date) -> str:
    return "\n".join(f"Row {n}: {cell} 8h 10m 2m" for n, cell in enumerate(cells))


def _json(cells: list[str], prose: str, on: date) -> str:
    tasks: list[dict[str, Any]] = [
        {"position": n, "name": cell[:60], "description": cell, "category": None, "human_hours": 8,
         "agent_minutes": 10, "agent": cell[:60], "estimate_basis": cell, "estimate_by": cell[:80]}
        for n, cell in enumerate(cells, start=1)
    ]  # fmt: skip
    own = {"title": cells[0], "left_out": cells[1], "lede": prose, "analysis": prose, "tags": [cells[2]]}
    source = {"path": f"/posts/{cells[3]}", "printed": {cells[4]: cells[5]}}
    public = {"status": "published", "published_at": "2026-03-09T08:00:00+00:00"}
    whole = {"date": on.isoformat(), **own, **public, "tasks": tasks, "source": source}
    return json.dumps({"schema": 1, "categories": [], "tags": [], "days": [whole]})


FORMS: dict[str, Callable[[list[str], str, date], str]] = {
    "html": _html,
    "md": _markdown,
    "csv": _csv,
    "tabs.txt": _tabs,
    "glued.txt": glued,
    "lines.txt": _lines,
    "json": _json,
}
