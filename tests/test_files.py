"""Tables as files: the same rows in the same order as the page, in CSV and in JSON."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.exporters.rows import TASK_COLUMNS, csv_chunks, defused, restored
from records.models import Task
from tests.factories import APRIL_12, category, day, task
from tests.listings import (
    csv_rows,
    hidden_tasks,
    ids_in_csv,
    ids_in_json,
    ids_in_sql,
    ids_on,
    json_body,
    several_days,
)
from tests.pages import april_12, html_of

COLUMNS = [
    "id",
    "date",
    "position",
    "name",
    "description",
    "category",
    "human_hours",
    "agent_minutes",
    "supervisory_minutes",
    "tokens",
    "factor",
    "supervisory_factor",
    "sample",
]
TEXT_ALONE = {"description": TASK_COLUMNS["description"]}
HOURS_ALONE = {"human_hours": TASK_COLUMNS["human_hours"]}
STATES = [
    "",
    "?sort=factor",
    "?sort=-tokens",
    "?sort=category&missing=supervision",
    "?category=none&sort=-supervisory_factor&from=2026-04-09",
]


@pytest.mark.django_db
def test_csv_carries_plain_numbers_under_the_names_of_the_columns(client):
    words = 'Notes: "quoted", and\ntwo lines'
    day(
        tasks=[
            task(words, "80", "35", None, category=category("Planning & docs")),
            task("Second", "1222.75", "0.01", "0", tokens=4_129_000),
        ],
        sample=True,
    )
    first, second = csv_rows(client, "/tasks.csv")
    assert list(first) == COLUMNS
    assert first | {"id": "", "factor": ""} == {
        "id": "",
        "date": "2026-04-12",
        "position": "1",
        "name": "Notes",
        "description": words,
        "category": "planning-docs",
        "human_hours": "80",
        "agent_minutes": "35",
        "supervisory_minutes": "",
        "tokens": "",
        "factor": "",
        "supervisory_factor": "",
        "sample": "true",
    }
    assert first["factor"] == "137.142857"
    assert (second["human_hours"], second["agent_minutes"], second["factor"]) == (
        "1222.75",
        "0.01",
        "7336500",
    )
    assert (second["supervisory_minutes"], second["supervisory_factor"]) == ("0", "")
    assert second["tokens"] == "4129000"


@pytest.mark.django_db
def test_json_carries_count_totals_and_the_same_names(client):
    day(tasks=[task("One", "80", "35", None), task("Two", "0.25", "2.5", "0.5", tokens=7)])
    body = json_body(client, "/tasks.json")
    assert body["count"] == 2
    assert [list(row) for row in body["results"]] == [COLUMNS, COLUMNS]
    one, two = body["results"]
    assert (one["factor"], one["supervisory_factor"], one["category"]) == (137.142857, None, None)
    assert (two["human_hours"], two["agent_minutes"], two["supervisory_factor"]) == (0.25, 2.5, 30)
    assert one["sample"] is False
    assert body["totals"] == {
        "tasks": 2,
        "human_hours": 80.25,
        "agent_minutes": 37.5,
        "supervisory_minutes": 0.5,
        "tokens": 7,
        "factor": 128.4,
        "supervisory_factor": 30,
        "tasks_with_factor": 2,
        "tasks_with_supervision": 1,
        "tasks_with_tokens": 1,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_page_csv_and_json_have_the_same_rows_in_the_same_order(client, state):
    several_days()
    page = ids_on(client, f"/tasks/{state}")
    assert page
    assert ids_in_csv(client, f"/tasks.csv{state}") == page
    assert ids_in_json(client, f"/tasks.json{state}") == page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("/records/?sort=-factor&per_page=25&page=1", "/records.csv?sort=-factor"),
        ("/records/?sort=nonsense", "/records.csv"),
        ("/tags/ai/?sort=tasks", "/tags/ai.csv?sort=tasks"),
        ("/tasks/?factor_min=NaN&hours_min=1&sort=tokens", "/tasks.csv?hours_min=1&sort=tokens"),
        ("/tasks/?category=testing&category=nowhere", "/tasks.csv"),
        ("/categories/?sort=-factor", "/categories.csv?sort=-factor"),
        ("/categories/testing/?sort=factor&page=9", "/categories/testing.csv?sort=factor"),
    ],
)
def test_a_page_leads_to_the_file_of_the_rows_it_shows(client, page, file):
    several_days()
    links = re.findall(r'The rows as data: <a href="([^"]+)"', html_of(client.get(page)))
    assert [unescape(link) for link in links] == [file]
    assert client.get(file).status_code == 200


@pytest.mark.django_db
def test_a_file_has_all_pages(client):
    day(tasks=[task(f"Task {number}") for number in range(60)])
    for state in ("", "?page=2&per_page=25", "?page=1000000000"):
        assert ids_in_csv(client, f"/tasks.csv{state}") == ids_in_sql()
        assert json_body(client, f"/tasks.json{state}")["count"] == 60


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/tasks", "/records", "/categories", "/categories/testing", "/tags/ai", "/records/2026-04-12"],
)
def test_files_are_streamed_in_utf_8_under_a_name(client, address):
    several_days()
    for extension, kind in (("csv", "text/csv"), ("json", "application/json")):
        response = client.get(f"{address}.{extension}")
        assert response.status_code == 200
        assert response.streaming
        assert response["Content-Type"] == f"{kind}; charset=utf-8"
        assert f'.{extension}"' in response["Content-Disposition"]
        b"".join(response.streaming_content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/tasks", "/records", "/categories", "/categories/testing", "/tags/ai", "/records/2026-04-12"],
)
@pytest.mark.parametrize("extension", ["csv", "json"])
def test_every_file_refuses_an_order_it_does_not_know(client, address, extension):
    several_days()
    response = client.get(f"{address}.{extension}?sort=id")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["sort"]


@pytest.mark.django_db
def test_no_file_has_what_is_not_public(client):
    hidden = hidden_tasks()
    several_days()
    for address in ("/tasks.csv", "/records.csv", "/categories.csv", "/tasks.json?sort=factor"):
        text = b"".join(client.get(address).streaming_content).decode()
        assert "idden" not in text
        assert "ecret" not in text
        assert "2026-05" not in text
    assert client.get("/records/2026-05-03.csv").status_code == 410
    for address in (
        "/records/2026-05-01",
        "/tags/secret-tag",
        "/categories/secret-work",
    ):
        assert client.get(f"{address}.csv").status_code == 404
    assert len(hidden) == 3


@pytest.mark.django_db
def test_a_record_has_its_tasks_highest_factor_first_then_as_logged(client):
    several_days()
    factor = "t.human_hours * 60.0 / t.agent_minutes"
    expected = ids_in_sql("t.date = '2026-04-12'", f"{factor} DESC, t.position")
    assert ids_in_csv(client, "/records/2026-04-12.csv") == expected
    assert ids_in_json(client, "/records/2026-04-12.json") == expected
    by_tokens = ids_in_sql("t.date = '2026-04-12' AND t.tokens IS NOT NULL", "t.tokens, t.id")
    assert ids_in_csv(client, "/records/2026-04-12.csv?sort=tokens")[:3] == by_tokens
    testing = ids_in_sql("t.date = '2026-04-12' AND c.slug = 'testing'", f"{factor} DESC")
    assert ids_in_csv(client, "/records/2026-04-12.csv?category=testing") == testing
    assert client.get("/records/2026-04-12.csv?category=nope").status_code == 400


@pytest.mark.django_db
def test_days_carry_their_sums_and_weighted_averages(client):
    day(tasks=[task("One", "160", "20", "2"), task("Two", "40", "40", None)], stated_tokens=5000)
    day(APRIL_12 - timedelta(days=1), [task("Three", tokens=5)], tags=["AI"], title="A title")
    latest, before = csv_rows(client, "/records.csv")
    assert latest == {
        "date": "2026-04-12",
        "title": "Leverage Record: April 12, 2026",
        "tasks": "2",
        "human_hours": "200",
        "agent_minutes": "60",
        "supervisory_minutes": "2",
        "tokens": "5000",
        "factor": "200",
        "supervisory_factor": "4800",
        "sample": "false",
    }
    assert (before["title"], before["tokens"], before["factor"]) == ("A title", "5", "48")
    assert [row["date"] for row in csv_rows(client, "/tags/ai.csv")] == ["2026-04-11"]
    body = json_body(client, "/records.json?sort=factor")
    assert [row["date"] for row in body["results"]] == ["2026-04-11", "2026-04-12"]
    assert (body["count"], body["totals"]["tasks"], body["totals"]["human_hours"]) == (2, 3, 208)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "date",
        "tasks",
        "human_hours",
        "agent_minutes",
        "supervisory_minutes",
        "factor",
        "supervisory_factor",
    ],
)
def test_days_sort_by_every_figure_with_what_is_unknown_last(client, name):
    day(tasks=[task("One", "160", "20", "2"), task("Two", "16", "20", "20")])
    day(APRIL_12 - timedelta(days=1), [task("Three", "1", "3", None)])
    day(APRIL_12 - timedelta(days=2), [task("Four", "300", "60", "9")])
    day(APRIL_12 - timedelta(days=3), lede="A note.")
    rows = {row["date"]: row[name] for row in json_body(client, "/records.json")["results"]}
    for sign in ("", "-"):
        got = [row["date"] for row in json_body(client, f"/records.json?sort={sign}{name}")["results"]]
        known = [on for on in rows if rows[on] is not None]
        known.sort(key=lambda on: (rows[on], on), reverse=sign == "-")
        unknown = sorted((on for on in rows if rows[on] is None), reverse=sign == "-")
        assert got == known + unknown


@pytest.mark.django_db
def test_the_json_of_a_record_gives_the_tokens_of_its_page(client):
    kind = category("Testing")
    day(tasks=[task(tokens=7, category=kind), task()], stated_tokens=4_129_000)
    assert json_body(client, "/records/2026-04-12.json")["totals"]["tokens"] == 4_129_000
    assert json_body(client, "/records/2026-04-12.json?category=testing")["totals"]["tokens"] == 7
    assert csv_rows(client, "/records.csv")[0]["tokens"] == "4129000"


@pytest.mark.django_db
def test_an_empty_file_still_has_its_head(client):
    response = b"".join(client.get("/tasks.csv").streaming_content).decode()
    assert response == ",".join(COLUMNS) + "\r\n"
    assert json_body(client, "/tasks.json")["results"] == []
    assert json_body(client, "/records.json")["totals"]["human_hours"] is None


@pytest.mark.django_db
def test_a_long_file_asks_no_question_a_row(client, django_assert_max_num_queries):
    day(tasks=[task(f"Task {n}", category=category(f"Kind {n}")) for n in range(20)])
    with django_assert_max_num_queries(6):
        assert len(ids_in_csv(client, "/tasks.csv")) == 20
        assert Task.objects.count() == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1", '=HYPERLINK("http://x")']
)
def test_no_cell_runs_as_a_formula(client, text):
    day(tasks=[task(text)])
    row = csv_rows(client, "/tasks.csv")[0]
    assert row["description"] == f"'{text}"
    assert restored(row["description"]) == text
    assert json_body(client, "/tasks.json")["results"][0]["description"] == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝＋－＠\t\r\nab ")))
def test_what_keeps_cells_harmless_can_be_undone_exactly(text):
    assert restored(defused(text)) == text
    assert defused(text)[:1] not in tuple("=+-@＝＋－＠\t\r\n")
    assert restored(text) == text or defused(restored(text)) == text


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), max_size=4)
)
def test_any_text_comes_back_from_csv_as_it_was(texts):
    written = "".join(csv_chunks(TEXT_ALONE, [task(text) for text in texts]))
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [restored(row["description"]) for row in rows] == texts


@given(hours=st.decimals(min_value=Decimal("0.0001"), max_value=99999, places=4))
def test_numbers_are_written_with_the_digits_they_have(hours):
    row = next(csv.DictReader(io.StringIO("".join(csv_chunks(HOURS_ALONE, [task("One", str(hours))])))))
    assert Decimal(row["human_hours"]) == hours
    assert "E" not in row["human_hours"]


@pytest.mark.django_db
def test_the_json_of_days_adds_up_the_tokens_of_its_rows(client):
    day(tasks=[task(tokens=7), task()], stated_tokens=4_129_000)
    day(APRIL_12 - timedelta(days=1), [task(tokens=5), task(tokens=6)], stated_tokens=100)
    day(APRIL_12 - timedelta(days=2), [task(tokens=3), task()])
    day(APRIL_12 - timedelta(days=3))
    body = json_body(client, "/records.json")
    assert [row["tokens"] for row in body["results"]] == [4_129_000, 11, 3, None]
    assert body["totals"]["tokens"] == 4_129_014


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "query", "takes"),
    [
        ("/tasks", "factormin=1000", "q, category, factor_min"),
        ("/records", "from=2026-04-01", "sort, page, per_page, hours"),
        ("/records/2026-04-12", "factor_min=1", "sort, category, hours"),
        ("/records/2026-04", "category=testing", "sort, page, per_page, after"),
        ("/tags/ai", "q=word", "sort, page, per_page, hours"),
        ("/categories", "q=word", "sort, page, per_page, hours"),
        ("/categories/testing", "category=testing", "q, factor_min"),
        ("/dashboard", "q=word", "by, from, to, sort"),
        ("/corrections", "q=word", "day, period, from, to, sort"),
    ],
)
def test_a_file_refuses_names_that_it_would_have_to_ignore(client, address, query, takes):
    april_12()
    name = query.partition("=")[0]
    answer = client.get(f"{address}.csv?{query}")
    assert answer.status_code == 400
    says = answer.json()["errors"]
    assert list(says) == [name]
    assert says[name][0].startswith(f"“{name}” says nothing here. This table takes: {takes}")
    assert client.get(f"{address}/?{query}&utm_source=elsewhere").status_code == 200


@pytest.mark.django_db
def test_the_file_of_a_category_is_narrowed_as_the_list_of_tasks_is(client):
    april_12()
    wanted = ids_in_csv(client, "/tasks.csv?category=testing&factor_min=60&sort=-factor")
    assert wanted
    assert ids_in_csv(client, "/categories/testing.csv?factor_min=60&sort=-factor") == wanted
    assert len(ids_in_csv(client, "/categories/testing.csv")) > len(wanted)
