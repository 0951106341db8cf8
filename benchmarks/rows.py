"""The rows of the table: what is measured, and what it has to be at least or at most."""

from dataclasses import dataclass

DATABASES = ("sqlite", "postgres")


@dataclass(frozen=True)
class Row:
    """One figure: its name on the command line, the group that measures it, what it is.

    ``gate`` and ``aim`` are one for each of ``DATABASES``: at least so much, or at most where it is a price.
    """

    name: str
    group: str
    words: str
    gate: tuple[float, float]
    aim: tuple[float, float]
    at_most: bool = False
    unit: str = ""

    def keeps(self, value: float, database: str) -> bool:
        """Whether a figure is on the right side of its gate."""
        gate = self.gate[DATABASES.index(database)]
        return value <= gate if self.at_most else value >= gate


def _least(name: str, group: str, words: str, gate: float, aim: float) -> Row:
    return Row(name, group, words, (gate, gate), (aim, aim))


def _most(name: str, group: str, words: str, gate: float, aim: float, unit: str = "") -> Row:
    return Row(name, group, words, (gate, gate), (aim, aim), at_most=True, unit=unit)


ROWS = (
    _least("cached-gunicorn", "serving", "cached record page / nginx, gunicorn", 0.08, 0.12),
    _least("cached-granian", "serving", "cached record page / nginx, granian", 0.30, 0.60),
    _least("304-gunicorn", "serving", "304 / nginx’s 304, gunicorn", 0.08, 0.12),
    _least("304-granian", "serving", "304 / nginx’s 304, granian", 0.30, 0.65),
    _least("cached-uncached", "serving", "cached / uncached record page", 8, 20),
    _least("wagtail", "serving", "uncached record page / Wagtail page of the same rows", 1.0, 2),
    _least("datasette", "serving", "uncached record page / Datasette’s table of the same rows", 3, 6),
    _most("lists", "lists", "rows of /tasks/, the worst address: 1,000,000 / 2,100 tasks", 1.25, 1.05),
    _most("words", "lists", "text search, the worst word: 1,000,000 / 2,100 tasks", 2, 1.2),
    _most("bare", "lists", "rows of /tasks/, the worst address / bare SQL, 1,000,000 tasks", 3, 1.5),
    _most("deep", "lists", "a page deep inside / the first, 1,000,000 tasks", 1.2, 1.05),
    _most("dashboard", "pages", "dashboard uncached: 10,000 / 100 days", 5, 2),
    _most("queries-record", "pages", "queries of a record page", 6, 4),
    _most("queries-tasks", "pages", "queries of /tasks/", 8, 5),
    _most("queries-dashboard", "pages", "queries of the dashboard", 6, 4),
    _most("queries-cached", "pages", "queries of a cached page", 1, 0),
    Row("csv", "files", "CSV of 1,000,000 tasks / sqlite3 program, psql COPY", (0.25, 0.2), (0.35, 0.3)),
    _most("csv-memory", "files", "memory grown by that CSV", 64, 16, "MB"),
    _least("import", "imports", "validated import of 100,000 rows / bare executemany, COPY", 0.12, 0.3),
    _most("start", "start", "start to first answer / Wagtail’s", 0.7, 0.4),
)  # fmt: skip
GROUPS = tuple(dict.fromkeys(row.group for row in ROWS))


@dataclass(frozen=True)
class Figure:
    """What was measured: the figure, or why there is none; ``detail`` is what it was made of.

    ``blank`` is a figure whose anchor this machine lacks, which is nobody's fault.
    """

    value: float | None = None
    detail: str = ""
    failed: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is neither a figure nor a fault."""
        return self.value is None and not self.failed


class Lacking(Exception):
    """This machine lacks a program that a row is measured against; the message says which."""
