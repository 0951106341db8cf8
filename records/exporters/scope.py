"""What an export takes: what the public may see, or everything, over some dates or all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from records.models import Category, Correction, Day, OldAddress, Revision, Source, Tag, Task
from records.models.category import CategoryQuerySet
from records.models.day import DayQuerySet
from records.models.task import TaskQuerySet


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
        """The addresses that lead to these days and categories."""
        leads_there = Q(day__in=self.days()) | Q(category__in=self.categories())
        return OldAddress.objects.filter(leads_there).order_by("id")

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
