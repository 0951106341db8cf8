"""The configuration of gunicorn that is deployed."""

import runpy
from collections import Counter
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

CONFIGURATION = runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))
DEFAULT = ["127.0.0.1", "::1"]


def trusted(bind: list[str], proxies: str = "127.0.0.1,::1") -> list[str]:
    """Whose headers are believed where the site listens at these addresses."""
    cfg = import_module("gunicorn.config").Config()  # which says no types
    cfg.set("bind", bind)
    cfg.set("forwarded_allow_ips", proxies)
    CONFIGURATION["_trust_this_machine"](cfg)
    return list(cfg.forwarded_allow_ips)


@pytest.mark.parametrize("bind", [[CONFIGURATION["bind"]], ["[::1]:8000"], ["127.0.0.1:1", "[::1]:2"]])
def test_where_only_this_machine_can_ask_nobody_is_asked_where_they_are_from(bind):
    assert trusted(bind) == ["*"]


@pytest.mark.parametrize("bind", [["0.0.0.0:8000"], ["127.0.0.1:1", "0.0.0.0:2"], ["[::]:8000"]])
def test_where_others_can_ask_they_are_told_apart_as_ever(bind):
    assert trusted(bind) == DEFAULT


def test_whom_the_operator_believes_stays_as_told():
    assert trusted(["127.0.0.1:8000"], "10.0.0.7") == ["10.0.0.7"]


def test_processes_keep_to_processors_of_their_own_as_far_as_there_are_some(monkeypatch):
    choose: Any = CONFIGURATION["pre_fork"]
    monkeypatch.setitem(choose.__globals__, "processors", [3, 5])
    server = SimpleNamespace(WORKERS={})
    for number in range(5):
        worker = SimpleNamespace()
        choose(server, worker)
        server.WORKERS[number] = worker
    assert Counter(each.processor for each in server.WORKERS.values()) == {3: 3, 5: 2}
    ended = server.WORKERS.pop(1)
    replacement = SimpleNamespace()
    choose(server, replacement)
    assert replacement.processor == ended.processor


def test_where_a_system_has_no_such_choice_none_is_made(monkeypatch):
    choose: Any = CONFIGURATION["pre_fork"]
    monkeypatch.setitem(choose.__globals__, "processors", [])
    worker = SimpleNamespace()
    choose(SimpleNamespace(WORKERS={}), worker)
    CONFIGURATION["post_fork"](None, worker)
    assert worker.processor is None
