"""What all tests share: fast settings, and generated cases that do not change where nobody watches."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
from _pytest import runner
from django.conf import settings
from django.db import connection, transaction
from django.template import Template
from pytest_django import DjangoDbBlocker

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if settings.CI else "default")


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "database_url"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the second database is spared: tests that ask none of a database have run on the first."""
    parser.addoption("--with-database-only", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what uses no database, where that is asked for."""
    if not config.getoption("--with-database-only"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_configure(config: pytest.Config) -> None:
    """Weak hashes and unhashed static files: neither is what any test is about, and both cost time.

    Static files are looked up when asked for: to list them all takes each client of a test as long as a page.
    Social cards are kept in memory. SQLite gets a file, as in use: a database in memory has other locks.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.CACHES["cards"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tempfile.mkdtemp(prefix="leverage-test-")
        database.setdefault("TEST", {})["NAME"] = str(Path(folder) / "test.sqlite3")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have no midnight come in between: what day it is, is part of answers and of their names.

    Shortly before one, a run goes by a clock that is an hour behind. What it publishes now, the database and
    processes of their own, which go by the right clock, take for published as well.
    """
    now = datetime.now(UTC)
    if now.hour == 23 and now.minute >= 30:
        clock = time_machine.travel(now - timedelta(hours=1), tick=True)
        clock.start()
        session.config.add_cleanup(clock.stop)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among what stays to the end: that took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run the test as pytest does, but with room on the stack."""
    _with_room(runner.pytest_runtest_protocol, item, nextitem)
    return True


def _with_room(call: Callable[..., Any], *arguments: Any) -> None:
    call(*arguments)


# Python asks for its stack in pieces of 16 kB and gives each back as soon as it is left, hundreds of times
# for a page. A call that claims more than half a megabyte gets a whole one, and those within it use the rest.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail the test that leaves a transaction open, not one that happens to run after it.

    A streamed answer that is not read to its end does: its moment stays open until garbage is collected.
    """
    within = connection.in_atomic_block
    outcome = yield
    assert connection.in_atomic_block == within, "a transaction is still open: was an answer read to its end?"
    return outcome


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """What Django asks a database once, what it can do, is asked before any test counts questions."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


_drawn_in_use = Template._render  # type: ignore[attr-defined] # its stubs have what is public alone


@pytest.fixture(scope="session", autouse=True)
def templates_are_drawn_as_in_use(django_test_environment: None) -> Iterator[None]:
    """No copy of its context for each template drawn: Django's is for tests of what a page was told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _drawn_in_use)
        yield


@pytest.fixture(autouse=True)
def revised_by_itself(request: pytest.FixtureRequest) -> None:
    """On PostgreSQL a test's writing gets a number of its own, though tests of a module share a transaction.

    A transaction draws one number until somebody asks for it; what is taken back takes the asking back.
    """
    marked = request.node.get_closest_marker("django_db")
    if connection.vendor == "postgresql" and marked and not marked.kwargs.get("transaction"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('records.revised', '', true)")


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module: what its own fixtures store within it, all of them find.

    Each test still takes back what it writes itself. Not for a module with tests that commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def nothing_stored(kept_for_the_module: None, db: None) -> None:
    """Nothing on record for a test that puts it there itself, where the others of its module share theirs."""
    from records.models import Category, Day, Tag  # models wait for settings

    for model in (Day, Category, Tag):
        model.objects.all().delete()
