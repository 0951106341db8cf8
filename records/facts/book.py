"""A record opened for checking: its figures, the names of its tasks, every value it has, in order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from records.facts.figures import Figures, Measure
from records.facts.naming import Names
from records.facts.pool import pool
from records.facts.subjects import Option

Value = tuple[Decimal, Option]


class Book:
    """Made once for a text, so that no sentence computes again what another has needed."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._sorted: dict[tuple[Measure, bool], tuple[list[Decimal], list[Value]]] = {}

    @cached_property
    def names(self) -> Names:
        """The words by which the tasks are called."""
        return Names(self.figures.tasks)

    def values(self, measure: Measure, low: Decimal, high: Decimal, *, with_days: bool) -> Iterator[Value]:
        """The values of a measure between two limits, each with whose it is."""
        keys, values = self._by_size(measure, with_days=with_days)
        yield from values[bisect_left(keys, low) : bisect_right(keys, high)]

    def _by_size(self, measure: Measure, *, with_days: bool) -> tuple[list[Decimal], list[Value]]:
        if (measure, with_days) not in self._sorted:
            options = pool(self.figures, with_days=with_days)
            known = [(value, option) for option in options if (value := option.value(measure)) is not None]
            known.sort(key=lambda pair: pair[0])
            self._sorted[measure, with_days] = [value for value, _ in known], known
        return self._sorted[measure, with_days]
