"""Days and stretches of days a sentence speaks of: yesterday, April 11, the past 30 days."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from records.facts.dates import (
    MONTHS,
    WEEKDAYS,
    dates_in,
    days_before,
    month_number,
    month_of,
    week_of,
    written,
)
from records.facts.figures import DayFigures, Figures, Measure
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.leverage import factor, quotient

_PREVIOUS = pattern(
    r"\b(?:the |its |our |my )?(?P<adjacent>yesterday(?:'s)?|(?:the )?(?:day before"
    r"|previous day|prior day|preceding day|night before)(?:'s)?(?! yesterday))"
    r"|\b(?:the |my )?(?P<record>(?:last|previous|preceding|prior) (?:record(?! (?:of|high|low"
    r"|was|stood|by))|entry|working day|log|recorded day))(?:'s)?(?= |$|\W)"
)


_WEEKDAY = pattern(
    rf"\b(?P<which>last |the previous |this |the )?(?P<name>{'|'.join(WEEKDAYS)})(?P<own>'s)?\b"
)


_WINDOW = pattern(
    r"\b(?:(?:past|last|previous|preceding|prior|trailing|rolling|recent) (?P<n>\d{1,3}"
    r"|[a-z-]+)[ -](?P<unit>days?|weeks?|months?|records?)"
    r"|(?P<n2>\d{1,3}|seven|thirty|ninety)-(?P<unit2>day|week|month|record)(?: (?:moving "
    r"|rolling |running )?(?:average|mean|norm|median))"
    r"|(?P<whole>(?:the |this |last |previous |past )?(?:week|month|year|fortnight"
    r"|quarter))(?:'s)?(?= |$|\W))"
)


_LAST_WHOLE = pattern(
    r"\b(?P<rel>last|the previous|the past|previous|past|preceding"
    r"|the preceding) (?P<unit>week|month|year|fortnight)\b(?! of)"
)


_THIS_WHOLE = pattern(
    rf"\b(?:of|in|for|over|all|across|during|so far|yet|to date)? ?(?P<rel>this|the|the current"
    rf"|the whole|all) (?P<unit>week|month|year)\b(?! (?:before|of|ago|earlier|prior|after"
    rf"|end\b))"
    rf"|\b(?:of|in|for|during|this|all|any day (?:in"
    rf"|of)) (?P<month>{'|'.join(MONTHS)})\b(?! \d{{1,2}}(?!\d))"
    rf"|\b(?P<month2>{'|'.join(MONTHS)})(?= so far|'s total)"
    rf"|\b(?:of|in|for|during) (?P<year>20\d\d)\b|\b(?P<rel2>the )?(?P<unit3>week"
    rf"|month)ly(?= total)|\b(?P<unit4>week|month)(?='s total| total)"
)


@dataclass(frozen=True)
class Moment:
    """A day or a stretch that a text names; ``days`` are the published ones in it, this record's own too."""

    start: int
    end: int
    label: str
    first: date
    last: date
    days: tuple[DayFigures, ...]
    is_day: bool = False
    is_adjacent: bool = False

    def total(self, measure: Measure) -> Decimal | None:
        """The sum over the days, or their weighted factor."""
        return total_of(self.days, measure)

    def mean(self, measure: Measure) -> Decimal | None:
        """The average over the days: a weighted factor, else a sum a day."""
        return mean_of(self.days, measure)


def total_of(days: Sequence[DayFigures], measure: Measure) -> Decimal | None:
    """The sum of a measure over days; for the factors the ratio of the sums."""
    if measure in (Measure.FACTOR, Measure.SUPERVISORY_FACTOR):
        parts = [d.totals.leverage if measure is Measure.FACTOR else d.totals.supervision for d in days]
        hours = sum((part.human_hours for part in parts), Decimal(0))
        return factor(hours, sum((part.minutes for part in parts), Decimal(0)))
    values = [value for day in days if (value := day.value(measure)) is not None]
    return sum(values, Decimal(0)) if values else None


def mean_of(days: Sequence[DayFigures], measure: Measure) -> Decimal | None:
    """The average of a measure over days; for the factors the ratio of the sums."""
    total = total_of(days, measure)
    if measure in (Measure.FACTOR, Measure.SUPERVISORY_FACTOR):
        return total
    return quotient(total, sum(day.value(measure) is not None for day in days))


