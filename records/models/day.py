"""A day of work: the record's page, its prose and its state."""

from copy import copy
from datetime import date, datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from records.leverage import Totals
from records.models.category import Tag
from records.models.fields import MinutesField, token_bounds
from records.models.kept import KeptClaim, check_kept, kept_in
from records.models.paths import path_of
from records.models.prepared import Parameter, Prepared
from records.models.public import PublicTexts
from records.models.sums import SUMS

EARLIEST = date(1990, 1, 1)


def latest_of(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are known."""
    return max((moment for moment in moments if moment), default=None)


def _hidden(at: datetime | Parameter) -> Q:
    """What the public may not see at a moment; a status that nobody knows is none of the public ones."""
    published = Day.Status.PUBLISHED
    unpublished = Q(status__lt=published) | Q(status__gt=published)
    return unpublished | Q(status=published, published_at__gt=at)


class DayQuerySet(models.QuerySet["Day"]):
    """Questions about days."""

    def visible(self, at: datetime | None = None) -> Self:
        """The days the public may see at a moment, now by default; spelled here, below, and nowhere else."""
        moment = at or timezone.now()
        return self.filter(status=Day.Status.PUBLISHED, published_at__lte=moment)

    def hidden(self, at: datetime | None = None) -> Self:
        """All other days, in terms that an index answers: those the public may not see at a moment."""
        return self.filter(_hidden(at or timezone.now()))

    def not_hidden(self, at: datetime | Parameter | None = None) -> Self:
        """The days of ``visible``, in terms that no index answers: for the one before or after a date.

        They are the same as no day is published without a moment. SQLite would rather look at all days of a
        status than go from one date to the next.
        """
        return self.exclude(_hidden(at or timezone.now()))

    def waiting(self, at: datetime | None = None) -> Self:
        """The days still to appear at a moment, now by default: drafts and scheduled ones."""
        moment = at or timezone.now()
        return self.exclude(status=Day.Status.WITHDRAWN).exclude(
            status=Day.Status.PUBLISHED, published_at__lte=moment
        )

    def newest_first(self) -> Self:
        """The latest day worked first."""
        return self.order_by("-date")

    def with_totals(self) -> Self:
        """Each day with its sums, for ``Day.totals()`` without a query, and both factors to order by.

        They come from the summary of the day: no task is read.
        """
        return self.annotate(
            **{f"sum_{name}": F(f"summary__{name}") for name in SUMS},
            factor=F("summary__factor"),
            supervisory_factor=F("summary__supervisory_factor"),
        )

    def tokens(self) -> int | None:
        """The tokens of all these days, each day's as ``Day.tokens`` has them, in one query."""
        total = self.order_by().aggregate(tokens=Sum("summary__tokens"))["tokens"]
        return None if total is None else int(total)

    def ranked(self, by: str, *, descending: bool) -> Self:
        """Ordered by a column that may be null, null last both ways, ties by date in that direction."""
        if by == "date":
            return self.order_by("-date" if descending else "date")
        if descending:
            return self.order_by(Coalesce(F(by), Value(-1), output_field=models.FloatField()).desc(), "-date")
        return self.order_by(F(by).asc(nulls_last=True), "date")


def address_of_day(day: date) -> str:
    """The record's page."""
    return path_of("record_detail", day)


@lru_cache(1_024)
def _title_of(day: date) -> str:
    return f"Leverage Record: {date_format(day, 'F j, Y')}"


class Day(PublicTexts):
    """One day worked, by its date in the author's time zone."""

    public_texts = ("title", "lede", "analysis", "left_out")
    public_parts = MappingProxyType({"kept_claims": ("sentence", "claim", "why")})

    class Status(models.TextChoices):
        """Where a day stands between the author's desk and the public."""

        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    date = models.DateField(
        "work date",
        unique=True,
        validators=[
            MinValueValidator(EARLIEST, "That is before there were agents. Try a date such as 2026-04-12.")
        ],
    )
    title = models.CharField(
        max_length=120, blank=True, help_text="Blank means “Leverage Record: April 12, 2026”."
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="days")
    lede = models.TextField(max_length=50_000, blank=True, help_text="Markdown.")
    analysis = models.TextField(max_length=50_000, blank=True, help_text="Markdown.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(
        "published at", null=True, blank=True, help_text="May lie ahead: the day appears then."
    )
    stated_tokens = models.BigIntegerField(
        "total tokens",
        null=True,
        blank=True,
        validators=token_bounds(),
        help_text="For the whole day, where the tasks have none.",
    )
    left_out = models.CharField(
        max_length=200, blank=True, help_text="What the record leaves out, such as “3 private, client work”."
    )
    elapsed_minutes = MinutesField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Minutes from first to last, where agents overlapped.",
    )
    evidence_private = models.BooleanField(
        "evidence is private", default=False, help_text="Said once on the page, for all its tasks."
    )
    kept_claims = models.JSONField(
        "kept claims",
        default=list,
        blank=True,
        editable=False,
        validators=[check_kept],
        help_text="Claims of the prose that stay although the data say otherwise, each with the reason.",
    )
    sample = models.BooleanField(
        "sample data", default=False, help_text="Made-up data: said so wherever it counts."
    )
    preview_key = models.CharField(max_length=32, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    figures_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    prose_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    supposed: Totals | None = None  # set by ``supposing`` alone

    objects = DayQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]
        # With the date, by which tasks and summaries are found, so that no row with its prose is read for it.
        indexes = [models.Index(fields=["status", "published_at", "date"], name="day_visible")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="day_published_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(stated_tokens__gte=0) | Q(stated_tokens__isnull=True),
                name="day_stated_tokens_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(elapsed_minutes__gte=0) | Q(elapsed_minutes__isnull=True),
                name="day_elapsed_minutes_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.full_title

    def get_absolute_url(self) -> str:
        """The record's page."""
        return address_of_day(self.date)

    @property
    def full_title(self) -> str:
        """The title as shown: the author's, or one made from the date."""
        return self.title or _title_of(self.date)

    def totals(self) -> Totals:
        """Sums and weighted averages of the day's tasks; no query after ``with_totals`` or a prefetch."""
        if self.supposed is not None:
            return self.supposed
        if hasattr(self, "sum_tasks"):
            return Totals.from_units(vars(self), prefix="sum_")
        return Totals.of(self.tasks.all())

    def supposing(self, totals: Totals) -> "Day":
        """A copy that has the totals of a scenario, to be shown and never to be saved."""
        supposed = copy(self)
        supposed.supposed = totals
        return supposed

    @property
    def is_emptied(self) -> bool:
        """Whether a scenario leaves none of the tasks that the day has on record."""
        return self.supposed is not None and not self.supposed.tasks

    def tokens(self) -> int | None:
        """The day's tokens: the sum over its tasks when every task has some, else the stated total."""
        return self.totals().tokens_with(self.stated_tokens)

    def is_visible(self, at: datetime | None = None) -> bool:
        """Whether the public may see the day at a moment, now by default: ``visible`` for one row."""
        moment = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= moment
        )

    def kept(self) -> list[KeptClaim]:
        """The claims of its prose that stay although the data say otherwise."""
        return kept_in(self.kept_claims)

    @property
    def updated_prose_at(self) -> datetime | None:
        """When what readers had read of the day's prose was last changed; ``None`` if it never was."""
        changed, published = self.prose_changed_at, self.published_at
        return changed if changed and published and changed > published else None

    @property
    def changed_at(self) -> datetime | None:
        """When readers last got something new: the figures, the prose, or the record at all."""
        return latest_of(self.published_at, self.figures_changed_at, self.prose_changed_at)

    def is_scheduled(self, at: datetime | None = None) -> bool:
        """Whether the day is published at a moment that still lies ahead."""
        return self.status == self.Status.PUBLISHED and not self.is_visible(at)


@cache
def _tagging() -> Prepared[Tag]:
    return Prepared(Tag.objects.filter(days=Parameter("day", models.BigIntegerField())))


def tags_of(day: Day) -> list[Tag]:
    """The tags of a day by name, in one query."""
    return _tagging().rows(day=day.pk)
