"""Claims of a day's prose that its author keeps although the data say otherwise, each with the reason."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError

MOST_KEPT = 500
WHY_LENGTH = 300
_LONGEST = 1_000  # characters; the fact check reads shorter sentences


@dataclass(frozen=True)
class KeptClaim:
    """A claim, the sentence that makes it as readers read it, and why it stays."""

    sentence: str
    claim: str
    why: str


def kept_in(value: Iterable[Any]) -> list[KeptClaim]:
    """The kept claims of a stored list of ``{"sentence": ..., "claim": ..., "why": ...}``."""
    return [KeptClaim(each["sentence"], each["claim"], each["why"]) for each in value]


def as_stored(kept: Iterable[KeptClaim]) -> list[dict[str, str]]:
    """Kept claims as they are stored."""
    return [asdict(each) for each in kept]


def check_kept(value: Any) -> None:
    """Raise ``ValidationError`` unless ``value`` is a list of kept claims that may be stored."""
    if not isinstance(value, list) or not all(map(_is_kept, value)):
        raise ValidationError(
            f"Kept claims are a list of a sentence, a claim and why, of up to {WHY_LENGTH} characters, each."
        )
    if len(value) > MOST_KEPT:
        raise ValidationError(f"A day keeps at most {MOST_KEPT} claims. Reword some of them.")


def _is_kept(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"sentence", "claim", "why"}:
        return False
    texts = list(value.values())
    if not all(isinstance(text, str) and text.strip() and "\x00" not in text for text in texts):
        return False
    return len(value["why"]) <= WHY_LENGTH and max(map(len, texts)) <= _LONGEST
