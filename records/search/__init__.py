"""Searching days and tasks: the same results in the same order on both databases."""

from records.search.results import MOST, Found, Results

__all__ = ["MOST", "Found", "Results"]
