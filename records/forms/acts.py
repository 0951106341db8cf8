"""Small forms that ask what an act needs to know: when, where to, why."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from records.models import WHY_LENGTH, Category, Tag, Task


def reason_field() -> forms.CharField:
    """Why something is done; the door says where it must not be blank."""
    return forms.CharField(
        label="Why",
        required=False,
        max_length=300,
        help_text="Kept with the revision. Readers see it where the day is public.",
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = reason_field()


class MomentField(forms.DateTimeField):
    """A moment where the author lives, not where the server stands."""

    zone = ZoneInfo("UTC")

    def clean(self, value: Any) -> Any:
        """The moment, aware; raises ``ValidationError``."""
        with timezone.override(self.zone):
            return super().clean(value)


class PublishForm(forms.Form):
    """When a day becomes public: now, or at a moment that lies ahead."""

    at = MomentField(
        label="At",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "That is not a moment. Try 2026-04-13 08:10, or leave it blank for now."},
    )

    although = forms.BooleanField(
        label="Publish although these claims disagree with the figures",
        error_messages={"required": "Mend the text first, or tick this and say why the claims stay."},
    )
    keep_claims = forms.CharField(
        label="Why they stay",
        max_length=WHY_LENGTH,
        help_text="Kept with the day and its history, so that nobody asks again.",
        error_messages={"required": "Say why they stay, such as: counts the import twice on purpose."},
    )
    reason = reason_field()

    def __init__(
        self,
        zone: ZoneInfo,
        *args: Any,
        comes_back: bool = False,
        claims_refuted: bool = False,
        **kwargs: Any,
    ) -> None:
        """``comes_back``: readers may have seen the day before, so a change of its figures has a reason.

        ``claims_refuted``: its prose makes claims that its figures refute, so it takes a second yes.
        """
        super().__init__(*args, **kwargs)
        if not comes_back:
            del self.fields["reason"]
        if not claims_refuted:
            del self.fields["although"], self.fields["keep_claims"]
        self.fields["at"].zone = zone  # type: ignore[attr-defined] # a MomentField
        self.fields["at"].help_text = f"Blank: now. Time zone: {zone.key}."


class PreviewForm(forms.Form):
    """How long a preview link lasts."""

    days = forms.TypedChoiceField(
        label="Good for",
        coerce=int,
        choices=[("1", "a day"), ("7", "a week"), ("30", "30 days")],
        initial="7",
    )


class DateForm(ReasonForm):
    """Another date, and why."""

    to = forms.DateField(
        label="To",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "That is not a date. Try 2026-04-12.",
            "required": "Which day? Try 2026-04-12.",
        },
    )
    field_order = ["to", "reason"]


class CategoryForm(forms.Form):
    """One category, or none."""

    category = forms.ModelChoiceField(Category.objects.none(), required=False, empty_label="— no category")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.in_order()  # type: ignore[attr-defined] # a ModelChoiceField


class OutcomeForm(forms.Form):
    """What became of the work."""

    outcome = forms.ChoiceField(required=False, choices=[("", "— not said"), *Task.Outcome.choices])
    on = forms.DateField(
        label="Known on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "That is not a date. Try 2026-04-12."},
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["on"].help_text = f"Blank: today, {today.isoformat()}."
        self.today = today

    def clean_on(self) -> date:
        """The date typed, or today."""
        return self.cleaned_data["on"] or self.today


class MergeForm(forms.Form):
    """The category or the tag that takes over."""

    def __init__(self, source: Category | Tag, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = type(source)._default_manager.exclude(pk=source.pk)
        words = f"Choose the {source._meta.verbose_name} that takes over."
        self.fields["into"] = forms.ModelChoiceField(others, error_messages={"required": words})
