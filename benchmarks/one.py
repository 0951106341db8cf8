"""One group of rows on one database, in a process of its own: a line of JSON for each figure.

`python -m benchmarks.one GROUP DATABASE BASE ALTERNATIONS SECONDS ROW...`; `run.py` starts it.
"""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.sites import Database


def main() -> None:
    """Measure the rows that the command line names."""
    group, name, base, alternations, seconds, *rows = sys.argv[1:]
    bench = Bench(Database(name, base), int(alternations), float(seconds), frozenset(rows))
    import_module(f"benchmarks.{group}").measure(bench)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
