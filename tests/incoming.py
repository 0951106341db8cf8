"""Texts as they come in, and what is read of them: for the tests of importers."""

from collections.abc import Iterable, Sequence

from records.importers.day import ImportedDay, Severity
from records.importers.known import Known
from records.importers.reading import Asked, read

HEAD = ("#", "Task", "Human Est.", "Claude", "Sup.", "Factor", "Sup. Factor")
WIKI = ("1", "Wiki of the choir", "16h", "8m", "5m", "120.0x", "192.0x")
BOATS = ("2", "Boats renamed", "8h", "8m", "5m", "60.0x", "96.0x")
TITLE = "Leverage Record: April 12, 2026"


def html_table(head: Sequence[str] = HEAD, rows: Iterable[Sequence[str]] = (WIKI, BOATS)) -> str:
    lines = ["".join(f"<th>{cell}</th>" for cell in head)]
    lines += ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def html_page(before: str = "", after: str = "", head: str = "", table: str | None = None) -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE} | A blog</title>{head}</head><body><main><article>"
        f"<h1>{TITLE}</h1>{before}<h2>Task Log</h2>{table or html_table()}{after}"
        "</article></main></body></html>"
    )


def pipes(head: Sequence[str] = HEAD, rows: Iterable[Sequence[str]] = (WIKI, BOATS)) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


def days(text: str, known: Known | None = None, **asked) -> list[ImportedDay]:
    return list(read(text, known or Known(), Asked(**asked)))


def one(text: str, known: Known | None = None, **asked) -> ImportedDay:
    (day,) = days(text, known, **asked)
    return day


def texts(day: ImportedDay) -> list[str]:
    return [task.description for task in day.tasks]


def figures(day: ImportedDay) -> list[tuple[float | None, ...]]:
    return [
        tuple(None if part is None else float(part) for part in parts)
        for parts in ((t.human_hours, t.agent_minutes, t.supervisory_minutes) for t in day.tasks)
    ]


def faults(day: ImportedDay) -> list[str]:
    return [problem.reason for problem in day.problems if problem.severity is Severity.FAULT]


def doubts(day: ImportedDay) -> list[str]:
    return [problem.reason for problem in day.problems if problem.severity is Severity.DOUBT]


def notes(day: ImportedDay) -> list[str]:
    return [problem.reason for problem in day.problems if problem.severity is Severity.NOTE]
