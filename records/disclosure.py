"""What must not appear in public: names the author keeps to themselves, and what looks like a secret.

Pure. A name is found as a whole word whatever its case, the longest first, so that *acme-prod* is not taken
for *acme*. Beside the author's names these count: an e-mail address, a key (by the marks its makers give it,
or a long run of mixed letters and digits), and a path into somebody's home folder.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_LONGEST_SHOWN = 40
_EMAIL = r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b"
_HOME = r"(?:/home/|/Users/|\b[A-Za-z]:\\Users\\|~/)[^\s<>\"'`,;:)]{1,200}"
_MARKED_KEY = (
    r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bxox[abprs]-[\w-]{10,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
)
# Not led by a slash or a dot: parts of addresses and paths are long and harmless.
_LONG_RUN = (
    r"(?<![\w/.=-])(?=(?:[A-Za-z+_-]{0,99}[0-9]){4})(?=[a-z0-9+_-]{0,99}[A-Z])(?=[A-Z0-9+_-]{0,99}[a-z])"
    r"[A-Za-z0-9+_-]{32,400}(?![\w/.])"
)
_ONLY_HEX_OR_WORDS = re.compile(r"[0-9a-f-]+|[a-z0-9]+(?:[-_][a-z0-9]+)+", re.IGNORECASE)


class Kind(StrEnum):
    """What was found; the values name it in a sentence."""

    NAME = "a name"
    EMAIL = "an e-mail address"
    KEY = "what looks like a key"
    HOME = "a path into a home folder"


_SECRETS = (
    (Kind.EMAIL, re.compile(_EMAIL, re.IGNORECASE)),
    (Kind.KEY, re.compile(_MARKED_KEY)),
    (Kind.KEY, re.compile(_LONG_RUN)),
    (Kind.HOME, re.compile(_HOME)),
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A place in a text that must not be public: what stands there and, for a name, what to write instead."""

    start: int
    end: int
    text: str
    kind: Kind
    instead: str = ""

    @property
    def words(self) -> str:
        """What is the matter, and what to do about it."""
        advice = f"Use *{self.instead}*." if self.instead else "Take it out."
        return f"*{self.shown}*, {self.kind.value}, must not appear in public. {advice}"

    @property
    def shown(self) -> str:
        """The place for a message; of a key only its beginning."""
        most = 8 if self.kind is Kind.KEY else _LONGEST_SHOWN
        return self.text if len(self.text) <= most else f"{self.text[:most]}…"


def disclosures(text: str, names: Mapping[str, str]) -> list[Disclosure]:
    """What in a text must not be public, in order; ``names`` gives what stands in for each name."""
    found = [*_names_in(text, names), *_secrets_in(text)]
    return sorted(found, key=lambda place: (place.start, -place.end))


def replaced(text: str, names: Mapping[str, str]) -> str:
    """The text with each name replaced by what stands in for it, capitals kept: *Acme* becomes *A client*."""
    pieces, end = [], 0
    for place in _names_in(text, names):
        pieces += [text[end : place.start], place.instead]
        end = place.end
    return "".join([*pieces, text[end:]])


def _names_in(text: str, names: Mapping[str, str]) -> Iterator[Disclosure]:
    if not names:
        return
    instead = {name.casefold(): stand_in for name, stand_in in names.items()}
    for match in _pattern(tuple(sorted(names, key=lambda name: (-len(name), name)))).finditer(text):
        stand_in = instead.get(match[0].casefold(), "")
        yield Disclosure(match.start(), match.end(), match[0], Kind.NAME, _in_case_of(match[0], stand_in))


def _secrets_in(text: str) -> Iterator[Disclosure]:
    for kind, pattern in _SECRETS:
        for match in pattern.finditer(text):
            harmless = pattern.pattern == _LONG_RUN and _ONLY_HEX_OR_WORDS.fullmatch(match[0])
            if not harmless:
                yield Disclosure(match.start(), match.end(), match[0], kind)


def _in_case_of(found: str, stand_in: str) -> str:
    return _capital(stand_in) if found[:1].isupper() else stand_in


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as a whole word: no letter and no digit stands beside it."""
    either = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)
