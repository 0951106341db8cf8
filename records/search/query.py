"""What somebody typed, read: words, “phrases”, -without, and what narrows by category, day or factor.

Nothing raises: what cannot be read is told in words and left aside.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from records.search.folding import words_of
from records.search.wanted import Phrase, Wanted

LONGEST = 200  # characters; longer words are in no index
MOST_WORDS = 16
OPEN_ENDED_FROM = 3  # letters; a shorter word would be how half of all words begin
COLUMNS = {
    "factor": "factor",
    "supervisory_factor": "supervisory_factor",
    "supervisory": "supervisory_factor",
}
LOOKUPS = {">": "gt", ">=": "gte", "≥": "gte", "<": "lt", "<=": "lte", "≤": "lte", "=": "exact", ":": "exact"}
_ITEM = re.compile(
    r"""(?P<minus>-?)(?:(?P<name>category|from|to)\s*:\s*(?:"(?P<quoted_value>[^"]*)"?|(?P<value>\S*))
    |(?P<column>supervisory_factor|supervisory|factor)\s*(?P<sign>>=|<=|[<>=≥≤:])\s*(?P<number>\S*)
    |"(?P<phrase>[^"]*)"?
    |(?P<word>[^\s"]+))""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,15})?[×x]?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", re.ASCII)
_SHOWN = 40


@dataclass(frozen=True)
class Bound:
    """A column of the tasks compared with a number; ``lookup`` is Django's word for the sign."""

    column: str
    lookup: str
    number: Decimal


@dataclass
class Query:
    """What is looked for; ``faults`` says what could not be read, and why nothing can be found."""

    every: list[Phrase] = field(default_factory=list)
    none: list[Phrase] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    other_categories: list[str] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def wanted(self) -> Wanted:
        """The words, as the index takes them."""
        return Wanted(tuple(self.every), tuple(self.none), self.first, self.last)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to go by, categories left aside."""
        return bool(self.wanted or self.bounds or self.first or self.last)


def read(text: str) -> Query:
    """What was typed, as far as it can be read."""
    query = Query()
    if len(text) > LONGEST:
        query.faults.append(f"That is {len(text):,} characters; the first {LONGEST} were looked for.")
    for item in _ITEM.finditer(text[:LONGEST]):
        query.faults += _take(query, item)
    query.faults += _cut(query)
    if query.first and query.last and query.first > query.last:
        query.faults.append(f"No day is from {query.first} on and yet not after {query.last}.")
    return query


def _take(query: Query, item: re.Match[str]) -> Iterator[str]:
    """Put one item of the text where it belongs; gives what is wrong with it."""
    if item["column"]:
        yield from _compare(query, item)
    elif item["name"]:
        value = (item["value"] if item["quoted_value"] is None else item["quoted_value"]).strip()
        yield from _narrow(query, item["name"].lower(), value, without=bool(item["minus"]))
    else:
        yield from _look_for(query, item)


def _look_for(query: Query, item: re.Match[str]) -> Iterator[str]:
    words = words_of(item["word"] if item["phrase"] is None else item["phrase"])
    if words:
        phrase = typed(words) if item["phrase"] is None else Phrase(words)
        (query.none if item["minus"] else query.every).append(phrase)
    else:
        yield f"{quoted(item[0])} has no letter and no digit to look for. Try a word such as testing."


def typed(words: tuple[str, ...]) -> Phrase:
    """What is looked for by words typed without quotes: such as begin so, once there is enough to go by."""
    return Phrase(words, open_ended=len(words[-1]) >= OPEN_ENDED_FROM)


def _compare(query: Query, item: re.Match[str]) -> Iterator[str]:
    number = _NUMBER.fullmatch(item["number"])
    name = item["column"].lower()
    if item["minus"]:
        yield f"{quoted(item[0])} cannot be turned round by a minus. Try {name}<100 for {name}>=100."
    elif number:
        value = Decimal(number[1].replace(",", "") + (number[2] or ""))
        query.bounds.append(Bound(COLUMNS[name], LOOKUPS[item["sign"]], value))
    else:
        yield f"{quoted(item['number'])} is not a number to compare a factor with. Try {name}>100."


def _narrow(query: Query, name: str, value: str, *, without: bool) -> Iterator[str]:
    if name == "category":
        if value:
            (query.other_categories if without else query.categories).append(value)
        else:
            yield "category: names none. Try category:testing."
        return
    span = _span(value)
    if without:
        other = "to" if name == "from" else "from"
        yield f"-{name}: cannot be turned round by a minus. Try {other}:2026-04-12."
    elif span is None:
        yield f"{quoted(value)} is not a day, a month or a year. Try {name}:2026-04-12 or {name}:2026-04."
    elif name == "from":
        query.first = max(span[0], query.first or span[0])
    else:
        query.last = min(span[1], query.last or span[1])


def _span(text: str) -> tuple[date, date] | None:
    """The first and the last day of what is written as 2026, 2026-04 or 2026-04-12."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        return first, date(first.year, last_month, day or monthrange(first.year, last_month)[1])
    except ValueError:
        return None


def _cut(query: Query) -> Iterator[str]:
    """Leave aside what is more than so many words: each costs, and nobody means them all."""
    left = MOST_WORDS
    for phrases in (query.every, query.none):
        kept = []
        for phrase in dict.fromkeys(phrases):
            left -= len(phrase.words)
            if left >= 0:
                kept.append(phrase)
        phrases[:] = kept
    if left < 0:
        yield f"More than {MOST_WORDS} words were typed; the first ones were looked for."


def quoted(value: str) -> str:
    """What was typed, for a message: in quotes, at most forty characters, no control characters."""
    text = "".join(character if character.isprintable() else "�" for character in value)
    return f"“{text[: _SHOWN - 1]}…”" if len(text) > _SHOWN else f"“{text}”"
