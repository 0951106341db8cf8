"""The steps of an estimate as people type them: one a line, a name and then its hours."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records.durations import HOURS_PER_DAY, HOURS_PER_WEEK, NotADuration, parse_hours, write_hours
from records.formats import plain
from records.models.estimate import STEP_NAME_LENGTH, steps_in

LONGEST_DURATION = 3  # words, as in 1d 2h 30m


class StepsField(forms.CharField):
    """Lines such as ``Parser 8h``; a line that cannot be read is refused in words and stays as typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "placeholder": "Parser 8h"})
        super().__init__(**{"required": False, "max_length": 5_000, "widget": widget, **kwargs})
        self.working_time = (HOURS_PER_DAY, HOURS_PER_WEEK)

    def set_working_time(self, hours_per_day: Decimal, hours_per_week: Decimal) -> None:
        """Say how many hours a day and a week stand for."""
        self.working_time = (hours_per_day, hours_per_week)

    def clean(self, value: Any) -> Any:
        """The steps as they are stored; raises ``ValidationError`` for a line without hours."""
        text: str = super().clean(value)
        return [self._step(line.strip()) for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Stored steps as people type them; what was typed as it is."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{step.name} {write_hours(step.hours)}" for step in steps_in(value))

    def _step(self, line: str) -> dict[str, Any]:
        words = line.split()
        for taken in range(min(LONGEST_DURATION, len(words) - 1), 0, -1):
            name = " ".join(words[:-taken]).rstrip(" :,–—-")
            hours = self._hours(" ".join(words[-taken:]))
            if name and hours:
                return {"name": _short(name), "hours": Decimal(plain(hours))}
        raise ValidationError(f"“{line[:40]}” has no hours at its end. Try Parser 8h, one step a line.")

    def _hours(self, text: str) -> Decimal | None:
        try:
            return parse_hours(text, *self.working_time)
        except NotADuration:
            return None


def _short(name: str) -> str:
    if len(name) > STEP_NAME_LENGTH:
        raise ValidationError(
            f"“{name[:20]}…” is too long: the name of a step has at most {STEP_NAME_LENGTH} characters."
        )
    return name
