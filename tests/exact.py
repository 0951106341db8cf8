"""Exact figures for tests: public tasks as plain SQL gives them, summed and written without the product."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection

from tests.listings import FROM_PUBLIC

DASH = "—"


@dataclass(frozen=True)
class Row:
    """A public task as plain SQL gives it, its figures as fractions."""

    id: int
    date: date
    slug: str
    hours: Fraction
    agent: Fraction
    supervision: Fraction | None
    tokens: int | None

    @property
    def factor(self) -> Fraction:
        return self.hours * 60 / self.agent

    @property
    def supervisory_factor(self) -> Fraction | None:
        return self.hours * 60 / self.supervision if self.supervision else None


@dataclass(frozen=True)
class Sums:
    """What some rows add up to, by the definitions of the method page."""

    rows: list[Row]

    def total(self, figure: str) -> Fraction | None:
        known = [value for row in self.rows if (value := getattr(row, figure)) is not None]
        return sum(known, Fraction(0)) if known else None

    @property
    def supervised(self) -> list[Row]:
        return [row for row in self.rows if row.supervision is not None]

    @property
    def factor(self) -> Fraction | None:
        return ratio(self.rows, lambda row: row.agent)

    @property
    def supervisory_factor(self) -> Fraction | None:
        return ratio(self.supervised, lambda row: row.supervision)

    def factors(self, which: str = "factor") -> list[Fraction]:
        return [value for row in self.rows if (value := getattr(row, which)) is not None]


def ratio(rows: Iterable[Row], minutes_of: Callable[[Row], Any]) -> Fraction | None:
    rows = list(rows)
    minutes = sum((minutes_of(row) for row in rows), Fraction(0))
    return sum((row.hours for row in rows), Fraction(0)) * 60 / minutes if minutes else None


# How a fraction is written, without a line of the product -------------------------------------------------


def digits(value: Fraction, places: int) -> str:
    """With so many decimals, half away from zero."""
    units = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    return str(Decimal(units).scaleb(-places)) if places else str(units)


def shown(value: Fraction | None, places: int, at_least: int = 0) -> str:
    """For people: a comma every three digits, trailing zeros cut."""
    if value is None:
        return DASH
    whole, _, decimals = f"{Decimal(digits(value, places)):,f}".partition(".")
    decimals = decimals.rstrip("0").ljust(at_least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def quantity(value: Fraction | None) -> str:
    return shown(value, 4)


def average(value: Fraction | None, sign: str = "") -> str:
    return DASH if value is None else shown(value, 1, at_least=1) + sign


def single(value: Fraction | None) -> str:
    return shown(value, 2, at_least=1)


def plain(value: Fraction | None) -> str:
    """For files: six decimals, trailing zeros cut, nothing where it is not known."""
    return "" if value is None else shown(value, 6).replace(",", "")


def compact(value: int | None) -> str:
    """Tokens to three significant digits; nothing where they are not known."""
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if value is not None and (of_size := Fraction(value, size)) >= 1 - Fraction(1, 2000):
            places = 2 if of_size < 10 else 1 if of_size < 100 else 0
            return f"{shown(of_size, places).replace(',', '')} {unit}"
    return "" if value is None else str(value)


# Read from the database -----------------------------------------------------------------------------------


def rows_in_sql() -> list[Row]:
    """Newest day first, then position."""
    columns = "t.id, t.date, c.slug, t.human_hours, t.agent_minutes, t.supervisory_minutes, t.tokens"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} {FROM_PUBLIC} ORDER BY t.date DESC, t.position")
        return [_row(*values) for values in cursor.fetchall()]


def _row(pk: int, on: Any, slug: str | None, *figures: Any) -> Row:
    hours, agent, supervision, tokens = figures
    exact = [None if value is None else Fraction(str(value)) for value in (hours, agent, supervision)]
    assert exact[0] is not None
    assert exact[1] is not None
    return Row(pk, date.fromisoformat(str(on)), slug or "none", exact[0], exact[1], exact[2], tokens)


def by_day(rows: list[Row]) -> dict[date, Sums]:
    """The days of the rows, newest first."""
    return {on: Sums([row for row in rows if row.date == on]) for on in dict.fromkeys(r.date for r in rows)}


def by_category(rows: list[Row]) -> dict[str, Sums]:
    return {slug: Sums([row for row in rows if row.slug == slug]) for slug in {row.slug for row in rows}}
