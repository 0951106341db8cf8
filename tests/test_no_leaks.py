"""What is not public leaves no trace: the site answers as if it were not there, at every address."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from records import publishing
from records.filters import WHAT_IF
from records.models import Category, Day, Source, Task
from records.publishing import NewDay
from tests.factories import category, day, draft, task

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
IN_MARCH = datetime(2026, 3, 1, tzinfo=UTC)
_LINKS = re.compile(r'(?:href|src|action)="([^"]*)"|<loc>([^<]*)</loc>')
_MADE_AT = re.compile(r'("generated_at": "|made at )[^",]+')
# When the ledger last grew: it may say that a record was withdrawn, and so the map dates it by that.
_LEDGER_AT = re.compile(r"(/corrections/</loc>)<lastmod>[^<]*</lastmod>")
MOST_NAMES = 2  # in a query: filters combine freely, and more of them are made of the same parts
_NOT_FOLLOWED = ("/admin", "/static/")
DRAFT, SCHEDULED, WITHDRAWN = date(2026, 4, 13), date(2026, 4, 15), date(2026, 4, 16)
MOVED_FROM, MOVED_TO, WITHDRAWN_TO = date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 17)
IMPORTED = {"numbat": date(2026, 4, 19), "tapir": date(2026, 4, 21), "dugong": date(2026, 4, 22)}
WITHDRAWN_DATES = (WITHDRAWN_TO, IMPORTED["dugong"])
HIDDEN_DATES = (DRAFT, SCHEDULED, WITHDRAWN, WITHDRAWN_TO, MOVED_FROM, MOVED_TO, *IMPORTED.values())
AHEAD = datetime(2100, 1, 1, tzinfo=UTC)
SLUGS = ("quagga", "axolotl", "pangolin", "okapi", *IMPORTED)
MARKERS = (*SLUGS, *(f"{word}-{slug}" for slug in SLUGS for word in ("title", "lede", "analysis", "text")))


class Answer(NamedTuple):
    """What an address gave: all that a visitor can tell two answers apart by, every header included."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: str
    body: str


@dataclass
class Walk:
    """The answers of the site by address, found from the first page, the sitemap and by guessing."""

    client: Client
    most_names: int = MOST_NAMES
    answers: dict[str, Answer] = field(default_factory=dict)
    linked: dict[str, Answer] = field(default_factory=dict)  # those that nobody had to guess
    shapes: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, client: Client, guessed: Iterable[str] = (), most_names: int = MOST_NAMES) -> "Walk":
        walk = cls(client, most_names)
        walk.follow(["/", "/sitemap.xml", "/robots.txt", "/healthz"])
        walk.linked = dict(walk.answers)
        walk.follow([each for each in guessed if each not in walk.answers])
        return walk

    def follow(self, starts: list[str]) -> None:
        """Ask for each address once, and of those that differ in the values of a query for one."""
        waiting, shapes = list(starts), self.shapes
        shapes.update(starts)
        while waiting:
            address = waiting.pop()
            answer = self.answers[address] = answer_of(self.client.get(address))
            for found in links_in(address, answer):
                if (shape := shape_of(found)) not in shapes and names_in(found) <= self.most_names:
                    shapes.add(shape)
                    waiting.append(found)


def answer_of(response: Any) -> Answer:
    """The answer, with the whole of a streamed body; but for the present moment.

    Its ETag is left out as well: it says that something was written since, and never what.
    """
    cookies = ", ".join(sorted(response.cookies))
    headers = tuple(sorted(pair for pair in response.items() if pair[0] not in ("Expires", "ETag")))
    return Answer(response.status_code, headers, cookies, body_of(response))


def body_of(response: Any) -> str:
    """The body as text, a zip unpacked, without the moment at which an archive was made."""
    body = response.getvalue()
    if response.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return _LEDGER_AT.sub(r"\1", _MADE_AT.sub(r"\1", body.decode(errors="backslashreplace")))


def links_in(address: str, answer: Answer) -> Iterator[str]:
    """The addresses of this site that an answer links to, without fragments."""
    for pair in _LINKS.findall(answer.body):
        found = urlsplit(urljoin(f"{SITE}{address}", unescape("".join(pair))))
        if f"{found.scheme}://{found.netloc}" == SITE and not found.path.startswith(_NOT_FOLLOWED):
            yield found.path + (f"?{found.query}" if found.query else "")


