"""Ranges, fractions and times in two parts: “11-16x”, “half of the hours”, “two hours and twenty minutes”."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from records.facts.numbers import FRACTIONS, Number, numbers_in
from records.facts.patterns import pattern
from records.facts.units import Bound, Quantity, Unit, bound_at

_RANGE = re.compile(r" ?[-–—] ?")


_SHARES = pattern(
    r"(?<![\w-])(?:(?P<n>a|an|one|two|three|four|nine)?[ -]?(?P<part>half|thirds?|quarters?"
    r"|fifths?|sixths?|eighths?|tenths?)"
    r"|(?P<some>one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?P<all>ten|three|four|five"
    r"|six|eight)"
    r")(?= (?:of (?:the|that|all|today's|its|those|this|every|our|my|what|claude's)|the (?:hours|tasks"
    r"|day|time|minutes|work|total))\b)"
)


_NUMERATORS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}


_HALF_HOURS = pattern(
    r"\b(?P<text>(?:an )?hour and a half|half(?: an)? hour|half-hour|(?:a )?quarter of an hour"
    r"|three quarters of an hour|(?:a single|just an?|only an?|a mere) (?:minute|hour)|an hour(?= "
    r"|[.,;)])(?! (?:and a|of (?!agent|supervis|my |direct|human|claude)|a |per |later|ago|before"
    r"|after)))\b"
)


_HALVES = {"hour and": "1.5", "half": "0.5", "three": "0.75", "quarter": "0.25", "hour": "1", "minute": "1"}


def joined_ranges(text: str, plain: list[Quantity]) -> Iterator[Quantity]:
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


_FRACTION_PLACE = Decimal(5)  # percent: how far apart the fractions are that prose chooses from


def shares_in(text: str) -> Iterator[Quantity]:
    """ "Half of the hours", "two thirds of the day", as percentages that are only about right."""
    for match in _SHARES.finditer(text):
        value = _percent(match)
        number = Number(match.start(), match.end(), value, _FRACTION_PLACE, in_words=True)
        bound, start, end = bound_at(text, number, match.end())
        bound = Bound.ABOUT if bound is Bound.EXACT else bound
        yield Quantity(start, match.start(), end, value, _FRACTION_PLACE, Unit.PERCENT, bound, in_words=True)


def _percent(match: re.Match[str]) -> Decimal:
    if match["some"]:
        some, whole = (next(numbers_in(match[name])).value for name in ("some", "all"))
        return 100 * some / whole
    top, bottom = FRACTIONS[match["part"].lower().rstrip("s")]
    return Decimal(100 * top * _NUMERATORS.get((match["n"] or "a").lower(), 1)) / bottom


def parts_of_hours(text: str) -> Iterator[Quantity]:
    """ "Half an hour", "an hour and a half"."""
    for match in _HALF_HOURS.finditer(text):
        words = " ".join(match["text"].lower().replace("-", " ").split())
        value = next(Decimal(part) for key, part in _HALVES.items() if key in words)
        number = Number(match.start(), match.end(), value, Decimal("0.1"), in_words=True)
        bound, start, end = bound_at(text, number, match.end())
        unit = Unit.MINUTES if words.endswith("minute") else Unit.HOURS
        yield Quantity(start, match.start(), end, value, Decimal("0.1"), unit, bound, in_words=True)


_THEN_MINUTES = pattern(r"^(?:,? and)? ?$")


def joined_durations(text: str, found: list[Quantity]) -> Iterator[Quantity]:
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
