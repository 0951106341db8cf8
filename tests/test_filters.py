"""Every filter of the list of tasks: what it selects, and what it says to a value that makes no sense."""

import operator
import re
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import publishing
from records.formats import plain
from records.models import Category, Day, Task
from tests.factories import category, day, task
from tests.listings import hidden_tasks, ids_in_csv, ids_in_sql, ids_on, several_days

pytestmark = pytest.mark.django_db

FACTOR = "t.human_hours * 60.0 / t.agent_minutes"
SUPERVISORY = "t.human_hours * 60.0 / NULLIF(t.supervisory_minutes, 0)"


@pytest.fixture(scope="module")
def stored(kept_for_the_module) -> None:
    """Public tasks on five days."""
    several_days()


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("factor_min=120", f"{FACTOR} >= 120"),
        ("factor_max=120", f"{FACTOR} <= 120"),
        ("supervisory_factor_min=51.4", f"{SUPERVISORY} >= 51.4"),
        ("supervisory_factor_max=51.4", f"{SUPERVISORY} <= 51.4"),
        ("hours_min=8", "t.human_hours >= 8"),
        ("hours_max=8", "t.human_hours <= 8"),
        ("minutes_min=7", "t.agent_minutes >= 7"),
        ("minutes_max=7", "t.agent_minutes <= 7"),
        ("category=testing", "c.slug = 'testing'"),
        ("category=none", "c.id IS NULL"),
        ("category=testing&category=none", "c.slug = 'testing' OR c.id IS NULL"),
        ("category=testing&category=frontend", "c.slug IN ('testing', 'frontend')"),
        ("from=2026-04-10", "t.date >= '2026-04-10'"),
        ("to=2026-04-10", "t.date <= '2026-04-10'"),
        ("from=2026-04-10&to=2026-04-10", "t.date = '2026-04-10'"),
        ("q=second", "t.description LIKE '%second%'"),
        ("q=SECOND+beta", "t.description LIKE '%Beta%'"),
        ("missing=supervision", "t.supervisory_minutes IS NULL"),
        ("missing=tokens", "t.tokens IS NULL"),
        ("missing=category", "c.id IS NULL"),
        ("missing=supervision&missing=category", "t.supervisory_minutes IS NULL OR c.id IS NULL"),
        ("factor_min=120&hours_max=8", f"{FACTOR} >= 120 AND t.human_hours <= 8"),
        ("factor_min=&category=&q=&sort=", "1 = 1"),
    ],
)
def test_each_filter_selects_what_plain_sql_selects(client, query, condition, stored):
    expected = ids_in_sql(condition)
    assert expected
    assert ids_on(client, f"/tasks/?{query}") == expected
    assert ids_in_csv(client, f"/tasks.csv?{query}") == expected


def test_names_that_no_filter_has_change_no_page_and_are_refused_by_files(client, stored):
    asked = "utm_source=letter&day__status=draft"
    assert ids_on(client, f"/tasks/?{asked}") == ids_on(client, "/tasks/")
    assert client.get(f"/tasks.csv?{asked}").status_code == 400


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("estimate", {"estimate_basis": "three like it"}),
        ("evidence", {"evidence_url": "https://example.org/1"}),
        ("outcome", {"outcome": "merged"}),
        ("tokens", {"tokens": 0}),
    ],
)
def test_missing_finds_the_tasks_that_lack_something(client, name, values, nothing_stored):
    day(tasks=[task("Has it", **values), task("Lacks it")])
    assert ids_on(client, f"/tasks/?missing={name}") == ids_in_sql("t.description = 'Lacks it'")


@pytest.mark.parametrize("query", ["missing=tokens", "category=testing", "category=none", "tag=ai"])
def test_a_name_repeated_thousands_of_times_counts_once(client, query, stored):
    repeated = "&".join([query] * 5000)
    assert ids_on(client, f"/tasks/?{repeated}&per_page=200") == ids_on(client, f"/tasks/?{query}")


def test_as_many_words_as_fit_can_be_asked_for(client, stored):
    assert ids_on(client, f"/tasks/?q={'+'.join(['a'] * 100)}") == ids_in_sql("t.description LIKE '%a%'")


def test_a_tag_selects_the_tasks_of_its_days_once_each(client, stored):
    expected = ids_in_sql("t.date IN ('2026-04-12', '2026-04-10', '2026-04-08')")
    assert ids_on(client, "/tasks/?tag=even") == expected
    assert len(ids_on(client, "/tasks/?tag=ai")) == 20


