"""The configuration of gunicorn that is deployed."""

import errno
import gc
import os
import runpy
from collections import Counter
from collections.abc import Iterator
from copy import copy
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

DEFAULT = ["127.0.0.1", "::1"]


@pytest.fixture(scope="module")
def configuration() -> Iterator[dict[str, Any]]:
    """What the file says; it has no garbage collected while the code is read."""
    yield runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))
    gc.enable()


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
