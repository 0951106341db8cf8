"""Tasks that an archive knows under another number than this site: all that mentions them is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from records import prose
from records.models import Correction, Revision, Task
from records.models.batches import batched
from records.models.keys import free_ids, taken

SNAPSHOTS_AT_ONCE, AT_ONCE = 50, 500
Row = TypeVar("Row", bound=Model)


class Numbers:
    """The number here of each task of an archive, and the history that came with it."""

    def __init__(self) -> None:
        self.here: dict[int, int] = {}
        self.revisions: list[int] = []
        self.corrections: list[int] = []

    def number_tasks(self, tasks: Sequence[Task]) -> None:
        """Give new tasks their numbers, and learn them."""
        wanted: list[int | None] = [task.pk for task in tasks]
        numbered(tasks)
        self.here |= {pk: task.pk for pk, task in zip(wanted, tasks, strict=True) if pk is not None}

    def pair(self, archived: Iterable[Task], stored: Iterable[Task]) -> None:
        """Learn under which number the tasks of the archive are stored already."""
        for there, here in zip(archived, stored, strict=False):
            if there.pk is not None:
                self.here[there.pk] = here.pk

    def settle(self) -> None:
        """Let the history that came speak of the tasks by their numbers here."""
        self._settle_corrections()
        keys = {f"id{there}": f"id{here}" for there, here in self.here.items() if there != here}
        if keys:
            for some in batched(self.revisions, SNAPSHOTS_AT_ONCE):
                self._settle_snapshots(Revision.objects.filter(pk__in=some), keys)

    def _settle_corrections(self) -> None:
        for some in batched(self.corrections, AT_ONCE):
            rows = list(Correction.objects.filter(pk__in=some, task_id__isnull=False))
            # A task that is gone there has lost its number to another one here.
            strangers = taken(
                Task, [row.task_id for row in rows if row.task_id and row.task_id not in self.here]
            )
            changed = []
            for row in rows:
                number = None if row.task_id in strangers else self._here(row.task_id)
                if number != row.task_id:
                    row.task_id = number
                    changed.append(row)
            Correction.objects.bulk_update(changed, ["task_id"])

    def _here(self, number: int | None) -> int | None:
        return number and self.here.get(number, number)

    def _settle_snapshots(self, revisions: QuerySet[Revision], keys: Mapping[str, str]) -> None:
        for revision in revisions:
            tasks = [
                task | {"id": self.here.get(task["id"], task["id"])} for task in revision.snapshot["tasks"]
            ]
            if tasks != revision.snapshot["tasks"]:
                for name in ("lede", "analysis"):
                    revision.snapshot[name] = prose.renamed(revision.snapshot[name], keys)
                revision.snapshot["tasks"] = tasks
                revision.save(update_fields=["snapshot"])


def numbered(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows, each with an id of its own: the one it brings where that is free."""
    if rows:
        for row, pk in zip(rows, free_ids(type(rows[0]), [row.pk for row in rows]), strict=True):
            row.pk = pk
    return rows
