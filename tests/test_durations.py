"""Durations as people type them."""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.durations import (
    LONGEST_HOURS,
    LONGEST_MINUTES,
    NotADuration,
    parse_hours,
    parse_minutes,
    write_hours,
    write_minutes,
)
from records.leverage import rounded
from tests.cases import CASES

PARSERS = {"hours": parse_hours, "minutes": parse_minutes}
HOURS = st.decimals(min_value=0, max_value=LONGEST_HOURS, places=4)
MINUTES = st.decimals(min_value=0, max_value=LONGEST_MINUTES, places=2)


def _refusal(case: dict[str, Any], unit: str) -> str | None:
    return case.get("refused") or case.get(f"{unit}_refused")


@pytest.mark.parametrize("unit", PARSERS)
@pytest.mark.parametrize("case", CASES["durations"], ids=lambda case: case["text"][:20])
def test_it_reads_or_refuses_each_case_of_the_table(case: dict[str, Any], unit: str):
    refusal = _refusal(case, unit)
    if refusal is None:
        assert PARSERS[unit](case["text"]) == Decimal(case[unit])
    else:
        with pytest.raises(NotADuration) as caught:
            PARSERS[unit](case["text"])
        assert str(caught.value) == refusal


@pytest.mark.parametrize("case", CASES["durations_by_other_lengths"], ids=lambda case: case["text"])
def test_it_takes_the_length_of_a_day_and_a_week_from_the_site(case: dict[str, str]):
    lengths = Decimal(case["hours_per_day"]), Decimal(case["hours_per_week"])
    assert parse_hours(case["text"], *lengths) == Decimal(case["hours"])
    assert parse_minutes(case["text"], *lengths) == Decimal(case["minutes"])


@pytest.mark.parametrize("case", CASES["written"], ids=lambda case: case["shown"] or "unknown")
def test_it_writes_what_the_form_shows(case: dict[str, str | None]):
    unit, write = ("hours", write_hours) if "hours" in case else ("minutes", write_minutes)
    known = case[unit]
    assert write(None if known is None else Decimal(known)) == case["shown"]


def test_it_gives_hours_four_decimals_and_minutes_two():
    assert str(parse_hours("160")) == "160.0000"
    assert str(parse_minutes("20")) == "20.00"


@given(HOURS)
def test_it_reads_back_the_hours_it_wrote(hours: Decimal):
    assert parse_hours(write_hours(hours)) == hours


@given(MINUTES)
def test_it_reads_back_the_minutes_it_wrote(minutes: Decimal):
    assert parse_minutes(write_minutes(minutes)) == minutes


@given(HOURS)
def test_commas_between_thousands_change_nothing(hours: Decimal):
    assert parse_hours(f"{hours:,f}") == hours


@given(st.integers(0, 99_999), st.integers(1, 9999))
def test_a_decimal_comma_is_a_point_unless_it_marks_thousands(whole: int, tail: int):
    decimals = str(tail)
    thousands = len(decimals) == 3 and 0 < whole < 1000
    spelled = f"{whole}{decimals}" if thousands else f"{whole}.{decimals}"
    if Decimal(spelled) <= LONGEST_HOURS:
        assert parse_hours(f"{whole},{decimals}") == rounded(Decimal(spelled), 4)


@given(st.integers(0, 99), st.integers(0, 4), st.integers(0, 23), st.integers(0, 59))
def test_parts_add_up(weeks: int, days: int, hours: int, minutes: int):
    expected = weeks * 2400 + days * 480 + hours * 60 + minutes
    assert parse_minutes(f"{weeks}w {days}d {hours}h {minutes}m") == expected
    assert parse_minutes(f"{weeks} weeks{days}days {hours}hrs{minutes} min") == expected


@given(st.integers(0, 9_999), st.integers(0, 59))
def test_a_colon_means_hours_and_minutes_in_every_field(hours: int, minutes: int):
    assert parse_minutes(f"{hours}:{minutes:02}") == hours * 60 + minutes
    assert parse_hours(f"{hours}:{minutes:02}") == rounded(hours + Decimal(minutes) / 60, 4)


@given(HOURS)
def test_a_minus_sign_is_refused_in_words(hours: Decimal):
    with pytest.raises(NotADuration, match="is negative"):
        parse_hours(f"-{write_hours(hours)}")


def _read(parse: Callable[[str], Decimal], text: str) -> Decimal | str:
    try:
        return parse(text)
    except NotADuration as refusal:
        return str(refusal)


@given(st.text())
def test_any_text_is_either_a_duration_that_fits_or_refused_in_words(text: str):
    for parse, longest in ((parse_hours, LONGEST_HOURS), (parse_minutes, LONGEST_MINUTES)):
        read = _read(parse, text)
        assert read.startswith("“") if isinstance(read, str) else 0 <= read <= longest


@given(st.text(alphabet="0123456789.,:hmdw -−NaInfe１：", max_size=14))
def test_nothing_that_looks_like_a_duration_breaks_it(text: str):
    read = _read(parse_hours, text)
    assert "”" in read if isinstance(read, str) else read.as_tuple().exponent == -4


@pytest.mark.parametrize("text", ["1" * 10**6, "1,111" * 10**5, " " * 10**6, "1h " * 10**5, "," * 10**6])
def test_hostile_lengths_are_refused_at_once(text: str):
    before = time.perf_counter()
    with pytest.raises(NotADuration) as caught:
        parse_hours(text)
    assert time.perf_counter() - before < 0.1
    assert len(str(caught.value)) < 100
