"""All rows of a day's form, in order: stored, typed, and blank ones to type into."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from records.forms.posted import MOST_ROWS, ROW, Raw, task_id
from records.forms.rows import Offer, TaskRow
from records.leverage import Totals
from records.models import Task


class TaskRows:
    """All rows of a form, stored or typed, then blank ones to type into."""

    def __init__(
        self, offer: Offer, stored: Sequence[Task], typed: Sequence[Raw] | None = None, blanks: int = 0
    ) -> None:
        self.offer = offer
        self.is_bound = typed is not None
        self.rows = self._of_tasks(stored) if typed is None else self._as_typed(stored, typed)
        self.blanks = [self._row(None, None, len(self.rows) + number) for number in range(blanks)]
        self.fault = f"A day holds at most {MOST_ROWS} tasks." if len(self.rows) > MOST_ROWS else ""

    def _of_tasks(self, stored: Sequence[Task]) -> list[TaskRow]:
        return [self._row(None, task, number) for number, task in enumerate(stored)]

    def _as_typed(self, stored: Sequence[Task], typed: Sequence[Raw]) -> list[TaskRow]:
        by_id: dict[int | None, Task] = {task.pk: task for task in stored}
        # A task named twice is the stored one once and a new one after that.
        return [self._row(raw, by_id.pop(task_id(raw), None), number) for number, raw in enumerate(typed)]

    def _row(self, raw: Raw | None, task: Task | None, number: int | str) -> TaskRow:
        return TaskRow(self.offer, raw, instance=task or Task(), prefix=f"{ROW}-{number}")

    def pattern(self) -> TaskRow:
        """A blank row for the script to copy; it puts a number in place of ``__row__``."""
        return self._row(None, None, "__row__")

    def __iter__(self) -> Any:
        return iter([*self.rows, *self.blanks])

    def kept(self) -> list[TaskRow]:
        """The rows that are not marked for removal, in order."""
        return [row for row in self.rows if not row.removed]

    def is_valid(self) -> bool:
        """Whether every row that stays can be read."""
        # All are asked, so that every fault shows at once.
        faulty = [row for row in self.kept() if not row.is_valid()]
        return not faulty and not self.fault

    def tasks(self) -> list[Task]:
        """The tasks as typed, in order; call after ``is_valid``."""
        return [row.wanted() for row in self.kept()]

    def typed_tasks(self) -> list[Task]:
        """The tasks as far as they can be read, in order; for looking at, not for storing."""
        return [row.typed(position) for position, row in enumerate(self.kept(), start=1)]

    def numbers(self) -> dict[str, str]:
        """The number each row has on the screen, by what prose calls the row when numbers may change."""
        numbers: dict[str, str] = {}
        for number, row in enumerate(self.rows, start=1):
            numbers.setdefault(row.called, str(number))
        return numbers

    def names(self) -> dict[str, str]:
        """What prose calls each row when numbers may change, by its number on the screen."""
        return {number: name for name, number in self.numbers().items()}

    def positions(self) -> dict[str, str]:
        """The position each row will be stored at, by its number on the screen; an id for one that goes."""
        kept = {id(row): str(position) for position, row in enumerate(self.kept(), start=1)}
        return {str(number): kept.get(id(row), row.called) for number, row in enumerate(self.rows, start=1)}

    def add_faults(self, by_row: dict[int, ValidationError]) -> None:
        """Show faults found at the door, by index among the rows that stay."""
        kept = self.kept()
        for index, fault in by_row.items():
            known = set(kept[index].fields)
            for name, messages in getattr(fault, "error_dict", {None: fault.messages}).items():
                kept[index].add_error(name if name in known else None, messages)

    def totals(self) -> Totals:
        """The totals of what can be read."""
        return Totals.of(row.figures() for row in self.kept())

    def has_tokens(self) -> bool:
        """Whether the column of tokens is worth its room."""
        return any(row["tokens"].value() not in (None, "") for row in self.rows)

    def faulty(self) -> Iterable[TaskRow]:
        """The rows that need a look."""
        return [row for row in self.kept() if row.faults()]

    def lacking(self) -> TaskRow | None:
        """The first row that the average leaves out."""
        return next((row for row in self.kept() if row.leverage_factor() is None), None)
