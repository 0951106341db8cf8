"""Earlier tasks for a name that is being typed: their text and category, their hours as a hint only."""

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, JsonResponse

from records.durations import write_hours
from records.models import Task

SHORTEST = 3
LOOKED_THROUGH = 60
OFFERED = 6
HOURS_SHOWN = 3


def earlier_tasks(typed: str) -> list[dict[str, Any]]:
    """The latest tasks whose name or text starts with what is typed, each name once.

    Hours are those of its latest tasks, the oldest of these first; minutes are never offered.
    """
    typed = " ".join(typed.split())
    if len(typed) < SHORTEST:
        return []
    matching = Task.objects.filter(Q(name__istartswith=typed) | Q(description__istartswith=typed))
    by_name: dict[str, list[Task]] = defaultdict(list)
    for task in matching.in_log_order()[:LOOKED_THROUGH]:
        by_name[task.title.casefold()].append(task)
    return [_offer(tasks) for tasks in list(by_name.values())[:OFFERED]]


def earlier_response(request: HttpRequest) -> JsonResponse:
    """The offers as JSON."""
    typed = request.GET.get("q", "").replace("\x00", "")
    return JsonResponse({"results": earlier_tasks(typed)}, headers={"Cache-Control": "no-store"})


def _offer(tasks: list[Task]) -> dict[str, Any]:
    latest = tasks[0]
    hours = [task.human_hours for task in tasks if task.human_hours is not None][:HOURS_SHOWN]
    return {
        "title": latest.title,
        "name": latest.name,
        "text": latest.description,
        "category": str(latest.category_id or ""),
        "before": ", ".join(_spaced(write_hours(value)) for value in reversed(hours)),
    }


def _spaced(hours: str) -> str:
    return hours.removesuffix("h") + " h"
