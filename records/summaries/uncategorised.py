"""Tasks without a category, in groups that share words, each with the category those words speak for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.models import Category, Task
from records.summaries import proposals

MOST_FILED = 5_000  # the latest tasks with a category: words change with the years
MOST_OPEN = 5_000
# A category's own name and description speak for it as much as a few tasks do, so that a new one is found.
NAME_COUNTS = 3


@dataclass(frozen=True)
class TaskGroup:
    """Tasks without a category, the one proposed for them or none, and the words it is proposed for.

    ``key``, the id of its first task, names the group while that task has no category.
    """

    key: int
    category: Category | None
    words: Sequence[str]
    tasks: Sequence[Task]


def number_without_category() -> int:
    """How many tasks have no category yet."""
    return Task.objects.filter(category__isnull=True).count()


def groups_without_category(categories: Sequence[Category]) -> list[TaskGroup]:
    """The latest tasks without a category in groups, the largest first, those without a proposal last."""
    waiting = Task.objects.filter(category__isnull=True).order_by("-day_id", "position", "id")
    shown = waiting.select_related("day").only("name", "description", "day__date", "day__status")
    tasks = {task.pk: task for task in shown[:MOST_OPEN]}
    by_key = {category.pk: category for category in categories}
    texts = ((task.pk, f"{task.name} {task.description}") for task in tasks.values())
    groups: list[TaskGroup] = []
    for group in proposals.grouped(_filed(categories), texts):
        category = by_key[group.category] if group.category else None
        groups.append(TaskGroup(group.tasks[0], category, group.words, [tasks[key] for key in group.tasks]))
    return groups


def _filed(categories: Sequence[Category]) -> Iterator[tuple[int, str]]:
    for category in categories:
        for _ in range(NAME_COUNTS):
            yield category.pk, f"{category.name} {category.description}"
    filed = Task.objects.filter(category__isnull=False).order_by("-day_id", "position", "id")
    for key, name, description in filed.values_list("category_id", "name", "description")[:MOST_FILED]:
        yield key, f"{name} {description}"