def test_words_are_found_in_the_name_and_the_text_wherever_they_stand(client, nothing_stored):
    day(tasks=[task("Reads every form", name="Parser"), task("Nothing of it")])
    assert ids_on(client, "/tasks/?q=form+parser") == ids_in_sql("t.name = 'Parser'")


def test_a_percent_sign_is_a_character_like_any_other(client, nothing_stored):
    day(tasks=[task("Coverage from 9% to 82%"), task("Coverage of 9 files")])
    assert ids_on(client, "/tasks/?q=9%25") == ids_in_sql("t.description LIKE '%82%'")


def test_a_renamed_or_merged_category_is_found_under_its_old_slug(client, stored):
    testing = Category.objects.get(slug="testing")
    testing.slug = "checks"
    publishing.save_category(testing)
    expected = ids_in_sql("c.slug = 'checks'")
    assert ids_on(client, "/tasks/?category=testing") == expected
    publishing.merge_categories(testing, category("Quality"))
    assert ids_on(client, "/tasks/?category=testing&category=checks") == expected


def test_an_old_slug_of_what_is_hidden_is_unknown(client):
    hidden_tasks()
    hidden = Category.objects.get(slug="secret-work")
    hidden.slug = "very-secret"
    publishing.save_category(hidden)
    body = client.get("/tasks/?category=secret-work").content.decode()
    assert "There is no category “secret-work”" in body
    assert "very-secret" not in body


BAD = [
    ("factor_min", "NaN", "“NaN” is not a number. Try 100 or 119.5."),
    ("factor_max", "Infinity", "“Infinity” is not a number"),
    ("factor_min", "-1", "“-1” is not a number"),
    ("factor_min", "1e400", "“1e400” is not a number"),
    ("factor_min", "1_000", "“1_000” is not a number"),
    ("factor_min", "4,800", "“4,800” is not a number"),
    ("factor_min", "٣", "“٣” is not a number"),
    ("factor_min", ".", "“.” is not a number"),
    ("factor_min", "9" * 5000, "is more than any task has. Try a number up to 1,000,000,000."),
    ("supervisory_factor_max", "many", "“many” is not a number"),
    ("hours_min", "100000", "“100000” is more than any task has. Try a number up to 99,999.9999."),
    ("hours_max", "8h", "“8h” is not a number"),
    ("minutes_min", "--", "“--” is not a number"),
    ("minutes_max", "10000000", "Try a number up to 9,999,999.99."),
    ("category", "nope", "There is no category “nope”. Try testing or none."),
    ("category", "a\x00b", "There is no category"),
    ("tag", "nope", "There is no tag “nope”. Try ai or even."),
    ("missing", "sense", "There is no figure that can be missing: “sense”. Try evidence or outcome."),
    ("from", "2026-13-01", "“2026-13-01” is not a date. Try 2026-04-12."),
    ("to", "yesterday", "“yesterday” is not a date"),
    ("to", "2026-04-12\x00", "is not a date"),
    ("q", "nul\x00byte", "The text holds a NUL character"),
    ("q", "x" * 5000, "That is 5,000 characters. Try at most 200."),
]


@pytest.mark.parametrize(("name", "value", "says"), BAD)
def test_a_value_that_makes_no_sense_is_named_beside_its_field_and_not_applied(
    client, name, value, says, stored
):
    response = client.get("/tasks/", {name: value, "sort": "factor"})
    assert response.status_code == 200
    body = response.content.decode()
    beside = re.search(rf'<div id="fault-{name}" data-swap>(.*?)</div></div>', body, re.DOTALL)
    assert beside
    assert says in beside[1]
    assert body.count('id="task-') == 20


@pytest.mark.parametrize("extension", ["csv", "json"])
@pytest.mark.parametrize(("name", "value", "says"), BAD)
def test_a_value_that_makes_no_sense_is_refused_where_a_program_reads(
    client, name, value, says, extension, stored
):
    response = client.get(f"/tasks.{extension}", {name: value})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    errors = response.json()["errors"]
    assert list(errors) == [name]
    assert says in errors[name][0]


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        ("from", "to", ("2026-04-12", "2026-04-11")),
        ("factor_min", "factor_max", ("10", "9.99")),
        ("hours_min", "hours_max", ("8", "4")),
    ],
)
def test_a_range_that_ends_before_it_begins_is_named_beside_its_end(client, low, high, values, stored):
    errors = client.get("/tasks.json", {low: values[0], high: values[1]}).json()["errors"]
    assert errors == {high: ["The range ends before it begins. Try the two the other way round."]}
    only_low = ids_on(client, f"/tasks/?{low}={values[0]}")
    assert ids_on(client, f"/tasks/?{low}={values[0]}&{high}={values[1]}") == only_low


