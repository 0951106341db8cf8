"""Years, months and weeks: parsed, bounded, in order, across the ends of years and of the calendar."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from records.periods import (
    NotAPeriod,
    Period,
    Unit,
    between,
    count_of,
    iso_date,
    parse,
    period_of,
    stretch,
)

LONG = [Unit.WEEK, Unit.MONTH, Unit.YEAR]


@pytest.mark.parametrize(
    ("key", "first", "last", "name"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026-04", "2026-04-01", "2026-04-30", "April 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2026-W15", "2026-04-06", "2026-04-12", "Week 15 of 2026"),
        ("2026-W01", "2025-12-29", "2026-01-04", "Week 1 of 2026"),
        ("2020-W53", "2020-12-28", "2021-01-03", "Week 53 of 2020"),
        ("9999-W52", "9999-12-27", "9999-12-31", "Week 52 of 9999"),
    ],
)
def test_an_address_names_a_stretch_of_days(key, first, last, name):
    period = parse(key)
    assert (str(period.first), str(period.last), period.name, period.key) == (first, last, name, key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "0000",
        "2026-4",
        "２０２６",
        "2026\n",
    ],
)
def test_what_names_none_is_refused_with_an_example(text):
    with pytest.raises(NotAPeriod, match="Try 2026, 2026-04 or 2026-W15"):
        parse(text)


@given(st.dates(), st.sampled_from(list(Unit)))
def test_every_day_lies_in_one_period_of_each_kind_and_in_neither_neighbour(day, unit):
    period = period_of(day, unit)
    assert day in period
    if unit is not Unit.DAY and day.year > 1:
        assert parse(period.key) == period
    if period.next:
        assert period.next.first == period.last + timedelta(days=1)
        assert period.next.previous == period
    if period.previous and period.previous.previous:
        assert day not in period.previous
        assert period.previous.next == period


@given(st.dates(), st.integers(0, 800), st.sampled_from(LONG))
@example(date.min, date.max.toordinal(), Unit.YEAR)
def test_a_stretch_leaves_nothing_out_and_its_length_is_known_beforehand(first, days, unit):
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    periods = list(stretch(first, last, unit))
    assert len(periods) == count_of(first, last, unit)
    assert first in periods[0]
    assert last in periods[-1]
    assert all(before.next == after for before, after in pairwise(periods))


def test_a_year_follows_a_year_in_weeks_too():
    assert parse("2026-W01").previous == parse("2025-W52")
    assert parse("2020-W53").next == parse("2021-W01")
    assert Period(Unit.DAY, date.max).next is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-04-12", "2026-04-12", "April 12, 2026"),
        ("2026-04-05", "2026-04-12", "April 5 to 12, 2026"),
        ("2026-01-02", "2026-04-12", "January 2 to April 12, 2026"),
        ("2025-12-31", "2026-01-01", "December 31, 2025 to January 1, 2026"),
    ],
)
def test_two_days_are_said_without_repeating(first, last, words):
    assert between(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_within_a_sentence_only_a_week_begins_small():
    assert [parse(key).within_a_sentence for key in ("2026-W15", "2026-04")] == [
        "week 15 of 2026",
        "April 2026",
    ]


def test_a_date_is_written_in_one_way():
    assert iso_date("2026-04-12") == date(2026, 4, 12)
    for text in ("20260412", "2026-W15-7", "2026W157", "2026-W15", "2026-4-12", "٢٠٢٦-04-12", "2026-04-31"):
        with pytest.raises(ValueError, match=r"no date|out of range"):
            iso_date(text)
