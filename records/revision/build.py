"""What this process runs, as a digest: an answer depends on code, templates and static files as well."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

import django
from django.conf import settings

# Everything a page is made of that lies in files; the locks name the packages.
SOURCES = ("leverage_site", "records", "templates", "requirements.txt")


@cache
def build_digest() -> bytes:
    """The same in all processes of one deployment, on every machine; another after the next."""
    digest = blake2b(digest_size=16)
    for part in (django.__version__, settings.SITE_URL, settings.STATIC_URL, settings.LANGUAGE_CODE):
        digest.update(part.encode() + b"\0")
    for name, path in sorted(_files().items()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def _files() -> dict[str, Path]:
    """Sources, and the list of the names under which static files are served, wherever they lie here."""
    base, names = Path(settings.BASE_DIR), Path(settings.STATIC_ROOT) / "staticfiles.json"
    found = {names.name: names}
    for source in SOURCES:
        place = base / source
        paths = place.rglob("*") if place.is_dir() else [place]
        found |= {path.relative_to(base).as_posix(): path for path in paths}
    return {name: path for name, path in found.items() if path.is_file() and path.suffix != ".pyc"}
