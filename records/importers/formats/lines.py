"""Quick lines, many at once, as an author or an agent types them; a first line may hold title or date.

Pure. A line that cannot be read is a row with its fault.
"""

from collections.abc import Iterator, Sequence

from records.durations import write_hours, write_minutes
from records.importers.columns import Column
from records.importers.dating import has_date
from records.importers.formats import Format
from records.importers.found import FoundDay, FoundRow
from records.importers.known import Known
from records.quicklines import QuickLine, ReadLine, parse_many

_MOST_OTHER_LINES = 5  # of lines with figures one in so many may be something else
_HEADERS = (
    ("description", Column.TEXT),
    ("category", Column.CATEGORY),
    ("human_hours", Column.HUMAN_HOURS),
    ("agent_minutes", Column.AGENT_MINUTES),
    ("supervisory_minutes", Column.SUPERVISORY_MINUTES),
)


def _recognises(text: str, _name: str, known: Known) -> bool:
    """Whether lines end with hours and minutes; prose does now and then, but not line by line."""
    lines = _lines(_after_title(text)[1], known)
    with_figures = sum(1 for line in lines if _has_figures(line))
    others = sum(1 for line in lines if not _has_figures(line) and not line.fault)
    return with_figures > 0 and others * _MOST_OTHER_LINES <= with_figures


def _read(text: str, known: Known) -> Iterator[FoundDay]:
    title, lines = _after_title(text)
    rows = tuple(map(_row, _lines(lines, known)))
    yield FoundDay(rows=rows, headers=_HEADERS, title=title)


def _lines(text: str, known: Known) -> Sequence[ReadLine]:
    return parse_many(text, known.categories, known.hours_per_day, known.hours_per_week)


def _after_title(text: str) -> tuple[str, str]:
    """The title or date in the first line, and the text with a blank line in its place."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    line = lines[first].strip()
    read = parse_many(line, {})
    if not (has_date(line) or line.startswith("# ")) or (read and read[0].task and _has_figures(read[0])):
        return "", text
    lines[first] = ""
    return line.lstrip("# ").rstrip(":"), "\n".join(lines)


def _has_figures(line: ReadLine) -> bool:
    return line.task is not None and None not in (line.task.human_hours, line.task.agent_minutes)


def _row(line: ReadLine) -> FoundRow:
    if line.task is None:
        return FoundRow({}, line.number, line.typed, line.fault)
    return FoundRow(_cells(line.task), line.number, line.typed)


def _cells(task: QuickLine) -> dict[Column, str]:
    return {
        Column.TEXT: task.name_and_text,
        Column.CATEGORY: task.category_slug or "",
        Column.HUMAN_HOURS: write_hours(task.human_hours),
        Column.AGENT_MINUTES: write_minutes(task.agent_minutes),
        Column.SUPERVISORY_MINUTES: write_minutes(task.supervisory_minutes),
    }


FORMATS = (Format("lines", 90, _recognises, _read),)
