"""Text as it is searched: words in small letters without accents, nothing between them but one space."""

import re
from bisect import bisect_right
from functools import cache

from records.search.letters import BETWEEN_WORDS, LETTERS, MARKS, PLAIN_LETTERS

MARK = "\0"  # in the place of an accent that stands by itself


def code_points(ranges: str) -> list[tuple[int, int]]:
    """Ranges as they are written in ``letters``, each as its first and its last code point."""
    ends = (part.split("-") for part in ranges.split())
    return [(int(first_last[0], 16), int(first_last[-1], 16)) for first_last in ends]


class _Letters(dict[int, str]):
    """For ``str.translate``: each character as one character, a space between words; learnt as they come."""

    def __init__(self) -> None:
        capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        marks = {point: MARK for first, last in code_points(MARKS) for point in range(first, last + 1)}
        letters = zip(map(ord, capitals + LETTERS), capitals.lower() + PLAIN_LETTERS, strict=True)
        super().__init__(dict(letters) | marks)
        self.between = code_points(BETWEEN_WORDS)
        self.starts = [first for first, _ in self.between]

    def __missing__(self, point: int) -> str:
        at = bisect_right(self.starts, point) - 1
        self[point] = " " if at >= 0 and point <= self.between[at][1] else chr(point)
        return self[point]


@cache
def _letters() -> _Letters:
    return _Letters()


def folded(text: str) -> str:
    """The text character by character as it is compared, as long as before; ``MARK`` for a lone accent."""
    return text.translate(_letters())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, as both databases cut and fold them."""
    return tuple(folded(text).replace(MARK, "").split())


def pattern_of(words: tuple[str, ...], *, open_ended: bool) -> re.Pattern[str]:
    """What finds the words one after the other in a ``folded`` text; the last may go on where open-ended."""
    spelt = (rf"{MARK}*".join(map(re.escape, word)) for word in words)
    end = "" if open_ended else rf"(?![^ {MARK}])"
    return re.compile(rf"(?<![^ ]){MARK}*" + rf"{MARK}* [ {MARK}]*".join(spelt) + rf"{MARK}*{end}")
