"""Texts to paste, made up for tests: a harbour and its papers."""

from typing import Any

from django.test import Client

PASTE = "/admin/paste/"
HEAD = "#TaskHuman Est.ClaudeSup.FactorSup. Factor"
GLUED_ROWS = """1Harbour map redrawn for 12 piers40h20m5m120.0x480.0x
2Tide tables checked against 2024 notes8h16m4m30.0x120.0x
3Ferry parser v1.5 reads 61->69 stops16h8m2m120.0x480.0x"""
TOTALS = """Aggregate Statistics
Tasks completed: 3
Human equivalent: 64 hours
Claude wall-clock: 44 minutes
Supervisory time: 11m
Weighted average leverage factor: 87.3x"""


def glued(
    on: str = "May 6, 2026", rows: str = GLUED_ROWS, totals: str = TOTALS, tags: str = "AITime Record"
) -> str:
    """A record page as a careless browser copies it."""
    return f"""Leverage Record: {on}

{tags}

A day between two releases & a *storm*.

Task Log

{HEAD}
{rows}

{totals}

Analysis

The map took the longest.
"""


def tabbed(*rows: str, on: str = "May 6, 2026") -> str:
    """A record page copied with tabs between its cells: text, hours, minutes, supervision, factor."""
    lines = [f"{number}\t{row}" for number, row in enumerate(rows, start=1)]
    head = "#\tTask\tHuman Est.\tClaude\tSup.\tFactor"
    return "\n".join([f"Leverage Record: {on}", "", head, *lines, ""])


def read(client: Client, text: str, **more: Any) -> Any:
    """The page after a text was read."""
    return client.post(PASTE, {"text": text, "_read": "1", **more})
