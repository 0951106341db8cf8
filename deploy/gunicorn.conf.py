"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py leverage_site.wsgi`.

Few processes, each with threads: a page mostly waits for the database, and SQLite has one writer at a time.
"""

import gc

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


def post_worker_init(worker: object) -> None:  # noqa: ARG001 - the signature of a hook
    """Let the collector of garbage pass over what a process has loaded: all of it stays until the end."""
    gc.collect()
    gc.freeze()
