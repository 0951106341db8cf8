"""The page of one task: its figures, how they are computed, where they come from, what stands beside it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from records.models import FigureSource, Task
from tests.factories import APRIL_12, category, day, task
from tests.listings import hidden_tasks
from tests.pages import part

pytestmark = pytest.mark.django_db


def page_of(client: Client, one: Task) -> str:
    """The page of a task as text: tags gone, spaces single."""
    response = client.get(f"/tasks/{one.pk}/")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def only_task(**values: Any) -> Task:
    """The one task of a public day."""
    day(tasks=[task(**values)])
    return Task.objects.get()


def test_it_says_in_words_and_numbers_how_the_factors_are_computed(client):
    text = page_of(client, only_task(hours="160", agent="20", supervision="2"))
    assert "160 h × 60 / 20 min = 480.0" in text
    assert "160 h × 60 / 2 min = 4,800.0" in text


def test_a_factor_that_had_to_be_rounded_is_not_called_equal(client):
    text = page_of(client, only_task(hours="80", agent="35", supervision="7"))
    assert "80 h × 60 / 35 min ≈ 137.14" in text
    assert "80 h × 60 / 7 min ≈ 685.71" in text


def test_unknown_supervision_is_not_zero(client):
    text = page_of(client, only_task(supervision=None))
    assert "not recorded" in text
    assert "Not known: no minutes are recorded." in text


def test_supervision_of_zero_minutes_has_no_factor_yet_counts(client):
    text = page_of(client, only_task(supervision="0"))
    assert "0 minutes, which nothing can be divided by: no factor, yet the task counts in every sum." in text


def test_it_says_where_each_figure_comes_from(client):
    text = page_of(
        client,
        only_task(
            agent_minutes_source=FigureSource.MEASURED,
            supervisory_minutes_source=FigureSource.APPROXIMATE,
            tokens=123_456,
            tokens_source=FigureSource.DERIVED,
            model_version="opus-5",
            estimate_low="4",
            estimate_high="12",
            estimate_basis="three like it",
            estimate_by="Ada",
            estimate_on=date(2026, 4, 13),
            evidence_url="https://example.org/pull/7",
            outcome=Task.Outcome.MERGED,
        ),
    )
    assert "estimated by Ada on April 13, 2026 , between 4 and 12 h: three like it" in text
    assert "Claude minutes measured" in text
    assert "Supervisory minutes approximate" in text
    assert "~240.0×" in text
    assert "123,456, derived from a printed factor" in text
    assert "Claude, opus-5" in text
    assert "https://example.org/pull/7" in text
    assert "What became of it merged" in text


@pytest.mark.parametrize(
    ("known", "said"), [({"estimate_low": "4"}, "at least 4 h"), ({"estimate_high": "12"}, "at most 12 h")]
)
def test_one_end_of_an_estimate_is_said_alone(client, known, said):
    assert f"estimated, {said} Claude" in page_of(client, only_task(**known))


def test_a_task_without_further_figures_says_no_more_than_it_knows(client):
    text = page_of(client, only_task())
    assert "Human hours estimated Claude minutes declared" in text
    for absent in ("between", "Evidence", "What became of it", "opus"):
        assert absent not in text


def test_it_leads_to_its_day_its_row_and_its_category(client):
    day(tasks=[task("One"), task("Two", category=category("Testing"))])
    body = client.get(f"/tasks/{Task.objects.get(position=2).pk}/").content.decode()
    assert 'href="/records/2026-04-12/#t2"' in body
    assert 'href="/categories/testing/"' in body


def test_its_neighbours_are_those_of_its_category_as_logged(client):
    testing, other = category("Testing"), category("Other")
    day(APRIL_12 - timedelta(days=1), [task("Before", category=testing)])
    day(
        tasks=[
            task("Here", category=testing),
            task("Elsewhere", category=other),
            task("After", category=testing),
        ]
    )
    named = {one.description: one for one in Task.objects.all()}
    body = client.get(f"/tasks/{named['Here'].pk}/").content.decode()
    assert f'rel="prev" href="/tasks/{named["Before"].pk}/"' in body
    assert f'rel="next" href="/tasks/{named["After"].pk}/"' in body
    assert f'href="/tasks/{named["Elsewhere"].pk}/"' not in body
    assert "<p>In Testing:</p>" in part(body, '<nav class="pager"', "</nav>")
    assert 'rel="prev"' not in client.get(f"/tasks/{named['Before'].pk}/").content.decode()


def test_a_hidden_task_is_neither_there_nor_a_neighbour(client):
    hidden = hidden_tasks()
    for one in hidden:
        assert client.get(f"/tasks/{one.pk}/").status_code == 404
    day(tasks=[task("Public", category=hidden[0].category)])
    body = client.get(f"/tasks/{Task.objects.get(description='Public').pk}/").content.decode()
    assert 'rel="next"' not in body
    assert 'rel="prev"' not in body


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 19, "9" * 300])
def test_a_task_that_never_was_is_not_found(client, pk):
    assert client.get(f"/tasks/{pk}/").status_code == 404


def test_only_backticks_mean_something_in_a_text(client):
    one = only_task(description="Fix `parse()` & <b>more</b>: *all* of it\nsecond line")
    body = client.get(f"/tasks/{one.pk}/").content.decode()
    assert "<code>parse()</code>" in body
    assert "&lt;b&gt;more&lt;/b&gt;" in body
    assert "*all* of it" in body
    assert "<br>second line" in body


def test_it_asks_few_questions(client, django_assert_max_num_queries):
    testing = category("Testing")
    day(tasks=[task(f"Task {n}", category=testing) for n in range(75)])
    with django_assert_max_num_queries(6):
        assert client.get(f"/tasks/{Task.objects.all()[30].pk}/").status_code == 200


def test_made_up_data_is_said_to_be_so(client):
    day(tasks=[task()], sample=True)
    assert "Sample data" in page_of(client, Task.objects.get())