def names_in(address: str) -> int:
    """How many names the query of an address has; a knob, which every page of figures has, stands alone."""
    names = {name for name, _ in parse_qsl(urlsplit(address).query)}
    return len(names) + len(names.intersection(WHAT_IF))


def shape_of(address: str) -> str:
    """An address with the names of its query and not their values; of a chart one knob stands for all."""
    parts = urlsplit(address)
    names = {name for name, _ in parse_qsl(parts.query)}
    if parts.path.endswith(".svg"):
        names = {"knob" if name in WHAT_IF else name for name in names}
    return f"{parts.path}?{sorted(names)}" if parts.query else address


# A site with something to hide ------------------------------------------------------------------------------


def public_site() -> None:
    """Three public days and a note with gaps between them, some of whose addresses have moved."""
    testing, frontend = category("Testing"), category("Frontend")
    for on in (10, 12, 14):
        tasks = [task("Alpha: first", category=testing), task("Beta: second", "3", supervision=None)]
        day(date(2026, 4, on), tasks, tags=["AI"], published_at=IN_MARCH)
    third = task("Gamma: third", category=frontend)
    day(date(2026, 4, 18), [third], lede="A *lede*.", sample=True, published_at=IN_MARCH)
    day(date(2026, 4, 20), lede="A note.", published_at=IN_MARCH)
    publishing.move_day(
        Day.objects.get(date=date(2026, 4, 10)), date(2026, 4, 11), reason="worked past midnight"
    )
    frontend.slug = "screens"
    publishing.save_category(frontend)


def hidden_values(slug: str) -> dict[str, Any]:
    """The own fields of a day, each with a word that stands nowhere else."""
    return {
        "title": f"Title-{slug}",
        "lede": f"Lede-{slug}",
        "analysis": f"Analysis-{slug}",
        "left_out": f"Left {slug}",
        "stated_tokens": 987_654_321,
    }


def hidden_tasks(slug: str) -> list[Task]:
    """Tasks in a public category, in one of drafts alone, and in none."""
    secret = category(slug.title(), description=f"About {slug}", slug=slug)
    shared = Category.objects.get(slug="testing")
    return [
        task(f"Text-{slug}: first", "4444.5", "0.01", category=secret, tokens=1),
        task(
            f"Name: text-{slug}", "77777", "3", category=shared, evidence_url=f"https://{slug}.example.org/"
        ),
        task(f"Plain text-{slug}", supervision=None, estimate_basis=f"basis {slug}"),
    ]


def imported(slug: str, **values: Any) -> Day:
    """A day that came from a page of which the address is known, with what was printed there."""
    made = Day(date=IMPORTED[slug], **hidden_values(slug), **values)
    source = Source(path=f"/posts/{slug}.html", printed={f"Label-{slug}": slug})
    entry = NewDay(made, hidden_tasks(slug), [f"{slug} tag"], source, f"/posts/{slug}.html")
    publishing.import_days([entry])
    return made


def imported_days() -> list[Day]:
    """A draft, a scheduled day and a withdrawn one, each from a page."""
    public = Day.Status.PUBLISHED
    made = [
        imported("numbat"),
        imported("tapir", status=public, published_at=AHEAD),
        imported("dugong", status=public, published_at=IN_MARCH),
    ]
    publishing.withdraw(made[2], reason="not ours to show")
    return made


def hidden_days() -> list[Day]:
    """A draft, a scheduled day, a withdrawn one and another draft, both moved; and the imported ones."""
    tags = {slug: ["AI", f"{slug} tag"] for slug in SLUGS}
    made = [
        draft(DRAFT, hidden_tasks("quagga"), tags=tags["quagga"], **hidden_values("quagga")),
        day(
            SCHEDULED,
            hidden_tasks("axolotl"),
            published_at=AHEAD,
            tags=tags["axolotl"],
            **hidden_values("axolotl"),
        ),
        day(WITHDRAWN, hidden_tasks("pangolin"), tags=tags["pangolin"], **hidden_values("pangolin")),
        draft(MOVED_FROM, hidden_tasks("okapi"), tags=tags["okapi"], **hidden_values("okapi")),
    ]
    publishing.move_day(made[2], WITHDRAWN_TO, reason="pangolin worked late")
    publishing.withdraw(Day.objects.get(date=WITHDRAWN_TO), reason="not ours to show")
    publishing.move_day(made[3], MOVED_TO, reason="worked past midnight")
    renamed = Category.objects.get(slug="okapi")
    renamed.slug = "okapis"
    publishing.save_category(renamed)
    return [*made, *imported_days()]


