"""Our own export, met by an import: restored with its history instead of read as a page."""

from records import publishing
from records.importers.archive import read_archive
from records.importers.formats import CannotRead
from records.importers.storing import How, Stored, not_kept
from records.management.importing.outcome import Outcome


def restore(data: bytes, outcome: Outcome, how: How) -> None:
    """Restore an archive, whole or not at all, and note what became of its days. Raises ``CannotRead``."""
    try:
        restored = publishing.restore_archive(
            read_archive(data), replace=how.replace, reason=how.reason, by=how.by
        )
    except publishing.ArchiveInvalid as refusal:
        raise CannotRead(" ".join(refusal.messages)) from None
    outcome.dates = [day.date for day in restored.days]
    outcome.rows = sum(day.tasks for day in restored.days)
    days = [Stored(day.status, differences=day.differences) for day in restored.days]
    outcome.close(map(not_kept, days) if restored.refused else days)
