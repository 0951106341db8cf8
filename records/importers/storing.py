"""From imported days to stored ones, through the one door: created, unchanged, replaced or refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from records import publishing
from records.formats import shortened
from records.importers.comparing import (
    Standing,
    brings_tags,
    day_values,
    differences,
    new_address,
    pairs,
    task_values,
)
from records.importers.day import ImportedDay, Problem, Severity
from records.models import Category, Day, OldAddress, SiteProfile, Source, Task
from records.publishing import Conflict, DaysInvalid, NewDay, Status, TasksInvalid
from records.publishing.checks import REASON_LENGTH
from records.summaries.claims import claims_of, refuted
from records.summaries.facts_of import published_days

TASKS_A_WRITE = 2_000
MEANWHILE = "Somebody else wrote this day in the meantime. Import it again."
NO_DATE = "The day has no date. Give one, such as 2026-04-12."
NOT_KEPT = "The day is stored already, without this address; {} will not lead there unless it is replaced."
STILL_A_DRAFT = "The day is stored already, as a draft, and stays one. Publish it in the admin."
TWICE = "{} comes twice in what is imported. Put its rows together."
NO_CATEGORY = "There is no category “{}” on this site. Make it first, or leave it out."
CLAIM = "The figures say otherwise: {}. Published as it is; mend the text, or keep it and say why."
_LONGEST_VALUE = 60


@dataclass(frozen=True)
class How:
    """What the caller wants: whether a stored day gives way, and why; whether it is published; by whom.

    ``name`` says in the history where the days came from, where they have no path of their own.
    """

    replace: bool = False
    publish: bool = False
    reason: str = ""
    by: User | None = None
    name: str = ""


@dataclass(frozen=True)
class Stored:
    """What became of an imported day: the stored one, how the import differs from it, what is to be told."""

    status: Status
    day: Day | None = None
    differences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Refused(Exception):
    """A day was refused, so nothing of its file is kept."""


def store(day: ImportedDay, how: How = How()) -> Stored:
    """Store one imported day, or say why not; whole or not at all."""
    return store_all([day], how)[0]


def store_all(days: Iterable[ImportedDay], how: How = How()) -> list[Stored]:
    """Store days, a few statements for many: all of them, or none where one is refused.

    Gives what became of each, in their order; those that a refused one takes with it are refused without a
    problem of their own. Days are taken as they come; what the iterable raises is raised, nothing is stored.
    """
    stored: list[Stored] = []
    try:
        with transaction.atomic():
            storing = _Storing(how)
            for batch in _batches(days):
                stored += storing.batch(batch)
            if any(one.status is Status.REFUSED for one in stored):
                raise _Refused
    except _Refused:
        return [not_kept(one) for one in stored]
    return stored


def _batches(days: Iterable[ImportedDay]) -> Iterator[list[ImportedDay]]:
    batch: list[ImportedDay] = []
    tasks = 0
    for day in days:
        batch.append(day)
        tasks += len(day.tasks) + 1
        if tasks >= TASKS_A_WRITE:
            yield batch
            batch, tasks = [], 0
    if batch:
        yield batch


def not_kept(one: Stored) -> Stored:
    """What became of a day of a file of which nothing is kept."""
    kept = one.status in (Status.UNCHANGED, Status.REFUSED)
    return one if kept else replace(one, status=Status.REFUSED, day=None)


class _Storing:
    """The days of one call on their way to the door, some at a time."""

    def __init__(self, how: How) -> None:
        self.how = how
        self.categories = dict(Category.objects.values_list("slug", "id"))
        self.seen: set[date] = set()
        self.now = timezone.now()

    def batch(self, days: Sequence[ImportedDay]) -> list[Stored]:
        """What becomes of some days."""
        standings = _standings([day.date for day in days if day.date])
        done: dict[int, Stored] = {}
        new: dict[int, NewDay] = {}
        for index, day in enumerate(days):
            faults = list(self._faults(day))
            if day.date is None or day.refused or faults:
                done[index] = _refused(day, faults)
            elif day.date in standings:
                done[index] = self._again(day, standings[day.date])
            else:
                new[index] = self._new(day, Day(date=day.date), [Task() for _ in day.tasks])
        if new:
            self._create(days, new, done)
        return [done[index] for index in range(len(days))]

    def _faults(self, day: ImportedDay) -> Iterator[Problem]:
        if day.date is None:
            if not day.refused:
                yield Problem(NO_DATE, column="date")
            return
        if day.date in self.seen:
            yield Problem(TWICE.format(day.date), column="date", value=str(day.date))
        self.seen.add(day.date)
        for task in day.tasks:
            if task.category and task.category not in self.categories:
                reason = NO_CATEGORY.format(task.category)
                yield Problem(reason, task.place, "category", task.category, line=task.line)

    def _new(self, day: ImportedDay, stored: Day, tasks: Sequence[Task], tags: Sequence[str] = ()) -> NewDay:
        """The day with its tasks as the import has them, ready for the door."""
        _set(stored, day_values(day))
        for task, imported in zip(tasks, day.tasks, strict=True):
            _set(task, task_values(imported, self.categories))
        if self.how.publish and stored.status == Day.Status.DRAFT:
            stored.status, stored.published_at = Day.Status.PUBLISHED, self.now
        source = Source(path=day.path or self.how.name or day.form, printed=day.printed())
        return NewDay(stored, tasks, day.tags if brings_tags(day) else tags, source, day.path)

    def _create(self, days: Sequence[ImportedDay], new: dict[int, NewDay], done: dict[int, Stored]) -> None:
        indexes = list(new)
        faults: Mapping[int, Sequence[Problem]] = {}
        try:
            publishing.import_days(list(new.values()), by=self.how.by, reason=self._origin(days[0]))
        except DaysInvalid as invalid:
            faults = {
                indexes[at]: list(_told(fault, days[indexes[at]])) for at, fault in invalid.by_day.items()
            }
        except IntegrityError:
            faults = {index: [Problem(MEANWHILE)] for index in indexes}
        doubts = {} if faults else _doubts([entry.day for entry in new.values()])
        for index, entry in new.items():
            problems = (*days[index].problems, *doubts.get(entry.day.date, ()))
            created = Stored(Status.CREATED, entry.day, problems=problems)
            done[index] = _refused(days[index], faults[index]) if index in faults else created

    def _again(self, day: ImportedDay, standing: Standing) -> Stored:
        changes, address = differences(day, standing, self.categories), new_address(day, standing)
        if not changes and not (address and self.how.replace):
            return Stored(
                Status.UNCHANGED, standing.day, problems=(*day.problems, *self._left(standing, address))
            )
        if address:
            changes = (*changes, f"old address added: {address}")
        if not self.how.replace:
            return Stored(Status.REFUSED, standing.day, changes, day.problems)
        tasks = [kept or Task() for _, kept in pairs(day.tasks, standing.tasks)]
        again = self._new(day, standing.day, tasks, standing.tags)
        try:
            publishing.import_again(
                again,
                expected_version=standing.day.version,
                by=self.how.by,
                reason=self.how.reason or self._origin(day),
            )
        except ValidationError as fault:
            return replace(_refused(day, list(_told(fault, day))), differences=changes)
        except Conflict:
            return replace(_refused(day, [Problem(MEANWHILE)]), differences=changes)
        doubts = _doubts([again.day]).get(again.day.date, ())
        return Stored(Status.REPLACED, standing.day, changes, (*day.problems, *doubts))

    def _left(self, standing: Standing, address: str) -> Iterator[Problem]:
        """What was wanted of a day that is stored already, and is not done."""
        if address:
            yield Problem(NOT_KEPT.format(address), column="path", value=address, severity=Severity.NOTE)
        if self.how.publish and standing.day.status == Day.Status.DRAFT:
            yield Problem(STILL_A_DRAFT, severity=Severity.NOTE)

    def _origin(self, day: ImportedDay) -> str:
        return _short(f"Imported from {self.how.name or day.path or day.form}", REASON_LENGTH)


def _doubts(days: Sequence[Day]) -> dict[date, list[Problem]]:
    """What the prose of public days says against their own figures, by date; of drafts the desk says it.

    An old page is published as its readers know it; the report says what is wrong with it.
    """
    public = [day for day in days if day.status == Day.Status.PUBLISHED and (day.lede or day.analysis)]
    if not public:
        return {}
    site, others = SiteProfile.load(), published_days()
    return {
        day.date: [
            Problem(CLAIM.format(claim.finding.truth), None, claim.field, claim.finding.claim, Severity.DOUBT)
            for claim in refuted(claims_of(day, site, others))
        ]
        for day in public
    }


def _standings(dates: Sequence[date]) -> dict[date | None, Standing]:
    """How the days of some dates are stored, in four queries; days that are not stored are not there."""
    days = list(Day.objects.filter(date__in=dates).prefetch_related("tags"))
    if not days:
        return {}
    tasks = defaultdict(list)
    for task in Task.objects.filter(day__in=[day.date for day in days]).order_by("position", "id"):
        tasks[task.day_id].append(task)
    addresses = defaultdict(set)
    for on, path in OldAddress.objects.filter(day__in=days).values_list("day__date", "path"):
        addresses[on].add(path)
    return {
        day.date: Standing(
            day, tasks[day.date], [tag.name for tag in day.tags.all()], frozenset(addresses[day.date])
        )
        for day in days
    }


def _set(row: Day | Task, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _refused(day: ImportedDay, faults: Sequence[Problem]) -> Stored:
    return Stored(Status.REFUSED, problems=(*day.problems, *faults))


def _told(fault: ValidationError, day: ImportedDay) -> Iterator[Problem]:
    """What the door says, each beside its row, column and value."""
    if isinstance(fault, TasksInvalid):
        for index, of_task in fault.by_row.items():
            task = day.tasks[index]
            for column, message in _messages(of_task):
                value = task.cells.get(column, "") or getattr(task, column, "")
                yield Problem(message, task.place, column, _short(value), line=task.line)
        return
    for column, message in _messages(fault):
        yield Problem(message, column=column, value=_short(getattr(day, column, "")))


def _messages(fault: ValidationError) -> Iterator[tuple[str, str]]:
    by_field = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
    for field, messages in by_field.items():
        for message in messages:
            yield field, message


def _short(value: Any, most: int = _LONGEST_VALUE) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return shortened(text, most)
