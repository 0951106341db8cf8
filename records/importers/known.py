"""What an import has to know of the site it comes to, and how much it takes at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from records.durations import HOURS_PER_DAY, HOURS_PER_WEEK

TAGS_FROM_THE_START = ("AI", "Time Record")


@dataclass(frozen=True, slots=True)
class Known:
    """The site's tags (names), categories (names by slug), agent and hours; no reader asks the database.

    Its hash goes without what no cached reading of a figure depends on, and without slow decimals.
    """

    tags: tuple[str, ...] = TAGS_FROM_THE_START
    categories: Mapping[str, str] = field(default_factory=dict, hash=False)
    agent_name: str = "Claude"
    hours_per_day: Decimal = field(default=HOURS_PER_DAY, hash=False)
    hours_per_week: Decimal = field(default=HOURS_PER_WEEK, hash=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an import takes; ``None`` is no limit. ``characters`` are those of one text."""

    size: int | None = 10 * 1024 * 1024
    rows: int | None = 5_000
    characters: int | None = 20_000
    files: int | None = 500


LIMITS = Limits()
NO_LIMITS = Limits(None, None, None, None)
MORE = "import_records --no-limit takes more."  # what every message on a limit ends with
