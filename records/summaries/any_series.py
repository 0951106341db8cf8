"""Many days together, as pages and charts ask for them: what they add up to, by day, week, month or year."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from records.leverage import MINUTES_PER_HOUR, Totals, quotient
from records.models import Day
from records.periods import Period, Unit, count_of

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

    @property
    def is_note(self) -> bool:
        """Whether no task is on record of the day."""
        return not self.totals.tasks and not self.is_emptied


@dataclass(frozen=True)
class Stretch:
    """A period and what its days on record add up to."""

    period: Period
    days: int
    totals: Totals


@dataclass(frozen=True)
class Extremes:
    """The days of the lowest and of the highest weighted average of some days."""

    lowest: date
    lowest_factor: Decimal
    highest: date
    highest_factor: Decimal


class AnySeries(ABC):
    """Days on record with their figures, however they are held."""

    @property
    @abstractmethod
    def first(self) -> date:
        """The earliest day; there has to be one."""

    @property
    @abstractmethod
    def last(self) -> date:
        """The latest day; there has to be one."""

    @property
    @abstractmethod
    def days_on_record(self) -> int:
        """How many days there are, notes included."""

    @property
    @abstractmethod
    def days_worked(self) -> int:
        """How many of the days have tasks."""

    @property
    @abstractmethod
    def days_leaving_out(self) -> int:
        """How many of the days name what they leave out."""

    @property
    @abstractmethod
    def years(self) -> Sequence[int]:
        """The years that have a day, the latest first."""

    @property
    @abstractmethod
    def totals(self) -> Totals:
        """Sums and weighted averages of all tasks, and the days' own tokens."""

    @property
    @abstractmethod
    def leverage_extremes(self) -> Extremes | None:
        """The days of the lowest and highest leverage factor; ``None`` unless they differ."""

    @property
    @abstractmethod
    def supervision_extremes(self) -> Extremes | None:
        """The days of the lowest and highest supervisory factor; ``None`` unless they differ."""

    @property
    @abstractmethod
    def as_of(self) -> datetime | None:
        """When a figure of these days last changed."""

    @property
    @abstractmethod
    def changed(self) -> datetime | None:
        """When readers last got something new."""

    @property
    @abstractmethod
    def sample(self) -> bool:
        """Whether some of the days are made up."""

    @property
    @abstractmethod
    def agent_is_approximate(self) -> bool:
        """Whether agent minutes of some task are only about right, and so their sum."""

    @property
    @abstractmethod
    def supervision_is_approximate(self) -> bool:
        """Whether supervisory minutes of some task are only about right, and so their sum."""

    @property
    @abstractmethod
    def tokens_are_partial(self) -> bool:
        """Whether the tokens of some task are in no sum and no stated total."""

    @abstractmethod
    def by(self, unit: Unit, span: tuple[date, date] | None = None) -> list[Stretch]:
        """Every period of a kind, those without a day included: of ``span``, or from first to last day."""

    @abstractmethod
    def of_year(self, year: int) -> Sequence[DayFigures]:
        """The days of one year, earliest first."""

    @property
    def agent_hours(self) -> Decimal | None:
        """The agent minutes in hours."""
        return quotient(self.totals.agent_minutes, MINUTES_PER_HOUR)

    @property
    def supervisory_hours(self) -> Decimal | None:
        """The supervisory minutes in hours."""
        return quotient(self.totals.supervisory_minutes, MINUTES_PER_HOUR)

    @property
    def calendar_days(self) -> int:
        """How many days the calendar has from the earliest to the latest."""
        return (self.last - self.first).days + 1

    def notes_of(self, year: int) -> list[Day]:
        """The days of one year without tasks, which say why."""
        return [each.day for each in self.of_year(year) if each.is_note]

    def unit_for(self, asked: Unit | None, most: int = MOST_COLUMNS) -> Unit:
        """The unit asked for or, of those not shorter, the first that divides the days into few enough."""
        units = list(Unit)[list(Unit).index(asked or Unit.DAY) :]
        if not self.days_on_record:
            return units[0]
        fitting = (unit for unit in units if count_of(self.first, self.last, unit) <= most)
        return next(fitting, Unit.YEAR)
