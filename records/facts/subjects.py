"""Whom a sentence speaks of: groups of tasks, each with what it is called and its live figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from records.facts.figures import Figures, Measure, Tasks, measured, value_of
from records.facts.numbers import numbers_in
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


_ENDS: dict[str, tuple[tuple[Measure, bool], ...]] = {
    r"(?:highest|most|best|top|strongest|steepest|greatest|peak|maximum|max)": (
        (Measure.FACTOR, True),
        (Measure.HOURS, True),
    ),
    r"(?:lowest|least|worst|bottom|weakest|poorest|minimum|min|last)": (
        (Measure.FACTOR, False),
        (Measure.HOURS, False),
    ),
    r"(?:largest|biggest|heaviest|costliest|most expensive|most ambitious)": ((Measure.HOURS, True),),
    r"(?:smallest|tiniest|lightest|cheapest)": ((Measure.HOURS, False), (Measure.FACTOR, False)),
    r"(?:longest|longest-running|slowest)": ((Measure.MINUTES, True), (Measure.HOURS, True)),
    r"(?:shortest|quickest|fastest|briefest)": ((Measure.MINUTES, False), (Measure.HOURS, False)),
    r"(?:most (?:heavily |closely )?supervised)": ((Measure.SUPERVISORY_MINUTES, True),),
    r"(?:least (?:heavily |closely )?supervised)": ((Measure.SUPERVISORY_MINUTES, False),),
    r"(?:leading)": ((Measure.FACTOR, True), (Measure.HOURS, True)),
}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3}
_BY = (
    (Measure.SUPERVISORY_FACTOR, r"supervisory(?: leverage)?(?: factors?)?|supervisory-leverage"),
    (Measure.FACTOR, r"leverage|factors?|multiplier|multiples?|ratios?|returns?|leveraged"),
    (Measure.SUPERVISORY_MINUTES, r"supervis(?:ion|ed)|supervisory (?:minutes|time)|oversight|direction"),
    (Measure.HOURS, r"(?:human |estimated )*hours|size|effort|estimates?|human (?:time|effort|estimates?)"),
    (
        Measure.MINUTES,
        r"(?:agent|claude) (?:time|minutes)|minutes|runtime|running time|run(?: time)?|duration",
    ),
)
_BY_WORDS = "|".join(words for _, words in _BY)
_NOUN = (
    rf"(?:tasks?|jobs?|items?|entry|entries|estimates?|builds?|ones?|pieces? of work|rows?|results?|scores?"
    rf"|(?:{_BY_WORDS})(?: (?:task|job|item|entry|value|figure|number|score|count)s?)?)"
)
_END_WORDS = "|".join(sorted(_ENDS, key=len, reverse=True))
_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen|twenty|couple of|few|handful of)"
_SELECTOR = pattern(
    rf"(?<![\w-])(?:(?P<before>{_COUNT}) )?(?:single )?(?:(?P<ordinal>{'|'.join(_ORDINALS)})[- ])?(?P<end>{_END_WORDS})[- ]"
    rf"(?:(?P<after>{_COUNT})[ -])?(?:single |individual |human |agent |claude |of the |estimated |weighted ){{0,2}}(?P<noun>{_NOUN})"
    rf"(?![\w-])(?: by (?:\w+ )?(?P<by>{_BY_WORDS})\b)?"
)
_BARE_COUNT = pattern(
    rf"\b(?:the )?(?P<count>{_COUNT}) (?:(?P<large>largest|biggest|heaviest)|(?P<small>smallest)|(?P<high>highest|best)|(?P<low>lowest|worst))(?=[,.;:)]| (?:the|make|made|hold|held|carry|carried|account|together|alone|took|took|need|reach|came|come|had|have|were|are|is|it)\b)"
)
_BARE_ENDS = pattern(
    r"\b(?:the )?(?:(?P<high>ceiling|peak|high point|front-?runner|top of the (?:board|table|list|log|day|ranking))"
    r"|(?P<low>floor|low point|bottom of the (?:board|table|list|log|day|ranking)|tail end))\b"
)
_TOP_N = pattern(
    rf"\b(?:the )?(?P<end>top|bottom|first|last|leading) (?P<count>{_COUNT})(?! (?:minutes|hours|days|weeks|months|times))\b"
)


def selectors_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects chosen by rank: "the two largest tasks", "the lowest-leverage task", "the ceiling"."""
    taken = -1
    for match in _SELECTOR.finditer(text):
        taken = match.end()
        yield from _selected(match, figures)
    for match in _TOP_N.finditer(text):
        if match.start() > taken or not _SELECTOR.match(text, match.start()):
            count = _count(match["count"])
            yield _ranked(match, figures, match["end"].lower() not in ("bottom", "last"), count)
    for match in _BARE_COUNT.finditer(text):
        measure = Measure.HOURS if match["large"] or match["small"] else Measure.FACTOR
        count = _count(match["count"])
        option = _option(figures, measure, count, 1, highest=bool(match["large"] or match["high"]))
        yield Subject(match.start(), match.end(), _nonempty((option,)), "selector", count)
    for match in _BARE_ENDS.finditer(text):
        if figures.tasks:
            yield _ranked(match, figures, bool(match["high"]), 1)


