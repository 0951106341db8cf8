"""Patterns over plain sentences."""

import re

_LOOKING_BACK = re.compile(r"\(\?<[=!](?:[^()\\]|\\.)*\)")


def pattern(text: str) -> re.Pattern[str]:
    """The pattern without regard to case, a space in it standing for any run of white space.

    In what looks back a space stands for one character, since Python wants to know how far back.
    """
    text = _LOOKING_BACK.sub(lambda looking: looking[0].replace(" ", r"\s"), text)
    return re.compile(text.replace(" ", r"\s+").replace(r"\s+?", r"\s*"), re.IGNORECASE)
