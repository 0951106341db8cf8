"""The table of categories and the page of each."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import publishing
from records.leverage import median
from records.models import Category, Day, Task
from records.summaries.categories import spreads
from tests.factories import APRIL_12, category, day, task
from tests.listings import csv_rows, hidden_tasks, ids_in_csv, ids_in_sql, ids_on, json_body, several_days
from tests.pages import html_of, page_text, rows_of

pytestmark = pytest.mark.django_db


def a_few() -> None:
    """Tasks of two categories and of none, some without supervision."""
    testing, frontend = category("Testing", order=2), category("Frontend", order=1)
    day(
        tasks=[
            task("One", "160", "20", "2", category=testing),
            task("Two", "8", "10", None, category=testing),
            task("Three", "2", "12", "5", category=testing),
            task("Four", "30", "10", "10", category=testing),
            task("Five", "1", "4", None, category=frontend),
            task("Six", "4", "3", "1"),
        ]
    )


def test_each_category_has_its_sums_weighted_average_and_spread(client):
    a_few()
    frontend, testing, without = json_body(client, "/categories.json")["results"]
    assert testing == {
        "category": "testing",
        "name": "Testing",
        "tasks": 4,
        "human_hours": 200,
        "agent_minutes": 52,
        "supervisory_minutes": 17,
        "tokens": None,
        "factor": 230.769231,
        "supervisory_factor": 677.647059,
        "median_factor": 114,
        "lowest_factor": 10,
        "highest_factor": 480,
        "sample": False,
    }
    assert (frontend["median_factor"], frontend["supervisory_factor"]) == (15, None)
    assert (without["category"], without["name"], without["factor"]) == ("none", "No category yet", 80)


def test_the_page_shows_what_the_file_says(client):
    a_few()
    body = html_of(client.get("/categories/"))
    *figures, supervisory = rows_of(body)[1]
    assert figures == ["Testing", "4", "200", "52", "230.8", "114.0", "10.0", "480.0"]
    assert supervisory == "677.6over 3 of 4"
    assert '<a href="/tasks/?category=none">No category yet</a>' in body
    assert '<a href="/categories/testing/">Testing</a>' in body


def test_categories_stand_as_the_author_arranged_them(client):
    a_few()
    assert [row["category"] for row in csv_rows(client, "/categories.csv")] == ["frontend", "testing", "none"]


@pytest.mark.parametrize(
    "name",
    [
        "tasks",
        "human_hours",
        "agent_minutes",
        "factor",
        "supervisory_factor",
        "median_factor",
        "lowest_factor",
        "highest_factor",
    ],
)
def test_they_sort_by_every_figure_with_what_is_unknown_last(client, name):
    a_few()
    rows = {row["name"]: row[name] for row in json_body(client, "/categories.json")["results"]}
    for sign in ("", "-"):
        address = f"/categories.json?sort={sign}{name}"
        got = [row["name"] for row in json_body(client, address)["results"]]
        known = [each for each in rows if rows[each] is not None]
        known.sort(key=lambda each: (rows[each], each), reverse=sign == "-")
        assert got == [*known, *(each for each in rows if rows[each] is None)]
        page = client.get(f"/categories/?sort={sign}{name}").content.decode()
        assert re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)', page) == got


def test_they_sort_by_name_with_no_category_last_both_ways(client):
    a_few()
    up = [row["category"] for row in csv_rows(client, "/categories.csv?sort=category")]
    down = [row["category"] for row in csv_rows(client, "/categories.csv?sort=-category")]
    assert (up, down) == (["frontend", "testing", "none"], ["testing", "frontend", "none"])


def test_an_order_that_makes_no_sense_is_named(client):
    a_few()
    assert "There is no column to sort by: “slug”" in page_text(client, "/categories/?sort=slug")


def test_a_category_of_hidden_tasks_alone_is_not_there(client):
    hidden_tasks()
    a_few()
    category("Unused")
    text = page_text(client, "/categories/")
    assert "Secret" not in text
    assert "Unused" not in text
    assert client.get("/categories/secret-work/").status_code == 404
    assert client.get("/categories/unused/").status_code == 404
    assert client.get("/categories/nothing-of-the-kind/").status_code == 404


def test_hidden_tasks_count_nowhere(client):
    a_few()
    testing = Category.objects.get(slug="testing")
    publishing.add_task(APRIL_12 + timedelta(days=3), task("Draft", "999", "1", category=testing))
    rows = {row["category"]: row for row in csv_rows(client, "/categories.csv")}
    assert (rows["testing"]["tasks"], rows["testing"]["highest_factor"]) == ("4", "480")
    assert "999" not in page_text(client, "/categories/testing/")


def test_a_category_has_its_description_its_figures_and_its_tasks(client):
    several_days()
    testing = Category.objects.get(slug="testing")
    testing.description = "Whatever <proves> it works."
    publishing.save_category(testing)
    text = client.get("/categories/testing/").content.decode()
    assert "Whatever &lt;proves&gt; it works." in text
    expected = ids_in_sql("c.slug = 'testing'")
    assert ids_on(client, "/categories/testing/") == expected
    assert ids_in_csv(client, "/categories/testing.csv") == expected
    order = "t.human_hours * 60.0 / t.agent_minutes, t.id"
    by_factor = ids_in_sql("c.slug = 'testing'", order)
    assert ids_on(client, "/categories/testing/?sort=factor") == by_factor
    assert ids_in_csv(client, "/categories/testing.csv?sort=factor") == by_factor


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
def test_an_address_given_out_before_leads_to_the_category_for_good(client, ending):
    several_days()
    testing = Category.objects.get(slug="testing")
    testing.slug = "checks"
    publishing.save_category(testing)
    response = client.get(f"/categories/testing{ending}?sort=factor")
    assert response.status_code == 301
    assert response["Location"] == f"/categories/checks{ending}?sort=factor"
    publishing.merge_categories(testing, Category.objects.get(slug="frontend"))
    assert client.get(f"/categories/testing{ending}")["Location"] == f"/categories/frontend{ending}"


def test_an_old_address_of_a_hidden_category_leads_nowhere(client):
    hidden_tasks()
    hidden = Category.objects.get(slug="secret-work")
    hidden.slug = "very-secret"
    publishing.save_category(hidden)
    assert client.get("/categories/secret-work/").status_code == 404


def test_made_up_data_is_said_to_be_so(client):
    a_few()
    assert "Sample data" not in page_text(client, "/categories/")
    made_up = category("Made up")
    day(APRIL_12 + timedelta(days=1), [task("Seven", category=made_up)], sample=True)
    assert "Sample data" in page_text(client, "/categories/")
    assert "Sample data" in page_text(client, "/categories/made-up/")
    assert "Sample data" not in page_text(client, "/categories/testing/")
    assert [row["sample"] for row in csv_rows(client, "/categories.csv")].count("true") == 1


def test_an_empty_site_invites(client):
    assert "Nothing has been published here yet" in page_text(client, "/categories/")
    assert csv_rows(client, "/categories.csv") == []


def test_the_number_of_questions_does_not_grow(client, django_assert_max_num_queries):
    day(tasks=[task(f"Task {n}", category=category(f"Kind {n}")) for n in range(40)])
    for address in ("/categories/", "/categories/kind-1/"):
        with django_assert_max_num_queries(9):
            assert client.get(address).status_code == 200


@given(
    hours=st.lists(st.decimals(min_value=Decimal("0.0001"), max_value=2000, places=4), min_size=1, max_size=9)
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_spread_is_that_of_the_exact_factors(hours):
    Day.objects.all().delete()
    Category.objects.all().delete()
    kind = category("Kind")
    day(tasks=[task("One", str(each), "7", category=kind) for each in hours])
    factors = [factor for each in Task.objects.all() if (factor := each.leverage_factor()) is not None]
    found = spreads(Task.objects.visible(), by="category_id")[kind.pk]
    assert (found.lowest, found.median, found.highest) == (min(factors), median(factors), max(factors))
