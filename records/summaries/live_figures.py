"""The figures that a day's prose may show, computed from the same totals as its page.

A figure is computed when it is asked for; other days are read when a name is about them. Which names there
are, ``records.prose`` says.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from django.utils.dateformat import format as formatted

from records import formats, prose
from records.leverage import Totals, median, quotient
from records.models import Day, Task
from records.prose import Figure, Name, NotAName
from records.summaries import around
from records.summaries.groups import Group, category_group, ranked, ranks_group, the_day
from records.summaries.record import RecordSummary
from records.summaries.written import (
    LABELS,
    UNKNOWN,
    of_task,
    of_totals,
    sum_of,
    value_of,
    with_tokens,
)

GONE = "That task is not on this day any more."
NOTHING_BEFORE = "No public day with tasks comes before this one."


class DayFigures(Mapping[str, Figure]):
    """The figures of one day by name; a name that is not in the vocabulary is a ``KeyError``.

    ``base`` is the address of the record's page for links to its parts, empty on that page itself; with
    ``None`` figures link nowhere.
    """

    def __init__(self, summary: RecordSummary, base: str | None = "") -> None:
        self.summary = summary
        self.base = base
        self._known: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self._known:
            try:
                self._known[name] = self._figure(prose.parse(name))
            except NotAName as fault:
                raise KeyError(name) from fault
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        slugs = [part.slug for part in self.summary.categories if part.category]
        return prose.offered(len(self.summary.tasks), slugs)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def task(self, key: str) -> Task | None:
        """The task that prose calls by a position, ``8``, or an id, ``id812``."""
        return self._tasks_by_key.get(key)

    def address(self, key: str) -> str:
        """The page of such a task; empty where it is not on this day, or not stored."""
        task = self.task(key)
        return task.get_absolute_url() if task and task.pk else ""

    @cached_property
    def _tasks_by_key(self) -> dict[str, Task]:
        by_position = {str(number): task for number, task in enumerate(self.summary.tasks, start=1)}
        return by_position | {f"id{task.pk}": task for task in self.summary.tasks if task.pk}

    def _figure(self, name: Name) -> Figure:
        if of_other_days := self._of_other_days.get(name.place):
            return of_other_days(name.figure)
        if name.is_one_task and not name.before:
            return self._of_one(name)
        if not name.place:
            return self._of_day(name.figure)
        group = self._group(name)
        if name.before == "share":
            return self._share(name.figure, group)
        return self._of_group(name.figure, group.without(self.summary.tasks) if name.before else group)

    # The day and its tasks --------------------------------------------------------------------------------

    def _of_one(self, name: Name) -> Figure:
        if name.place == "task":
            task, why = self.task(name.which), GONE
        else:
            tasks = ranked(self.summary.tasks, name.place)
            rank = name.ranks[0]
            task = tasks[rank - 1] if rank <= len(tasks) else None
            why = f"Of this day’s tasks {len(tasks)} can be ranked, so there is no {name.place}.{rank}."
        return of_task(name.figure, task, self._place(f"#t{task.position}")) if task else Figure.none(why)

    def _of_day(self, figure: str) -> Figure:
        if figure == "date":
            return Figure(formatted(self.summary.day.date, "F j"), "The day worked", is_number=False)
        if figure == "tokens":
            sign = "~" if self.summary.tokens_are_approximate else ""
            tokens = formats.quantity(self.summary.tokens)
            if self.summary.tokens is None:
                return Figure.none(UNKNOWN["tokens"], LABELS["tokens"])
            return Figure(f"{sign}{tokens}", "Tokens of the day", self._place("#statistics"))
        return self._of_group(figure, the_day(self.summary.tasks))

    def _group(self, name: Name) -> Group:
        if name.place == "category":
            return category_group(self.summary, name.which)
        if name.place == "task":
            task = self.task(name.which)
            return Group((task,) if task else (), "one task", f"#t{task.position}" if task else "", GONE)
        return ranks_group(self.summary.tasks, name)

    def _of_group(self, figure: str, group: Group) -> Figure:
        if not group.tasks and group.why:
            return Figure.none(group.why)
        if figure.startswith("median_"):
            return self._median(figure.removeprefix("median_"), group)
        return of_totals(figure, group.totals, group.says, self._weeks, self._place(group.href), group.tasks)

    def _median(self, figure: str, group: Group) -> Figure:
        of_one = Task.leverage_factor if figure == "factor" else Task.supervisory_leverage_factor
        value = median(of_one(task) for task in group.tasks)
        if value is None:
            return Figure.none(UNKNOWN[figure])
        text = formats.with_unit(formats.average_factor(value), "×")
        return Figure(text, f"Median of the factors of {group.says}", self._place(group.href))

    def _share(self, figure: str, group: Group) -> Figure:
        if not group.tasks and group.why:
            return Figure.none(group.why)
        part, whole = (sum_of(figure, totals) for totals in (group.totals, self.summary.totals))
        share = quotient(part, whole)
        if share is None:
            return Figure.none(UNKNOWN[figure])
        origin = f"Share of {group.says} in the day’s {LABELS[figure].lower()}"
        return Figure(formats.percent(share), origin, self._place(group.href))

    # Other days -------------------------------------------------------------------------------------------

    @property
    def _of_other_days(self) -> dict[str, Callable[[str], Figure]]:
        return {
            "previous": self._of_previous,
            "change": self._of_change,
            "week": self._of_week,
            "recent": self._of_recent,
        }

    @cached_property
    def before(self) -> Day | None:
        """The public day with tasks before this one."""
        return around.day_before(self.summary.day)

    def _of_previous(self, figure: str) -> Figure:
        day = self.before
        if day is None:
            return Figure.none(NOTHING_BEFORE)
        address = "" if self.base is None else day.get_absolute_url()
        date = self._dated(day)
        if figure == "date":
            return Figure(date, "The public day before", address, is_number=False)
        totals = with_tokens(day.totals(), day.tokens())
        return of_totals(
            figure, totals, f"{date} ({formats.counted(totals.tasks, 'task')})", self._weeks, address
        )

    def _of_change(self, figure: str) -> Figure:
        day = self.before
        if day is None:
            return Figure.none(NOTHING_BEFORE)
        now, then = (
            with_tokens(totals, tokens)
            for totals, tokens in ((self.summary.totals, self.summary.tokens), (day.totals(), day.tokens()))
        )
        new, old = value_of(figure, now), value_of(figure, then)
        if new is None or old is None:
            return Figure.none(UNKNOWN[figure])
        is_factor = figure.endswith("factor")
        written = formats.average_factor(Decimal(new - old)) if is_factor else formats.quantity(new - old)
        text = formats.signed(new - old, f"{written}×" if is_factor else written)
        address = "" if self.base is None else day.get_absolute_url()
        return Figure(text, f"{LABELS[figure]} of this day less those of {self._dated(day)}", address)

    def _of_week(self, figure: str) -> Figure:
        totals = Totals.together((around.week_before(self.summary.day), self.summary.totals))
        says = f"{formats.counted(totals.tasks, 'task')} of this week’s days up to this one"
        return of_totals(figure, totals, says, self._weeks)

    def _of_recent(self, figure: str) -> Figure:
        recent = self.recent
        if not recent.days:
            return Figure.none(f"No public day with tasks lies in the {around.RECENT_DAYS} days before.")
        days = f"public days of the {around.RECENT_DAYS} before"
        says = f"the {recent.days} {days}"
        if figure == "days":
            return Figure(str(recent.days), f"Counted: {days}", count=recent.days)
        if figure.endswith("factor"):
            return of_totals(figure, recent.totals, says, self._weeks)
        average = recent.a_day(sum_of(figure, recent.totals))
        if average is None:
            return Figure.none(UNKNOWN[figure])
        return Figure(formats.one_decimal(average), f"{LABELS[figure]} a day, over {says}")

    @cached_property
    def recent(self) -> around.Recent:
        """The thirty days before this one."""
        return around.recent_days(self.summary.day)

    @property
    def _weeks(self) -> Decimal:
        return self.summary.hours_per_week

    def _dated(self, other: Day) -> str:
        same_year = other.date.year == self.summary.day.date.year
        return formatted(other.date, "F j" if same_year else "F j, Y")

    def _place(self, part: str) -> str:
        return "" if self.base is None or not part else f"{self.base}{part}"
