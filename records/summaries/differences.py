"""Where two snapshots of a day part: its own fields, its prose, its tasks by their ids.

Plain data in, plain data out. A field that one of the two does not have, since it was kept before the field
came to be, is no difference.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from django.utils.dateformat import format as formatted

from records import formats
from records.models import name_in
from records.summaries.wording import KEPT, Piece, rising, word_changes

Snapshot: TypeAlias = Mapping[str, Any]

# What a site keeps for itself, what names a row, and what is compared in another way.
_NOT_COMPARED = frozenset({"id", "position", "tasks", "figures_changed_at", "prose_changed_at"})
FIGURES = ("human_hours", "agent_minutes", "supervisory_minutes", "tokens")  # of a task
_WORDED = frozenset({"lede", "analysis", "description", "left_out", "estimate_basis"})
_LABELS = {"description": "text", "stated_tokens": "total tokens", "published_at": "public from"}
_OF_THE_DAY = {"tokens": "total tokens", "sample": "sample data"}


@dataclass(frozen=True)
class Change:
    """A field that differs, with both values as they are kept."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class TasksBetween:
    """The tasks of two snapshots by their ids: gone, new, and those in both, each in order."""

    removed: Sequence[Snapshot]
    added: Sequence[Snapshot]
    kept: Sequence[tuple[Snapshot, Snapshot]]

    def moved(self) -> set[int]:
        """The ids of those in both that stand before or behind others than they did."""
        order = {old["id"]: place for place, (old, _) in enumerate(sorted(self.kept, key=_old_position))}
        ids = [new["id"] for _, new in self.kept]
        still = {ids[index] for index in rising([order[pk] for pk in ids])}
        return set(ids) - still


def _old_position(pair: tuple[Snapshot, Snapshot]) -> Any:
    return pair[0]["position"]


def same_value(one: Any, other: Any) -> bool:
    """Whether two values of a snapshot are one; a number fresh from a day equals the one that was kept."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same_value, one, other))
    if _is_number(one) and _is_number(other):
        return Decimal(str(one)) == Decimal(str(other))
    return bool(one == other)


def changed(
    before: Snapshot,
    after: Snapshot,
    names: Iterable[str] | None = None,
    same: Callable[[Any, Any], bool] = same_value,
) -> Iterator[Change]:
    """The fields that differ of those that both have, in the order of ``names`` or else of ``after``."""
    for name in after if names is None else names:
        if name in before and name in after and not same(before[name], after[name]):
            yield Change(name, before[name], after[name])


def tasks_between(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> TasksBetween:
    """What became of the tasks from one snapshot to another."""
    old = {task["id"]: task for task in before}
    new = {task["id"]: task for task in after}
    return TasksBetween(
        [task for task in before if task["id"] not in new],
        [task for task in after if task["id"] not in old],
        [(old[task["id"]], task) for task in after if task["id"] in old],
    )


def label_of(name: str) -> str:
    """What a field is called in a sentence."""
    return _LABELS.get(name, name.replace("_", " "))


@dataclass(frozen=True)
class Words:
    """How values are written: the names of categories by their slugs, and the author's time zone."""

    categories: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo | None = None

    def written(self, name: str, value: Any) -> str:
        """A value as tables write it; a dash for what is unknown or blank."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if _is_number(value):
            return formats.figure(name, Decimal(str(value)))
        if isinstance(value, list | tuple):
            return ", ".join(self.written("", each) for each in value) or formats.DASH
        if isinstance(value, Mapping):
            return " ".join(self.written("", each) for each in value.values())
        if name == "published_at" and value:
            return formatted(datetime.fromisoformat(value).astimezone(self.zone), "F j, Y, H:i")
        text = self.categories.get(value, value) if name == "category" and value else value
        return str(text) if text else formats.DASH


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, for people: what it is called, what it was, what it became."""

    label: str
    change: Change
    words: Words

    @property
    def was(self) -> str:
        """The earlier value, written."""
        return self.words.written(self.change.name, self.change.before)

    @property
    def became(self) -> str:
        """The later value, written."""
        return self.words.written(self.change.name, self.change.after)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The words that stay, went and came; none for what is no running text, or is blank on one side."""
        is_text = self.change.name in _WORDED and self.change.before and self.change.after
        return word_changes(self.change.before, self.change.after) if is_text else []

    @property
    def only_blanks(self) -> bool:
        """Whether no word differs."""
        return bool(self.pieces) and all(piece.kind == KEPT for piece in self.pieces)


@dataclass(frozen=True)
class TaskChange:
    """A task that came, went, moved or changed: ``what`` says which, in a word."""

    what: str
    task: Snapshot
    words: Words
    fields: Sequence[FieldChange] = ()
    was_at: int | None = None

    @property
    def name(self) -> str:
        """The name of the task, as the later of the two has it."""
        return str(self.task["name"] or name_in(self.task["description"]))

    @property
    def figures(self) -> str:
        """Its known figures in a line."""
        known = [name for name in FIGURES if self.task.get(name) is not None]
        return " · ".join(f"{label_of(name)} {self.words.written(name, self.task[name])}" for name in known)


@dataclass(frozen=True)
class Differences:
    """Everything in which two snapshots part; nothing when it is false."""

    fields: Sequence[FieldChange]
    tasks: Sequence[TaskChange]

    def __bool__(self) -> bool:
        return bool(self.fields or self.tasks)

    def summary(self) -> str:
        """All of it in a line: ``3 tasks changed, 1 task added, lede``; blank for no difference."""
        counts = {
            "changed": sum(task.what == "changed" for task in self.tasks),
            "added": sum(task.what == "added" for task in self.tasks),
            "removed": sum(task.what == "removed" for task in self.tasks),
            "moved": sum(task.was_at is not None for task in self.tasks),
        }
        said = [f"{formats.counted(count, 'task')} {what}" for what, count in counts.items() if count]
        return ", ".join([*said, *(change.label for change in self.fields)])


def differences(before: Snapshot, after: Snapshot, words: Words = Words()) -> Differences:
    """Where the later of two snapshots parts from the earlier."""
    return Differences(
        [
            FieldChange(_OF_THE_DAY.get(change.name, label_of(change.name)), change, words)
            for change in _compared(before, after)
        ],
        list(_task_changes(tasks_between(before["tasks"], after["tasks"]), words)),
    )


def _compared(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    return changed(before, after, [name for name in after if name not in _NOT_COMPARED])


def _task_changes(between: TasksBetween, words: Words) -> Iterator[TaskChange]:
    moved = between.moved()
    for old, new in between.kept:
        fields = [FieldChange(label_of(each.name), each, words) for each in _compared(old, new)]
        was_at = old["position"] if new["id"] in moved else None
        if fields or was_at is not None:
            yield TaskChange("changed" if fields else "moved", new, words, fields, was_at)
    yield from (TaskChange("added", task, words) for task in between.added)
    yield from (TaskChange("removed", task, words) for task in between.removed)


def _is_number(value: Any) -> bool:
    return isinstance(value, Decimal | int | float) and not isinstance(value, bool)
