#!/usr/bin/env python3
"""An archive across the databases and back, in both forms that come back: json and jsonl.

`.venv/bin/python hardening/cross_databases.py [--tasks 2000]` fills a SQLite site with the demo, sample days
and edits (days moved, corrected, withdrawn, removed), takes it over to PostgreSQL and from there to another
SQLite. Prints a line a crossing; exits with 1 unless every archive equals the first byte for byte, but for
the moment at which it was made.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MADE_AT = re.compile(rb'"generated_at": "[^"]+"')
EDITS = """
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from records import publishing
from records.models import Category, Day, Source, Task
public = list(Day.objects.visible().order_by("date"))
for day in public[::7]:
    tasks = list(day.tasks.order_by("position"))
    tasks[0].human_hours = Decimal("1234.5678")
    tasks[-1].supervisory_minutes = None
    publishing.save_day(day, tasks, reason="Schätzung “überarbeitet” 🎉")
    publishing.save_day(day, tasks[:-1], reason="Counted twice")
for day in public[1::9]:
    publishing.withdraw(day, reason="Not mine to show")
for number, day in enumerate(public[2::11]):
    publishing.move_day(day, date(2027, 1, 1) + timedelta(days=number), reason="Wrong date")
for number in range(3):
    gone = Day(date=date(2028, 1, 1 + number), lede="Gone")
    task = Task(description="=1+1", tokens=10**12, agent_minutes=Decimal("0.01"))
    publishing.save_day(gone, [task], tags=["Ñandú"])
    publishing.remove_day(gone)
kept = Day(date=date(2028, 2, 1))
smallest = Task(description="tab\\tand\\nlines", human_hours=Decimal("0.0001"))
publishing.save_day(kept, [Task(description="Null fields"), smallest])
printed = {"Total": "1.50", "n": 10, "z": None, "a": [1, 2.25]}
Source.objects.create(day=kept, path="/posts/2028.html", printed=printed)
first, second = Category.objects.order_by("id")[:2]
first.slug = "renamed"
publishing.save_category(first)
publishing.merge_categories(first, second)
"""
RESTORE = """
from records import publishing
from records.importers.archive import read_archive
with open({path!r}, "rb") as file:
    print(len(publishing.restore_archive(read_archive(file)).days), "days")
"""


def manage(database: str, *arguments: str) -> str:
    """Run a management command on a database; gives what it printed."""
    environment = {**os.environ, "DATABASE_URL": database}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{ended.stdout}\n{ended.stderr}")
    return ended.stdout.strip()


def exported(database: str, target: Path) -> bytes:
    """Everything in a database, drafts and all, without the moment it was asked for."""
    manage(database, "export_records", "--include-drafts", "-o", str(target))
    return MADE_AT.sub(b"", target.read_bytes())


def crossed(source: bytes, path: Path, database: str, said: str) -> bool:
    """Take an archive over into an empty database and compare what comes out of that."""
    manage(database, "migrate", "-v0")
    days = manage(database, "shell", "-v0", "-c", RESTORE.format(path=str(path)))
    back = exported(database, path.with_name(f"back-{path.name}"))
    same = back == source
    print(f"{said}: {days}, {len(back):,} bytes, {'identical' if same else 'DIFFERENT'}", flush=True)
    return same


def main() -> None:
    """Fill, cross over and back in both forms."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=2_000, help="sample tasks beside the demo's (2000)")
    tasks = parser.parse_args().tasks
    with tempfile.TemporaryDirectory(prefix="leverage-cross-") as name:
        folder = Path(name)
        first = f"sqlite:///{folder / 'first.sqlite3'}"
        manage(first, "demo", "--no-serve")
        manage(
            first, "make_sample", "--days", str(tasks // 14), "--tasks", str(tasks), "--until", "2025-12-01"
        )
        manage(first, "shell", "-v0", "-c", EDITS)
        found = [cross(folder, first, form) for form in ("json", "jsonl")]
    sys.exit(0 if all(found) else 1)


def cross(folder: Path, first: str, form: str) -> bool:
    """From SQLite to PostgreSQL and from there to another SQLite."""
    from records.management.suite.postgres import temporary_postgres

    path = folder / f"records.{form}"
    source = exported(first, path)
    with temporary_postgres() as second:
        there = crossed(source, path, second, f"{form}, SQLite to PostgreSQL")
    path = path.with_name(f"back-{path.name}")
    third = f"sqlite:///{folder / f'third-{form}.sqlite3'}"
    return crossed(source, path, third, f"{form}, PostgreSQL to SQLite") and there


if __name__ == "__main__":
    main()
