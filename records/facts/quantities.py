"""Numbers with their unit and with the words that loosen them: "about 1,200 hours", "no more than 8x"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from records.facts.numbers import FRACTIONS, Number, numbers_in
from records.facts.patterns import pattern


class Unit(Enum):
    """What a number counts; OTHER is anything of which the record has no figures."""

    FACTOR = "factor"
    HOURS = "hours"
    MINUTES = "minutes"
    DAYS = "days"
    WEEKS = "weeks"
    TOKENS = "tokens"
    PERCENT = "percent"
    TASKS = "tasks"
    CATEGORIES = "categories"
    OTHER = "other"


class Bound(Enum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True)
class Quantity:
    """A number, its unit and its bound; ``start`` to ``end`` is the claim, bound included.

    ``qualifier`` holds the words between number and unit ("related" in "three related tasks"); ``high`` is
    the other end of a range.
    """

    start: int
    number_start: int
    end: int
    value: Decimal
    place: Decimal
    unit: Unit
    bound: Bound = Bound.EXACT
    in_words: bool = False
    qualifier: str = ""
    high: Decimal | None = None
    inherited: bool = False


_KIND = (
    r"(?:human(?:[ -]equivalent)?|equivalent|engineer(?:ing)?(?:'s)?|developer|estimated|agent|supervis(?:ory|ion)"
    r"|working|work|person|man|total|wall[ -]clock|machine|compute|calendar|business|full|solid|more|fewer|less"
    r"|additional|extra|further|other|(?-i:[A-Z][a-z]+))"
)
_OF_THE = r"(?: of (?:the|those|these|its|their|all|that|our|my|this|a total of)(?: [\w'-]+){0,3}?)?"
_UNITS = (
    (Unit.FACTOR, r" ?[x×](?![\w×]| ?\d)|[- ]?fold\b"),
    (Unit.PERCENT, r" ?%|[ -](?:percent|per cent)\b"),
    (Unit.HOURS, rf"{_OF_THE}[ -]?(?P<q1>(?:{_KIND}[ -]){{0,3}})(?:hours?|hrs?)\b| ?h\b"),
    (Unit.MINUTES, rf"{_OF_THE}[ -]?(?P<q2>(?:{_KIND}[ -]){{0,3}})(?:minutes?|mins?)\b| ?min\b|m\b"),
    (Unit.WEEKS, rf"[ -]?(?P<q3>(?:{_KIND}[ -]){{0,3}})weeks?\b"),
    (Unit.DAYS, rf"[ -]?(?P<q4>(?:{_KIND}[ -]){{0,3}})days?\b"),
    (Unit.TOKENS, rf"{_OF_THE}[ -]?(?P<q5>(?:[a-z]+[ -])?)tokens?\b"),
    (
        Unit.TASKS,
        r"(?: of (?:the|those|these|its|their|all|all the|that|our|my|today's|this|those other)\b)?"
        r"[ -](?P<q6>(?!(?:of|to|and|or|in|on|at|for|with)\b)(?:(?!(?:of|and to|in|on|at|for|with|from|by|was|were|is|are"
        r"|that|which|per|into|across|took|a|the|than)\b)[a-z&/'-]+,?[ -]){0,5}?)"
        r"(?:tasks?|jobs?|entries|line items|log items|pieces of work|rows)\b",
    ),
    (Unit.CATEGORIES, r"[ -](?P<q7>(?:[a-z]+[ -]){0,2}?)categor(?:y|ies)\b"),
)
_UNIT_AFTER = [(unit, pattern(text)) for unit, text in _UNITS]

_BEFORE = (
    (
        Bound.JUST_OVER,
        r"(?:just|slightly|a little|a bit|a touch|a shade|marginally) (?:over|more than|above|past)",
    ),
    (
        Bound.NEARLY,
        r"(?:just|slightly|a little|a bit|a touch|a shade) (?:under|less than|below|short of|shy of)",
    ),
    (Bound.NEARLY, r"nearly|almost|not quite|close to|getting on for|approaching|virtually|nigh on"),
    (Bound.AT_LEAST, r"at or (?:above|over|beyond|better than)"),
    (
        Bound.AT_MOST,
        r"at or (?:below|under)|at (?:the )?most|(?<!add\s)(?<!adds\s)(?<!added\s)(?<!adding\s)(?<!come\s)(?<!came\s)(?<!comes\s)(?<!summed\s)up to|no (?:more|higher|longer|larger|greater) than|not more than|a maximum of",
    ),
    (
        Bound.AT_LEAST,
        r"at (?:the )?least|no (?:less|fewer|lower|shorter) than|not less than|a minimum of|a full",
    ),
    (
        Bound.OVER,
        r"over|more than|above|north of|upwards? of|in excess of|exceeding|beyond|better than|higher than"
        r"|greater than|longer than|larger than|past|topping|well into",
    ),
    (
        Bound.UNDER,
        r"under|less than|below|fewer than|lower than|shorter than|smaller than|south of|shy of|short of",
    ),
    (
        Bound.ABOUT,
        r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|~|≈|or so|more or less|on the order of"
        r"|in the region of|give or take|an estimated|around about",
    ),
)
_BOUND_BEFORE = [
    (
        bound,
        pattern(
            rf"(?<![\w-])(?:(?:well|just|only|far|comfortably|significantly|still|a) )?(?:{text}) ?(?:an? )?$"
        ),
    )
    for bound, text in _BEFORE
]
_AFTER = (
    (
        Bound.AT_LEAST,
        r",? (?:(?:of )?\w+ )?(?:or|and) (?:more|above|better|higher|over|up|longer|greater|beyond|upwards?)\b(?! than| tasks| hours)|\+|-plus\b| plus\b",
    ),
    (Bound.AT_MOST, r",? (?:(?:of )?\w+ )?(?:or|and) (?:less|fewer|below|under|lower|shorter|smaller)\b"),
    (Bound.ABOUT, r",? (?:or so|or thereabouts|give or take)\b|ish\b|-odd\b"),
)
_BOUND_AFTER = [(bound, pattern(text)) for bound, text in _AFTER]
_RANGE = re.compile(r" ?[-–—] ?")
_SHARES = pattern(
    r"(?<![\w-])(?P<n>a|an|one|two|three|four|nine)?[ -]?(?P<part>half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)"
    r"(?= (?:of (?:the|that|all|today's|its|those|this|every|our|my|what)|the (?:hours|tasks|day|time|minutes|work|total))\b)"
)
_NUMERATORS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
_HALF_HOURS = pattern(
    r"\b(?P<text>(?:an )?hour and a half|half(?: an)? hour|half-hour|(?:a )?quarter of an hour|three quarters of an hour)\b"
)
_HALVES = {"hour and": "1.5", "half": "0.5", "three": "0.75", "quarter": "0.25"}


def quantities_in(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """The quantities of a plain sentence, from left to right; what lies in ``masked`` is left alone."""
    numbers = [number for number in numbers_in(text) if not _inside(number, masked)]
    plain = [_quantity(text, number) for number in numbers]
    found = sorted(
        [*_ranges(text, _inheriting(text, plain)), *_shares(text), *_parts_of_hours(text)], key=_place
    )
    return list(_durations(text, _apart(found)))


def _inside(number: Number, masked: Sequence[tuple[int, int]]) -> bool:
    return any(start < number.end and number.start < end for start, end in masked)


def _place(quantity: Quantity) -> tuple[int, int]:
    return quantity.number_start, -quantity.end


def _apart(found: list[Quantity]) -> list[Quantity]:
    """Without those that begin inside the one before."""
    kept: list[Quantity] = []
    for each in found:
        if not kept or each.number_start >= kept[-1].end:
            kept.append(each)
    return kept


def _quantity(text: str, number: Number) -> Quantity:
    unit, end, qualifier = _unit(text, number.end)
    if unit is Unit.OTHER and not number.in_words:
        unit = _unit_before(text, number)
        qualifier = "named" if unit is not Unit.OTHER else ""
    if number.in_words and unit is Unit.OTHER and number.value <= 1:
        qualifier = "one"  # "one of them" counts nothing
    bound, start, end = _bound(text, number, end)
    return Quantity(
        start, number.start, end, number.value, number.place, unit, bound, number.in_words, qualifier
    )


def _unit(text: str, at: int) -> tuple[Unit, int, str]:
    for unit, after in _UNIT_AFTER:
        if match := after.match(text, at):
            qualifier = next((words for words in match.groups() if words), "")
            return unit, match.end(), qualifier.strip(" -")
    return Unit.OTHER, at, ""


_NAMED_BEFORE = (
    (Unit.TOKENS, r"tokens?(?: count| total)?"),
    (Unit.TASKS, r"task count|total tasks|number of tasks|tasks"),
    (Unit.HOURS, r"human(?:-equivalent)? hours|total hours|hours"),
    (Unit.MINUTES, r"(?:claude|agent|supervisory|supervision|total)(?: agent| claude)? minutes"),
    (Unit.FACTOR, r"factors?|leverage|weighted average"),
)
_SAYS = (
    r"(?: (?:for the day|for april \d+|of the day|count|total))?(?: ?[:=]|,? (?:was|were|is|are|of|at|came to|comes to|stands at|stood at|totall?ed|crossed|topped|exceeded|passed|reached|reach|hit|broke|ran to"
    r"|comes out at|came out at|came in at))(?: (?:only|just|exactly|about|roughly|nearly|almost|over|under|more than|less than|around|approximately|fully|some|an?|at least))* ?$"
)
_UNITS_BEFORE = [(unit, pattern(rf"\b(?:{words}){_SAYS}")) for unit, words in _NAMED_BEFORE]
_NOTHING_COUNTED = pattern(
    r"^(?:$|[.,;:)!?—]| --| (?:for|on|in|and|with|at|against|over|by|across|before|that|this|while|but)\b)"
)


def _unit_before(text: str, number: Number) -> Unit:
    """The unit of a number that follows its name: "the task count was 37", "a factor of 119.5"."""
    if not _NOTHING_COUNTED.match(text[number.end :]):
        return Unit.OTHER
    before = text[max(0, number.start - 70) : number.start]
    return next((unit for unit, words in _UNITS_BEFORE if words.search(before)), Unit.OTHER)


def _bound(text: str, number: Number, end: int) -> tuple[Bound, int, int]:
    before = text[max(0, number.start - 40) : number.start]
    for bound, after in _BOUND_AFTER:
        for place in (end, number.end):
            if match := after.match(text, place):
                return bound, number.start, max(end, match.end())
    for bound, words in _BOUND_BEFORE:
        if match := words.search(before):
            return bound, number.start - (len(before) - match.start()), end
    return Bound.EXACT, number.start, end


_JOINS = pattern(r"^,? ?(?:to|and|or|through|against) ?$")
_OF_THE_NEXT = pattern(
    r"^ (?:of|out of) (?:the |its |their |all |those |these |our |my |a total of )?(?:(?:day|record|total|log)'s )?(?:total of |total )?(?:about |roughly |some |nearly |over )?$"
)
_BETWEEN = pattern(r"\b(?:between|from) (?:\w+ )?$")


def _inheriting(text: str, plain: list[Quantity]) -> list[Quantity]:
    """Give "640 of the day's 1,222.75 hours" and "between 90 and 480 hours" both the unit of the latter."""
    found = list(plain)
    for place in range(len(found) - 2, -1, -1):
        here, following = found[place], found[place + 1]
        if here.unit is Unit.OTHER and following.unit is not Unit.OTHER:
            gap = text[here.end : following.start]
            opened = _JOINS.match(gap) and _BETWEEN.search(text[: here.start])
            if _OF_THE_NEXT.match(gap) or opened:
                found[place] = replace(
                    here, unit=following.unit, qualifier=following.qualifier, inherited=True
                )
    for place in range(len(found) - 1):
        here, following = found[place], found[place + 1]
        gap = text[here.end : following.start]
        if following.unit is Unit.OTHER and _OUT_OF.search(text[: here.start]) and _NEXT.match(gap):
            found[place + 1] = replace(following, unit=here.unit, qualifier=here.qualifier, inherited=True)
    return found


_OUT_OF = pattern(r"(?:^|[.;,(] ?)(?:out )?of (?:the |its |those |all )?(?:day's )?$")
_NEXT = pattern(r"^,? ?(?:some |only |just |fully )?$")


def _ranges(text: str, plain: list[Quantity]) -> Iterator[Quantity]:
    """Join "11-16x" into one quantity with two ends."""
    place = 0
    while place < len(plain):
        here = plain[place]
        following = plain[place + 1] if place + 1 < len(plain) else None
        if (
            following
            and _RANGE.fullmatch(text[here.end : following.number_start])
            and (here.unit in (Unit.OTHER, following.unit) and here.value < following.value)
        ):
            yield replace(
                following,
                start=here.start,
                number_start=here.number_start,
                value=here.value,
                high=following.value,
                place=max(here.place, following.place),
            )
            place += 1
        else:
            yield here
        place += 1


def _shares(text: str) -> Iterator[Quantity]:
    """ "Half of the hours", "two thirds of the day", as percentages that are only about right."""
    for match in _SHARES.finditer(text):
        top, bottom = FRACTIONS[match["part"].lower().rstrip("s")]
        value = Decimal(100 * top * _NUMERATORS.get((match["n"] or "a").lower(), 1)) / bottom
        number = Number(match.start(), match.end(), value, Decimal(1), in_words=True)
        bound, start, end = _bound(text, number, match.end())
        bound = Bound.ABOUT if bound is Bound.EXACT else bound
        yield Quantity(start, match.start(), end, value, Decimal(1), Unit.PERCENT, bound, in_words=True)


def _parts_of_hours(text: str) -> Iterator[Quantity]:
    for match in _HALF_HOURS.finditer(text):
        words = " ".join(match["text"].lower().replace("-", " ").split())
        value = next(Decimal(part) for key, part in _HALVES.items() if key in words)
        number = Number(match.start(), match.end(), value, Decimal("0.1"), in_words=True)
        bound, start, end = _bound(text, number, match.end())
        yield Quantity(start, match.start(), end, value, Decimal("0.1"), Unit.HOURS, bound, in_words=True)


_THEN_MINUTES = pattern(r"^(?:,? and)? ?$")


def _durations(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join "two hours and twenty minutes" into 140 minutes."""
    place = 0
    while place < len(found):
        here = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        if (
            following
            and (here.unit, following.unit) == (Unit.HOURS, Unit.MINUTES)
            and following.value < 60
            and not following.qualifier
            and _THEN_MINUTES.match(text[here.end : following.start])
        ):
            yield replace(
                here,
                end=following.end,
                value=here.value * 60 + following.value,
                place=Decimal(1),
                unit=Unit.MINUTES,
                qualifier=here.qualifier or "duration",
                in_words=False,
            )
            place += 1
        else:
            yield here
        place += 1
