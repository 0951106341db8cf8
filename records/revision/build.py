"""What this process runs, as a digest: an answer depends on code, templates and static files as well."""

import os
from collections.abc import Iterator
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
    for name, path in sorted(_files()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def _files() -> Iterator[tuple[str, Path]]:
    """Sources, and the list of the names under which static files are served.

    Names are joined as text: each process waits for this before its first answer, and paths take far longer.
    """
    base = Path(settings.BASE_DIR)
    yield from ((source, base / source) for source in SOURCES if (base / source).is_file())
    for source in SOURCES:
        for folder, _, names in os.walk(base / source):
            within = folder.removeprefix(str(base))
            yield from (
                (f"{within}/{name}", Path(folder, name)) for name in names if not name.endswith(".pyc")
            )
    static = Path(settings.STATIC_ROOT, "staticfiles.json")
    if static.is_file():
        yield static.name, static
