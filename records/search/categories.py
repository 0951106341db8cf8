"""Categories by what people call them: the name or the slug, whatever the case and the accents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from records.models import NO_CATEGORY, Category
from records.models.task import TaskQuerySet
from records.search.folding import words_of
from records.search.query import quoted


@dataclass(frozen=True)
class Chosen:
    """The categories that were named, ``None`` for tasks without one, and what was not understood."""

    ids: frozenset[int | None]
    faults: tuple[str, ...]

    def q(self) -> Q:
        """The condition that a task is in one of them."""
        without = Q(category__isnull=True) if None in self.ids else Q()
        named = [pk for pk in self.ids if pk is not None]
        return without | Q(category__in=named) if named else without


def chosen(names: Iterable[str], among: TaskQuerySet) -> Chosen:
    """The categories of these names that some of the tasks have; one of drafts alone is as unknown as any."""
    ids: set[int | None] = set()
    faults = []
    for name in dict.fromkeys(names):
        found = [None] if name.lower() == NO_CATEGORY else [pk for pk in _called(name) if _used(pk, among)]
        ids |= {*found}
        if not found:
            faults.append(f"There is no category {quoted(name)}. The page Categories lists them all.")
    return Chosen(frozenset(ids), tuple(faults))


def _called(name: str) -> list[int]:
    words = words_of(name)
    return [
        pk
        for pk, *names in Category.objects.values_list("pk", "name", "slug")
        if words and words in map(words_of, names)
    ]


def _used(pk: int, among: TaskQuerySet) -> bool:
    return among.filter(category=pk).exists()
