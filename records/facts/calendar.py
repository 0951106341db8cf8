"""Weekdays and dates against the date of the record."""

import re
from collections.abc import Iterator
from datetime import date

from records.facts.dates import WEEKDAYS, dates_in, written
from records.facts.figures import M
from records.facts.findings import Finding, Verdict
from records.facts.patterns import pattern
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.series import shown_value
from records.facts.units import Unit

_NAMES = "|".join(WEEKDAYS)


_IS_A = pattern(
    rf"(?<!before )(?<!than )(?<!after )\b(?:(?:it|this|that|today|the day|(?:this|the) (?:record|date)"
    rf"|this (?:one|day)) (?:was"
    rf"|is|fell on|falls on|happened on|being|covers) (?:also |only |just |still )?(?:an? "
    rf"|the )?(?:(?!\w+est |most |least |first |second |third |only )\w+ )?|on (?:this|that) |(?:^"
    rf"|, )?all on an? "
    rf"|for an? )(?P<name>{_NAMES})s?\b(?!'s)(?! (?:deadline|meeting|release|deploy\w*))"
)


_THIS = pattern(
    rf"\b(?:this|today,? (?:an? )?|a single|one) (?P<name>{_NAMES})\b(?!'s (?:record|log"
    rf"|entry))|^an? (?:\w+ )?(?P<name2>{_NAMES})\b(?= of| with| in|[.,:;]| spent|$)"
)


_AFTER_DATE = pattern(
    rf"^,? (?:was|is|fell on|falls on|being) (?:also )?(?:an? "
    rf"|the )(?:[\w-]+ )?(?P<name>{_NAMES})\b|^ ?\((?:an? )?(?P<name2>{_NAMES})\)"
    rf"|^,? an? (?:[\w-]+ )?(?P<name3>{_NAMES})\b"
)


_OF_RECORD = pattern(
    r"\b(?:record (?:for|of)|log (?:for|of)|leverage record:?|this (?:record|page"
    r"|log) (?:covers|is for|describes)|today is|it is|entry for) (?:\w+, )?$"
)


_IS_DAY = pattern(
    r"^,? (?:was|turned out|proved|became|brought|produced|closed|ended|delivered|came (?:in|to)|logged"
    r"|saw) "
)


_WEEKEND = pattern(
    r"\b(?:this|the day|it|today|april 12|a) (?:was|is|fell on)? ?(?:an? "
    r"|the )?(?P<kind>weekday|weekend|working day|workday)\b"
)


def judged(scene: Scene) -> Iterator[Finding]:
    """A finding for each weekday and date that the date of the record bears out or not."""
    yield from _dates(scene)
    yield from _whole_days_name(scene)
    for words in (_IS_A, _THIS):
        for match in words.finditer(scene.text):
            if not scene.overlaps(*match.span()):
                yield _weekday(scene, match, scene.figures.date, match.span())


_OPENS = pattern(rf"^\W*(?:on |a |this )?(?:last )?(?P<name>{_NAMES})\b(?!'s| (?:and|to|or|through)\b)")


def _whole_days_name(scene: Scene) -> Iterator[Finding]:
    """ "Monday: 37 tasks, 1,222.75 hours", where these are the figures of this record."""
    match = _OPENS.match(scene.text)
    if not match or len(scene.moments) > 1 or WEEKDAYS[scene.figures.date.weekday()] == match["name"].lower():
        return
    totals = (
        (Unit.TASKS, M.TASKS),
        (Unit.HOURS, M.HOURS),
        (Unit.FACTOR, M.FACTOR),
        (Unit.MINUTES, M.MINUTES),
    )
    day = scene.figures.day
    own = {
        m
        for q in scene.quantities
        for unit, m in totals
        if q.unit is unit and (value := day.value(m)) and fit(q, shown_value(m, value)) is Fit.YES
    }
    if len(own) > 1:
        yield scene.finding(*match.span("name"), Verdict.REFUTED, _long(scene.figures.date))


def _dates(scene: Scene) -> Iterator[Finding]:
    for match, on in dates_in(scene.text, scene.figures.date):
        after = _AFTER_DATE.match(scene.text[match.end() :])
        if on is None:
            yield scene.finding(*match.span(), Verdict.REFUTED, "there is no such date")
        elif match["weekday"]:
            yield _named(scene, match["weekday"], on, match.span())
        elif after:
            yield _weekday(scene, after, on, (match.start(), match.end() + after.end()))
        elif on == scene.figures.date:
            yield scene.finding(*match.span(), Verdict.CONFIRMED, _long(on))
        elif _is_record_date(scene, match, on):
            yield scene.finding(
                *match.span(), Verdict.REFUTED, f"the record is that of {_long(scene.figures.date)}"
            )


def _is_record_date(scene: Scene, match: re.Match[str], on: date) -> bool:
    """Whether another date stands where the record's own belongs."""
    if _OF_RECORD.search(scene.text[: match.start()]):
        return True
    is_subject = bool(re.match(r"^(?:on )?$", scene.text[: match.start()].strip(), re.IGNORECASE))
    told = bool(_IS_DAY.match(scene.text[match.end() :]))
    unknown = all(day.date != on for day in scene.figures.series)
    year_off = bool(match["year"] or match["year2"] or match["iso"]) and (on.month, on.day) == (
        scene.figures.date.month,
        scene.figures.date.day,
    )
    return year_off or (is_subject and told and (on > scene.figures.date) and unknown)


def _weekday(scene: Scene, match: re.Match[str], on: date, place: tuple[int, int]) -> Finding:
    name = next(value for key, value in match.groupdict().items() if value and key.startswith("name"))
    return _named(scene, name, on, place)


def _named(scene: Scene, name: str, on: date, place: tuple[int, int]) -> Finding:
    right = WEEKDAYS[on.weekday()] == name.lower()
    verdict = Verdict.CONFIRMED if right else Verdict.REFUTED
    if right and on != scene.figures.date and place[0] == 0:
        verdict = Verdict.UNJUDGED
    return scene.finding(*place, verdict, _long(on))


def _long(on: date) -> str:
    return f"{WEEKDAYS[on.weekday()].title()}, {written(on)}, {on.year}"
