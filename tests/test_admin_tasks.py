"""The list of all tasks: found, filtered, sorted, and changed many at once through the one door."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from records.models import Day, Task
from tests.desk import author, change_address, rows_of, sent_to
from tests.factories import APRIL_12, category, day, draft, task

__all__ = ["author"]

LIST = "/admin/records/task/"


def shown(client: Client, query: str = "") -> list[str]:
    """The names in the list, from the top."""
    response: Any = client.get(LIST + query)
    return [each.title for each in response.context_data["cl"].result_list]


def perform(client: Client, action: str, tasks: list[Task], **answer: Any) -> Any:
    """Choose tasks in the list, and answer the act's question at once."""
    chosen = {"action": action, "index": "0", "select_across": "0", "_selected_action": [t.pk for t in tasks]}
    return client.post(LIST, {**chosen, "perform": "1", **answer})


def with_factor(name: str, hours: str) -> Task:
    """A task whose factor is its hours."""
    return task(name, hours=hours, agent="60")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("under-10", ["nine"]),
        ("10-50", ["ten"]),
        ("50-100", ["fifty"]),
        ("100-250", ["hundred"]),
        ("250", ["most"]),
        ("none", ["unknown"]),
        ("nonsense", ["nine", "ten", "fifty", "hundred", "most", "unknown"]),
    ],
)
def test_factor_ranges_are_closed_below_and_open_above(author: Client, chosen: str, expected: list[str]):
    rows = [("nine", "9.9999"), ("ten", "10"), ("fifty", "50"), ("hundred", "100"), ("most", "250")]
    draft(tasks=[*(with_factor(*each) for each in rows), task("unknown", agent=None)])
    assert shown(author, f"?range={chosen}") == expected


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("supervision", ["bare"]),
        ("tokens", ["bare"]),
        ("category", ["bare"]),
        ("estimate", ["bare"]),
        ("range", ["bare", "basis"]),
        ("evidence", ["bare"]),
        ("outcome", ["bare"]),
        ("hours", []),
    ],
)
def test_what_is_missing_can_be_found(author: Client, missing: str, expected: list[str]):
    full: dict[str, Any] = {
        "tokens": 5,
        "category": category("Testing"),
        "estimate_low": 4,
        "estimate_high": 9,
        "evidence_url": "https://example.org/",
        "outcome": "merged",
    }
    draft(tasks=[task("bare", supervision=None), task("full", **full)])
    if missing == "range":  # an estimate may say what it rests on and give no range
        draft(date(2026, 4, 11), tasks=[task("basis", estimate_basis="three like it")])
    assert shown(author, f"?missing={missing}") == expected


def test_tasks_are_searched_and_narrowed_by_category_and_date(author: Client):
    testing = category("Testing")
    draft(tasks=[task("Parser: forms", category=testing), task("Index: search")])
    draft(date(2025, 3, 1), tasks=[task("Parser: again")])
    assert shown(author, "?q=parser") == ["Parser", "Parser"]
    assert shown(author, "?q=search") == ["Index"]
    assert shown(author, f"?category__id__exact={testing.pk}") == ["Parser"]
    assert shown(author, "?day__date__year=2025") == ["Parser"]
    assert author.get(f"{LIST}?q=%00").status_code == 200


def test_unknown_figures_come_last_both_ways(author: Client):
    draft(tasks=[with_factor("low", "1"), task("unknown", hours=None, agent=None), with_factor("high", "9")])
    for column in (4, 7):
        assert shown(author, f"?o={column}") == ["low", "high", "unknown"]
        assert shown(author, f"?o=-{column}") == ["high", "low", "unknown"]


def test_a_task_is_changed_on_the_form_of_its_day(author: Client):
    stored = draft(tasks=[task()])
    only = rows_of(stored)[0]
    assert sent_to(author.get(f"{LIST}{only.pk}/change/")) == f"{change_address(stored)}#task-{only.pk}"
    assert f'id="task-{only.pk}"' in author.get(change_address(stored)).content.decode()
    assert "/admin/log/" in sent_to(author.get(f"{LIST}add/"))
    assert author.get(f"{LIST}999/change/").status_code == 404


def test_many_tasks_get_a_category_through_the_door(author: Client):
    testing = category("Testing")
    stored = draft(tasks=[task("a"), task("b"), task("c")])
    rows = rows_of(stored)
    asked = author.post(LIST, {"action": "set_category", "_selected_action": [rows[0].pk, rows[2].pk]})
    assert "Set the category: 2 tasks" in asked.content.decode()
    assert not Task.objects.filter(category=testing).exists()
    answer = perform(author, "set_category", [rows[0], rows[2]], category=testing.pk)
    assert sent_to(answer) == LIST
    assert [each.category for each in rows_of(stored)] == [testing, None, testing]
    assert stored.revisions.count() == 2


