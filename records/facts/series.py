"""What a claim about other days measures, and over which days it reaches."""

import re
from dataclasses import dataclass
from decimal import Decimal

from records import formats
from records.facts.dates import WEEKDAYS
from records.facts.figures import DayFigures, M, Measure
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.since import since_in

_MEASURES: tuple[tuple[tuple[Measure, ...], str], ...] = (
    ((M.SUPERVISORY_FACTOR,), r"supervisory (?:leverage|factor|average|multiple)"),
    (
        (M.SUPERVISORY_MINUTES,),
        r"supervis(?:ion|ory(?: minutes| time)?|ed)|oversight|human (?:direction|attention)"
        r"|minutes of (?:direction|supervision)|direction time",
    ),
    (
        (M.FACTOR,),
        r"leverage(?: factors?)?|factors?|weighted average|averages?|multipliers?|multiples?|leveraged",
    ),
    ((M.TASKS,), r"task[- ]counts?|tasks|number of tasks|(?:task )?(?:log|list)|task totals?|entries|jobs"),
    ((M.TOKENS,), r"tokens?(?: (?:count|total|use|usage|bill|spend|consumption))?"),
    (
        (M.MINUTES,),
        r"(?:agent|claude|machine|wall[- ]clock)[- ](?:minutes|time|hours)|minutes|run ?time"
        r"|(?:the )?(?:agent|claude) (?:ran|worked|run|was busy)|running time|agent's (?:day|share)",
    ),
    (
        (M.HOURS,),
        r"(?:human|human-equivalent|estimated|total)?[- ]?hours?|(?:raw[- ])?output|productiv\w+"
        r"|volume|work(?:load)?|production|effort|working weeks|raw-output|weeks",
    ),
)


_MEASURE = [(measures, pattern(rf"\b(?:{words})\b")) for measures, words in _MEASURES]


_BY_ADJECTIVE: dict[str, tuple[Measure, ...]] = {
    "busiest": (M.TASKS, M.HOURS, M.MINUTES),
    "quietest": (M.TASKS, M.HOURS, M.MINUTES),
    "best": (M.FACTOR, M.HOURS),
    "strongest": (M.FACTOR, M.HOURS),
    "worst": (M.FACTOR, M.HOURS),
    "weakest": (M.FACTOR, M.HOURS),
    "productive": (M.HOURS,),
    "leveraged": (M.FACTOR,),
    "efficient": (M.FACTOR, M.SUPERVISORY_FACTOR),
    "longest": (M.MINUTES, M.HOURS, M.TASKS),
    "shortest": (M.MINUTES, M.HOURS, M.TASKS),
    "slowest": (M.FACTOR, M.HOURS, M.TASKS),
    "supervised": (M.SUPERVISORY_MINUTES,),
    "hands-off": (M.SUPERVISORY_FACTOR, M.SUPERVISORY_MINUTES),
}


HIGH = (
    r"most|highest|largest|biggest|best|busiest|longest|strongest|greatest|heaviest|record"
    r"|peak|steepest|fullest|densest"
)


LOW = (
    r"fewest|lowest|smallest|worst|quietest|least|weakest|shortest|lightest|slowest|leanest"
    r"|slimmest|poorest|thinnest|emptiest"
)


ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


SO_FAR = pattern(
    r"\b(?:so far|yet|to date|ever|on record|in (?:the|these|this|my|our) (?:records?|log"
    r"|series|archive)|of all time|in the (?:history|life) of|all-time|since (?:the |these "
    r"|my |our )?(?:records?|log|series|i|this|we) (?:began|started)|until now|up to now"
    r"|thus far|any day (?:so far|yet|ever|before)|of (?:any|all)(?: the)?(?: published"
    r"| recorded| logged)? days?|any (?:other |single |earlier |previous )?(?:day|record)"
    r"|that i have logged|i have (?:logged|recorded|published)|these records have (?:seen"
    r"|shown)|the (?:site|series|record) has (?:seen|shown)|ever (?:recorded|logged)"
    r"|of the (?:series|run|whole (?:series|record)))\b"
)


DAY_NOUN = pattern(
    r"\b(?:day|days|record|sunday|monday|tuesday|wednesday|thursday|friday|saturday|weekend"
    r"|weekday|daily|single-day|date)\b"
)


_DAY_OF_WEEK = pattern(
    rf"\b(?:of any|for an?|of all|yet for an?|on an?|of the"
    rf"|any) (?P<name>{'|'.join(WEEKDAYS)})s?\b|(?:{HIGH}|{LOW}|productive"
    rf"|leveraged) (?P<name2>{'|'.join(WEEKDAYS)})\b"
    rf"|\b(?P<name3>{'|'.join(WEEKDAYS)}) (?:so far|yet|on record|record|of the year)\b"
)