def moments_in(text: str, figures: Figures) -> list[Moment]:
    """Days and stretches other than the record's own day, from left to right."""
    found = [
        *_dated(text, figures),
        *_previous(text, figures),
        *_weekdays(text, figures),
        *_windows(text, figures),
    ]
    found += [*_wholes(text, figures), *_weekends(text, figures)]
    apart: list[Moment] = []
    for moment in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or moment.start >= apart[-1].end:
            apart.append(moment)
    return apart


def stretch(figures: Figures, place: tuple[int, int], label: str, first: date, last: date) -> Moment:
    """The published days from one date to another."""
    days = tuple(day for day in figures.series if first <= day.date <= last)
    return Moment(*place, label, first, last, days)


def single(figures: Figures, place: tuple[int, int], on: date, *, adjacent: bool = False) -> Moment:
    """One day, known or not."""
    days = tuple(day for day in figures.series if day.date == on)
    return Moment(*place, written(on), on, on, days, is_day=True, is_adjacent=adjacent)


def _dated(text: str, figures: Figures) -> Iterator[Moment]:
    for match, on in dates_in(text, figures.date):
        if on and on != figures.date:
            yield single(figures, match.span(), on)


def _previous(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _PREVIOUS.finditer(text):
        before = figures.date - timedelta(1) if figures.date > date.min else figures.date
        last = figures.earlier[-1].date if figures.earlier else before
        yield single(figures, match.span(), last if match["record"] else before, adjacent=True)


def _weekdays(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _WEEKDAY.finditer(text):
        back = (figures.date.weekday() - WEEKDAYS.index(match["name"].lower())) % 7
        if back:
            yield single(figures, match.span(), days_before(figures.date, back))


_DAYS = {"day": 1, "week": 7, "month": 30, "record": 0, "fortnight": 14, "quarter": 91, "year": 365}


def _windows(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _WINDOW.finditer(text):
        words, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"] or "").rstrip("s").lower()
        number = next(iter(numbers_in(words)), None) if words else None
        if number is None or unit not in _DAYS or not 0 < number.value < 5000:
            continue
        count = int(number.value)
        first = (
            _first_of_records(figures, count)
            if unit == "record"
            else days_before(figures.date, count * _DAYS[unit])
        )
        yield stretch(
            figures, match.span(), f"in the {count} {unit}s before", first, days_before(figures.date, 1)
        )


def _first_of_records(figures: Figures, count: int) -> date:
    return figures.earlier[-count].date if len(figures.earlier) >= count else date.min


_WEEKEND = pattern(r"\b(?:the|this|last|over the|a whole) weekend(?:'s)?\b")


def _weekends(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _WEEKEND.finditer(text):
        _, sunday = week_of(figures.date)
        if figures.date.weekday() < WEEKDAYS.index("saturday"):
            sunday = days_before(sunday, 7)
        yield stretch(figures, match.span(), "at the weekend", days_before(sunday, 1), sunday)


def _wholes(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _LAST_WHOLE.finditer(text):
        yield _last_whole(match, figures)
    for match in _THIS_WHOLE.finditer(text):
        yield stretch(figures, match.span(), *_this_whole(match, figures.date))


def _last_whole(match: re.Match[str], figures: Figures) -> Moment:
    on, unit = figures.date, match["unit"].lower()
    if match["rel"].lower().endswith("past"):
        return stretch(
            figures, match.span(), f"in the past {unit}", days_before(on, _DAYS[unit]), days_before(on, 1)
        )
    if unit == "month":
        first, last = month_of(on, 12 if on.month == 1 else on.month - 1)
    elif unit == "year":
        first, last = date(max(1, on.year - 1), 1, 1), date(max(1, on.year - 1), 12, 31)
    else:
        first, last = week_of(days_before(on, _DAYS[unit]))
    return stretch(figures, match.span(), f"last {unit}", first, last)


def _this_whole(match: re.Match[str], on: date) -> tuple[str, date, date]:
    if month := match["month"] or match["month2"]:
        return f"in {month.title()}", *month_of(on, month_number(month))
    if match["year"]:
        return f"in {match['year']}", date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    unit = (match["unit"] or match["unit3"] or match["unit4"]).lower()
    if unit == "week":
        return "this week", *week_of(on)
    if unit == "month":
        return f"in {MONTHS[on.month - 1].title()}", *month_of(on, on.month)
    return f"in {on.year}", date(on.year, 1, 1), date(on.year, 12, 31)
