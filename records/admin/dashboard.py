"""What the admin's first page shows: today, the last days, and what waits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from records import quicklines
from records.forms.rows import Offer
from records.leverage import Totals
from records.models import Category, Day, SiteProfile, Task
from records.models.task import TaskQuerySet
from records.summaries.uncategorised import number_without_category

NIGHT_ENDS = 5  # o'clock: until then the day that is logged is more likely yesterday
LAST_DAYS = 7
MOST_WAITING = 20
OUTCOME_KNOWN_AFTER = 7  # days
MOST_AWAITED = 8


def log_dates(now: datetime) -> list[date]:
    """The dates "Log today" offers, the likelier one first: at night yesterday comes before today."""
    today = now.date()
    return [today - timedelta(days=1), today] if now.hour < NIGHT_ENDS else [today]


class Board:
    """Everything on the first page, each part read once."""

    def __init__(self, profile: SiteProfile) -> None:
        self.profile = profile
        now = profile.now()
        self.hour = now.hour
        self.log_dates = log_dates(now)
        self.today = now.date()

    @property
    def greeting(self) -> str:
        """A word for the hour."""
        names = ((5, "Still up"), (12, "Good morning"), (18, "Good afternoon"))
        return next((words for until, words in names if self.hour < until), "Good evening")

    @cached_property
    def current(self) -> Day:
        """The day that is being logged, with its totals; not stored when nothing is logged yet."""
        on = self.log_dates[0]
        return Day.objects.with_totals().filter(date=on).first() or Day(date=on)

    @property
    def current_totals(self) -> Totals:
        """What is logged of it so far."""
        return Totals.of([]) if self.current._state.adding else self.current.totals()

    @cached_property
    def last_days(self) -> Sequence[Day]:
        """The latest days with their totals."""
        return list(Day.objects.with_totals().newest_first()[:LAST_DAYS])

    @cached_property
    def waiting(self) -> Sequence[Day]:
        """Drafts, and days whose moment lies ahead, latest first."""
        drafts = Day.objects.with_totals().waiting(self.profile.now()).newest_first()
        return list(drafts[:MOST_WAITING])

    @cached_property
    def without_category(self) -> int:
        """How many tasks wait for a category."""
        return number_without_category()

    @cached_property
    def without_outcome(self) -> TaskQuerySet:
        """The published tasks of which it should be known by now what became of them, oldest first."""
        until = self.today - timedelta(days=OUTCOME_KNOWN_AFTER)
        tasks = Task.objects.visible().filter(outcome="", day__date__lt=until, day__sample=False)
        return tasks.order_by("day_id", "position", "id")

    @cached_property
    def outcomes_awaited(self) -> int:
        """How many those are."""
        return self.without_outcome.count()

    @cached_property
    def first_without_outcome(self) -> Sequence[Task]:
        """The oldest few of them."""
        return list(self.without_outcome.select_related("day")[:MOST_AWAITED])

    @cached_property
    def offer(self) -> Offer:
        """The categories as arranged, and the working time, for the quick line."""
        return Offer(list(Category.objects.in_order()), self.profile)

    @property
    def instruction(self) -> str:
        """What to tell a coding agent, so that its session ends with a quick line."""
        return quicklines.instruction(
            [category.slug for category in self.offer.categories], self.profile.agent_name
        )
