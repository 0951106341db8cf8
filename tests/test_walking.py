"""Long lists of tasks: pages by place, numbers at the head, and going to a day."""

import re
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from html import unescape

import pytest
from django.http import QueryDict

from records.filters import Place
from records.models import Task
from records.tables import FilteredTasks, filtered, walking
from records.tables.walking import Turns
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import hidden_tasks, ids_in_csv, ids_on
from tests.pages import html_of, page_text

pytestmark = pytest.mark.django_db

SORTS = [
    f"{sign}{name}"
    for name in (
        *("date", "category", "factor", "supervisory_factor", "human_hours", "agent_minutes"),
        *("supervisory_minutes", "tokens"),
    )
    for sign in ("", "-")
]


@pytest.fixture(scope="module")
def tasks(kept_for_the_module):
    """Sixty public tasks of three days: many equal figures, many unknown ones, two categories and none."""
    zebra = category("Zebra")
    kinds = [zebra, zebra, category("apple"), None]
    for back in range(3):
        made = [
            task(
                f"Task {back}.{n}",
                str(n % 5 + 1),
                str(n % 3 + 1),
                [None, "0", "2"][n % 3],
                category=kinds[n % 4],
                tokens=n % 2 or None,
            )
            for n in range(20)
        ]
        day(APRIL_12 - timedelta(days=back * 2), made)
    hidden_tasks()
    draft(APRIL_12 - timedelta(days=1), [task(f"Hidden {n}") for n in range(5)])


def turned(client, address: str, way: str) -> str:
    """The address of the page before or after one; blank where there is none."""
    found = re.search(rf'<a rel="{way}" href="([^"]+)"', html_of(client.get(address)))
    return f"/tasks/{unescape(found[1])}" if found else ""


def listing(query: str) -> FilteredTasks:
    """The list as an address describes it."""
    return FilteredTasks(QueryDict(query))


def turns(of: FilteredTasks) -> Turns:
    """The links below a page that has rows."""
    assert of.turns is not None
    return of.turns


@pytest.mark.parametrize("narrowed", ["", "&category=none", "&category=zebra&factor_min=60"])
def test_next_goes_through_all_rows_once_and_previous_back_again(tasks, narrowed):
    for sort in SORTS:
        state = f"sort={sort}{narrowed}&per_page=25"
        expected = list(listing(state).ordered.values_list("pk", flat=True))
        pages, turn = [], f"?{state}"
        while turn:
            here = listing(turn[1:])
            pages.append([each.pk for each in here.shown])
            turn = turns(here).next
        assert [pk for page in pages for pk in page] == expected, sort
        turn = turns(here).previous
        for page in reversed(pages[:-1]):
            here = listing(turn[1:])
            assert [each.pk for each in here.shown] == page, sort
            turn = turns(here).previous
        assert turn == ""


@pytest.mark.parametrize("narrowed", ["q=.7", "category=none&factor_min=60"])
def test_few_among_more_than_are_counted_at_once_are_read_by_their_ids_in_every_order(
    tasks, monkeypatch, narrowed
):
    monkeypatch.setattr(filtered, "AT_ONCE", 40)
    for sort in SORTS:
        here = listing(f"{narrowed}&sort={sort}&per_page=25")
        assert 0 < here.count <= 15
        assert [each.pk for each in here.shown] == list(here.ordered.values_list("pk", flat=True)), sort
        sql, parameters = here.read.query.sql_with_params()
        assert '"id" IN (' in sql, "the database could walk along the list instead"
        assert len(parameters) == here.count


def test_neither_are_many_nor_those_of_a_short_list(tasks, monkeypatch):
    assert '"records_task"."id" IN (' not in str(listing("q=.7").read.query)
    monkeypatch.setattr(filtered, "AT_ONCE", 40)
    assert '"id" IN (' not in str(listing("hours_min=0.01").read.query)


