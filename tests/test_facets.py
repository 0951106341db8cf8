"""What tasks can be narrowed by, with counts that follow the other filters, and the factors as a drawing."""

import random
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db.models import F
from django.utils import timezone

from records.exporters.fields import QUERY_NAMES
from records.filters import TaskFilter
from records.models import Category, Day, Task
from records.tables import filtered
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import hidden_tasks, ids_in_csv, ids_in_sql, ids_on
from tests.pages import april_12, html_of, page_text, part, text_of

pytestmark = pytest.mark.django_db

MODEL = "CASE WHEN t.model_version <> '' THEN t.model_version ELSE t.agent END"


@pytest.fixture(scope="module")
def tasks(kept_for_the_module) -> None:
    """Tasks of three months, two years, two models, an agent, two estimators and several outcomes."""
    chance = random.Random(12)
    kinds = [category("Testing"), category("Frontend"), None]
    for on in (date(2025, 12, 30), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 30)):
        made = [
            task(
                f"Task {number}: text",
                str(chance.randrange(1, 90)),
                str(chance.randrange(1, 60)),
                category=chance.choice(kinds),
                model_version=chance.choice(["", "Opus 4 & co", "Sonnet 4"]),
                outcome=chance.choice(["", "merged", "reworked"]),
                estimate_by=chance.choice(["", "Ada", "Bob’s <team>"]),
            )
            for number in range(8)
        ]
        for each in made:
            each.agent = chance.choice(["", "Robot"])  # the factory's word for minutes
        day(on, made, tags=["AI", f"Tag {on:%Y}"])


CHOICES = [
    ("period", "2026", "t.date >= '2026-01-01' AND t.date <= '2026-12-31'"),
    ("period", "2026-04", "t.date >= '2026-04-01' AND t.date <= '2026-04-30'"),
    ("period", "2025-12", "t.date >= '2025-12-01' AND t.date <= '2025-12-31'"),
    ("model", "Opus 4 & co", f"{MODEL} = 'Opus 4 & co'"),
    ("model", "Robot", f"{MODEL} = 'Robot'"),
    ("model", "none", f"{MODEL} = ''"),
    ("outcome", "merged", "t.outcome = 'merged'"),
    ("outcome", "none", "t.outcome = ''"),
    ("estimated_by", "Bob’s <team>", "t.estimate_by LIKE 'Bob%'"),
    ("estimated_by", "none", "t.estimate_by = ''"),
    ("tag", "tag-2025", "t.date = '2025-12-30'"),
]


@pytest.mark.parametrize(("name", "value", "condition"), CHOICES)
def test_each_choice_selects_what_plain_sql_selects(client, tasks, name, value, condition):
    expected = ids_in_sql(condition)
    assert expected
    assert ids_in_csv(client, f"/tasks.csv?{query({name: value})}") == expected
    assert ids_on(client, f"/tasks/?{query({name: value})}") == expected


@pytest.mark.parametrize(
    ("pairs", "condition"),
    [
        ("period=2025&period=2026-03", "t.date < '2026-04-01'"),
        ("outcome=merged&outcome=none", "t.outcome IN ('merged', '')"),
        ("model=Robot&model=none", f"{MODEL} IN ('Robot', '')"),
        ("tag=tag-2025&tag=ai", "1 = 1"),
        (
            "period=2026-04&outcome=merged&estimated_by=Ada",
            "t.date >= '2026-04-01' AND t.outcome = 'merged' AND t.estimate_by = 'Ada'",
        ),
    ],
)
def test_a_name_repeated_widens_and_names_together_narrow(client, tasks, pairs, condition):
    assert ids_in_csv(client, f"/tasks.csv?{pairs}") == ids_in_sql(condition)


@pytest.mark.parametrize(
    "state",
    [
        "",
        "category=testing",
        "model=Robot&outcome=merged&outcome=none",
        "period=2026-04&factor_min=20&tag=ai",
        "q=Task+1",
    ],
)
def test_each_count_is_what_the_choice_brings_under_the_other_filters(client, tasks, state):
    markup = html_of(client.get(f"/tasks/?{state}"))
    found = choices_on(markup)
    assert {name for name, _ in found} == {"category", "tag", "period", "model", "outcome", "estimated_by"}
    for (name, value), count in found.items():
        others = "&".join(pair for pair in state.split("&") if pair and not pair.startswith(f"{name}="))
        address = f"/tasks.csv?{others}&{query({name: value})}"
        assert len(ids_in_csv(client, address)) == count, address


