"""Texts of made-up tasks: eight to sixty words, longer for larger work, no two alike. Pure."""

import math
from decimal import Decimal
from random import Random

from records.management.sample.kinds import CLOSINGS, SYSTEMS, Kind

FEWEST_WORDS, MOST_WORDS = 8, 60


def write(random: Random, kind: Kind, human_hours: Decimal) -> str:
    """What a task of this kind and size may have been: a name, a colon, its details."""
    wanted = 12 + 6 * math.log1p(float(human_hours)) + random.gauss(0, 5)
    name = random.choice(kind.subjects).format(system=random.choice(SYSTEMS))
    details: list[str] = []
    for detail in random.sample(kind.details, len(kind.details)):
        told = _numbered(random, detail)
        if details and _words(name, *details, told) > min(wanted, MOST_WORDS - 1):
            break
        details.append(told)
        if _words(name, *details) >= wanted:
            break
    return _closed(random, f"{name[0].upper()}{name[1:]}: {_listed(details)}")


def _numbered(random: Random, detail: str) -> str:
    while "{few}" in detail:
        detail = detail.replace("{few}", str(random.randint(2, 9)), 1)
    many = f"{random.randint(110, 2400):,}"
    return detail.format(dozens=random.randint(11, 48), n=random.randint(11, 96), m=many)


def _closed(random: Random, text: str) -> str:
    closing = random.choice(CLOSINGS)
    short = _words(text) < FEWEST_WORDS
    if short or (random.random() < 0.25 and _words(text, closing) <= MOST_WORDS):
        return f"{text}. {closing}"
    return text


def _listed(details: list[str]) -> str:
    if len(details) < 2:
        return "".join(details)
    return f"{', '.join(details[:-1])} and {details[-1]}"


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
