"""CSV and TSV: our own files, and tables from any spreadsheet; one day, or several by a column of dates.

Asks no database. Days of a long file are yielded one after the other, so that none but the one at hand is
in memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from records.exporters.rows import TASK_COLUMNS, restored
from records.exporters.schema import TASKS
from records.importers.columns import Column
from records.importers.dating import day_in
from records.importers.formats import CannotRead, Format
from records.importers.found import FoundDay, FoundRow
from records.importers.known import Known
from records.importers.layout import day_on
from records.importers.page import (
    Block,
    Dated,
    Heading,
    OtherWidth,
    Page,
    Prose,
    Row,
    Table,
    fitted,
)
from records.importers.sheets import Record, Sheet, sheet_in
from records.importers.words import TOTAL_ROW, section_of

_BETWEEN = {"csv": (",", ";", "\t"), "tsv": ("\t",)}
_NAMES = {"csv": re.compile(r"\.csv$", re.IGNORECASE), "tsv": re.compile(r"\.(?:tsv|tab)$", re.IGNORECASE)}
_OURS = {"id", "position", "description", "human_hours", "agent_minutes", "supervisory_minutes"}
# What our own files may have besides: those of the site's tables, and tasks.csv of an export.
_OURS_AT_MOST = {*TASK_COLUMNS, "day", *(field.name for field in TASKS)}
_TEXTS = {Column.TEXT, Column.NAME, Column.CATEGORY}


def _recognises(form: str, text: str, name: str, known: Known) -> bool:
    if _NAMES[form].search(name):
        return True
    between = [mark for mark in _BETWEEN[form] if (mark == "\t") == (form == "tsv")]
    sheet = sheet_in(text, between, known.agent_name)
    return sheet is not None and (form == "csv" or _is_file(sheet))


def _is_file(sheet: Sheet) -> bool:
    """Whether tabs are those of a file or a spreadsheet, and not of rows copied with a page around them."""
    if Column.DATE in sheet.columns:
        return True
    whole = all(len(cells) > 1 or not any(cells) for _, cells in sheet.records())
    return whole and '"' in sheet.text and not sheet.before


def _read(form: str, text: str, known: Known) -> Iterator[FoundDay]:
    sheet = sheet_in(text, _BETWEEN[form], known.agent_name)
    if sheet is None:
        raise CannotRead(
            "There is no line with the names of the columns, each of them once. Begin with one such as "
            "“date,description,human_hours,agent_minutes,supervisory_minutes”."
        )
    days = _Days(sheet)
    if Column.DATE in sheet.columns and days.have_dates:
        yield from days.in_turn()
    else:
        yield day_on(_page(sheet), known)


class _Days:
    """The days of a table with dates. A first pass over the dates tells whether each day stands together."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.take = _taker(sheet)
        self.place = sheet.columns.index(Column.DATE) if Column.DATE in sheet.columns else 0
        seen: dict[date | str, None] = {}
        self.in_order, before = True, None
        for day, _ in self._dated():
            self.in_order = self.in_order and (day == before or day not in seen)
            seen[day], before = None, day
        self.have_dates = any(seen)

    def in_turn(self) -> Iterator[FoundDay]:
        """Each day once, in the order in which the days begin."""
        if not self.in_order:
            yield from self._gathered()
            return
        rows: list[FoundRow] = []
        before: date | str | None = None
        for day, record in self._dated():
            if rows and day != before:
                yield self._found(before, rows)
                rows = []
            rows.append(self.take(record))
            before = day
        if rows:
            yield self._found(before, rows)

    def _gathered(self) -> Iterator[FoundDay]:
        days: dict[date | str, list[Record]] = {}
        for day, record in self._dated():
            days.setdefault(day, []).append(record)
        for day in list(days):
            yield self._found(day, list(map(self.take, days.pop(day))))

    def _dated(self) -> Iterator[tuple[date | str, Record]]:
        place = self.place
        for record in self.sheet.records():
            cells = record[1]
            day = _day_of(cells[place]) if place < len(cells) else ""
            if day or not _is_no_task(cells):
                yield day, record

    def _found(self, day: date | str | None, rows: Sequence[FoundRow]) -> FoundDay:
        said = day.isoformat() if isinstance(day, date) else day or ""
        return FoundDay(
            rows=tuple(rows),
            headers=tuple(zip(self.sheet.head, self.sheet.columns, strict=True)),
            dates=(Dated("column of dates", said),),
            dated_by_rows=True,
        )


