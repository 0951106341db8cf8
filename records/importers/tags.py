"""Tags that a copy has run together, split by the tags that are known.

Pure. ``AITime Record`` is AI and Time Record; a tag ends where the next begins with a capital or a digit.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeAlias

from records.importers.known import TAGS_FROM_THE_START, Known

_LONGEST_RUN = 300  # characters; what is longer is no run of tags
Split: TypeAlias = tuple[tuple[str, ...], str]
_BETWEEN = re.compile(r"^[\s,·|;/#•]+|[\s,·|;/#•]+$")


def tags_in(glued: str, known: Known) -> tuple[list[str], str]:
    """The known tags at the front of a run of tags, and what is left that could not be split."""
    names = sorted({*known.tags, *TAGS_FROM_THE_START}, key=len, reverse=True)
    if len(glued) > _LONGEST_RUN:
        return [], glued
    found, rest = _splitter(names)(_BETWEEN.sub("", glued))
    return list(found), rest


def distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without a repetition, whatever its case, and without surrounding blanks."""
    by_name = {" ".join(tag.split()).casefold(): " ".join(tag.split()) for tag in reversed(list(tags))}
    return tuple(reversed([tag for tag in by_name.values() if tag]))


def _splitter(names: Sequence[str]) -> Callable[[str], Split]:
    """What gives the longest run of known tags: of several ways the one that leaves the least.

    Each rest of the text is looked at once, as names such as ``A`` and ``AA`` fit in ever more ways.
    """

    @cache
    def split(text: str) -> Split:
        best: Split = ((), text)
        for name in names:
            if text[: len(name)].casefold() == name.casefold() and _ends_there(text, len(name)):
                found, rest = split(_BETWEEN.sub("", text[len(name) :]))
                if len(rest) < len(best[1]):
                    best = ((name, *found), rest)
        return best

    return split


def _ends_there(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not following or not (following.isalpha() and following.islower())
