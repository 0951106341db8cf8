#!/usr/bin/env python3
"""How fast records come in and go out: 100,000 rows, rows a second and peak memory, on both databases.

`.venv/bin/python benchmarks/transfer.py [--rows 100000] [--runs 5] [--only sqlite|postgres] [--skip-import]`

Fills a database with sample days, then measures, each run in a process of its own: the rows of `/tasks.csv`
and `/tasks.json`, the whole archive as JSON, JSON lines and zip, and the import of `/tasks.csv` into an empty
database by `import_records`. Prints the median of the runs, by the clock and by the time the processor was
busy with it, which others on the machine disturb less. Memory is that of the whole process at its peak, the
highest of all runs; "at a tenth" is that of a tenth of the rows: where both are near, it is flat.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.sites import Site, fresh  # noqa: E402

# What a run does, written out of line so that it is the site's own code that is measured, in a fresh process.
OUT = """
import json, resource, time
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
client = Client(SERVER_NAME="localhost")
client.get("/healthz")
began = time.perf_counter(), time.process_time()
size = sum(map(len, client.get({address!r}, secure=settings.SITE_URL.startswith("https")).streaming_content))
seconds, busy = time.perf_counter() - began[0], time.process_time() - began[1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, busy, peak, size]))
"""
IN = """
import json, resource, time
from django.core.management import call_command
import io
said = io.StringIO()
began = time.perf_counter(), time.process_time()
call_command("import_records", {path!r}, no_limit=True, json=True, stdout=said)
seconds, busy = time.perf_counter() - began[0], time.process_time() - began[1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, busy, peak, len(said.getvalue())]))
"""
SAVE = """
from pathlib import Path
from django.test import Client
with Path({path!r}).open("wb") as file:
    file.writelines(Client(SERVER_NAME="localhost").get("/tasks.csv").streaming_content)
"""
EMPTY = (
    "from records.models import Day, Revision; Day.objects.all().delete(); Revision.objects.all().delete()"
)
ADDRESSES = {
    "rows as CSV": "/tasks.csv",
    "rows as JSON": "/tasks.json",
    "archive as JSON": "/data/records.json",
    "archive as JSON lines": "/data/records.jsonl",
    "archive as zip": "/data/records.zip",
}


def line(database: str, what: str, rows: int, runs: list[list[float]], tenth: list[float]) -> str:
    """One line of the table."""
    seconds, busy = (statistics.median(run[place] for run in runs) for place in (0, 1))
    peak, small = (max(run[2] for run in runs) / 1024, tenth[2] / 1024)
    figures = f"{seconds:>8.2f} {rows / seconds:>9,.0f} {rows / busy:>12,.0f} {peak:>7,.0f} {small:>11,.0f}"
    return f"{database:<10} {what:<22} {figures}"


def measured(
    site: Site, tenth: Site, database: str, options: argparse.Namespace, folder: Path
) -> Iterator[str]:
    """The lines of one database."""
    rows, runs = options.rows, options.runs
    site.fill(rows, rows // 40)
    tenth.fill(rows // 10, rows // 400)
    for what, address in ADDRESSES.items():
        code = OUT.format(address=address)
        yield line(database, what, rows, [site.measure(code) for _ in range(runs)], tenth.measure(code))
    if options.skip_import:
        return
    path = str(folder / "tasks.csv")
    found = []
    for each, times in ((tenth, 1), (site, runs)):
        each.python(SAVE.format(path=path))
        for _ in range(times):
            each.python(EMPTY)
            found.append(each.measure(IN.format(path=path)))
    yield line(database, "import of CSV", rows, found[1:], found[0])


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    parser.add_argument("--skip-import", action="store_true", help="measure what goes out alone")
    options = parser.parse_args()
    print(f"{options.rows:,} rows, median of {options.runs}")
    head = f"{'seconds':>8} {'rows/s':>9} {'rows/cpu-s':>12} {'peak MB':>7} {'at a tenth':>11}"
    print(f"{'database':<10} {'what':<22} {head}", flush=True)
    for name in ("sqlite", "postgres") if options.only is None else (options.only,):
        with (
            tempfile.TemporaryDirectory(prefix="leverage-bench-") as place,
            fresh(Path(place), name) as sites,
        ):
            for told in measured(*sites, name, options, Path(place)):
                print(told, flush=True)


if __name__ == "__main__":
    main()
