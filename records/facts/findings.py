"""What the fact check says of one claim."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether the data say so."""

    REFUTED = "refuted"
    UNJUDGED = "unjudged"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Finding:
    """A claim, where it stands in the text that was checked, and what the data say.

    ``truth`` is in words and empty where nothing can be said; ``live`` names the live figure that states it.
    """

    sentence: str
    claim: str
    start: int
    end: int
    verdict: Verdict
    truth: str = ""
    live: str = ""
