"""A day of an archive as it would be stored: its rows made, checked, and told from what is stored."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from records import prose
from records.exporters import schema
from records.exporters.schema import Part
from records.exporters.snapshot import DAY_FIELDS, TASK_FIELDS
from records.formats import shortened
from records.models import Correction, Day, Revision, Source, Tag, Task
from records.publishing.checks import TasksInvalid, check_moment, check_whole, refuse_nul
from records.summaries.differences import changed

# Added when revisions had been given out already: older ones lack it.
_LATER = ("prose_changed_at", "kept_claims")
_SNAPSHOT = ("date", "tokens", "tags", "tasks", *(name for name in DAY_FIELDS if name not in _LATER))
_SNAPSHOT_OF_TASK = ("id", "position", "category", *TASK_FIELDS)
LARGEST_ID = 2**53  # beyond it programs that read JSON lose digits, and a database soon has no next id
# What a site keeps for itself: an archive sets it on days that are new, and makes no difference by it.
_KEPT_BY_THE_SITE = ("id", "version", "created_at", "updated_at", "figures_changed_at", "prose_changed_at")


Columns = Mapping[str, str]  # the column of a model by the name of the archive's field


class ArchiveInvalid(ValidationError):
    """Something in an archive breaks a rule; its text names the day, the field and what ``row`` has there."""

    def __init__(self, where: str, fault: ValidationError | str, row: Model | None = None) -> None:
        super().__init__(f"{where}: {fault if isinstance(fault, str) else _in_words(fault, row)}")


def _columns(model: type[Model], part: Part) -> Columns:
    own = {column.name for column in model._meta.concrete_fields}
    return {described.name: described.source for described in part if described.source in own}


_DAY = _columns(Day, schema.DAYS)
_TASK = _columns(Task, schema.TASKS)
_CALLED = {column: name for name, column in _DAY.items()}
_SOURCE = _columns(Source, schema.SOURCE)
_REVISION = _columns(Revision, schema.REVISIONS)
_CORRECTION = _columns(Correction, schema.CORRECTIONS)


@dataclass
class ArchivedDay:
    """A day of an archive, its rows not stored yet; ``values`` is what the archive says."""

    values: Mapping[str, Any]
    day: Day
    tasks: list[Task]
    tags: list[Tag]
    source: Source | None
    revisions: list[Revision] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def rows(self) -> list[Task | Source | Revision | Correction]:
        """Everything that belongs to the day."""
        source = [self.source] if self.source else []
        return [*self.tasks, *source, *self.revisions, *self.corrections]


def filled(columns: Columns, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that an object of the archive fills; what is absent keeps its default."""
    return {column: values[name] for name, column in columns.items() if name in values}


def read_day(
    values: Mapping[str, Any],
    categories: Mapping[str, int],
    tags: Mapping[str, Tag],
    names: Mapping[str, str],
) -> ArchivedDay:
    """The rows of a day, each checked as the door checks it; raises ``ArchiveInvalid``.

    ``names`` are those that must not be public.
    """
    on = values["date"].isoformat()
    day = Day(**filled(_DAY, values))
    source = values.get("source")
    archived = ArchivedDay(
        values,
        day,
        [_task(task, at, categories) for at, task in enumerate(values.get("tasks", ()), start=1)],
        [tags[name] for name in values.get("tags", ())],
        Source(day=day, **filled(_SOURCE, source)) if source else None,
    )
    _read_history(archived, on)
    _check(archived, on, names)
    return archived


def read_revision(day: Day | None, values: Mapping[str, Any], where: str) -> Revision:
    """A revision as it was kept; raises ``ArchiveInvalid`` for one that the site could not show."""
    dated = {"date": day.date} if day else {}
    revision = Revision(day=day, **(dated | filled(_REVISION, values)))
    where = f"{where}, revision {revision.number}"
    checked(revision, where, exclude={"day", "snapshot"})
    _check_snapshot(revision.snapshot, where)
    return revision


def checked(row: Model, where: str, exclude: set[str] | None = None) -> None:
    """Raise ``ArchiveInvalid`` unless the row's own fields may be stored; what was rounded is rounded."""
    _check_id(row, where)
    try:
        refuse_nul(row)
        row.clean_fields(exclude={*(exclude or ()), "id"})
        row.clean()
    except ValidationError as fault:
        raise ArchiveInvalid(where, fault, row) from None


def columns_said(archived: ArchivedDay) -> list[str]:
    """The columns of the day's own row on which the archive has a say."""
    return [
        column for name, column in _DAY.items() if name in archived.values and name not in _KEPT_BY_THE_SITE
    ]


def differences(archived: ArchivedDay, stored: Day, tasks: Sequence[Task], tags: Sequence[Tag]) -> list[str]:
    """Where the archive and the stored day part, in words; what the archive does not say is no difference."""
    found = list(_differing(archived.day, _by_position(stored, tasks), _DAY, archived.values))
    if "tags" in archived.values and {tag.pk for tag in archived.tags} != {tag.pk for tag in tags}:
        found.append(_said("tags", sorted(map(str, tags)), sorted(map(str, archived.tags))))
    if "tasks" in archived.values:
        found += _differing_tasks(archived, tasks)
    if archived.source and "source" in archived.values:
        found += _differing_source(archived.source, stored)
    return found


def _by_position(stored: Day, tasks: Sequence[Task]) -> Day:
    """The stored day with the tasks in its prose named by position, as in an archive."""
    keys = {f"id{task.pk}": str(task.position) for task in tasks}
    shown = copy(stored)
    shown.lede, shown.analysis = (prose.renamed(text, keys) for text in (stored.lede, stored.analysis))
    return shown


