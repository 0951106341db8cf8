"""Old addresses: what was once given out leads to where its day, category or tag stands today."""

from records.models import Category, Day, OldAddress, Tag


def lead_on(path: str, to: Day | Category | Tag) -> None:
    """From now on the path leads to this place, wherever it led before."""
    nowhere: dict[str, Day | Category | Tag | None] = dict.fromkeys(OldAddress.PLACES)
    OldAddress.objects.update_or_create(path=path, defaults=nowhere | {to._meta.model_name or "": to})


def take_over(place: Day | Category | Tag) -> None:
    """A place that stands at its own address: the path leads nowhere else any longer."""
    OldAddress.objects.filter(path=place.get_absolute_url()).delete()