@dataclass(frozen=True)
class Field:
    """The days something is compared with, this one left out, and how they are called."""

    days: tuple[DayFigures, ...]
    label: str
    is_known: bool = True


_IN_TERMS = pattern(
    r"^\W*(?:in|by|on|for) (?P<of>(?:human |agent )?(?:tasks|hours|minutes|leverage|supervision"
    r"|tokens)),? (?:it|this|the day|sunday"
    r"|that|today)\b"
)


def measures_near(scene: Scene, start: int, end: int, adjective: str = "") -> tuple[Measure, ...]:
    """What a superlative or comparison measures: the words right after it, else right before it."""
    lower, upper = scene.clause(start)
    after, before = scene.text[end : max(upper, end)][:60], scene.text[lower:start][-70:]
    if scene.text[lower : lower + 1] == ":":
        before = scene.text[:start][-70:]  # "Task count: second-highest of the week"
    if found := first_measure(after):
        return found
    if terms := _IN_TERMS.match(scene.text[lower:start]):
        return first_measure(terms["of"])
    if adjective in _BY_ADJECTIVE:
        return _BY_ADJECTIVE[adjective]
    return last_measure(before) or ()


def measure_words(text: str) -> str:
    """A text without the words that name measures."""
    for _, words in _MEASURE:
        text = words.sub(" ", text)
    return text


def first_measure(text: str) -> tuple[Measure, ...]:
    """What the first words of a text that name a measure name."""
    found = [
        (match.start(), -match.end(), place)
        for place, (_, words) in enumerate(_MEASURE)
        if (match := words.search(text))
    ]
    return _MEASURE[min(found)[2]][0] if found else ()


def last_measure(text: str) -> tuple[Measure, ...]:
    """What the last words of a text that name a measure name."""
    found = [
        (match.end(), -match.start(), -place)
        for place, (_, words) in enumerate(_MEASURE)
        for match in words.finditer(text)
    ]
    measures = _MEASURE[-max(found)[2]][0] if found else ()
    if measures == (M.MINUTES,) and re.search(r"supervis|direct|oversight", text, re.IGNORECASE):
        return (M.SUPERVISORY_MINUTES,)
    return measures


def field_of(scene: Scene, start: int, end: int) -> Field | None:
    """Over which days the words around a superlative reach; ``None`` where they speak of no days."""
    figures = scene.figures
    lower, upper = max(0, start - 60), min(len(scene.text), end + 110)
    near = scene.text[lower:upper]
    if found := since_in(near, figures):
        moment, words = found
        days = tuple(day for day in figures.earlier if day.date > moment.last)
        return Field(days, words, is_known=bool(figures.earlier) and figures.earlier[0].date <= moment.last)
    moments = [
        m
        for m in scene.moments
        if lower <= m.start < upper and not m.is_day and (m.start >= end or m.end <= start)
    ]
    if moments:
        moment = moments[0]
        return Field(
            tuple(d for d in moment.days if d.date != figures.date), moment.label, bool(figures.others)
        )
    if match := _DAY_OF_WEEK.search(near):
        name = next(value for value in match.groupdict().values() if value)
        days = tuple(d for d in figures.earlier if WEEKDAYS[d.date.weekday()] == name.lower())
        return Field(
            days,
            f"among {name.title()}s",
            bool(figures.earlier) and WEEKDAYS[figures.date.weekday()] == name.lower(),
        )
    if SO_FAR.search(near):
        return Field(figures.earlier, "so far", bool(figures.earlier))
    return None


def shown_value(measure: Measure, value: Decimal) -> Decimal:
    """A value as pages show it, so that what reads as level counts as level."""
    if measure in (M.FACTOR, M.SUPERVISORY_FACTOR):
        return Decimal(formats.average_factor(value).replace(",", ""))
    return value


def say(measure: Measure, value: Decimal) -> str:
    """A value of a day in words."""
    if measure in (M.FACTOR, M.SUPERVISORY_FACTOR):
        kind = " supervisory" if measure is M.SUPERVISORY_FACTOR else ""
        return f"{formats.average_factor(value)}×{kind}"
    unit = {M.HOURS: "h", M.MINUTES: "min", M.SUPERVISORY_MINUTES: "supervisory min"}.get(
        measure, measure.value
    )
    return f"{formats.quantity(value)} {unit}"