def test_choices_come_under_names_that_readers_know(client, tasks):
    text = page_text(client, "/tasks/")
    for label in (
        "April 2026",
        "Opus 4 & co",
        "nobody named as estimator",
        "outcome not said yet",
        "Tag 2025",
    ):
        assert label in text
    chips = text_of(
        part(
            html_of(client.get("/tasks/?period=2026-04&tag=ai&estimated_by=Ada&model=none")),
            "applied",
            "</ul>",
        )
    )
    for said in ("April 2026", "tag AI", "estimated by Ada", "no model named"):
        assert said in chips


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("period", "2026-13", "There is no year or month on record: “2026-13”. Try 2025 or 2025-12."),
        ("period", "none", "There is no year or month on record: “none”"),
        ("period", "1999", "There is no year or month on record: “1999”"),
        ("model", "GPT", "There is no model “GPT”. Try Sonnet 4 or none."),
        ("outcome", "lost", "There is no outcome “lost”. Try abandoned or none."),
        ("estimated_by", "Eve", "There is no estimator “Eve”"),
        ("exact", "2", "There is no way to count: “2”. Try 1."),
    ],
)
def test_an_unknown_choice_is_named_and_not_applied(client, tasks, name, value, says):
    page = client.get("/tasks/", {name: value})
    assert says in unescape(html_of(page))
    assert len(ids_on(client, f"/tasks/?{query({name: value})}")) == 32
    file = client.get("/tasks.json", {name: value})
    assert file.status_code == 400
    assert says in file.json()["errors"][name][0]


def test_what_only_drafts_have_is_neither_offered_nor_known(client, tasks):
    draft(date(2027, 1, 1), [task("Hidden", model_version="Secret 5", estimate_by="Mallory")])
    hidden_tasks()
    body = html_of(client.get("/tasks/"))
    assert not [word for word in ("Secret 5", "Mallory", "2027", "Secret tag", "May 2026") if word in body]
    assert "There is no model “Secret 5”" in page_text(client, "/tasks/?model=Secret+5")


def test_facets_and_drawing_take_a_fixed_number_of_questions(client, tasks, django_assert_num_queries):
    asked = "period=2026&model=Robot&outcome=none&tag=ai&estimated_by=none&factor_min=2&hours=0.5"
    Task.objects.update(position=F("position"))
    with django_assert_num_queries(7):  # names, lists to begin with and the span: after a change alone
        client.get("/tasks/")
    with django_assert_num_queries(3):
        client.get("/tasks/")
    with django_assert_num_queries(4):  # and those lists for each scenario
        client.get(f"/tasks/?{asked}")
    with django_assert_num_queries(3):
        client.get(f"/tasks/?{asked}&per_page=100")


def test_what_is_kept_of_the_names_and_lists_follows_every_change(client, tasks):
    assert "Robot" in page_text(client, "/tasks/")
    Task.objects.update(model_version="Golem")
    Category.objects.filter(slug="testing").update(name="Golems")
    text = page_text(client, "/tasks/")
    assert "Robot" not in text
    assert "Golems" in text
    assert "Testing" not in text
    hidden = draft(date(2027, 1, 1), tasks=[task("Hidden", category=category("Secret"))])
    assert "Secret" not in page_text(client, "/tasks/")
    Day.objects.filter(pk=hidden.pk).update(status=Day.Status.PUBLISHED, published_at=timezone.now())
    assert "Secret" in page_text(client, "/tasks/")


def test_every_name_an_address_may_use_is_said_on_the_method_page(client):
    documented = {name for names, _ in QUERY_NAMES for name in names}
    assert documented == {*TaskFilter.base_filters, "sort", "exact"}
    markup = html_of(client.get("/method/"))
    assert all(f"<code>{name}</code>" in markup for name in documented)


# The histogram ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", ["", "category=testing", "factor_min=38.3&factor_max=121", "hours=0.37", "model=Robot&hours=3"]
)
def test_every_bar_counts_the_tasks_its_link_leads_to(client, tasks, state):
    day(
        APRIL_12,
        [task("On an edge", "12.1", "60"), task("Beyond", "99999", "0.01"), task("Below", "0.01", "60")],
    )
    found = bars(html_of(client.get(f"/tasks/?{state}")))
    assert len(found) >= 12
    assert sum(count for _, count, _ in found) >= 1
    for link, count, current in found:
        if not current:
            assert len(ids_in_csv(client, f"/tasks.csv{link}")) == count


def test_bars_in_the_range_are_marked_and_the_chosen_one_leads_out_of_it(client, tasks):
    markup = html_of(client.get("/tasks/?factor_min=38.3&factor_max=56.3&sort=-factor"))
    assert markup.count('class="bar chosen"') == 1
    current = [link for link, _, chosen in bars(markup) if chosen]
    assert current == ["?sort=-factor"]
    assert html_of(client.get("/tasks/?factor_min=38.3")).count('class="bar chosen"') > 1


