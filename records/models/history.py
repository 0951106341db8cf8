"""What a day was: where it came from, how it stood, what was corrected, and the addresses it had."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records import formats
from records.models.category import Category, Tag
from records.models.day import Day
from records.models.json import ExactJSONField


class Source(models.Model):
    """Where an imported day came from, with the labels and figures printed there."""

    day = models.OneToOneField(Day, on_delete=models.CASCADE, related_name="source")
    path = models.CharField(max_length=500)
    printed = ExactJSONField(default=dict)

    def __str__(self) -> str:
        return self.path


class Revision(models.Model):
    """How a day stood after one save; kept when a draft is removed."""

    day = models.ForeignKey(Day, null=True, on_delete=models.SET_NULL, related_name="revisions")
    date = models.DateField("work date")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    snapshot = ExactJSONField()

    class Meta:
        ordering = ["day", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="revision_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} no. {self.number}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions about corrections."""

    def visible(self, at: datetime | None = None) -> Self:
        """What the public may see at a moment, now by default: all of public days, and withdrawals.

        Whoever has read a record may know that it was withdrawn, when and why, and nothing else of it.
        """
        moment = at or timezone.now()
        of_a_public_day = Q(day__status=Day.Status.PUBLISHED, day__published_at__lte=moment)
        return self.filter(of_a_public_day | Q(what=Correction.What.WITHDRAWN))

    def ranked(self, by: str, *, descending: bool) -> Self:
        """Ordered by when they were made, ties by id in that direction; ``by`` is ``at``."""
        return self.order_by(f"-{by}", "-id") if descending else self.order_by(by, "id")


class Correction(models.Model):
    """One figure of a public day that changed: what, from, to, why and when."""

    class What(models.TextChoices):
        """The figure that changed, or what became of the task."""

        HUMAN_HOURS = "human_hours", "human hours"
        AGENT_MINUTES = "agent_minutes", "agent minutes"
        SUPERVISORY_MINUTES = "supervisory_minutes", "supervisory minutes"
        TOKENS = "tokens", "tokens"
        STATED_TOKENS = "stated_tokens", "total tokens of the day"
        ELAPSED_MINUTES = "elapsed_minutes", "elapsed minutes of the day"
        TASK_ADDED = "task_added", "task added"
        TASK_REMOVED = "task_removed", "task removed"
        TASK_MOVED = "task_moved", "task moved to another day"
        DAY_MOVED = "day_moved", "day moved to another date"
        WITHDRAWN = "withdrawn", "record withdrawn"

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="corrections")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="corrections")
    task_id = models.BigIntegerField(null=True, blank=True)
    task_name = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=20, choices=What.choices)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index("at", "id", name="correction_ledger")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.old} → {self.new}"

    @property
    def old(self) -> str:
        """What it was, as tables write it."""
        return self._written(self.before)

    @property
    def new(self) -> str:
        """What it became, as tables write it."""
        return self._written(self.after)

    def _written(self, stored: str) -> str:
        if self.what in _CAME_OR_WENT:
            return _NUMBER.sub(lambda found: formats.quantity(Decimal(found[0])), stored) or formats.DASH
        if not stored or self.what not in _FIGURES:
            return stored or formats.DASH
        return formats.figure(self.what, Decimal(stored))


_CAME_OR_WENT = (Correction.What.TASK_ADDED, Correction.What.TASK_REMOVED)  # all figures, in one line
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
_FIGURES = (
    Correction.What.HUMAN_HOURS,
    Correction.What.AGENT_MINUTES,
    Correction.What.SUPERVISORY_MINUTES,
    Correction.What.ELAPSED_MINUTES,
    Correction.What.TOKENS,
    Correction.What.STATED_TOKENS,
)


class OldAddress(models.Model):
    """An address that was once given out and now redirects to a day, a category or a tag."""

    PLACES = ("day", "category", "tag")  # of which it leads to one

    path = models.CharField(max_length=500, unique=True)
    day = models.ForeignKey(
        Day, null=True, blank=True, on_delete=models.CASCADE, related_name="old_addresses"
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="old_addresses"
    )
    tag = models.ForeignKey(
        Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="old_addresses"
    )

    class Meta:
        verbose_name_plural = "old addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=False, category__isnull=True, tag__isnull=True)
                | Q(day__isnull=True, category__isnull=False, tag__isnull=True)
                | Q(day__isnull=True, category__isnull=True, tag__isnull=False),
                name="old_address_leads_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.path
