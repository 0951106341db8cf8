"""Figures that are possible and seldom meant: told before publishing, and beside the row while typing.

A unit typed wrongly, or a point in the wrong place, mostly shows in the factor. None of it is refused.
``static/desk/unusual.js`` says the same of a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records import formats, leverage
from records.models import Day, DaySummary, Task

FACTORS = (Decimal(1), Decimal(10_000))
SHORTEST = Decimal(1)  # agent minutes
WEEKS = 26  # single tasks of some weeks are common in records of this kind
FAR = 3  # times the highest factor on record
ASKED = "Is every unit right?"


@dataclass(frozen=True)
class Usual:
    """What figures are held against: the hours of a working week, the highest factor on record if any."""

    hours_per_week: Decimal
    highest: Decimal | None = None

    @classmethod
    def beside(cls, on: date, hours_per_week: Decimal) -> "Usual":
        """What is usual on the public days but this one; one query."""
        others = DaySummary.objects.filter(day__in=Day.objects.visible()).exclude(day__date=on)
        known = others.filter(highest_factor__isnull=False).order_by("-highest_factor")
        highest = Task.objects.filter(pk__in=known.values("highest_task_id")[:1]).first()
        return cls(hours_per_week, highest.leverage_factor() if highest else None)

    def remarks(self, human_hours: Decimal | None, agent_minutes: Decimal | None) -> str:
        """What is unusual about the figures of a task, in sentences; blank when nothing is."""
        said = [*self._of_time(human_hours, agent_minutes), *self._of_factor(human_hours, agent_minutes)]
        return " ".join([*said, ASKED]) if said else ""

    def _of_time(self, human_hours: Decimal | None, agent_minutes: Decimal | None) -> Iterator[str]:
        most = self.hours_per_week * WEEKS
        if human_hours is not None and human_hours > most:
            hours = formats.quantity(human_hours)
            yield f"{hours} h is more than half a year of work, {formats.quantity(most)} h."
        if agent_minutes is not None and agent_minutes < SHORTEST:
            yield f"{formats.quantity(agent_minutes)} min is less than a minute."

    def _of_factor(self, human_hours: Decimal | None, agent_minutes: Decimal | None) -> Iterator[str]:
        factor = leverage.factor(human_hours, agent_minutes)
        if factor is None:
            return
        lowest, highest = FACTORS
        written = f"{formats.task_factor(factor)}×"
        if factor < lowest:
            yield f"{written} says that the agent took longer than a human would have."
        elif factor > highest:
            yield f"{written} is beyond {formats.quantity(highest)}×."
        elif self.highest and factor > self.highest * FAR:
            known = formats.task_factor(self.highest)
            yield f"{written} is far above the highest factor on record, {known}×."
