"""Making a backup and restoring one: what the two commands do, without their words."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from records.management.backups.archive import Manifest, check, pack, sha256_of, unpack
from records.management.backups.contents import Contents
from records.management.backups.engines import engine_of
from records.management.backups.faults import BackupFault, NotPossible
from records.management.backups.schema import unknown


def make(database: BaseDatabaseWrapper, path: Path) -> Manifest:
    """Write a backup under another name, read it back, then move it into place, over what may lie there.

    Raises BackupFault; then whatever lay there is untouched.
    """
    engine = engine_of(database.vendor)
    if path.is_dir() or not path.parent.is_dir():
        raise NotPossible(
            f"{path} is no place for a file. Try /var/backups/leverage.zip, in a folder that exists."
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            dump, packed = Path(folder, engine.dump_name), Path(folder, "packed")
            contents = engine.dump(database, dump)
            if not contents.migrations:
                raise NotPossible("The database has no tables yet. Is DATABASE_URL the one you mean?")
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            pack(Manifest(engine.vendor, made_at, sha256_of(dump), contents), dump, packed)
            manifest = check(packed)
            packed.replace(path)
    except OSError as fault:
        raise NotPossible(f"{path} cannot be written: {fault.strerror}.") from fault
    return manifest


def accept(path: Path, database: BaseDatabaseWrapper) -> Manifest:
    """What a file holds, once it is found to be a whole backup that this code and this database can take.

    Raises BackupFault in words.
    """
    manifest = check(path)
    if manifest.vendor != database.vendor:
        here, there = engine_of(database.vendor).title, engine_of(manifest.vendor).title
        raise NotPossible(
            f"{path} is a backup of {there}, and this site runs on {here}. To move from one to the other, "
            "use export_records there and import_records here."
        )
    if newer := unknown(manifest.contents.migrations):
        raise BackupFault(
            f"{path} is newer than this code, which does not know {_listed(newer)}. "
            "Update the code, then restore."
        )
    return manifest


def replace(database: BaseDatabaseWrapper, path: Path, manifest: Manifest) -> Contents:
    """Put what an accepted backup holds in the place of the database; gives what it holds then.

    Raises BackupFault; then the database is as it was.
    """
    engine = engine_of(database.vendor)
    try:
        with tempfile.TemporaryDirectory(prefix="restore-") as folder:
            dump = Path(folder, engine.dump_name)
            unpack(path, manifest, dump)
            database.close()
            return engine.restore(database, dump, manifest.contents)
    except BackupFault as fault:
        raise type(fault)(f"{fault} The database is as it was.") from fault
    except OSError as fault:
        raise BackupFault(f"{path} cannot be unpacked: {fault}. The database is as it was.") from fault


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more migrations" if len(names) > 3 else f"the migration {shown}"
