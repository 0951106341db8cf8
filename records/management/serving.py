"""The production server, started in place of this process."""

import errno
import os
import re
import socket
import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from typing import NoReturn

from django.conf import settings

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8000, 65535
ANOTHER_WAY = f"Without --port the first free one from {FIRST_PORT} is used."
BACKLOG = 128


class PortError(Exception):
    """Nobody can listen on the port asked for; ``str()`` says why."""


class PortTakenError(PortError):
    """Another program listens there."""


def port_number(text: str) -> int:
    """A port as it is typed. Raises ArgumentTypeError in words."""
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= LAST_PORT:
        raise ArgumentTypeError(f"{text} is no port. Try one from 1 to {LAST_PORT}, such as {FIRST_PORT}.")
    return int(text)


def listen(port: int | None) -> socket.socket:
    """A listening socket on `port`, or on the first free one from 8000.

    It listens from now on, so that nobody can take the port before the server has it.
    Raises PortTakenError where no port is free, and PortError where the system gives none.
    """
    for candidate in range(FIRST_PORT, LAST_PORT + 1) if port is None else [port]:
        try:
            return _listener(candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PortError(f"Port {candidate} cannot be had: {error.strerror}. {ANOTHER_WAY}") from error
    raise PortTakenError(f"Port {port or f'{FIRST_PORT} to {LAST_PORT}'} is taken. {ANOTHER_WAY}")


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


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
