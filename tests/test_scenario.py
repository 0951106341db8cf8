"""What if: the arithmetic of the knobs, in memory and in SQL, against plain fractions."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.leverage import Totals
from records.models import Task
from records.scenario import AS_RECORDED, Scenario, break_even
from records.summaries.scenario import supposed
from tests.factories import APRIL_12, day, task
from tests.pages import april_12


def weighted(scenario: Scenario) -> str:
    average = Task.objects.visible().totals(scenario).leverage.value
    return f"{average:.1f}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scenario", "factor"),
    [
        (AS_RECORDED, "119.5"),
        (Scenario(hours=Decimal("0.5")), "59.7"),
        (Scenario(hours_cap=Decimal(40)), "56.9"),
        (Scenario(minutes_together=True), "97.3"),
        (Scenario(without_largest=True), "85.0"),
        (Scenario(supervision=Decimal(3)), "119.5"),
    ],
)
def test_april_12_in_each_scenario(scenario, factor):
    april_12()
    assert weighted(scenario) == factor


@pytest.mark.parametrize(
    ("factor", "line", "times"),
    [
        ("119.487", 10, "11.9"),
        ("120", 10, "11.9"),  # at 12.0 it would be on the line, not above it
        ("120.001", 10, "12.0"),
        ("11.5", 10, "1.1"),
        ("10.9", 1, "10.8"),
        ("2", 1, "1.9"),
    ],
)
def test_the_break_even_is_rounded_down_and_stays_above_the_line(factor, line, times):
    found = break_even(Decimal(factor))
    assert found
    assert (found.line, str(found.times)) == (line, times)
    assert Decimal(factor) / found.times > line


@pytest.mark.parametrize("factor", [None, "0", "0.5", "1", "1.05"])
def test_there_is_no_break_even_at_one_or_hardly_above(factor):
    assert break_even(None if factor is None else Decimal(factor)) is None


# Against fractions ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """A task as fractions, by the definitions of the strip."""

    hours: Fraction
    low: Fraction | None
    agent: Fraction
    supervision: Fraction | None

    def supposing(self, scenario: Scenario) -> "Figures":
        hours = (
            self.low if scenario.low_end and self.low is not None else self.hours * Fraction(scenario.hours)
        )
        if scenario.hours_cap is not None:
            hours = min(hours, Fraction(scenario.hours_cap))
        supervision = None if self.supervision is None else self.supervision * Fraction(scenario.supervision)
        return Figures(hours, self.low, self.agent, supervision)


def exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def assert_totals(totals: Totals, tasks: list[Task], scenario: Scenario) -> None:
    recorded = [
        Figures(
            Fraction(t.human_hours),
            exact(t.estimate_low),
            Fraction(t.agent_minutes),
            exact(t.supervisory_minutes),
        )
        for t in tasks
    ]
    rows = [each.supposing(scenario) for each in recorded]
    supervised = [row for row in rows if row.supervision is not None]
    divided = supervised if scenario.minutes_together else rows
    beside = sum((row.supervision or 0) for row in divided) if scenario.minutes_together else 0
    assert totals.tasks == len(rows)
    assert totals.leverage.tasks == len(divided)
    assert exact(totals.human_hours) == (sum(row.hours for row in rows) if rows else None)
    assert Fraction(totals.leverage.human_hours) == sum(row.hours for row in divided)
    assert Fraction(totals.leverage.minutes) == sum(row.agent for row in divided) + beside
    assert Fraction(totals.supervision.human_hours) == sum(row.hours for row in supervised)
    assert Fraction(totals.supervision.minutes) == sum(row.supervision or 0 for row in supervised)


def first_of_most_hours(tasks: list[Task]) -> Task:
    return min(tasks, key=lambda each: (-each.human_hours, each.position))


ROWS = [
    ("160", "20", "2", "40"),
    ("160", "0.01", None, None),
    ("0.0001", "7", "0", None),
    ("3.3333", "14.29", "3.5", "3.3333"),
    ("99999.9999", "9999999.99", "9999999.99", "0.0001"),
    ("8", "33.33", None, "5.25"),
]
MULTIPLIERS = st.decimals(min_value=Decimal("0.01"), max_value=100, places=4)
SCENARIOS = st.one_of(
    st.builds(
        Scenario,
        hours=MULTIPLIERS,
        hours_cap=st.none() | st.decimals(min_value=Decimal("0.0001"), max_value=99_999, places=4),
        supervision=MULTIPLIERS,
        minutes_together=st.booleans(),
        without_largest=st.booleans(),
    ),
    st.builds(
        Scenario,
        low_end=st.just(True),
        hours_cap=st.none() | st.just(Decimal("4.5")),
        supervision=MULTIPLIERS,
    ),
)


@pytest.mark.django_db
@given(scenario=SCENARIOS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_memory_and_sql_come_to_the_sums_of_exact_fractions(scenario):
    if not Task.objects.exists():
        for back in range(2):
            tasks = [task("One", *row[:3], estimate_low=row[3] and Decimal(row[3])) for row in ROWS[back:]]
            day(APRIL_12 - timedelta(days=back), tasks)
    everything = list(Task.objects.order_by("day", "position"))
    left = [
        each for each in everything if not scenario.without_largest or each not in largest_of_days(everything)
    ]
    assert_totals(Task.objects.totals(scenario), left, scenario)
    assert_totals(Totals.of(supposed(everything, scenario)), left, scenario)
    for on, totals in Task.objects.totals_by("day_id", scenario).items():
        assert_totals(totals, [each for each in left if each.day_id == on], scenario)


def largest_of_days(tasks: list[Task]) -> list[Task]:
    days = {each.day_id for each in tasks}
    return [first_of_most_hours([each for each in tasks if each.day_id == on]) for on in days]


def test_unknown_figures_stay_unknown_in_every_scenario():
    unknown = Task(description="Draft", agent_minutes=Decimal(5), estimate_low=Decimal(2))
    turned = Scenario(low_end=True, hours_cap=Decimal(1), supervision=Decimal(3), minutes_together=True)
    drafted = unknown.supposing(turned)
    assert (drafted.human_hours, drafted.supervisory_minutes, drafted.leverage_factor()) == (None, None, None)
    assert drafted.agent_minutes == 5


def test_what_a_scenario_does_is_said_in_the_order_it_is_done():
    turned = Scenario(Decimal("0.25"), hours_cap=Decimal(40), supervision=Decimal(3), without_largest=True)
    assert turned.words() == (
        "each day’s task of most human hours left out",
        "every human estimate multiplied by 0.25",
        "at most 40 human hours a task",
        "supervision tripled",
    )
    assert AS_RECORDED.words() == ()
