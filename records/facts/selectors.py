"""Subjects chosen by rank: "the two largest tasks", "the lowest-leverage task", "the ceiling"."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from records.facts.figures import Figures, Measure, Tasks, value_of
from records.facts.numbers import numbers_in
from records.facts.patterns import pattern
from records.facts.subjects import Option, Subject

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


_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen"
    r"|twenty|couple of|few|handful of)"
)


_SELECTOR = pattern(
    rf"(?<![\w-])(?:(?P<before>{_COUNT}) )?(?:single )?(?:(?P<ordinal>{'|'.join(_ORDINALS)})[-"
    rf" ])?(?P<end>{_END_WORDS})[- ]"
    rf"(?:(?P<after>{_COUNT})[ -])?(?:single |individual |human |agent |claude |of the "
    rf"|estimated |weighted ){{0,2}}(?P<noun>{_NOUN})"
    rf"(?![\w-])(?! (?:category|categories|kind|area|group)\b)(?: by (?:\w+ )?(?P<by>{_BY_WORDS})\b)?"
)


_BARE_COUNT = pattern(
    rf"\b(?:the )?(?P<count>{_COUNT}) (?:(?P<large>largest|biggest|heaviest)"
    rf"|(?P<small>smallest)|(?P<high>highest|best)|(?P<low>lowest|worst))(?=[,.;:)]| (?:the"
    rf"|make|made|hold|held|carry|carried|account|together|alone|took|took|need|reach|came|come"
    rf"|had|have|were|are|is|it)\b)"
)


_BARE_ENDS = pattern(
    r"\b(?:the )?(?:(?P<high>ceiling|peak|high point|front-?runner|top of the (?:board|table"
    r"|list|log|day|ranking)|(?<=at )the top)"
    r"|(?P<low>floor|low point|bottom of the (?:board|table|list|log|day|ranking)|tail end"
    r"|(?<=at )the bottom))\b"
)


_TOP_N = pattern(
    rf"\b(?:the )?(?P<end>top|bottom|first|last|leading) (?P<count>{_COUNT})(?! (?:minutes"
    rf"|hours|days|weeks|months|times))\b"
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
            yield _ranked(match, figures, count, highest=match["end"].lower() not in ("bottom", "last"))
    for match in _BARE_COUNT.finditer(text):
        measure = Measure.HOURS if match["large"] or match["small"] else Measure.FACTOR
        count = _count(match["count"])
        options = _options(figures, measure, count, 1, highest=bool(match["large"] or match["high"]))
        yield Subject(match.start(), match.end(), _nonempty(options), "selector", count)
    for match in _BARE_ENDS.finditer(text):
        if figures.tasks:
            yield _ranked(match, figures, 1, highest=bool(match["high"]))


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
    options = [o for m in measures for o in _options(figures, m, count, rank, highest=highest)]
    yield Subject(match.start(), match.end(), _nonempty(options), "selector", count)


def _ranked(match: re.Match[str], figures: Figures, count: int, *, highest: bool) -> Subject:
    measures = (Measure.FACTOR, Measure.HOURS)
    options = [o for m in measures for o in _options(figures, m, count, 1, highest=highest)]
    return Subject(match.start(), match.end(), _nonempty(options), "selector", count)


def _nonempty(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.tasks)


_MOST_TIES = 12


def _options(figures: Figures, measure: Measure, count: int, rank: int, *, highest: bool) -> list[Option]:
    """The tasks at some ranks, as logged first; then those that stand level and may be meant as well."""
    ranked = figures.ranked(measure, highest=highest)
    chosen = ranked[rank - 1 : rank - 1 + count]
    if not chosen:
        return []
    last = value_of(chosen[-1], measure)
    above = tuple(task for task in chosen if value_of(task, measure) != last)
    level = [task for task in ranked[rank - 1 :] if value_of(task, measure) == last]
    others = islice(combinations(level, len(chosen) - len(above)), _MOST_TIES)
    groups = dict.fromkeys([chosen, *((*above, *some) for some in others)])
    return [_option(group, measure, rank, highest=highest, first=group == chosen) for group in groups]


def rests(figures: Figures, count: int) -> tuple[Option, ...]:
    """So many tasks that are left when the largest or the best are taken out: "the other 35 tasks"."""
    total = len(figures.tasks)
    tops = [figures.ranked(measure)[: total - count] for measure in (Measure.HOURS, Measure.FACTOR)]
    left = [tuple(task for task in figures.tasks if task not in top) for top in tops]
    return tuple(Option(tasks, f"in the other {count} tasks") for tasks in dict.fromkeys(left) if tasks)


def _option(tasks: Tasks, measure: Measure, rank: int, *, highest: bool, first: bool) -> Option:
    top = {(Measure.FACTOR, True): "top", (Measure.FACTOR, False): "bottom", (Measure.HOURS, True): "largest"}
    stem = top.get((measure, highest), "") if first else ""
    if len(tasks) == 1:
        return Option(tasks, f"for “{tasks[0].name}”", f"{stem}.{rank}" if stem else "")
    side = "highest" if highest else "lowest"
    live = f"{stem}.1-{len(tasks)}" if stem == "largest" else ""
    return Option(tasks, f"in the {len(tasks)} tasks of {side} {measure.value}", live)


def _measure(words: str) -> Measure | None:
    return next((measure for measure, text in _BY if pattern(rf"(?:{text})(?: \w+)?").fullmatch(words)), None)


def _count(words: str) -> int:
    number = next(iter(numbers_in(words)), None)
    loose = {"couple": 2, "few": 3, "handful": 5}
    return int(number.value) if number else loose.get(words.split(maxsplit=1)[0].lower(), 12)