def guesses() -> list[str]:
    """Addresses that somebody might try who suspects something."""
    first = Task.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    pages = [f"/tasks/{pk}/" for pk in range(first + 1, first + 13)]
    for on in HIDDEN_DATES:
        pages += [f"/records/{on}{ending}" for ending in ("/", ".csv", ".json", "/preview/", "/card.png")]
        pages += [f"/tasks{ending}?from={on}&to={on}" for ending in ("/", ".json")]
        pages += [f"/corrections{ending}?day={on}" for ending in ("/", ".csv", ".json")]
    pages += [f"/posts/{slug}{ending}" for slug in IMPORTED for ending in (".html", "", "/", ".json")]
    pages += [f"/preview/{token}/" for token in ("x", "WzEsIngiLDYwXQ:1:x")]
    pages += ["/card.png", "/categories/testing/card.png", "/sitemap-pages.xml", "/sitemap-tasks-0.xml"]
    for slug in (*SLUGS, "okapis"):
        pages += [f"/categories/{slug}/{name}" for name in ("atom.xml", "feed.json", "card.png")]
        pages += [f"/tags/{slug}-tag/{name}" for name in ("rss.xml", "feed.json")]
        pages += [f"/categories/{slug}{ending}" for ending in ("/", ".csv", ".json")]
        pages += [f"/tags/{slug}-tag{ending}" for ending in ("/", ".csv", ".json")]
        for query in (f"category={slug}", f"tag={slug}-tag", f"q={slug}", f"category=none&q={slug}&tag=ai"):
            pages += [f"/tasks{ending}?{query}" for ending in ("/", ".json")]
        pages.append(f"/records/2026-04-12/?category={slug}")
    return pages


def is_of_the_withdrawal(address: str) -> bool:
    """Whether an address may say that a record was withdrawn: its own, those it had, and the ledger."""
    own = [f"/records/{on}" for on in (WITHDRAWN, *WITHDRAWN_DATES)]
    asked = dict(parse_qsl(urlsplit(address).query)).get("day")
    of_another_day = asked and asked not in map(str, WITHDRAWN_DATES)
    ledger = ("/corrections", "/feeds/corrections.xml", "/posts/dugong.html")
    return address.startswith((*own, *ledger)) and "preview" not in address and not of_another_day


def differing(before: Walk, after: Walk) -> list[str]:
    """The addresses that do not answer as they did, new and lost ones included."""
    addresses = before.answers.keys() | after.answers.keys()
    return sorted(each for each in addresses if before.answers.get(each) != after.answers.get(each))


def as_stored(days: list[Day]) -> list[Day]:
    for each in days:
        each.refresh_from_db()
    return days


def look_at_all(author: Client, hidden: list[Day]) -> None:
    """What an author opens of days that are not public: forms, previews, history, and links for others."""
    for each in hidden:
        slug = each.title.removeprefix("Title-")
        of_day = f"/admin/records/day/{each.pk}"
        link = f"/preview/{publishing.preview_token(each, timedelta(days=1))}/"
        pages = [f"{of_day}/{name}/" for name in ("change", "history", "history/1")]
        for address in (f"/records/{each.date}/preview/", link, *pages):
            shown = author.get(address)
            assert (shown.status_code, slug in shown.content.decode().lower()) == (200, True), address
            assert "no-store" in shown["Cache-Control"], address
        read = Client().get(link)
        assert (read.status_code, read["X-Robots-Tag"], slug in read.content.decode().lower()) == (
            *(200, "noindex, nofollow"),
            True,
        )
        publishing.revoke_previews(each)
        assert slug not in Client().get(link).content.decode().lower()


@dataclass(frozen=True)
class Site:
    """The site with something to hide, its answers to strangers before it had and since, and to its author.

    Strangers come after the author has looked at all of it: so they would also meet what that leaves behind.
    """

    before: Walk
    hidden: list[Day]
    read: Walk
    after: Walk


@pytest.fixture(scope="module")
def site(kept_for_the_module: None) -> Site:
    """A public site, to which hidden days came."""
    public_site()
    guessed = guesses()
    before = Walk.of(Client(), guessed)
    hidden, author = hidden_days(), Client()
    author.force_login(get_user_model().objects.create_superuser("ada"))
    read = Walk.of(author)
    look_at_all(author, as_stored(hidden))
    return Site(before, hidden, read, Walk.of(Client(), guessed))