def test_categories_whose_names_differ_in_case_alone_are_walked_one_after_the_other(tasks):
    kinds = [category("Testing"), category("testing")]
    Task.objects.all().delete()
    day(date(2026, 4, 20), [task(f"Task {n}", category=kinds[n % 2]) for n in range(60)])
    for sort in ("category", "-category"):
        pages, turn = [], f"?sort={sort}&per_page=25"
        while turn:
            here = listing(turn[1:])
            pages += [each.pk for each in here.shown]
            turn = turns(here).next
        assert len(pages) == len(set(pages)) == 60, sort
        assert pages == list(listing(f"sort={sort}").ordered.values_list("pk", flat=True)), sort


def test_numbers_and_places_give_the_same_pages(tasks):
    for sort in SORTS:
        second = listing(turns(listing(f"per_page=25&sort={sort}")).next[1:])
        numbered = listing(f"per_page=25&sort={sort}&page=2")
        assert [each.pk for each in second.shown] == [each.pk for each in numbered.shown], sort


def test_a_page_of_the_site_turns_as_its_links_say(client, tasks):
    rows = ids_in_csv(client, "/tasks.csv")
    second = turned(client, "/tasks/?per_page=25", "next")
    assert ids_on(client, second) == rows[25:50]
    assert ids_on(client, turned(client, second, "prev")) == rows[:25]


def test_links_to_the_next_page_keep_filters_and_order_and_other_links_begin_anew(client, tasks):
    address = turned(client, "/tasks/?factor_min=10&sort=-factor&per_page=25", "next")
    assert address.startswith("/tasks/?factor_min=10&sort=-factor&per_page=25&after=")
    body = unescape(html_of(client.get(address)))
    assert 'href="?factor_min=10&sort=factor&per_page=25#results"' in body or (
        'href="?factor_min=10&per_page=25&sort=factor#results"' in body
    )
    assert body.count("after=") == 1


def test_a_page_stays_where_it_is_when_rows_come_before_it(client, tasks):
    second = turned(client, "/tasks/?per_page=25", "next")
    before = ids_on(client, second)
    day(APRIL_12 + timedelta(days=1), [task("New")])
    assert ids_on(client, second) == before


def test_a_place_outlives_the_task_that_stood_there(client, tasks):
    second = turned(client, "/tasks/?per_page=25", "next")
    before = ids_on(client, second)
    Task.objects.filter(pk=ids_on(client, "/tasks/?per_page=25")[-1]).delete()
    assert ids_on(client, second) == before


def key(*parts: object) -> str:
    """A place as links have it."""
    return str(Place(str(parts[0]), parts[1:]))


BAD = [
    "x",
    "é",
    "A" * 5000,
    urlsafe_b64encode(b"[1]").decode(),
    urlsafe_b64encode(b"[" * 100).decode(),
    key("-date"),
    key("-date", "2026-04-12", 1),
    key("-date", "2026-13-12", 1, 1),
    key("-date", "2026-04-12", 1, -1),
    key("-date", "2026-04-12", 1, 2**63),
    key("-date", "2026-04-12", True, 1),
    key("-date", None, 1, 1),
    key("-factor", 480.0, 1),
]


NO_FIGURES = ["480", -1.0, float("inf"), float("nan"), [], True]
NO_HOURS = ["1e400", "NaN", "123456.5", "x", {}]


def test_what_is_no_place_is_named_and_not_applied_and_refused_in_a_file(client, tasks):
    first = ids_on(client, "/tasks/")
    for name in ("after", "before"):
        assert "“x” is no place in this list" in page_text(client, f"/tasks/?{name}=x")
        assert ids_on(client, f"/tasks/?{name}=x") == first
        for text in BAD:
            file = client.get("/tasks.json", {name: text})
            assert file.status_code == 400
            assert list(file.json()["errors"]) == [name]


