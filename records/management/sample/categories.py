"""The categories of made-up work, stored."""

from records import publishing
from records.management.sample.kinds import KINDS
from records.models import Category


def stored_categories() -> dict[str, Category]:
    """The category of each kind of work, by name; those missing are made, in order."""
    stored = {category.name: category for category in Category.objects.all()}
    for order, kind in enumerate(KINDS, start=1):
        if kind.name not in stored:
            stored[kind.name] = Category(name=kind.name, description=kind.description, order=order * 10)
            publishing.save_category(stored[kind.name])
    return stored
