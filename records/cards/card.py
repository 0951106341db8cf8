"""What a card says, in words and figures, before anything is drawn."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import F

from records import formats
from records.charts import Point
from records.leverage import Totals, WeightedFactor
from records.models import SiteProfile
from records.models.task import TaskQuerySet
from records.summaries.tasks import Account, Reservations, reservations

MOST_DOTS = 80
LOOK = 2  # raised when cards are drawn in another way, so that those kept so far are not taken for new ones


class Tone(StrEnum):
    """What a figure is about, which decides its colour."""

    LEVERAGE = "leverage"
    SUPERVISION = "supervision"
    INK = "ink"


@dataclass(frozen=True)
class Figure:
    """A figure as written, what it is, and what has to be said of it."""

    value: str
    label: str
    tone: Tone
    note: str = ""

    @property
    def in_words(self) -> str:
        """The figure in a running text: "12.0× supervisory leverage over 31 of 37 tasks"."""
        return " ".join(part for part in (self.value, self.label, self.note) if part)


@dataclass(frozen=True)
class Card:
    """All that stands on a card; two of the same content are the same picture."""

    site_name: str
    kicker: str
    title: str
    figures: tuple[Figure, ...]
    points: tuple[Point, ...]
    caption: str
    text: str

    @property
    def key(self) -> str:
        """A name made of the content alone."""
        return hashlib.sha256(f"{LOOK} {self!r}".encode()).hexdigest()


def card_of(
    title: str, kicker: str, tasks: TaskQuerySet, site: SiteProfile, account: Account | None = None
) -> Card:
    """The card of some tasks under any title, with a line above it; three queries however many there are.

    ``account`` is what they add up to, where that is known.
    """
    totals = account.totals if account else tasks.totals()
    reserved = account.reservations if account else reservations(tasks)
    points = _largest(tasks)
    return Card(
        site_name=site.site_name,
        kicker=f"{kicker} · sample data" if reserved.sample else kicker,
        title=title,
        figures=_figures(totals, reserved) if totals.tasks else (),
        points=points,
        caption=_caption(len(points), totals),
        text=told(title, totals, reserved),
    )


def told(title: str, totals: Totals, reserved: Reservations | None = None) -> str:
    """A card in one line, for those who do not see it."""
    if not totals.tasks:
        return title
    figures = ", ".join(figure.in_words for figure in _figures(totals, reserved))
    return f"{title}: {figures}"


def _figures(totals: Totals, reserved: Reservations | None) -> tuple[Figure, ...]:
    agent_about = bool(reserved and reserved.agent_is_approximate)
    supervision_about = bool(reserved and reserved.supervision_is_approximate)
    return (
        _factor("leverage factor", totals.leverage, Tone.LEVERAGE, about=agent_about),
        _factor("supervisory leverage", totals.supervision, Tone.SUPERVISION, about=supervision_about),
        Figure(formats.with_unit(formats.quantity(totals.human_hours), " h"), "human-equivalent", Tone.INK),
        Figure(formats.quantity(totals.tasks), "task" if totals.tasks == 1 else "tasks", Tone.INK),
    )


def _factor(label: str, average: WeightedFactor, tone: Tone, *, about: bool) -> Figure:
    written = formats.with_unit(formats.average_factor(average.value), "×")
    note = f"over {average.tasks:,} of {average.of_tasks:,} tasks" if average.is_partial else ""
    return Figure(f"~{written}" if about and average.value is not None else written, label, tone, note)


def _largest(tasks: TaskQuerySet) -> tuple[Point, ...]:
    """The tasks of most human hours as dots, as logged where hours are equal."""
    known = tasks.filter(human_hours__isnull=False, agent_minutes__gt=Decimal(0))
    ordered = known.order_by(F("human_hours").desc(), "-day_id", "position", "id")
    return tuple(
        Point("", task.human_hours, factor)
        for task in ordered.only("human_hours", "agent_minutes")[:MOST_DOTS]
        if task.human_hours is not None and (factor := task.leverage_factor()) is not None
    )


def _caption(dots: int, totals: Totals) -> str:
    which = "a task" if dots == totals.tasks else f"each of the {dots} largest tasks"
    return f"One dot for {which}: its area the human hours, its place the leverage factor" if dots else ""