def test_a_figure_or_a_category_that_cannot_be_is_no_place(client, tasks):
    bad = [key("factor", figure, 1) for figure in NO_FIGURES]
    bad += [key("human_hours", figure, 1) for figure in NO_HOURS]
    bad += [key("category", 10**9, 1), key("category", "1", 1), key("category", [], 1)]
    for text in bad:
        sort = Place.read(text).sort
        assert client.get("/tasks.json", {"sort": sort, "after": text}).status_code == 400, text


def test_files_hold_all_pages_wherever_a_page_begins(client, tasks):
    second = turned(client, "/tasks/?per_page=25", "next").replace("/tasks/", "/tasks.csv")
    assert len(ids_in_csv(client, second)) == 60


def test_after_the_end_the_last_rows_are_shown_and_it_is_said(client, tasks):
    last = ids_on(client, "/tasks/?per_page=200")[-25:]
    text = key("-date", "1999-01-01", 1, 1)
    assert ids_on(client, f"/tasks/?per_page=25&after={text}") == last
    assert "Nothing comes after this place" in page_text(client, f"/tasks/?after={text}")


def test_going_to_a_day_shows_it_first_or_the_next_one_there_is(client, tasks):
    rows = ids_on(client, "/tasks/?per_page=200")
    assert ids_on(client, "/tasks/?per_page=25&jump=2026-04-10") == rows[20:45]
    assert ids_on(client, "/tasks/?per_page=25&jump=2026-04-11") == rows[20:45]
    assert ids_on(client, "/tasks/?per_page=25&jump=2027-01-01") == rows[:25]
    upwards = ids_on(client, "/tasks/?per_page=200&sort=date")
    assert ids_on(client, "/tasks/?per_page=25&sort=date&jump=2026-04-09") == upwards[20:45]
    assert turned(client, "/tasks/?jump=2027-01-01&per_page=25", "prev") == ""
    assert turned(client, "/tasks/?jump=2026-04-10&per_page=25", "prev")


def test_the_field_for_a_day_sends_the_rest_of_the_address_along(client, tasks):
    body = html_of(client.get("/tasks/?factor_min=10&per_page=25"))
    form = body.split('aria-label="Pages"')[1].split("<form")[1].split("</form>")[0]
    assert 'name="jump"' in form
    assert 'name="factor_min" value="10"' in form
    assert "Go to day" in form


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("jump=2026-13-01", "“2026-13-01” is not a date. Try 2026-04-12."),
        ("jump=2026-04-10&sort=-factor", "This list is not in the order of days. Sort it by day first."),
        ("jump=1999-01-01", "Nothing comes after this place"),
    ],
)
def test_a_day_that_cannot_be_gone_to_is_named(client, tasks, query, says):
    assert says in page_text(client, f"/tasks/?{query}")


def test_only_the_head_of_a_long_list_has_numbers(client, tasks, monkeypatch):
    monkeypatch.setattr(walking, "NUMBERED", 50)
    text = page_text(client, "/tasks/?per_page=25&page=3")
    assert "Only the first 2 pages have numbers; this is the last. Go on from there with “Next”" in text
    assert ids_on(client, "/tasks/?per_page=25&page=3") == ids_on(client, "/tasks/?per_page=25&page=2")
    third = turned(client, "/tasks/?per_page=25&page=2", "next")
    assert ids_on(client, third) == ids_on(client, "/tasks/?per_page=200")[50:75]


def test_a_category_has_pages_of_the_same_kind(client, tasks):
    body = html_of(client.get("/categories/zebra/?per_page=25&sort=-factor"))
    assert re.search(r'<a rel="next" href="\?sort=-factor&amp;per_page=25&amp;after=', body)


def test_a_page_by_place_takes_as_many_questions_as_the_first(client, tasks, django_assert_max_num_queries):
    second = turned(client, "/tasks/?per_page=25", "next")
    with django_assert_max_num_queries(7):
        client.get(second)
