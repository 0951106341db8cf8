"""The rows of a day's form: one task each, closed to one line, with further fields behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from records import leverage
from records.forms.fields import (
    CategoryField,
    HoursTyped,
    LightSelect,
    MinutesTyped,
    WholeNumberTyped,
    tell_working_time,
)
from records.forms.posted import MOST_ROWS, ROW, Raw, is_removed, name_of, task_id
from records.leverage import Totals
from records.models import Category, FigureSource, SiteProfile, Task, name_in

MAIN_FIELDS = ("description", "category", "human_hours", "agent_minutes", "supervisory_minutes")
FURTHER_FIELDS = (
    "name",
    "evidence_url",
    "outcome",
    "agent",
    "model_version",
    "agent_minutes_source",
    "supervisory_minutes_source",
    "tokens_source",
    "estimate_low",
    "estimate_high",
    "estimate_basis",
    "estimate_by",
    "estimate_on",
)
SOURCES = ("agent_minutes_source", "supervisory_minutes_source", "tokens_source")
ROW_FIELDS = (*MAIN_FIELDS, "tokens", *FURTHER_FIELDS)
UNKNOWN_HOURS = "Zero hours would be no work. Leave it blank while it is not known, or try 0.25h."
UNKNOWN_MINUTES = "Zero minutes would be no work. Leave it blank while it is not known, or try 1m."


if TYPE_CHECKING:
    TaskModelForm = forms.ModelForm[Task]
else:
    TaskModelForm = forms.ModelForm


@dataclass(frozen=True)
class Offer:
    """What every row of a form needs to know, read once: the categories and the working time."""

    categories: Sequence[Category]
    profile: SiteProfile

    @property
    def names(self) -> dict[str, str]:
        """The names of the categories by slug, as quick lines look them up."""
        return {category.slug: category.name for category in self.categories}

    @property
    def working_time(self) -> tuple[Decimal, Decimal]:
        """Hours a day and hours a week, for durations typed in days and weeks."""
        return self.profile.hours_per_day, self.profile.hours_per_week


@dataclass(frozen=True)
class RowFigures:
    """The figures of one row as far as they can be read."""

    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    tokens: int | None


class TaskRow(TaskModelForm):
    """One task as typed. Blank figures are unknown; a draft may have them."""

    description = forms.CharField(
        label="Task",
        max_length=20_000,
        widget=forms.Textarea(
            attrs={"rows": 1, "class": "text", "placeholder": "Type, or paste rows of a table"}
        ),
        error_messages={"required": "The text is missing. Say what was done, or remove the row."},
    )
    category = CategoryField()
    human_hours = HoursTyped(zero_refused=UNKNOWN_HOURS)
    agent_minutes = MinutesTyped(zero_refused=UNKNOWN_MINUTES)
    supervisory_minutes = MinutesTyped()
    tokens = WholeNumberTyped()
    estimate_low = HoursTyped(label="Estimate, low", zero_refused=UNKNOWN_HOURS)
    estimate_high = HoursTyped(label="Estimate, high", zero_refused=UNKNOWN_HOURS)

    class Meta:
        model = Task
        fields = ROW_FIELDS
        widgets = {
            "evidence_url": forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            "estimate_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{name: LightSelect() for name in (*SOURCES, "outcome")},
        }

    def __init__(self, offer: Offer, raw: Raw | None, *, instance: Task | None, prefix: str) -> None:
        data = None if raw is None else {f"{prefix}-{name}": value for name, value in raw.items()}
        super().__init__(data, instance=instance, prefix=prefix, use_required_attribute=False)
        self.raw = raw or {}
        self.profile = offer.profile
        self._prepare(offer)

    def _prepare(self, offer: Offer) -> None:
        tell_working_time(self, offer.profile)
        for name in SOURCES:
            self.fields[name].required = False
        for name, field in self.fields.items():
            if isinstance(field, CategoryField):
                field.offer(offer.categories)
            if name in MAIN_FIELDS or name == "tokens":
                field.widget.attrs["aria-labelledby"] = f"col-{name} id_{self.prefix}-position"
        self.fields["name"].widget.attrs["placeholder"] = name_in(self.instance.description)
        self.fields["agent"].widget.attrs["placeholder"] = offer.profile.agent_name

    def clean(self) -> dict[str, Any]:
        """What was typed; a source that was not said is declared."""
        cleaned = self.cleaned_data
        return cleaned | {name: cleaned.get(name) or FigureSource.DECLARED for name in SOURCES}

    @property
    def task_id(self) -> int | None:
        """The id of the stored task, ``None`` while it is new."""
        return task_id(self.raw) if self.is_bound else self.instance.pk

    @property
    def called(self) -> str:
        """What prose calls the row when its number may change: ``id812``, or ``row3`` while it is new."""
        return name_of(self.raw) if self.is_bound else f"id{self.instance.pk}"

    @property
    def removed(self) -> bool:
        """Whether the row is marked for removal."""
        return is_removed(self.raw)

    def _post_clean(self) -> None:
        # As Django's own, but for the constraints: it asks the database about each, ten queries a row, and
        # all of them are said in words by the fields and by ``Task.clean``.
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        unread = {field.name for field in Task._meta.get_fields()} - set(self.cleaned_data)
        try:
            self.instance.clean_fields(exclude=unread)
            if not self.errors:
                self.instance.clean()
        except ValidationError as fault:
            self.add_error(None, fault)

    def figures(self) -> RowFigures:
        """What can be read of the row's figures; a faulty one counts as unknown."""
        read = self.cleaned_data if self.is_bound and self.errors is not None else None
        names = RowFigures.__dataclass_fields__
        return RowFigures(
            **{name: read.get(name) if read is not None else getattr(self.instance, name) for name in names}
        )

    def leverage_factor(self) -> Decimal | None:
        """The task's factor as typed."""
        figures = self.figures()
        return leverage.factor(figures.human_hours, figures.agent_minutes)

    def supervisory_leverage_factor(self) -> Decimal | None:
        """The task's supervisory factor as typed."""
        figures = self.figures()
        return leverage.factor(figures.human_hours, figures.supervisory_minutes)

    def further(self) -> list[forms.BoundField]:
        """The fields behind the row."""
        return [self[name] for name in FURTHER_FIELDS]

    def opens(self) -> bool:
        """Whether a fault lies in the fields behind the row."""
        return self.is_bound and any(name in self.errors for name in FURTHER_FIELDS)

    def faults(self) -> list[tuple[forms.BoundField | None, str]]:
        """Each fault with its field, in the order of the form; ``None`` for one of the whole row."""
        if not self.is_bound or self.removed:
            return []
        faults: list[tuple[forms.BoundField | None, str]] = [
            (self[name], str(text)) for name in self.fields for text in self.errors.get(name, [])
        ]
        return [*faults, *((None, str(text)) for text in self.non_field_errors())]

    def typed(self, position: int) -> Task:
        """The task as far as it can be read, at a position; for looking at, not for storing."""
        if not self.is_bound or self.errors is None:
            return self.instance
        pk = self.instance.pk
        return construct_instance(self, Task(pk=pk, position=position), self._meta.fields)

    def wanted(self) -> Task:
        """The task as typed; call after ``is_valid``."""
        return self.instance


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
