"""What was corrected: of one day for its page, and the line that is left of a withdrawn one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from records.models import Correction, Day

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


def withdrawal_of(on: date, at: datetime | None = None) -> Correction | None:
    """The line that says when and why the record of a date was withdrawn; ``None`` for one that is public."""
    withdrawn = Correction.objects.filter(day__date=on, what=Correction.What.WITHDRAWN)
    return withdrawn.exclude(day__in=Day.objects.visible(at)).ranked("at", descending=True).first()
