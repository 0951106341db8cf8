"""The settings, as the environment makes them, and what they make of databases and responses."""

import json
import logging
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from leverage_site.csp import build_policy
from leverage_site.keys import kept_secret_key
from leverage_site.logs import JsonFormatter
from records.management.suite.steps import PERSONAL

SETTINGS = Path(current.BASE_DIR) / "leverage_site" / "settings.py"


@pytest.fixture
def read(monkeypatch, tmp_path):
    """A function that reads the settings under an environment of its own."""

    def settings(**variables: str) -> dict[str, Any]:
        for name in PERSONAL:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SECRET_KEY": "k", "STATIC_ROOT": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return settings


def test_an_https_address_brings_secure_cookies_hsts_and_the_redirect(read):
    settings = read(SITE_URL="https://records.example.com/")
    assert settings["SITE_URL"] == "https://records.example.com"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] > 180 * 86400
    assert settings["ALLOWED_HOSTS"] == ["records.example.com"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://records.example.com"]


def test_an_http_address_brings_none_of_them(read):
    settings = read(SITE_URL="http://localhost:8123")
    assert not settings["SESSION_COOKIE_SECURE"]
    assert not settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert settings["ALLOWED_HOSTS"] == ["localhost"]


def test_debug_is_off_unless_asked_for(read):
    assert read()["DEBUG"] is False
    assert read(DEBUG="true")["DEBUG"] is True


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SITE_URL", "records.example.com", "https://records.example.com"),
        ("SITE_URL", "https://example.com/records", "names scheme and host"),
        ("SITE_URL", "ftp://example.com", "names scheme and host"),
        ("DATABASE_URL", "mysql://root@localhost/records", "sqlite:///path/to/file"),
        ("LOG_FORMAT", "xml", "plain, json"),
        ("TRUSTED_PROXIES", "10.0.0.7,proxy.example", "'proxy.example'.*172.18.0.0/16"),
        ("TRUSTED_PROXIES", "10.0.0.7/8", "has host bits set"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_one_that_does(read, name, value, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        read(**{name: value})


def test_postgres_keeps_what_the_address_asks_for_beside_the_pool(read):
    database = read(DATABASE_URL="postgres://me:secret@db.example.com/records?sslmode=require")["DATABASES"][
        "default"
    ]
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["timeout"] < 5
    assert database["CONN_HEALTH_CHECKS"]
    assert not database.get("ATOMIC_REQUESTS")


def test_sqlite_writes_ahead_waits_for_its_turn_and_minds_foreign_keys(read, tmp_path, db):
    database = read(DATABASE_URL=f"sqlite:///{tmp_path}/a.sqlite3")["DATABASES"]["default"]
    connection = ConnectionHandler({"default": database})["default"]
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    mode = vars(connection)["transaction_mode"]
    connection.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 20_000}
    assert mode == "IMMEDIATE"


def test_a_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_secret_key_that_cannot_be_kept_is_asked_for_in_words(tmp_path):
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        kept_secret_key(tmp_path / "var" / "secret_key")


def test_a_policy_is_written_as_browsers_read_it():
    assert build_policy({"default-src": ["'none'"], "img-src": ["'self'", "data:"]}) == (
        "default-src 'none'; img-src 'self' data:"
    )


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/nowhere/"])
def test_every_response_tells_the_browser_to_be_strict(client, db, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_log_line_in_json_carries_the_failure():
    try:
        raise ValueError("no such day")
    except ValueError:
        record = logging.LogRecord(
            "records", logging.ERROR, __file__, 1, "Failed: %s", ("day",), sys.exc_info()
        )
    line = JsonFormatter().format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "records", "Failed: day")
    assert "ValueError: no such day" in said["traceback"]


def test_the_deployment_check_finds_fault_with_a_site_under_debug(tmp_path):
    """The whole check runs it on good settings; this holds that it would notice bad ones."""
    variables = {
        "SITE_URL": "https://records.example.com",
        "DEBUG": "true",
        "DATABASE_URL": "sqlite://:memory:",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=current.BASE_DIR, env={"PATH": "/usr/bin:/bin", "STATIC_ROOT": str(tmp_path), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "DEBUG" in done.stderr
