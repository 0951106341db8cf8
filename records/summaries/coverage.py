"""What stands behind the figures of several days: how many they are, as of when, and what is left out."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from records.models.day import DayQuerySet
from records.summaries.any_series import AnySeries


@dataclass(frozen=True)
class Coverage:
    """Days, those of them that name what they leave out, and when a figure of one last changed."""

    days: int
    leaving_out: int
    as_of: datetime | None

    @property
    def words(self) -> str:
        """How much is left out, in a sentence."""
        if not self.leaving_out:
            return "None of the days counted here names anything that it leaves out."
        of = "The one day" if self.days == 1 else f"{self.leaving_out:,} of the {self.days:,} days"
        name = "names" if 1 in (self.days, self.leaving_out) else "name"
        return f"{of} counted here {name} what the record leaves out; it stands above the log of the day."


def coverage(days: DayQuerySet) -> Coverage:
    """The coverage of some days, in one query."""
    found = days.order_by().aggregate(
        days=Count("pk"),
        leaving_out=Count("pk", filter=Q(summary__leaves_out=True)),
        as_of=Max("summary__as_of"),
    )
    return Coverage(**found)


def coverage_of(series: AnySeries) -> Coverage:
    """The coverage of days that were summed up already."""
    return Coverage(series.days_on_record, series.days_leaving_out, series.as_of)
