"""Whom a sentence speaks of: groups of tasks, each with what it is called and its live figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from records.facts.figures import Figures, Measure, Tasks, measured, value_of
from records.facts.patterns import pattern
from records.leverage import Totals, median


@dataclass(frozen=True)
class Option:
    """One reading of a subject: some tasks, in words, and the stem of their live figures ("top.1").

    ``fixed`` holds the values of what is no sum of tasks: a median, another day.
    """

    tasks: Tasks
    label: str
    live: str = ""
    fixed: Mapping[Measure, Decimal | None] | None = None

    def value(self, measure: Measure) -> Decimal | None:
        """One measure of these tasks together; of a day or a median the value that is known for it."""
        if self.fixed is not None:
            return self.fixed.get(measure)
        return measured(Totals.of(self.tasks), measure)


@dataclass(frozen=True)
class Subject:
    """A place in a sentence that speaks of tasks; right is whatever is right of any reading."""

    start: int
    end: int
    options: tuple[Option, ...]
    kind: str
    counted: int | None = None


_AVERAGE = pattern(
    r"\b(?:weighted(?: average| mean)?(?: supervisory)?(?: leverage)?(?: factor)?|(?:overall"
    r"|average|mean|combined|aggregate|blended|total|day's|daily"
    r"|headline)(?: weighted)?(?: supervisory)?(?: leverage| factor)(?: factor)?"
    r"|supervisory (?:leverage|factor)(?: factor| average)?|leverage factor|average"
    r"|the leverage|the (?:day's )?factor|(?<![\w'-] )(?:supervisory|supervision|leverage|factor)"
    r"(?=:? ~?\d[\d,.]*[x×]))\b(?! (?:factor|leverage|average)\b)(?! (?:tasks?"
    r"|of the task|there\b|(?:of|for|across) (?:these|those|them)))"
)


_MEDIAN = pattern(
    r"\b(?:median(?: task| factor| leverage| leverage factor)?|middle task|typical task"
    r"|half of the tasks|half the tasks)\b"
)


_DAY = pattern(
    r"\b(?:(?<!rest of )the (?:whole |entire |full )?day(?:'s)?|in all|in total|all told|all in all"
    r"|altogether|overall|total(?:led|ed|s|ing)?|(?:the |this )?record|today(?:'s)?|the log"
    r"|human[- ]equivalent|worth of (?:work|human)|output|single (?:calendar )?day"
    r"|calendar day|everything|across the board|equivalent(?: of)?)\b"
)


_ADDED_UP = pattern(
    r"\b(?:combined|sum(?:s|med)?|add(?:s|ed)? up|between them|came to|amounted to|comes? to)\b"
)


_OF_ALL_OF_IT = pattern(
    r"^\W*(?:(?:it|that|this|these|they|all|everything|the|whole|entire|day|day's|lot|log|list|board"
    r"|page|record"
    r"|work|hours|minutes|tasks?|entries|rows|estimates?|figures|numbers|human|agent|claude|supervis\w+"
    r"|total"
    r"|weighted|time|effort|output|direction|and|which|in|together|of|taken|put|then|so|for|on|april|sunday"
    r"|\d[\d.,]*|[a-z]+ty(?:-[a-z]+)?|my|our|its|own|both|sides|would|has|have|had|also|again|with"
    r"|today) ?)*$"
)


_SPLIT = re.compile(r"[.,](?!\d)|[;:()—]")


_OWNED = pattern(r"(?:\b(?:its|their|whose|his|her)|(?<!day)(?<!record)(?<!today)(?<!april\s12)'s) $")


def wholes_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects that are the whole day: its average, its median, the day itself."""
    whole = Option(figures.tasks, "for the day", "day", values_of_day(figures))
    for match in _AVERAGE.finditer(text):
        if _OWNED.search(text[: match.start()]):
            continue
        yield Subject(match.start(), match.end(), (whole,), "average")
    for match in _MEDIAN.finditer(text):
        yield Subject(match.start(), match.end(), (median_option(figures),), "median")
    for match in _DAY.finditer(text):
        yield Subject(match.start(), match.end(), (whole,), "day")
    for match in _ADDED_UP.finditer(text):
        if _OF_ALL_OF_IT.match(_SPLIT.split(text[: match.start()])[-1]):
            yield Subject(match.start(), match.end(), (whole,), "day")


def replaced_at(start: int, end: int, figures: Figures, kind: str) -> Iterator[Subject]:
    """The whole day, as said at a place."""
    yield Subject(start, end, (Option(figures.tasks, "for the day", "day", values_of_day(figures)),), kind)


def values_of_day(figures: Figures) -> dict[Measure, Decimal | None]:
    """Every measure of the day."""
    return {measure: figures.day.value(measure) for measure in Measure}


def median_option(figures: Figures) -> Option:
    """The middle of the tasks, in every measure."""
    values = {measure: median(value_of(task, measure) for task in figures.tasks) for measure in Measure}
    return Option((), "for the median task", "", values)


def sum_label(tasks: Tasks) -> str:
    """Tasks added up, in words."""
    names = " and ".join(f"“{task.name}”" for task in tasks[:2])
    return f"in {names}" if len(tasks) <= 2 else f"in {len(tasks)} tasks"
