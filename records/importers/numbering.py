"""The numbers before the rows of a copied log, where nothing parts a number from a text that begins with one.

Pure. Rows are numbered on from 1 or from another number; failing that, each has one of 1, 2, 3… for itself.
"""

import re
from collections.abc import Sequence

from records.importers.columns import Column
from records.importers.headline import Shape
from records.importers.splitting import Cells

_IN_A_NUMBER = re.compile(r"[.,][0-9]").match  # ``202,481 lines`` is not number 202
_DIGITS = re.compile(r"\s*(0*[1-9][0-9]{0,5})")


def starts_of(lines: Sequence[str], shape: Shape) -> list[int | None]:
    """What the first row's number can be, 1 before all others; ``None`` alone where rows have no number."""
    if Column.NUMBER not in shape.columns:
        return [None]
    digits = _DIGITS.match(next((line for line in lines if line.strip()), ""))
    others = [int(digits[1][:end]) for end in range(1, len(digits[1]) + 1)] if digits else []
    return list(dict.fromkeys([1, *filter(None, others)]))


def numbers_of(rows: Sequence[Sequence[Cells]]) -> list[int | None]:
    """The number of each row, from all it can have; ``None`` where that cannot be told.

    A number that only one row can have is that row's, and nobody else's.
    """
    options = [
        {int(cells[Column.NUMBER]) for cells in row if not _IN_A_NUMBER(cells[Column.TEXT])} for row in rows
    ]
    within = [{number for number in row if number <= len(rows)} for row in options]
    settled = _settled(within)
    if any(number is None for number in settled):
        return [next(iter(row)) if len(row) == 1 else None for row in options]
    return settled


def _settled(options: Sequence[set[int]]) -> list[int | None]:
    """Numbers given out as long as one follows from the others."""
    left = [set(row) for row in options]
    given: list[int | None] = [None] * len(left)
    while True:
        place, number = _forced(left)
        if not number:
            return given
        given[place] = number
        left = [set() if at == place else row - {number} for at, row in enumerate(left)]


def _forced(left: Sequence[set[int]]) -> tuple[int, int]:
    """The place of a row with one number left, or of the only row that can have a number; 0, 0 for none."""
    for place, row in enumerate(left):
        if len(row) == 1:
            return place, next(iter(row))
    holders: dict[int, list[int]] = {}
    for place, row in enumerate(left):
        for number in row:
            holders.setdefault(number, []).append(place)
    return next(((places[0], number) for number, places in holders.items() if len(places) == 1), (0, 0))
