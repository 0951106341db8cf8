""" "Since early March": the stretch a comparison begins in."""

import re
from datetime import date

from records.facts.dates import MONTHS, WEEKDAYS, days_before, month_number, month_of, week_of
from records.facts.figures import Figures
from records.facts.moments import Moment, stretch
from records.facts.patterns import pattern

_SINCE = pattern(
    rf"\bsince (?:(?P<part>early|mid|late|the (?:start|beginning|middle|end) of)[- ])?(?:"
    rf"(?P<month>{'|'.join(MONTHS)})(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>20\d\d))?"
    rf"|(?P<weekday>last )?(?P<name>{'|'.join(WEEKDAYS)})|(?P<whole>last (?:week|month|year)"
    rf"|the (?:month|year|week|records?|log) (?:began|started))"
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
        return days_before(on, back), days_before(on, back)
    if match["iso"]:
        return _safe_iso(match["iso"], on)
    words = match["whole"].lower()
    if "week" in words:
        return week_of(days_before(on, 7))
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
