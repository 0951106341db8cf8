"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py leverage_site.wsgi`.

Few processes, each with threads: a page mostly waits for the database, and SQLite has one writer at a time.
"""

import gc
from typing import Any

bind = "127.0.0.1:8000"
workers = 2
threads = 4
timeout = 60  # seconds; the longest page takes far less
graceful_timeout = 15  # seconds
max_requests = 10_000
max_requests_jitter = 1_000
loglevel = "warning"
# Nobody steers a running server through it, and it would leave a socket behind.
control_socket_disable = True
# The code is read once for all processes, which then have it in common; new code therefore needs a new start.
preload_app = True
# What is read at the start stays: looking for garbage in it would take a quarter of the start.
gc.disable()


def when_ready(_server: Any) -> None:
    """Before there are workers: what has been read by now is never looked through, what comes after is."""
    gc.freeze()
    gc.enable()
