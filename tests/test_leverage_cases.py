"""Factors, totals and averages, by the table of cases that the browser's script is held to as well."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from records import formats, leverage
from records.leverage import Totals
from tests.cases import CASES


@dataclass(frozen=True)
class Row(leverage.WithoutRange):
    """The figures of one task of the table."""

    human_hours: Decimal | None
    agent_minutes: Decimal | None
    supervisory_minutes: Decimal | None
    tokens: int | None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def row_of(cells: list[str | None]) -> Row:
    """A row of the table: hours, agent minutes, supervisory minutes, tokens."""
    hours, agent, supervision, tokens = cells
    return Row(
        _decimal(hours), _decimal(agent), _decimal(supervision), None if tokens is None else int(tokens)
    )


@pytest.mark.parametrize(
    "case", CASES["factors"], ids=lambda case: f"{case['human_hours']}/{case['minutes']}"
)
def test_it_shows_a_factor_as_the_table_says(case: dict[str, str | None]):
    value = leverage.factor(_decimal(case["human_hours"]), _decimal(case["minutes"]))
    assert formats.task_factor(value) == case["shown"]


@pytest.mark.parametrize("case", CASES["totals"], ids=lambda case: case["name"])
def test_it_totals_the_rows_as_the_table_says(case: dict[str, Any]):
    totals = Totals.of([row_of(cells) for cells in case["rows"]])
    shown = {
        "tasks": totals.tasks,
        "human_hours": formats.quantity(totals.human_hours),
        "agent_minutes": formats.quantity(totals.agent_minutes),
        "supervisory_minutes": formats.quantity(totals.supervisory_minutes),
        "tokens": None if totals.tokens is None else str(totals.tokens),
        "tokens_known": totals.tokens_known,
        "factor": formats.average_factor(totals.leverage.value),
        "factor_over": totals.leverage.tasks,
        "supervisory_factor": formats.average_factor(totals.supervision.value),
        "supervisory_over": totals.supervision.tasks,
    }
    assert shown == {name: case[name] for name in shown}
