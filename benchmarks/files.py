"""CSV of 1,000,000 tasks: rows a second, beside the database's own program, and how much memory it takes."""

import resource
import shutil
import subprocess
from collections.abc import Sequence

from benchmarks.bench import Bench, in_turns, seconds_of
from benchmarks.inside import Sets
from benchmarks.rows import Figure, Lacking
from benchmarks.sites import LARGE, Database

ADDRESS = "/tasks.csv"
# The same columns in the same order, of the same tables.
SAME = (
    "SELECT t.id, t.date, t.position, t.name, t.description, c.slug, t.human_hours, t.agent_minutes,"
    " t.supervisory_minutes, t.tokens, t.factor, t.supervisory_factor, d.sample FROM records_task t"
    " JOIN records_day d ON d.date = t.date LEFT JOIN records_category c ON c.id = t.category_id"
    " ORDER BY t.date DESC, t.position, t.id"
)


def measure(bench: Bench) -> None:
    """Rows a second and memory; the memory first, while this process has not held anything else."""
    sets = Sets(bench.database)
    sets.use(LARGE)
    sets.get("/healthz")
    bench.row("csv-memory", lambda: _memory(sets))
    bench.row("csv", lambda: _beside_program(sets, bench))


def size(sets: Sets) -> int:
    """Read the whole file, piece by piece; gives its size in bytes."""
    return sum(map(len, sets.get(ADDRESS).streaming_content))


def _memory(sets: Sets) -> Figure:
    """How many MB the process grew at its highest while the file was made."""
    sets.get("/tasks.csv?q=zyxwvut").getvalue()  # so that what is loaded once is loaded
    before = _peak()
    written = size(sets)
    grown = (_peak() - before) / 1024
    return Figure(grown, f"from {before / 1024:,.0f} MB, for a file of {written / 1e6:,.0f} MB")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _beside_program(sets: Sets, bench: Bench) -> Figure:
    command = _command(bench.database)
    acts = [lambda: seconds_of(lambda: size(sets)), lambda: seconds_of(lambda: _run(command))]
    ours, theirs = in_turns(acts, bench.alternations)
    return Figure(theirs / ours, f"{LARGE / ours:,.0f} rows a second, {command[0]} {LARGE / theirs:,.0f}")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _command(database: Database) -> list[str]:
    program = "sqlite3" if database.name == "sqlite" else "psql"
    if not shutil.which(program):
        raise Lacking(f"no {program} on this machine")
    if database.name == "sqlite":
        return [program, "-csv", "-header", "-readonly", str(database.file(LARGE)), SAME]
    name = database.url(LARGE).rpartition("/")[2]
    return [program, "-X", "-h", database.socket, "-U", "postgres", "-d", name, "-c",
            f"COPY ({SAME}) TO STDOUT WITH (FORMAT csv, HEADER)"]  # fmt: skip
