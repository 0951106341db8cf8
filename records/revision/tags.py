"""Strong ETags: the name of an answer, made of the token and of all that was asked.

``"stem"``, ``"stem-br"``, ``"stem-1f3a-br"``: the stem says revision and address, then, where an answer
depends on the header Accept, which one it was, then the encoding of what could be compressed. As the name
holds all that an answer depends on, the answer is kept under it as well: nothing kept can be out of date.

The query counts as it was sent: links on a page repeat its order, so another order is another answer.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from records.revision.encodings import BROTLI, GZIP, PLAIN, accepted

ASKED = ("wsgi.url_scheme", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")


class Tags:
    """The names that answers to one request may have."""

    __slots__ = ("accept", "encodings", "stem")

    def __init__(self, token: str, environ: Mapping[str, Any]) -> None:
        what = "\0".join([token, *[environ.get(name, "") for name in ASKED]])
        self.stem = blake2b(what.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        self.accept = environ.get("HTTP_ACCEPT", "")
        self.encodings = accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))

    def name(self, *, varied: bool, encoding: str = "") -> str:
        """The name of an answer, without quotation marks."""
        return "-".join(filter(None, (self.stem, digest_of(self.accept) if varied else "", encoding)))

    def candidates(self) -> Iterator[str]:
        """The names under which an answer may be kept, the likeliest first."""
        best = self.encodings[0]
        yield f"{self.stem}-{best}"
        yield self.stem
        yield self.name(varied=True, encoding=best)
        yield self.name(varied=True)

    def held(self, if_none_match: str) -> str | None:
        """The name among those a client holds that is still right, compared weakly; ``None`` for ``*``."""
        if self.stem not in if_none_match:
            return None
        fitting = {digest_of(self.accept), *self.encodings}
        for each in if_none_match.split(","):  # one with a comma in it is none of ours
            stem, *parts = each.strip().removeprefix("W/").strip('"').split("-")
            if stem == self.stem and fitting.issuperset(parts):
                return "-".join([stem, *parts])
        return None

    def vary(self, name: str) -> str:
        """The headers of the request on which the answer of this name depends."""
        _, *parts = name.split("-")
        by_accept, by_encoding = digest_of(self.accept) in parts, not {BROTLI, GZIP, PLAIN}.isdisjoint(parts)
        return ", ".join(filter(None, ("Accept" * by_accept, "Accept-Encoding" * by_encoding)))


@lru_cache(maxsize=256)
def digest_of(accept: str) -> str:
    """A header, short."""
    return blake2b(accept.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
