"""Numbers with their unit and their bound: "about 1,200 hours", "no more than 8x"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from records.facts.numbers import Number, numbers_in
from records.facts.parts import joined_durations, joined_ranges, parts_of_hours, shares_in
from records.facts.patterns import pattern
from records.facts.units import NOTHING_COUNTED, Quantity, Unit, bound_at, unit_at, unit_before


def quantities_in(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """The quantities of a plain sentence, from left to right; what lies in ``masked`` is left alone."""
    numbers = [number for number in numbers_in(text) if not _inside(number, masked)]
    plain = [q for number in numbers if not _is_one_day(q := _quantity(text, number))]
    found = sorted(
        [
            *joined_ranges(text, _parallel(text, _of_mine(text, _inheriting(text, _listed(text, plain))))),
            *shares_in(text),
            *parts_of_hours(text),
        ],
        key=_place,
    )
    return list(joined_durations(text, _apart(found)))


def _is_one_day(quantity: Quantity) -> bool:
    """Whether a number is no figure but says which day: "all in one calendar day"."""
    return quantity.unit is Unit.DAYS and quantity.value == 1 and quantity.in_words


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
    unit, end, qualifier = unit_at(text, number.end)
    if unit is Unit.OTHER and not number.in_words:
        unit = unit_before(text, number)
        qualifier = "named" if unit is not Unit.OTHER else ""
    if number.in_words and unit is Unit.OTHER and number.value <= 1:
        qualifier = "one"  # "one of them" counts nothing
    bound, start, end = bound_at(text, number, end)
    return Quantity(
        start, number.start, end, number.value, number.place, unit, bound, number.in_words, qualifier
    )


_JOINS = pattern(r"^,? ?(?:to|and|or|through|against) ?$")


_OF_THE_NEXT = pattern(
    r"^ (?:of|out of) (?:the |its |their |all |those |these |our |my |a total of )?(?:(?:day"
    r"|record|total|log)'s )?(?:total of |total )?(?:about |roughly |some |nearly |over )?$"
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
        drawn = _OF_WHICH.match(gap) or (_OUT_OF.search(text[: here.start]) and _NEXT.match(gap))
        if following.unit is Unit.OTHER and drawn:
            found[place + 1] = replace(following, unit=here.unit, qualifier=here.qualifier, inherited=True)
    return found


_IN_A_LIST = pattern(r"^(?:,|,? and) ?$")


def _listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give each number of a list the unit after its last: "480, 160 and 80 hours"."""
    for last in range(2, len(found)):
        first = last
        while first > 0 and _goes_on(text, found[first - 1], found[first]):
            first -= 1
        ends = "and" in text[found[last - 1].end : found[last].start]
        if found[last].unit in (*_TIMES, Unit.FACTOR) and ends and last - first > 1:
            found[first:last] = [replace(each, unit=found[last].unit) for each in found[first:last]]
    return found


def _goes_on(text: str, one: Quantity, other: Quantity) -> bool:
    return one.unit is Unit.OTHER and bool(_IN_A_LIST.match(text[one.end : other.start]))


_OF_MINE = pattern(
    r"^ of (?:mine|supervision|my (?:own )?(?:time|attention)|direction|oversight|the agent's|claude's"
    r"|agent time)\b"
)


def _of_mine(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give "five minutes of agent time and eight of mine" both the same unit."""
    timed = False
    for place, here in enumerate(found):
        if timed and here.unit is Unit.OTHER and _OF_MINE.match(text[here.end :]):
            found[place] = replace(here, unit=Unit.MINUTES)
        timed = timed or here.unit is Unit.MINUTES
    return found


def _parallel(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give "16 hours in 20 minutes, and 40 hours in 70" the same units again."""
    joints: dict[tuple[Unit, str], Unit] = {}
    for place in range(len(found) - 1):
        here, following = found[place], found[place + 1]
        joint = here.unit, text[here.end : following.start].strip().lower()
        if following.unit is Unit.OTHER and joint in joints and NOTHING_COUNTED.match(text[following.end :]):
            found[place + 1] = replace(following, unit=joints[joint])
        elif following.unit in _TIMES and joint[1] in _JOINTS:
            joints[joint] = following.unit
    return found


_TIMES = (Unit.HOURS, Unit.MINUTES)
_JOINTS = ("in", "for", "against")


_LEFT_OUT = pattern(r"^(?:'s)? ?,? ?(?:in|at|to|with|took|needed|for|came to)? ?$")
_LISTED = pattern(r"[,;] ?(?:and |then |but )*(?:the |its |our )?[^,;.]{2,50}$")


_ADDED = pattern(r"^ (?:together|in all|combined|between them|all told)\b")


def with_units_before(text: str, found: Sequence[Quantity], named: Sequence[int]) -> Iterator[Quantity]:
    """Give "the monitor took four minutes, the tracker ten" one unit; ``named`` is where names end."""
    last: Quantity | None = None
    for here in found:
        before = text[: here.start]
        alone = (
            here.unit is Unit.OTHER and here.qualifier != "one" and NOTHING_COUNTED.match(text[here.end :])
        )
        follows = any(end <= here.start and _LEFT_OUT.match(text[end : here.start]) for end in named)
        added = last and last.unit in _TIMES and here.unit is Unit.OTHER and _ADDED.match(text[here.end :])
        if last and (added or (alone and follows and _LISTED.search(before[last.end :]))):
            yield replace(here, unit=last.unit)
            continue
        last = here if here.unit in (*_TIMES, Unit.FACTOR) else None
        yield here


_OUT_OF = pattern(r"(?:^|[.;,(] ?)(?:out )?of (?:the |its |those |all )?(?:day's )?$")


_OF_WHICH = pattern(r"^,? (?:of which|of these|of those|of them),? ?(?:about |only |just |some )?$")
_NEXT = pattern(r"^(?: of [a-z ]{3,20})?,? ?(?:some |only |just |fully )?$")
