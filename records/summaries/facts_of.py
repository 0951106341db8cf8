"""What the fact check is told of a day: its figures, and those of every other day the public may see."""

from collections.abc import Mapping
from datetime import date, datetime

from records.facts import DayFigures, Figures, TaskFigures
from records.models import Day, SiteProfile, Task


def facts_with(day: Day, tasks: list[Task], site: SiteProfile, others: Mapping[date, DayFigures]) -> Figures:
    """The figures of a day, its tasks in their order and stored or not, beside the public ones; no query."""
    return Figures(
        date=day.date,
        tasks=tuple(_task(task, place) for place, task in enumerate(tasks, 1)),
        others=tuple(figures for on, figures in others.items() if on != day.date),
        tokens=day.stated_tokens,
        hours_per_day=site.hours_per_day,
        hours_per_week=site.hours_per_week,
        agent_name=site.agent_name,
    )


def published_days(at: datetime | None = None) -> dict[date, DayFigures]:
    """Every day the public may see at a moment, now by default, by date; notes without tasks left out.

    One query, however many.
    """
    days = Day.objects.visible(at).with_totals().defer("lede", "analysis").order_by("date")
    known = [DayFigures(day.date, day.totals(), day.stated_tokens) for day in days]
    return {day.date: day for day in known if day.totals.tasks}


def _task(task: Task, place: int) -> TaskFigures:
    return TaskFigures(
        position=task.position or place,
        name=task.title,
        description=task.description,
        category=task.category.slug if task.category else "",
        category_name=task.category.name if task.category else "",
        human_hours=task.human_hours,
        agent_minutes=task.agent_minutes,
        supervisory_minutes=task.supervisory_minutes,
        tokens=task.tokens,
    )