@lru_cache(4096)
def _day_of(cell: str) -> date | str:
    """The date in a cell; the cell as it is when there is none in it, for its fault to name."""
    return day_in(cell) or cell.strip()


def _is_no_task(cells: Sequence[str]) -> bool:
    """Whether a record without a date is blank, or the totals below the rows."""
    said = [cell.strip().casefold() for cell in cells if cell.strip()]
    return not said or said[0].strip(" :") in TOTAL_ROW


@dataclass(slots=True)
class _Taker:
    """Makes rows of records: the cells of known columns by column."""

    places: Sequence[tuple[Column, int, bool]]
    width: int
    delimiter: str

    def __call__(self, record: Record) -> FoundRow:
        line, cells = record
        if len(cells) != self.width:
            try:
                cells = list(fitted(cells, self.width))
            except OtherWidth as fault:
                return FoundRow({}, line, self.delimiter.join(cells), str(fault))
        return FoundRow(
            {
                column: restored(cells[place]) if defused else cells[place]
                for column, place, defused in self.places
            },
            line,
        )


def _taker(sheet: Sheet) -> Callable[[Record], FoundRow]:
    ours = _OURS <= set(sheet.head) <= _OURS_AT_MOST
    places = [
        (column, place, ours and column in _TEXTS)
        for place, column in enumerate(sheet.columns)
        if column is not None and column is not Column.DATE
    ]
    return _Taker(places, len(sheet.head), sheet.delimiter)


def _page(sheet: Sheet) -> Page:
    """A table without dates as a page: what stands above is its title, what stands below its totals."""
    title = next((_said(cells) for _, cells in sheet.above() if _said(cells)), "")
    records = list(sheet.records())
    end = _end_of_rows(records)
    take = _taker(sheet)
    rows = [_row(take(record), sheet, record) for record in records[:end] if any(map(str.strip, record[1]))]
    blocks: list[Block] = [Table(sheet.head, tuple(rows)), *_below(records[end:])]
    return Page(blocks, title="" if title.lower().startswith("sep=") else title)


def _row(found: FoundRow, sheet: Sheet, record: Record) -> Row:
    raw = sheet.delimiter.join(record[1])
    if found.fault:
        return Row((), found.line, raw, found.fault)
    return Row(tuple(found.cells.get(c, "") if c else "" for c in sheet.columns), found.line, raw)


def _end_of_rows(records: Sequence[Record]) -> int:
    """The place of the blank record after which no row comes, only labels with their values."""
    for place, (_, cells) in enumerate(records):
        if not any(map(str.strip, cells)) and all(_filled(below) < 3 for _, below in records[place:]):
            return place
    return len(records)


def _below(records: Iterable[Record]) -> Iterator[Block]:
    for line, cells in records:
        said = [cell.strip() for cell in cells if cell.strip()]
        if len(said) == 1 and section_of(said[0]) is not None:
            yield Heading(said[0], 2, line)
    lines = tuple(": ".join(filter(str.strip, cells)) for _, cells in records if _filled(cells) == 2)
    if lines:
        yield Prose("\n".join(lines), lines)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _said(cells: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())


FORMATS = tuple(
    Format(form, rank, partial(_recognises, form), partial(_read, form))
    for form, rank in (("csv", 50), ("tsv", 52))
)
