"""What a task's page says of the estimate behind its hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from records import formats
from records.leverage import factor
from records.models import Step, Task


@dataclass(frozen=True)
class EstimateCard:
    """The range of an estimate, the factors at its ends, and its steps."""

    has_range: bool
    low_hours: Decimal | None
    high_hours: Decimal | None
    low: Decimal | None
    high: Decimal | None
    steps: Sequence[Step]
    unaccounted: Decimal | None

    @property
    def steps_hours(self) -> Decimal:
        """What the steps add up to."""
        return sum((step.hours for step in self.steps), Decimal(0))

    @property
    def unaccounted_words(self) -> str:
        """By how much the steps differ from the estimate: "2 h less than the estimate"."""
        rest = self.unaccounted or Decimal(0)
        return f"{formats.quantity(abs(rest))} h {'less' if rest > 0 else 'more'} than the estimate"


def estimate_card(task: Task) -> EstimateCard | None:
    """The card of a task; ``None`` where nothing but the hours is known of its estimate.

    An end that was not estimated is the estimate itself.
    """
    low, high, likely = task.estimate_low, task.estimate_high, task.human_hours
    has_range = low is not None or high is not None
    if not (has_range or task.estimate_steps or task.estimate_basis_kind or task.estimate_timing):
        return None
    low_hours, high_hours = (likely if end is None else end for end in (low, high))
    return EstimateCard(
        has_range=has_range,
        low_hours=low_hours,
        high_hours=high_hours,
        low=factor(low_hours, task.agent_minutes),
        high=factor(high_hours, task.agent_minutes),
        steps=task.steps(),
        unaccounted=task.unaccounted_hours(),
    )
