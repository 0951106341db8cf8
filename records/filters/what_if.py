"""What if: the part of an address that asks for other figures than those recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from records.filters.fields import NameField, faults, quoted
from records.filters.links import WHERE, kept, link
from records.scenario import ONE, Scenario

MULTIPLIERS = ("hours", "supervision")
WHAT_IF = ("hours", "hours_cap", "supervision", "minutes", "without")
OF_ONE_TASK = tuple(name for name in WHAT_IF if name != "without")
LOW, BOTH, LARGEST = "low", "both", "top1"
LEAST, MOST, PLACES = Decimal("0.01"), Decimal(100), 4
MOST_HOURS = Decimal("99999.9999")
_NUMBER = re.compile(r"[0-9]{0,12}(\.[0-9]{0,12})?", re.ASCII)


class AmountField(forms.CharField):
    """A number with at most four decimals between two others, as a ``Decimal``; perhaps a word instead."""

    def __init__(self, *, least: Decimal, most: Decimal, example: str, word: str = "", **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.least, self.most, self.example, self.word = least, most, example, word
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "7"})

    def clean(self, value: Any) -> Decimal | str | None:
        """The number or the word, ``None`` for an empty field; ``ValidationError`` with an example."""
        text = self.to_python(value)
        if not text or text == self.word:
            return text or None
        if not _NUMBER.fullmatch(text) or text == ".":
            ways = f"neither a number nor “{self.word}”" if self.word else "not a number"
            raise ValidationError(f"{quoted(text)} is {ways}. Try {self.example}.", code="invalid")
        number = Decimal(text)
        if not self.least <= number <= self.most:
            reach = f"from {self.least} to {self.most:,f}"
            raise ValidationError(f"{quoted(text)} is out of reach. Try a number {reach}.", code="range")
        if number != round(number, PLACES):
            hint = f"Try {round(number, PLACES)}."
            raise ValidationError(f"{quoted(text)} has more than four decimals. {hint}", code="places")
        return number


@dataclass(frozen=True)
class Offer:
    """A knob turned, in words, and the address of the page with it, or without where it is turned already."""

    text: str
    url: str
    current: bool


OFFERS: Mapping[str, tuple[str, str]] = {
    "Every estimate halved": ("hours", "0.5"),
    "The low end of each estimate": ("hours", LOW),
    "At most 40 hours a task": ("hours_cap", "40"),
    "Supervision tripled": ("supervision", "3"),
    "Agent and supervision together": ("minutes", BOTH),
    "Without each day’s largest task": ("without", LARGEST),
}


@dataclass(frozen=True)
class Asked:
    """What the knobs of a page are made of: two that are equal are turned alike, and lead on alike."""

    query: str
    knobs: tuple[str, ...]

    @property
    def what_if(self) -> "WhatIf":
        """The knobs."""
        return WhatIf(QueryDict(self.query), self.knobs)


class WhatIf(forms.Form):
    """The knobs of a page; ``scenario`` is what they come to, a value that makes no sense not being applied.

    ``knobs`` are the names this page takes; lists and files take ``MULTIPLIERS``, as numbers alone. Any
    other knob that the address turns is a fault.
    """

    hours = AmountField(least=LEAST, most=MOST, example="0.5", label="Human hours ×")
    hours_cap = AmountField(
        least=Decimal("0.0001"), most=MOST_HOURS, example="40", label="At most hours a task"
    )
    supervision = AmountField(least=LEAST, most=MOST, example="3", label="Supervision ×")
    minutes = NameField(
        known={BOTH: "agent and supervision together"},
        what="way to count minutes:",
        empty="the agent’s alone",
        required=False,
        label="Hours divided by minutes of",
    )
    without = NameField(
        known={LARGEST: "each day’s largest task"},
        what="task to leave out:",
        empty="no task",
        required=False,
        label="Leaving out",
    )

    def __init__(self, query: QueryDict, knobs: tuple[str, ...] = WHAT_IF) -> None:
        """``query`` is the whole of the address; of it only these names are read."""
        super().__init__(kept(query, WHAT_IF), auto_id="what-if-%s")
        self.query, self.knobs = query, knobs
        if knobs != MULTIPLIERS:
            self.fields["hours"] = AmountField(
                least=LEAST, most=MOST, example="0.5 or low", word=LOW, label="Human hours ×, or “low”"
            )
        self.full_clean()
        for name in WHAT_IF:
            if name not in knobs and name in self.data:
                self.cleaned_data.pop(name, None)
                self.errors.pop(name, None)
                self.add_error(name, f"This works on other pages. Here, try {' or '.join(knobs)}.")

    @property
    def as_asked(self) -> Asked:
        """What these knobs are made of."""
        return Asked(self.query.urlencode(), tuple(self.knobs))

    @cached_property
    def scenario(self) -> Scenario:
        """What the knobs come to."""
        turned = self.cleaned_data
        hours = turned.get("hours")
        return Scenario(
            hours=hours if isinstance(hours, Decimal) else ONE,
            low_end=hours == LOW,
            hours_cap=turned.get("hours_cap"),
            supervision=turned.get("supervision") or ONE,
            minutes_together=turned.get("minutes") == BOTH,
            without_largest=turned.get("without") == LARGEST,
        )

    @property
    def faults(self) -> dict[str, list[str]]:
        """What in the address makes no sense, by name."""
        return faults(self)

    # Every row of a page asks for some of these.

    @cached_property
    def state(self) -> QueryDict:
        """The knobs that are turned, as in the address."""
        return kept(self.query, [name for name in self.knobs if name not in self.errors])

    @property
    def cited(self) -> QueryDict:
        """The address as it is cited: all of it that makes sense, without page and page size."""
        return kept(
            self.query, [name for name in self.query if name not in (*self.errors, *WHERE, "per_page")]
        )

    @cached_property
    def not_in_files(self) -> list[str]:
        """The knobs turned here that no file takes, so that its figures are without them."""
        return [
            name
            for name in self.state
            if name not in MULTIPLIERS or (name == "hours" and self.scenario.low_end)
        ]

    @cached_property
    def asked(self) -> str:
        """The knobs as the query of a page that takes all of them, such as that of a record or a month."""
        return _query("?", self.state)

    @cached_property
    def asked_too(self) -> str:
        """The same, to be added to a query."""
        return _query("&", self.state)

    @cached_property
    def asked_of_a_task(self) -> str:
        """The knobs as the query of the page of a task, which leaves none out."""
        return _query("?", kept(self.state, OF_ONE_TASK))

    @cached_property
    def asked_of_a_list(self) -> str:
        """The knobs as the query of a list; nothing where a list does not take all of them."""
        return "" if self.not_in_files else self.asked

    @cached_property
    def asked_of_lists(self) -> str:
        """The same, to be added to a query."""
        return "" if self.not_in_files else self.asked_too

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields this page has."""
        return [self[name] for name in WHAT_IF if name in self.knobs or name in self.errors]

    @property
    def offers(self) -> list[Offer]:
        """What else the figures could be, each one link away and combined with what is turned already."""
        return [
            self._offer(text, name, value)
            for text, (name, value) in OFFERS.items()
            if name in self.knobs and (value != LOW or self.knobs != MULTIPLIERS)
        ]

    def _offer(self, text: str, name: str, value: str) -> Offer:
        current = self.query.get(name) == value
        return Offer(text, link(self.query, **{name: None if current else value}), current)

    @property
    def plain_url(self) -> str:
        """The address of the page with the figures as recorded."""
        return link(self.query, **dict.fromkeys(WHAT_IF))

    @property
    def beside(self) -> list[tuple[str, str]]:
        """The rest of the address by name and value, for a form to send along."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if value and name not in (*WHAT_IF, *WHERE)
        ]


def _query(mark: str, state: QueryDict) -> str:
    return f"{mark}{state.urlencode()}" if state else ""
