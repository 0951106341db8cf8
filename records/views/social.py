"""Which card a page shows where a link to it is passed on, and what the card says."""

from dataclasses import dataclass
from datetime import datetime

from records.cards import told
from records.leverage import Totals
from records.models import Category, Day
from records.models.paths import path_of
from records.periods import Period
from records.summaries.any_series import AnySeries
from records.summaries.record import RecordSummary
from records.summaries.tasks import Reservations

ALL_RECORDS = "All records"


@dataclass(frozen=True)
class CardLink:
    """The path of a card, and its words for those who do not see it."""

    path: str
    alt: str


@dataclass(frozen=True)
class Posting:
    """A page that is an article: when it was published and last changed, and what it is filed under."""

    published_at: datetime | None
    changed_at: datetime | None
    tags: tuple[str, ...]


def card_of_day(day: Day, summary: RecordSummary) -> CardLink:
    """The card of a record."""
    path = path_of("record_card", day.date)
    reserved = Reservations(day.sample, summary.agent_is_approximate, summary.supervision_is_approximate)
    return CardLink(path, told(day.full_title, summary.totals, reserved))


def card_of_category(category: Category, totals: Totals, reserved: Reservations) -> CardLink:
    """The card of a category."""
    path = path_of("category_card", category.slug)
    return CardLink(path, told(category.name, totals, reserved))


def card_of_period(period: Period, series: AnySeries) -> CardLink:
    """The card of a year, a month or a week."""
    path = path_of("period_card", period)
    return CardLink(path, told(period.name, series.totals, _reserved(series)))


def card_of_series(series: AnySeries) -> CardLink:
    """The card of all records."""
    return CardLink(path_of("site_card"), told(ALL_RECORDS, series.totals, _reserved(series)))


def _reserved(series: AnySeries) -> Reservations:
    return Reservations(series.sample, series.agent_is_approximate, series.supervision_is_approximate)
