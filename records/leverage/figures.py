"""What the arithmetic reads of a task, and what stands in for it where a row says less."""

from decimal import Decimal
from typing import Protocol


class Figures(Protocol):
    """What the arithmetic needs to know of one task."""

    @property
    def human_hours(self) -> Decimal | None:
        """Human hours."""

    @property
    def agent_minutes(self) -> Decimal | None:
        """Agent minutes."""

    @property
    def leverage_minutes(self) -> Decimal | None:
        """What the hours are divided by: agent minutes, in a scenario perhaps with supervisory ones."""

    @property
    def supervisory_minutes(self) -> Decimal | None:
        """Supervisory minutes."""

    @property
    def tokens(self) -> int | None:
        """Tokens."""

    @property
    def estimate_low(self) -> Decimal | None:
        """The low end of the estimated human hours."""

    @property
    def estimate_high(self) -> Decimal | None:
        """The high end of the estimated human hours."""


class _Timed(Protocol):
    @property
    def agent_minutes(self) -> Decimal | None: ...


class AsTyped:
    """``Figures`` of a row that is only being read, as it was typed or printed: in no scenario."""

    __slots__ = ()

    @property
    def leverage_minutes(self: _Timed) -> Decimal | None:
        """The agent minutes."""
        return self.agent_minutes


class WithoutRange(AsTyped):
    """The same of a row that knows no range of its estimate."""

    __slots__ = ()

    @property
    def estimate_low(self) -> None:
        """Unknown."""
        return None

    @property
    def estimate_high(self) -> None:
        """Unknown."""
        return None
