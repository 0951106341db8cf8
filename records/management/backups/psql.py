"""A conversation with `psql`, PostgreSQL's own client, and the programs that stand beside it."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from records.management.backups.faults import BackupFault, NotPossible
from records.management.postgres_programs import debian_folders, pg_config_folder, wheel_folder

LAST_WORDS = 1_500  # characters of what a program said before it failed


def programs_for(server_version: int) -> Path:
    """The folder of a `pg_dump` and `psql` that can read a server of this version, such as 150004.

    One of the server's own version is best; a newer one will do. Raises NotPossible.
    """
    wanted = server_version // 10_000
    found = [(_version(folder), folder) for folder in _folders()]
    fit = [(version != wanted, version, folder) for version, folder in found if version >= wanted]
    if fit:
        return min(fit, key=lambda each: each[:2])[2]
    there = ", ".join(str(version) for version, _ in found if version)
    raise NotPossible(
        f"A backup of PostgreSQL {wanted} needs pg_dump and psql of that version; "
        f"{f'those found are of version {there}' if there else 'none were found'}. "
        f"Install them, on Debian: apt install postgresql-client-{wanted}"
    )


def _folders() -> list[Path]:
    on_path = [Path(found).parent for found in [shutil.which("pg_dump")] if found]
    folders = [*on_path, *debian_folders(), *pg_config_folder(), *wheel_folder()]
    return [folder for folder in folders if (folder / "pg_dump").exists() and (folder / "psql").exists()]


def _version(folder: Path) -> int:
    """The major version of the programs in a folder, 0 when they do not say."""
    said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = said.stdout.rpartition(") ")[2].partition(".")[0].strip() or "0"
    return int(number) if number.isdecimal() else 0


def command(program: Path, options: Sequence[str], database: BaseDatabaseWrapper) -> list[str]:
    """A program's command line for this database. It carries no password."""
    arguments, _ = DatabaseClient.settings_to_cmd_args_env(database.settings_dict, [])
    return [str(program), *options, "--no-password", *arguments[1:]]


def environment(database: BaseDatabaseWrapper) -> dict[str, str]:
    """Our own environment and, for the child alone, the password."""
    _, variables = DatabaseClient.settings_to_cmd_args_env(database.settings_dict, [])
    return {**os.environ, "PGCONNECT_TIMEOUT": "10", **(variables or {})}


class Psql:
    """One session: statements go in, rows come out; nothing is kept that was not committed by a word.

    Used as a context. Whatever ends it early, a fault or a kill, the server rolls back.
    """

    def __init__(self, programs: Path, database: BaseDatabaseWrapper) -> None:
        options = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the session
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            command(programs / "psql", options, database), env=environment(database),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with_or_without_reader(pipe)
        self.process.wait()
        self.errors.close()

    def tell(self, statements: str) -> None:
        """Have statements carried out. Raises BackupFault with PostgreSQL's words."""
        for _ in self.ask(statements):
            pass

    def ask(self, statements: str) -> Iterator[bytes]:
        """The lines that statements give, as they come. Raises BackupFault with PostgreSQL's words."""
        end = secrets.token_hex(16)
        try:
            self._stdin.write(f"{statements}\n\\echo {end}\n".encode())
            self._stdin.flush()
        except BrokenPipeError:
            raise BackupFault(self._last_words()) from None
        for line in self._stdout:
            if line.rstrip() == end.encode():
                return
            yield line
        raise BackupFault(self._last_words())

    @property
    def _stdin(self) -> IO[Any]:
        return _pipe(self.process.stdin)

    @property
    def _stdout(self) -> IO[Any]:
        return _pipe(self.process.stdout)

    def _last_words(self) -> str:
        self.process.wait()
        self.errors.seek(0)
        return said_by("PostgreSQL", self.errors.read().decode(errors="replace"))


def said_by(who: str, words: str) -> str:
    """The end of what a program said, as a sentence of ours."""
    return f"{who} says: {words.strip()[-LAST_WORDS:].rstrip('.') or 'nothing'}."


def with_or_without_reader(pipe: IO[Any]) -> None:
    """Close a pipe, whether or not anybody is left at its other end."""
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _pipe(pipe: IO[Any] | None) -> IO[Any]:
    if pipe is None:
        raise BackupFault("psql could not be started.")
    return pipe
