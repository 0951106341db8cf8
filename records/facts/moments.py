"""Days and stretches of days a sentence speaks of: yesterday, April 11, the past 30 days, early March."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from records.facts.figures import DayFigures, Figures, Measure
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.leverage import factor, quotient

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(
    [
        *(month for month in MONTHS if month != "may"),
        "may",
        *"jan feb mar apr jun jul aug sept sep oct nov dec".split(),
    ]
)
DATE = pattern(
    rf"(?<![\w-])(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:the )?)?(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]?\d|[x×%])(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})\b(?:,? (?P<year2>(?:19|20)\d\d))?)(?![\w-])"
)
_YEARS = re.compile(
    r"(?<![\w.,$€-])(?:19|20)\d\d(?!(?:\.?\d|[,x×%]| ?(?:hours|minutes|tasks|tokens|human|labs|h\b|m\b)))"
)
_PREVIOUS = pattern(
    r"\b(?:the |its |our |my )?(?P<adjacent>yesterday(?:'s)?|(?:the )?(?:day before|previous day|prior day|preceding day|night before)(?:'s)?(?! yesterday))"
    r"|\b(?:the |my )?(?P<record>(?:last|previous|preceding|prior) (?:record(?! (?:of|high|low|was|stood|by))|entry|working day|log|recorded day))(?:'s)?(?= |$|\W)"
)
_WEEKDAY = pattern(
    rf"\b(?P<which>last |the previous |on |this |the |from |than |past )?(?P<name>{'|'.join(WEEKDAYS)})(?P<own>'s)?\b"
)
_WINDOW = pattern(
    r"\b(?:(?:past|last|previous|preceding|prior|trailing|rolling|recent) (?P<n>\d{1,3}|[a-z-]+)[ -](?P<unit>days?|weeks?|months?|records?)"
    r"|(?P<n2>\d{1,3}|seven|thirty|ninety)-(?P<unit2>day|week|month|record)(?: (?:moving |rolling |running )?(?:average|mean|norm|median))"
    r"|(?P<whole>(?:the |this |last |previous |past )?(?:week|month|year|fortnight|quarter))(?:'s)?(?= |$|\W))"
)
_LAST_WHOLE = pattern(
    r"\b(?P<rel>last|the previous|the past|previous|past|preceding|the preceding) (?P<unit>week|month|year|fortnight)\b(?! of)"
)
_THIS_WHOLE = pattern(
    rf"\b(?:of|in|for|over|all|across|during|so far|yet|to date)? ?(?P<rel>this|the|the current|the whole|all) (?P<unit>week|month|year)\b(?! (?:before|of|ago|earlier|prior|after|end))"
    rf"|\b(?:of|in|for|during|this|all|any day (?:in|of)) (?P<month>{'|'.join(MONTHS)})\b(?! \d{{1,2}}(?!\d))"
    rf"|\b(?:of|in|for|during) (?P<year>20\d\d)\b|\b(?P<rel2>the )?(?P<unit3>week|month)ly(?= total)|\b(?P<unit4>week|month)(?='s total| total)"
)


@dataclass(frozen=True)
class Moment:
    """A day or a stretch, named in a text; ``days`` are the published ones in it, this record's among them or not."""

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


def dates_in(text: str, on: date) -> Iterator[tuple[re.Match[str], date | None]]:
    """Each date a text writes, without a year the nearest one; ``None`` for one that cannot be."""
    for match in DATE.finditer(text):
        yield match, _date(match, on)


def masks(text: str) -> list[tuple[int, int]]:
    """Where dates and years stand, whose digits are no figures."""
    return [match.span() for found in (DATE, _YEARS) for match in found.finditer(text)]


def _date(match: re.Match[str], on: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = month_number(match["month"] or match["month2"])
        day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
        if year:
            return date(int(year), month, day)
        return min((date(on.year + step, month, day) for step in (0, -1, 1)), key=lambda each: abs(each - on))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for January, also in short."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def moments_in(text: str, figures: Figures) -> list[Moment]:
    """Days and stretches other than the record's own day, from left to right."""
    found = [
        *_dated(text, figures),
        *_previous(text, figures),
        *_weekdays(text, figures),
        *_windows(text, figures),
    ]
    found += _wholes(text, figures)
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


def written(on: date) -> str:
    """A date as pages write it, without the year."""
    return f"{MONTHS[on.month - 1].title()} {on.day}"


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
            yield single(figures, match.span(), _back(figures.date, back))


def _back(on: date, days: int) -> date:
    return date.fromordinal(max(1, on.toordinal() - days))


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
            else _back(figures.date, count * _DAYS[unit])
        )
        yield stretch(figures, match.span(), f"in the {count} {unit}s before", first, _back(figures.date, 1))


