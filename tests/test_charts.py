"""Where the marks of a chart lie: true areas, nothing hidden, the same data for every width."""

import math
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import charts
from records.charts.scales import LETTER


def point(hours: str | int, factor: str | int, label: str = "Task") -> charts.Point:
    return charts.Point(label, Decimal(hours), Decimal(factor))


def strip(*points: charts.Point, name: str = "Testing", average: str = "100") -> charts.Strip:
    return charts.Strip(name, Decimal(average), points)


def plotted(strips: list[charts.Strip], layout: charts.Layout) -> charts.StripPlot:
    plot = charts.strip_plot(strips, layout)
    assert plot is not None
    return plot


def dots(plot: charts.StripPlot) -> list[charts.Dot]:
    return [dot for lane in plot.lanes for dot in lane.dots]


LAYOUTS = pytest.mark.parametrize("layout", [charts.DESK, charts.PHONE], ids=lambda layout: layout.name)


@pytest.mark.parametrize(
    ("factor", "x", "beyond"),
    [("1", 2, False), ("10", 26, False), ("1000", 74, False), ("10000", 98, False), ("0.5", 2, True)],
)
def test_the_hairline_runs_from_one_to_ten_thousand(factor, x, beyond):
    assert charts.on_hairline(Decimal(factor)) == charts.HairlineDot(x, beyond)


def test_a_factor_off_the_hairline_stays_at_its_end_and_says_so():
    assert charts.on_hairline(Decimal(20_000)) == charts.HairlineDot(98, beyond=True)


@LAYOUTS
def test_the_area_of_a_disc_is_proportional_to_human_hours_without_exception(layout):
    hours = ["480", "160", "16", "0.5", "0.25"]
    plot = plotted([strip(*(point(h, 10 * i + 10) for i, h in enumerate(hours)))], layout)
    areas = sorted((dot.radius**2 for dot in dots(plot)), reverse=True)
    for area, h in zip(areas, hours, strict=True):
        assert math.isclose(area / areas[0], float(h) / 480, rel_tol=0.01)


@LAYOUTS
def test_tasks_of_one_factor_are_stacked_so_that_each_can_be_seen(layout):
    tied = [point(h, "45") for h in ("40", "16", "8", "8", "8", "0.5", "0.5", "0.5")]
    near = [point("2", f) for f in ("44", "44.5", "46", "45.1")]
    plot = plotted([strip(*tied, *near)], layout)
    for one, other in combinations(dots(plot), 2):
        apart = math.hypot(one.x - other.x, one.y - other.y)
        assert apart >= (one.ring or one.radius) + (other.ring or other.radius)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["0.25", "2", "480"]), st.integers(30, 50)), min_size=8, max_size=30)
)
def test_no_dot_hides_another_whatever_the_day(rows):
    plot = plotted([strip(*(point(hours, factor) for hours, factor in rows))], charts.DESK)
    for one, other in combinations(dots(plot), 2):
        apart = math.hypot(one.x - other.x, one.y - other.y)
        assert apart >= (one.ring or one.radius) + (other.ring or other.radius)


@LAYOUTS
def test_a_stack_grows_to_both_sides_of_its_line(layout):
    plot = plotted([strip(*[point("8", "45")] * 5)], layout)
    sides = [round(dot.y - plot.lanes[0].y, 1) for dot in dots(plot)]
    assert sum(side > 0 for side in sides) == sum(side < 0 for side in sides) == 2


@LAYOUTS
def test_dots_stay_inside_the_drawing(layout):
    crowd = [point("100", "45")] * 12
    plot = plotted([strip(*crowd), strip(point("0.25", "0.3"), point("9", "9999"))], layout)
    for dot in dots(plot):
        reach = dot.ring or dot.radius
        assert layout.left <= dot.x - reach <= dot.x + reach <= layout.width
        assert plot.grid_top <= dot.y - reach <= dot.y + reach <= plot.grid_bottom


def test_categories_come_by_weighted_average_and_ones_without_tasks_not_at_all():
    plot = plotted(
        [
            strip(point(1, 20), name="Low", average="20"),
            strip(name="Empty", average="900"),
            strip(point(1, 90), name="High", average="90"),
        ],
        charts.DESK,
    )
    assert [lane.name for lane in plot.lanes] == ["High", "Low"]
    assert plot.description == (
        "Weighted average leverage factor by category, highest first: High 90.0×; Low 20.0×."
    )


def test_a_day_without_tasks_has_no_chart():
    assert charts.strip_plot([strip()], charts.DESK) is None


@LAYOUTS
def test_a_single_task_still_gets_an_axis_with_ticks(layout):
    plot = plotted([strip(point("0.25", "45"))], layout)
    assert {"30×", "50×"} <= {tick.label for tick in plot.ticks}
    assert dots(plot)[0].radius <= charts.SMALLEST_AT_MOST


@LAYOUTS
def test_the_labels_of_an_axis_do_not_run_into_each_other_however_wide_it_is(layout):
    plot = plotted([strip(point(8, "0.05"), point(8, "599994000"))], layout)
    labelled = [tick for tick in plot.ticks if tick.label]
    assert len(labelled) >= 3
    assert any(tick.label.endswith("M×") for tick in labelled)
    for one, other in pairwise(labelled):
        assert other.x - one.x >= LETTER * (len(one.label) + len(other.label)) / 2


def test_labels_stand_beside_the_rows_at_a_desk_and_above_them_on_a_phone():
    strips = [strip(point("8", "45"), point("9", "120"))]
    desk, phone = (plotted(strips, layout).lanes[0] for layout in (charts.DESK, charts.PHONE))
    assert desk.label_x < charts.DESK.left
    assert phone.label_y < min(dot.y - dot.radius for dot in phone.dots)
