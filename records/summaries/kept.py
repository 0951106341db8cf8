"""What is computed once for each state of the site and kept: figures that need every task or every day."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.db.models import Count, Max, Sum

from records.models import Category, DaySummary

T = TypeVar("T")
LASTING = 24 * 60 * 60  # seconds: what belongs to a former state is not asked for again
_ADDED = ("version", "tasks", "hours_units", "agent_units", "supervisory_units", "tokens")


def edition(at: datetime) -> str:
    """The state of the public figures and of their categories at a moment, as a short text; two queries.

    Every change of a day raises its version, and a day that appears or goes changes their number.
    """
    found = DaySummary.objects.visible(at).aggregate(
        days=Count("pk"), changed=Max("changed_at"), **{f"all_{name}": Sum(name) for name in _ADDED}
    )
    categories = Category.objects.order_by("pk").values_list("pk", "name", "slug")
    said = repr((list(map(str, found.values())), list(categories)))
    return _hashed(said)


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


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
