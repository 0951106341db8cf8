"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py leverage_site.wsgi`.

Few processes, each with threads: a page mostly waits for the database, and SQLite has one writer at a time.
"""

import contextlib
import gc
import os
from logging.config import DictConfigurator
from typing import Any

from leverage_site import settings

bind = "127.0.0.1:8000"
workers = 2
threads = 4
timeout = 60  # seconds; the longest page takes far less
graceful_timeout = 15  # seconds
max_requests = 10_000
max_requests_jitter = 1_000
loglevel = "warning"
# Proxies that are believed in what they say of scheme and visitor, besides one on this machine.
forwarded_allow_ips = ",".join(["127.0.0.1", "::1", *map(str, settings.TRUSTED_PROXIES)])
# Nobody steers a running server through it, and it would leave a socket behind.
control_socket_disable = True
# The code is read once for all processes, which then have it in common; new code therefore needs a new start.
preload_app = True
# What is read at the start stays: looking for garbage in it would take a quarter of the start.
gc.disable()


def on_starting(server: Any) -> None:
    """What gunicorn says of itself is written in the form in which the site says everything else.

    Not by ``logconfig_dict``, which would have a line made up of each request, wanted or not.
    """
    stock = settings.LOG_FORMATTERS[settings.LOG_FORMAT]
    formatter = DictConfigurator({}).configure_formatter(stock)
    for handler in server.log.error_log.handlers:
        handler.setFormatter(formatter)


on_reload = on_starting  # it has made its handlers anew by then


def when_ready(server: Any) -> None:
    """Before there are workers: what has been read by now is never looked through."""
    _trust_this_machine(server)
    gc.freeze()


def _trust_this_machine(server: Any) -> None:
    """Where only this machine can ask, and it is believed, no request need be asked where it is from."""
    here = {"127.0.0.1", "::1"}
    names = [listener.getsockname() for listener in server.LISTENERS]  # a text is the path of a file
    if set(server.cfg.forwarded_allow_ips) == here and all(name[0] in here for name in names):
        server.cfg.set("forwarded_allow_ips", "*")


# A proxy says for whom it asks and how, and nothing else of the environment of a request.
forwarder_headers = ""


def pre_fork(server: Any, worker: Any) -> None:
    """Choose a processor for a process, the one to which the fewest others keep; where each has a process.

    Python lets one thread of a process work at a time. Where they run on several processors, each turn goes
    from one to another, which takes a tenth of what a process can do and more. Where there are more
    processors than processes, some would be left to nobody: SQLite and compressing need no turn.
    """
    processors = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    taken = [getattr(each, "processor", None) for each in server.WORKERS.values()]
    enough = len(processors) <= server.num_workers
    worker.processor = min(processors, key=taken.count, default=None) if enough else None


def post_fork(_server: Any, worker: Any) -> None:
    """Keep to it, with all threads that will be; what is made from now on is looked through for garbage."""
    gc.enable()
    if worker.processor is not None:
        with contextlib.suppress(OSError):  # it may have been taken from us in between
            os.sched_setaffinity(0, {worker.processor})
