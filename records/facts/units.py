"""What numbers count, and the words that loosen them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from records.facts.numbers import Number
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
    r"(?:human(?:[ -]equivalent)?|equivalent|engineer(?:ing)?(?:'s)?|developer|estimated|agent"
    r"|supervis(?:ory|ion)"
    r"|working|work|person|man|total|wall[ -]clock|machine|compute|calendar|business|full"
    r"|solid|more|fewer|less"
    r"|(?:eight|8|forty|40)-hour|additional|extra|further|other|(?-i:[A-Z][a-z]+))"
)


_OF_THE = r"(?: of (?:the|those|these|its|their|all|that|our|my|this|a total of)(?: [\w'-]+){0,3}?)?"


_UNITS = (
    (Unit.FACTOR, r" ?[x×](?![\w×]| ?\d)|[- ]?fold\b"),
    (Unit.PERCENT, r" ?%|[ -](?:percent|per cent)\b"),
    (Unit.HOURS, rf"{_OF_THE}[ -]?(?P<q1>(?:{_KIND}[ -]){{0,3}})(?:hours?|hrs?)\b| ?h\b"),
    (
        Unit.MINUTES,
        rf"{_OF_THE}[ -]?(?P<q2>(?:{_KIND}[ -]){{0,3}})(?:minutes?|mins?)\b| ?min\b|m\b| m\b(?= ?(?:$"
        rf"|[/),;]))",
    ),
    (Unit.WEEKS, rf"[ -]?(?P<q3>(?:{_KIND}[ -]){{0,3}})weeks?\b"),
    (Unit.DAYS, rf"[ -]?(?P<q4>(?:{_KIND}[ -]){{0,3}})days?\b(?![ -](?:over|on|after|by)[ -]day)"),
    (Unit.TOKENS, rf"{_OF_THE}[ -]?(?P<q5>(?:[a-z]+[ -])?)tokens?\b"),
    (
        Unit.TASKS,
        r"(?: of (?:the|those|these|its|their|all|all the|that|our|my|today's|this|those other)\b)?"
        r"[ -](?P<q6>(?!(?:of|to|and|or|in|on|at|for|with)\b)(?:(?!(?:of|and to|in|on|at|for|with"
        r"|from|by|was|were|is|are"
        r"|that|which|per|into|across|took|a|the|than)\b)[a-z&/'-]+,?[ -]){0,5}?)"
        r"(?:tasks?|jobs?|entries|line items|log items|pieces of work|rows"
        r"|things(?= (?:(?:got|were|are) )?(?:done|finished|shipped|completed|logged)))\b",
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
        r"at or (?:below|under)|at (?:the )?most"
        r"|(?<!add\s)(?<!adds\s)(?<!added\s)(?<!adding\s)(?<!come\s)(?<!came\s)(?<!comes\s)(?<!summed\s)up"
        r" to|no (?:more|higher|longer|larger|greater) than|not more than|a maximum of",
    ),
    (
        Bound.AT_LEAST,
        r"at (?:the )?least|no (?:less|fewer|lower|shorter) than|not less than|a minimum of",
    ),
    (
        Bound.OVER,
        r"(?<!split )(?<!spread )(?<!divided )over|more than|above|north of|upwards? of|in excess of"
        r"|exceeding|beyond|better than|higher than"
        r"|greater than|longer than|larger than|past|topping|well into",
    ),
    (
        Bound.UNDER,
        r"under|less than|below|fewer than|lower than|shorter than|smaller than|south of|shy of|short of",
    ),
    (
        Bound.ABOUT,
        r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|~|≈|or so|more or less"
        r"|on the order of"
        r"|in the region of|give or take|an estimated|around about",
    ),
)


_BOUND_BEFORE = [
    (
        bound,
        pattern(
            rf"(?<![\w-])(?:(?:well|just|only|far|comfortably|significantly|still"
            rf"|a) )?(?:{text}) ?(?:an? )?$"
        ),
    )
    for bound, text in _BEFORE
]


_AFTER = (
    (
        Bound.AT_LEAST,
        r",? (?:(?:of )?\w+ )?(?:or|and) (?:more|above|better|higher|over|up|longer|greater|beyond"
        r"|upwards?)\b(?! than| tasks| hours| \d)|\+|-plus\b| plus\b",
    ),
    (Bound.AT_MOST, r",? (?:(?:of )?\w+ )?(?:or|and) (?:less|fewer|below|under|lower|shorter|smaller)\b"),
    (Bound.ABOUT, r",? (?:or so|or thereabouts|give or take)\b|ish\b|-odd\b"),
)


_BOUND_AFTER = [(bound, pattern(text)) for bound, text in _AFTER]


def unit_at(text: str, at: int) -> tuple[Unit, int, str]:
    """The unit that begins at a place, where it ends, and the words within it."""
    for unit, after in _UNIT_AFTER:
        if match := after.match(text, at):
            qualifier = next((words for words in match.groups() if words), "")
            return unit, match.end(), qualifier.strip(" -")
    return Unit.OTHER, at, ""


_NAMED_BEFORE = (
    (Unit.TOKENS, r"tokens?(?: count| total| used| spent| consumed| use| usage| spend| consumption| bill)?"),
    (Unit.TASKS, r"task count|total tasks|number of tasks|tasks"),
    (Unit.HOURS, r"human(?:-equivalent)? hours|total hours|hours"),
    (Unit.MINUTES, r"(?:claude|agent|supervisory|supervision|total)(?: agent| claude)? minutes"),
    (Unit.FACTOR, r"factors?|leverage|weighted average"),
)


_SAYS = (
    r"(?: (?:for the day|for april \d+|of the day|count|total))?(?: \([^()]{0,30}\))?(?: ?[:=|]|,(?= ?$)"
    r"|,? (?:was|were|is"
    r"|are|of|at|came to|comes? to|add(?:s|ed)? up to|sum(?:s|med)? (?:up )?to|mak(?:e|es|ing)|made"
    r"|stands at"
    r"|stood at|totall?ed|crossed|topped|exceeded|passed"
    r"|reached|reach|hit|broke|ran to"
    r"|comes out at|came out at|came in at))(?: (?:only|just|exactly|about|roughly|nearly"
    r"|almost|over|under|more than|less than|around|approximately|fully|some|an?"
    r"|at least))* ?$"
)


_UNITS_BEFORE = [(unit, pattern(rf"\b(?:{words}){_SAYS}")) for unit, words in _NAMED_BEFORE]


NOTHING_COUNTED = pattern(
    r"^(?:$|[.,;:)!?—]| --| (?:for|on|in|and|with|at|against|over|by|across|before|that|this|while|but)\b)"
)


def unit_before(text: str, number: Number) -> Unit:
    """The unit of a number that follows its name: "the task count was 37", "a factor of 119.5"."""
    if not NOTHING_COUNTED.match(text[number.end :]):
        return Unit.OTHER
    before = text[max(0, number.start - 70) : number.start]
    return next((unit for unit, words in _UNITS_BEFORE if words.search(before)), Unit.OTHER)


def bound_at(text: str, number: Number, end: int) -> tuple[Bound, int, int]:
    """How a number is meant, and where the claim begins and ends."""
    before = text[max(0, number.start - 40) : number.start]
    for bound, after in _BOUND_AFTER:
        for place in (end, number.end):
            if match := after.match(text, place):
                return bound, number.start, max(end, match.end())
    for bound, words in _BOUND_BEFORE:
        if match := words.search(before):
            return bound, number.start - (len(before) - match.start()), end
    return Bound.EXACT, number.start, end
