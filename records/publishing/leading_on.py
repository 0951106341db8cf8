"""Old addresses: what was once given out leads to where its day, category or tag stands today."""

from records.models import Category, Day, OldAddress, Tag


def save_leading_on(place: Category | Tag) -> None:
    """Store a category or a tag; where its slug changed, the old address redirects.

    Must run inside a transaction. Raises ``ValidationError``.
    """
    place.full_clean()
    stored = type(place)._default_manager.filter(pk=place.pk).first() if place.pk else None
    place.save()
    take_over(place)
    if stored and stored.slug != place.slug:
        lead_on(stored.get_absolute_url(), place)


def lead_on(path: str, to: Day | Category | Tag) -> None:
    """From now on the path leads to this place, wherever it led before."""
    nowhere: dict[str, Day | Category | Tag | None] = dict.fromkeys(OldAddress.PLACES)
    OldAddress.objects.update_or_create(path=path, defaults=nowhere | {to._meta.model_name or "": to})


def take_over(place: Day | Category | Tag) -> None:
    """A place that stands at its own address: the path leads nowhere else any longer."""
    OldAddress.objects.filter(path=place.get_absolute_url()).delete()
