"""While the database is away, pages say so with 503; other failures stay what they are."""

import sqlite3

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.utils import CursorWrapper
from psycopg_pool import PoolTimeout

from leverage_site.failures import database_is_away


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.fixture
def failing_with(client, db, monkeypatch):
    """A function that gives the home page's response while every query raises this error."""

    def get(error: Exception):
        connection.ensure_connection()

        def fail(*args: object) -> None:
            raise error

        client.raise_request_exception = False
        with monkeypatch.context() as patch:
            patch.setattr(CursorWrapper, "execute", fail)
            return client.get("/")

    return get


def test_a_page_answers_503_while_the_database_is_away(failing_with):
    response = failing_with(
        caused(OperationalError("no connection"), psycopg.OperationalError("no connection"))
    )
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert b"<h1" in response.content


def test_a_page_answers_500_when_a_table_is_missing(failing_with):
    error = caused(OperationalError("no such table: x"), sqlite3.OperationalError("no such table: x"))
    assert failing_with(error).status_code == 500


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError("couldn't get a connection"), PoolTimeout()), True),
        (
            caused(OperationalError("database is locked"), sqlite3.OperationalError("database is locked")),
            True,
        ),
        (ValueError("no"), False),
        (None, False),
    ],
)
def test_it_tells_what_will_pass_from_what_will_not(error, away):
    assert database_is_away(error) is away
