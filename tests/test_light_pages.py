"""What a first view costs: few requests, few bytes, and files that no browser asks for twice."""

import gzip
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # it comes without types
import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

from leverage_site.static import JOINED, CollectedStorage, JoinedFinder
from tests.factories import APRIL_12, day, task
from tests.pages import RECORD, april_12, html_of

ICONS = {"apple-touch-icon.png", "favicon.ico", "icon.svg"}
A_LONG_READ = {"lede": "A word or two. " * 100, "analysis": "The rest of them. " * 400}
SITE = Path(__file__).parent.parent / "static"


def assets_of(markup: str) -> set[str]:
    """The static files that a page names, the icons apart."""
    return set(re.findall(r'(?:href|src)="/static/([^"]+)"', markup)) - ICONS


def found(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path).read_bytes()


def weight(markup: str) -> int:
    """Bytes of a page and of all that it loads, icons included, compressed one by one."""
    bodies = [markup.encode(), *map(found, assets_of(markup) | ICONS)]
    return sum(len(gzip.compress(body)) for body in bodies)


# Pages ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kilobytes"),
    [("/", 25), (RECORD, 40), ("/tasks/", 40), ("/dashboard/", 40), ("/records/2026-04/", 40)],
)
def test_a_first_view_is_three_requests_and_light(client: Client, address, kilobytes):
    april_12(**A_LONG_READ)
    markup = html_of(client.get(address))
    assert assets_of(markup) == {"site.css", "pages.js"}
    assert 5_000 < weight(markup) < kilobytes * 1000
    assert re.findall(r"<script(?=[^>]*\ssrc=)[^>]*>", markup) == ['<script src="/static/pages.js" defer>']
    assert "@import" not in (SITE / "site.css").read_text()


@pytest.mark.django_db
def test_home_stays_light_with_the_days_before(client: Client):
    april_12(**A_LONG_READ)
    for number in range(1, 11):
        day(APRIL_12.replace(day=number), [task(), task(supervision=None)], title=f"The day number {number}")
    assert weight(html_of(client.get("/"))) < 25_000


# Files ------------------------------------------------------------------------------------------------------


def test_the_one_script_of_the_pages_holds_all_of_theirs_and_is_made_anew_when_one_changes(
    settings, tmp_path
):
    parts, settings.STATICFILES_DIRS = tmp_path / "parts", [tmp_path / "parts"]
    settings.JOINED_DIR = tmp_path / "joined"
    parts.mkdir()
    for name in JOINED["pages.js"]:
        (parts / name).write_text(f"// {name}\n")
    joined = tmp_path / "joined" / "pages.js"
    assert JoinedFinder().find("pages.js") == str(joined)
    assert joined.read_text().split() == [word for name in JOINED["pages.js"] for word in ("//", name)]
    (parts / "site.js").write_text("// changed\n")
    assert [name for name, _ in JoinedFinder().list(None)] == ["pages.js"]
    assert joined.read_text().startswith("// changed")


def test_where_nothing_can_be_written_pages_are_served_without_script(settings, tmp_path):
    (tmp_path / "a file").write_text("")
    settings.JOINED_DIR = tmp_path / "a file"
    assert JoinedFinder().find("pages.js") == []
    assert list(JoinedFinder().list(None)) == []


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    """What `collectstatic` makes of the files of the pages."""
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": f"{CollectedStorage.__module__}.{CollectedStorage.__name__}"},
    }
    others = [word for name in ("admin", "desk", "django_*", "*.png", "*.ico") for word in ("--ignore", name)]
    call_command("collectstatic", "--noinput", *others, stdout=StringIO())
    return tmp_path / "static"


def test_collected_files_are_hashed_compressed_beforehand_and_kept_for_good(settings, collected: Path):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert staticfiles_storage.url("pages.js") == f"/static/{names['pages.js']}"
    settings.WHITENOISE_USE_FINDERS = False
    client = Client()  # whose middleware looks into the folder when it is first asked
    for name in ("site.css", "pages.js"):
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.\w+", names[name])
        assert not (collected / name).exists()
        for encoding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            response = client.get(f"/static/{names[name]}", headers={"accept-encoding": encoding})
            assert response["Content-Encoding"] == encoding
            assert "immutable" in response["Cache-Control"]
            assert opened(response.getvalue()) == (collected / names[name]).read_bytes()
