"""Several writers at one day: exactly one wins, the others see a conflict, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from records import publishing
from records.models import Day, Revision, Task
from records.publishing import Conflict
from tests import desk, factories

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
AT_THE_DESK, ROUNDS = 4, 2  # hardening/two_writers.py has more of both, and a real server


def run_at_once(act, writers: int = WRITERS) -> list[object]:
    """What ``act`` gives, or the exception it raises, for each writer; all start together."""
    start = Barrier(writers)

    def one(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(one, range(writers)))


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


def test_tasks_that_change_places_between_two_days_wait_for_each_other_once():
    dates = [factories.APRIL_12, factories.APRIL_12 + timedelta(days=1)]
    for on in dates:
        factories.draft(on, tasks=[factories.task(f"Task {on}"), factories.task("stays")])
    both_have_a_lock = Barrier(2)

    def wait_after_a_lock(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "FOR UPDATE" in sql:
            with suppress(BrokenBarrierError):
                both_have_a_lock.wait(0.3)
        return found

    def move(number: int) -> None:
        moving = list(Task.objects.filter(day__date=dates[number], position=1))
        with connection.execute_wrapper(wait_after_a_lock):
            publishing.move_tasks(moving, dates[1 - number])

    assert run_at_once(move, 2) == [None, None]
    assert [Task.objects.get(day__date=on, position=2).description for on in dates] == [
        f"Task {on}" for on in reversed(dates)
    ]


def posted_at_once(clients: list[Client], address: str, forms: dict[int, dict[str, str]]) -> dict[int, Any]:
    """What each author who has a form to post is answered, by number."""
    numbers = list(forms)
    answers = run_at_once(lambda turn: clients[numbers[turn]].post(address, forms[numbers[turn]]), len(forms))
    return dict(zip(numbers, answers, strict=True))


def test_of_authors_who_save_one_form_at_once_one_wins_and_the_others_see_their_text_again():
    stored = factories.draft(tasks=[factories.task(f"Task {number}") for number in range(AT_THE_DESK)])
    address = desk.change_address(stored)
    clients = [Client() for _ in range(AT_THE_DESK)]
    for number, client in enumerate(clients):
        client.force_login(desk.new_author(f"author{number}"))
    for occasion in range(ROUNDS):
        texts = [f"Text of author {number}, round {occasion}." for number in range(AT_THE_DESK)]
        forms = {
            number: {**desk.opened(client, stored), "lede": text, f"tasks-{number}-description": text}
            for number, (client, text) in enumerate(zip(clients, texts, strict=True))
        }
        while forms:
            answers = posted_at_once(clients, address, forms)
            statuses = sorted(answer.status_code for answer in answers.values())
            assert statuses == [200] * (len(forms) - 1) + [302]
            asked = {number: answer for number, answer in answers.items() if answer.status_code == 200}
            assert all(texts[number] in answer.content.decode() for number, answer in asked.items())
            forms = {number: desk.form_on(answer, "conflict") for number, answer in asked.items()}
        assert sorted(task.description for task in desk.rows_of(stored)) == texts
