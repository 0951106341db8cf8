"""A row of a day's form: one task, closed to one line, with further fields behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from records import formats, leverage
from records.forms.fields import (
    CategoryField,
    HoursTyped,
    LightSelect,
    MinutesTyped,
    WholeNumberTyped,
    tell_working_time,
)
from records.forms.posted import Raw, is_removed, name_of, task_id
from records.forms.steps import StepsField
from records.models import Category, FigureSource, SiteProfile, Task, name_in
from records.summaries.unusual import Usual

MAIN_FIELDS = ("description", "category", "human_hours", "agent_minutes", "supervisory_minutes")
FURTHER_FIELDS = (
    "estimate_low",
    "estimate_high",
    "estimate_steps",
    "estimate_basis_kind",
    "estimate_basis",
    "estimate_by",
    "estimate_on",
    "estimate_timing",
    "evidence_url",
    "outcome",
    "name",
    "agent",
    "model_version",
    "agent_minutes_source",
    "supervisory_minutes_source",
    "tokens_source",
)
SOURCES = ("agent_minutes_source", "supervisory_minutes_source", "tokens_source")
SELECTS = ("outcome", "estimate_basis_kind", "estimate_timing")
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
class RowFigures(leverage.AsTyped):
    """The figures of one row as far as they can be read."""

    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    tokens: int | None
    estimate_low: Decimal | None = None
    estimate_high: Decimal | None = None


class TaskRow(TaskModelForm):
    """One task as typed. Blank figures are unknown; a draft may have them."""

    found: Any = None  # what an import tells beside the row

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
    estimate_steps = StepsField(label="Its steps, one a line with hours")

    class Meta:
        model = Task
        fields = ROW_FIELDS
        widgets = {
            "evidence_url": forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            "estimate_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{name: LightSelect() for name in (*SOURCES, *SELECTS)},
        }
        labels = {
            "estimate_basis": "It rests on, in words",
            "estimate_timing": "Estimate made",
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
        if self.instance.outcome_on:
            self.fields["outcome"].label = f"Outcome, known on {self.instance.outcome_on.isoformat()}"
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
        outcome = self.instance.outcome
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        if self.instance.outcome != outcome:
            # What became of the work is known from the day it is said; the list of tasks can say another.
            self.instance.outcome_on = self.profile.today() if self.instance.outcome else None
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

    def steps_say(self) -> str:
        """By how much the steps of the estimate differ from it, in words; empty where they add up."""
        rest = self.typed(1).unaccounted_hours()
        if not rest:
            return ""
        which = "less" if rest > 0 else "more"
        return f"The steps add up to {formats.quantity(abs(rest))} h {which} than the estimate."

    def unusual(self) -> str:
        """What its figures are seldom meant to be, in words; blank when nothing is unusual."""
        figures = self.figures()
        return Usual(self.profile.hours_per_week).remarks(figures.human_hours, figures.agent_minutes)

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
