"""A figure that prose may show: how it reads, and where it comes from."""

import re
from dataclasses import dataclass

from records.formats import DASH, in_words

_NOT_OF_A_NUMBER = re.compile(r"[^0-9.\-]")


@dataclass(frozen=True)
class Figure:
    """A figure as tables write it (``119.5×``), what it is, and the address of what it is made from.

    ``count`` is the whole number that may be written in words. ``missing`` says why there is none; a dash
    stands for it then.
    """

    text: str
    origin: str = ""
    href: str = ""
    count: int | None = None
    is_number: bool = True
    missing: str = ""

    @classmethod
    def none(cls, why: str, origin: str = "") -> "Figure":
        """A figure that does not exist."""
        return cls(DASH, origin, is_number=False, missing=why)

    @property
    def value(self) -> str:
        """The number shown, as a program reads it: no sign, no comma; empty for words and dashes."""
        return _NOT_OF_A_NUMBER.sub("", self.text.replace("−", "-")) if self.is_number else ""

    def written(self, how: str) -> str:
        """The figure in digits, or with ``words`` or ``Words`` in words where it counts something."""
        if not how or self.count is None:
            return self.text
        words = in_words(self.count)
        return words[:1].upper() + words[1:] if how == "Words" else words
