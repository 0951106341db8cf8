"""What is read from the summaries is what the days, held in memory, and their tasks say, figure by figure."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal

import pytest
from django.core.cache import caches
from django.http import QueryDict
from django.utils import timezone

from records import publishing
from records.models import Day, Task
from records.periods import Unit
from records.scenario import Scenario
from records.summaries.accounts import whole_totals
from records.summaries.any_series import AnySeries
from records.summaries.broken import marks
from records.summaries.categories import category_rows
from records.summaries.factors import Factors
from records.summaries.highlights import Highlights
from records.summaries.kept import edition, kept
from records.summaries.reach import Reach
from records.summaries.scaled import ScaledSeries
from records.summaries.series import Series
from records.summaries.shares import Shares
from records.summaries.stored import Readings, StoredSeries
from records.summaries.supposed import factors_in, series_in
from records.summaries.tasks import account_of
from records.tables import FilteredTasks
from tests.factories import APRIL_12, category, day, draft, task

pytestmark = pytest.mark.django_db

ASKED = (
    "first", "last", "days_on_record", "days_worked", "days_leaving_out", "years", "totals", "as_of",
    "changed", "leverage_extremes", "supervision_extremes", "sample", "agent_is_approximate",
    "supervision_is_approximate", "tokens_are_partial", "agent_hours", "supervisory_hours", "calendar_days",
)  # fmt: skip


def generated(seed: int) -> None:
    """Days of two years with gaps, notes, drafts, unknown supervision and tokens, and ties."""
    chance = random.Random(seed)
    kinds = [*(category(name) for name in ("Testing", "Frontend", "Parser")), None]
    new = []
    for back in sorted(chance.sample(range(500), 45)):
        tasks = [
            task(
                f"Task {number}",
                hours=chance.choice(["0.0001", "0.3333", "8", "16", "99999.9999"]),
                agent=chance.choice(["0.01", "7", "10", "20", "33.33"]),
                supervision=chance.choice([None, "0", "2", "0.07"]),
                tokens=chance.choice([None, 0, 10**12]),
                agent_minutes_source=chance.choice(["declared"] * 20 + ["approximate"]),
                category=chance.choice(kinds),
            )
            for number in range(chance.choice([0, 1, 2, 6]))
        ]
        public = {"status": Day.Status.PUBLISHED, "published_at": datetime(2026, 4, 13, tzinfo=UTC)}
        state = chance.choice([public] * 9 + [{"status": Day.Status.DRAFT}])
        stated = {"stated_tokens": chance.choice([None, 5]), "left_out": chance.choice(["", "1, private"])}
        new.append(publishing.NewDay(Day(date=APRIL_12 - timedelta(days=back), **state, **stated), tasks))
    publishing.add_days(new)


def asked(series: AnySeries) -> dict[str, object]:
    return {name: getattr(series, name) for name in ASKED}


@pytest.mark.parametrize("seed", range(3))
def test_a_stored_series_says_what_the_days_in_memory_say(seed):
    generated(seed)
    now = timezone.now()
    whole = Series.of(Day.objects.visible(now))
    middle = whole.days[len(whole.days) // 3].date, whole.days[-3].date
    for first, last in ((None, None), middle):
        in_memory = whole.within(first, last)
        reach = Reach(now, first, last)
        stored = StoredSeries(Readings(reach, edition(now)), Unit.WEEK)
        assert asked(stored) == asked(in_memory)
        for unit in Unit:
            assert stored.by(unit) == in_memory.by(unit)
        for year in stored.years:
            days = [(each.day, each.totals, each.is_note) for each in stored.of_year(year)]
            assert days == [(each.day, each.totals, each.is_note) for each in in_memory.of_year(year)]
        assert stored.marks == marks(in_memory, Factors.of(reach.tasks))
        for unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR):
            assert Shares.of_summaries(reach.category_summaries, unit) == Shares.of(reach.tasks, unit)


def test_a_scenario_that_only_multiplies_is_that_of_the_days_in_memory():
    generated(4)
    now, scenario = timezone.now(), Scenario(hours=Decimal("0.37"), supervision=Decimal(3))
    reach = Reach(now)
    in_memory = series_in(scenario, Series.of(reach.days), reach.tasks)
    scaled = ScaledSeries(Readings(reach, edition(now)), Unit.MONTH, scenario)
    exact = [name for name in ASKED if not name.endswith("extremes")]
    assert [getattr(scaled, name) for name in exact] == [getattr(in_memory, name) for name in exact]
    assert scaled.by(Unit.WEEK) == in_memory.by(Unit.WEEK)
    for year in scaled.years:
        assert [day.totals for day in scaled.of_year(year)] == [day.totals for day in in_memory.of_year(year)]
    for name in ("leverage_extremes", "supervision_extremes"):
        assert nearly(getattr(scaled, name)) == nearly(getattr(in_memory, name))
    found = marks(in_memory, factors_in(scenario, reach.tasks))
    assert {kind: list(map(nearly, each)) for kind, each in scaled.marks.items()} == {
        kind: list(map(nearly, each)) for kind, each in found.items()
    }


def nearly(figures: object) -> list[object]:
    """The figures of a row, quotients to thirty digits: it matters not which was divided first."""
    values = [value for name, value in vars(figures).items() if name != "task"]  # of equal ones, either
    return [Context(prec=30).plus(each) if isinstance(each, Decimal) else each for each in values]


LISTS = ("", "category=testing", "category=none", "category=testing&category=none&from=2025-06-01",
    "to=2026-01-01", "period=2025", "period=2025&period=2024&category=frontend")  # fmt: skip


def test_a_list_that_no_figure_of_a_task_narrows_is_summed_up_by_summaries():
    generated(7)
    for query in LISTS:
        listing = FilteredTasks(QueryDict(query))
        assert not listing.errors
        assert listing.summaries is not None
        assert listing.account == account_of(listing.tasks)
    assert FilteredTasks(QueryDict("missing=tokens")).summaries is None
    assert whole_totals(timezone.now()) == Task.objects.visible().totals()


def test_categories_have_the_sums_of_their_tasks():
    generated(8)
    rows = {row.slug: row for row in category_rows(Reach.now())}
    totals = Task.objects.visible().totals_by("category__slug")
    assert {slug: row.totals for slug, row in rows.items()} == {
        slug or "none": each for slug, each in totals.items()
    }


def test_without_a_day_there_is_nothing_to_add_up():
    stored = StoredSeries(Readings(Reach.now(), edition(timezone.now())))
    assert (stored.days_on_record, stored.days_worked, stored.as_of, list(stored.years)) == (0, 0, None, [])
    assert stored.by(Unit.DAY) == []
    assert stored.totals == Series(()).totals


def test_days_whose_averages_are_equal_have_no_lowest_and_no_highest():
    for back, times in enumerate((1, 3, 7)):
        day(APRIL_12 - timedelta(days=back), [task(hours=str(Decimal("0.7") * times), agent=str(9 * times))])
    assert Highlights.of(Reach.now()).leverage is None


def test_every_change_that_the_public_sees_makes_another_edition(time_machine):
    time_machine.move_to(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False)
    kind, stored = category("Testing"), day(tasks=[task()])
    scheduled = day(APRIL_12 - timedelta(days=1), [task()], published_at=datetime(2026, 5, 1, 13, tzinfo=UTC))
    seen = [edition(timezone.now())]

    def says_another() -> None:
        seen.append(edition(timezone.now()))
        assert len(set(seen)) == len(seen)

    publishing.save_day(stored, [task(hours="9")], reason="Counted anew")
    says_another()
    publishing.set_category(Task.objects.filter(day=stored), kind)
    says_another()
    kind.name = "Tests"
    publishing.save_category(kind)
    says_another()
    draft(APRIL_12 - timedelta(days=2), [task()])
    assert edition(timezone.now()) == seen[-1]
    time_machine.move_to(datetime(2026, 5, 1, 14, tzinfo=UTC), tick=False)
    says_another()
    publishing.withdraw(scheduled, reason="Not mine")
    assert edition(timezone.now()) == seen[-2]  # what is public is the same again


def test_what_is_kept_is_made_once_for_each_edition():
    caches["figures"].clear()
    made: list[str] = []

    def make() -> int:
        made.append("made")
        return len(made)

    assert [kept("it", make, "one"), kept("it", make, "one"), kept("it", make, "two")] == [1, 1, 2]
