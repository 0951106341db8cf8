"""Text copied from a browser: cells with tabs between them, with blanks, or glued together.

Pure. The three forms share everything but how a row is cut: the head line tells which it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from records.importers.columns import columns_named, is_log
from records.importers.copied_rows import cut_rows
from records.importers.dating import stated_dates
from records.importers.escaping import escaped
from records.importers.formats import CannotRead, Format
from records.importers.found import FoundDay
from records.importers.headline import LONGEST_HEAD, Shape, shapes_of
from records.importers.known import Known
from records.importers.layout import day_on
from records.importers.page import Block, Dated, Heading, Page, Prose, Row, Table, row_of
from records.importers.words import is_byline, is_furniture, looks_like_heading, section_of, total_named

_MOST_HEAD_LINES = 20  # lines that are tried
_MOST_BLANK = 20  # lines between two rows
_HEAD = re.compile(r"task|description|text|what|work", re.IGNORECASE)
_TITLE = re.compile(r"\s*leverage record", re.IGNORECASE)
_WITHIN_A_TITLE = re.compile(r"leverage record", re.IGNORECASE)
_LONGEST_WRAPPED = 100  # characters of a line that was broken to a width
_SHORTEST_WRAPPED = 50
_LABEL = re.compile(r"([^\d~≈]{3,80})[~≈]?\d")
_LIST_MARK = re.compile(r"^(?:[•·▪‣*-]|(\d+)[.)])\s+")


@dataclass(frozen=True, slots=True)
class _Log:
    """A log in a text: its table, and the lines it takes from its head line on."""

    table: Table
    first: int
    end: int


def _recognises(form: str, text: str, _name: str, known: Known) -> bool:
    return any(True for _ in _heads(text.split("\n"), form, known))


def _read(form: str, text: str, known: Known) -> Iterator[FoundDay]:
    lines = [line.replace("\xa0", " ") for line in text.split("\n")]
    logs = _logs(lines, form, known)
    if not logs:
        raise CannotRead(
            "There is no line of headings above the rows, such as “# Task Human Est. Claude Sup. Factor”."
        )
    title, start = _title(lines[: logs[0].first])
    blocks: list[Block] = []
    for log in logs:
        blocks += [*_blocks(lines, start, log.first), log.table]
        start = log.end
    yield day_on(Page([*blocks, *_blocks(lines, start, len(lines))], title=title), known, copied=True)


def _title(lines: Sequence[str]) -> tuple[str, int]:
    """The title above the log and the line after it; what stands before it is the site's navigation."""
    for is_title in (_TITLE.match, _WITHIN_A_TITLE.search, _is_dated_heading):
        for number, line in enumerate(lines):
            if len(line) < LONGEST_HEAD and is_title(line):
                return line.strip(), number + 1
    return "", 0


def _is_dated_heading(line: str) -> bool:
    """Whether a line can be a title in its author's own words: short, with a whole date, and no byline."""
    dated = stated_dates([Dated("title", line)])
    return (
        bool(dated and dated[0].year)
        and looks_like_heading(line)
        and not (is_furniture(line) or is_byline(line))
    )


