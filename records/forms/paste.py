"""A pasted day on one screen: what was read of a text, mended in place, then stored whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.db import transaction

from records.forms.day import DayForm
from records.forms.fields import TagNamesField
from records.forms.pasted_rows import Beside, PastedRows, as_if_printed, besides
from records.forms.pasted_totals import PrintedTotal, printed_totals
from records.forms.posted import PROSE, PostedDay, Raw, read_whole
from records.forms.rows import Offer
from records.importers.day import ImportedDay, Problem, Severity
from records.importers.known import LIMITS, Known
from records.importers.reconcile import reconciled
from records.importers.storing import How, Stored, store
from records.importers.tags import distinct
from records.models import Day
from records.publishing import Status

TOO_LONG = (
    "This text has %(show_value)s characters; at most %(limit_value)s are taken here. Shorten it, or import "
    "the file by “python3 manage.py import_records FILE --no-limit”."
)
# Faults with a field of their own here, which tells them as long as it is not mended.
_HAVE_A_FIELD = ("date", "title", "tags", "tokens", *PROSE)


class PastedDayForm(DayForm):
    """What the text says of the day itself, and a question about each tag that was left out."""

    replace = forms.BooleanField(label="Put this in its place", required=False)

    def __init__(self, offer: Offer, fields: Raw, found: ImportedDay) -> None:
        on = found.date or offer.profile.today()
        super().__init__(offer, fields, day=Day(date=on), has_tasks=False)
        self.fields["title"].label = "Title (blank: made of the date)"
        self.fields["tag_names"].label = "Tags"
        self.fields["reason"].label = "Why"
        self.left_out = found.tags_left_out
        missing = next((p for p in found.problems if p.column == "date"), None)
        self.fields["date"].error_messages["required"] = (
            missing.reason if missing else "Which day is it? Try 2026-04-12."
        )
        for name in PROSE:
            if LIMITS.characters is not None:
                self.fields[name].validators.append(MaxLengthValidator(LIMITS.characters, TOO_LONG))
        for number, tag in enumerate(self.left_out):
            self.fields[f"whole_{number}"] = forms.BooleanField(label=f"“{tag}”, one tag", required=False)
            parts = TagNamesField(label="or those it is made of", required=False, max_length=500)
            self.fields[f"parts_{number}"] = parts

    def clean_date(self) -> Any:
        """The date, whether or not a day of it is stored: that is asked about in words of its own."""
        return self.cleaned_data["date"]

    def questions(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each tag that was left out, with the fields that may take it in."""
        for number, tag in enumerate(self.left_out):
            yield tag, self[f"whole_{number}"], self[f"parts_{number}"]

    def tags(self) -> tuple[str, ...]:
        """The tags, with those that were taken in."""
        cleaned = self.cleaned_data
        names = list(cleaned.get("tag_names") or [])
        for number, tag in enumerate(self.left_out):
            names += [tag] if cleaned.get(f"whole_{number}") else []
            names += cleaned.get(f"parts_{number}") or []
        return distinct(names)


@dataclass(frozen=True)
class Taken:
    """A stored day of the same date, and what the pasted one would change in it."""

    day: Day
    same: bool
    differences: Sequence[str] = ()
    changed_meanwhile: bool = False


