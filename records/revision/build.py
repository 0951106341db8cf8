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
    for path in _files():
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def _files() -> list[Path]:
    """Sources, and the list of the names under which static files are served."""
    found = [Path(settings.STATIC_ROOT) / "staticfiles.json"]
    for source in SOURCES:
        place = Path(settings.BASE_DIR) / source
        found += place.rglob("*") if place.is_dir() else [place]
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")
