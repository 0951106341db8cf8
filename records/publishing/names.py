"""Safe names: what stands in for a client, a repository or a host, written into the stored texts of a day."""

from django.contrib.auth.models import User
from django.db import transaction

from records.disclosure import replaced
from records.models import Day, SafeName, Task
from records.publishing.days import save_day


@transaction.atomic
def use_safe_names(day: Day, *, by: User | None = None) -> int:
    """Replace every name in the texts of a stored day; gives in how many places.

    Raises as ``save_day`` does.
    """
    stored = Day.objects.select_for_update().get(pk=day.pk)
    tasks = list(Task.objects.filter(day__date=stored.date).order_by("position", "id"))
    names = SafeName.known()
    places = _use(stored, names) + sum([_use(task, names) for task in tasks])
    if places:
        save_day(stored, tasks, by=by, reason="Safe names")
    return places


def _use(row: Day | Task, names: dict[str, str]) -> int:
    found = [place for places in row.disclosed(names).values() for place in places if place.instead]
    if found:
        row.reword(lambda text: replaced(text, names))
    return len(found)
