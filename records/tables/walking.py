"""Pages of a list of any length: by number at its head, and from there on by the place where a page ends."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from django.http import QueryDict

from records.filters import Place, WalkState, link
from records.filters.places import no_place
from records.models import Task
from records.models.task import TaskQuerySet
from records.models.walks import Key, Order, rows
from records.tables.base import PageLink, page_links, size_links

NUMBERED = 1_000  # rows on pages that have numbers
NOTHING_BEYOND = "Nothing comes after this place; these are the last rows."


@dataclass(frozen=True)
class Page:
    """Rows of a list, whether there are some before and after, and the page's number if it has one."""

    tasks: list[Task]
    earlier: bool
    later: bool
    number: int | None = None


def places_in(state: WalkState, order: Callable[[], Order]) -> dict[str, Key]:
    """The places of an address by name; what is none of this order is said in the state, and left aside."""
    found: dict[str, Key] = {}
    for name in ("after", "before"):
        place = state.place(name)
        try:
            if place and place.sort != state.sort:
                raise ValueError(place.sort)
            if place:
                found[name] = order().read(place.key)
        except (TypeError, ValueError):
            state.add_error(name, no_place(state[name].data))
    if state.day and order().by == "date":
        found["jump"] = (state.day, 0, 0)
    elif state.day:
        state.add_error("jump", "This list is not in the order of days. Sort it by day first.")
    return found


@dataclass(frozen=True)
class Walk:
    """A list of tasks in an order, to be turned to the page that an address asks for.

    ``places`` are those of ``places_in``, ``numbers`` says how many pages have one.
    """

    tasks: TaskQuerySet
    order: Order
    state: WalkState
    places: Mapping[str, Key]
    numbers: int

    def page(self) -> Page:
        """The page; why it is another than was asked for is said in the state."""
        found = None
        if "before" in self.places:
            found = self._before(self.places["before"])
        elif "after" in self.places:
            found = self._after(self.places["after"], "after", earlier=True)
        elif "jump" in self.places:
            key = self.places["jump"]
            earlier = rows(self.order.turned().beyond(self.tasks, key), 1)
            found = self._after(key, "jump", earlier=bool(earlier))
        return found or self._numbered()

    def _before(self, key: Key) -> Page | None:
        """The page that ends before a place; none at the head of the list, which is a page with a number."""
        size = self.state.per_page
        found = rows(self.order.turned().beyond(self.tasks, key), size + 1)
        return Page(found[size - 1 :: -1], earlier=True, later=True) if len(found) > size else None

    def _after(self, key: Key, name: str, *, earlier: bool) -> Page:
        """The page that begins after a place; the last one, and why, where nothing does."""
        size = self.state.per_page
        found = rows(self.order.beyond(self.tasks, key), size + 1)
        if found:
            return Page(found[:size], earlier=earlier, later=len(found) > size)
        self.state.add_error(name, NOTHING_BEYOND)
        last = rows(self.order.turned().parts(self.tasks), size + 1)
        return Page(last[:size][::-1], earlier=len(last) > size, later=False)

    def _numbered(self) -> Page:
        """The page of a number; the last one that has a number, and how to go on, where there is none."""
        number, size = self.state.page, self.state.per_page
        if number > self.numbers:
            number = self.numbers
            self.state.beyond(number, more=number * size >= NUMBERED)
        found = rows(self._parts(), size + 1, skip=(number - 1) * size)
        return Page(found[:size], earlier=number > 1, later=len(found) > size, number=number)

    def _parts(self) -> Iterable[TaskQuerySet]:
        # A short list of many categories in one query: sorting it takes less than asking for each.
        if self.order.by == "category" and self.numbers * self.state.per_page < NUMBERED:
            return [self.tasks.ranked(self.order.by, descending=self.order.descending)]
        return self.order.parts(self.tasks)


@dataclass(frozen=True)
class Turns:
    """The links below a page: to the one before, to the next, to those with numbers, to other sizes.

    ``beside`` is what a form that goes to a day has to send along, where the list is ``by_day``.
    """

    previous: str
    next: str
    pages: list[PageLink]
    sizes: list[PageLink]
    by_day: bool
    beside: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.previous or self.next or self.sizes or len(self.pages) > 1)


def numbered(count: int, per_page: int) -> int:
    """How many pages of a list have numbers."""
    return max(ceil(min(count, NUMBERED) / per_page), 1)


def turns_of(page: Page, walk: Walk, query: QueryDict, count: int) -> Turns:
    """The links below a page of so many rows; they keep the rest of the address."""
    state, order = walk.state, walk.order
    first, last = (str(Place(state.sort, order.key(task))) for task in (page.tasks[0], page.tasks[-1]))
    return Turns(
        previous=link(query, before=first) if page.earlier else "",
        next=link(query, after=last) if page.later else "",
        pages=page_links(query, page.number, walk.numbers),
        sizes=size_links(query, state.per_page, count),
        by_day=order.by == "date",
        beside=[(name, value) for name, values in query.lists() for value in values],
    )
