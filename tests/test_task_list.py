"""The list of all tasks: what it shows, in which order, on which page, and what its head says."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from records.models import Task
from tests.factories import APRIL_12, category, day, task
from tests.listings import (
    hidden_tasks,
    ids_in_csv,
    ids_in_json,
    ids_in_sql,
    ids_on,
    several_days,
)
from tests.pages import html_of, page_text, part, text_of

pytestmark = pytest.mark.django_db

IN_SQL = {
    "factor": "t.human_hours * 60.0 / t.agent_minutes",
    "supervisory_factor": "t.human_hours * 60.0 / NULLIF(t.supervisory_minutes, 0)",
    "human_hours": "t.human_hours",
    "agent_minutes": "t.agent_minutes",
    "supervisory_minutes": "t.supervisory_minutes",
    "tokens": "t.tokens",
    "category": "LOWER(c.name)",
}


@pytest.fixture(scope="module")
def stored(kept_for_the_module) -> None:
    """Public tasks on five days."""
    several_days()


def test_it_shows_the_newest_day_first_and_each_day_as_logged(client, stored):
    assert ids_on(client, "/tasks/") == ids_in_sql(order="t.date DESC, t.position")


@pytest.mark.parametrize("name", IN_SQL)
@pytest.mark.parametrize(("sign", "way"), [("", "ASC"), ("-", "DESC")])
def test_it_sorts_by_every_figure_with_what_is_unknown_last_and_ties_by_id(client, name, sign, way, stored):
    column = IN_SQL[name]
    expected = ids_in_sql(order=f"CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, {column} {way}, t.id {way}")
    assert ids_on(client, f"/tasks/?sort={sign}{name}") == expected


def test_it_sorts_by_date_both_ways_keeping_the_log_within_a_day(client, stored):
    assert ids_on(client, "/tasks/?sort=date") == ids_in_sql(order="t.date, t.position")
    assert ids_on(client, "/tasks/?sort=-date") == ids_in_sql(order="t.date DESC, t.position")


@pytest.mark.parametrize("name", ["supervisory_factor", "supervisory_minutes", "tokens", "category"])
def test_what_is_unknown_comes_last_both_ways(client, name, nothing_stored):
    day(tasks=[task("Known", tokens=5, category=category("Testing")), task("Unknown", supervision=None)])
    known, unknown = Task.objects.order_by("position")
    assert ids_on(client, f"/tasks/?sort={name}") == [known.pk, unknown.pk]
    assert ids_on(client, f"/tasks/?sort=-{name}") == [known.pk, unknown.pk]


def test_page_csv_and_json_agree_with_plain_sql(client, stored):
    state = "?factor_min=100&category=testing&sort=-supervisory_factor"
    expected = ids_in_sql(
        "t.human_hours * 60.0 / t.agent_minutes >= 100 AND c.slug = 'testing'",
        "t.human_hours * 60.0 / t.supervisory_minutes DESC, t.id DESC",
    )
    assert len(expected) == 5
    assert ids_on(client, f"/tasks/{state}") == expected
    assert ids_in_csv(client, f"/tasks.csv{state}") == expected
    assert ids_in_json(client, f"/tasks.json{state}") == expected


def test_it_hides_what_is_not_public(client, stored):
    hidden_tasks()
    for address in ("/tasks/", "/tasks/?sort=-factor", "/tasks/?missing=tokens", "/tasks/?q=Hidden"):
        body = client.get(address).content.decode()
        assert "Hidden one" not in body
        assert "Hidden two" not in body
        assert "Hidden three" not in body


def test_neither_choices_nor_messages_name_what_only_drafts_use(client, stored):
    hidden_tasks()
    body = client.get("/tasks/?category=foo&tag=foo").content.decode()
    assert "Secret" not in body
    assert "secret" not in body
    unknown = client.get("/tasks/?category=secret-work").content.decode()
    assert "There is no category “secret-work”" in unknown


def test_the_head_counts_and_weighs_what_is_filtered(client, nothing_stored):
    day(
        tasks=[
            task("One", "160", "20", "2", category=category("Testing")),
            task("Two", "40", "40", None, category=category("Frontend")),
            task("Three", "8", "10", "4", category=category("Other")),
        ]
    )
    everything = page_text(client, "/tasks/")
    # 208 h x 60 / 70 min and, where supervision is known, 168 h x 60 / 6 min.
    assert "178.3×" in everything
    assert "1,680.0×" in everything
    assert "over 2 of 3 tasks" in everything
    assert "208 h" in everything
    narrowed = page_text(client, "/tasks/?category=frontend&category=other")
    assert "57.6×" in narrowed
    assert "48 h" in narrowed
    assert "over 1 of 2 tasks" in narrowed


def test_the_tasks_an_average_leaves_out_are_one_link_away(client, nothing_stored):
    day(tasks=[task("One"), task("Two", supervision=None), task("Three", supervision=None)])
    body = client.get("/tasks/?factor_min=1").content.decode()
    link = re.search(r'href="(\?[^"]*missing=supervision)">over 1 of 3 tasks', body)
    assert link
    address = "/tasks/" + link[1].replace("&amp;", "&")
    assert ids_on(client, address) == ids_in_sql("t.supervisory_minutes IS NULL")


def many_tasks(count: int) -> None:
    """A day of so many tasks, each like no other."""
    kinds = [category(f"Kind {number}") for number in range(5)]
    day(tasks=[task(f"Task {n}: text", str(n + 1), category=kinds[n % 5], tokens=n) for n in range(count)])


def test_it_asks_the_database_the_same_few_questions_however_many_rows(
    client, django_assert_max_num_queries, nothing_stored
):
    many_tasks(75)
    with django_assert_max_num_queries(8) as few:
        assert len(ids_on(client, "/tasks/?per_page=100")) == 75
    many = len(few)
    day(APRIL_12 + timedelta(days=1), [task(f"More {n}") for n in range(75)])
    with django_assert_max_num_queries(many):
        assert len(ids_on(client, "/tasks/?per_page=200")) == 150


def test_pages_follow_one_another_without_gap_or_overlap(client, nothing_stored):
    many_tasks(60)
    pages = [ids_on(client, f"/tasks/?per_page=25&page={number}&sort=tokens") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert [*pages[0], *pages[1], *pages[2]] == ids_in_sql(order="t.tokens, t.id")


def test_links_to_pages_and_sorts_keep_the_filters(client, nothing_stored):
    many_tasks(60)
    body = client.get("/tasks/?factor_min=10&per_page=25&sort=-factor&factor_max=").content.decode()
    assert 'href="?factor_min=10&amp;sort=-factor&amp;per_page=25&amp;page=2"' in body
    assert 'href="?factor_min=10&amp;per_page=25&amp;sort=factor#results"' in body
    assert 'href="/tasks.csv?factor_min=10&amp;sort=-factor"' in body


@pytest.mark.parametrize(("page", "says"), [("1000000000", "only 3 pages"), ("4", "only 3 pages")])
def test_a_page_beyond_the_last_says_so_and_shows_the_last(client, page, says, nothing_stored):
    many_tasks(60)
    address = f"/tasks/?per_page=25&page={page}"
    assert says in page_text(client, address)
    assert ids_on(client, address) == ids_on(client, "/tasks/?per_page=25&page=3")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("page=0", "“0” is not the number of a page. Try 1."),
        ("page=-1", "“-1” is not the number of a page"),
        ("page=two", "“two” is not the number of a page"),
        (f"page={'9' * 5000}", "is not the number of a page"),
        ("per_page=30", "There is no page size “30”. Try 25."),
        ("sort=id", "There is no column to sort by: “id”. Try -date."),
        ("sort=day__lede", "There is no column to sort by: “day__lede”"),
        ("sort=-", "There is no column to sort by: “-”"),
        ("sort=?", "There is no column to sort by: “?”"),
    ],
)
def test_an_order_or_page_that_makes_no_sense_is_named_and_not_applied(client, query, says, stored):
    assert says in page_text(client, f"/tasks/?{query}")
    assert ids_on(client, f"/tasks/?{query}") == ids_on(client, "/tasks/")


def test_the_sorted_column_says_so_and_its_link_turns_the_order_round(client, stored):
    body = client.get("/tasks/?sort=-factor").content.decode()
    head = re.search(r'<th scope="col"[^>]*aria-sort="([a-z]+)"[^>]*>\s*<a href="([^"]+)"', body)
    assert head
    assert head.groups() == ("descending", "?sort=factor#results")
    assert body.count("aria-sort") == 1


def test_a_figure_sorts_highest_first_at_the_first_click(client, stored):
    body = client.get("/tasks/").content.decode()
    assert 'href="?sort=-human_hours#results"' in body
    assert 'href="?sort=category#results"' in body


def test_tokens_have_a_column_once_a_task_has_some(client, nothing_stored):
    day(tasks=[task("One")])
    assert "sort-tokens" not in client.get("/tasks/").content.decode()
    day(APRIL_12 + timedelta(days=1), [task("Two", tokens=7)])
    assert "sort-tokens" in client.get("/tasks/").content.decode()


def test_made_up_data_is_said_to_be_so_only_where_it_counts(client, nothing_stored):
    day(tasks=[task("Real")])
    day(APRIL_12 + timedelta(days=1), [task("Made up")], sample=True)
    assert "Sample data" in page_text(client, "/tasks/")
    assert "Sample data" not in page_text(client, "/tasks/?q=Real")


def test_sums_of_approximate_minutes_are_approximate(client, nothing_stored):
    day(tasks=[task("One"), task("Two", agent_minutes_source="approximate")])
    assert "~48.0×" in page_text(client, "/tasks/")
    assert "~20 min" in page_text(client, "/tasks/")
    assert "~" not in page_text(client, "/tasks/?q=One")
    assert "~240.0×" not in page_text(client, "/tasks/")


def test_an_empty_result_says_what_leaving_out_each_filter_would_bring(client, nothing_stored):
    testing = category("Testing")
    day(tasks=[task("One", category=testing), task("Two", "80", "10"), task("Three")])
    query = "q=One&category=testing&factor_min=300&hours_max=100&sort=-factor&per_page=25&page=3"
    body = client.get(f"/tasks/?{query}").content.decode()
    said = re.findall(r'<a href="([^"]+)">Without <em>([^<]+)</em> there would be (\d+)</a>', body)
    rest = "?q=One&amp;category=testing&amp;hours_max=100&amp;sort=-factor&amp;per_page=25"
    assert said == [(rest, "factor from 300", "1")]


def test_an_empty_result_where_no_single_filter_helps_says_that(client, nothing_stored):
    day(tasks=[task("One", "8", "10")])
    assert "Leaving out one filter alone brings none" in page_text(
        client, "/tasks/?factor_min=300&hours_min=100"
    )


def test_the_counts_without_each_filter_take_one_question(client, django_assert_max_num_queries, stored):
    address = "/tasks/?factor_min=1000&hours_min=50&tag=ai&from=2026-04-10&q=Alpha&missing=tokens"
    with django_assert_max_num_queries(8):
        assert "No task fits" in page_text(client, address)


def test_an_empty_site_invites(client, nothing_stored):
    assert "Nothing has been published here yet" in page_text(client, "/tasks/")


def test_totals_stay_exact_where_floats_would_not(client, nothing_stored):
    day(tasks=[task(f"Task {n}", "0.1", "0.1", "0.1") for n in range(30)])
    assert Task.objects.visible().totals().human_hours == Decimal(3)
    text = page_text(client, "/tasks/")
    assert "60.0×" in text
    assert "3 h" in text


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Tasks"),
        ("?sort=-factor", "Tasks"),
        ("?category=testing&category=none&factor_min=2", "Tasks: Testing, no category yet, factor from 2"),
        ("?category=testing&per_page=25&page=2", "Tasks: Testing, page 2"),
    ],
)
def test_every_view_of_the_list_has_a_title_of_its_own(client, query, title, nothing_stored):
    testing = category("Testing")
    day(tasks=[*(task(category=testing) for _ in range(26)), task()])
    markup = html_of(client.get(f"/tasks/{query}"))
    assert text_of(part(markup, "<title>", "</title>")) == f"{title} · Leverage Records"


def test_lists_to_begin_with_are_closed_once_one_has_begun(client, nothing_stored):
    day(tasks=[task("One", "40"), task("Two", "40")])
    plainly, narrowed = (html_of(client.get(f"/tasks/{query}")) for query in ("", "?q=one"))
    assert "To begin with" in text_of(plainly)
    assert '<details class="views"' not in plainly
    assert "To begin with" not in text_of(narrowed)
    assert '<details class="views" id="views"><summary>' in narrowed


def test_names_that_are_chosen_keep_apart(client, nothing_stored):
    day(tasks=[task("One", category=category("Testing")), task("Two", category=category("Frontend"))])
    chosen = part(
        html_of(client.get("/tasks/?category=testing&category=frontend")),
        'id="chosen-category"',
        "</summary>",
    )
    assert text_of(chosen.partition(">")[2]) == "Frontend · Testing"


@pytest.fixture
def cafes(nothing_stored):
    """Many tasks with a word in two spellings."""
    for back in range(40):
        menu = [task(f"Menu {at}: {('cafe', 'café', 'CAFE')[at % 3]} page") for at in range(9)]
        day(APRIL_12 - timedelta(days=back), [*menu, task("Menu: tea page")])


def test_words_find_every_spelling_on_pages_as_in_files_however_many_rows_there_are(client, cafes):
    expected = ids_in_sql("LOWER(t.description) LIKE '%caf_ page'")
    assert len(expected) == 360
    assert ids_in_json(client, "/tasks.json?q=cafe") == expected
    assert ids_on(client, "/tasks/?q=cafe") == expected[:50]
    assert ids_on(client, "/tasks/?q=cafe&page=8") == expected[350:]


def test_words_find_the_same_while_queries_are_logged(client, cafes):
    connection.force_debug_cursor = True
    try:
        shown = ids_on(client, "/tasks/?q=cafe")
    finally:
        connection.force_debug_cursor = False
    assert len(shown) == 50
