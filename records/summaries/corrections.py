"""What was corrected: of one day for its page, and the line that is left of a withdrawn one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from records.formats import quantity
from records.models import Correction, Day, Task

FIRST_VERSION = 1


def corrections_of(day: Day) -> list[Correction]:
    """What of a day was corrected, the latest first; a day that was saved once costs no query."""
    if day.version <= FIRST_VERSION:
        return []
    seen = day.corrections.exclude(what=Correction.What.WITHDRAWN)
    return list(seen.ranked("at", descending=True))


def by_task(corrections: Sequence[Correction]) -> Mapping[int, list[Correction]]:
    """The changed figures of each task by its id, the latest first."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.task_id is not None:
            found[correction.task_id].append(correction)
    return dict(found)


def departed(day: Day, corrections: Iterable[Correction]) -> str:
    """What became of the tasks that a day had, in a sentence without its end; blank where none went."""
    moved = {each.task_id for each in corrections if _left(each, day)}
    removed = {each.task_id for each in corrections if each.what == Correction.What.TASK_REMOVED}
    count = len(removed | moved)
    if not count:
        return ""
    went = (
        "moved to another day" if not removed else "removed or moved to another day" if moved else "removed"
    )
    return f"Its task was {went}" if count == 1 else f"Its {quantity(count)} tasks were {went}"


def emptied(days: Collection[Day]) -> frozenset[date]:
    """The dates of those days of which every task was removed; a query only where one may be among them.

    The days come with their totals.
    """
    bare = [day.pk for day in days if day.version > FIRST_VERSION and not day.totals().tasks]
    if not bare:
        return frozenset()
    went = Correction.objects.filter(day__in=bare, what__in=_GONE)
    return frozenset(went.values_list("day__date", flat=True))


def still_there(corrections: Iterable[Correction]) -> frozenset[int]:
    """The ids of those of the corrected tasks that the public may still see; one query at most."""
    asked = {each.task_id for each in corrections if each.task_id is not None}
    return frozenset(
        Task.objects.visible().filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
    )


_GONE = (Correction.What.TASK_REMOVED, Correction.What.TASK_MOVED)


def _left(correction: Correction, day: Day) -> bool:
    return correction.what == Correction.What.TASK_MOVED and correction.before == day.date.isoformat()


def withdrawal_of(on: date, at: datetime | None = None) -> Correction | None:
    """The line that says when and why the record of a date was withdrawn; ``None`` for one that is public."""
    withdrawn = Correction.objects.filter(day__date=on, what=Correction.What.WITHDRAWN)
    return withdrawn.exclude(day__in=Day.objects.visible(at)).ranked("at", descending=True).first()
