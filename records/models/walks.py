"""Orders of tasks as walks along an index: from any task on, forwards or back.

A walk has parts, each of which an index gives without sorting: figures that are known and then those that
are not, or one category after the other. A page asks for the first part, and for the next one only where it
crosses the border between them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import ForeignObjectRel, GeneratedField, Q

from records.models.conditions import Further

if TYPE_CHECKING:
    from records.models.task import Task, TaskQuerySet

MOST_ID, MOST_POSITION = 2**63 - 1, 2**31 - 1
Key: TypeAlias = tuple[Any, ...]  # where a task stands in an order; its id comes last


@dataclass(frozen=True)
class Order(ABC):
    """An order of tasks; null last both ways, ties by id in the direction of the order.

    ``backwards`` walks it from its end to its beginning. ``within`` names a column that all tasks have alike,
    as those without a category do: PostgreSQL takes an index that begins with it only if it is told.
    """

    by: str
    descending: bool
    backwards: bool = False
    within: str = ""

    def turned(self) -> Self:
        """The same order walked the other way."""
        return replace(self, backwards=not self.backwards)

    @property
    def falls(self) -> bool:
        """Whether the column goes down on the way."""
        return self.descending != self.backwards

    @abstractmethod
    def key(self, task: "Task") -> Key:
        """Where a task stands."""

    @abstractmethod
    def read(self, key: Sequence[Any]) -> Key:
        """A key as somebody else hands it on; ``ValueError`` or ``TypeError`` for what is none."""

    @abstractmethod
    def parts(self, tasks: "TaskQuerySet") -> "Iterator[TaskQuerySet]":
        """All of the tasks, a part after the other."""

    @abstractmethod
    def beyond(self, tasks: "TaskQuerySet", key: Key) -> "Iterator[TaskQuerySet]":
        """Those of the tasks that come after a place, a part after the other."""


@dataclass(frozen=True)
class ByDay(Order):
    """By day, each as it was logged, whichever way the days go; a key is day, position and id."""

    def key(self, task: "Task") -> Key:
        """Where a task stands."""
        return task.day_id, task.position, task.pk

    def read(self, key: Sequence[Any]) -> Key:
        """A key as somebody else hands it on."""
        day, position, pk = key
        return date.fromisoformat(day), _whole(position, MOST_POSITION), _whole(pk)

    def parts(self, tasks: "TaskQuerySet") -> "Iterator[TaskQuerySet]":
        """All of the tasks in one part."""
        alike = _signed(self.backwards, self.within) if self.within else ()
        logged = _signed(self.backwards, "position", "id")
        yield tasks.order_by(*alike, *_signed(self.falls, "day_id"), *logged)

    def beyond(self, tasks: "TaskQuerySet", key: Key) -> "Iterator[TaskQuerySet]":
        """Those after a place in one part: the rest of its day, which comes first, and the days beyond."""
        day, position, pk = key
        later = "lt" if self.backwards else "gt"
        rest = Q(**{f"position__{later}": position}) | Q(position=position, **{f"id__{later}": pk})
        further = "lt" if self.falls else "gt"
        within = Q(**{f"day__{further}e": day}) & (Q(**{f"day__{further}": day}) | rest)
        return self.parts(tasks.filter(within))


@dataclass(frozen=True)
class ByFigure(Order):
    """By a figure that may be unknown and is never negative; a key is the figure and the id."""

    def key(self, task: "Task") -> Key:
        """Where a task stands."""
        return getattr(task, self.by), task.pk

    def read(self, key: Sequence[Any]) -> Key:
        """A key as somebody else hands it on."""
        figure, pk = key
        return None if figure is None else _figure(self.by, figure), _whole(pk)

    def parts(self, tasks: "TaskQuerySet") -> "Iterator[TaskQuerySet]":
        """The known ones, then the unknown ones."""
        ways = [self._known(tasks), self._unknown(tasks)]
        yield from reversed(ways) if self.backwards else ways

    def beyond(self, tasks: "TaskQuerySet", key: Key) -> "Iterator[TaskQuerySet]":
        """The rest of the equal ones, which may be many, the known ones beyond, and then the unknown ones."""
        figure, pk = key
        equal = Q(**{f"id__{self._further}": pk})
        if figure is None:
            yield self._unknown(tasks.filter(equal))
        elif connections[tasks.db].vendor == "sqlite":  # which finds no row by the second of two columns
            yield self._along(tasks.filter(equal, **{self.by: figure}))
            yield self._along(tasks.filter(**{f"{self.by}__{self._further}": figure}))
        else:
            yield self._along(tasks.filter(Further(self.by, "<" if self.falls else ">", figure, pk)))
        if (figure is None) == self.backwards:
            yield self._known(tasks) if self.backwards else self._unknown(tasks)

    @property
    def _further(self) -> str:
        return "lt" if self.falls else "gt"

    def _known(self, tasks: "TaskQuerySet") -> "TaskQuerySet":
        # A range and not "is not null", which SQLite does not look up in an index.
        return self._along(tasks.filter(**{f"{self.by}__gte": 0}))

    def _unknown(self, tasks: "TaskQuerySet") -> "TaskQuerySet":
        return self._along(tasks.filter(**{f"{self.by}__isnull": True}))

    def _along(self, tasks: "TaskQuerySet") -> "TaskQuerySet":
        # By the column also where it is the same for all: PostgreSQL takes the index by that.
        alike = [self.within] if self.within else []
        return tasks.order_by(*_signed(self.falls, *alike, self.by, "id"))


@dataclass(frozen=True)
class ByCategory(Order):
    """By category; a key is the id of the category and that of the task.

    ``ids`` are those of the categories in the order of their names, ``None`` for tasks without one last.
    """

    ids: tuple[int | None, ...] = (None,)

    def key(self, task: "Task") -> Key:
        """Where a task stands."""
        return task.category_id, task.pk

    def read(self, key: Sequence[Any]) -> Key:
        """A key as somebody else hands it on; a category that is gone is none."""
        category, pk = key
        if category not in self.ids:
            raise ValueError(category)
        return category, _whole(pk)

    def parts(self, tasks: "TaskQuerySet") -> "Iterator[TaskQuerySet]":
        """One category after the other."""
        return self._each(tasks, self._ways())

    def beyond(self, tasks: "TaskQuerySet", key: Key) -> "Iterator[TaskQuerySet]":
        """The rest of the category, then the others."""
        category, pk = key
        ways = self._ways()
        place = ways.index(category)
        further = "lt" if self.falls else "gt"
        yield from self._each(tasks.filter(**{f"id__{further}": pk}), ways[place : place + 1])
        yield from self._each(tasks, ways[place + 1 :])

    def _ways(self) -> list[int | None]:
        named = [pk for pk in self.ids if pk is not None]
        ways = [*(reversed(named) if self.descending else named), *([None] if None in self.ids else [])]
        return ways[::-1] if self.backwards else ways

    def _each(self, tasks: "TaskQuerySet", ways: Sequence[int | None]) -> "Iterator[TaskQuerySet]":
        for category in ways:
            which = Q(category__isnull=True) if category is None else Q(category=category)
            yield tasks.filter(which).order_by(*_signed(self.falls, "category_id", "id"))


def rows(parts: "Iterable[TaskQuerySet]", most: int, skip: int = 0) -> "list[Task]":
    """The first rows of a walk, after so many that are left out; asks for no part that it can do without."""
    found: list[Task] = []
    for part in parts:
        here = list(part[skip : skip + most - len(found)])
        found += here
        if len(found) == most:
            break
        skip = 0 if here or not skip else skip - part[:skip].count()
    return found


def _signed(falls: bool, *columns: str) -> tuple[str, ...]:  # noqa: FBT001 - which way, said by its name
    return tuple(f"{'-' if falls else ''}{column}" for column in columns)


def _whole(value: Any, most: int = MOST_ID) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(value)
    return value


def _figure(column: str, value: Any) -> Any:
    """A figure as the column has it, of which a string says a decimal with its own digits."""
    from records.models.task import Task  # which is made of this module

    field = Task._meta.get_field(column)
    if isinstance(field, ForeignObjectRel):
        raise TypeError(column)
    if isinstance(field, GeneratedField):
        if type(value) is not float or not isfinite(value) or value < 0:
            raise ValueError(value)
        return value
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise ValueError(value) from error
