"""Which days a page is about: the public ones at a moment, from one to another."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from records.models import Day, DayCategorySummary, DaySummary, Task
from records.models.day import DayQuerySet
from records.models.summary import SummaryQuerySet
from records.models.task import TaskQuerySet
from records.summaries.kept import edition


@dataclass(frozen=True)
class Reach:
    """The public days at a moment from one to another, both included; ``None`` leaves an end open."""

    at: datetime
    first: date | None = None
    last: date | None = None

    @classmethod
    def now(cls, first: date | None = None, last: date | None = None) -> "Reach":
        """The days that are public at this moment."""
        return cls(timezone.now(), first, last)

    @property
    def whole(self) -> "Reach":
        """All days, of the same moment."""
        return Reach(self.at)

    @cached_property
    def edition(self) -> str:
        """The state of the site, asked once; see ``kept``."""
        return edition(self.at)

    @property
    def is_narrow(self) -> bool:
        """Whether an end is given."""
        return self.first is not None or self.last is not None

    @property
    def name(self) -> str:
        """The two ends as text, the same for the same days at one state of the site."""
        return f"{self.first or ''}..{self.last or ''}"

    @property
    def days(self) -> DayQuerySet:
        """The days themselves."""
        return Day.objects.visible(self.at).filter(**self._ends("date"))

    @property
    def tasks(self) -> TaskQuerySet:
        """Their tasks."""
        return Task.objects.filter(**self._of_days)

    @property
    def summaries(self) -> SummaryQuerySet[DaySummary]:
        """What each of them adds up to."""
        return DaySummary.objects.filter(**self._of_days)

    @property
    def category_summaries(self) -> SummaryQuerySet[DayCategorySummary]:
        """What each category of each of them adds up to."""
        return DayCategorySummary.objects.filter(**self._of_days)

    @property
    def _of_days(self) -> dict[str, Any]:
        """What a row has to be of; the ends are said twice, so that no database lists all public days."""
        return {"day__in": self.days.order_by().values("date"), **self._ends("day")}

    def _ends(self, column: str) -> dict[str, Any]:
        ends = {f"{column}__gte": self.first, f"{column}__lte": self.last}
        return {name: day for name, day in ends.items() if day is not None}
