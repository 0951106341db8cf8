"""From what was found to what is stored: cells become figures, printed texts a date, a title, tags, a path.

Pure. What cannot be read is kept as printed, with its fault beside it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from records.importers.columns import Column
from records.importers.dating import NoDate, without_date, work_date
from records.importers.day import Aggregate, ImportedDay, ImportedTask, Problem, Severity
from records.importers.figures import (
    NotAFigure,
    factor_in,
    hours_in,
    is_empty,
    is_marked,
    minutes_in,
    tokens_in,
)
from records.importers.found import FoundDay, FoundRow
from records.importers.known import Known, Limits
from records.importers.page import Dated
from records.importers.tags import distinct, tags_in
from records.importers.words import total_named
from records.leverage import MINUTES_PLACES, minutes_at, rounded

_DECLARED, _DERIVED, _APPROXIMATE = "declared", "derived", "approximate"
_OURS = ("/records/", "/tasks/", "/admin/")
_LONGEST_PATH = 500
_PLAIN_TITLE = "leverage record"


def normalised(
    found: FoundDay, known: Known, form: str, *, day: date | None, name: str, limits: Limits
) -> ImportedDay:
    """The found day with its figures; ``day`` is the date that decides, ``name`` the name of the file."""
    problems: list[Problem] = []
    work_day = _date(found, day, name, problems)
    tasks = tuple(_task(row, place, known, problems) for place, row in enumerate(found.rows, start=1))
    tags, left_out = _tags(found, known, problems)
    aggregates = tuple(
        Aggregate(label, value, total_named(label, known.agent_name)) for label, value in found.aggregates
    )
    problems += [Problem(note, severity=Severity.NOTE) for note in found.notes]
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
    places = [Dated("title", found.title), *found.dates, Dated("file name", name)]
    try:
        return work_date(places)
    except NoDate as refusal:
        problems.append(Problem(str(refusal), column="date"))
        return None


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


def _task(row: FoundRow, place: int, known: Known, problems: list[Problem]) -> ImportedTask:
    cells = {column.value: cell for column, cell in row.cells.items()}
    candidates = tuple({c.value: cell for c, cell in candidate.items()} for candidate in row.candidates)
    if row.fault:
        problems.append(Problem(row.fault, place, "", row.raw, line=row.line))
        return ImportedTask(place, cells=cells, candidates=candidates, raw=row.raw, line=row.line)
    reading = _Reading(row, place, known, problems)
    hours = reading.hours()
    agent, agent_source = reading.minutes(Column.AGENT_MINUTES, Column.FACTOR, hours)
    supervision, supervision_source = reading.minutes(
        Column.SUPERVISORY_MINUTES, Column.SUPERVISORY_FACTOR, hours
    )
    tokens, tokens_source = reading.tokens()
    return ImportedTask(
        place,
        description=reading.text(),
        name=row.cells.get(Column.NAME, "").strip(),
        category=reading.category(),
        human_hours=hours,
        agent_minutes=agent,
        supervisory_minutes=supervision,
        tokens=tokens,
        agent_minutes_source=agent_source,
        supervisory_minutes_source=supervision_source,
        tokens_source=tokens_source,
        cells=cells,
        raw=row.raw,
        line=row.line,
    )


class _Reading:
    """One row being read cell by cell; what is wrong is added to the problems."""

    __slots__ = ("known", "place", "problems", "row")

    def __init__(self, row: FoundRow, place: int, known: Known, problems: list[Problem]) -> None:
        self.row, self.place, self.known, self.problems = row, place, known, problems

    def text(self) -> str:
        """The text, which no row may lack."""
        text = self.row.cells.get(Column.TEXT, "").strip() or self.row.cells.get(Column.NAME, "").strip()
        if not text:
            self._tell("The row has no text. Say what was done.", Column.TEXT)
        return text

    def hours(self) -> Decimal | None:
        """Human hours, from a cell or unknown."""
        cell = self.row.cells.get(Column.HUMAN_HOURS, "")
        if is_empty(cell):
            self._tell("Human hours are not given; a record needs them.", Column.HUMAN_HOURS, Severity.NOTE)
            return None
        try:
            return self._above_nothing(hours_in(cell, self.known), Column.HUMAN_HOURS)
        except NotAFigure as refusal:
            self._tell(str(refusal), Column.HUMAN_HOURS)
            return None

    def minutes(self, column: Column, ratio: Column, hours: Decimal | None) -> tuple[Decimal | None, str]:
        """Minutes and their source: from their cell, else from hours and the printed factor."""
        cell = self.row.cells.get(column, "")
        if is_empty(cell):
            return self._derived(ratio, hours)
        try:
            minutes = minutes_in(cell, self.known)
        except NotAFigure as refusal:
            self._tell(str(refusal), column)
            return None, _DECLARED
        source = _APPROXIMATE if is_marked(cell) else _DECLARED
        if column is Column.AGENT_MINUTES:
            return self._above_nothing(minutes, column), source
        return minutes, source

    def tokens(self) -> tuple[int | None, str]:
        """Tokens and their source; ``850k`` is approximate."""
        cell = self.row.cells.get(Column.TOKENS, "")
        if is_empty(cell):
            return None, _DECLARED
        try:
            printed = tokens_in(cell)
        except NotAFigure as refusal:
            self._tell(str(refusal), Column.TOKENS)
            return None, _DECLARED
        return int(printed.value), _APPROXIMATE if printed.approximate else _DECLARED

    def category(self) -> str | None:
        """The slug of a category of the site, named by slug or by name."""
        cell = self.row.cells.get(Column.CATEGORY, "").strip()
        if not cell:
            return None
        for slug, name in self.known.categories.items():
            if cell.casefold() in (slug, name.casefold()):
                return slug
        reason = "There is no such category; the task came without one."
        self._tell(reason, Column.CATEGORY, Severity.NOTE)
        return None

    def _derived(self, ratio: Column, hours: Decimal | None) -> tuple[Decimal | None, str]:
        """Hours x 60 / factor, for minutes that were left out of a page that prints their factor."""
        cell = self.row.cells.get(ratio, "")
        if hours is None or is_empty(cell):
            return None, _DECLARED
        try:
            minutes = minutes_at(hours, factor_in(cell).value)
        except NotAFigure as refusal:
            self._tell(str(refusal), ratio)
            return None, _DECLARED
        return (None, _DECLARED) if minutes is None else (rounded(minutes, MINUTES_PLACES), _DERIVED)

    def _above_nothing(self, figure: Decimal, column: Column) -> Decimal | None:
        if figure > 0:
            return figure
        self._tell("It has to be more than 0. Leave it out when it is not known.", column)
        return None

    def _tell(self, reason: str, column: Column, severity: Severity = Severity.FAULT) -> None:
        value = self.row.cells.get(column, "")
        self.problems.append(Problem(reason, self.place, column.value, value, severity, self.row.line))


def _too_long(found: FoundDay, tasks: Sequence[ImportedTask], limits: Limits) -> Iterator[Problem]:
    most = limits.characters
    texts: list[tuple[str, str, int | None]] = [
        ("lede", found.lede, None),
        ("analysis", found.analysis, None),
    ]
    texts += [("description", task.description, task.place) for task in tasks]
    for column, text, place in texts:
        if most is not None and len(text) > most:
            reason = (
                f"The text has {len(text):,} characters, at most {most:,} are taken. Use --no-limit for more."
            )
            yield Problem(reason, place, column, f"{text[:40]}…")
