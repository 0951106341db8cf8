"""Log-in is throttled, whatever way a name is spelled and whoever stands in between."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import RequestFactory

from leverage_site.throttle import client_address

PASSWORD = "correct horse battery"


@pytest.fixture
def author(db) -> User:
    return User.objects.create_superuser("author", password=PASSWORD)


@pytest.fixture
def log_in(client):
    def post(name: str = "author", password: str = "wrong", **extra: str):
        return client.post("/admin/login/", {"username": name, "password": password}, **extra)

    return post


def test_the_fifth_failure_closes_the_door_even_to_the_right_password(author, log_in):
    for _ in range(4):
        assert log_in().status_code == 200
    assert log_in().status_code == 429
    assert log_in(password=PASSWORD).status_code == 429


def test_who_is_shut_out_reads_why_and_how_long(author, log_in):
    for _ in range(5):
        response = log_in()
    text = response.content.decode()
    assert "Too many attempts" in text
    assert "15 minutes" in text
    assert "Traceback" not in text


def test_no_other_spelling_of_a_name_has_attempts_of_its_own(author, log_in):
    for name in ("author", "ａｕｔｈｏｒ", "AUTHOR", "ａuthor"):
        assert log_in(name).status_code == 200
    log_in("autｈor")
    assert log_in("author", PASSWORD).status_code == 429


def test_a_stranger_cannot_lock_the_author_out(author, log_in):
    for _ in range(6):
        log_in(REMOTE_ADDR="203.0.113.9")
    assert log_in(password=PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_success_clears_the_count(author, log_in, client):
    for _ in range(4):
        log_in()
    assert log_in(password=PASSWORD).status_code == 302
    client.logout()
    for _ in range(4):
        assert log_in().status_code == 200


def test_the_door_opens_again_after_a_quarter_of_an_hour(author, log_in):
    began = datetime(2026, 4, 12, 12, tzinfo=UTC)
    with time_machine.travel(began, tick=False):
        for _ in range(5):
            log_in()
    with time_machine.travel(began + timedelta(minutes=14), tick=False):
        assert log_in("author", PASSWORD).status_code == 429
    with time_machine.travel(began + timedelta(minutes=30), tick=False):
        assert log_in("author", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted_as"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # no proxy of ours: the header is the visitor's own
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", "198.51.100.7"),  # a Unix socket
        ("127.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),  # the first is made up
        ("127.0.0.1", "not an address", "::"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "198.51.100.7", "203.0.113.9"),  # IPv4, come in at a socket for both
        ("::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("::1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("::1", "", "::1"),
        ("fe80::1:2:3:4%eth0", "", "fe80::"),
    ],
)
def test_a_visitor_is_counted_by_the_address_that_cannot_be_made_up(peer, forwarded, counted_as):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == counted_as


@pytest.mark.parametrize(
    ("peer", "counted_as"),
    [("172.18.0.3", "198.51.100.7"), ("127.0.0.1", "198.51.100.7"), ("172.19.0.3", "172.19.0.3")],
)
def test_a_proxy_elsewhere_is_believed_where_the_settings_name_its_network(settings, peer, counted_as):
    settings.TRUSTED_PROXIES = [ip_network("172.18.0.0/16"), ip_network("2001:db8::/32")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR="192.0.2.1, 198.51.100.7")
    assert client_address(request) == counted_as
