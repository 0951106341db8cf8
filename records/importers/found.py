"""A day as it was found: every cell still the text that was printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from records.importers.columns import Column
from records.importers.page import Dated


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the log: cells by column as printed, or the fault for which it could not be split."""

    cells: Mapping[Column, str]
    line: int = 0
    raw: str = ""
    fault: str = ""
    candidates: tuple[Mapping[Column, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDay:
    """What a reader found of one day.

    ``headers`` are the printed names of the columns beside what they mean, ``aggregates`` the printed labels
    and values. ``dated_by_rows`` says that the date stood in the rows themselves, so that no other place is
    asked for one.
    """

    rows: tuple[FoundRow, ...]
    headers: tuple[tuple[str, Column | None], ...] = ()
    title: str = ""
    dates: tuple[Dated, ...] = ()
    tags: tuple[str, ...] = ()
    glued_tags: tuple[str, ...] = ()
    lede: str = ""
    analysis: str = ""
    aggregates: tuple[tuple[str, str], ...] = ()
    address: str = ""
    dated_by_rows: bool = False