class PasteSheet:
    """One screen for a pasted day; without ``posted`` it shows what was read, else what was made of that."""

    def __init__(
        self, offer: Offer, known: Known, found: ImportedDay, posted: PostedDay | None = None, blanks: int = 1
    ) -> None:
        self.known, self.found = known, found
        keys = {category.slug: str(category.pk) for category in offer.categories}
        beside = besides(found, known, keys)
        self.typed = posted or _as_typed(found, beside)
        self.form = PastedDayForm(offer, self.typed.fields, found)
        self.rows = PastedRows(offer, self.typed.rows, beside, blanks)
        self.rows_valid = self.rows.is_valid()
        self.valid = self.form.is_valid() and self.rows_valid and not self.unmended()
        self.day = self._imported()
        self.rows.tell(p for p in self.day.problems if p.row and p.severity is Severity.DOUBT)
        self.taken: Taken | None = None

    def unmended(self) -> list[str]:
        """Faults of the text as a whole, which no field here can mend: another text can."""
        return [
            problem.reason
            for problem in self.found.problems
            if problem.severity is Severity.FAULT and not problem.row and problem.column not in _HAVE_A_FIELD
        ]

    def notes(self) -> list[str]:
        """What was left out, where nothing on the page asks about it."""
        return [
            problem.reason
            for problem in self.found.problems
            if problem.severity is Severity.NOTE and not problem.row and problem.column != "tags"
        ]

    def totals(self) -> list[PrintedTotal]:
        """The totals printed in the text, beside what follows from the rows as they stand."""
        return list(printed_totals(self.day, compared=self.rows_valid))

    def faults(self) -> int:
        """How many places need a look."""
        of_form = sum(len(messages) for messages in self.form.errors.values())
        return of_form + sum(len(row.faults()) for row in self.rows.kept()) + len(self.unmended())

    def doubts(self) -> int:
        """How many printed figures do not agree with what follows from the rows."""
        return sum(1 for problem in self.day.problems if problem.severity is Severity.DOUBT)

    def doubt_at(self) -> str:
        """The id of the first place in doubt."""
        rows = [problem.row for problem in self.day.problems if problem.severity is Severity.DOUBT]
        first = next((row for row in rows if row), None)
        return f"id_{self.rows.kept()[first - 1].prefix}-position" if first else "printed-totals"

    def compare(self) -> None:
        """Look whether a day of that date is stored already, and how it differs."""
        on = self.form.cleaned_data.get("date")
        stored = Day.objects.filter(date=on).first() if on else None
        if stored is not None and self.valid:
            self._take(_compared(self.day))
        elif stored is not None:
            self.taken = Taken(stored, same=False)

    def store(self, *, by: User | None, name: str) -> tuple[Status, Day] | None:
        """Store the day as a draft through the one door; ``None`` when something now shown is in the way.

        Gives what became of it and the stored day. It takes the place of one only where that was asked
        for, seeing how that one stands.
        """
        if not self.valid:
            self.compare()
            return None
        cleaned = self.form.cleaned_data
        seen = read_whole(self.typed.fields.get("seen", ""))
        with transaction.atomic():
            stands = Day.objects.select_for_update().filter(date=cleaned["date"]).first()
            as_seen = stands is not None and stands.version == seen
            wanted = bool(cleaned["replace"]) and as_seen
            done = store(self.day, How(replace=wanted, reason=cleaned["reason"], by=by, name=name))
        if done.day is not None and done.status is not Status.REFUSED:
            return done.status, done.day
        self._refused(done, changed_meanwhile=bool(cleaned["replace"]) and not as_seen)
        return None

    def _refused(self, done: Stored, *, changed_meanwhile: bool) -> None:
        faults = [problem for problem in done.problems if problem.severity is Severity.FAULT]
        self.rows.refuse(faults)
        for problem in faults:
            if not problem.row:
                known = problem.column if problem.column in self.form.fields else None
                self.form.add_error(known, problem.reason)
        self._take(done, changed_meanwhile=changed_meanwhile)
        if self.taken is not None and not changed_meanwhile and not faults:
            self.form.add_error("replace", "Say whether this takes its place.")

    def _take(self, done: Stored | None, *, changed_meanwhile: bool = False) -> None:
        if done is not None and done.day is not None:
            same = done.status is Status.UNCHANGED
            self.taken = Taken(done.day, same, done.differences, changed_meanwhile)

    def _imported(self) -> ImportedDay:
        cleaned = self.form.cleaned_data
        rows = list(self.rows.imported())
        day = replace(
            self.found,
            date=cleaned.get("date"),
            tasks=tuple(as_if_printed(task, read) for task, read in rows),
            title=cleaned.get("title", ""),
            tags=self.form.tags(),
            lede=cleaned.get("lede", ""),
            analysis=cleaned.get("analysis", ""),
            stated_tokens=cleaned.get("stated_tokens"),
            problems=() if self.rows_valid else (Problem("A row has a fault.", row=1),),
        )
        return replace(reconciled(day, self.known), tasks=tuple(task for task, _ in rows))


@transaction.atomic
def _compared(day: ImportedDay) -> Stored | None:
    """The stored day of that date and how it differs; nothing is written while it is there, and held."""
    held = Day.objects.select_for_update().filter(date=day.date) if day.date else Day.objects.none()
    return store(day, How()) if held.first() else None


def _as_typed(found: ImportedDay, beside: Mapping[int, Beside]) -> PostedDay:
    """What was read, as it would be typed into the form."""
    tokens = found.stated_tokens
    fields = {
        "date": _iso(found.date),
        "title": found.title,
        "tag_names": ", ".join(found.tags),
        "stated_tokens": "" if tokens is None else f"{tokens:,}",
        "lede": found.lede,
        "analysis": found.analysis,
    }
    return PostedDay(fields, [each.typed for each in beside.values()])


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def dated(day: ImportedDay, on: date | None) -> ImportedDay:
    """The day under the date its author gave; what the text says of another one is settled by that."""
    if on is None:
        return day
    rest: tuple[Problem, ...] = tuple(problem for problem in day.problems if problem.column != "date")
    return replace(day, date=on, problems=rest)