def _selected(match: re.Match[str], figures: Figures) -> Iterator[Subject]:
    ends = next(ends for words, ends in _ENDS.items() if pattern(words).fullmatch(match["end"]))
    highest = ends[0][1]
    said = _measure(match["by"] or match["noun"])
    measures = (said,) if said else tuple(measure for measure, _ in ends)
    written = match["before"] or match["after"]
    is_plural = match["noun"].lower().split()[-1] in ("tasks", "jobs", "items", "entries", "ones", "builds")
    if is_plural and not written:
        return  # "the lowest-leverage tasks": how many, nobody says
    count, rank = _count(written) if written else 1, _ORDINALS.get((match["ordinal"] or "").lower(), 1)
    options = tuple(_option(figures, measure, count, rank, highest=highest) for measure in measures)
    yield Subject(match.start(), match.end(), _nonempty(options), "selector", count)


def _ranked(match: re.Match[str], figures: Figures, highest: bool, count: int) -> Subject:
    measures = (Measure.FACTOR, Measure.HOURS)
    options = tuple(_option(figures, measure, count, 1, highest=highest) for measure in measures)
    return Subject(match.start(), match.end(), _nonempty(options), "selector", count)


def _nonempty(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.tasks)


def _option(figures: Figures, measure: Measure, count: int, rank: int, *, highest: bool) -> Option:
    ranked = figures.ranked(measure, highest=highest)
    if count == 1:
        return _at_rank(figures, measure, rank, highest=highest)
    stem = {Measure.FACTOR: "top" if highest else "bottom", Measure.HOURS: "largest"}.get(measure, "")
    live = f"{stem}.1-{count}" if stem == "largest" and highest else ""
    side = "highest" if highest else "lowest"
    return Option(ranked[:count], f"in the {count} tasks of {side} {measure.value}", live)


def _at_rank(figures: Figures, measure: Measure, rank: int, *, highest: bool) -> Option:
    ranked = figures.ranked(measure, highest=highest)[rank - 1 : rank]
    stem = {
        (Measure.FACTOR, True): "top",
        (Measure.FACTOR, False): "bottom",
        (Measure.HOURS, True): "largest",
    }
    name = stem.get((measure, highest), "")
    label = f"for “{ranked[0].name}”" if ranked else ""
    return Option(ranked, label, f"{name}.{rank}" if name else "")


def _measure(words: str) -> Measure | None:
    return next((measure for measure, text in _BY if pattern(rf"(?:{text})(?: \w+)?").fullmatch(words)), None)


def _count(words: str) -> int:
    number = next(iter(numbers_in(words)), None)
    loose = {"couple": 2, "few": 3, "handful": 5}
    return int(number.value) if number else loose.get(words.split()[0].lower(), 12)


def category_words(name: str) -> list[str]:
    """How prose calls a category: its whole name, its parts, and what those are called as well."""
    parts = [part for part in re.split(r"\s*(?:&|\band\b|,|/)\s*", name.lower()) if part]
    also = {
        "docs": "documentation",
        "websites": "website",
        "services": "service",
        "tooling": "tool",
        "testing": "test",
    }
    more = [also[part] for part in parts if part in also]
    singular = [part[:-1] for part in parts if part.endswith("s")]
    plural = [f"{part}s" for part in parts if not part.endswith(("s", "ing"))]
    return list(dict.fromkeys([name.lower(), *parts, *more, *singular, *plural]))


_WORK = (
    r"(?:tasks?|jobs?|items?|entry|entries|work|category|group|cluster|rows?|column|pieces? of work|efforts?)"
)
_VERBS = (
    r"(?:alone |together |itself |work )?(?:was|were|is|are|came|come|averaged|average|averages|reached|reach|had|has|took|take|led|leads|accounted"
    r"|accounts|made|stood|stands|ran|held|holds|brought|hit|posted|contributed|contributes|absorbed|consumed|claimed|delivered"
    r"|ended|finished|sat|sits|needed|topped|used|carried|carries|fell|landed|trailed|saw|got|put|gave|logged|racked|totall?ed|comprised|covered|spanned|worked|stayed|sits|remained|scored|managed|averaging)\b"
)


