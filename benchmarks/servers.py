"""Servers that are measured: the site by gunicorn and granian; nginx, Wagtail and Datasette beside it."""

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TypeAlias

from benchmarks.rows import Lacking
from benchmarks.sites import KEPT, ROOT, Site

Server: TypeAlias = AbstractContextManager[str]  # gives the address while it runs

WORKERS, THREADS = 2, 4
BLOCKING_THREADS = 1  # of granian, whose loop takes the requests: more would only wait for one another
START_SECONDS = 60
ANCHORS = ROOT / "benchmarks" / "anchors"
VENV = KEPT / "venv"
SITE, PLAIN = "leverage_site.wsgi", "benchmarks.anchors.plain_wsgi"  # as deployed; without the page cache
NGINX = """
{user}worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    gzip_static on;
    keepalive_requests 1000000;
    open_file_cache max=100;
    default_type "text/html; charset=utf-8";
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@dataclass(frozen=True)
class Answer:
    """What a request gave."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(address: str, path: str, headers: Mapping[str, str] | None = None, timeout: float = 60) -> Answer:
    """One request to a server on this machine; raises ``OSError`` where nobody listens."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=timeout)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    finally:
        connection.close()


@contextmanager
def running(command: Sequence[object], variables: Mapping[str, str], port: int, first: str) -> Iterator[str]:
    """A server while it is needed; gives its address once ``first`` answers."""
    address = f"http://127.0.0.1:{port}"
    log = KEPT / "server.log"
    # All may keep what they compile, as they do where they are deployed.
    environment = {name: value for name, value in variables.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("w") as said:
        server = subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=environment, start_new_session=True,
            stdout=said, stderr=said,
        )  # fmt: skip
    try:
        _wait_for(server, address, first, log)
        yield address
    finally:
        _stop(server)


def gunicorn(site: Site, application: str = SITE, first: str = "/healthz") -> Server:
    """The site as it is deployed, its processes never renewed while they are measured."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
        *("--workers", WORKERS, "--max-requests", 0, "--bind", f"127.0.0.1:{port}", application),
    ]
    return running(command, site.variables(), port, first)


def granian(site: Site) -> Server:
    """The site by granian, which comes from the environment of the anchors. Raises ``Lacking``."""
    python, port = _of_anchors("python"), free_port()
    ours = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    command = [
        *(python, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *(
            "--workers",
            WORKERS,
            "--blocking-threads",
            BLOCKING_THREADS,
            "--host",
            "127.0.0.1",
            "--port",
            port,
        ),
        f"{SITE}:application",
    ]
    return running(command, site.variables() | {"PYTHONPATH": ours}, port, "/healthz")


def nginx(body: bytes) -> Server:
    """A page as a file that was compressed beforehand, at `/`. Raises ``Lacking``."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise Lacking("no nginx on this machine")
    folder, port = KEPT / "nginx", free_port()
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "index.html").write_bytes(body)
    (folder / "pages" / "index.html.gz").write_bytes(gzip.compress(body, 6))
    user = "user root;\n" if os.getuid() == 0 else ""
    configuration = NGINX.format(user=user, workers=WORKERS, folder=folder, port=port)
    (folder / "nginx.conf").write_text(configuration)
    command = [program, "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]
    return running(command, os.environ, port, "/")


def fill_wagtail(day: Mapping[str, object]) -> None:
    """Make Wagtail's site anew, with one page of the rows of a day. Raises ``Lacking``."""
    python, folder = _of_anchors("python"), KEPT / "wagtail"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "db.sqlite3").unlink(missing_ok=True)
    (folder / "day.json").write_text(json.dumps(day))
    for arguments in (["-m", "django", "migrate", "-v0"], ["-m", "wagtail_site.fill", folder / "day.json"]):
        subprocess.run([python, *arguments], env=_of_wagtail(), check=True, capture_output=True)


def wagtail() -> Server:
    """The page of Wagtail that was filled, at `/record/`."""
    port = free_port()
    command = [
        *(_of_anchors("python"), "-m", "gunicorn", "--workers", WORKERS, "--threads", THREADS),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "wagtail_site.wsgi"),
    ]
    return running(command, _of_wagtail(), port, "/record/")


def _of_wagtail() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "wagtail_site.settings",
        "PYTHONPATH": str(ANCHORS),
        "WAGTAIL_DATABASE": str(KEPT / "wagtail" / "db.sqlite3"),
    }


def datasette(file: Path) -> Server:
    """The tables of a file of SQLite by Datasette, two processes of it. Raises ``Lacking``."""
    python, port = _of_anchors("python"), free_port()
    variables = os.environ | {"PYTHONPATH": str(ANCHORS), "DATASETTE_FILE": str(file)}
    command = [
        *(python, "-m", "uvicorn", "--workers", WORKERS, "--port", port, "--log-level", "warning"),
        "datasette_app:app",
    ]
    return running(command, variables, port, "/")


def first_answer(server: Server) -> float:
    """Seconds from the start of a cold server until it gave its first answer."""
    began = time.perf_counter()
    with server:
        return time.perf_counter() - began


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _of_anchors(program: str) -> Path:
    found = VENV / "bin" / program
    if not found.exists():
        raise Lacking("no environment of the anchors; docs/performance.md says how to make one")
    return found


def _wait_for(server: "subprocess.Popen[bytes]", address: str, path: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            answer = ask(address, path)
        except (OSError, HTTPException) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"a server did not start: {log.read_text()[-600:]}") from error
            time.sleep(0.005)
        else:
            if answer.status != 200:
                raise RuntimeError(f"{path} answers {answer.status}: {answer.body[:200]!r}")
            return


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """End a server that we started, with its workers."""
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(10)