def test_the_drawing_has_a_title_a_description_and_its_numbers_as_a_table(client, nothing_stored):
    april_12()
    markup = part(html_of(client.get("/tasks/")), 'id="by-factor"', "</figure>")
    assert '<title id="histogram-title">Tasks by leverage factor</title>' in markup
    assert "Most tasks, 9, lie in the range from 38.3× to 56.3×." in markup
    assert "from 38.3× to 56.3×9" in text_of(part(markup, "<table", "</table>"))
    assert "style=" not in markup


def test_no_tasks_make_no_drawing(client, nothing_stored):
    day(tasks=[])
    assert 'id="by-factor"' not in html_of(client.get("/tasks/"))


def test_lists_to_begin_with_are_as_long_as_they_say(client, tasks):
    for state in ("", "?hours=0.5"):
        nav = part(html_of(client.get(f"/tasks/{state}")), '<nav class="views"', "</nav>")
        views = re.findall(r'<a href="([^"]+)">([^<]+)</a> <b>([\d,]+)</b>', nav)
        assert len(views) > 3
        for link, _, count in views:
            assert len(ids_in_csv(client, f"/tasks.csv{unescape(link)}")) == int(count)


# Long lists -------------------------------------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch, nothing_stored):
    """Twelve tasks where six are counted at once: the newest have a factor of 60, the others of 6."""
    monkeypatch.setattr(filtered, "AT_ONCE", 6)
    testing = category("Testing")
    day(APRIL_12 - timedelta(days=1), [task(f"Old {n}", "1", "10", "1") for n in range(7)])
    day(APRIL_12, [task(f"New {n}", "10", "10", "1", category=testing) for n in range(5)])


def test_above_the_limit_sums_and_the_count_say_over_how_many_they_go(client, long):
    text = page_text(client, "/tasks/?hours_min=0.0001")
    assert "Sums and averages are over the first 6 of these tasks, newest first; there may be more." in text
    assert "51.0× over the first 6" in text
    assert "Tasks6+" in text
    assert len(ids_on(client, "/tasks/?hours_min=0.0001")) == 12


@pytest.mark.parametrize("query", ["", "?from=2026-01-01", "?period=2026-04", "?to=2026-04-12"])
def test_where_days_and_categories_alone_are_asked_for_the_sums_are_of_all_tasks(client, long, query):
    text = page_text(client, f"/tasks/{query}")
    assert "Sums and averages are over the first" not in text
    assert "28.5×" in text
    assert "Tasks12" in text


def test_counts_beside_filters_say_so_as_well(client, long):
    markup = html_of(client.get("/tasks/"))
    assert choices_on(markup)["category", "none"] == 1
    assert "over the first 6 tasks, newest first" in text_of(part(markup, "To begin with", "</div>"))


def test_exact_on_request_counts_all_and_stays_in_the_links(client, long):
    markup = html_of(client.get("/tasks/?exact=1"))
    assert "over the first" not in markup
    assert "28.5×" in markup
    assert choices_on(markup)["category", "none"] == 7
    assert (
        'href="?exact=1&amp;sort=factor#results"' in markup
        or 'href="?exact=1&amp;sort=-factor#results"' in markup
    )
    assert 'name="exact" value="1"' in markup
    assert 'href="?exact=1"' in html_of(client.get("/tasks/"))


def test_what_is_narrowed_to_the_limit_is_exact(client, long):
    text = page_text(client, "/tasks/?category=testing")
    assert "Sums and averages are over the first" not in text
    assert "60.0×" in text


def test_files_are_always_whole(client, long):
    body = client.get("/tasks.json").getvalue().decode()
    assert '"count": 12' in body
    assert '"factor": 28.5' in body


def query(pairs: dict[str, str]) -> str:
    return urlencode(pairs)


def choices_on(markup: str) -> dict[tuple[str, str], int]:
    """The counts of the form by filter and value."""
    pattern = r'name="([a-z_]+)" value="([^"]+)" id="[^"]+"[^>]*>[^<]*<b id="count-[^"]+" data-swap>(\d+)</b>'
    return {(name, unescape(value)): int(count) for name, value, count in re.findall(pattern, markup)}


def bars(markup: str) -> list[tuple[str, int, bool]]:
    """Address, count and whether it is the range chosen, of every bar."""
    pattern = (
        r'<a id="bar-\d+" rel="nofollow" href="([^"]+)"[^>]*?(aria-current="true")?>'
        r"<title>[^:]*: ([\d,]+) tasks?</title>"
    )
    return [
        (unescape(link), int(count.replace(",", "")), bool(current))
        for link, current, count in re.findall(pattern, markup)
    ]
