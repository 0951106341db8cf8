"""The site profile: one row that names the site, its author and its conventions."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from records.disclosure import Kind, disclosures
from records.models.fields import WebAddressField
from records.models.moment import once_a_state
from records.models.prepared import Prepared

ABOUT_RECORDS = (
    "A record lists the tasks of one day: what a skilled engineer who knows the code base would have needed, "
    "in hours, and what the agent and its supervisor took, in minutes. The hours are estimates."
)


def is_time_zone(value: str) -> None:
    """Raise ``ValidationError`` unless ``value`` names a time zone of the IANA database."""
    if value not in available_timezones():
        raise ValidationError(
            "“%(value)s” is not a time zone. Try Europe/Berlin, America/New_York or UTC.",
            params={"value": value},
        )


class SafeName(models.Model):
    """A name that must not appear in public, and what stands in for it."""

    name = models.CharField(
        max_length=80,
        help_text="A client, a repository, a host: found as a whole word, in any case.",
    )
    stand_in = models.CharField("write instead", max_length=80, help_text="Such as “a client”.")

    class Meta:
        verbose_name = "safe name"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="safe_name_once", violation_error_message="This name is listed already."
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def known(cls) -> dict[str, str]:
        """What stands in for each name."""
        return dict(cls.objects.values_list("name", "stand_in"))

    def clean(self) -> None:
        """Raise ``ValidationError`` for a name listed already and for a stand-in that gives a name away."""
        self.name, self.stand_in = " ".join(self.name.split()), " ".join(self.stand_in.split())
        if not self.name:
            return
        others = SafeName.objects.exclude(pk=self.pk)
        self._refuse_name_beside(others)
        self._refuse_stand_in({other.name: other.stand_in for other in others})

    def _refuse_name_beside(self, others: Iterable["SafeName"]) -> None:
        for other in others:
            if other.name.casefold() == self.name.casefold():
                raise ValidationError(
                    {"name": f"This is listed already, as “{other}”. Case does not matter."}
                )
            if _holds(other.stand_in, self.name):
                words = (
                    f"“{other.stand_in}”, written instead of “{other}”, holds this name. Change that first."
                )
                raise ValidationError({"name": words})

    def _refuse_stand_in(self, others: dict[str, str]) -> None:
        """What is written instead must itself be fit to be read."""
        if _holds(self.stand_in, self.name):
            raise ValidationError({"stand_in": "This still holds the name. Try “a client”."})
        if found := disclosures(self.stand_in, others):
            raise ValidationError({"stand_in": [place.words for place in found]})


def _holds(text: str, name: str) -> bool:
    return any(place.kind is Kind.NAME for place in disclosures(text, {name: ""}))


class SiteProfile(models.Model):
    """Who writes here and by which conventions; edited in the admin, used on every page."""

    site_name = models.CharField(max_length=80, default="Leverage Records")
    author_name = models.CharField(max_length=80, blank=True)
    author_box = models.TextField(
        max_length=5_000, blank=True, help_text="Markdown. Shown at the foot of every record."
    )
    about_records = models.TextField(
        max_length=5_000,
        blank=True,
        default=ABOUT_RECORDS,
        help_text="Markdown. What these records are, and what they leave out.",
    )
    call_to_action = models.TextField(
        max_length=5_000, blank=True, help_text="Markdown. Closes every record, above previous and next."
    )
    objections = models.TextField(
        max_length=20_000, blank=True, help_text="Markdown. The part “Objections” of the method page."
    )
    agent_name = models.CharField(max_length=40, default="Claude")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[is_time_zone])
    hours_per_day = models.DecimalField(
        max_digits=4, decimal_places=2, default=Decimal(8), validators=[MinValueValidator(Decimal("0.25"))]
    )
    hours_per_week = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(40), validators=[MinValueValidator(Decimal("0.25"))]
    )
    licence = models.CharField(
        "licence of the figures", max_length=80, blank=True, help_text="For example CC BY 4.0."
    )
    licence_url = WebAddressField("address of the licence", blank=True)
    filled_by_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "site profile"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="site_profile_is_one_row")]

    def __str__(self) -> str:
        return self.site_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the profile as the one row there is."""
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteProfile":
        """The stored profile, or the defaults where none is stored yet."""
        return _profile()

    @property
    def zone(self) -> ZoneInfo:
        """The author's time zone."""
        return ZoneInfo(self.time_zone)

    def now(self) -> datetime:
        """The present moment in the author's time zone."""
        return timezone.now().astimezone(self.zone)

    def today(self) -> date:
        """The date it is where the author lives."""
        return self.now().date()


_STORED = Prepared(SiteProfile.objects.filter(pk=1))


@once_a_state
def _profile() -> SiteProfile:
    return _STORED.first() or SiteProfile(pk=1)