def _differing_tasks(archived: ArchivedDay, stored: Sequence[Task]) -> Iterator[str]:
    if len(archived.tasks) != len(stored):
        yield _said("number of tasks", len(stored), len(archived.tasks))
    pairs = zip(archived.tasks, stored, archived.values["tasks"], strict=False)
    for position, (new, old, values) in enumerate(pairs, start=1):
        said = _differing(new, old, _TASK, values)
        yield from (f"task {position}, {difference}" for difference in said)
        if "category" in values and new.category_id != old.category_id:
            slug = old.category.slug if old.category else None
            yield f"task {position}, {_said('category', slug, values['category'])}"


def _differing_source(new: Source, stored: Day) -> Iterator[str]:
    old = Source.objects.filter(day=stored).first()
    if old is None or (old.path, old.printed) != (new.path, new.printed):
        yield _said("source", old.path if old else None, new.path)


def _differing(new: Model, old: Model, columns: Columns, values: Mapping[str, Any]) -> Iterator[str]:
    compared = {
        name: column for name, column in columns.items() if name in values and name not in _KEPT_BY_THE_SITE
    }
    here, there = ({name: getattr(row, column) for name, column in compared.items()} for row in (old, new))
    for each in changed(here, there):
        yield _said(each.name, each.before, each.after)


def _said(name: str, here: Any, there: Any) -> str:
    return f"{name}: {_shown(here)} here, {_shown(there)} in the archive"


def _shown(value: Any) -> str:
    return shortened("nothing" if value in (None, "", []) else str(value), 60)


def _task(values: Mapping[str, Any], position: int, categories: Mapping[str, int]) -> Task:
    slug = values.get("category")
    category_id = categories[slug] if slug else None
    return Task(**({"position": position} | filled(_TASK, values)), category_id=category_id)


def _read_history(archived: ArchivedDay, on: str) -> None:
    day = archived.day
    archived.revisions = [read_revision(day, values, on) for values in archived.values.get("revisions", ())]
    by_number = {revision.number: revision for revision in archived.revisions}
    if len(by_number) != len(archived.revisions):
        raise ArchiveInvalid(on, "two revisions have one number.")
    for at, values in enumerate(archived.values.get("corrections", ()), start=1):
        correction = Correction(day=day, **filled(_CORRECTION, values))
        correction.revision = by_number.get(values.get("revision"))
        checked(correction, f"{on}, correction {at}", exclude={"day", "revision"})
        archived.corrections.append(correction)
    latest = max(by_number, default=1)
    day.version = archived.values.get("version", latest)
    if day.version < latest:
        raise ArchiveInvalid(on, f"version is {day.version}, though there is a revision {latest}.")


def _check(archived: ArchivedDay, on: str, names: Mapping[str, str]) -> None:
    day = archived.day
    checked(day, on)
    try:
        check_moment(day)
        check_whole(day, [tag.name for tag in archived.tags], archived.tasks, names)
    except TasksInvalid as faults:
        row, fault = next(iter(faults.by_row.items()))
        raise ArchiveInvalid(f"{on}, task {row + 1}", fault, archived.tasks[row]) from None
    except ValidationError as fault:
        raise ArchiveInvalid(on, fault, day) from None
    _check_ids(archived.tasks, on)
    if archived.source:
        # What was pasted came from no file, and a page may print no sums.
        empty = {name for name in ("path", "printed") if not getattr(archived.source, name)}
        checked(archived.source, f"{on}, source", exclude={"day", *empty})


def _check_ids(tasks: Sequence[Task], on: str) -> None:
    ids = [pk for pk in (getattr(task, "pk", None) for task in tasks) if pk is not None]
    for at, task in enumerate(tasks, start=1):
        _check_id(task, f"{on}, task {at}")
    if len(ids) != len(set(ids)):
        raise ArchiveInvalid(on, "two of its tasks have one id. Take one of them away.")


def _check_id(row: Model, where: str) -> None:
    if row.pk is not None and not 1 <= row.pk <= LARGEST_ID:
        raise ArchiveInvalid(where, f"{row.pk} is no id. Ids are whole numbers from 1.")


def _check_snapshot(snapshot: Mapping[str, Any], where: str) -> None:
    """What every reader of revisions counts on: all fields of schema 1, and a moment where it was public."""
    tasks = snapshot.get("tasks")
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ArchiveInvalid(where, "its snapshot has no list of “tasks”.")
    absent = [name for name in _SNAPSHOT if name not in snapshot]
    absent += [name for task in tasks for name in _SNAPSHOT_OF_TASK if name not in task]
    if absent:
        raise ArchiveInvalid(where, f"its snapshot has no “{absent[0]}”.")
    if snapshot["status"] == Day.Status.PUBLISHED and not _is_moment(snapshot["published_at"]):
        raise ArchiveInvalid(
            where, "its snapshot is published, at no moment such as 2026-04-13T08:10:00+00:00."
        )


def _is_moment(text: Any) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _in_words(fault: ValidationError, row: Model | None) -> str:
    if not hasattr(fault, "error_dict"):
        return " ".join(fault.messages)
    return " ".join(f"{_has(row, name)}: {' '.join(said)}" for name, said in fault.message_dict.items())


def _has(row: Model | None, name: str) -> str:
    """The field as the archive calls it, with what stands there: ``human_hours is -8``."""
    value, called = vars(row).get(name) if row else None, _CALLED.get(name, name)
    return called if value in (None, "") else f"{called} is {_shown(value)}"
