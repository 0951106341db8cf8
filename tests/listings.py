"""Reading lists of tasks as a visitor and as a database would."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from records import publishing
from records.models import Task
from tests.factories import APRIL_12, category, day, draft, task

FROM_PUBLIC = """
    FROM records_task t
    JOIN records_day d ON d.date = t.date
    LEFT JOIN records_category c ON c.id = t.category_id
    WHERE d.status = 'published' AND d.published_at <= CURRENT_TIMESTAMP
"""


def ids_on(client: Client, address: str) -> list[int]:
    """The tasks of a page, in its order."""
    response = client.get(address)
    assert response.status_code == 200
    return [int(found) for found in re.findall(r'id="task-(\d+)"', response.content.decode())]


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file by the names in its head."""
    return list(csv.DictReader(io.StringIO(_file(client, address), newline="")))


def json_body(client: Client, address: str) -> Any:
    """What a JSON file holds."""
    return json.loads(_file(client, address))


def ids_in_csv(client: Client, address: str) -> list[int]:
    """The tasks of a CSV file, in its order."""
    return [int(row["id"]) for row in csv_rows(client, address)]


def ids_in_json(client: Client, address: str) -> list[int]:
    """The tasks of a JSON file, in its order."""
    return [row["id"] for row in json_body(client, address)["results"]]


def ids_in_sql(condition: str = "1 = 1", order: str = "t.date DESC, t.position, t.id") -> list[int]:
    """The public tasks that meet a condition in plain SQL; ``t``, ``d`` and ``c`` are task, day, category."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.id {FROM_PUBLIC} AND ({condition}) ORDER BY {order}")
        return [row[0] for row in cursor.fetchall()]


def several_days() -> list[Task]:
    """Public tasks on five days, with ties, unknown supervision and tokens, and some without a category."""
    testing, frontend = category("Testing", order=2), category("frontend", order=1)
    days = [
        day(
            APRIL_12 - timedelta(days=back),
            [
                task("Alpha: first", "40", "15", "2", category=testing, tokens=900),
                task("Beta: second", "8", "4", None, category=frontend),
                task("Gamma: third", "8", "4", "0", tokens=0),
                task("Delta: fourth", str(2 + back), "7", "7", category=testing, tokens=10**10 + back),
            ],
            tags=["AI"] if back % 2 else ["AI", "Even"],
            sample=back == 4,
        )
        for back in range(5)
    ]
    return [found for each in days for found in each.tasks.order_by("position")]


def hidden_tasks() -> list[Task]:
    """Tasks of a draft, of a scheduled and of a withdrawn day, in a category and a tag of their own."""
    secret = category("Secret work")
    drafted = draft(date(2026, 5, 1), [task("Hidden one", category=secret)])
    scheduled = day(
        date(2026, 5, 2), [task("Hidden two", category=secret)], published_at=datetime(2100, 1, 1, tzinfo=UTC)
    )
    withdrawn = day(date(2026, 5, 3), [task("Hidden three", category=secret)], tags=["Secret tag"])
    publishing.withdraw(withdrawn, reason="not ours to show")
    return list(Task.objects.filter(day__in=[each.date for each in (drafted, scheduled, withdrawn)]))


def _file(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.getvalue().decode()