def test_many_tasks_get_an_outcome(author: Client):
    stored = draft(tasks=[task("a"), task("b")])
    perform(author, "set_outcome", rows_of(stored), outcome="merged")
    assert {each.outcome for each in rows_of(stored)} == {"merged"}
    assert (
        "select a valid choice"
        in perform(author, "set_outcome", rows_of(stored), outcome="lost").content.decode().lower()
    )


def test_all_that_is_filtered_can_be_changed_at_once(author: Client):
    draft(tasks=[task(f"Task {n}") for n in range(105)])
    first = rows_of(Day.objects.get())[0]
    perform(author, "set_outcome", [first], outcome="in-use", select_across="1")
    assert Task.objects.filter(outcome="in-use").count() == 105


def test_tasks_move_to_another_day_and_keep_their_ids(author: Client):
    stored = day(tasks=[task("a"), task("b"), task("c")])
    rows = rows_of(stored)
    perform(author, "move", [rows[0], rows[2]], to="2026-04-13", reason="after midnight")
    moved = Day.objects.get(date=date(2026, 4, 13))
    assert moved.status == "draft"
    assert [each.pk for each in rows_of(moved)] == [rows[0].pk, rows[2].pk]
    assert [(each.description, each.position) for each in rows_of(stored)] == [("b", 1)]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("someday", "That is not a date."),
        ("", "Which day?"),
        ("2026-04-12", "2026-04-13, task 1: A public task needs human hours"),
    ],
)
def test_tasks_move_nowhere_that_makes_no_sense(author: Client, to: str, words: str):
    day(APRIL_12, tasks=[task()])
    other = draft(date(2026, 4, 13), tasks=[task("a", hours=None)])
    page = perform(author, "move", rows_of(other), to=to).content.decode()
    assert words in page
    assert len(rows_of(other)) == 1


def test_what_is_chosen_is_exported_in_the_columns_of_every_file(author: Client):
    stored = draft(tasks=[task("Parser: reads forms", hours="160", agent="20"), task("b")])
    chosen = {"action": "export_csv", "_selected_action": [rows_of(stored)[0].pk]}
    answer: Any = author.post(LIST, chosen)
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("id,date,position,name,description,category,human_hours,agent_minutes")
    assert ",Parser,Parser: reads forms,,160,20,2,,480,4800," in lines[1]
    assert len(lines) == 2


def test_tasks_are_not_removed_from_the_list(author: Client):
    stored = draft(tasks=[task()])
    perform(author, "delete_selected", rows_of(stored), post="yes")
    assert author.post(f"{LIST}{rows_of(stored)[0].pk}/delete/", {"post": "yes"}).status_code == 403
    assert len(rows_of(stored)) == 1


def test_the_list_takes_few_queries_however_long(author: Client, django_assert_max_num_queries):
    testing = category("Testing")
    draft(tasks=[task(f"Task {n}", category=testing) for n in range(150)])
    for query in (
        "",
        "?q=task",
        "?range=10-50&missing=tokens",
        "?day__date__year=2026",
        "?o=-7",
        "?_facets=True",
    ):
        with django_assert_max_num_queries(12):
            author.get(LIST + query)


def test_a_name_seen_before_offers_its_text_category_and_hours_but_no_minutes(author: Client):
    testing = category("Testing")
    hours = ["1", "2", "8", "40"]
    for number, each in enumerate(hours, start=1):
        draft(date(2026, 4, number), tasks=[task("Suite: all tests", hours=each, category=testing)])
    draft(tasks=[task("Other: thing")])
    offers = author.get(f"{LIST}earlier/?q=sui").json()["results"]
    assert offers == [
        {
            "title": "Suite",
            "name": "",
            "text": "Suite: all tests",
            "category": str(testing.pk),
            "before": "2 h, 8 h, 40 h",
        }
    ]
    assert author.get(f"{LIST}earlier/?q=su").json() == {"results": []}


def test_earlier_tasks_are_for_those_who_may_see_tasks(client: Client, db: None, django_user_model):
    assert "/admin/login/" in sent_to(client.get(f"{LIST}earlier/?q=suite"))
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.get(f"{LIST}earlier/?q=suite").status_code == 403
