"""What must hold before anything is written: field rules, and what a public day needs."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Model

from records.disclosure import disclosures
from records.models import PUBLIC_NEEDS, Day, SafeName, Task

NUL = "A NUL byte came along with this text. Delete what cannot be seen and type it again."


class TasksInvalid(ValidationError):
    """Some tasks break a rule; ``by_row`` holds the fault of each, by its index in the list given."""

    def __init__(self, by_row: dict[int, ValidationError]) -> None:
        rows = ", ".join(str(row + 1) for row in by_row)
        super().__init__(f"Row {rows} needs a look.")
        self.by_row = by_row


class ReasonNeeded(ValidationError):
    """A figure that the public saw has changed, and nobody said why."""

    def __init__(self) -> None:
        super().__init__({"reason": "Readers have seen this. Say why it changes, such as: estimate revised."})


def check_day(day: Day) -> None:
    """Raise ``ValidationError`` unless the day's own fields may be stored.

    The constraints are left to the database: asking it about each would cost a query apiece.
    """
    refuse_nul(day)
    day.clean_fields()
    day.clean()
    day.validate_unique()
    if day.status == Day.Status.PUBLISHED and day.published_at is None:
        raise ValidationError({"published_at": "A public day needs a moment, such as 2026-04-13 08:10."})
    if day.status == Day.Status.PUBLISHED:
        refuse_disclosures(day, SafeName.known())


def check_tags(names: Iterable[str], day: Day) -> None:
    """Raise ``ValidationError`` unless the day may show tags of these names."""
    found = disclosures(", ".join(names), SafeName.known()) if day.status == Day.Status.PUBLISHED else []
    if found:
        raise ValidationError({"tag_names": [place.words for place in found]})


def check_tasks(tasks: Sequence[Task], *, public: bool) -> None:
    """Raise ``TasksInvalid`` unless every task may be stored, and published where the day is public."""
    names = SafeName.known() if public else {}
    faults = {row: fault for row, task in enumerate(tasks) if (fault := _fault(task, names, public=public))}
    if faults:
        raise TasksInvalid(faults)


def refuse_nul(row: Model) -> None:
    """Raise ``ValidationError`` beside each text that holds a NUL byte, which PostgreSQL cannot store."""
    columns = [field for field in row._meta.concrete_fields if not field.generated]
    texts = {field.name: field.value_from_object(row) for field in columns}
    faults = {name: NUL for name, text in texts.items() if isinstance(text, str) and "\x00" in text}
    if faults:
        raise ValidationError(faults)


def refuse_disclosures(row: Day | Task, names: Mapping[str, str]) -> None:
    """Raise ``ValidationError`` beside each text that holds what must not appear in public."""
    faults = {name: [place.words for place in places] for name, places in row.disclosed(names).items()}
    if faults:
        raise ValidationError(faults)


def _fault(task: Task, names: Mapping[str, str], *, public: bool) -> ValidationError | None:
    try:
        refuse_nul(task)
        task.clean_fields(exclude={"day", "category"})
        task.clean()
        if public and (missing := task.missing_for_public()):
            raise ValidationError({name: PUBLIC_NEEDS[name] for name in missing})
        if public:
            refuse_disclosures(task, names)
    except ValidationError as fault:
        return fault
    return None
