"""Acts of an import: many new days at once, or another version of a day that is stored."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from records.models import Day, OldAddress, Revision, Source
from records.publishing import bulk
from records.publishing.bulk import NewDay
from records.publishing.checks import ADDRESS_TAKEN, check_tags
from records.publishing.days import save_day


class DaysInvalid(ValidationError):
    """Some days break a rule; ``by_day`` holds the fault of each, by its index in the list given."""

    def __init__(self, by_day: dict[int, ValidationError]) -> None:
        super().__init__([message for fault in by_day.values() for message in fault.messages])
        self.by_day = by_day


@transaction.atomic
def import_days(new: Sequence[NewDay], *, by: User | None = None, reason: str = "") -> None:
    """Store new days as ``add_days`` does, with their sources and the addresses they had.

    Raises ``DaysInvalid`` with the faults of all of them.
    """
    if faults := bulk.faults_of(new):
        raise DaysInvalid(faults)
    bulk.write(new, by=by, reason=reason)


@transaction.atomic
def import_again(
    again: NewDay,
    *,
    expected_version: int | None = None,
    by: User | None = None,
    reason: str = "",
) -> Revision:
    """Store another version of a day: its tasks, tags and source; its address joins those it had.

    Raises as ``save_day`` does, and ``ValidationError`` for an address that leads elsewhere.
    """
    check_tags(again.tags)
    revision = save_day(
        again.day, again.tasks, tags=again.tags, expected_version=expected_version, by=by, reason=reason
    )
    if again.source:
        values = {"path": again.source.path, "printed": again.source.printed}
        Source.objects.update_or_create(day=again.day, defaults=values)
    _lead_on(again.address, again.day)
    return revision


def _lead_on(address: str, day: Day) -> None:
    if not address:
        return
    leads_on, _ = OldAddress.objects.get_or_create(path=address, defaults={"day": day})
    if leads_on.day_id != day.pk:
        raise ValidationError({"path": ADDRESS_TAKEN.format(address)})