def _blocks(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    """Headings and paragraphs; lines without a blank line between them are one paragraph."""
    group: list[tuple[int, str]] = []
    for number in range(start, end + 1):
        line = lines[number].strip() if number < end else ""
        if line and section_of(line) is None:
            group.append((number + 1, line))
            continue
        yield from _paragraph(group)
        group = []
        if line:
            yield Heading(line, 2, number + 1)


def _paragraph(group: Sequence[tuple[int, str]]) -> Iterator[Block]:
    if not group:
        return
    first, lines = group[0][0], tuple(line for _, line in group)
    if _are_paragraphs(lines):
        for line in group:
            yield from _paragraph([line])
        return
    if len(lines) == 1 and looks_like_heading(lines[0]) and not _LIST_MARK.match(lines[0]):
        yield Heading(lines[0], 2, first)
    else:
        yield Prose("\n".join(map(_as_markdown, lines)), lines, first)


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether lines are a paragraph each: some are longer than lines that were broken, or were not broken."""
    longest = max(map(len, lines))
    wrapped = longest <= _LONGEST_WRAPPED and min(map(len, lines[:-1]), default=0) >= _SHORTEST_WRAPPED
    listed = sum(map(_is_item, lines)) * 2 >= len(lines)
    return len(lines) > 1 and longest > _SHORTEST_WRAPPED and not wrapped and not listed


def _is_item(line: str) -> bool:
    """Whether a line is an item of a list, or a printed total."""
    label = _LABEL.match(line)
    return bool(_LIST_MARK.match(line) or (label and total_named(label[1], "")))


def _as_markdown(line: str) -> str:
    mark = _LIST_MARK.match(line)
    if mark is None:
        return escaped(line)
    return f"{mark[1] + '.' if mark[1] else '-'} {escaped(line[mark.end() :])}"


def _heads(lines: Sequence[str], form: str, known: Known) -> Iterator[tuple[int, list[Shape]]]:
    """The lines that can be the head line of a log, with what their columns can be."""
    for number, line in enumerate(lines):
        if len(line) > LONGEST_HEAD or not _HEAD.search(line):
            continue
        if form == "tabs":
            columns = columns_named(line.strip("\n").split("\t"), known.agent_name)
            if "\t" in line and is_log(columns):
                yield number, []
        elif "\t" not in line and (shapes := shapes_of(line, known, separated=form == "blanks")):
            yield number, shapes


def _logs(lines: Sequence[str], form: str, known: Known) -> list[_Log]:
    """The logs of a text: a day's may stand in several tables, and a head line in prose has no rows."""
    logs: list[_Log] = []
    without_rows: list[_Log] = []
    for (first, shapes), _ in zip(_heads(lines, form, known), range(_MOST_HEAD_LINES), strict=False):
        if logs and first < logs[-1].end:
            continue
        found = [_cut(lines, first, shape, known) for shape in shapes] or [_tabbed(lines, first)]
        best = max(found, key=_whole_rows)  # of two readings of the columns the rows allow one
        (logs if any(not row.fault or row.candidates for row in best.table.rows) else without_rows).append(
            best
        )
    return logs or without_rows[:1]


def _cut(lines: Sequence[str], first: int, shape: Shape, known: Known) -> _Log:
    rows, end = cut_rows(lines, first + 1, shape, known)
    return _Log(Table(shape.names, tuple(rows), line=first + 1), first, end)


def _whole_rows(log: _Log) -> int:
    return sum(1 if not row.fault else -1 for row in log.table.rows)


def _tabbed(lines: Sequence[str], first: int) -> _Log:
    head = tuple(cell.strip() for cell in lines[first].split("\t"))
    rows: list[Row] = []
    number = first + 1
    while number < len(lines):
        line = lines[number]
        if not line.strip() and not _next_has_tab(lines, number):
            break
        if line.strip() and (_is_total(line) or not ("\t" in line or _goes_on(lines, number))):
            break
        end = number + 1
        while line.count("\t") < len(head) - 1 and end < len(lines) and _continues(lines, end, line, head):
            line, end = f"{line.rstrip()} {lines[end].lstrip()}", end + 1
        if line.strip():
            rows.append(_tabbed_row(line, len(head), number + 1))
        number = end
    return _Log(Table(head, tuple(rows), line=first + 1), first, number)


def _is_total(line: str) -> bool:
    """Whether a line of two cells is a printed total, right below the rows."""
    return line.strip().count("\t") == 1 and _is_item(line.strip().replace("\t", " "))


def _next_has_tab(lines: Sequence[str], number: int) -> bool:
    following = next((line for line in lines[number : number + _MOST_BLANK] if line.strip()), "")
    return following.count("\t") > 1


def _goes_on(lines: Sequence[str], number: int) -> bool:
    return section_of(lines[number].strip()) is None and any(
        "\t" in line for line in lines[number + 1 : number + 3]
    )


def _continues(lines: Sequence[str], end: int, line: str, head: tuple[str, ...]) -> bool:
    """Whether the next line is the rest of a row with too few cells: a text may hold a line break."""
    following = lines[end]
    return bool(following.strip()) and line.count("\t") + following.count("\t") == len(head) - 1


def _tabbed_row(line: str, width: int, number: int) -> Row:
    cells = tuple(" ".join(cell.split()) for cell in line.split("\t"))
    return row_of(cells, width, number, raw=line, least=2)


FORMATS = tuple(
    Format(name, rank, partial(_recognises, name), partial(_read, name))
    for name, rank in (("tabs", 60), ("glued", 70), ("blanks", 80))
)
