"""The day of a date and those beside it, as the public may see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import DateField, DateTimeField, F, Q, Subquery
from django.utils import timezone

from records.leverage import factor
from records.models import Day
from records.models.day import address_of_day
from records.models.fields import HOUR_UNITS, MINUTE_UNITS
from records.models.prepared import Parameter, Prepared

SUMS = ("tasks", "leverage_hours_units", "leverage_minutes_units")


@dataclass(frozen=True)
class Near:
    """A day beside another: how many tasks it has, and its weighted average leverage factor."""

    date: date
    tasks: int
    factor: Decimal | None

    def get_absolute_url(self) -> str:
        """The record's page."""
        return address_of_day(self.date)


@dataclass(frozen=True)
class Beside:
    """The days shown before and after one."""

    previous: Near | None
    next: Near | None


class DayAndBeside(NamedTuple):
    """The day of a date, ``None`` unless it is public, and the public ones beside it."""

    day: Day | None
    beside: Beside


def day_and_beside(on: date) -> DayAndBeside:
    """What the public may see now of a date and of those nearest to it that have a record, in one query."""
    days: list[Any] = _nearest().rows(date=on, at=timezone.now())
    return DayAndBeside(
        next((day for day in days if day.date == on), None),
        Beside(
            previous=next((_near(day) for day in days if day.date < on), None),
            next=next((_near(day) for day in days if day.date > on), None),
        ),
    )


@cache
def _nearest() -> Prepared[Day]:
    on, among = Parameter("date", DateField()), Day.objects.not_hidden(Parameter("at", DateTimeField()))
    here, earlier, later = among.filter(date=on), among.filter(date__lt=on), among.filter(date__gt=on)
    nearest = [here, earlier.order_by("-date"), later.order_by("date")]
    # All three are public already; to ask so once more would have the planner look at every public day.
    wanted = [Q(date=Subquery(days.values("date")[:1])) for days in nearest]
    days = Day.objects.filter(wanted[0] | wanted[1] | wanted[2]).order_by()
    return Prepared(days.annotate(**{f"near_{each}": F(f"summary__{each}") for each in SUMS}))


def _near(day: Any) -> Near:
    """Of sums in whole units, which both databases have exact."""
    hours, minutes = day.near_leverage_hours_units or 0, day.near_leverage_minutes_units or 0
    weighted = factor(Decimal(hours) / HOUR_UNITS, Decimal(minutes) / MINUTE_UNITS)
    return Near(day.date, day.near_tasks, weighted)
