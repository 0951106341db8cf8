"""Our own export read back: every value checked, every fault named with its place."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from records.importers.archive import read_archive
from records.importers.formats import CannotRead

HEAD: dict[str, Any] = {"schema": 1, "days": []}


def day_with(**values: Any) -> str:
    """An archive of one day."""
    return json.dumps({"schema": 1, "days": [{"date": "2026-04-12", **values}]})


def read_all(text: str | bytes, form: str = "") -> list[Any]:
    """All days of an archive."""
    return list(read_archive(text, form).days)


def test_values_come_as_python_has_them():
    tasks = [{"description": "A", "human_hours": 0.3333, "agent_minutes": 7}]
    (day,) = read_all(day_with(published_at="2026-04-13T10:10:00+02:00", tokens=5, sample=True, tasks=tasks))
    assert day["date"] == date(2026, 4, 12)
    assert day["published_at"] == datetime(2026, 4, 13, 8, 10, tzinfo=UTC)
    assert day["tasks"] == [
        {"description": "A", "human_hours": Decimal("0.3333"), "agent_minutes": Decimal(7)}
    ]
    assert "title" not in day


@pytest.mark.parametrize("made", [str, str.encode, lambda text: b"\xef\xbb\xbf" + text.encode()])
def test_it_reads_text_and_bytes_with_a_mark_or_without(made):
    assert len(read_all(made(day_with(title="Übung")))) == 1


def test_lines_are_told_from_one_object_by_themselves():
    lines = '{"schema": 1}\n{"date": "2026-04-12"}\n\n{"date": "2026-04-13"}\n'
    removed = {"number": 1, "at": "2026-04-13T08:10:00+00:00", "snapshot": {}, "date": "2026-04-14"}
    lines += json.dumps({"removed": removed}) + "\n"
    archive = read_archive(io.BytesIO(lines.encode()))
    assert [day["date"].day for day in archive.days] == [12, 13]
    assert [revision["number"] for revision in archive.removed] == [1]


def test_lines_are_read_as_they_are_asked_for():
    archive = read_archive('{"schema": 1}\n{"date": "2026-04-12"}\n{"date": "never"}\n')
    days = iter(archive.days)
    assert next(days)["date"] == date(2026, 4, 12)
    with pytest.raises(CannotRead, match=r"days\[1\]\.date is \"never\", not a date such as"):
        next(days)


def deep(levels: int) -> str:
    """An archive with something nested so often in its source."""
    printed = '{"a":' * levels + "1" + "}" * levels
    return f'{{"schema": 1, "days": [{{"date": "2026-04-12", "source": {{"printed": {printed}}}}}]}}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This file is no JSON"),
        ("[]", "This file holds no object"),
        ("{}", "There is no “schema” in this file"),
        ('{"schema": 2, "days": []}', "This archive has schema 2; this site knows schemas up to 1"),
        ('{"schema": 0, "days": []}', "schema is 0. It is 1."),
        ('{"schema": true, "days": []}', "schema is true. It is 1."),
        ('{"schema": 1}', None),
        ('{\n"schema": 1}', "There is no “days” in this archive"),
        ('{"schema": 1, "days": {}}', r"days is \{\}, not a list"),
        ('{"schema": 1, "days": [1]}', r"days\[0\] is 1, not an object"),
        ('{"schema": 1, "days": [{}]}', r"days\[0\] has no “date”, which it needs"),
        (
            '{"schema": 1, "days": [], "weather": 1}',
            "weather is not in schema 1. Known here: schema, generated_at",
        ),
        ('{"schema": 1, "days": [{"date": "2026-W15-7"}]}', r"date is \"2026-W15-7\", not a date such as"),
        ('{"schema": 1, "days": [{"date": 20260412}]}', r"date is 20260412, not a date such as"),
        (day_with(mood="good"), r"days\[0\]\.mood is not in schema 1"),
        (day_with(title=None), r"days\[0\]\.title is null, not a text"),
        (day_with(tokens=1.5), r"days\[0\]\.tokens is \"?1\.5\"?, not a whole number"),
        (day_with(tokens=True), r"days\[0\]\.tokens is true, not a whole number"),
        (day_with(tokens=10**30), r"days\[0\]\.tokens is 1000"),
        (day_with(sample="yes"), r"days\[0\]\.sample is \"yes\", not true or false"),
        (day_with(published_at="2026-04-12T10:00:00"), r"days\[0\]\.published_at is .* not a moment such as"),
        (day_with(published_at="0001-01-01T00:00:00+14:00"), r"days\[0\]\.published_at is .* not a moment"),
        (day_with(tags=["AI", 1]), r"days\[0\]\.tags is .* not a list"),
        (day_with(tasks=[{"description": 1}]), r"days\[0\]\.tasks\[0\]\.description is 1, not a text"),
        (
            day_with(tasks=[{"description": "A", "human_hours": "8"}]),
            r"tasks\[0\]\.human_hours is \"8\", not a",
        ),
        (day_with(lede="a\x00b"), r"days\[0\]\.lede holds a NUL byte"),
        (day_with(source={"printed": {"a\x00": 1}}), r"source\.printed holds a NUL byte"),
        (day_with(lede="\ud83d"), r"days\[0\]\.lede holds a NUL byte or half a character"),
        ('{"schema": 1, "days": [{"date": "2026-04-12", "elapsed_minutes": NaN}]}', "NaN is no number"),
        ('{"schema": 1, "days": [{"date": "2026-04-12", "elapsed_minutes": 1e999}]}', "elapsed_minutes is"),
        (
            '{"schema": 1, "days": [{"date": "2026-04-12", "source": {"printed": {"a": 1e999999999}}}]}',
            r"source\.printed holds a number that no database stores",
        ),
        (
            '{"schema": 1, "days": [{"date": "2026-04-12", "elapsed_minutes": 1e9999999}]}',
            r"elapsed_minutes is \"1E\+9999999\", not a number",
        ),
        (
            '{"schema": 1, "days": [{"date": "2026-04-12", "tokens": 1e99999999999999999999}]}',
            "1e99999999999999999999 is a number beyond all bounds",
        ),
        pytest.param(deep(60), r"source\.printed is nested too deeply", id="deep"),
        pytest.param(deep(100_000), "This file is nested too deeply", id="very deep"),
        pytest.param("[" * 100_000, "This file is nested too deeply", id="never closed"),
    ],
)
def test_what_it_cannot_read_it_says_and_where(text, message):
    if message is None:  # one line that is an object may be the head of lines
        assert read_all(text) == []
        return
    with pytest.raises(CannotRead, match=message):
        read_all(text)


def test_other_bytes_than_utf_8_are_no_archive():
    with pytest.raises(CannotRead, match="This is not UTF-8"):
        read_archive(b"\xff\xfe{\x00")


@pytest.mark.parametrize(
    "begins", ['{"schema": 1,\n"days": [],', '{"schema": 1}\n{"date": "2026-04-12",'], ids=["whole", "lines"]
)
def test_other_bytes_than_utf_8_are_told_wherever_they_stand(begins: str):
    with pytest.raises(CannotRead, match="This is not UTF-8"):
        read_all(begins.encode() + b" " * 100_000 + b'"title": "\xff"}\n')
