"""The production server, started in place of this process."""

import os
import socket
import sys
from collections.abc import Mapping
from itertools import count
from typing import NoReturn

from django.conf import settings

HOST = "127.0.0.1"
FIRST_PORT = 8000
BACKLOG = 128


class PortTakenError(Exception):
    """Another program listens on the port asked for."""


def listen(port: int | None) -> socket.socket:
    """A listening socket on `port`, or on the first free one from 8000.

    It listens from now on, so that nobody can take the port before the server has it.
    Raises PortTakenError for a port that was asked for.
    """
    for candidate in count(FIRST_PORT) if port is None else [port]:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
        else:
            return listener
    raise PortTakenError(
        f"Port {port} is taken. Without --port the first free one from {FIRST_PORT} is used."
    )


def address_of(listener: socket.socket) -> str:
    """The address a browser on this machine opens: `http://127.0.0.1:8000`."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


def serve(listener: socket.socket, variables: Mapping[str, str]) -> NoReturn:
    """Become gunicorn on this socket, with these variables in its environment."""
    os.set_inheritable(listener.fileno(), True)
    os.chdir(settings.BASE_DIR)
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
        *("--bind", f"fd://{listener.fileno()}", "leverage_site.wsgi"),
    ]
    os.execve(sys.executable, command, {**os.environ, **variables})  # noqa: S606 - no shell, our own words
