"""Figures of made-up tasks: log-normal, kept in range, rounded as people round. Pure."""

import math
from bisect import bisect
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random

from records import leverage
from records.management.sample.kinds import Kind

MEDIAN_FACTOR = 45
LOWEST_FACTOR, HIGHEST_FACTOR = 5, 500
FACTOR_SPREAD = 0.95
HOURS_SPREAD = 1.15
LONGEST_RUN = 360
LONGEST_SUPERVISION = 30
UNKNOWN_SUPERVISION = 0.12

# What people write down when they estimate: nobody says 37 hours.
ESTIMATES = (
    *(Decimal(quarters) / 4 for quarters in (1, 2, 3, 4, 6, 8, 10)),
    *map(Decimal, (3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 48, 56, 60, 64, 72, 80, 96)),
    *map(Decimal, (100, 120, 140, 160, 200, 240, 280, 320, 400, 480)),
)
_BETWEEN = [math.sqrt(float(a) * float(b)) for a, b in pairwise(ESTIMATES)]


@dataclass(frozen=True)
class Drawn:
    """The figures of one task; supervision may be unknown."""

    human_hours: Decimal
    agent_minutes: Decimal
    supervisory_minutes: Decimal | None
    tokens: int


def draw(random: Random, kind: Kind) -> Drawn:
    """Hours and factor are drawn, the agent's minutes follow from both."""
    hours = _hours(random, kind.median_hours)
    minutes = _agent_minutes(random, hours)
    return Drawn(hours, minutes, _supervision(random, minutes), _tokens(random, minutes))


def _hours(random: Random, median: float) -> Decimal:
    return ESTIMATES[bisect(_BETWEEN, random.lognormvariate(math.log(median), HOURS_SPREAD))]


def _agent_minutes(random: Random, hours: Decimal) -> Decimal:
    while True:
        wanted = random.lognormvariate(math.log(MEDIAN_FACTOR), FACTOR_SPREAD)
        minutes = _rounded(float(hours) * 60 / wanted)
        factor = leverage.factor(hours, minutes) or 0
        if minutes <= LONGEST_RUN and LOWEST_FACTOR <= factor <= HIGHEST_FACTOR:
            return minutes


def _rounded(minutes: float) -> Decimal:
    if minutes < 1.5:
        return Decimal(max(1, round(minutes * 2))) / 2
    step = 1 if minutes < 60 else 5
    return Decimal(round(minutes / step) * step)


def _supervision(random: Random, agent_minutes: Decimal) -> Decimal | None:
    if random.random() < UNKNOWN_SUPERVISION:
        return None
    drawn = random.lognormvariate(0.5 + 0.35 * math.log1p(float(agent_minutes)), 0.5)
    return Decimal(min(LONGEST_SUPERVISION, max(1, round(drawn))))


def _tokens(random: Random, agent_minutes: Decimal) -> int:
    drawn = float(agent_minutes) * random.lognormvariate(math.log(7_000), 0.35)
    return max(500, round(drawn, -2 if drawn < 100_000 else -3).__trunc__())