@pytest.fixture
def hidden(site: Site) -> list[Day]:
    """The hidden days as they are stored."""
    return as_stored(site.hidden)


def test_the_site_answers_everywhere_as_if_what_is_not_public_did_not_exist(site):
    changed = differing(site.before, site.after)
    assert [address for address in changed if not is_of_the_withdrawal(address)] == []
    reached = {urlsplit(address).path for address in site.after.linked}
    assert reached >= {
        *("/data/", "/data/records.json", "/data/records.jsonl", "/data/records.zip", "/corrections/"),
        *("/corrections.csv", "/corrections.json", "/corrections/atom.xml", "/sitemap.xml", "/tasks.csv"),
    }


def test_an_imported_page_that_was_withdrawn_leads_from_its_old_address_to_where_that_is_said(site):
    assert Client().get("/posts/numbat.html").status_code == 404
    assert Client().get("/posts/tapir.html").status_code == 404
    led = Client().get("/posts/dugong.html")
    assert (led.status_code, led["Location"]) == (301, f"/records/{IMPORTED['dugong']}/")


def test_a_withdrawn_record_leaves_its_date_and_the_reason_and_no_other_word(site):
    gone = Client().get(f"/records/{WITHDRAWN_TO}/")
    assert gone.status_code == 410
    assert "not ours to show" in gone.content.decode()
    file = Client().get(f"/records/{WITHDRAWN_TO}.json")
    assert (file.status_code, "not ours to show" in file.json()["errors"]["date"][0]) == (410, True)
    assert Client().get(f"/records/{WITHDRAWN}/").headers["Location"] == f"/records/{WITHDRAWN_TO}/"
    lines = answer_of(Client().get("/corrections.csv")).body.splitlines()
    (line,) = (line for line in lines if str(WITHDRAWN_TO) in line)
    assert line.endswith(f",{WITHDRAWN_TO},,,withdrawn,published,withdrawn,not ours to show")
    bodies = gone.content.decode().lower() + "".join(lines)
    assert [word for word in MARKERS if word in bodies] == []


def test_an_author_who_is_logged_in_reads_the_public_pages_and_leaves_nothing_behind(site):
    before, read = site.before.answers, site.read.answers
    # How an answer may be kept differs, and is no news to whoever has logged in.
    both = ((each, before[each], read[each]) for each in read if each in before)
    changed = [each for each, then, now in both if (then.status, then.body) != (now.status, now.body)]
    assert [address for address in changed if not is_of_the_withdrawal(address)] == []
    found = [(word, each) for word in MARKERS for each in read if word in read[each].body.lower()]
    assert found == []
    changed = differing(site.before, site.after)
    assert [address for address in changed if not is_of_the_withdrawal(address)] == []


def test_no_public_page_holds_a_word_of_what_is_hidden_nor_a_cookie(site):
    answers = site.after.linked
    assert len(answers) > 60
    said = {address: answer.body.lower() for address, answer in answers.items()}
    withdrawal = [words for on in WITHDRAWN_DATES for words in (f"{on:%Y-%m-%d}", f"{on:%B} {on.day},")]
    dates = [f"{on:%Y-%m-%d}" for on in HIDDEN_DATES] + [f"{on:%B} {on.day}," for on in HIDDEN_DATES]
    found = [(word, address) for word in MARKERS for address, body in said.items() if word in body]
    found += [(word, address) for word in dates for address, body in said.items() if word.lower() in body]
    lines = [each for each in found if is_of_the_withdrawal(each[1]) and each[0] in withdrawal]
    assert [each for each in found if each not in lines] == []
    assert [address for address, answer in answers.items() if answer.cookies] == []
    refused = [address for address, answer in answers.items() if answer.status >= 400]
    assert [address for address in refused if not is_of_the_withdrawal(address)] == []


def test_each_of_those_words_would_be_found_once_its_day_is_public(hidden):
    for each in hidden:
        publishing.publish(each, at=datetime(2026, 5, 1, tzinfo=UTC), reason="cleared")
    bodies = [answer.body.lower() for answer in Walk.of(Client(), most_names=0).answers.values()]
    assert [word for word in MARKERS if not any(word in body for body in bodies)] == []
