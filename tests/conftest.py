"""What all tests share: fast settings, and generated cases that do not change where nobody watches."""

import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

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


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail the test that leaves a transaction open, not one that happens to run after it.

    A streamed answer that is not read to its end does: its moment stays open until garbage is collected.
    """
    within = connection.in_atomic_block
    outcome = yield
    assert connection.in_atomic_block == within, "a transaction is still open: was an answer read to its end?"
    return outcome
