"""The list of all tasks as its address describes it: filters, facets with counts, views to begin with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from records.filters import MULTIPLIERS, Choice, Link, TaskFilter, WhatIf, link
from records.filters.fields import NameField, faults
from records.filters.histogram import Histogram, edges_as_recorded, histogram
from records.filters.links import kept
from records.filters.tasks import FACETS
from records.filters.views import Counted, counted_for_views, views_of
from records.leverage import Totals
from records.models import Day, Task
from records.models.bounds import TookTooLong, at_most
from records.models.summary import SummaryQuerySet
from records.models.task import TaskQuerySet
from records.models.walks import ByCategory, ByDay, Order, rows
from records.summaries.coverage import Coverage
from records.summaries.facets import Counts, facet_counts, names_of
from records.summaries.kept import of_state
from records.summaries.reach import Reach
from records.summaries.tasks import Account, Reservations, in_rows
from records.tables.listing import OrderedTasks
from records.tables.walking import Page

AT_ONCE = 10_000  # rows that are counted and summed up without being asked to
FEW = 1_000  # rows that are sorted sooner than found along an index of a long list
MORE = {
    *("supervisory_factor_min", "supervisory_factor_max", "hours_min", "hours_max", "minutes_min"),
    *("minutes_max", "tag", "model", "outcome", "estimated_by", "missing"),
}
OF_DAYS = ("from", "to", "period")  # what summaries of days know as well
FACTOR_RANGE = ("factor_min", "factor_max")
EXACT = "1"
SECONDS, SECONDS_FOR_ALL = 2, 15  # that counting may take by itself, and when all is to be counted
NOTHING = Reservations(sample=False, agent_is_approximate=False, supervision_is_approximate=False)
NOTHING_COUNTED = Account(Totals.of([]), NOTHING, Coverage(0, 0, None))


class HowToCount(forms.Form):
    """Whether all rows are to be counted, however many they are."""

    exact = NameField(known={EXACT: "exactly"}, what="way to count:", required=False)


class FilteredTasks(OrderedTasks):
    """Those of the public tasks that an address asks for.

    Sums and counts are over the first ``AT_ONCE`` tasks, newest first, where more fit and the address
    does not say ``exact``; ``is_open`` tells. A file has to be ``whole``.
    """

    def __init__(self, query: QueryDict, *, whole: bool = False) -> None:
        self.counting = HowToCount(kept(query, ("exact",)))
        self.whole = whole or self.counting["exact"].data == EXACT
        self.in_file = whole
        self.seconds = SECONDS_FOR_ALL if self.whole else SECONDS
        self.views_are_computed = True
        self.everything = tasks = Task.objects.visible()
        most = None if self.whole else AT_ONCE
        self.names = of_state(f"names {most}", lambda: names_of(tasks, Day.objects.visible(), most))
        scenario = WhatIf(query, MULTIPLIERS).scenario
        self.filter = TaskFilter(query, tasks, names=self.names, scenario=scenario)
        super().__init__(query, self.filter.qs)
        self.query = self.filter.state
        self.what_if = WhatIf(self.query, MULTIPLIERS)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return {**faults(self.filter.form), **super().errors, **faults(self.counting)}

    @cached_property
    def order(self) -> Order:
        """The order, along the index of the one category asked for, or of the tasks without one."""
        order, asked = super().order, self.filter.category_ids
        if isinstance(order, ByCategory) and asked:
            return replace(order, ids=tuple(pk for pk in order.ids if pk in asked))
        return replace(order, within="category_id") if len(asked) == 1 else order

    @cached_property
    def read(self) -> TaskQuerySet:
        """The tasks; few among many by their ids, as they were found when they were counted.

        A database that takes them for more would follow the order of the list and look at all the others.
        """
        among_many = self.summaries is None and self.may_be_partial
        if not among_many or self.is_open or self.count > FEW:
            return self.tasks
        return Task.objects.filter(pk__in=list(self.tasks.newest_ids(AT_ONCE)))

    @cached_property
    def page(self) -> Page:
        """The page asked for; with words that many tasks hold, looked for where it would stand."""
        return self._page_of_words() or super().page

    def _page_of_words(self) -> Page | None:
        """A full page of a list by day, downwards, from its head or a place on; ``None`` where it is none."""
        downwards = isinstance(self.order, ByDay) and self.order.descending and "before" not in self.places
        if not self.count or not downwards or self.state.page > 1:
            return None
        key, size = self.places.get("after") or self.places.get("jump"), self.state.per_page
        tasks = self.filter.nearest(key[0] if key else date.max, 3 * size)
        if tasks is None:
            return None
        near = in_rows(tasks)
        found = rows(self.order.beyond(near, key) if key else self.order.parts(near), size + 1)
        if len(found) <= size:
            return None
        earlier = "after" in self.places or (bool(key) and not self._is_first(found[0]))
        return Page(found[:size], earlier=earlier, later=True, number=None if key else 1)

    def _is_first(self, task: Task) -> bool:
        """Whether a task is known to be the first of a list of words."""
        newest = self.filter.nearest(date.max, 3 * self.state.per_page)
        return newest is not None and rows(self.order.parts(newest), 1) == [task]

    # What is counted ----------------------------------------------------------------------------------------

    @property
    def may_be_partial(self) -> bool:
        """Whether there are more tasks than are counted at once."""
        return self.names.more

    def first(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """As many of the tasks as are counted."""
        return tasks.newest(AT_ONCE) if self.may_be_partial else tasks

    @cached_property
    def counted(self) -> TaskQuerySet:
        """The tasks that sums are made of."""
        return self.first(self.tasks)

    @cached_property
    def account(self) -> Account:
        """What is counted adds up to; an empty one where that would take too long."""
        if self.in_file:  # which is whole, or none
            return super().account
        try:
            with at_most(self.seconds):
                return super().account
        except TookTooLong:
            return NOTHING_COUNTED

    @property
    def is_computed(self) -> bool:
        """Whether there are sums and a count at all."""
        return self.account is not NOTHING_COUNTED

    @property
    def count(self) -> int:
        """How many tasks fit, as far as they were counted; at least one page where they were not."""
        return super().count if self.is_computed else self.state.per_page

    @property
    def summaries(self) -> SummaryQuerySet[Any] | None:
        """The summaries that stand for exactly these tasks, as long as nothing is asked of single ones."""
        asked = self.filter.criteria
        if not asked.keys() <= {*OF_DAYS, "category"}:
            return None
        reach = Reach.now()
        kept_of = reach.category_summaries if "category" in asked else reach.summaries
        return kept_of.filter(*asked.values())

    @property
    def is_open(self) -> bool:
        """Whether more tasks may fit than were counted and summed up."""
        is_counted = self.summaries is not None
        return not self.is_computed or (not is_counted and self.may_be_partial and self.count == AT_ONCE)

    @property
    def at_once(self) -> int:
        """Over how many tasks counts go that are not exact."""
        return AT_ONCE

    @property
    def exact_url(self) -> str:
        """The address that counts all of them."""
        return link(self.query, exact=EXACT)

    # What can be chosen -------------------------------------------------------------------------------------

    @cached_property
    def facet_counts(self) -> Counts:
        """How many tasks each value of each facet has under the other filters, and each range of factors."""
        try:
            with at_most(self.seconds):
                return facet_counts(self._facet_sets, edges_as_recorded(Fraction(self.scenario.hours)))
        except TookTooLong:
            return {}

    @property
    def _facet_sets(self) -> dict[tuple[str, ...], TaskQuerySet]:
        """The tasks each facet is counted of: those of the list, but without what is asked of the facet.

        Those that are the same are read once; all tasks of a site an index of the facet counts sooner.
        """
        asked_by = {**{name: (name,) for name in FACETS}, "factor": FACTOR_RANGE}
        asked = self.filter.criteria.keys()
        alike = tuple(name for name in asked_by if not (self.whole or asked & {*asked_by[name]}))
        sets: dict[tuple[str, ...], TaskQuerySet] = {alike: self.counted} if alike else {}
        for name, others in asked_by.items():
            if name not in alike:
                sets[name,] = self.first(self.filter.all_but(*others))
        return sets

    @cached_property
    def facets(self) -> Mapping[str, list[Choice]]:
        """What can be chosen of each facet, with how many tasks it would bring under the other filters."""
        return {name: self.filter.choices(name, self.facet_counts.get(name)) for name in FACETS}

    @property
    def counts_are_computed(self) -> bool:
        """Whether there are counts beside the filters; there are none where they would take too long."""
        return bool(self.facet_counts)

    @cached_property
    def counts_are_partial(self) -> bool:
        """Whether some of the counts beside filters are over the first tasks alone."""
        single = (counts for name, counts in self.facet_counts.items() if name in ("category", "model"))
        return self.may_be_partial and any(sum(counts.values()) == AT_ONCE for counts in single)

    @cached_property
    def histogram(self) -> Histogram | None:
        """The factors under the other filters."""
        low, high = (self.filter.form.cleaned_data.get(name) for name in FACTOR_RANGE)
        return histogram(self.facet_counts.get("factor", {}), self.query, low, high)

    @cached_property
    def views(self) -> list[Link]:
        """Some lists to begin with, whatever is filtered by."""
        try:
            with at_most(self.seconds):
                return views_of(self._counted_for_views, self.names.known, self.what_if)
        except TookTooLong:
            self.views_are_computed = False
            return []

    @property
    def _counted_for_views(self) -> Counted:
        """How many tasks, whatever is filtered by, each of those lists may have."""
        most = AT_ONCE if self.may_be_partial else None
        name, tasks = f"views {most} {self.scenario.hours}", self.first(self.everything)
        return of_state(name, lambda: counted_for_views(tasks, self.scenario))

    @cached_property
    def lacking(self) -> list[Choice]:
        """What a task may lack."""
        return self.filter.choices("missing")

    @cached_property
    def more_filters_apply(self) -> bool:
        """Whether one of the rarer filters is set, rightly or not, so that the form shows them."""
        return any(name in MORE for name in (*self.filter.criteria, *self.filter.errors))

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day asked for."""
        asked = self.filter.form.cleaned_data
        return asked.get("from"), asked.get("to")

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether any filter applies."""
        return bool(self.filter.criteria)
