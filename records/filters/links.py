"""The address as state: links that change one thing and keep the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

WHERE = ("page", "after", "before", "jump")  # where in a list one is; whatever else changes, it starts over


@dataclass(frozen=True)
class Link:
    """An address in words, with how many rows it has where that is known."""

    text: str
    url: str
    count: int | None = None
    current: bool = False


def kept(query: QueryDict, names: Iterable[str]) -> QueryDict:
    """The part of a query that has these names and says something, each thing once."""
    part = QueryDict(mutable=True)
    for name in names:
        part.setlist(name, [value for value in dict.fromkeys(query.getlist(name)) if value])
        if not part.getlist(name):
            del part[name]
    return part


def link(query: QueryDict, **changes: str | int | Sequence[str] | None) -> str:
    """The query with names set anew, or left out for ``None``; the list starts over unless it says where."""
    changed = query.copy()
    for name, value in {**dict.fromkeys(WHERE), **changes}.items():
        changed.pop(name, None)
        if isinstance(value, (str, int)):
            changed[name] = str(value)
        elif value is not None:
            changed.setlist(name, list(value))
    return f"?{changed.urlencode()}"


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """The query without one name, or without one of its values; the page starts over."""
    changed = query.copy()
    changed.setlist(name, [other for other in query.getlist(name) if value not in (None, other)])
    return link(kept(changed, query))
