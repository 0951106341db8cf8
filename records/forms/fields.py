"""Fields that read what people type: durations, large whole numbers, a category, tags."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records.durations import (
    HOURS_PER_DAY,
    HOURS_PER_WEEK,
    NotADuration,
    parse_hours,
    parse_minutes,
    write_hours,
    write_minutes,
)
from records.models import Category, SiteProfile, Tag

Parse = Callable[[str, Decimal, Decimal], Decimal]
LONGEST_TAG = 40


class DurationField(forms.CharField):
    """A duration as people type it; what cannot be read is refused in words and stays as typed.

    ``set_working_time`` gives it the site's hours per day and week, which ``2d`` and ``1w`` stand for.
    """

    parse: Parse
    write: Callable[[Decimal | None], str]
    unit = ""

    def __init__(self, *, zero_refused: str = "", **kwargs: Any) -> None:
        self.zero_refused = zero_refused
        super().__init__(**{"required": False, "strip": False, **kwargs})
        self.working_time = (HOURS_PER_DAY, HOURS_PER_WEEK)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the script needs to read the field as this class does."""
        attrs = super().widget_attrs(widget)
        return attrs | {"data-duration": self.unit, "data-zero": self.zero_refused, "autocomplete": "off"}

    def set_working_time(self, hours_per_day: Decimal, hours_per_week: Decimal) -> None:
        """Say how many hours a day and a week stand for."""
        self.working_time = (hours_per_day, hours_per_week)

    def to_python(self, value: Any) -> Any:
        """The duration in the unit of the field, ``None`` when left blank; raises ``ValidationError``."""
        text = "" if value is None else str(value)
        if not text.strip():
            return None
        try:
            duration = type(self).parse(text, *self.working_time)
        except NotADuration as fault:
            raise ValidationError(str(fault), code="not_a_duration") from None
        if not duration and self.zero_refused:
            raise ValidationError(self.zero_refused, code="zero")
        return duration

    def run_validators(self, value: Any) -> None:
        """Nothing left to check: what was read fits."""

    def validate(self, value: Any) -> None:
        """Raise ``ValidationError`` when left blank though required."""
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """A stored value as people type it; what was typed as it is."""
        return type(self).write(value) if isinstance(value, Decimal) else value


def tell_working_time(form: forms.BaseForm, profile: SiteProfile) -> None:
    """Give all durations of a form the site's hours per day and week."""
    for field in form.fields.values():
        if tell := getattr(field, "set_working_time", None):
            tell(profile.hours_per_day, profile.hours_per_week)


class HoursTyped(DurationField):
    """Human hours; a number alone is hours."""

    unit = "hours"
    parse = staticmethod(parse_hours)
    write = staticmethod(write_hours)


class MinutesTyped(DurationField):
    """Minutes; a number alone is minutes."""

    unit = "minutes"
    parse = staticmethod(parse_minutes)
    write = staticmethod(write_minutes)


class WholeNumberTyped(forms.IntegerField):
    """A whole number that may carry commas or spaces between its thousands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "min_value": 0,
                "max_value": 10**15,
                "widget": forms.TextInput,
                "error_messages": {"invalid": "That is not a whole number. Try 4,129,000."},
                **kwargs,
            }
        )

    def to_python(self, value: Any) -> int | None:
        """The number without its commas; raises ``ValidationError``."""
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """A stored number with commas; what was typed as it is."""
        return f"{value:,}" if isinstance(value, int) else value


class LightSelect(forms.Select):
    """A select written without a template: a day of 150 rows shows a few hundred of them."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """The ``select`` element with its options."""
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            (
                (flatatt({"value": str(key), "selected": str(key) == chosen}), text)
                for key, text in self.choices
            ),
        )
        every = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(every), options)


class CategoryField(forms.TypedChoiceField):
    """A category out of a list read once for all rows; blank means none yet."""

    widget = LightSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "empty_value": None,
                "error_messages": {"invalid_choice": "That category is no longer there. Choose another one."},
                **kwargs,
            }
        )

    def offer(self, categories: Sequence[Category]) -> None:
        """Say which categories there are, in the order of the list."""
        by_key = {str(category.pk): category for category in categories}
        self.coerce = by_key.__getitem__
        self.choices = [("", "—"), *((key, category.name) for key, category in by_key.items())]


class TagNamesField(forms.CharField):
    """Tags typed with commas between them."""

    def to_python(self, value: Any) -> Any:
        """The names in order, each once; raises ``ValidationError`` for one that is too long."""
        typed = super().to_python(value) or ""
        names = list(dict.fromkeys(" ".join(name.split()) for name in typed.split(",") if name.strip()))
        for name in names:
            if len(name) > LONGEST_TAG:
                raise ValidationError(
                    f"“{name[:20]}…” is too long: a tag has at most {LONGEST_TAG} characters."
                )
        return names

    def run_validators(self, value: Any) -> None:
        """Check the text as a whole, for what no text may hold."""
        super().run_validators(", ".join(value))

    def prepare_value(self, value: Any) -> Any:
        """Stored tags as one text; what was typed as it is."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(tag.name if isinstance(tag, Tag) else str(tag) for tag in value)
