#!/usr/bin/env python3
"""Measure the site on both databases, side by side: one table of ratios, medians of at least 5 alternations.

    python3 benchmarks/run.py [--databases sqlite,postgres] [--only ROW...] [--quick] [--json] [--write]

Keeps its data sets in var/benchmarks: 2,100, 40,000 and 1,000,000 tasks over 100, 1,000 and 10,000 days.
What a row is measured against is used where the machine has it (nginx, wrk, psql, the sqlite3 program;
Wagtail, Datasette and granian in var/benchmarks/venv), and its cell is left blank otherwise. `--write` puts
the table into docs/performance.md between its marks. Exits 1 when a figure misses its gate or a row failed.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this folder, whose modules would hide others of their names

import bootstrap  # noqa: E402

bootstrap.ensure_environment(for_tests=True)

from benchmarks import table  # noqa: E402
from benchmarks.rows import DATABASES, GROUPS, ROWS, Figure, Row  # noqa: E402
from benchmarks.sites import LARGE, MIDDLE, SMALL, Database, database, prepare  # noqa: E402

PAPER = ROOT / "docs" / "performance.md"
AT_MOST_SECONDS = 1_500  # for one group on one database
SETS = {"serving": (MIDDLE,), "start": (MIDDLE,)}  # of other groups: all


def main() -> int:
    """Build what is missing, measure, print."""
    options = read_options()
    rows = [row for row in ROWS if not options.only or row.name in options.only or row.group in options.only]
    if not rows:
        sys.exit(f"There is no such row. There are: {', '.join(row.name for row in ROWS)}.")
    began = time.monotonic()
    found: dict[tuple[str, str], Figure] = {}
    with ExitStack() as stack:
        ready = dict(opened(stack, options.databases, rows, found))
        for group in GROUPS:
            for name, kept in ready.items():
                wanted = [row for row in rows if row.group == group]
                if wanted and not options.build:
                    found.update(measured(kept, name, wanted, quick=options.quick))
    if not options.build:
        show(rows, found, options)
    say(f"{time.monotonic() - began:,.0f} s in all")
    return int(any(verdict(row, key, found) for row in rows for key in options.databases))


def opened(
    stack: ExitStack, names: Sequence[str], rows: Sequence[Row], found: dict[tuple[str, str], Figure]
) -> Iterator[tuple[str, Database]]:
    """The databases with the sets that are needed; of one that cannot be had every row has failed."""
    sets = sorted({size for row in rows for size in SETS.get(row.group, (SMALL, LARGE))})
    for name in names:
        try:
            kept = stack.enter_context(database(name))
            prepare(kept, sets, say)
        except Exception as fault:  # the other database is to be measured
            say(f"{name}: {fault}")
            found.update({(row.name, name): Figure(failed=str(fault)[:300]) for row in rows})
        else:
            yield name, kept


def measured(kept: Database, name: str, rows: Sequence[Row], *, quick: bool) -> dict[tuple[str, str], Figure]:
    """The figures of a group on a database, as its process tells them."""
    group = rows[0].group
    say(f"{name}: {group} …")
    began = time.monotonic()
    often = ("1", "1") if quick else ("5", "2")
    command = [sys.executable, "-m", "benchmarks.one", group, name, kept.base, *often]
    process = subprocess.Popen(
        [*command, *(row.name for row in rows)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=AT_MOST_SECONDS)
        why = err.strip().splitlines()[-1] if err.strip() else "it told nothing"
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # so that it ends its servers first
        out, _ = process.communicate()
        why = f"not done after {AT_MOST_SECONDS} s"
    figures = {(row.name, name): Figure(failed=why[:300]) for row in rows}
    for told in map(json.loads, filter(lambda line: line.startswith('{"row"'), out.splitlines())):
        row = told.pop("row")
        figures[row, name] = Figure(**told)
    say(f"{name}: {group} took {time.monotonic() - began:,.0f} s")
    return figures


def show(rows: Sequence[Row], found: dict[tuple[str, str], Figure], options: argparse.Namespace) -> None:
    """The table, in the form asked for."""
    names = options.databases
    if options.json:
        print(json.dumps(table.as_data(rows, found, names), indent=1, ensure_ascii=False))
    else:
        print(table.text(table.head(names), len(names)))
        for row in rows:
            print(table.text(table.line(row, found, names), len(names)))
            for said in table.details(row, found, names):
                print(f"    {said}")
        print(table.machine())
    if options.write and not table.write_into(PAPER, table.markdown(rows, found, names)):
        print(table.markdown(rows, found, names))


def verdict(row: Row, name: str, found: dict[tuple[str, str], Figure]) -> bool:
    """Whether a figure misses its gate, or could not be had."""
    figure = found.get((row.name, name), Figure())
    return bool(figure.failed) or (figure.value is not None and not row.keeps(figure.value, name))


def read_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--databases", type=_names, default=DATABASES, metavar="sqlite,postgres")
    parser.add_argument("--only", nargs="+", metavar="ROW", help="rows or groups of rows")
    parser.add_argument("--quick", action="store_true", help="once, not five times: to see that it runs")
    parser.add_argument("--build", action="store_true", help="build the data sets that are missing, and stop")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(DATABASES):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {' and '.join(DATABASES)}")
    return names


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
