"""The demo: one command to a site with a record in it, and never over anybody's own."""

import re
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from records.management import serving
from records.models import Day, SiteProfile
from tests import factories

START_SECONDS = 60


@pytest.fixture
def demo(db, settings, monkeypatch):
    """A function that runs the command on the test database, with a record of one day."""
    settings.DATABASE_URL = settings.DATABASE_URL or "the test database"

    def load() -> None:
        factories.day()
        SiteProfile(filled_by_demo=True).save()

    monkeypatch.setattr("records.management.commands.demo.load_demo", load)

    def run(**options: object) -> str:
        out = StringIO()
        call_command("demo", no_serve=True, stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return run


def password_in(said: str) -> str:
    found = re.search(r"with the password (\S+), printed only this once", said)
    assert found, said
    return found[1]


def test_it_fills_an_empty_database_and_prints_the_password_once(demo):
    password = password_in(demo())
    assert Day.objects.count() == 1
    assert User.objects.get(username="admin").check_password(password)
    again = demo()
    assert password not in again
    assert "--reset-admin" in again
    assert Day.objects.count() == 1


def test_it_gives_a_new_password_to_who_lost_it_and_forgives_failed_attempts(demo, client):
    demo()
    for _ in range(5):
        client.post("/admin/login/", {"username": "admin", "password": "forgotten"})
    password = password_in(demo(reset_admin=True))
    assert client.post("/admin/login/", {"username": "admin", "password": password}).status_code == 302


def test_it_refuses_a_record_that_somebody_keeps(demo):
    factories.day()
    with pytest.raises(CommandError, match="left alone") as refusal:
        demo()
    assert refusal.value.returncode == 2
    assert not User.objects.exists()
    assert Day.objects.count() == 1


def test_days_added_to_a_demo_are_no_reason_to_refuse(demo):
    demo()
    factories.day(date(2026, 5, 1))
    demo()
    assert Day.objects.count() == 2


def test_it_takes_the_first_free_port():
    with serving.listen(None) as first, serving.listen(None) as second:
        ports = [listener.getsockname()[1] for listener in (first, second)]
    assert ports[0] >= 8000
    assert ports[1] > ports[0]


def test_a_port_that_is_taken_is_refused_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serving.PortTakenError, match=f"Port {port} is taken"):
            serving.listen(port)


@pytest.mark.parametrize("typed", ["70000", "0", "-1", "8000.5", "٨٠٠٠", "00000000001"])
def test_what_is_no_port_is_wrong_use_before_anything_is_done(typed):
    with pytest.raises(CommandError, match=r"is no port\. Try one from 1 to 65535, such as 8000\."):
        call_command("demo", f"--port={typed}", stderr=StringIO())


def test_a_port_that_the_system_does_not_give_is_refused_for_its_reason(monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", denied)
    for port in (80, None):
        with pytest.raises(serving.PortError, match=r"Port 80(00)? cannot be had: Permission denied\."):
            serving.listen(port)


def test_a_run_that_finds_its_port_taken_makes_no_password_that_nobody_sees(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match="is taken"):
            call_command("demo", port=other.getsockname()[1], stderr=StringIO())
    assert password_in(demo())


def test_it_serves_pages_and_style_and_ends_on_ctrl_c(tmp_path):
    server = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3", "SECRET_KEY": "k" * 50},
    )  # fmt: skip
    try:
        assert server.stdout
        address = server.stdout.readline().split()[-1].rstrip("/")
        page = fetch(f"{address}/")
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style, page
        assert "{" in fetch(address + style[1])
        assert f'{address}/"' in page, "absolute links lead to the address printed"
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
    assert server.returncode == 0, errors
    assert "Traceback" not in errors


def fetch(url: str) -> str:
    """The body, as soon as the server answers at all."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=START_SECONDS) as response:
                return str(response.read(), "utf-8")
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
