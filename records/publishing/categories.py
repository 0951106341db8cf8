"""Acts on categories: save, merge, remove; an address once given out keeps working."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from records.models import Category, Task
from records.publishing.leading_on import lead_on, save_leading_on
from records.publishing.tasks import set_category


@transaction.atomic
def save_category(category: Category) -> None:
    """Store a category; where its slug changed, the old address redirects. Raises ``ValidationError``."""
    save_leading_on(category)


@transaction.atomic
def merge_categories(source: Category, target: Category, *, by: User | None = None) -> int:
    """Move all tasks of one category into another, redirect its address and remove it.

    Gives how many tasks moved; raises ``ValidationError`` when both are the same.
    """
    if source.pk == target.pk:
        raise ValidationError("A category cannot be merged into itself. Choose another one.")
    moved = set_category(Task.objects.filter(category=source), target, by=by)
    source.old_addresses.update(category=target)
    lead_on(source.get_absolute_url(), target)
    source.delete()
    return moved


def why_not_removed(category: Category) -> str:
    """Why a category stays, in words; blank for one that no task has."""
    tasks = category.tasks.count()
    if not tasks:
        return ""
    what = "1 task has" if tasks == 1 else f"{tasks} tasks have"
    return f"{what} the category {category.name}. Merge it into another one, or give them another first."


@transaction.atomic
def remove_category(category: Category) -> None:
    """Remove a category that no task has; raises ``ValidationError`` in words for one that is in use."""
    why_not = why_not_removed(category)
    if why_not:
        raise ValidationError(why_not)
    category.delete()
