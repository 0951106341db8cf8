"""The day's own fields, and the sheet that joins them with the rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from records import prose, publishing, quicklines
from records.durations import write_hours, write_minutes
from records.forms.fields import MinutesTyped, TagNamesField, WholeNumberTyped, tell_working_time
from records.forms.posted import PROSE, PostedDay, Raw, read_whole, whys_typed
from records.forms.rows import Offer
from records.forms.sheet_rows import TaskRows
from records.models import Day, KeptClaim, Revision, Task
from records.models.kept import as_stored
from records.summaries.claims import Claim, claims_in, whys
from records.summaries.day_prose import unknown_names
from records.summaries.facts_of import published_days
from records.summaries.first_draft import first_draft, material_of
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary

MOST_FAULTS = 5
DAY_FIELDS = (
    *("date", "title", "stated_tokens", "left_out", "elapsed_minutes", "evidence_private", "sample"),
    *("lede", "analysis"),
)


if TYPE_CHECKING:
    DayModelForm = forms.ModelForm[Day]
else:
    DayModelForm = forms.ModelForm


class DayForm(DayModelForm):
    """What a day says of itself, its tags, and why it is saved."""

    stated_tokens = WholeNumberTyped(label="Total tokens, if tasks have none")
    elapsed_minutes = MinutesTyped(
        label="Elapsed", help_text="From first to last, where agents overlapped, such as 6h 30m."
    )
    tag_names = TagNamesField(label="Tags, commas between them", required=False, max_length=500)
    reason = forms.CharField(
        label="Why it changed", required=False, max_length=300, help_text="Stands beside the corrections."
    )

    class Meta:
        model = Day
        fields = DAY_FIELDS
        labels = {"left_out": "Left out"}
        help_texts = {"title": "", **dict.fromkeys(PROSE, "Markdown; {{ brings the day’s figures.")}
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "lede": forms.Textarea(attrs={"rows": 8}),
            "analysis": forms.Textarea(attrs={"rows": 14}),
        }

    def __init__(self, offer: Offer, fields: Raw | None, *, day: Day, has_tasks: bool) -> None:
        initial = {} if day._state.adding else {"tag_names": list(day.tags.all())}
        super().__init__(fields, instance=day, initial=initial, use_required_attribute=False)
        self.fields["title"].label = f"Title (blank: {Day(date=day.date).full_title})"
        if has_tasks:
            # A stored day moves by an act of its own; as a text its date reads as in its address.
            self.fields["date"].disabled = True
            self.fields["date"].widget = forms.DateInput(format="%Y-%m-%d")
        tell_working_time(self, offer.profile)
        for name in ("title", "left_out", "tag_names"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["tag_names"].widget.attrs["list"] = "tags"

    def clean_date(self) -> Any:
        """The date; refused with a link where another day has it."""
        date = self.cleaned_data["date"]
        taken = Day.objects.filter(date=date).exclude(pk=self.instance.pk).first()
        if taken is None:
            return date
        raise ValidationError(
            format_html(
                '{} has a record already: <a href="{}">open it</a>, or choose another date.',
                date.isoformat(),
                reverse("admin:records_day_change", args=[taken.pk]),
            )
        )

    def validate_unique(self) -> None:
        """Nothing: the date is the only field of its kind, and ``clean_date`` says more."""


@dataclass
class LineFault:
    """A pasted line that could not be read."""

    line: str
    fault: str


@dataclass
class PastedLines:
    """Quick lines typed into one box: the rows they make, and what stays in the box with its fault."""

    rows: list[Raw] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)

    @property
    def left(self) -> str:
        """The text that could not be read, to stay in the box."""
        return "\n".join(fault.line for fault in self.faults)


def pasted_lines(text: str, offer: Offer) -> PastedLines:
    """Read many quick lines; one that cannot be read is kept with its fault."""
    keys = {category.slug: str(category.pk) for category in offer.categories}
    pasted = PastedLines()
    for line in quicklines.parse_many(text, offer.names, *offer.working_time):
        if line.task is None:
            pasted.faults.append(LineFault(line.typed, line.fault))
        else:
            pasted.rows.append(_row_of(line.task, keys))
    return pasted


def _row_of(line: quicklines.QuickLine, category_keys: dict[str, str]) -> Raw:
    return {
        "description": line.name_and_text,
        "category": category_keys.get(line.category_slug or "", ""),
        "human_hours": write_hours(line.human_hours),
        "agent_minutes": write_minutes(line.agent_minutes),
        "supervisory_minutes": write_minutes(line.supervisory_minutes),
    }


class DaySheet:
    """One screen for a day: its own form and its rows, unbound to show it or bound to save it."""

    def __init__(
        self, offer: Offer, day: Day, stored: Sequence[Task], posted: PostedDay | None = None, blanks: int = 0
    ) -> None:
        self.day = day
        self.version = day.version
        self.pasted = PastedLines()
        self.typed_whys = {} if posted is None else whys_typed(posted.fields)
        if posted is not None:
            self.version = _version(posted, day)
            posted.fields["reason"] = posted.fields.get("reason") or posted.fields.get("why", "")
            self.pasted = pasted_lines(posted.fields.get("lines", ""), offer)
        typed = None if posted is None else [*posted.rows, *self.pasted.rows]
        self.offer = offer
        self.rows = TaskRows(offer, stored, typed, blanks)
        self.form = self._day_form(posted, has_tasks=bool(stored))

    def _day_form(self, posted: PostedDay | None, *, has_tasks: bool) -> DayForm:
        """The day's own form, its prose calling tasks by the numbers on the screen."""
        numbers = self.rows.numbers()
        if posted is None:
            form = DayForm(self.offer, None, day=self.day, has_tasks=has_tasks)
            for name in PROSE:
                form.initial[name] = prose.renamed(form.initial[name], numbers)
            return form
        shown = {name: prose.renamed(posted.fields.get(name, ""), numbers) for name in PROSE}
        return DayForm(self.offer, posted.fields | shown, day=self.day, has_tasks=has_tasks)

    @property
    def asks_why(self) -> bool:
        """Whether it was not stored because nobody said why public figures change."""
        return self.form.is_bound and self.form.has_error("reason")

    def is_valid(self) -> bool:
        """Whether all of it can be read, the figures its prose asks for included."""
        readable = [self.form.is_valid(), self.rows.is_valid(), not self.pasted.faults]
        for name in PROSE:
            for fault in self.unknown_names(name):
                self.form.add_error(name, fault)
        return all(readable) and self.form.is_valid()

    def typed_prose(self, name: str) -> str:
        """The lede or the analysis as it stands in its field."""
        return str(self.form[name].value() or "")

    def prose(self, name: str) -> str:
        """The same, its tasks named by the positions that they will have."""
        return prose.renamed(self.typed_prose(name), self.rows.positions())

    @cached_property
    def claims(self) -> list[Claim]:
        """What the prose as typed claims, beside what the figures as typed say."""
        return list(claims_in(self.figures, self.offer.profile, published_days(), self._whys))

    @property
    def _whys(self) -> Raw:
        return whys(self.day.kept()) | self.typed_whys

    def _kept_claims(self) -> list[dict[str, str]]:
        """The claims that stay and why, as stored; those of another sentence than it was are forgotten."""
        if not self._whys:
            return []
        kept = {
            claim.key: KeptClaim(claim.finding.sentence, claim.finding.claim, claim.why)
            for claim in self.claims
            if claim.why
        }
        return as_stored(kept.values())

    def unknown_names(self, name: str) -> list[str]:
        """What to say of figures in the lede or the analysis that there are not; of the first few only."""
        return list(islice(unknown_names(self.prose(name), self.figures, self.offer.names), MOST_FAULTS))

    def named_tasks(self) -> dict[str, str]:
        """The names of the tasks that the prose calls by number, by that number on the screen."""
        rows = {str(number): row for number, row in enumerate(self.rows.rows, start=1)}
        called = prose.task_keys(*map(self.typed_prose, PROSE))
        return {key: rows[key].typed(0).title for key in called if key in rows}

    def first_draft(self) -> str:
        """A first lede from what is typed; empty while there are no tasks."""
        return first_draft(material_of(self.figures, self.offer.profile.agent_name))

    @cached_property
    def figures(self) -> DayFigures:
        """The figures that the prose may show, from what is typed; they link nowhere."""
        typed = self.form.instance
        lede, analysis = map(self.prose, PROSE)
        day = Day(date=typed.date, stated_tokens=typed.stated_tokens, lede=lede, analysis=analysis)
        return DayFigures(RecordSummary.of(day, self.rows.typed_tasks(), self.offer.profile), base=None)

    def store(self, *, by: User | None) -> Revision | None:
        """Store the day through the one door; ``None`` when it found a fault, now shown beside its cause.

        Raises ``publishing.Conflict`` when somebody saved in between.
        """
        self.form.instance.kept_claims = self._kept_claims()
        self.form.instance.lede, self.form.instance.analysis = map(self.prose, PROSE)
        try:
            return publishing.save_day(
                self.form.instance,
                self.rows.tasks(),
                tags=self.form.cleaned_data["tag_names"],
                expected_version=None if self.day._state.adding else self.version,
                by=by,
                reason=self.form.cleaned_data["reason"],
            )
        except publishing.TasksInvalid as fault:
            self.rows.add_faults(fault.by_row)
        except ValidationError as fault:
            self._add(fault)
        return None

    def _add(self, fault: ValidationError) -> None:
        by_field = getattr(fault, "error_dict", {None: fault.messages})
        for name, messages in by_field.items():
            self.form.add_error(name if name in self.form.fields else None, messages)

    def faults(self) -> int:
        """How many places need a look."""
        return sum(len(messages) for messages in self.form.errors.values()) + sum(
            len(row.faults()) for row in self.rows.kept()
        )


def _version(posted: PostedDay, day: Day) -> int:
    typed = read_whole(posted.fields.get("version", ""))
    return day.version if typed is None else typed
