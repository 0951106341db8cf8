"""Tasks in lists and beside their neighbours."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Aggregate, Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from records.leverage import Totals
from records.models import Day, FigureSource, Task
from records.models.sums import totals_expressions
from records.models.task import TaskQuerySet
from records.summaries.coverage import Coverage

# What a row of a list shows, or a scenario changes of it; with both factors, by which lists go on.
SHOWN = (
    *("day_id", "position", "name", "description", "category__name", "category__slug"),
    *("human_hours", "estimate_low", "agent_minutes", "supervisory_minutes", "tokens"),
    *("agent_minutes_source", "supervisory_minutes_source", "tokens_source"),
    *("factor", "supervisory_factor"),
)


@dataclass(frozen=True)
class Neighbours:
    """The tasks of the same category logged just before and just after one."""

    previous: Task | None
    next: Task | None


def listed(tasks: TaskQuerySet) -> TaskQuerySet:
    """The tasks with all that a row shows, ``sample`` of their day included, and without the day's prose."""
    # As a value of the day's and not as "exists", for which PostgreSQL would first find all days of samples.
    of_sample_day = Subquery(Day.objects.filter(date=OuterRef("day_id")).values("sample"))
    return tasks.select_related("category").annotate(sample=of_sample_day)


def in_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """The tasks with what a row of a page shows, and no more: the rest takes longer to read than to find."""
    return tasks.select_related("category").only(*SHOWN)


@dataclass(frozen=True)
class Reservations:
    """What has to be said beside the sums of some tasks."""

    sample: bool
    agent_is_approximate: bool
    supervision_is_approximate: bool


@dataclass(frozen=True)
class Account:
    """What some tasks add up to, and what has to be said beside it."""

    totals: Totals
    reservations: Reservations
    coverage: Coverage


def _reserved() -> dict[str, Aggregate]:
    about = FigureSource.APPROXIMATE
    return {
        "sample": Count("pk", filter=Q(day__sample=True)),
        "agent_is_approximate": Count("agent_minutes", filter=Q(agent_minutes_source=about)),
        "supervision_is_approximate": Count(
            "supervisory_minutes", filter=Q(supervisory_minutes_source=about)
        ),
    }


def reservations(tasks: TaskQuerySet) -> Reservations:
    """Whether made-up or approximate figures are among those of these tasks, in one query."""
    found = tasks.order_by().aggregate(**_reserved())
    return Reservations(**{name: count > 0 for name, count in found.items()})


def account_of(tasks: TaskQuerySet) -> Account:
    """The account of these tasks as recorded, in one query."""
    covered = {
        "days": Count("day_id", distinct=True),
        "leaving_out": Count("day_id", distinct=True, filter=~Q(day__left_out="")),
        "as_of": Max(Coalesce("day__figures_changed_at", "day__published_at")),
    }
    found = tasks.order_by().aggregate(**totals_expressions(), **_reserved(), **covered)
    coverage = Coverage(**{name: found.pop(name) for name in covered})
    reserved = Reservations(**{name: found.pop(name) > 0 for name in _reserved()})
    return Account(Totals.from_units(found), reserved, coverage)


def neighbours(task: Task, among: TaskQuerySet) -> Neighbours:
    """The tasks before and after one in its category, as logged; two queries."""
    alike = among.filter(category=task.category_id) if task.category_id else among.filter(category=None)
    here = {"day": task.day_id, "position": task.position}
    earlier = Q(day__lt=task.day_id) | Q(day=task.day_id, position__lt=task.position)
    later = Q(day__gt=task.day_id) | Q(day=task.day_id, position__gt=task.position)
    before = earlier | Q(**here, pk__lt=task.pk)
    after = later | Q(**here, pk__gt=task.pk)
    return Neighbours(
        previous=alike.filter(before).order_by("-day_id", "-position", "-id").first(),
        next=alike.filter(after).order_by("day_id", "position", "id").first(),
    )


@dataclass(frozen=True)
class Working:
    """How one factor of a task comes about: its hours, its minutes, what they give."""

    human_hours: Decimal | None
    minutes: Decimal | None
    source: str
    factor: Decimal | None


def leverage_working(task: Task) -> Working:
    """How the leverage factor of a task comes about."""
    source = task.get_agent_minutes_source_display()
    return Working(task.human_hours, task.leverage_minutes, source, task.leverage_factor())


def supervision_working(task: Task) -> Working:
    """How the supervisory leverage factor of a task comes about."""
    source = task.get_supervisory_minutes_source_display()
    return Working(task.human_hours, task.supervisory_minutes, source, task.supervisory_leverage_factor())
