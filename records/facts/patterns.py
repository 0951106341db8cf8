"""Patterns over plain sentences."""

import re


def pattern(text: str) -> re.Pattern[str]:
    """The pattern without regard to case, a space in it standing for any run of white space."""
    return re.compile(text.replace(" ", r"\s+").replace(r"\s+?", r"\s*"), re.IGNORECASE)
