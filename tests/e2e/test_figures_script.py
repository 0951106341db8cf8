"""The scripts of the day form, held to the same table of cases as the Python they repeat."""

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from records import formats, leverage
from records.durations import NotADuration, parse_hours, parse_minutes, write_hours
from records.leverage import Totals
from records.summaries.unusual import Usual
from tests.cases import CASES
from tests.test_leverage_cases import row_of

SCRIPTS = Path(settings.BASE_DIR) / "static" / "desk"
ADDRESS = "http://scripts.test/"
PARSED = """async ([texts, dayAndWeek]) => {
  const { parseHours, parseMinutes, plain } = await import("/figures.js");
  const read = (parse, places, text) => {
    try { return plain(parse(text, ...dayAndWeek), places); } catch (fault) { return fault.message; }
  };
  return texts.map((text) => [read(parseHours, 4, text), read(parseMinutes, 2, text)]);
}"""
TOTALLED = """async (tables) => {
  const { averageFactor, parseHours, parseMinutes, quantity, taskFactor, factor, totals } =
    await import("/figures.js");
  const or = (parse, text) => (text === null ? null : parse(text));
  const row = ([hours, agent, supervision, tokens]) => ({
    humanHours: or(parseHours, hours),
    agentMinutes: or(parseMinutes, agent),
    supervisoryMinutes: or(parseMinutes, supervision),
    tokens: or(BigInt, tokens),
  });
  return tables.map((table) => {
    const rows = table.map(row);
    const sums = totals(rows);
    return {
      tasks: sums.tasks,
      human_hours: quantity(sums.humanHours, 4),
      agent_minutes: quantity(sums.agentMinutes, 2),
      supervisory_minutes: quantity(sums.supervisoryMinutes, 2),
      tokens: sums.tokens?.toString() ?? null,
      tokens_known: sums.tokensKnown,
      factor: averageFactor(sums.leverage.value),
      factor_over: sums.leverage.tasks,
      supervisory_factor: averageFactor(sums.supervision.value),
      supervisory_over: sums.supervision.tasks,
      task_factors: rows.map((each) => taskFactor(factor(each.humanHours, each.agentMinutes))),
    };
  });
}"""
REMARKED = """async (pairs) => {
  const { parseHours, parseMinutes } = await import("/figures.js");
  const { remarks } = await import("/unusual.js");
  return pairs.map(([hours, minutes]) => remarks(parseHours(hours), parseMinutes(minutes)));
}"""
QUICK_LINES = """async ([lines, pastes, categories]) => {
  const { parseQuickLine, rowsFromPaste } = await import("/quicklines.js");
  const read = (line) => {
    try { return parseQuickLine(line, categories); } catch (fault) { return { fault: fault.message }; }
  };
  return [lines.map(read), pastes.map((pasted) => rowsFromPaste(pasted, categories))];
}"""


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    if name:
        body = (SCRIPTS / name).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
    else:
        route.fulfill(body="<!doctype html><title>Scripts</title>", content_type="text/html")


@pytest.fixture
def scripts(page: Page) -> Page:
    """A blank page on an address that serves the scripts of the day form and nothing else."""
    page.route(f"{ADDRESS}**", _serve)
    page.goto(ADDRESS)
    return page


def _in_python(text: str) -> list[str]:
    shown = []
    for parse, places in ((parse_hours, 4), (parse_minutes, 2)):
        try:
            shown.append(formats.plain(parse(text), places))
        except NotADuration as refusal:
            shown.append(str(refusal))
    return shown


def test_it_reads_every_duration_of_the_table_as_python_does(scripts: Page):
    texts = [case["text"] for case in CASES["durations"]]
    assert scripts.evaluate(PARSED, [texts, ["8", "40"]]) == [_in_python(text) for text in texts]


def test_it_takes_the_length_of_a_day_and_a_week_from_the_site(scripts: Page):
    for case in CASES["durations_by_other_lengths"]:
        lengths = [case["hours_per_day"], case["hours_per_week"]]
        read = scripts.evaluate(PARSED, [[case["text"]], lengths])
        assert read == [[case["hours"], case["minutes"]]]


