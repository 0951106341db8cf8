"""Many days together: what they add up to, by day, week, month or year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q

from records.leverage import MINUTES_PER_HOUR, Totals, quotient
from records.models import Day, FigureSource
from records.models.day import DayQuerySet
from records.periods import Period, Unit, count_of, period_of, stretch

MOST_COLUMNS = 190  # of a chart: more would be too thin to be told apart


@dataclass(frozen=True)
class DayFigures:
    """A day with its totals; a note has none of its own."""

    day: Day
    totals: Totals

    @property
    def date(self) -> date:
        """The date worked."""
        return self.day.date

    @property
    def factor(self) -> Decimal | None:
        """The weighted average leverage factor."""
        return self.totals.leverage.value

    @property
    def is_emptied(self) -> bool:
        """Whether the day has tasks on record and a scenario leaves none of them."""
        return self.day.is_emptied


@dataclass(frozen=True)
class Stretch:
    """A period and what its days on record add up to."""

    period: Period
    days: tuple[DayFigures, ...]
    totals: Totals


@dataclass(frozen=True)
class Extremes:
    """The days of the lowest and of the highest weighted average of some days."""

    lowest: DayFigures
    lowest_factor: Decimal
    highest: DayFigures
    highest_factor: Decimal


@dataclass(frozen=True)
class Series:
    """Days on record, earliest first, with their figures; nothing in it asks the database again."""

    days: tuple[DayFigures, ...]

    @classmethod
    def of(cls, days: DayQuerySet) -> "Series":
        """The days of a queryset, read in one query without their prose."""
        about = FigureSource.APPROXIMATE
        agent = Q(tasks__agent_minutes__isnull=False, tasks__agent_minutes_source=about)
        supervision = Q(tasks__supervisory_minutes__isnull=False, tasks__supervisory_minutes_source=about)
        found = days.with_totals().annotate(
            agent_about=Count("tasks__id", filter=agent),
            supervision_about=Count("tasks__id", filter=supervision),
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
        return tuple(each.day for each in self.days if not each.totals.tasks and not each.is_emptied)

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
    def agent_hours(self) -> Decimal | None:
        """The agent minutes in hours."""
        return quotient(self.totals.agent_minutes, MINUTES_PER_HOUR)

    @property
    def supervisory_hours(self) -> Decimal | None:
        """The supervisory minutes in hours."""
        return quotient(self.totals.supervisory_minutes, MINUTES_PER_HOUR)

    @property
    def tokens_are_partial(self) -> bool:
        """Whether the tokens of some task are in no sum and no stated total."""
        return any(
            each.day.stated_tokens is None and each.totals.tokens_known < each.totals.tasks
            for each in self.days
        )

    @property
    def calendar_days(self) -> int:
        """How many days the calendar has from the earliest to the latest."""
        return (self.last - self.first).days + 1

    def by(self, unit: Unit, span: tuple[date, date] | None = None) -> list[Stretch]:
        """Every period of a kind, those without a day included: of ``span``, or from first to last day."""
        if not self.days:
            return []
        first, last = span or (self.first, self.last)
        parts: dict[Period, list[DayFigures]] = {period: [] for period in stretch(first, last, unit)}
        for each in self.days:
            parts[period_of(each.date, unit)].append(each)
        return [Stretch(period, tuple(days), together(days)) for period, days in parts.items()]

    def unit_for(self, asked: Unit | None, most: int = MOST_COLUMNS) -> Unit:
        """The unit asked for or, of those not shorter, the first that divides the days into few enough."""
        units = list(Unit)[list(Unit).index(asked or Unit.DAY) :]
        if not self.days:
            return units[0]
        fitting = (unit for unit in units if count_of(self.first, self.last, unit) <= most)
        return next(fitting, Unit.YEAR)


def together(days: Iterable[DayFigures]) -> Totals:
    """The totals of some days; of the tokens, what each day says of its own."""
    each = list(days)
    tokens = [known for one in each if (known := one.totals.tokens_with(one.day.stated_tokens)) is not None]
    return replace(Totals.together(one.totals for one in each), tokens=sum(tokens) if tokens else None)


def _extremes(days: Sequence[tuple[DayFigures, Decimal | None]]) -> Extremes | None:
    """Of equal ones the earlier; ``None`` where all are equal."""
    known = [(each, factor) for each, factor in days if factor is not None]
    if len({factor for _, factor in known}) < 2:
        return None
    lowest = min(known, key=lambda pair: pair[1])
    highest = max(known, key=lambda pair: pair[1])
    return Extremes(*lowest, *highest)
