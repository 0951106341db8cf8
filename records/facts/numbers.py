"""Numbers as prose writes them: in digits (1,222.75, 4.1M) and in words (thirty-seven, twelve hundred)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}


_TENS = {
    word: number * 10
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}


_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}


_LETTERS = {"k": 10**3, "m": 10**6, "bn": 10**9, "b": 10**9, "g": 10**9}


DOZEN = 12


FRACTIONS = {
    "half": (1, 2),
    "third": (1, 3),
    "quarter": (1, 4),
    "fifth": (1, 5),
    "sixth": (1, 6),
    "eighth": (1, 8),
    "tenth": (1, 10),
}


def _any(words: object) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"  # type: ignore[call-overload]


_BELOW_100 = rf"(?:{_any(_TENS)}(?:[-\s]{_any(list(_ONES)[1:10])})?|{_any(_ONES)})"


_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a)\s+hundred(?:\s+(?:and\s+)?{_BELOW_100})?|{_BELOW_100})"


_IN_WORDS = (
    rf"(?:half\s+a\s+dozen|(?:{_BELOW_100}|a)\s+dozen"
    rf"|(?:{_BELOW_1000}|a)\s+(?:thousand|million|billion)(?:,?\s+(?:and\s+)?{_BELOW_1000})?"
    rf"|{_BELOW_1000})(?:\s+and\s+(?:a\s+half|(?:a|one|three)[-\s]quarters?))?"
)


_IN_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


_SCALED = (
    r"(?:\s*(?:million|billion|thousand|hundred)|\s?(?:k|K|M|bn|B|G)(?=[\s-]*tokens?\b)"
    r"|(?-i:M)\b|\s?k(?=[\s-]*(?:(?:human|agent|engineer(?:ing)?|human-equivalent) )?(?:hours|h|hrs"
    r"|minutes|min)\b))?"
)


_NUMBER = re.compile(
    rf"(?P<digits>(?<![\w.,#/:@_$€£])(?<![A-Za-z][-–])(?<!\d[-–]\d\d[-–]){_IN_DIGITS}{_SCALED})(?!\.?\d)(?!/\d)"
    rf"|\b(?P<words>{_IN_WORDS}\b|(?:{_BELOW_1000}|hundred)(?=fold\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number in a text; ``place`` is the last one written: 0.1 for 119.5, 100 for twelve hundred."""

    start: int
    end: int
    value: Decimal
    place: Decimal
    in_words: bool


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text, from left to right; digits inside names such as S3 or v1.2 are none."""
    for match in _NUMBER.finditer(text):
        words = match["words"]
        value, place = _of_words(words) if words else _of_digits(match["digits"])
        yield Number(match.start(), match.end(), value, place, bool(words))


def significant_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 100 for 1,200, 1 for 37, 0.1 for 2.5."""
    if not value:
        return Decimal(1)
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _of_digits(text: str) -> tuple[Decimal, Decimal]:
    parts = re.match(r"([\d.,]+)\s*([a-z]*)", text, re.IGNORECASE)
    digits, scale = (parts[1].replace(",", ""), parts[2].lower()) if parts else ("0", "")
    times = _SCALES.get(scale) or _LETTERS.get(scale) or 1
    written = Decimal(digits)
    return written * times, Decimal(1).scaleb(int(written.as_tuple().exponent)) * times


def _of_words(text: str) -> tuple[Decimal, Decimal]:
    words = re.findall(r"[a-z]+", text.lower().removesuffix("fold"))
    if words[-1] == "dozen":
        number = DOZEN // 2 if words[0] == "half" else max(_sum(words[:-1]), 1) * DOZEN
        return Decimal(number), Decimal(1)
    whole = words.index("and", -3) if words[-1] in ("half", "quarter", "quarters") else len(words)
    value = Decimal(_sum(words[:whole]))
    for tail, part in _TAILS.items():
        value += Decimal(part) if " ".join(words).endswith(tail) else 0
    return value, significant_place(value)


_TAILS = {"and a half": "0.5", "a quarter": "0.25", "one quarter": "0.25", "three quarters": "0.75"}


def _sum(words: list[str]) -> int:
    """The whole number some words say; the article of "a hundred" counts as one."""
    total = current = 0
    for word in words:
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        else:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total + current
