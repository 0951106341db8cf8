"""What is computed once for each state of the site and kept: figures that need every task or every day."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.db.models import Count, Max, Sum, TextField, Value
from django.db.models.functions import Cast, JSONArray

from records.models import Category, DaySummary
from records.models.moment import state_read

T = TypeVar("T")
LASTING = 24 * 60 * 60  # seconds: what belongs to a former state is not asked for again
_TEXT: "TextField[str, str]" = TextField()
_ADDED = ("version", "tasks", "hours_units", "agent_units", "supervisory_units", "tokens")


def edition(at: datetime) -> str:
    """The state of the public figures and of their categories at a moment, as a short text.

    Every change of a day raises its version, and a day that appears or goes changes their number. What needs
    every task outlives with it changes of texts alone. One query, once for each state of the site.
    """
    return of_state("edition", lambda: _edition(at))


def _edition(at: datetime) -> str:
    told = Cast(JSONArray(Count("pk"), Max("changed_at"), *map(Sum, _ADDED)), _TEXT)
    none = Value("", _TEXT)
    days = (
        DaySummary.objects.visible(at)
        .order_by()
        .values(pk_=none, name_=none)
        .annotate(told=told)
        .values_list("pk_", "name_", "told")
    )
    categories = Category.objects.order_by().values_list(
        Cast("pk", _TEXT), Cast("name", _TEXT), Cast("slug", _TEXT)
    )
    return _hashed(repr(sorted(days.union(categories, all=True))))


def kept(name: str, make: Callable[[], T], edition: str) -> T:
    """What ``make`` gives, made once for each edition and then kept under a name.

    It has to follow from public figures alone, and to be small. Each process keeps its own, so that none ever
    meets what another version of this code has kept.
    """
    cache = caches["figures"]
    key = f"records.{_hashed(f'{edition} {name}')}"
    found: tuple[T] | None = cache.get(key)
    if found is None:  # and not a tuple that holds None
        found = (make(),)
        cache.set(key, found, LASTING)
    return found[0]


def of_state(name: str, make: Callable[[], T]) -> T:
    """The same for each state of the site as it is read at present; made anew where that has no name."""
    state = state_read()
    return kept(name, make, state) if state else make()


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
