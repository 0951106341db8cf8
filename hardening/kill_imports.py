#!/usr/bin/env python3
"""kill -9 in the middle of an import: each file is whole or absent, on both databases.

Run `python3 hardening/kill_imports.py [--times 50] [--days 400] [--rows 20] [--only sqlite]`. Imports a file
of many days, ends the import by SIGKILL at a random moment of its run, and counts what is stored: nothing,
everything, or, which must never be, a part. Exits with 1 when it finds a part.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
sys.path.insert(0, str(ROOT))
# Counts everything an import writes, by the site's own code, and makes room for the next one.
COUNT_AND_EMPTY = """
from records.models import Day, Revision, Source, Task
print(*(model.objects.count() for model in (Day, Task, Source, Revision)))
Day.objects.all().delete()
Revision.objects.all().delete()
"""


class Site:
    """The site on one database."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.environment = {**os.environ, "DATABASE_URL": url}
        self.manage("migrate", "--verbosity=0")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a management command in a group of processes of its own."""
        return subprocess.Popen(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, text=True, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and give what it printed."""
        started = self.start(*arguments)
        said, _ = started.communicate()
        assert started.returncode == 0, said
        return said

    def take_away(self) -> tuple[int, ...]:
        """How many days, tasks, sources and revisions there were; there are none afterwards."""
        return tuple(map(int, self.manage("shell", "--no-imports", "-c", COUNT_AND_EMPTY).split()))


def write_days(path: Path, days: int, rows: int) -> tuple[int, ...]:
    """Write a CSV file of made-up days; gives what is stored once it is imported."""
    lines = ["date,description,human_hours,agent_minutes,supervisory_minutes"]
    for number in range(days):
        on = date(2020, 1, 1) + timedelta(days=number)
        lines += [
            f"{on},Task {row}: something of day {number},{row % 9 + 1},{row % 30 + 1},2"
            for row in range(rows)
        ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return days, days * rows, days, days


def kill_at_random(site: Site, path: Path, whole: tuple[int, ...], times: int) -> Counter[str]:
    """Kill imports of a file at moments spread over a whole run; counts what each left behind."""
    began = time.monotonic()
    site.manage("import_records", str(path), "--no-limit")
    lasts = time.monotonic() - began
    assert site.take_away() == whole
    found: Counter[str] = Counter()
    for _ in range(times):
        victim = site.start("import_records", str(path), "--no-limit")
        time.sleep(random.uniform(0.2, 1.1) * lasts)
        ended = victim.poll() is not None
        if not ended:
            os.killpg(victim.pid, signal.SIGKILL)
        victim.communicate()
        left = site.take_away()
        found["whole" if left == whole else "nothing" if not any(left) else "a part"] += 1
        found["ended by itself"] += ended
        lasts *= 0.9 if ended else 1.02  # a machine has other work now and then: the moments follow
    return found


@contextmanager
def databases(only: str) -> Iterator[list[tuple[str, str]]]:
    """The names and addresses of the databases to try."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")
    from records.management.suite.postgres import temporary_postgres

    with tempfile.TemporaryDirectory(prefix="leverage-kill-") as folder:
        named = [("SQLite", f"sqlite:///{folder}/db.sqlite3")]
        if only == "sqlite":
            yield named
            return
        with temporary_postgres() as url:
            yield [("PostgreSQL", url)] if only == "postgres" else [*named, ("PostgreSQL", url)]


def main() -> int:
    """Try each database and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--only", choices=("sqlite", "postgres"), default="")
    options = parser.parse_args()
    kinds = ("nothing", "whole", "a part", "ended by itself")
    print(f"{'':<12}{'kills':>7}" + "".join(f"{kind:>{len(kind) + 4}}" for kind in kinds))
    parts = 0
    with databases(options.only) as named, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "days.csv"
        whole = write_days(path, options.days, options.rows)
        for name, url in named:
            found = kill_at_random(Site(name, url), path, whole, options.times)
            print(
                f"{name:<12}{options.times:>7}" + "".join(f"{found[kind]:>{len(kind) + 4}}" for kind in kinds)
            )
            parts += found["a part"]
    return 1 if parts else 0


if __name__ == "__main__":
    sys.exit(main())
