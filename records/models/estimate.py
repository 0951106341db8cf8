"""What stands behind an estimate of human hours: its steps, its basis, when it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

MOST_STEPS = 40
STEP_NAME_LENGTH = 120
MOST_HOURS = Decimal(99_999)


class Basis(models.TextChoices):
    """What kind of thing an estimate rests on."""

    COMPARABLE = "comparable", "comparable work"
    EXPERIENCE = "experience", "own experience"
    PROPOSAL = "proposal", "agent’s proposal"


class Timing(models.TextChoices):
    """Whether an estimate was made before the minutes were known."""

    BEFORE = "before", "before the work"
    AFTER = "after", "after the work"


@dataclass(frozen=True)
class Step:
    """One part of the work and the hours a human would have needed for it."""

    name: str
    hours: Decimal


def steps_in(value: Sequence[Any]) -> list[Step]:
    """The steps of a stored list of ``{"name": ..., "hours": ...}``."""
    return [Step(each["name"], Decimal(str(each["hours"]))) for each in value]


def check_steps(value: Any) -> None:
    """Raise ``ValidationError`` unless ``value`` is a list of steps that may be stored."""
    if not isinstance(value, list) or not all(map(_is_step, value)):
        raise ValidationError("Steps are a list of names with hours, such as Parser 8h.")
    if len(value) > MOST_STEPS:
        raise ValidationError(f"An estimate has at most {MOST_STEPS} steps. Put some of them together.")


def _is_step(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"name", "hours"}:
        return False
    name, hours = value["name"], value["hours"]
    is_name = isinstance(name, str) and len(name.strip()) > 0 and len(name) <= STEP_NAME_LENGTH
    is_number = isinstance(hours, int | float | Decimal) and not isinstance(hours, bool)
    return is_name and "\x00" not in name and is_number and 0 < hours <= MOST_HOURS
