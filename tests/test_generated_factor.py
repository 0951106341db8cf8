"""The factor that the database keeps equals the exact fraction."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.leverage import Totals
from records.models import Day, Task
from tests import factories
from tests.test_leverage import exact, hours, minutes

pytestmark = pytest.mark.django_db

rows = st.lists(st.tuples(hours, minutes.filter(lambda m: m != 0), minutes), min_size=200, max_size=200)


def close(stored: float | None, truth: Fraction | None) -> bool:
    if stored is None or truth is None:
        return stored is None and truth is None
    if truth.denominator == 1:
        return Fraction(stored) == truth
    return abs(Fraction(stored) - truth) <= truth / 10**12


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows)
def test_ten_thousand_stored_factors_equal_the_exact_fraction(cases):
    Day.objects.all().delete()
    tasks = [factories.task("A case", *(None if v is None else str(v) for v in case)) for case in cases]
    factories.draft(date(2026, 4, 12), tasks)
    stored = list(Task.objects.order_by("position"))
    for task, (human_hours, agent, supervision) in zip(stored, cases, strict=True):
        assert close(task.factor, exact(human_hours, agent)), (human_hours, agent)
        assert close(task.supervisory_factor, exact(human_hours, supervision)), (human_hours, supervision)
    assert Task.objects.totals() == Totals.of(stored)
    assert Day.objects.with_totals().get().totals() == Totals.of(stored)


@pytest.mark.parametrize(
    ("human_hours", "agent", "factor"),
    [("0.02", "0.1", 12.0), ("2000", "0.01", 12_000_000.0), ("99999.9999", "0.01", 599_999_999.4)],
)
def test_edges_are_exact(human_hours, agent, factor):
    factories.draft(tasks=[factories.task(hours=human_hours, agent=agent)])
    assert Task.objects.get().factor == factor


def test_supervision_of_zero_has_no_factor():
    factories.draft(tasks=[factories.task(supervision="0")])
    assert Task.objects.get().supervisory_factor is None
    assert Task.objects.get().supervisory_leverage_factor() is None


def test_totals_by_a_column_add_up_to_the_totals_of_all():
    factories.draft(date(2026, 4, 11), [factories.task(hours="1"), factories.task(hours="2")])
    factories.draft(date(2026, 4, 12), [factories.task(hours="4")])
    by_day = Task.objects.totals_by("day")
    assert {on: totals.human_hours for on, totals in by_day.items()} == {
        date(2026, 4, 11): Decimal(3),
        date(2026, 4, 12): Decimal(4),
    }
    assert Task.objects.totals().human_hours == 7
