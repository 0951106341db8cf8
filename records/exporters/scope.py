"""What an export takes: what the public may see, or everything, over some dates or all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from records.models import Category, Correction, Day, OldAddress, Revision, Source, Tag, Task
from records.models.category import CategoryQuerySet, address_of_category, address_of_tag
from records.models.day import DayQuerySet
from records.models.task import TaskQuerySet

Written = Callable[[int], object]  # told how many tasks have been written since


@dataclass(frozen=True)
class Scope:
    """What an export takes; days oldest first, everything else in the order it was made.

    Without ``drafts`` that is what the public may see at the moment ``at``.
    """

    drafts: bool = False
    first: date | None = None
    last: date | None = None
    at: datetime = field(default_factory=timezone.now)

    def days(self) -> DayQuerySet:
        """The days, oldest first."""
        days = Day.objects.all() if self.drafts else Day.objects.visible(self.at)
        return days.filter(self._dates("date")).order_by("date")

    def left_out(self) -> int:
        """How many days of these dates are not taken, as the public does not see them."""
        return Day.objects.filter(self._dates("date")).count() - self.days().count()

    def tasks(self) -> TaskQuerySet:
        """Their tasks, oldest day first, then as logged."""
        tasks = Task.objects.all() if self.drafts else Task.objects.visible(self.at)
        return tasks.filter(self._dates("day_id")).order_by("day_id", "position", "id")

    def categories(self) -> CategoryQuerySet:
        """All categories, or those of the public tasks."""
        if self.drafts:
            return Category.objects.order_by("id")
        return Category.objects.filter(pk__in=self.tasks().order_by().values("category_id")).order_by("id")

    def tags(self) -> QuerySet[Tag]:
        """All tags, or those of the public days."""
        if self.drafts:
            return Tag.objects.order_by("id")
        return Tag.objects.filter(days__in=self.days()).distinct().order_by("id")

    def old_addresses(self) -> QuerySet[OldAddress]:
        """The addresses that lead to these days, categories and tags.

        Publicly, those of a category or a tag that was seen: one may have got its name from drafts.
        """
        addresses = OldAddress.objects.order_by("id")
        to_days = addresses.filter(day__in=self.days())
        to_kinds = addresses.filter(category__in=self.categories()) | addresses.filter(tag__in=self.tags())
        if not self.drafts:
            to_kinds = to_kinds.filter(path__in=self._given_out(to_kinds))
        return (to_days | to_kinds).order_by("id")

    def _given_out(self, addresses: QuerySet[OldAddress]) -> list[str]:
        """The paths of those addresses of categories and tags that the public saw tasks and days under.

        A revision keeps the names of tags: their addresses are those made of these names.
        """
        paths = set(addresses.values_list("path", flat=True))
        if not paths:
            return []
        seen: set[str] = set()
        rows = self.revisions().values(
            "day_id",
            "at",
            "snapshot__tasks",
            "snapshot__tags",
            status=F("snapshot__status"),
            published_at=F("snapshot__published_at"),
        )
        for _, of_day in groupby(rows.iterator(chunk_size=100), key=itemgetter("day_id")):
            for revision in given_out(of_day, self.at):
                named = {task["category"] for task in revision["snapshot__tasks"] if task["category"]}
                seen |= {address_of_category(slug) for slug in named}
                slugs = filter(None, map(slugify, revision["snapshot__tags"]))
                seen |= {address_of_tag(slug) for slug in slugs}
        return sorted(seen)

    def tags_of_days(self) -> QuerySet[Any]:
        """Which day has which tag."""
        return Day.tags.through._default_manager.filter(day__in=self.days()).order_by("day__date", "tag_id")

    def sources(self) -> QuerySet[Source]:
        """Where the imported ones of these days came from."""
        return Source.objects.filter(day__in=self.days()).order_by("day__date")

    def revisions(self) -> QuerySet[Revision]:
        """How these days stood; ``given_out`` says which of it the public saw."""
        return Revision.objects.filter(day__in=self.days()).order_by("day__date", "number")

    def corrections(self) -> QuerySet[Correction]:
        """What was corrected of these days."""
        return Correction.objects.filter(day__in=self.days()).order_by("day__date", "id")

    def removed(self) -> QuerySet[Revision]:
        """Revisions of drafts that are gone, which the public never saw."""
        gone = Revision.objects.filter(self._dates("date"), day=None).order_by("id")
        return gone if self.drafts else gone.none()

    def _dates(self, column: str) -> Q:
        return Q(**{f"{column}__gte": self.first} if self.first else {}) & Q(
            **{f"{column}__lte": self.last} if self.last else {}
        )


def given_out(revisions: Iterable[Mapping[str, Any]], until: datetime) -> list[Mapping[str, Any]]:
    """The revisions of one day, oldest first, that stood in public at some moment before ``until``.

    A revision stands from its publication, or from when it was saved, to the next one.
    """
    seen = []
    for revision in reversed(list(revisions)):
        published_at = revision["published_at"]
        if revision["status"] == Day.Status.PUBLISHED and datetime.fromisoformat(published_at) <= until:
            seen.append(revision)
        until = revision["at"]
    return seen[::-1]
