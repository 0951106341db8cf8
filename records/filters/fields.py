"""Form fields that read parts of an address and say in words what they cannot read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from records import periods

# ASCII digits alone: Python would also read 1_000, NaN and the digits of other scripts.
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_SHOWN = 40


def quoted(value: object) -> str:
    """What was typed, for a message: in quotes, at most forty characters, without control characters."""
    text = "".join(character if character.isprintable() else "�" for character in str(value))
    return f"“{Truncator(text).chars(_SHOWN)}”"


def faults(form: forms.BaseForm) -> dict[str, list[str]]:
    """What in a form makes no sense, in words, by the name of the field."""
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


@dataclass(frozen=True)
class Grid:
    """The numbers a column can hold: up to which one, with how many decimals."""

    at_most: Decimal
    places: int


class BoundField(forms.CharField):
    """One end of a range of numbers from 0 on, as a ``Decimal`` on the grid of the stored values.

    A lower end is rounded up to the grid and an upper end down, which selects the same rows.
    """

    def __init__(self, *, grid: Grid, lower: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.at_most = grid.at_most
        self.step = Decimal(1).scaleb(-grid.places)
        self.rounding = ROUND_CEILING if lower else ROUND_FLOOR
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "7"})

    def clean(self, value: Any) -> Decimal | None:
        """The number, ``None`` for an empty field; ``ValidationError`` with an example otherwise."""
        text = self.to_python(value)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(f"{quoted(text)} is not a number. Try 100 or 119.5.", code="invalid")
        # Compared by its length first: a number of a thousand digits is no work for anyone.
        whole, _, fraction = text.partition(".")
        if len(whole.lstrip("0")) > self.at_most.adjusted() + 1 or Decimal(whole or 0) > self.at_most:
            raise ValidationError(
                f"{quoted(text)} is more than any task has. Try a number up to {self.at_most:,f}.",
                code="max_value",
            )
        return Decimal(f"{whole or 0}.{fraction[:30] or 0}").quantize(self.step, rounding=self.rounding)


class DayInput(forms.DateInput):
    """The browser's own picker; what it could not show stays to be seen as it was typed."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The input, as text when its value is no date."""
        context = super().get_context(name, value, attrs)
        text = context["widget"]["value"] or ""
        context["widget"]["type"] = "date" if not text or _ISO_DATE.fullmatch(text) else "text"
        return context


class DayField(forms.DateField):
    """A date as in addresses, 2026-04-12."""

    widget = DayInput(format="%Y-%m-%d", attrs={"size": "10"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": ["%Y-%m-%d"], **kwargs})

    def to_python(self, value: Any) -> date | None:
        """The date, ``None`` for an empty field; ``ValidationError`` with an example otherwise."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(f"{quoted(value)} is not a date. Try 2026-04-12.", code="invalid") from None


class PeriodField(forms.CharField):
    """A year, a month or a week as in addresses: 2026, 2026-04, 2026-W15."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"size": "10", "placeholder": "2026-W15"})

    def clean(self, value: Any) -> periods.Period | None:
        """The period, ``None`` for an empty field; ``ValidationError`` with examples otherwise."""
        text = str(self.to_python(value))
        try:
            return periods.parse(text) if text else None
        except periods.NotAPeriod:
            says = f"{quoted(text)} names no period. Try 2026, 2026-04 or 2026-W15."
            raise ValidationError(says, code="invalid") from None


class WordsField(forms.CharField):
    """Words to find, at most 200 characters."""

    widget = forms.SearchInput
    at_most = 200

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"maxlength": str(self.at_most)})

    def clean(self, value: Any) -> str:
        """The words; ``ValidationError`` for too many, or for a NUL, which no database can search for."""
        text = str(self.to_python(value))
        if len(text) > self.at_most:
            raise ValidationError(
                f"That is {len(text):,} characters. Try at most {self.at_most}.", code="max_length"
            )
        if "\x00" in text:
            raise ValidationError(
                "The text holds a NUL character, which no text contains. Try words.", code="null"
            )
        return text


class NamesField(forms.MultipleChoiceField):
    """Some of a list of names, repeatable in the address, each under the name that holds today."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, known: Mapping[str, str], what: str, **kwargs: Any) -> None:
        super().__init__(**{"choices": list(known.items()), **kwargs})
        self.known, self.what = list(known), what

    def to_python(self, value: Any) -> list[str]:
        """Each name once: a database has its limits with a condition repeated a thousand times."""
        return list(dict.fromkeys(super().to_python(value)))

    def validate(self, value: Sequence[str]) -> None:
        """Raise ``ValidationError`` that names each one unknown and gives examples."""
        unknown = [name for name in value if name not in self.known]
        if unknown:
            examples = " or ".join(self.known[-2:])
            named = ", ".join(quoted(name) for name in unknown[:5])
            hint = f" Try {examples}." if examples else ""
            raise ValidationError(f"There is no {self.what} {named}.{hint}", code="invalid_choice")


class NameField(forms.ChoiceField):
    """One of a list of names, or none."""

    def __init__(self, *, known: Mapping[str, str], what: str, empty: str = "", **kwargs: Any) -> None:
        first = [("", empty)] if empty else []
        super().__init__(**{"choices": [*first, *known.items()], **kwargs})
        self.known, self.what = list(known), what

    def validate(self, value: Any) -> None:
        """Raise ``ValidationError`` that names the unknown one and gives an example."""
        if value and value not in self.known:
            hint = f" Try {self.known[0]}." if self.known else ""
            raise ValidationError(f"There is no {self.what} {quoted(value)}.{hint}", code="invalid_choice")
