"""The name a task carries in its text."""

import re
from functools import lru_cache

KEPT = 4_096  # names: a page asks for those of its tasks several times
NAME_LENGTH = 60
_BEGINNING = 120  # letters of a text that mostly say its name, however long it goes on
_UP_TO_ITS_END = re.compile(r"(\W*\w.*?)(?:[:;(]|, )")


@lru_cache(KEPT)
def name_in(text: str) -> str:
    """The name a text carries: up to its first ``:``, ``;``, ``(`` or ``, ``, else cut at a word.

    At most 60 characters; one that had to be cut ends in an ellipsis. What stands before the first word ends
    nothing: "(Re)build: all of it" is called "(Re)build".
    """
    line = " ".join(text[:_BEGINNING].split())
    if len(line) < NAME_LENGTH + 5:  # a name might end beyond
        line = " ".join(text.split())
    ended = _UP_TO_ITS_END.match(line)
    first = ended[1].strip() if ended else line
    if len(first) <= NAME_LENGTH:
        return first.rstrip(".") or first
    cut = first[: NAME_LENGTH - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,.') if ' ' in cut else cut}…"


def detail_of(name: str, text: str) -> str:
    """What a text says beyond the name it carries; all of it, where the author gave a ``name``."""
    if name:
        return text
    line = " ".join(text.split())
    carried = name_in(line).removesuffix("…")
    return "" if line.rstrip(".") == carried else line.removeprefix(carried).lstrip(":;, ")