def test_what_was_typed_stays_in_the_form(client, stored):
    body = client.get("/tasks/?factor_min=NaN&from=2026-13-01&q=Alpha").content.decode()
    assert 'name="factor_min" value="NaN"' in body
    assert 'value="2026-13-01"' in body
    assert 'value="Alpha"' in body


def test_markup_in_the_address_is_shown_as_text(client, stored):
    hostile = '"><script>alert(1)</script>'
    for name in ("q", "category", "factor_min", "from", "tag", "missing", "sort", "page", "per_page"):
        body = client.get("/tasks/", {name: hostile}).content.decode()
        assert "<script>alert" not in body


def test_each_thing_filtered_by_can_be_left_out_alone(client, stored):
    query = "category=testing&category=none&factor_min=10.50&to=2026-04-12&missing=supervision"
    body = client.get(f"/tasks/?{query}").content.decode()
    chips = re.findall(r'<li><a href="([^"]+)">([^<]+) <span', body)
    assert [text for _, text in chips] == [
        "Testing",
        "no category yet",
        "factor from 10.5",
        "until April 12, 2026",
        "lacking supervision",
    ]
    assert chips[0][0].replace("&amp;", "&") == f"?{query.replace('category=testing&', '')}"


def test_categories_are_offered_with_what_they_would_bring_under_the_other_filters(client, stored):
    body = client.get("/tasks/?category=testing&from=2026-04-12").content.decode()
    counts = dict(re.findall(r'<b id="count-category-([\w-]+)" data-swap>(\d+)</b>', body))
    assert counts == {"frontend": "1", "testing": "2", "none": "1"}


def quantities(places: int, least: str, most: int) -> st.SearchStrategy[Decimal]:
    """Positive decimals with so many places."""
    return st.decimals(min_value=Decimal(least), max_value=most, places=places)


@given(
    figures=st.lists(st.tuples(quantities(4, "0.01", 200), quantities(2, "1", 600)), min_size=1, max_size=8)
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bound_as_a_file_writes_it_is_compared_as_the_exact_number_it_is(figures, nothing_stored):
    Day.objects.all().delete()
    day(tasks=[task("One", str(hours), str(minutes)) for hours, minutes in figures])
    factors = {one.pk: one.leverage_factor() or Decimal(0) for one in Task.objects.all()}
    for factor in factors.values():
        bound = plain(factor)
        low, high = (set(ids_in_csv(Client(), f"/tasks.csv?factor_{end}={bound}")) for end in ("min", "max"))
        assert low == {pk for pk, other in factors.items() if other >= Decimal(bound)}
        assert high == {pk for pk, other in factors.items() if other <= Decimal(bound)}


@given(bound=quantities(7, "0", 50))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bound_finer_than_the_stored_hours_selects_as_if_it_were_exact(bound, nothing_stored):
    Day.objects.all().delete()
    near = [bound.quantize(Decimal("0.0001")) + Decimal(step) / 10_000 for step in range(4)]
    day(tasks=[task("One", str(hours)) for hours in near if hours])
    stored = dict(Task.objects.values_list("pk", "human_hours"))
    for end, meets in (("min", operator.ge), ("max", operator.le)):
        found = ids_in_csv(Client(), f"/tasks.csv?hours_{end}={bound:f}")
        assert set(found) == {pk for pk, hours in stored.items() if meets(hours or 0, bound)}


NAMES = [
    *("factor_min", "factor_max", "supervisory_factor_min", "hours_min", "minutes_max", "category", "tag"),
    *("from", "to", "q", "missing", "sort", "page", "per_page"),
]
ANYTHING = st.one_of(st.text(max_size=30), st.floats().map(str), st.dates().map(str), st.integers().map(str))


@given(query=st.dictionaries(st.sampled_from(NAMES), ANYTHING, min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_breaks_the_page_and_the_file_refuses_what_the_page_names(query, nothing_stored):
    if not Day.objects.exists():
        day(tasks=[task("One", category=category("Testing"))], tags=["AI"])
    page = Client().get("/tasks/", query)
    assert page.status_code == 200
    file = Client().get("/tasks.json", query)
    assert file.status_code in (200, 400)
    if file.status_code == 400:
        assert set(file.json()["errors"]) <= set(query)
        assert "fault" in page.content.decode()
