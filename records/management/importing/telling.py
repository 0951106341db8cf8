"""What became of the files of an import: a report for people, or a line of JSON for each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from records import formats
from records.importers.day import Problem, Severity
from records.management.importing.outcome import Candidates, Figure, Outcome
from records.models.json import exact_json
from records.publishing import Status

MOST_LINES = 40  # of one file; --json has them all
LONGEST_VALUE = 80
MOST_VALUES = 12  # named in one note
_INDENT = " " * 11
_WORDS = {
    Severity.FAULT: "Fault",
    Severity.DOUBT: "Doubt",
    Severity.NOTE: "Note",
}
_UNITS = (
    ("human_hours", "h"),
    ("agent_minutes", "min agent"),
    ("supervisory_minutes", "min supervision"),
    ("tokens", "tokens"),
)
_FACTORS = (("factor", "×"), ("supervisory_factor", "× supervisory"))


def as_json(outcome: Outcome) -> str:
    """One line; numbers with their own digits. Of a file of many days ``days`` counts what became of them."""
    several = len(outcome.dates) > 1
    return exact_json(
        {
            "path": outcome.path,
            "format": outcome.form or None,
            "date": _iso(outcome.only_date),
            "status": outcome.status.value,
            "rows": outcome.rows,
            "stated": outcome.stated,
            "computed": {name: _plain(figure) for name, figure in outcome.computed.items()},
            "problems": [_problem(on, problem, outcome) for on, problem in outcome.problems],
            "differences": [_dated(on if several else None, text) for on, text in outcome.differences],
            "days": {status.value: outcome.statuses[status] for status in Status},
        }
    )


def _plain(figure: Figure) -> Any:
    """A figure as every file of ours writes it: up to six decimals, trailing zeros cut."""
    return formats.json_number(figure) if isinstance(figure, Decimal) else figure


def _problem(on: date | None, problem: Problem, outcome: Outcome) -> dict[str, Any]:
    candidates = outcome.candidates.get((on, problem.row), ()) if problem.severity is Severity.FAULT else ()
    return {
        "date": _iso(on),
        "row": problem.row,
        "line": problem.line or None,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "severity": problem.severity.value,
        **({"candidates": candidates} if candidates else {}),
    }


def in_words(outcome: Outcome) -> Iterator[str]:
    """The lines of the report on one file."""
    yield f"{outcome.status.value.capitalize():<11}{outcome.path}"
    if facts := " · ".join(_facts(outcome)):
        yield f"{_INDENT}{facts}"
    lines = list(_findings(outcome))
    yield from (f"{_INDENT}{line}" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"{_INDENT}… and {len(lines) - MOST_LINES:,} more; --json lists them all."


def _facts(outcome: Outcome) -> Iterator[str]:
    days = [on for on in outcome.dates if on]
    if len(days) > 1:
        yield f"{len(days):,} days from {min(days)} to {max(days)}"
        yield _statuses(outcome.statuses) or "not all were read"
    elif days:
        yield days[0].isoformat()
    if outcome.form:
        yield outcome.form
    if outcome.rows:
        yield formats.counted(outcome.rows, "row")
    yield from _figures(outcome.computed)


def _figures(computed: Mapping[str, Figure]) -> Iterator[str]:
    for name, unit in _UNITS:
        if (figure := computed.get(name)) is not None:
            yield f"{formats.quantity(figure)} {unit}"
    for name, unit in _FACTORS:
        if (factor := computed.get(name)) is not None:
            yield f"{formats.average_factor(Decimal(factor))}{unit}"


def _findings(outcome: Outcome) -> Iterator[str]:
    several = len(outcome.dates) > 1
    for severity, word in _WORDS.items():
        told = outcome.of(severity)
        if severity is Severity.NOTE:
            yield from _notes(told, several=several)
            continue
        for on, problem in told:
            places = _places(on if several else None, problem)
            yield f"{word}{places}: {problem.reason}"
            if severity is Severity.FAULT:
                yield from _candidates(outcome.candidates.get((on, problem.row), ()))
    changed = outcome.status is Status.REPLACED
    if outcome.differences and not changed:
        yield "Another version of this day is stored. --replace stores this one, which changes:"
    for on, difference in outcome.differences:
        yield f"{'Changed: ' if changed else '  '}{_dated(on if several else None, difference)}"


def _notes(told: Iterable[tuple[date | None, Problem]], *, several: bool) -> Iterator[str]:
    """The notes, those that say the same of many rows as one: a file of 37 rows may lack 9 categories."""
    alike: dict[tuple[str, str], list[tuple[date | None, Problem]]] = defaultdict(list)
    for on, problem in told:
        alike[problem.column, problem.reason].append((on, problem))
    for (column, reason), same in alike.items():
        if len(same) == 1:
            (on, problem) = same[0]
            yield f"Note{_places(on if several else None, problem)}: {reason}"
        else:
            values = list(dict.fromkeys(f"“{_short(p.value)}”" for _, p in same if p.value))
            more = f" and {len(values) - MOST_VALUES} more" if len(values) > MOST_VALUES else ""
            named = f": {', '.join(values[:MOST_VALUES])}{more}" if values else ""
            of_what = "row" if any(problem.row for _, problem in same) else "day"
            places = ", ".join(filter(None, [column.replace("_", " "), formats.counted(len(same), of_what)]))
            yield f"Note ({places}{named}): {reason}"


def _candidates(candidates: Candidates) -> Iterator[str]:
    for candidate in candidates:
        yield f"  It could be: {' | '.join(map(_short, candidate.values()))}"


def _places(on: date | None, problem: Problem) -> str:
    parts = [
        on.isoformat() if on else "",
        f"row {problem.row}" if problem.row else "",
        f"line {problem.line}" if problem.line else "",
        problem.column.replace("_", " "),
        f"“{_short(problem.value)}”" if problem.value else "",
    ]
    named = ", ".join(part for part in parts if part)
    return f" ({named})" if named else ""


def summary(outcomes: Sequence[Outcome], *, dry_run: bool) -> Iterator[str]:
    """The last lines of the report: how many files came to what, and what is left to do."""
    counts = Counter(outcome.status for outcome in outcomes)
    rows = sum(outcome.rows for outcome in outcomes if outcome.status is not Status.REFUSED)
    yield f"{formats.counted(len(outcomes), 'file')}: {_statuses(counts)}; {formats.counted(rows, 'row')}."
    if dry_run:
        yield "This was a dry run: nothing was stored."


def _statuses(counts: Mapping[Status, int]) -> str:
    return ", ".join(f"{counts[status]:,} {status.value}" for status in Status if counts.get(status))


def _short(text: str) -> str:
    return formats.shortened(" ".join(text.split()), LONGEST_VALUE)


def _dated(on: date | None, text: str) -> str:
    return f"{on}: {text}" if on else text


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
