"""From what was found to what is stored: cells become figures, printed texts a date, a title, tags, a path.

Asks no database. What cannot be read is kept as printed, with its fault beside it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from records.importers.columns import Column
from records.importers.dating import NoDate, day_in, without_date, work_date
from records.importers.day import Aggregate, ImportedDay, ImportedTask, Problem, Severity
from records.importers.figures import (
    NotAFigure,
    is_empty,
    tokens_in,
)
from records.importers.found import FoundDay, FoundRow
from records.importers.known import MORE, Known, Limits
from records.importers.page import Dated
from records.importers.tags import distinct, tags_in
from records.importers.task_cells import task_of
from records.importers.words import total_named

_OURS = ("/records/", "/tasks/", "/admin/")
_LONGEST_PATH = 500
_PLAIN_TITLE = "leverage record"
_LONGEST_NUMBER = 7  # digits
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0", ""}


def normalised(
    found: FoundDay, known: Known, form: str, *, day: date | None, name: str, limits: Limits
) -> ImportedDay:
    """The found day with its figures; ``day`` is the date that decides, ``name`` the name of the file."""
    problems: list[Problem] = []
    work_day = _date(found, day, name, problems)
    rows = _in_order(found.rows)
    tasks = tuple(task_of(row, place, known, problems) for place, row in enumerate(rows, start=1))
    tags, left_out = _tags(found, known, problems)
    aggregates = tuple(
        Aggregate(label, value, total_named(label, known.agent_name)) for label, value in found.aggregates
    )
    problems += _left_out(found)
    problems += _too_long(found, tasks, limits)
    return ImportedDay(
        form=form,
        date=work_day,
        tasks=tasks,
        title=_title(found.title),
        tags=tags,
        tags_left_out=left_out,
        lede=found.lede,
        analysis=found.analysis,
        path=path_of(found.address),
        stated_tokens=_stated_tokens(aggregates),
        headers=tuple(printed for printed, _ in found.headers),
        aggregates=aggregates,
        sample=_is_sample(tasks, problems),
        problems=tuple(problems),
    )


def path_of(address: str) -> str:
    """The path of an address a page had; blank for none, and for one of our own pages."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    path = f"/{path.lstrip('/')}"
    ours = path == "/" or path.startswith(_OURS)
    return "" if not address.strip() or ours or len(path) > _LONGEST_PATH else path


def _date(found: FoundDay, day: date | None, name: str, problems: list[Problem]) -> date | None:
    if day is not None:
        return day
    try:
        return _date_of_rows(found) if found.dated_by_rows else work_date(_places(found, name))
    except NoDate as refusal:
        line = found.rows[0].line if found.dated_by_rows else 0
        problems.append(Problem(str(refusal), column="date", line=line))
        return None


def _places(found: FoundDay, name: str) -> list[Dated]:
    return [Dated("title", found.title), *found.dates, Dated("file name", name)]


def _date_of_rows(found: FoundDay) -> date:
    said = "".join(place.text for place in found.dates)
    if stated := day_in(said):
        return stated
    which = f"“{said[:40]}” is no date" if said else "There is no date"
    raise NoDate(f"{which} in {len(found.rows)} of the rows. Write each as 2026-04-12.")


def _in_order(rows: Sequence[FoundRow]) -> Sequence[FoundRow]:
    """The rows by their numbers, whatever a page sorted them by; without numbers as they stand."""
    printed = [row.cells.get(Column.NUMBER, "").strip(" .#") for row in rows]
    if not all(text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER for text in printed):
        return rows
    numbers = list(map(int, printed))
    if len(set(numbers)) < len(numbers) or numbers == sorted(numbers):
        return rows
    return [row for _, row in sorted(zip(numbers, rows, strict=True), key=lambda pair: pair[0])]


def _is_sample(tasks: Sequence[ImportedTask], problems: list[Problem]) -> bool:
    """Whether the rows say that their day is made up."""
    said = {task.cells.get(Column.SAMPLE, "").strip().casefold() for task in tasks}
    for value in sorted(said - _YES - _NO):
        reason = "Whether the day is made up is said by true or false."
        problems.append(Problem(reason, column=Column.SAMPLE, value=value))
    return bool(said & _YES)


def _left_out(found: FoundDay) -> Iterator[Problem]:
    """A note on the columns that mean nothing here, whose cells no row takes along."""
    names = [f"“{printed}”" for printed, column in found.headers if printed and column is None]
    if names:
        reason = f"What stands below {', '.join(names)} has no place here and was left out."
        yield Problem(reason, column="headings", severity=Severity.NOTE)


def _title(printed: str) -> str:
    """The title; blank when it says no more than the one a record has by itself."""
    title = " ".join(printed.split())
    return "" if without_date(title).strip(" :").casefold() in ("", _PLAIN_TITLE) else title


def _tags(found: FoundDay, known: Known, problems: list[Problem]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tags, left_out = list(found.tags), []
    for glued in found.glued_tags:
        split, rest = tags_in(glued, known)
        tags += split
        if rest:
            left_out.append(rest)
            reason = "These could not be split into known tags and were left out."
            problems.append(Problem(reason, column="tags", value=rest, severity=Severity.NOTE))
    return distinct(tags), tuple(left_out)


def _stated_tokens(aggregates: Sequence[Aggregate]) -> int | None:
    for aggregate in aggregates:
        if aggregate.key == "tokens" and not is_empty(aggregate.value):
            try:
                return int(tokens_in(aggregate.value.partition("(")[0].strip()).value)
            except NotAFigure:
                return None
    return None


def _too_long(found: FoundDay, tasks: Sequence[ImportedTask], limits: Limits) -> Iterator[Problem]:
    most = limits.characters
    texts: list[tuple[str, str, int | None]] = [
        ("lede", found.lede, None),
        ("analysis", found.analysis, None),
    ]
    texts += [("description", task.description, task.place) for task in tasks]
    for column, text, place in texts:
        if most is not None and len(text) > most:
            reason = f"The text has {len(text):,} characters, at most {most:,} are taken. {MORE}"
            yield Problem(reason, place, column, f"{text[:40]}…")
