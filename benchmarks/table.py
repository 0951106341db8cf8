"""The table of the figures: for a terminal, for a program, for docs/performance.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from benchmarks.rows import DATABASES, Figure, Row

Found: TypeAlias = Mapping[tuple[str, str], Figure]  # by name of the row and database
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def head(databases: Sequence[str]) -> list[str]:
    """The heads of the columns."""
    return ["row", *(NAMES[name] for name in databases), "gate", "aim", ""]


def line(row: Row, found: Found, databases: Sequence[str]) -> list[str]:
    """The cells of one row."""
    figures = {name: found.get((row.name, name), Figure()) for name in databases}
    return [
        row.words,
        *(_cell(figure, row.unit) for figure in figures.values()),
        _bound(row, row.gate, databases),
        _bound(row, row.aim, databases),
        _verdict(row, figures),
    ]


def text(line: Sequence[str], databases: int) -> str:
    """The cells of a line in columns of a terminal."""
    words, *rest = line
    cells = "".join(f"{cell:>13}" for cell in rest[: databases + 2])
    return f"{words:<70}{cells}  {rest[-1]}"


def details(row: Row, found: Found, databases: Sequence[str]) -> list[str]:
    """What the figures of a row were made of, or why one is missing, a line for each database."""
    figures = [(name, found.get((row.name, name), Figure())) for name in databases]
    return [f"{NAMES[name]}: {said}" for name, figure in figures if (said := figure.failed or figure.detail)]


def as_data(rows: Sequence[Row], found: Found, databases: Sequence[str]) -> dict[str, object]:
    """All of it for a program."""
    return {
        "machine": machine(),
        "rows": [
            {
                "name": row.name,
                "what": row.words,
                "gate": dict(zip(DATABASES, row.gate, strict=True)),
                "aim": dict(zip(DATABASES, row.aim, strict=True)),
                "at_most": row.at_most,
                "figures": {
                    name: vars(figure) for name in databases if (figure := found.get((row.name, name)))
                },
            }
            for row in rows
        ],
    }


def markdown(rows: Sequence[Row], found: Found, databases: Sequence[str]) -> str:
    """The table with what each figure was made of below it."""
    lines = [head(databases), ["---"] * (len(databases) + 4), *(line(row, found, databases) for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    made_of = "\n".join(
        f"- {row.words}. {' '.join(f'{said}.' for said in told)}"
        for row in rows
        if (told := details(row, found, databases))
    )
    return f"{table}\n\n{machine()}\n\nWhat they were made of:\n\n{made_of}\n"


def machine() -> str:
    """The machine in general terms."""
    return (
        f"Measured on {os.cpu_count()} cores, {platform.system()} on {platform.machine()},"
        f" Python {platform.python_version()}."
    )


def write_into(paper: Path, block: str) -> bool:
    """Put the block between its marks in a paper; whether the paper has them."""
    before, begin, rest = paper.read_text(encoding="utf-8").partition(BEGIN) if paper.exists() else ("",) * 3
    _, end, after = rest.partition(END)
    if not (begin and end):
        return False
    paper.write_text(f"{before}{begin}\n{block}{end}{after}", encoding="utf-8")
    return True


def _cell(figure: Figure, unit: str) -> str:
    if figure.failed:
        return "failed"
    return "" if figure.value is None else f"{_short(figure.value)} {unit}".strip()


def _short(value: float) -> str:
    return f"{value:.3f}" if value < 1 and value % 1 else f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def _bound(row: Row, bounds: tuple[float, float], databases: Sequence[str]) -> str:
    sign = "≤" if row.at_most else "≥"
    wanted = dict.fromkeys(f"{bounds[DATABASES.index(name)]:g}" for name in databases)
    return f"{sign} {' / '.join(wanted)} {row.unit}".strip()


def _verdict(row: Row, figures: Mapping[str, Figure]) -> str:
    known = {name: figure.value for name, figure in figures.items() if figure.value is not None}
    missed = [NAMES[name] for name, value in known.items() if not row.keeps(value, name)]
    failed = [NAMES[name] for name, figure in figures.items() if figure.failed]
    said = [*([f"missed: {', '.join(missed)}"] if missed else []),
            *([f"failed: {', '.join(failed)}"] if failed else [])]  # fmt: skip
    return "; ".join(said) or ("kept" if known else "")
