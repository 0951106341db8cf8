"""Figures of a series over time: hours, both factors, the calendar, the categories' shares."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse

from records.charts.calendar import DESK_PAGE, PHONE_PAGE, CalendarDay, calendar, shades_of
from records.charts.columns import Column, bars, line
from records.charts.drawing import Cell, Figure, Numbers, wide
from records.charts.scales import written
from records.charts.shares import DESK_ROWS, PHONE_ROWS, ShareRow, share_rows, top_of
from records.formats import average_factor, counted, percent, quantity
from records.leverage import Totals, quotient
from records.periods import Period, Unit, between
from records.summaries.any_series import AnySeries, DayFigures, Stretch
from records.summaries.shares import CategoryShare, Shares

MOST_ROWS = 12  # of categories; the others share the last one


def address_of(period: Period) -> str:
    """The page of a day, a week, a month or a year."""
    if period.unit is Unit.DAY:
        return reverse("records:record_detail", args=[period.first])
    return reverse("records:period_detail", args=[period])


def hours(series: AnySeries, unit: Unit, span: tuple[date, date] | None = None) -> Figure | None:
    """Human hours as bars; ``None`` where no task is. ``span`` widens the axis beyond the days on record."""
    if not series.days_worked:
        return None
    stretches = series.by(unit, span)
    columns = [
        Column(each.period, each.totals.human_hours, _hours_of(each), address_of(each.period))
        for each in stretches
    ]
    most = max(stretches, key=lambda each: each.totals.human_hours or 0)
    return Figure(
        "hours",
        "Human-equivalent hours",
        f"By {unit}. Where nothing stands, nothing is on record.",
        f"Human-equivalent hours by {unit}, {between(series.first, series.last)}: "
        f"{_said(series.totals)} in all, most in {_at(most.period)}, {quantity(most.totals.human_hours)} h.",
        tuple(bars(columns, frame, "ink", " h") for frame in wide()),
        Numbers(
            (unit.title(), "Tasks", "Human, h", "Factor", "Supervisory factor"),
            [_row_of(each) for each in stretches if each.days],
        ),
    )


def leverage(series: AnySeries, unit: Unit) -> Figure | None:
    """The weighted average leverage factor as a line; ``None`` with fewer than two periods that have one."""
    return _factors(
        "factor", "Leverage factor over time", series, unit, "leverage", lambda totals: totals.leverage.value
    )


def supervision(series: AnySeries, unit: Unit) -> Figure | None:
    """The weighted average supervisory factor as a line; ``None`` with fewer than two periods."""
    return _factors(
        "supervisory-factor",
        "Supervisory leverage over time",
        series,
        unit,
        "supervision",
        lambda totals: totals.supervision.value,
    )


def year(series: AnySeries, of: int) -> Figure:
    """The days of a year as a calendar, shaded by factor."""
    found = series.of_year(of)
    days = {each.date: _calendar_day(each) for each in found}
    factors = [day.factor for day in days.values() if day.factor is not None]
    shades = [average_factor(shade) for shade in shades_of(factors)]
    scale = (
        f" The shades part at {shades[0]}×, {shades[1]}× and {shades[2]}×, a quarter of the days each."
        if shades
        else ""
    )
    worked = sum(not day.is_note for day in days.values())
    noted = len(days) - worked
    notes = f" and {noted} with a note" if noted else ""
    return Figure(
        "calendar",
        f"Days recorded in {of}",
        f"The darker a day, the higher its factor.{scale} "
        "An outline is a day without record, a dot in it a note that says why.",
        f"The calendar of {of}: {counted(worked, 'day')} with tasks{notes}.",
        tuple(calendar(of, days, (series.first, series.last), page) for page in (DESK_PAGE, PHONE_PAGE)),
        Numbers(
            ("Day", "Factor", "Human, h", "Tasks"),
            [_day_row(each) for each in found],
        ),
    )


def shares(of: Shares, periods: Sequence[Period]) -> Figure | None:
    """The share of each category in the hours of each period; ``None`` with fewer than two periods."""
    if len(periods) < 2 or len(of.categories) < 2:
        return None
    rows = _largest(of)
    drawn = [_share_row(of, row, periods) for row in rows]
    first = rows[0]
    return Figure(
        "shares",
        "Share of hours by category",
        f"By {of.unit}, as a part of its human hours; a bar as tall as its row is {percent(top_of(drawn))}.",
        f"The share of each category in the human hours by {of.unit}; most hours went to {first.name}, "
        f"{percent(quotient(first.total, of.total))} in all.",
        tuple(share_rows(drawn, periods, layout) for layout in (DESK_ROWS, PHONE_ROWS)),
        Numbers(
            ("Category", "Human, h", "Share", *(f"{period.name}" for period in periods)),
            [
                (
                    Cell(row.name, row.url if row.slug else ""),
                    Cell(quantity(row.total)),
                    Cell(percent(quotient(row.total, of.total))),
                    *(Cell(percent(of.share(row, period))) for period in periods),
                )
                for row in rows
            ],
        ),
    )


def _largest(of: Shares) -> list[CategoryShare]:
    if len(of.categories) <= MOST_ROWS:
        return list(of.categories)
    kept, others = of.categories[: MOST_ROWS - 1], of.categories[MOST_ROWS - 1 :]
    hours: dict[Period, Decimal] = {}
    for category in others:
        for period, value in category.hours.items():
            hours[period] = hours.get(period, Decimal(0)) + value
    return [*kept, CategoryShare(f"{len(others)} others together", "", hours)]


def _share_row(of: Shares, row: CategoryShare, periods: Sequence[Period]) -> ShareRow:
    def said(period: Period) -> str:
        share = percent(of.share(row, period))
        return f"{row.name}, {period.name}: {share}, {quantity(row.hours.get(period, Decimal(0)))} h"

    total = percent(quotient(row.total, of.total))
    return ShareRow(
        row.name, total, [(of.share(row, period), said(period), address_of(period)) for period in periods]
    )


def _factors(
    name: str,
    title: str,
    series: AnySeries,
    unit: Unit,
    style: str,
    read: Callable[[Totals], Decimal | None],
) -> Figure | None:
    stretches = series.by(unit)
    values = [(each, value) for each in stretches if (value := read(each.totals))]
    if len(values) < 2:
        return None
    lowest, highest = (end(values, key=lambda pair: pair[1]) for end in (min, max))
    columns = [_factor_column(each, read(each.totals)) for each in stretches]
    return Figure(
        name,
        title,
        f"Weighted average by {unit}, on a logarithmic axis; the line breaks where nothing is on record.",
        f"{title}, by {unit}: lowest in {_at(lowest[0].period)} with {average_factor(lowest[1])}×, "
        f"highest in {_at(highest[0].period)} with {average_factor(highest[1])}×.",
        tuple(line(columns, frame, style, written) for frame in wide(bottom=140)),
        Numbers(
            (unit.title(), "Factor"),
            [
                (Cell(each.period.name, address_of(each.period)), Cell(average_factor(value)))
                for each, value in values
            ],
        ),
    )


def _factor_column(each: Stretch, value: Decimal | None) -> Column:
    return Column(
        each.period, value, f"{each.period.name}: {average_factor(value)}×", address_of(each.period)
    )


def _row_of(each: Stretch) -> tuple[Cell, ...]:
    return (
        Cell(each.period.name, address_of(each.period)),
        Cell(quantity(each.totals.tasks)),
        Cell(quantity(each.totals.human_hours)),
        Cell(average_factor(each.totals.leverage.value)),
        Cell(average_factor(each.totals.supervision.value)),
    )


def _day_row(each: DayFigures) -> tuple[Cell, ...]:
    name = f"{Period(Unit.DAY, each.date).name}{f': {each.day.title}' if each.day.title else ''}"
    tasks = quantity(each.totals.tasks) if each.totals.tasks or each.is_emptied else "a note"
    return (
        Cell(name, each.day.get_absolute_url()),
        Cell(average_factor(each.factor)),
        Cell(quantity(each.totals.human_hours)),
        Cell(tasks),
    )


def _calendar_day(each: DayFigures) -> CalendarDay:
    name, url = Period(Unit.DAY, each.date).name, each.day.get_absolute_url()
    if each.is_emptied:
        return CalendarDay(None, is_note=False, tip=f"{name}: no task is left", url=url)
    if not each.totals.tasks:
        why = each.day.title or "a note, without tasks"
        return CalendarDay(None, is_note=True, tip=f"{name}: {why}", url=url)
    said = f"{name}: {average_factor(each.factor)}×, {_said(each.totals)}"
    return CalendarDay(each.factor, is_note=False, tip=said, url=url)


def _hours_of(each: Stretch) -> str:
    return f"{each.period.name}: {_said(each.totals)}"


def _said(totals: Totals) -> str:
    return f"{quantity(totals.human_hours)} h, {counted(totals.tasks, 'task')}"


def _at(period: Period) -> str:
    return period.within_a_sentence
