"""The quick line: one field that is a whole task."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records import quicklines
from records.forms.rows import Offer
from records.models import Task


class QuickLineForm(forms.Form):
    """One line, and the day it is for."""

    line = forms.CharField(
        label="Quick line",
        max_length=quicklines.LONGEST_TEXT,
        error_messages={"required": f"The line is blank. Try “{quicklines.EXAMPLE}”."},
        widget=forms.TextInput(attrs={"placeholder": quicklines.EXAMPLE, "autocomplete": "off"}),
    )
    on = forms.DateField(label="Day", widget=forms.HiddenInput)

    def __init__(self, offer: Offer, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        self.offer = offer

    def clean_line(self) -> quicklines.QuickLine:
        """The line read; raises ``ValidationError`` in the words of the reader."""
        try:
            return quicklines.parse(self.cleaned_data["line"], self.offer.names, *self.offer.working_time)
        except quicklines.NotAQuickLine as fault:
            raise ValidationError(str(fault)) from None

    def task(self) -> Task:
        """The task the line is; call after ``is_valid``."""
        line: quicklines.QuickLine = self.cleaned_data["line"]
        by_slug = {category.slug: category for category in self.offer.categories}
        return Task(
            description=line.name_and_text,
            category=by_slug.get(line.category_slug or ""),
            human_hours=line.human_hours,
            agent_minutes=line.agent_minutes,
            supervisory_minutes=line.supervisory_minutes,
        )
