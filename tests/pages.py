"""Pages as a reader sees them, and the day of April 12, 2026 that many tests read."""

import csv
import re
from html import unescape
from pathlib import Path
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.test import Client

import records.management
from records.management.demo_data import tasks_in
from records.models import Day
from tests.factories import category, day

APRIL_12_ROWS = Path(records.management.__file__).parent / "data" / "2026-04-12.csv"
RECORD = "/records/2026-04-12/"
# As in the order of the page: highest factor first, then as logged.
APRIL_12_FACTORS = [
    *("480.0", "320.0", "192.0", "160.0", "160.0", "144.0", "144.0", "137.14", "120.0", "120.0", "72.0"),
    *("68.57", "68.57", "60.0", "60.0", "53.33", "48.0", "48.0", "45.0", "45.0", "45.0", "45.0", "42.86"),
    *("40.0", "24.0", "22.5", "20.0", "20.0", "18.0", "16.0", "15.0", "15.0", "15.0", "15.0", "12.0"),
    *("11.25", "10.91"),
]


def april_12(**values: Any) -> Day:
    """The stored day of April 12, 2026 with its 37 tasks."""
    with APRIL_12_ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    categories = {name: category(name) for name in dict.fromkeys(row["category"] for row in rows)}
    defaults = {"lede": "Thirty-seven tasks.", "analysis": "Two were large.", "stated_tokens": 4_129_000}
    tasks = list(tasks_in("2026-04-12", categories))
    return day(tasks=tasks, tags=["AI", "Time Record"], **{**defaults, **values})


def html_of(response: HttpResponseBase) -> str:
    """The markup of a page that is there."""
    assert response.status_code == 200, response.status_code
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def text_of(markup: str) -> str:
    """What a reader reads: without markup, white space as one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def page_text(client: Client, address: str) -> str:
    """The text of a page."""
    return text_of(html_of(client.get(address)))


def part(markup: str, start: str, end: str) -> str:
    """The markup from one string up to another."""
    assert start in markup, start
    return markup.split(start, 1)[1].split(end, 1)[0]


def rows_of(markup: str) -> list[list[str]]:
    """The cells of the rows in the bodies of the first table."""
    bodies = part(markup, "<tbody>", "</table>")
    return [
        [text_of(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
        for row in bodies.split("</tr>")[:-1]
    ]


def band(markup: str) -> list[str]:
    """The figures of the band, each with its label and notes."""
    return [text_of(div) for div in part(markup, '<dl class="figures">', "</dl>").split("</div>")[:-1]]


def statistics(markup: str) -> dict[str, str]:
    """The aggregate statistics, by label."""
    return dict(rows_of(part(markup, 'id="statistics"', "</section>")))


def log(markup: str) -> list[list[str]]:
    """The rows of the task log."""
    return rows_of(part(markup, '<table class="table log', "</table>") + "</tbody>")
