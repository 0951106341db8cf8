"""An export reads one moment, while others write and need not wait for it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection

from records import publishing
from records.exporters.scope import Scope
from records.exporters.whole import FORMS, whole_archive
from records.models import Day
from records.models.moment import one_moment
from records.summaries import audit
from tests.factories import APRIL_12, day, task

pytestmark = pytest.mark.django_db(transaction=True)


def another_day() -> None:
    day(APRIL_12 + timedelta(days=1), [task()])


def meanwhile(act: Callable[[], object] = another_day) -> None:
    """Somebody else publishes a day, or does what is said, on a connection of their own; done at once."""

    def do() -> None:
        act()
        connection.close()

    somebody = threading.Thread(target=do)
    somebody.start()
    somebody.join(timeout=10)
    assert not somebody.is_alive()


def test_what_is_written_meanwhile_is_not_seen_until_the_moment_is_over():
    day(tasks=[task()])
    with one_moment():
        assert Day.objects.count() == 1
        meanwhile()
        assert Day.objects.count() == 1
    assert Day.objects.count() == 2


def test_a_day_saved_while_sums_are_checked_is_no_finding(monkeypatch):
    made = day(tasks=[task()])
    compare = audit._differing

    def later(columns, keys, kept, computed):
        kept = list(kept)
        meanwhile(lambda: publishing.save_day(made, [task(hours="9")], reason="Counted anew"))
        return compare(columns, keys, kept, computed)

    monkeypatch.setattr(audit, "_differing", later)
    assert list(audit.findings()) == []


def test_an_archive_left_half_read_keeps_nothing_open():
    for distance in range(3):
        day(APRIL_12 - timedelta(days=distance), [task()], lede="x" * 50_000)
    archive = whole_archive(FORMS["json"], Scope(), lambda tasks: None)
    assert next(archive)
    archive.close()
    meanwhile()
    assert Day.objects.count() == 4


def test_what_is_asked_first_is_answered_as_of_the_moment():
    day(tasks=[task()])
    with one_moment(first="SELECT count(*), NULL FROM records_day") as answer:
        assert answer == ([(b"1", None)] if connection.vendor == "postgresql" else None)
        assert Day.objects.count() == 1
        meanwhile()
        assert Day.objects.count() == 1
    with one_moment() as answer:
        assert answer is None


def test_a_first_question_that_fails_is_told_as_what_it_is_and_leaves_no_moment_open():
    if connection.vendor != "postgresql":
        return  # it is not asked there
    with (
        pytest.raises(ProgrammingError, match="no_such_table"),
        one_moment(first="TABLE no_such_table"),
    ):
        pass
    assert not connection.in_atomic_block
    assert Day.objects.count() == 0
