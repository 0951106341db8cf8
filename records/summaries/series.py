"""Days held in memory: those of a period, or of a scenario that has to look at each task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import F

from records.leverage import Totals
from records.models import Day
from records.models.day import DayQuerySet, latest_of
from records.periods import Period, Unit, period_of, stretch
from records.summaries.any_series import AnySeries, DayFigures, Extremes, Stretch


@dataclass(frozen=True)
class Series(AnySeries):
    """Days held in memory, earliest first; nothing in it asks the database again."""

    days: tuple[DayFigures, ...]

    @classmethod
    def of(cls, days: DayQuerySet) -> "Series":
        """The days of a queryset, read in one query without their prose and without a task."""
        found = days.with_totals().annotate(
            agent_about=F("summary__agent_about"), supervision_about=F("summary__supervision_about")
        )
        return cls(
            tuple(DayFigures(day, day.totals()) for day in found.defer("lede", "analysis").order_by("date"))
        )

    def within(self, first: date | None, last: date | None) -> "Series":
        """The days from one to another, both included; ``None`` leaves an end open."""
        return Series(
            tuple(
                each
                for each in self.days
                if (first is None or each.date >= first) and (last is None or each.date <= last)
            )
        )

    @property
    def first(self) -> date:
        """The earliest day; there has to be one."""
        return self.days[0].date

    @property
    def last(self) -> date:
        """The latest day; there has to be one."""
        return self.days[-1].date

    @cached_property
    def worked(self) -> tuple[DayFigures, ...]:
        """The days that have tasks."""
        return tuple(each for each in self.days if each.totals.tasks)

    @cached_property
    def notes(self) -> tuple[Day, ...]:
        """The days without tasks, which say why."""
        return tuple(each.day for each in self.days if each.is_note)

    @cached_property
    def emptied(self) -> tuple[DayFigures, ...]:
        """The days of which a scenario leaves no task."""
        return tuple(each for each in self.days if each.is_emptied)

    @cached_property
    def totals(self) -> Totals:
        """Sums and weighted averages of all tasks, and the days' own tokens."""
        return together(self.days)

    @cached_property
    def leverage_extremes(self) -> Extremes | None:
        """The days of the lowest and highest leverage factor; ``None`` unless they differ."""
        return _extremes([(each, each.totals.leverage.value) for each in self.days])

    @cached_property
    def supervision_extremes(self) -> Extremes | None:
        """The days of the lowest and highest supervisory factor; ``None`` unless they differ."""
        return _extremes([(each, each.totals.supervision.value) for each in self.days])

    @cached_property
    def as_of(self) -> datetime | None:
        """When a figure of these days last changed."""
        moments = (each.day.figures_changed_at or each.day.published_at for each in self.days)
        return max((moment for moment in moments if moment), default=None)

    @property
    def sample(self) -> bool:
        """Whether some of the days are made up."""
        return any(each.day.sample for each in self.days)

    @property
    def agent_is_approximate(self) -> bool:
        """Whether agent minutes of some task are only about right, and so their sum."""
        return any(getattr(each.day, "agent_about", 0) for each in self.days)

    @property
    def supervision_is_approximate(self) -> bool:
        """Whether supervisory minutes of some task are only about right, and so their sum."""
        return any(getattr(each.day, "supervision_about", 0) for each in self.days)

    @property
    def tokens_are_partial(self) -> bool:
        """Whether the tokens of some task are in no sum and no stated total."""
        return any(
            each.day.stated_tokens is None and each.totals.tokens_known < each.totals.tasks
            for each in self.days
        )

    @property
    def changed(self) -> datetime | None:
        """When readers last got something new."""
        return latest_of(*(each.day.changed_at for each in self.days))

    @property
    def days_on_record(self) -> int:
        """How many days there are, notes included."""
        return len(self.days)

    @property
    def days_worked(self) -> int:
        """How many of the days have tasks."""
        return len(self.worked)

    @property
    def days_leaving_out(self) -> int:
        """How many of the days name what they leave out."""
        return sum(bool(each.day.left_out) for each in self.days)

    @property
    def years(self) -> Sequence[int]:
        """The years that have a day, the latest first."""
        return sorted({each.date.year for each in self.days}, reverse=True)

    def of_year(self, year: int) -> Sequence[DayFigures]:
        """The days of one year, earliest first."""
        return [each for each in self.days if each.date.year == year]

    def by(self, unit: Unit, span: tuple[date, date] | None = None) -> list[Stretch]:
        """Every period of a kind, those without a day included: of ``span``, or from first to last day."""
        if not self.days:
            return []
        first, last = span or (self.first, self.last)
        parts: dict[Period, list[DayFigures]] = {period: [] for period in stretch(first, last, unit)}
        for each in self.days:
            parts[period_of(each.date, unit)].append(each)
        return [Stretch(period, len(days), together(days)) for period, days in parts.items()]


def together(days: Iterable[DayFigures]) -> Totals:
    """The totals of some days; of the tokens, what each day says of its own."""
    each = list(days)
    tokens = [known for one in each if (known := one.totals.tokens_with(one.day.stated_tokens)) is not None]
    return Totals.together(one.totals for one in each)._replace(tokens=sum(tokens) if tokens else None)


def _extremes(days: Sequence[tuple[DayFigures, Decimal | None]]) -> Extremes | None:
    """Of equal ones the earlier; ``None`` where all are equal."""
    known = [(each, factor) for each, factor in days if factor is not None]
    if len({factor for _, factor in known}) < 2:
        return None
    lowest = min(known, key=lambda pair: pair[1])
    highest = max(known, key=lambda pair: pair[1])
    return Extremes(lowest[0].date, lowest[1], highest[0].date, highest[1])