def categories_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects that are a category: "the four testing tasks", "Infrastructure averaged"."""
    names = {task.category: task.category_name for task in figures.tasks if task.category}
    for slug, name in names.items():
        words = category_words(name)
        option = Option(figures.by_category[slug], f"in {name}", f"category.{slug}")
        for match in _category_pattern(words).finditer(text):
            yield Subject(match.start(), match.end(), (option,), "category")


def _category_pattern(words: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)
    )
    whole = re.escape(words[0]).replace(r"\ ", " ").replace("\\&", "(?:&|and)")
    return pattern(
        rf"(?<![\w-])(?:(?:{alternatives}|{whole})(?:[- ](?:and|&) [\w-]+)?[- ](?:related )?{_WORK}(?![\w-])"
        rf"|(?-i:(?=[A-Z]))(?:{alternatives}|{whole})(?= {_VERBS})"
        rf"|(?:tasks?|jobs?|hours|minutes|work|entries|items) (?:on|in|for|of|from|under|to|went to|go to|were|was) (?:the )?(?:{alternatives}|{whole})(?![\w-])"
        rf"|(?:in|for|to|on|of|by|from|under|across|within) (?:the )?{whole}(?![\w-])|{whole}(?: category)?(?=[:,(] ?| at )|(?<=[\w,] )(?-i:(?=[A-Z])){whole}(?![\w-]))"
    )


_AVERAGE = pattern(
    r"\b(?:weighted(?: average| mean)?(?: supervisory)?(?: leverage)?(?: factor)?|(?:overall|average|mean|combined|aggregate|blended|total|day's|daily|headline)(?: weighted)?(?: supervisory)?(?: leverage| factor)(?: factor)?"
    r"|supervisory (?:leverage|factor)(?: factor| average)?|leverage factor|average|the leverage|the (?:day's )?factor)\b(?! (?:factor|leverage|average)\b)(?! (?:tasks?|of the task|there\b|(?:of|for|across) (?:these|those|them)))"
)
_MEDIAN = pattern(
    r"\b(?:median(?: task| factor| leverage| leverage factor)?|middle task|typical task|half of the tasks|half the tasks)\b"
)
_DAY = pattern(
    r"\b(?:(?<!rest of )the (?:whole |entire |full )?day(?:'s)?|in all|in total|all told|altogether|overall|total(?:led|ed|s|ing)?|(?:the |this )?record|today(?:'s)?|the log"
    r"|human[- ]equivalent|worth of (?:work|human)|output|single (?:calendar )?day|calendar day|combined|sum|add(?:s|ed)? up|between them|everything|across the board"
    r"|equivalent(?: of)?|came to|amounted to)\b"
)


_OWNED = pattern(r"(?:\b(?:its|their|whose|his|her)|(?<!day)(?<!record)(?<!today)(?<!april\s12)'s) $")


def wholes_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects that are the whole day: its average, its median, the day itself."""
    whole = Option(figures.tasks, "for the day", "day", _values_of_day(figures))
    for match in _AVERAGE.finditer(text):
        if _OWNED.search(text[: match.start()]):
            continue
        yield Subject(match.start(), match.end(), (whole,), "average")
    for match in _MEDIAN.finditer(text):
        yield Subject(match.start(), match.end(), (_median(figures),), "median")
    for match in _DAY.finditer(text):
        yield Subject(match.start(), match.end(), (whole,), "day")


def replaced_at(start: int, end: int, figures: Figures, kind: str) -> Iterator[Subject]:
    """The whole day, as said at a place."""
    yield Subject(start, end, (Option(figures.tasks, "for the day", "day", _values_of_day(figures)),), kind)


def _values_of_day(figures: Figures) -> dict[Measure, Decimal | None]:
    return {measure: figures.day.value(measure) for measure in Measure}


def _median(figures: Figures) -> Option:
    values = {measure: median(value_of(task, measure) for task in figures.tasks) for measure in Measure}
    return Option((), "for the median task", "", values)


def sum_label(tasks: Tasks) -> str:
    """Tasks added up, in words."""
    names = " and ".join(f"“{task.name}”" for task in tasks[:2])
    return f"in {names}" if len(tasks) <= 2 else f"in {len(tasks)} tasks"
