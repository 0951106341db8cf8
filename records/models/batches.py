"""Many things taken some at a time, as a statement or a page of memory holds them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of up to ``size`` items, in order, read as they are asked for; as in ``itertools`` from 3.12."""
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
