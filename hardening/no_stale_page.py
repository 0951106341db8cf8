#!/usr/bin/env python3
"""Random edits and reads of a site served by several processes: no answer is stale, none is mixed from two.

Run `.venv/bin/python hardening/no_stale_page.py [--edits 1000] [--processes 2] [--only sqlite]`. Starts the
site as it is served, twice, on one database, and edits it, past the servers, while readers ask either for any
page in any encoding, with the ETags they were given. Exits with 1 when a page shows something older than the
last edit, or something of two edits.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MOST_SHOWN = 10


def on_database(name: str, url: str, options: argparse.Namespace) -> bool:
    """Try one database and print its line; whether all went well."""
    from tests.two_servers import prove, served

    began = time.monotonic()
    with served(url, options.processes) as ports:
        proof = prove(ports, options.edits, options.readers, seed=options.seed)
    read = ", ".join(f"{count:,} of {status}" for status, count in sorted(proof.read.items()))
    print(f"{name:<12}{proof.done:>7,} edits; answers: {read}; {len(proof.faults)} wrong", end="")
    print(f"{time.monotonic() - began:>8.0f} s")
    print("".join(f"  {fault}\n" for fault in proof.faults[:MOST_SHOWN]), end="")
    return not proof.faults


def alone(arguments: list[str]) -> int:
    """Try the database that DATABASE_URL names, in a process of its own: Django is set up once."""
    import django
    from django.core.management import call_command

    django.setup()
    options = _options(arguments)
    call_command("migrate", verbosity=0)
    return 0 if on_database(options.only, os.environ["DATABASE_URL"], options) else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("sqlite", "postgres"), default="")
    parser.add_argument("--here", action="store_true", help="on the database that DATABASE_URL names")
    return parser.parse_args(arguments)


def main() -> int:
    """Try each database."""
    from kill_imports import databases

    arguments = sys.argv[1:]
    options = _options(arguments)
    if options.here:
        return alone(arguments)
    codes = []
    with databases(options.only) as named:
        for name, url in named:
            one = [*arguments, "--here", "--only", "sqlite" if name == "SQLite" else "postgres"]
            environment = {**os.environ, "DATABASE_URL": url}
            codes.append(
                subprocess.run([sys.executable, __file__, *one], env=environment, check=False).returncode
            )
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