def _first_of_records(figures: Figures, count: int) -> date:
    return figures.earlier[-count].date if len(figures.earlier) >= count else date.min


def week_of(on: date) -> tuple[date, date]:
    """Monday and Sunday of a date's week."""
    monday = _back(on, on.weekday())
    return monday, monday + timedelta(6)


def month_of(on: date, month: int, year: int | None = None) -> tuple[date, date]:
    """First and last day of a month: the latest one of that name up to the date."""
    if year is None:
        year = on.year if month <= on.month else on.year - 1
    first = date(max(1, year), month, 1)
    following = date(first.year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(1)


def _wholes(text: str, figures: Figures) -> Iterator[Moment]:
    for match in _LAST_WHOLE.finditer(text):
        yield _last_whole(match, figures)
    for match in _THIS_WHOLE.finditer(text):
        yield stretch(figures, match.span(), *_this_whole(match, figures.date))


def _last_whole(match: re.Match[str], figures: Figures) -> Moment:
    on, unit = figures.date, match["unit"].lower()
    if match["rel"].lower().endswith("past"):
        return stretch(figures, match.span(), f"in the past {unit}", _back(on, _DAYS[unit]), _back(on, 1))
    if unit == "month":
        first, last = month_of(on, 12 if on.month == 1 else on.month - 1)
    elif unit == "year":
        first, last = date(max(1, on.year - 1), 1, 1), date(max(1, on.year - 1), 12, 31)
    else:
        first, last = week_of(_back(on, _DAYS[unit]))
    return stretch(figures, match.span(), f"last {unit}", first, last)


def _this_whole(match: re.Match[str], on: date) -> tuple[str, date, date]:
    if match["month"]:
        return f"in {match['month'].title()}", *month_of(on, month_number(match["month"]))
    if match["year"]:
        return f"in {match['year']}", date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    unit = (match["unit"] or match["unit3"] or match["unit4"]).lower()
    if unit == "week":
        return "this week", *week_of(on)
    if unit == "month":
        return f"in {MONTHS[on.month - 1].title()}", *month_of(on, on.month)
    return f"in {on.year}", date(on.year, 1, 1), date(on.year, 12, 31)


_SINCE = pattern(
    rf"\bsince (?:(?P<part>early|mid|late|the (?:start|beginning|middle|end) of)[- ])?(?:"
    rf"(?P<month>{'|'.join(MONTHS)})(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>20\d\d))?"
    rf"|(?P<weekday>last )?(?P<name>{'|'.join(WEEKDAYS)})|(?P<whole>last (?:week|month|year)|the (?:month|year|week|records?|log) (?:began|started))"
    rf"|(?P<iso>\d{{4}}-\d\d-\d\d))"
)
_PARTS = {
    "early": (1, 10),
    "start": (1, 10),
    "beginning": (1, 10),
    "mid": (11, 20),
    "middle": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
}


def since_in(text: str, figures: Figures) -> tuple[Moment, str] | None:
    """The stretch "since early March" begins in, and the words that say so."""
    match = _SINCE.search(text)
    if not match or re.search(r"(?:began|started)$", match[0], re.IGNORECASE):
        return None
    first, last = _begun(match, figures)
    return stretch(figures, match.span(), match[0], first, last), match[0]


def _begun(match: re.Match[str], figures: Figures) -> tuple[date, date]:
    on = figures.date
    if match["month"]:
        return _part_of_month(match, on)
    if match["name"]:
        back = (on.weekday() - WEEKDAYS.index(match["name"].lower())) % 7 or 7
        return _back(on, back), _back(on, back)
    if match["iso"]:
        return _safe_iso(match["iso"], on)
    words = match["whole"].lower()
    if "week" in words:
        return week_of(_back(on, 7))
    return (
        month_of(on, 12 if on.month == 1 else on.month - 1)
        if "month" in words
        else (date(max(1, on.year - 1), 1, 1), date(max(1, on.year - 1), 12, 31))
    )


def _part_of_month(match: re.Match[str], on: date) -> tuple[date, date]:
    month = month_number(match["month"])
    first, last = month_of(on, month, int(match["year"]) if match["year"] else None)
    if match["day"]:
        day = min(max(int(match["day"]), 1), last.day)
        return first.replace(day=day), first.replace(day=day)
    words = (match["part"] or "").lower().split()
    for word, (start, end) in _PARTS.items():
        if word in words:
            return first.replace(day=start), first.replace(day=min(end, last.day))
    return first, last


def _safe_iso(text: str, on: date) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = on
    return day, day
