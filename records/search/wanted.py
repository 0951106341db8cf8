"""What is looked for, as plain data: phrases that must stand in a text, and phrases that must not."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto


@dataclass(frozen=True)
class Phrase:
    """Folded words one after the other, often a single one; open-ended, the last may be how a word begins."""

    words: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True)
class Wanted:
    """A text is wanted that holds every phrase of the one kind and none of the other.

    The first and the last day are a hint for an index in the order of days: the rows keep to them anyway.
    """

    every: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.every or self.none)


class Place(Enum):
    """Where in a row the phrases have to stand."""

    ANYWHERE = auto()
    TITLE = auto()  # every one in the title
    BEYOND_TITLE = auto()  # anywhere, but not every one in the title
