"""The arithmetic: exact fractions, unknown parts, and how figures are written."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import formats, leverage
from records.leverage import Totals
from records.models.sums import SUMS

hours = st.one_of(
    st.none(),
    st.sampled_from([Decimal("0.0001"), Decimal(2000)]),
    st.integers(1, 20_000_000).map(lambda n: Decimal(n).scaleb(-4)),
)
minutes = st.one_of(
    st.none(),
    st.sampled_from([Decimal(0), Decimal("0.01")]),
    st.integers(1, 1_000_000).map(lambda n: Decimal(n).scaleb(-2)),
)


@dataclass(frozen=True)
class Row(leverage.WithoutRange):
    """The figures of one task."""

    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    tokens: int | None = None


def exact(human_hours: Decimal | None, spent: Decimal | None) -> Fraction | None:
    if human_hours is None or not spent:
        return None
    return Fraction(human_hours) * 60 / Fraction(spent)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(hours, minutes), min_size=50, max_size=50))
def test_a_factor_is_hours_times_sixty_by_minutes_to_the_last_digit(pairs):
    for human_hours, spent in pairs:
        value, truth = leverage.factor(human_hours, spent), exact(human_hours, spent)
        assert (value is None) == (truth is None)
        if value is not None and truth is not None:
            assert abs(Fraction(value) - truth) <= truth / 10**50


@settings(max_examples=300, deadline=None)
@given(st.lists(st.builds(Row, hours, minutes, minutes, st.one_of(st.none(), st.integers(0, 10**9)))))
def test_a_weighted_average_is_the_ratio_of_sums_over_tasks_of_which_both_parts_are_known(rows):
    totals = Totals.of(rows)
    known = [
        (r.human_hours, r.agent_minutes)
        for r in rows
        if r.human_hours is not None and r.agent_minutes is not None
    ]
    truth = exact(sum((h for h, _ in known), Decimal(0)), sum((m for _, m in known), Decimal(0)))
    assert (totals.leverage.tasks, totals.leverage.of_tasks) == (len(known), len(rows))
    assert (totals.leverage.value is None) == (truth is None)
    if totals.leverage.value is not None and truth is not None:
        assert abs(Fraction(totals.leverage.value) - truth) <= truth / 10**50


@pytest.mark.parametrize("parts", [(None, Decimal(5)), (Decimal(8), None), (Decimal(8), Decimal(0))])
def test_a_factor_with_an_unknown_part_or_no_minutes_is_none(parts):
    assert leverage.factor(*parts) is None


def test_supervision_of_zero_minutes_counts_in_the_sums():
    totals = Totals.of([Row(Decimal(8), Decimal(10), Decimal(0)), Row(Decimal(2), Decimal(10), Decimal(5))])
    assert totals.supervisory_minutes == 5
    assert totals.supervision.value == 120
    assert not totals.supervision.is_partial


def test_an_average_says_how_many_tasks_it_stands_on():
    totals = Totals.of([Row(Decimal(8), Decimal(10), None), Row(Decimal(2), Decimal(10), Decimal(5))])
    assert totals.supervision.is_partial
    assert (totals.supervision.tasks, totals.supervision.of_tasks) == (1, 2)
    assert totals.supervision.value == Decimal(24)


def test_nothing_known_is_not_zero():
    totals = Totals.of([Row(None, None, None)])
    assert (totals.human_hours, totals.agent_minutes, totals.supervisory_minutes) == (None, None, None)
    assert totals.leverage.value is None


def test_the_sum_of_tokens_wins_only_when_every_task_has_some():
    some = Totals.of([Row(None, None, None, 5), Row(None, None, None, None)])
    every = Totals.of([Row(None, None, None, 5), Row(None, None, None, 7)])
    assert (some.tokens_with(100), every.tokens_with(100), some.tokens_with(None)) == (100, 12, 5)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle():
    assert leverage.median([Decimal(4), None, Decimal(1), Decimal(2), Decimal(9)]) == 3
    assert leverage.median([None]) is None


def test_the_median_of_long_quotients_keeps_all_their_digits():
    low, high = (leverage.quotient(part, 7) for part in (1, 2))
    assert low
    assert high
    assert leverage.median([low, high]) == leverage.quantile([(low, 1), (high, 1)], Decimal("0.5"))


rows_of_tasks = st.lists(st.builds(Row, hours, minutes, minutes, st.one_of(st.none(), st.integers(0, 10**9))))


@settings(max_examples=60, deadline=None)
@given(st.lists(rows_of_tasks, max_size=4))
def test_totals_of_parts_add_up_to_those_of_the_whole(parts):
    whole = [row for part in parts for row in part]
    assert Totals.together(Totals.of(part) for part in parts) == Totals.of(whole)


def test_sums_in_whole_units_are_read_under_names_with_a_prefix():
    units = dict.fromkeys(SUMS, 7)
    assert Totals.from_units({f"sum_{name}": 7 for name in SUMS}, prefix="sum_") == Totals.from_units(units)


@pytest.mark.parametrize(
    ("text", "shown"), [("parser", "parser"), ("parsers", "parse…"), ("pars er and more", "pars…")]
)
def test_a_text_too_long_for_a_message_ends_in_an_ellipsis(text, shown):
    assert formats.shortened(text, 6) == shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 tasks"), (1, "1 task"), (1037, "1,037 tasks"), (Decimal("1.0"), "1 task"), (None, "— tasks")],
)
def test_what_is_counted_has_an_s_unless_there_is_one_of_it(count, words):
    assert formats.counted(count, "task") == words


def test_the_largest_tasks_are_those_of_most_hours_and_the_first_logged_wins_a_tie():
    first, second, third = (Row(Decimal(h), None, None) for h in (5, 9, 5))
    assert leverage.largest([first, second, third], 2) == [second, first]
    assert leverage.largest([first, second, third], 2)[1] is first


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=6), st.integers(0, 5))
def test_a_half_rounds_away_from_zero(value, places):
    truth = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert leverage.rounded(value, places) == truth


@pytest.mark.parametrize(
    ("hours_and_minutes", "shown", "in_files"),
    [
        (("160", "20"), "480.0", "480"),
        (("80", "35"), "137.14", "137.142857"),
        (("3", "8"), "22.5", "22.5"),
        (("2", "11"), "10.91", "10.909091"),
        (("160", "2"), "4,800.0", "4800"),
        (("0.0001", "99999.99"), "0.0", "0"),
        (("0.02", "0.1"), "12.0", "12"),
    ],
)
def test_a_tasks_factor_is_written_with_up_to_two_decimals_and_plainly_in_files(
    hours_and_minutes, shown, in_files
):
    value = leverage.factor(*map(Decimal, hours_and_minutes))
    assert (formats.task_factor(value), formats.plain(value)) == (shown, in_files)


def test_averages_have_one_decimal_and_the_unknown_is_a_dash():
    assert formats.average_factor(Decimal("119.4869")) == "119.5"
    assert formats.average_factor(Decimal("1297.65")) == "1,297.7"
    assert {formats.average_factor(None), formats.quantity(None), formats.tokens(None)} == {"—"}
    assert formats.plain(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (812, "812"),
        (999, "999"),
        (1_000, "1 k"),
        (595_000, "595 k"),
        (999_499, "999 k"),
        (999_999, "1 M"),
        (4_129_000, "4.13 M"),
        (24_100_000, "24.1 M"),
        (0, "0"),
    ],
)
def test_tokens_are_written_to_three_significant_digits(value, shown):
    assert formats.tokens(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("1222.75", "1,222.75"), ("160", "160"), ("0.5000", "0.5"), ("30.57", "30.57")]
)
def test_a_quantity_has_the_decimals_it_has(value, shown):
    assert formats.quantity(Decimal(value)) == shown


@given(st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-4)))
def test_a_json_number_has_the_digits_of_the_decimal(value):
    assert Decimal(repr(formats.json_number(value))) == value
