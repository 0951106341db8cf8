"""Five hundred made-up days with awkward figures, stored through the door; what was put in, as fractions."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from records import publishing
from records.models import Category, Day, Task
from records.publishing import NewDay
from tests.exact import Row, Sums
from tests.factories import LONG_AGO, category, task

DAYS = 500
FIRST = date(2024, 9, 9)  # two turns of a year, both within a week
CATEGORIES = {"testing": "Testing", "quotes-co": "Quotes & “Co”", "none": "No category yet"}
TAGS = {"ai": "AI", "even-days": "Even days"}
HOURS = ("0.0001", "0.02", "0.3333", "1.5", "8", "160", "2000", "99999.9999")
MINUTES = ("0.01", "0.1", "7", "14.29", "33.33", "90", "9999999.99")
SUPERVISION = ("0", "0.01", "2", "3.5", "140", "9999999.99")
NAMES = ("It's “quoted”", 'Says "no" <b>& more</b>', "Plain", "=SUM(A1)", "Über `code`")


@dataclass(frozen=True)
class Given:
    """A day as it was put in: date, tags, the tokens it states for itself, and its tasks as logged."""

    on: date
    tags: tuple[str, ...]
    stated: int | None
    sample: bool
    rows: tuple[Row, ...]

    @property
    def sums(self) -> Sums:
        return Sums(list(self.rows))

    @property
    def tokens(self) -> int | None:
        """The sum where every task has tokens, else what the day states, else what is known."""
        known = [row.tokens for row in self.rows if row.tokens is not None]
        if known and len(known) == len(self.rows):
            return sum(known)
        return self.stated if self.stated is not None else sum(known) if known else None


def five_hundred_days() -> list[Given]:
    """Stored and public, newest first; some calendar days have none, and some are notes."""
    chance = random.Random(20260412)
    stored = {slug: category(name) for slug, name in CATEGORIES.items() if slug != "none"}
    new = [_day(chance, number, on, stored) for number, on in enumerate(_dates(chance))]
    publishing.add_days(new)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # a server does so by itself, but not within a transaction
    return [_given(each) for each in reversed(new)]


def _dates(chance: random.Random) -> list[date]:
    """Days with gaps between them, of which one is as long as a month."""
    free = {FIRST + timedelta(days=200 + number) for number in range(35)}
    every = (FIRST + timedelta(days=number) for number in range(2 * DAYS))
    return [on for on in every if on not in free and chance.random() < 0.9][:DAYS]


def _day(chance: random.Random, number: int, on: date, stored: dict[str, Category]) -> NewDay:
    """One in twenty is a note; the supervision of a day is known, unknown, zero or mixed."""
    supervision = ("mixed", "known", "unknown", "zero")[number % 4]
    count = 0 if number % 20 == 7 else chance.randrange(1, 8)
    day = Day(
        date=on,
        status=Day.Status.PUBLISHED,
        published_at=LONG_AGO,
        stated_tokens=chance.choice([None, None, 4_129_000]),
        sample=number % 5 == 0,
    )
    tags = list(TAGS.values())[: 1 + (number % 2 == 0)]
    return NewDay(day, [_task(chance, supervision, stored) for _ in range(count)], tags)


def _task(chance: random.Random, supervision: str, stored: dict[str, Category]) -> Task:
    """Figures from both ends and between, often those that a binary fraction cannot hold."""
    known = chance.choice(SUPERVISION[1:])
    minutes = {"unknown": None, "zero": "0", "known": known}
    mixed = chance.choice([None, *SUPERVISION])
    return task(
        f"{chance.choice(NAMES)}: number {chance.randrange(10**6)}",
        chance.choice([*HOURS, *(_between(chance, 400_000, 4) for _ in HOURS)]),
        chance.choice([*MINUTES, *(_between(chance, 9_000, 2) for _ in MINUTES)]),
        minutes.get(supervision, mixed),
        category=chance.choice([*stored.values(), None]),
        tokens=chance.choice([None, 0, 812, 595_499, 10**10]),
    )


def _between(chance: random.Random, units: int, places: int) -> str:
    return f"{Decimal(chance.randrange(1, units)).scaleb(-places):f}"


def _given(new: NewDay) -> Given:
    rows = tuple(_row(each) for each in new.tasks)
    return Given(new.day.date, tuple(new.tags), new.day.stated_tokens, new.day.sample, rows)


def _row(stored: Task) -> Row:
    hours, agent, supervision = stored.human_hours, stored.agent_minutes, stored.supervisory_minutes
    assert hours is not None
    assert agent is not None
    return Row(
        stored.pk,
        stored.day_id,
        stored.category.slug if stored.category else "none",
        Fraction(hours),
        Fraction(agent),
        None if supervision is None else Fraction(supervision),
        stored.tokens,
    )
