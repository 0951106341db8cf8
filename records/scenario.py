"""What if: the knobs a reader may turn, and what they make of the figures of one task.

Pure. The knobs act in one order, whatever the order of the address: first a day's largest task is left out,
as recorded; then human hours are multiplied, or their low end is taken; then they are capped; supervisory
minutes are multiplied; at last, hours are divided by the agent's minutes or by both kinds together. Hours are
human hours, and a value that is not known stays unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from records.formats import quantity
from records.leverage import MINUTES_PLACES, Totals, quotient

ONE = Decimal(1)
LINES = (10, 1)  # factors that a break-even is told against, the first that the estimates are well above
TENTH = Decimal("0.1")
_TIMES = {Decimal("0.5"): "halved", Decimal(2): "doubled", Decimal(3): "tripled"}


@dataclass(frozen=True)
class Scenario:
    """Figures other than those recorded: what to multiply hours and supervision by, and what else to do.

    ``minutes_together`` divides by agent and supervisory minutes together; ``without_largest`` leaves out
    each day's task of most human hours.
    """

    hours: Decimal = ONE
    low_end: bool = False
    hours_cap: Decimal | None = None
    supervision: Decimal = ONE
    minutes_together: bool = False
    without_largest: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it leaves everything as recorded."""
        return self == AS_RECORDED

    @property
    def only_multiplies(self) -> bool:
        """Whether sums can be had from those recorded, by multiplying them."""
        return self == Scenario(hours=self.hours, supervision=self.supervision)

    @property
    def worth_of_sums(self) -> Decimal:
        """What SQL sums of hours, made for this scenario, are still to be multiplied by.

        A multiplier is applied to the sum, exactly; only a cap has to act on each row, and its sums are in
        finer units.
        """
        return self.hours if self.hours_cap is None else ONE.scaleb(-places_of(self.hours))

    def human_hours(self, likely: Decimal | None, low: Decimal | None = None) -> Decimal | None:
        """Human hours of a task whose estimate is ``likely``, with ``low`` its low end where it has one."""
        if likely is None:
            return None
        hours = low if self.low_end and low is not None else likely * self.hours
        return hours if self.hours_cap is None else min(hours, self.hours_cap)

    def supervisory_minutes(self, minutes: Decimal | None) -> Decimal | None:
        """Supervisory minutes of a task that recorded ``minutes``."""
        return None if minutes is None else minutes * self.supervision

    def words(self) -> tuple[str, ...]:
        """What it does, in words, one phrase a knob."""
        said = [
            (self.without_largest, "each day’s task of most human hours left out"),
            (self.hours != ONE, f"every human estimate {_times(self.hours)}"),
            (self.low_end, "the low end of each estimate that has one"),
            (self.hours_cap is not None, f"at most {quantity(self.hours_cap)} human hours a task"),
            (self.supervision != ONE, f"supervision {_times(self.supervision)}"),
            (self.minutes_together, "hours divided by agent and supervisory minutes together"),
        ]
        return tuple(phrase for applies, phrase in said if applies)


AS_RECORDED = Scenario()


def supposed_totals(sums: Mapping[str, int | None], scenario: Scenario) -> Totals:
    """The totals of a row of SQL sums that were made for a scenario."""
    totals = Totals.from_units(sums)
    scaled = totals.scaled(hours=scenario.worth_of_sums, supervision=scenario.supervision)
    if not scenario.minutes_together:
        return scaled
    beside = Decimal(sums["leverage_beside_units"] or 0).scaleb(-MINUTES_PLACES) * scenario.supervision
    together = scaled.leverage._replace(minutes=scaled.leverage.minutes + beside)
    return scaled._replace(leverage=together)


def places_of(multiplier: Decimal) -> int:
    """How many decimals a multiplier needs."""
    exponent = multiplier.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


@dataclass(frozen=True)
class BreakEven:
    """How many times too high every estimate might be with the average still above a line."""

    line: int
    times: Decimal


def break_even(factor: Decimal | None) -> BreakEven | None:
    """The break-even of a weighted average, with one decimal rounded down; ``None`` at 1× or hardly above.

    At that many times too high the average is truly above the line, never on it.
    """
    for line in LINES:
        ratio = quotient(factor, line) or Decimal(0)
        times = ratio.quantize(TENTH, rounding=ROUND_FLOOR)
        times -= TENTH if times == ratio else 0
        if times > 1:
            return BreakEven(line, times)
    return None


def _times(multiplier: Decimal) -> str:
    return _TIMES.get(multiplier, f"multiplied by {quantity(multiplier)}")
