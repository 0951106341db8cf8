"""What is deployed: the configuration of gunicorn, and of the proxy before it."""

import errno
import gc
import json
import os
import re
import runpy
from collections import Counter
from collections.abc import Iterator
from copy import copy
from functools import partial
from importlib import import_module
from ipaddress import ip_network
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from leverage_site import settings as site_settings
from records.importers.known import LIMITS

DEFAULT = ["127.0.0.1", "::1"]
NGINX = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def configuration() -> Iterator[dict[str, Any]]:
    """What the file says; it has no garbage collected while the code is read."""
    yield configured()
    gc.enable()


def configured() -> dict[str, Any]:
    """The file as gunicorn reads it."""
    return runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))


def trusted(configuration: dict[str, Any], names: list[Any], proxies: str = "127.0.0.1,::1") -> list[str]:
    """Whose headers are believed where the site listens on sockets of these names."""
    cfg = import_module("gunicorn.config").Config()  # which says no types
    cfg.set("forwarded_allow_ips", proxies)
    listeners = [SimpleNamespace(getsockname=partial(copy, name)) for name in names]
    configuration["when_ready"](SimpleNamespace(cfg=cfg, LISTENERS=listeners))
    gc.unfreeze()
    return list(cfg.forwarded_allow_ips)


@pytest.mark.parametrize(
    "names", [[("127.0.0.1", 8000)], [("::1", 8000, 0, 0)], [("127.0.0.1", 1), ("::1", 2, 0, 0)]]
)
def test_where_only_this_machine_can_ask_nobody_is_asked_where_they_are_from(configuration, names):
    assert trusted(configuration, names) == ["*"]


@pytest.mark.parametrize(
    "names", [[("0.0.0.0", 8000)], [("127.0.0.1", 1), ("0.0.0.0", 2)], [("::", 1, 0, 0)], ["/run/site.sock"]]
)
def test_where_others_can_ask_they_are_told_apart_as_ever(configuration, names):
    assert trusted(configuration, names) == DEFAULT


def test_whom_the_operator_believes_stays_as_told(configuration):
    assert trusted(configuration, [("127.0.0.1", 8000)], "10.0.0.7") == ["10.0.0.7"]


def test_nobody_moves_the_site_by_a_header(configuration):
    cfg = import_module("gunicorn.config").Config()
    assert "SCRIPT_NAME" in cfg.forwarder_headers
    cfg.set("forwarder_headers", configuration["forwarder_headers"])
    assert cfg.forwarder_headers == []


def processors_chosen(configuration: dict[str, Any], workers: int) -> Iterator[tuple[Any, Any]]:
    """A server, and each of its processes with the processor that was chosen for it."""
    server = SimpleNamespace(WORKERS={}, num_workers=workers)
    for number in range(workers):
        server.WORKERS[number] = SimpleNamespace()
        configuration["pre_fork"](server, server.WORKERS[number])
        yield server, server.WORKERS[number]


def test_processes_keep_to_processors_of_their_own_as_far_as_there_are_some(configuration, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    started = list(processors_chosen(configuration, 5))
    assert Counter(worker.processor for _, worker in started) == {3: 3, 5: 2}
    server, _ = started[0]
    ended, replacement = server.WORKERS.pop(1), SimpleNamespace()
    configuration["pre_fork"](server, replacement)
    assert replacement.processor == ended.processor


def test_where_there_are_more_processors_than_processes_none_is_chosen(configuration, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert [worker.processor for _, worker in processors_chosen(configuration, 2)] == [None, None]


def test_a_process_keeps_to_the_processor_that_was_chosen(configuration, monkeypatch):
    kept = []
    monkeypatch.setattr(os, "sched_setaffinity", lambda *told: kept.append(told), raising=False)
    for processor in (5, None):
        configuration["post_fork"](None, SimpleNamespace(processor=processor))
    assert kept == [(0, {5})], "and goes where it likes where none was"


def test_a_processor_that_was_taken_away_keeps_no_process_from_starting(configuration, monkeypatch):
    def refuse(*_: Any) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "sched_setaffinity", refuse, raising=False)
    configuration["post_fork"](None, SimpleNamespace(processor=900))
    assert gc.isenabled()


def test_a_system_without_such_a_choice_is_served_as_well(configuration, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    ((_, worker),) = processors_chosen(configuration, 1)
    assert worker.processor is None
    configuration["post_fork"](None, worker)


def test_proxies_of_the_settings_are_believed_beside_one_on_this_machine(configuration, monkeypatch):
    assert configuration["forwarded_allow_ips"] == "127.0.0.1,::1"
    monkeypatch.setattr(site_settings, "TRUSTED_PROXIES", [ip_network("172.18.0.0/16")])
    believed = configured()["forwarded_allow_ips"]
    assert trusted(configuration, [("127.0.0.1", 8000)], believed) == [*DEFAULT, "172.18.0.0/16"]


def test_what_gunicorn_says_is_written_as_what_the_site_says(configuration, monkeypatch, tmp_path):
    monkeypatch.setattr(site_settings, "LOG_FORMAT", "json")
    cfg = import_module("gunicorn.config").Config()
    cfg.set("errorlog", str(tmp_path / "errors"))
    log = import_module("gunicorn.glogging").Logger(cfg)
    configuration["on_starting"](SimpleNamespace(log=log))
    log.warning("Worker %s is gone", 7)
    said = json.loads((tmp_path / "errors").read_text())
    assert (said["level"], said["message"]) == ("WARNING", "Worker 7 is gone")
    assert configuration["on_reload"] is configuration["on_starting"]


def test_the_proxy_lets_through_whatever_the_site_would_take():
    (size,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    taken = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + (LIMITS.size or 0)
    assert int(size) * 1024 * 1024 > taken, "a text and a file, and what stands around them in a form"


def test_the_proxy_speaks_http_2_in_words_that_old_and_new_ones_know():
    listening = re.findall(r"listen .*443.*;", NGINX)
    assert listening
    assert all(" http2" in line for line in listening)
    assert not re.search(r"^\s*http2 ", NGINX, re.MULTILINE), "unknown before 1.25.1"