def test_it_reads_random_durations_as_python_does(scripts: Page):
    draw = random.Random(20260412)
    texts = ["".join(draw.choices("0123456789.,:hmdws -−１：", k=draw.randint(1, 9))) for _ in range(4000)]
    assert scripts.evaluate(PARSED, [texts, ["8", "40"]]) == [_in_python(text) for text in texts]


def test_it_totals_every_case_of_the_table_as_python_does(scripts: Page):
    tables = [case["rows"] for case in CASES["totals"]]
    for case, shown in zip(CASES["totals"], scripts.evaluate(TOTALLED, tables), strict=True):
        shown.pop("task_factors")
        assert shown == {name: case[name] for name in shown}


def test_it_shows_every_factor_of_the_table_as_python_does(scripts: Page):
    tables = [[[case["human_hours"], case["minutes"], None, None]] for case in CASES["factors"]]
    shown = [table["task_factors"] for table in scripts.evaluate(TOTALLED, tables)]
    assert shown == [[case["shown"]] for case in CASES["factors"]]


def _random_cells(draw: random.Random) -> list[str | None]:
    hours = Decimal(draw.randint(1, 20_000_000)).scaleb(-4)
    minutes = [Decimal(draw.randint(1, 300_000)).scaleb(-2) for _ in range(2)]
    cells = [str(hours), *map(str, minutes), str(draw.randint(0, 10**12))]
    return [None if draw.random() < 0.1 else cell for cell in cells]


def _totalled_in_python(table: list[list[str | None]]) -> dict[str, Any]:
    rows = [row_of(cells) for cells in table]
    totals = Totals.of(rows)
    return {
        "human_hours": formats.quantity(totals.human_hours),
        "factor": formats.average_factor(totals.leverage.value),
        "supervisory_factor": formats.average_factor(totals.supervision.value),
        "task_factors": [
            formats.task_factor(leverage.factor(row.human_hours, row.agent_minutes)) for row in rows
        ],
    }


def test_it_totals_random_days_as_python_does(scripts: Page):
    draw = random.Random(20260413)
    tables = [[_random_cells(draw) for _ in range(draw.randint(1, 40))] for _ in range(200)]
    for table, shown in zip(tables, scripts.evaluate(TOTALLED, tables), strict=True):
        expected = _totalled_in_python(table)
        assert {name: shown[name] for name in expected} == expected


def test_it_reads_every_quick_line_of_the_table_as_python_does(scripts: Page):
    lines = [case["line"] for case in CASES["quick_lines"]]
    read, _ = scripts.evaluate(QUICK_LINES, [lines, [], CASES["categories"]])
    for case, shown in zip(CASES["quick_lines"], read, strict=True):
        expected = {name: value for name, value in case.items() if name != "line"}
        assert shown == expected, json.dumps(case)


def test_it_makes_rows_of_a_paste_and_loses_no_line(scripts: Page):
    pastes = [case["pasted"] for case in CASES["pastes"]]
    _, read = scripts.evaluate(QUICK_LINES, [[], pastes, CASES["categories"]])
    names = ("text", "category", "human_hours", "agent_minutes", "supervisory_minutes")
    for case, rows in zip(CASES["pastes"], read, strict=True):
        assert [[row[name] for name in names] for row in rows] == case["rows"]
        assert [place for place, row in enumerate(rows) if row["fault"]] == case["faults"]


def test_it_remarks_on_what_is_seldom_meant_as_python_does(scripts: Page):
    pairs = [
        ("99999", "0.01"),
        ("80", "0.5"),
        ("0.1", "8"),
        ("8", "3"),
        ("1", "60"),
        ("1040", "9"),
        ("1040.0001", "9"),
    ]
    read = scripts.evaluate(REMARKED, pairs)
    assert read == [Usual(Decimal(40)).remarks(*map(Decimal, pair)) for pair in pairs]
    assert len([words for words in read if words]) == 4


def test_it_writes_what_it_reads(scripts: Page):
    written = scripts.evaluate(
        "async (text) => { const f = await import('/figures.js'); return f.writeHours(f.parseHours(text)); }",
        "1,222.75",
    )
    assert written == write_hours(Decimal("1222.75"))
