"""The days and tasks that a query finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Value
from django.db.models.query import QuerySet

from records.models import Day, Task
from records.search import lookups  # noqa: F401 - tasks and days learn what ``pk__holds`` means
from records.search.categories import chosen
from records.search.excerpts import Excerpt, excerpt, marked, of_prose, of_task
from records.search.index import backend
from records.search.index.searched import Key
from records.search.query import Query, read
from records.search.wanted import Place
from records.summaries.in_short import figure_in_short
from records.summaries.tasks import listed

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
MOST = 1_000  # results; whoever wants more wants another query
MOST_SAID = 4


@dataclass(frozen=True)
class Found:
    """A day or a task that was found: its title and an excerpt of its texts, both marked."""

    row: Day | Task
    title: Excerpt
    text: Excerpt

    @property
    def is_day(self) -> bool:
        """Whether it is a day."""
        return isinstance(self.row, Day)

    @property
    def sample(self) -> bool:
        """Whether it is made up; of a task its day's word, which ``listed`` brings along."""
        return bool(getattr(self.row, "sample", False))


@dataclass(frozen=True)
class _Place:
    """Where a result stands: days found by their title first, then the newest, a day before its tasks."""

    by_title: bool
    key: Key
    is_day: bool

    @property
    def order(self) -> tuple[bool, int, bool, int, int]:
        on, position, pk = self.key
        return (not self.by_title, -on.toordinal(), not self.is_day, position, pk)


class Results:
    """What a text finds among the public days and tasks, newest first, at most ``MOST``.

    Counting reads keys alone; rows are fetched for the page shown.
    """

    def __init__(self, text: str, at: datetime | None = None) -> None:
        """``at`` is the moment at which a day must be public, now by default."""
        self.query: Query = read(text)
        self.days, self.tasks = Day.objects.visible(at), Task.objects.visible(at)
        self.categories = chosen(self.query.categories, self.tasks)
        self.other_categories = chosen(self.query.other_categories, self.tasks)

    @property
    def faults(self) -> list[str]:
        """What could not be read, in words, each thing once."""
        said = [*self.query.faults, *self.categories.faults, *self.other_categories.faults]
        faults = list(dict.fromkeys(said))
        return faults if len(faults) <= MOST_SAID else [*faults[:MOST_SAID], "More of it could not be read."]

    @property
    def asks(self) -> bool:
        """Whether something is looked for at all."""
        return self.query.says_something or self.asks_for_tasks

    @property
    def asks_for_tasks(self) -> bool:
        """Whether it asks for what a day does not have."""
        return bool(self.categories.ids or self.other_categories.ids or self.query.bounds)

    @cached_property
    def places(self) -> list[_Place]:
        """All results in their order, and one more where there are more."""
        if not self.asks:
            return []
        found = [*self._found_tasks(), *([] if self.asks_for_tasks else self._found_days())]
        return sorted(found, key=lambda place: place.order)[: MOST + 1]

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than are counted."""
        return len(self.places) > MOST

    @property
    def count(self) -> int:
        """How many results there are, at most ``MOST``."""
        return min(len(self.places), MOST)

    def page(self, start: int, end: int) -> list[Found]:
        """The results from one place up to another, with what a page shows of them; at most two queries."""
        places = self.places[start : min(end, MOST)]
        tasks = listed(self.tasks).in_bulk([place.key[2] for place in places if not place.is_day])
        ids = [place.key[2] for place in places if place.is_day]
        days = self.days.with_totals().select_related("summary").in_bulk(ids) if ids else {}
        rows = ((days if place.is_day else tasks).get(place.key[2]) for place in places)
        return [self._shown(row) for row in rows if row is not None]

    def _shown(self, row: Day | Task) -> Found:
        phrases = self.query.wanted.every
        if isinstance(row, Day):
            figure = partial(figure_in_short, row)
            texts = [of_prose(text, figure) for text in (row.lede, row.analysis, row.left_out)]
            return Found(row, marked(row.full_title, phrases), excerpt(texts, phrases))
        return Found(row, marked(of_task(row.title), phrases), excerpt([of_task(row.detail)], phrases))

    def _found_tasks(self) -> Iterator[_Place]:
        rows = _within(self.tasks, "day", self.query)
        if self.categories.ids:
            rows = rows.filter(self.categories.q())
        if self.other_categories.ids:
            rows = rows.exclude(self.other_categories.q())
        for bound in self.query.bounds:
            rows = rows.filter(**{f"{bound.column}__{bound.lookup}": float(bound.number)})
        keys = rows.in_log_order().values_list("day_id", "position", "pk")
        found = self._newest(keys, Place.ANYWHERE)
        yield from (_Place(by_title=False, key=key, is_day=False) for key in found)

    def _found_days(self) -> Iterator[_Place]:
        days = _within(self.days, "date", self.query).annotate(position=Value(0)).newest_first()
        keys = days.values_list("date", "position", "pk")
        for place in (Place.TITLE, Place.BEYOND_TITLE) if self.query.every else (Place.BEYOND_TITLE,):
            by_title = place is Place.TITLE
            yield from (_Place(by_title=by_title, key=key, is_day=True) for key in self._newest(keys, place))

    def _newest(self, keys: QuerySet[Any, Any], place: Place) -> list[Key]:
        return backend(connections[keys.db]).newest(keys, self.query.wanted, place, MOST + 1)


def _within(rows: Rows, date: str, query: Query) -> Rows:
    """Those of the rows whose day lies within what was asked for."""
    if query.first:
        rows = rows.filter(**{f"{date}__gte": query.first})
    return rows.filter(**{f"{date}__lte": query.last}) if query.last else rows
