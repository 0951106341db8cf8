"""The names of figures that prose may use, ``{{ top.1.factor }}``: one closed, documented vocabulary.

A name is looked up, never evaluated. It is a place in the record, then a figure of that place. Where a place
is a number or a range, it is a rank or a position: ``top.1``, ``largest.1-2``, ``task.8``. A task is typed by
its position and kept by its id, ``task.id812``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

SUMS = ("hours", "minutes", "supervisory_minutes", "tokens")
FACTORS = ("factor", "supervisory_factor")
OF_ONE = ("name", *SUMS, *FACTORS)
OF_TOTALS = ("tasks", *SUMS, "weeks", *FACTORS)
OF_SOME = (*OF_TOTALS, "median_factor", "median_supervisory_factor")
OF_DAY = (*OF_SOME, "date")
OF_PREVIOUS = (*OF_TOTALS, "date")
OF_SHARE = ("tasks", *SUMS)
OF_CHANGE = ("tasks", *SUMS, *FACTORS)
OF_RECENT = ("days", "tasks", *SUMS, *FACTORS)
COUNTS = ("tasks", "days")

RANKS = ("top", "bottom", "largest")
LONGEST_NAME = 90
MOST_NEIGHBOURS = 3
OFFERED_RANKS = 5
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_RANGE = re.compile(r"([1-9][0-9]{0,3})-([1-9][0-9]{0,3})")
_ID = re.compile(r"id[1-9][0-9]{0,18}")
_SLUG = re.compile(r"[-_a-zA-Z0-9]{1,50}")
_NUMBERS = re.compile(r"(?<=\.)[0-9]+(?:-[0-9]+)?(?=\.)")


@dataclass(frozen=True)
class Place:
    """One kind of place in the record: how it is written, which figures it has, what it is."""

    written: str
    figures: tuple[str, ...]
    says: str


VOCABULARY = (
    Place("", OF_DAY, "the day"),
    Place("top.N", OF_ONE, "the task of that rank by factor, highest first; of equals the one logged first"),
    Place("bottom.N", OF_ONE, "the same from the lowest factor up"),
    Place("largest.N", OF_ONE, "the task of that rank by human hours, most first"),
    Place("task.N", OF_ONE, "the task at that position of the log; it stays the same task when rows move"),
    Place("top.A-B", OF_SOME, "the tasks of those ranks together; so do bottom and largest"),
    Place("bottom.A-B", OF_SOME, "the tasks of those ranks together"),
    Place("largest.A-B", OF_SOME, "the tasks of those ranks together"),
    Place("category.SLUG", OF_SOME, "the day’s tasks of a category, by the name in its address"),
    Place("without.PLACE", OF_SOME, "the day without such tasks, as in without.largest.1-2.factor"),
    Place("share.PLACE", OF_SHARE, "their share of the day, as in share.largest.1-2.hours"),
    Place("previous", OF_PREVIOUS, "the public day with tasks before this one"),
    Place("change", OF_CHANGE, "this day less the one before, signed"),
    Place("week", OF_TOTALS, "this week’s public days up to this one, from Monday"),
    Place("recent", OF_RECENT, "the public days of the 30 days before: averages a day, factors weighted"),
)
_OF_DAYS = {place.written: place.figures for place in VOCABULARY if place.written.islower()}


class NotAName(ValueError):
    """A name that is not in the vocabulary; its message says so and names the nearest that are."""


@dataclass(frozen=True)
class Name:
    """A name taken apart: ``share`` or ``without`` before it, the place, which of its kind, the figure."""

    text: str
    place: str
    which: str
    figure: str
    before: str = ""

    @property
    def ranks(self) -> tuple[int, int]:
        """The first and the last rank it is about."""
        first, _, last = self.which.partition("-")
        return int(first), int(last or first)

    @property
    def counts(self) -> bool:
        """Whether it is a whole number of something, which may be written in words."""
        is_average = self.place == "recent" and self.figure != "days"
        return self.figure in COUNTS and self.before != "share" and self.place != "change" and not is_average

    @property
    def is_one_task(self) -> bool:
        """Whether it is about one task alone."""
        return (self.place in RANKS and "-" not in self.which) or self.place == "task"


def parse(text: str) -> Name:
    """The name taken apart; raises ``NotAName`` for what is not in the vocabulary."""
    parts = text.split(".") if len(text) <= LONGEST_NAME else []
    before = parts.pop(0) if parts[:1] in (["share"], ["without"]) else ""
    figure = parts.pop() if parts else ""
    name = Name(text, parts[0] if parts else "", ".".join(parts[1:]), figure, before)
    if figure not in _figures_of(name):
        raise NotAName(f"“{text[:LONGEST_NAME]}” is no figure.")
    return name


def _figures_of(name: Name) -> tuple[str, ...]:
    """The figures that the place of a name has; none for what is no place."""
    if not name.place or name.place in _OF_DAYS:
        known = _OF_DAYS.get(name.place, OF_DAY)
        return () if name.which or name.before else known
    if not _is_place(name):
        return ()
    if name.before:
        return OF_SHARE if name.before == "share" else OF_SOME
    return OF_ONE if name.is_one_task else OF_SOME


def _is_place(name: Name) -> bool:
    if name.place == "task":
        return bool(_NUMBER.fullmatch(name.which) or _ID.fullmatch(name.which))
    if name.place == "category":
        return bool(_SLUG.fullmatch(name.which))
    ends = _RANGE.fullmatch(name.which)
    in_order = int(ends[1]) < int(ends[2]) if ends else bool(_NUMBER.fullmatch(name.which))
    return name.place in RANKS and in_order


def offered(tasks: int, slugs: Iterable[str]) -> Iterator[str]:
    """The names worth a list for a day of so many tasks in these categories; ranks are the first few."""
    ranked = [f"{rank}.{number}" for rank in RANKS for number in range(1, min(tasks, OFFERED_RANKS) + 1)]
    places = ["", *ranked, *(f"task.{number}" for number in range(1, tasks + 1))]
    if tasks > 2:
        places += [f"{before}largest.1-2" for before in ("", "share.", "without.")]
    for slug in slugs:
        places += [f"category.{slug}", f"share.category.{slug}"]
    for place in [*places, *_OF_DAYS]:
        yield from (f"{place}.{figure}" if place else figure for figure in _words_at(place))


def neighbours(text: str, slugs: Iterable[str] = ()) -> list[str]:
    """The names nearest to one that is not in the vocabulary; ``slugs`` are those of the categories.

    Numbers stay as typed: next to ``larges.2.hours`` stands ``largest.2.hours``.
    """
    typed = text.lower()[:LONGEST_NAME]
    numbers = _NUMBERS.search(typed)
    given = numbers[0] if numbers else ""
    places = [*_places(given), *(f"category.{slug}" for slug in slugs)]
    known = [f"{place}.{figure}" if place else figure for place in places for figure in _words_at(place)]
    return get_close_matches(typed, known, n=MOST_NEIGHBOURS, cutoff=0.6)


def _places(number: str) -> list[str]:
    number = number or "1"
    some = [f"{rank}.{number}" for rank in RANKS]
    marked = [f"{before}.{place}" for before in ("share", "without") for place in some]
    return ["", *_OF_DAYS, *some, *marked, *([] if "-" in number else [f"task.{number}"])]


def _words_at(place: str) -> tuple[str, ...]:
    before, _, which = place.partition(".")
    if before in ("share", "without"):
        return OF_SHARE if before == "share" else OF_SOME
    if not which:
        return _OF_DAYS.get(before, OF_DAY)
    return OF_SOME if before == "category" or "-" in which else OF_ONE
