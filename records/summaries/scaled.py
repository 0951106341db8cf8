"""A stored series in a scenario that only multiplies: the sums are multiplied, and no day is read for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from records.leverage import Totals, quotient, times
from records.periods import Unit
from records.scenario import AS_RECORDED, Scenario
from records.summaries.any_series import DayFigures, Extremes, Stretch
from records.summaries.broken import TASKS_OF_A_DAY, Mark
from records.summaries.stored import StoredSeries


@dataclass(frozen=True)
class ScaledSeries(StoredSeries):
    """The days that were read, with every hour and every supervisory minute multiplied."""

    scenario: Scenario = AS_RECORDED

    @property
    def totals(self) -> Totals:
        """Sums and weighted averages of all tasks, and the days' own tokens."""
        return self._scaled(super().totals)

    def by(self, unit: Unit, span: tuple[date, date] | None = None) -> list[Stretch]:
        """Every period of a kind, those without a day included: of ``span``, or from first to last day."""
        return [replace(each, totals=self._scaled(each.totals)) for each in super().by(unit, span)]

    def of_year(self, year: int) -> Sequence[DayFigures]:
        """The days of one year, earliest first."""
        return [self._supposed(each) for each in super().of_year(year)]

    @property
    def leverage_extremes(self) -> Extremes | None:
        """The days of the lowest and highest leverage factor; ``None`` unless they differ."""
        return _multiplied(super().leverage_extremes, self.scenario.hours)

    @property
    def supervision_extremes(self) -> Extremes | None:
        """The days of the lowest and highest supervisory factor; ``None`` unless they differ."""
        multiplier = quotient(self.scenario.hours, self.scenario.supervision)
        return _multiplied(super().supervision_extremes, multiplier or Decimal(0))

    @property
    def marks(self) -> Mapping[str, Sequence[Mark]]:
        """By kind, every figure that was the highest when its day came, earliest first."""
        return {
            kind: [self._mark(mark) for mark in marks] if kind != TASKS_OF_A_DAY else marks
            for kind, marks in super().marks.items()
        }

    def _mark(self, mark: Mark) -> Mark:
        hours = self.scenario.hours
        before = times(mark.before, hours)
        return replace(mark, value=times(mark.value, hours) or Decimal(0), before=before)

    def _supposed(self, each: DayFigures) -> DayFigures:
        if not each.totals.tasks:
            return each
        totals = self._scaled(each.totals)
        return DayFigures(each.day.supposing(totals), totals)

    def _scaled(self, totals: Totals) -> Totals:
        return totals.scaled(hours=self.scenario.hours, supervision=self.scenario.supervision)


def _multiplied(ends: Extremes | None, multiplier: Decimal) -> Extremes | None:
    if ends is None:
        return None
    lowest, highest = (times(value, multiplier) for value in (ends.lowest_factor, ends.highest_factor))
    return replace(ends, lowest_factor=lowest or Decimal(0), highest_factor=highest or Decimal(0))
