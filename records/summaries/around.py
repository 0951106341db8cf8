"""The public days around one: the day before, its week so far, the thirty days before."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from records.leverage import Totals, quotient
from records.models import Day, DaySummary

RECENT_DAYS = 30


@dataclass(frozen=True)
class Recent:
    """Some days together: how many had tasks, and the totals of these."""

    days: int
    totals: Totals

    def a_day(self, total: Decimal | int | None) -> Decimal | None:
        """A total as an average a day."""
        return quotient(total, self.days)


def day_before(day: Day) -> Day | None:
    """The public day with tasks before one, with its totals; one query."""
    earlier = Day.objects.visible().filter(summary__tasks__gt=0, date__lt=day.date).newest_first()
    return earlier.defer("lede", "analysis").with_totals().first()


def week_before(day: Day) -> Totals:
    """The totals of the public days of a day's week that come before it, from Monday; one query."""
    monday = day.date - timedelta(days=day.date.weekday())
    return DaySummary.objects.visible().filter(day__gte=monday, day__lt=day.date).totals()


def recent_days(day: Day) -> Recent:
    """The public days with tasks among the thirty before one; one query."""
    first = day.date - timedelta(days=RECENT_DAYS)
    worked = DaySummary.objects.visible().filter(day__gte=first, day__lt=day.date, tasks__gt=0)
    each = [summary.totals() for summary in worked]
    return Recent(len(each), Totals.together(each))
