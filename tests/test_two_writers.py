"""Several writers at one day: exactly one wins, the others see a conflict, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from records import publishing
from records.models import Day, Revision, Task
from records.publishing import Conflict
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def run_at_once(act) -> list[object]:
    """What ``act`` gives, or the exception it raises, for each writer; all start together."""
    start = Barrier(WRITERS)

    def one(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_of_writers_who_read_the_same_version_exactly_one_wins():
    day = factories.draft(tasks=[factories.task()])

    def save(number: int) -> int:
        mine = Day.objects.get()
        mine.lede = f"Writer {number}."
        publishing.save_day(mine, expected_version=day.version)
        return number

    results = run_at_once(save)
    winners = [result for result in results if isinstance(result, int)]
    assert len(winners) == 1, results
    assert sum(isinstance(result, Conflict) for result in results) == WRITERS - 1, results
    assert Day.objects.get().lede == f"Writer {winners[0]}."
    assert Revision.objects.count() == 2


def test_tasks_added_at_once_are_all_kept_in_a_row_of_positions():
    factories.draft()
    results = run_at_once(
        lambda number: publishing.add_task(factories.APRIL_12, factories.task(f"Task {number}"))
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Task.objects.values_list("position", flat=True)) == list(range(1, WRITERS + 1))
    assert Day.objects.get().version == WRITERS + 1


def test_a_day_made_by_all_at_once_is_made_once():
    results = run_at_once(
        lambda number: publishing.save_day(Day(date=factories.APRIL_12), [factories.task()])
    )
    faults = [result for result in results if isinstance(result, Exception)]
    assert len(faults) == WRITERS - 1
    assert Day.objects.count() == 1
    assert Task.objects.count() == 1
