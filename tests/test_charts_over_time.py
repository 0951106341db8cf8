"""Bars, lines, histograms, calendars, fields of dots, shares: where their marks lie, for one and for many."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.charts import Drawing
from records.charts.calendar import DESK_PAGE, PHONE_PAGE, CalendarDay, calendar
from records.charts.columns import Column, bars, date_labels, line
from records.charts.drawing import Disc, Frame, Label, Mark, Path, Rect, half, wide
from records.charts.histogram import Bin, Quantile, doublings, histogram
from records.charts.ink import THEMES, attributes
from records.charts.scales import Linear, Logarithmic, apart, round_steps
from records.charts.scatter import MOST_DOTS, Spot, scatter
from records.charts.shares import DESK_ROWS, PHONE_ROWS, ShareRow, share_rows, top_of
from records.formats import quantity
from records.leverage import geometric_mean, median, quantile
from records.periods import Unit, stretch

HOURS = st.decimals(min_value=Decimal("0.0001"), max_value=99_999, places=4)
FACTORS = st.decimals(min_value=Decimal("0.01"), max_value=1_000_000, places=2)
START = date(2026, 1, 1)
WIDE = pytest.mark.parametrize("frame", wide(), ids=lambda frame: frame.layout)
HALF = pytest.mark.parametrize("frame", half(top=46), ids=lambda frame: frame.layout)


def columns(values: list[Decimal | None]) -> list[Column]:
    periods = stretch(START, START + timedelta(days=len(values) - 1), Unit.DAY)
    return [Column(period, value, period.name, "/") for period, value in zip(periods, values, strict=True)]


def times(value: Decimal) -> str:
    return f"{quantity(value)}×"


def of_kind(drawing: Drawing, kind: type[Mark]) -> list[Mark]:
    return [mark for mark in drawing.marks if isinstance(mark, kind)]


def reach(mark: Mark) -> tuple[float, float, float, float]:
    if isinstance(mark, Rect):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    assert isinstance(mark, Disc)
    return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius


def assert_inside(drawing: Drawing) -> None:
    for mark in drawing.marks:
        if isinstance(mark, Rect | Disc):
            left, top, right, bottom = reach(mark)
            assert -1 <= left <= right <= drawing.width + 1
            assert -1 <= top <= bottom <= drawing.height + 1
        if isinstance(mark, Label):
            assert -1 <= mark.x <= drawing.width + 1
            assert 0 <= mark.y <= drawing.height + 1


@given(HOURS)
def test_an_axis_reaches_just_beyond_its_highest_value_in_round_steps(highest):
    steps = round_steps(highest)
    assert 1 <= len(steps) <= 5
    assert steps[-1] >= highest > (steps[-2] if len(steps) > 1 else 0)
    assert all(after - before == steps[0] for before, after in pairwise(steps))


@given(st.lists(FACTORS, min_size=1, max_size=20))
def test_a_logarithmic_axis_holds_every_value_in_order_with_ticks_between(values):
    scale = Logarithmic.of(values, 200, 10)
    ticks = scale.ticks()
    assert all(10 <= scale.at(value) <= 200 for value in [*values, *ticks])
    ordered = [scale.at(value) for value in sorted(values)]
    assert ordered == sorted(ordered, reverse=True)
    assert 2 <= len(ticks) <= 12


@settings(max_examples=40)
@given(st.lists(st.none() | HOURS, min_size=1, max_size=190))
def test_bars_are_as_tall_as_their_values_and_none_is_missing(values):
    for frame in wide():
        drawing = bars(columns(values), frame, "ink", " h")
        drawn = [mark for mark in drawing.marks if isinstance(mark, Rect)]
        known = [value for value in values if value]
        assert len(drawn) == len(known)
        if known:
            scale = Linear(round_steps(max(known))[-1], frame.bottom, frame.top)
            for bar, value in zip(drawn, known, strict=True):
                assert abs(bar.height - max(frame.bottom - scale.at(value), 0.6)) < 0.11
        assert all(before.x + before.width <= after.x + 0.02 for before, after in pairwise(drawn))
        assert_inside(drawing)


@WIDE
@pytest.mark.parametrize("count", [1, 2, 7, 14, 31, 120, 190])
def test_labels_below_the_columns_never_run_into_each_other(frame: Frame, count: int):
    drawing = bars(columns([Decimal(8)] * count), frame, "ink", " h")
    below = [mark for mark in drawing.marks if isinstance(mark, Label) and mark.y > frame.bottom + 10]
    assert below
    ends = [(mark.x, mark.x + 5.8 * len(mark.text)) for mark in below]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_a_line_breaks_where_a_value_is_missing():
    values = [Decimal(10), Decimal(20), None, Decimal(40), Decimal(50)]
    drawing = line(columns(values), wide()[0], "leverage", times)
    path = next(mark for mark in drawing.marks if isinstance(mark, Path) and mark.style == "line leverage")
    assert (path.d.count("M"), path.d.count("L")) == (2, 2)
    assert len(of_kind(drawing, Disc)) == 4


def test_a_week_reaches_across_the_page_and_two_days_do_not():
    def drawn(days: int) -> list[Rect]:
        return [
            mark
            for mark in bars(columns([Decimal(8)] * days), wide()[0], "ink", " h").marks
            if isinstance(mark, Rect)
        ]

    week, two = drawn(7), drawn(2)
    assert week[-1].x + week[-1].width > 800
    assert two[-1].x + two[-1].width < 300
    assert week[0].width == two[0].width < 64


@WIDE
@pytest.mark.parametrize("hours", ["0.5", "1222.75", "99999", "12345678"])
def test_what_stands_beside_the_axis_begins_within_the_chart(frame: Frame, hours):
    drawing = bars(columns([Decimal(hours)] * 3), frame, "ink", " h")
    beside = [mark for mark in drawing.marks if isinstance(mark, Label) and mark.anchor == "end"]
    first = min(mark.x for mark in drawing.marks if isinstance(mark, Rect))
    assert beside
    assert all(5.8 * len(mark.text) <= mark.x < first for mark in beside)


def test_a_week_goes_by_the_month_and_the_year_of_its_thursday():
    weeks = list(stretch(date(2026, 1, 1), date(2026, 5, 31), Unit.WEEK))
    assert weeks[0].first == date(2025, 12, 29)
    named = {text: period.key for period, text in zip(weeks, date_labels(weeks), strict=True) if text}
    assert named == {
        "Jan 2026": "2026-W01",
        "Feb": "2026-W06",
        "Mar": "2026-W10",
        "Apr": "2026-W14",
        "May": "2026-W19",
    }


def test_a_column_is_named_by_its_month_once():
    periods = list(stretch(date(2025, 12, 20), date(2026, 2, 20), Unit.DAY))
    assert [text for text in date_labels(periods) if text] == ["Dec 2025", "2026", "Feb"]


# The distribution -------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(FACTORS, st.integers(1, 9)), min_size=1, max_size=40))
def test_every_factor_lies_in_the_one_bin_that_begins_at_or_below_it(values):
    found = doublings(values)
    assert sum(count for _, count in found) == sum(count for _, count in values)
    for low, count in found:
        assert count == sum(times for value, times in values if low <= value < low * 2)
    assert all(after == before * 2 for (before, _), (after, _) in pairwise(found))


@pytest.mark.parametrize("power", range(-12, 40))
def test_a_power_of_two_begins_its_own_bin(power):
    value = Decimal(2) ** power
    assert doublings([(value, 1)]) == [(value, 1)]
    assert doublings([(value - Decimal("1e-15"), 1)]) == [(value / 2, 1)]


@HALF
@pytest.mark.parametrize("doubles", [1, 2, 8, 30])
def test_bars_of_a_histogram_stand_side_by_side_and_its_names_apart(frame: Frame, doubles: int):
    bins = [Bin(Decimal(2) ** power, power + 1) for power in range(doubles)]
    named = [Quantile(name, Decimal(2)) for name in ("10 %", "25 %", "median", "75 %", "90 %")]
    drawing = histogram(bins, named, frame)
    assert len(of_kind(drawing, Rect)) == doubles
    above = [mark for mark in drawing.marks if isinstance(mark, Label) and mark.y < frame.top]
    places = [(mark.y, mark.x - 2.9 * len(mark.text), mark.x + 2.9 * len(mark.text)) for mark in above]
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(sorted(places)))
    below = [mark for mark in drawing.marks if isinstance(mark, Label) and mark.anchor == "middle"]
    ends = [mark for mark in below if mark.y > frame.bottom]
    assert all(b.x - a.x >= 2.9 * (len(a.text) + len(b.text)) for a, b in pairwise(ends))
    assert_inside(drawing)


@given(st.lists(FACTORS, min_size=1, max_size=30))
def test_quantiles_lie_within_the_values_and_the_middle_one_is_the_median(values):
    counted = [(value, 1) for value in sorted(values)]
    assert quantile(counted, Decimal("0.5")) == median(values)
    found = [quantile(counted, Decimal(share) / 10) for share in range(11)]
    assert found == sorted(value for value in found if value is not None)
    assert (found[0], found[-1]) == (min(values), max(values))
    mean = geometric_mean(counted)
    assert mean is not None
    assert min(values) - Decimal("1e-30") <= mean <= max(values) + Decimal("1e-30")


@given(st.lists(st.tuples(FACTORS, st.integers(1, 5)), min_size=1, max_size=12))
def test_a_value_that_comes_several_times_counts_as_often(counted):
    counted.sort()
    each = [(value, 1) for value, times in counted for _ in range(times)]
    for share in ("0.1", "0.5", "0.9"):
        assert quantile(counted, Decimal(share)) == quantile(each, Decimal(share))
    one, other = geometric_mean(counted), geometric_mean(each)
    assert one is not None
    assert other is not None
    assert abs(one - other) <= other * Decimal("1e-30")


# The calendar -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [DESK_PAGE, PHONE_PAGE], ids=lambda page: page.layout)
@pytest.mark.parametrize("year", [2023, 2024, 2026, 2028, 2034])
def test_a_calendar_has_a_place_for_each_day_and_tells_gaps_from_notes(page, year):
    on = [date(year, 3, 1) + timedelta(days=number) for number in range(20)]
    days = {
        day: CalendarDay(Decimal(number + 1), is_note=False, tip=str(day), url="/")
        for number, day in enumerate(on)
    }
    days[on[3]] = CalendarDay(None, is_note=True, tip="Travel", url="/")
    del days[on[5]]
    drawing = calendar(year, days, (on[0], on[-1]), page)
    blank = {mark.style: mark.d.count("M") for mark in drawing.marks if isinstance(mark, Path)}
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    assert blank == {"cell gap": 1, "cell beyond": length - 20}
    cells = [mark for mark in drawing.marks if isinstance(mark, Rect)]
    assert len(cells) == 19
    assert [mark.style for mark in cells].count("cell gap") == len(of_kind(drawing, Disc)) == 1
    assert {f"cell shade-{shade}" for shade in range(1, 5)} < {mark.style for mark in cells}
    assert len({(mark.x, mark.y) for mark in cells}) == 19
    assert_inside(drawing)


# Fields of dots ---------------------------------------------------------------------------------------------


def spots(count: int) -> list[Spot]:
    return [
        Spot(Decimal(1 + number % 97), Decimal(5 + number * 7 % 991), 1 + number % 3, f"/{number}")
        for number in range(count)
    ]


@HALF
@pytest.mark.parametrize("count", [1, 2, MOST_DOTS, MOST_DOTS + 1, 10_000])
def test_a_field_of_dots_counts_every_task_and_stays_small(frame: Frame, count: int):
    drawing = scatter(spots(count), frame)
    drawn = [mark for mark in drawing.marks if isinstance(mark, Disc)]
    assert 1 <= len(drawn) <= MOST_DOTS
    if count <= MOST_DOTS:
        assert len(drawn) == count
    else:
        said = [mark.tip for mark in drawn if " tasks of " in mark.tip]
        assert said
    assert_inside(drawing)


def test_both_widths_gather_the_same_dots_in_the_same_order():
    desk, phone = (of_kind(scatter(spots(3_000), frame), Disc) for frame in half())
    assert [mark.tip for mark in desk if isinstance(mark, Disc)] == [
        mark.tip for mark in phone if isinstance(mark, Disc)
    ]


# Shares -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [DESK_ROWS, PHONE_ROWS], ids=lambda layout: layout.layout)
def test_the_shares_of_all_rows_stand_on_one_scale(layout):
    periods = list(stretch(START, START + timedelta(days=60), Unit.MONTH))
    halves, thirds = Decimal("0.55"), Decimal("0.11")
    rows = [
        ShareRow("Testing", "55 %", [(halves, "half", "/"), (None, "", ""), (thirds, "third", "/")]),
        ShareRow("Other", "11 %", [(thirds, "third", "/"), (halves, "half", "/"), (halves, "half", "/")]),
    ]
    assert top_of(rows) == Decimal("0.6")
    drawing = share_rows(rows, periods, layout)
    heights: dict[str, set[float]] = {}
    for mark in drawing.marks:
        if isinstance(mark, Rect):
            heights.setdefault(mark.tip, set()).add(mark.height)
    assert all(len(found) == 1 for found in heights.values())
    assert abs(max(heights["half"]) / max(heights["third"]) - 5) < 0.2
    assert_inside(drawing)


def test_labels_too_near_to_the_last_are_left_out():
    assert apart([(0, "Dec 2025"), (30, "2026"), (90, "Feb")]) == [(0, "Dec 2025"), (90, "Feb")]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars(columns([Decimal(1)]), wide()[0], "ink", " h"),
        lambda: line(columns([Decimal(1)]), wide()[0], "supervision", times),
        lambda: histogram([Bin(Decimal(1), 1)], [Quantile("median", Decimal(1))], half()[0]),
        lambda: scatter(spots(3), half()[0]),
        lambda: calendar(2026, {}, (START, START), DESK_PAGE),
    ],
)
def test_every_mark_has_colours_of_its_own_where_no_style_sheet_goes_along(
    theme: str, draw: Callable[[], Drawing]
):
    for mark in draw().marks:
        given = attributes(mark.style, THEMES[theme])
        assert "fill" in given
        assert "class" not in given
