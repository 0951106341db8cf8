"""The file a backup is: a zip with the dump and a manifest that says what the dump holds."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from records.management.backups.contents import Content, Contents
from records.management.backups.engines import engine_of
from records.management.backups.faults import BackupFault, NotPossible

FORM = "leverage records backup"
FORM_VERSION = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
LARGEST_MANIFEST = 10 << 20  # bytes; the file may come from anywhere
# A flipped bit shows as one or another of these: in the checksum, the compression, the table of contents.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: of which database, made when, the hash of its dump, and the contents."""

    vendor: str
    made_at: str
    dump_sha256: str
    contents: Contents


def pack(manifest: Manifest, dump: Path, into: Path) -> None:
    """Write the backup of a dump to a new file, for its owner's eyes alone, down to the disk."""
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as backup:
            backup.writestr(MANIFEST, json.dumps(_as_json(manifest), indent=1))
            backup.write(dump, engine_of(manifest.vendor).dump_name)
        file.flush()
        os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(path: Path) -> Manifest:
    """What a file says of itself, once it is found to be a backup and whole.

    Raises NotPossible when there is no such file, and BackupFault for one that is no backup or damaged.
    """
    with _opened(path) as backup:
        manifest = _read_manifest(path, backup)
        digest = hashlib.sha256()
        for chunk in _dump_chunks(path, backup, manifest):
            digest.update(chunk)
    if digest.hexdigest() != manifest.dump_sha256:
        raise BackupFault(f"{path} is damaged: its dump is not the one its manifest was made for.")
    return manifest


def unpack(path: Path, manifest: Manifest, into: Path) -> None:
    """Write the dump of a checked backup to a file."""
    with _opened(path) as backup, into.open("wb") as file:
        for chunk in _dump_chunks(path, backup, manifest):
            file.write(chunk)


def described(manifest: Manifest) -> str:
    """One line of what a backup holds, such as `SQLite, made 2026-04-13 03:00 UTC: 101 days, 1,437 tasks`."""
    days, tasks = (manifest.contents.count(table) for table in ("records_day", "records_task"))
    made = manifest.made_at[:16].replace("T", " ")
    return f"{engine_of(manifest.vendor).title}, made {made} UTC: {days:,} days, {tasks:,} tasks"


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise BackupFault(f"{path} is no backup, or only the beginning of one.") from None
    except OSError as fault:
        raise NotPossible(f"{path} cannot be read: {fault.strerror}.") from fault


def _read_manifest(path: Path, backup: zipfile.ZipFile) -> Manifest:
    try:
        if backup.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError("its manifest is too large")
        return _from_json(path, json.loads(backup.read(MANIFEST)))
    except (KeyError, ValueError, TypeError, AttributeError, *UNREADABLE) as fault:
        raise BackupFault(f"{path} is no backup that `manage.py backup` made: {fault}.") from fault


def _dump_chunks(path: Path, backup: zipfile.ZipFile, manifest: Manifest) -> Iterator[bytes]:
    name = engine_of(manifest.vendor).dump_name
    try:
        with backup.open(name) as dump:
            while chunk := dump.read(CHUNK):
                yield chunk
    except KeyError:
        raise BackupFault(f"{path} is damaged: {name} is missing in it.") from None
    except UNREADABLE as fault:
        raise BackupFault(f"{path} is damaged: {fault}.") from fault


def _as_json(manifest: Manifest) -> dict[str, Any]:
    tables = manifest.contents.tables
    return {
        "form": FORM,
        "version": FORM_VERSION,
        "made_at": manifest.made_at,
        "engine": manifest.vendor,
        "dump_sha256": manifest.dump_sha256,
        "migrations": [list(each) for each in manifest.contents.migrations],
        "tables": {name: {"count": each.count, "sha256": each.sha256} for name, each in tables.items()},
    }


def _from_json(path: Path, said: Mapping[str, Any]) -> Manifest:
    if said["form"] != FORM:
        raise ValueError(f"its manifest is one of {said['form']!r}")
    if said["version"] > FORM_VERSION:
        raise BackupFault(f"{path} was made by a newer version of this code. Update the code, then restore.")
    tables = {
        str(name): Content(int(each["count"]), str(each["sha256"])) for name, each in said["tables"].items()
    }
    migrations = tuple((str(app), str(name)) for app, name in said["migrations"])
    contents = Contents(tables, migrations)
    return Manifest(
        engine_of(said["engine"]).vendor, str(said["made_at"]), str(said["dump_sha256"]), contents
    )
