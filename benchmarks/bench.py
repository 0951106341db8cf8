"""What a group of rows is handed: the database, how often to measure, and whom to tell."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.rows import Figure, Lacking
from benchmarks.sites import Database

SHORT_SECONDS = 0.1


@dataclass(frozen=True)
class Bench:
    """One run of one group on one database."""

    database: Database
    alternations: int
    seconds: float  # that a server is asked at a time
    wanted: frozenset[str]  # names of rows

    def row(self, name: str, measure: Callable[[], Figure]) -> None:
        """Measure a row, if it is wanted, and tell the figure or what went wrong; the next row goes on."""
        if name not in self.wanted:
            return
        try:
            figure = measure()
        except Lacking as lacking:
            figure = Figure(detail=str(lacking))
        except Exception as fault:  # whatever it is, the other rows are to be measured
            figure = Figure(failed=f"{type(fault).__name__}: {fault}"[:300])
        print(json.dumps({"row": name, **asdict(figure)}), flush=True)


def in_turns(acts: Sequence[Callable[[], float]], alternations: int) -> list[float]:
    """The median of what each act gives, see ``turns``."""
    return [median(values) for values in zip(*turns(acts, alternations), strict=True)]


def ratio_in_turns(
    act: Callable[[], float], other: Callable[[], float], alternations: int
) -> tuple[float, float, float]:
    """How many times as much an act gives as another, and the median of each.

    The ratio is the median of those of each turn: a machine that others use is now twice as fast, now not,
    and two acts of one turn come close after each other.
    """
    found = turns([act, other], alternations)
    ones, others = zip(*found, strict=True)
    return median(one / another for one, another in found), median(ones), median(others)


def turns(acts: Sequence[Callable[[], float]], alternations: int) -> list[list[float]]:
    """What the acts give, turn by turn: each done once before it counts, then all in turns.

    What takes no time is done more often, since its medians tremble most.
    """
    began = time.perf_counter()
    for act in acts:
        act()
    often = alternations if time.perf_counter() - began > SHORT_SECONDS else 3 * alternations
    return [[act() for act in acts] for _ in range(often)]


def seconds_of(act: Callable[[], object]) -> float:
    """How long an act takes, by the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
