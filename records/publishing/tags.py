"""Acts on tags: save and merge; an address once given out keeps working."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from records.models import Day, Tag
from records.publishing.days import save_day
from records.publishing.leading_on import lead_on, save_leading_on


@transaction.atomic
def save_tag(tag: Tag) -> None:
    """Store a tag; where its slug changed, the old address redirects. Raises ``ValidationError``."""
    save_leading_on(tag)


@transaction.atomic
def merge_tags(source: Tag, target: Tag, *, by: User | None = None) -> int:
    """File all days of one tag under another, redirect its address and remove it.

    Gives how many days had it; raises ``ValidationError`` when both are the same.
    """
    if source.pk == target.pk:
        raise ValidationError("A tag cannot be merged into itself. Choose another one.")
    days = list(Day.objects.select_for_update().filter(pk__in=source.days.values("pk")).order_by("date"))
    for day in days:
        names = (target.name if tag == source else tag.name for tag in day.tags.all())
        save_day(day, tags=list(dict.fromkeys(names)), by=by)
    source.old_addresses.update(tag=target)
    lead_on(source.get_absolute_url(), target)
    source.delete()
    return len(days)
