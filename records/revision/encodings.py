"""How an answer is compressed, and what a client takes."""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped] # comes with whitenoise, without types

BROTLI, GZIP, PLAIN = "br", "gzip", "identity"
SMALLEST = 200  # bytes; below it compressing gains nothing
BROTLI_QUALITY, GZIP_LEVEL = 5, 4  # half a millisecond a page; two levels more take twice that for 6 %
COMPRESSED = ("text/", "application/json", "application/feed+json", "image/svg+xml")


@lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """What ``Accept-Encoding`` takes of the encodings we have, the best first; plain is always taken."""
    taken = set()
    for each in header.lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";q=")
        if weight not in ("0", "0.0", "0.00", "0.000"):
            taken.add(name)
    return (*(name for name in (BROTLI, GZIP) if name in taken), PLAIN)


def is_text(content_type: str) -> bool:
    """Whether compressing what has this type gains something."""
    kind = content_type.partition(";")[0].strip()
    return kind.startswith(COMPRESSED) or kind.endswith("xml")


def compressed(body: bytes, encoding: str) -> bytes:
    """A body in an encoding; the same bytes every time."""
    if encoding == BROTLI:
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT))
    return gzip.compress(body, GZIP_LEVEL, mtime=0) if encoding == GZIP else body
