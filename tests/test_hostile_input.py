"""Whatever a visitor asks for: an answer in the style of the site, its headers, and never a failure."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import text_of

pytestmark = pytest.mark.django_db

RANGES = [
    f"{name}_{end}" for name in ("factor", "supervisory_factor", "hours", "minutes") for end in ("min", "max")
]
FILTERS = [*RANGES, "category", "from", "to", "q", "tag", "missing"]
NAMES = [*FILTERS, "sort", "page", "per_page"]
# As they stand in the address, percent signs and all.
HOSTILE = [
    *("NaN", "Infinity", "1e400", "-1", "1000000000", "9" * 3000, "1_000", "1,5", "."),
    *("%00", "a%00b", "%ED%A0%80", "%FF", "%D9%A3", "%C2%B2", "%F0%9F%92%A9", "%25", "_", "%5C"),
    *("'%20OR%201=1--", "%22%3E%3Cscript%3E", "%0d%0aX-Evil:%201", "x" * 3000, "{{7*7}}"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "2026-4-1", "factor,-id", "day__lede"),
]
FILES = ["/tasks", "/records", "/categories", "/records/2026-04-12", "/categories/testing", "/tags/ai"]
PAGES = ["/", "/method/", "/data/", *(f"{path}/" for path in FILES)]
NO_SUCH = [
    "/records/2026-02-30/",
    "/records/0000-00-00/",
    "/records/9999-12-31/",
    "/records/2026-04-12//",
    "/records/2026-02-30.csv",
    "/records/2026-04-12.xml",
    "/records/2026-04-12/.csv",
    "/records/%D9%A2%D9%A0%D9%A2%D9%A6-04-12/",
    "/tasks/99999999999999999999/",
    "/tasks/9223372036854775808/",
    "/tasks/0/",
    "/tasks/01/",
    "/tasks/-1/",
    "/tasks/%D9%A1/",
    "/tasks.csv/",
    "/tasks.CSV",
    "/categories/none/",
    "/categories/%00/",
    "/tags/%F0%9F%92%A9/",
    "/%ED%A0%80",
    "/.env",
    "/" + "a" * 3000,
    "/categories/" + "a" * 3000 + ".csv",
]


@pytest.fixture(scope="module")
def site(kept_for_the_module) -> None:
    """One public day and a draft."""
    day(tasks=[task(category=category("Testing"), tokens=5), task("Second", "80", "1", None)], tags=["AI"])
    draft(APRIL_12.replace(day=20), [task("Secret")])


def asked(client: Client, address: str, **headers: str) -> Any:
    """The answer to an address as it goes over the wire, which has to hold what holds for every answer."""
    path, _, query = address.partition("?")
    response = client.get(path, QUERY_STRING=query, headers=headers)
    assert response.status_code < 500, address
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "charset=utf-8" in response["Content-Type"] or response["Content-Type"] == "application/json"
    assert not response.cookies
    assert "X-Evil" not in response
    return response


def assert_page_and_files_agree(client: Client, query: str) -> set[str]:
    """The page marks exactly the names that the files refuse; gives these."""
    page = asked(client, f"/tasks/?{query}")
    assert page.status_code == 200
    marked = marked_on(page.content.decode())
    for ending, content_type in (
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json; charset=utf-8"),
    ):
        response = asked(client, f"/tasks.{ending}?{query}")
        assert (response.status_code == 400) == bool(marked), (ending, query)
        if marked:
            assert set(response.json()["errors"]) == marked
        else:
            assert response["Content-Type"] == content_type
            assert response.getvalue()
    return marked


def marked_on(page: str) -> set[str]:
    """The names in whose values the page finds fault: beside its field, or above the rows with its label."""
    beside = re.findall(r'<div id="fault-(\w+)" data-swap><div class="fault">', page)
    above = re.findall(r'<p class="fault" role="alert">([^:<]+):', page)
    return {*beside, *(label.lower().replace(" ", "_") for label in above)}


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_value_of_a_query_is_a_failure_and_page_and_files_refuse_the_same(client, site, value):
    """Under every name at once; what is not refused there is asked for by itself too, where it acts."""
    # A page beyond the last is said on the page; a file has no pages.
    names = [name for name in NAMES if not (name == "page" and value == "1000000000")]
    refused = assert_page_and_files_agree(client, "&".join(f"{name}={value}" for name in names))
    for name in names:
        if name not in refused:
            assert assert_page_and_files_agree(client, f"{name}={value}") == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_is_refused_among_others_is_refused_alone(client, site, name):
    for value in ("%00", "x" * 3000):
        assert assert_page_and_files_agree(client, f"{name}={value}") == {name}


@pytest.mark.parametrize(
    "path", [*PAGES, *(f"{path}.csv" for path in FILES), *(f"{path}.json" for path in FILES)]
)
def test_every_table_bears_any_sort_page_and_category(client, site, path):
    for value in (
        "NaN",
        "-1",
        "1000000000",
        "%00",
        "%ED%A0%80",
        "'",
        "x" * 3000,
        "--date",
        "tokens",
        "position",
    ):
        response = asked(
            client, f"{path}?sort={value}&page={value}&per_page={value}&category={value}&zzz={value}"
        )
        assert response.status_code in ((200, 400) if path.endswith(("csv", "json")) else (200,))
        if response.status_code == 400:
            assert response.json()["errors"]


VALUES = st.one_of(
    st.sampled_from(
        ["", "100", "0.5", "testing", "none", "ai", "2026-04-12", "-factor", "supervision", "50"]
    ),
    st.decimals(allow_nan=True).map(str),
    st.dates().map(str),
    st.text(max_size=20),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.lists(st.tuples(st.sampled_from([*FILTERS, "sort", "per_page"]), VALUES), max_size=6))
def test_page_and_files_agree_on_any_query(client, site, query):
    assert_page_and_files_agree(client, urlencode(query, errors="surrogatepass"))


def test_a_name_repeated_a_thousand_times_is_no_burden(client, site, django_assert_max_num_queries):
    query = "&".join(f"category=old-{number}&missing=tokens&q=a&sort=factor" for number in range(1000))
    with django_assert_max_num_queries(13):
        assert asked(client, f"/tasks/?{query}").status_code == 200


def test_more_names_than_anyone_can_mean_are_refused(client, site):
    response = asked(client, "/tasks/?" + "a=1&" * 10_001)
    assert response.status_code == 400
    assert "cannot be read" in text_of(response.content.decode())


@pytest.mark.parametrize("path", NO_SUCH)
def test_what_is_no_address_is_answered_in_the_style_of_the_site(client, site, path):
    response = asked(client, path)
    assert response.status_code == 404
    assert "There is no such page" in text_of(response.content.decode())


@pytest.mark.parametrize("method", ["head", "options", "post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/", "/tasks/", "/tasks.csv", "/records/2026-04-12/", "/healthz", "/nope/"])
def test_no_method_fails_or_writes(site, method, path, django_assert_max_num_queries):
    client = Client(enforce_csrf_checks=True)
    with django_assert_max_num_queries(20) as queries:
        response = getattr(client, method)(path)
        assert response.getvalue() or method == "head"
    assert response.status_code in (200, 403, 404)
    assert not response.cookies
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_two_slashes_lead_nowhere_else(client, site):
    for path in ("//", "//evil.example.org", "//evil.example.org/", "//records"):
        assert client.get("/", PATH_INFO=path).status_code == 404


@pytest.mark.parametrize("host", ["evil.example.org", "localhost:abc", "localhost@evil", "", "a b", "[::1"])
def test_another_host_is_refused(site, host):
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        response = asked(Client(), "/tasks/", host=host)
    assert response.status_code == 400
    assert "cannot be read" in text_of(response.content.decode())


def test_what_is_refused_before_it_could_go_to_https_carries_the_policy_too(site):
    with override_settings(ALLOWED_HOSTS=["localhost"], SECURE_SSL_REDIRECT=True):
        response = Client().get("/tasks/", headers={"host": "evil.example.org"})
    assert response.status_code == 400
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_what_was_typed_comes_back_as_text_and_never_as_markup(client, site):
    typed = "\"'><script>alert(1)</script>"
    for name in NAMES:
        page = asked(client, f"/tasks/?{name}={quote(typed)}").content.decode()
        assert "<script>alert" not in page
        assert "alert(1)" in page, name
    page = asked(client, f"/records/2026-04-12/?category={quote(typed)}&sort={quote(typed)}").content.decode()
    assert "<script>alert" not in page
