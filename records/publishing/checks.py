"""What must hold before anything is written: field rules, and what a public day needs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model, TextField

from records.disclosure import disclosures
from records.models import PUBLIC_NEEDS, Day, SafeName, Tag, Task
from records.publishing.sound import is_sound

REASON_LENGTH = 300
ADDRESS_TAKEN = "{} leads to another day or category already. Was that day moved, or its page imported twice?"
NUL = "A NUL byte came along with this text. Delete what cannot be seen and type it again."


class TasksInvalid(ValidationError):
    """Some tasks break a rule: ``by_row`` holds the faults by index in the list given, ``on`` their date."""

    def __init__(self, by_row: dict[int, ValidationError], on: date | None = None) -> None:
        rows = ", ".join(str(row + 1) for row in by_row)
        where = f"{on}, row" if on else "Row"
        super().__init__(f"{where} {rows} {'needs' if len(by_row) == 1 else 'need'} a look.")
        self.by_row, self.on = by_row, on


class ReasonNeeded(ValidationError):
    """A figure that the public saw has changed, and nobody said why."""

    def __init__(self) -> None:
        super().__init__({"reason": "Readers have seen this. Say why it changes, such as: estimate revised."})


def check_reason(reason: str) -> None:
    """Raise ``ValidationError`` for a reason that has no room: half of one may say something else."""
    if len(reason) > REASON_LENGTH:
        raise ValidationError(
            {"reason": f"The reason has {len(reason)} letters; it has room for {REASON_LENGTH}. Shorten it."}
        )


def check_day(day: Day) -> None:
    """Raise ``ValidationError`` unless the day's own fields may be stored.

    The constraints are left to the database: asking it about each would cost a query apiece.
    """
    refuse_nul(day)
    day.clean_fields()
    day.clean()
    day.validate_unique()
    check_moment(day)


def check_moment(day: Day) -> None:
    """Raise ``ValidationError`` for a day that is public at no moment."""
    if day.status == Day.Status.PUBLISHED and day.published_at is None:
        raise ValidationError({"published_at": "A public day needs a moment, such as 2026-04-13 08:10."})


def check_whole(
    day: Day, tags: Iterable[str], tasks: Sequence[Task], names: Mapping[str, str] | None = None
) -> None:
    """Raise as ``check_tasks`` does, and ``ValidationError`` for a public day whose texts or tags disclose.

    ``names`` are those that must not be public, read here where they are not given.
    """
    public = day.status == Day.Status.PUBLISHED
    if names is None:
        names = SafeName.known() if public else {}
    if public:
        refuse_disclosures(day, names)
        refuse_disclosing_tags(tags, names)
    check_tasks(tasks, public=public, names=names, on=day.date)


def check_tasks(
    tasks: Sequence[Task], *, public: bool, names: Mapping[str, str], on: date | None = None
) -> None:
    """Raise ``TasksInvalid`` unless every task may be stored, and published where the day is public.

    ``names`` are those that must not be public, ``on`` the date of their day.
    """
    faults = {row: fault for row, task in enumerate(tasks) if (fault := _fault(task, names, public=public))}
    if faults:
        raise TasksInvalid(faults, on)


def check_values(tasks: Sequence[Task], columns: Collection[str], on: date) -> None:
    """Raise ``TasksInvalid`` unless these columns of a day's tasks may be stored; no other is looked at."""
    fields = Task._meta.concrete_fields
    others = {field.name for field in fields if field.is_relation or field.attname not in columns}
    faults = {}
    for row, task in enumerate(tasks):
        try:
            task.clean_fields(exclude=others)
        except ValidationError as fault:
            faults[row] = fault
    if faults:
        raise TasksInvalid(faults, on)


def check_tags(names: Iterable[str]) -> None:
    """Raise ``ValidationError`` for the name of a tag that is too long, or that no database stores."""
    most = Tag._meta.get_field("name").max_length or 0
    for name in names:
        if len(name) > most:
            raise ValidationError(
                {"tags": f"“{name[:most]}…” is {len(name)} letters long; a tag has up to {most}."}
            )
        if "\x00" in name:
            raise ValidationError({"tags": NUL})


def refuse_disclosing_tags(tags: Iterable[str], names: Mapping[str, str]) -> None:
    """Raise ``ValidationError`` for tags that hold what must not appear in public."""
    if found := disclosures(", ".join(tags), names):
        raise ValidationError({"tags": [place.words for place in found]})


def refuse_nul(row: Model) -> None:
    """Raise ``ValidationError`` beside each text that holds a NUL byte, which PostgreSQL cannot store."""
    faults = {name: NUL for name in _texts(type(row)) if "\x00" in (getattr(row, name) or "")}
    if faults:
        raise ValidationError(faults)


@cache
def _texts(model: type[Model]) -> tuple[str, ...]:
    """The columns of a model that hold text."""
    return tuple(f.attname for f in model._meta.concrete_fields if isinstance(f, CharField | TextField))


def refuse_disclosures(row: Day | Task, names: Mapping[str, str]) -> None:
    """Raise ``ValidationError`` beside each text that holds what must not appear in public."""
    faults = {name: [place.words for place in places] for name, places in row.disclosed(names).items()}
    if faults:
        raise ValidationError(faults)


def _fault(task: Task, names: Mapping[str, str], *, public: bool) -> ValidationError | None:
    try:
        if not is_sound(task):
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
