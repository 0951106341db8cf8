"""How the figures are made, in the author's terms and with the latest figures."""

import pytest

from records.exporters.rows import CATEGORY_COLUMNS, DAY_COLUMNS, TASK_COLUMNS
from records.models import SiteProfile
from tests.factories import APRIL_12, day, draft, task
from tests.pages import april_12, html_of, page_text, part, rows_of, text_of

pytestmark = pytest.mark.django_db


def test_it_works_the_latest_day_out_in_numbers(client):
    april_12()
    text = page_text(client, "/method/")
    assert "1,222.75 h × 60 / 614 min ≈ 119.5" in text
    assert "1,222.75 h × 60 / 140 min ≈ 524.0" in text
    assert "160 h × 60 / 20 min = 480.0" in text


def test_the_worked_supervision_uses_only_the_tasks_of_which_it_is_known(client):
    day(tasks=[task(), task(supervision=None)])
    text = page_text(client, "/method/")
    assert "over the 1 task of which supervision is known: 8 h × 60 / 2 min = 240.0" in text


def test_it_passes_over_drafts_and_notes_for_its_example(client):
    draft(APRIL_12.replace(day=20), [task()], title="Secret")
    day(APRIL_12.replace(day=19), title="Travel")
    april_12()
    text = page_text(client, "/method/")
    assert "Leverage Record: April 12, 2026" in text
    assert "Secret" not in text


@pytest.mark.parametrize(
    ("kind", "columns"),
    [("tasks", TASK_COLUMNS), ("records", DAY_COLUMNS), ("categories", CATEGORY_COLUMNS)],
)
def test_it_documents_every_field_of_every_file(client, kind, columns):
    april_12()
    markup = html_of(client.get("/method/"))
    rows = rows_of(part(markup, f'id="fields-of-{kind}"', "</table>") + "</tbody>")
    assert [name for name, _ in rows] == list(columns)
    assert all(meaning for _, meaning in rows)


def test_objections_are_the_authors_to_answer(client):
    assert 'id="objections"' not in html_of(client.get("/method/"))
    SiteProfile(objections="## The hours are your own\n\nYes, *and* here is why.").save()
    answered = part(html_of(client.get("/method/")), 'id="objections"', "</section>")
    assert "<h3>The hours are your own</h3>" in answered
    assert "<em>and</em>" in answered


def test_it_says_by_which_conventions_the_figures_are_made(client):
    SiteProfile(hours_per_day=6, hours_per_week=30, time_zone="Europe/Berlin", agent_name="Robot").save()
    text = text_of(html_of(client.get("/method/")))
    assert "human hours / 6, working weeks human hours / 30" in text
    assert "(Europe/Berlin)" in text
    assert "Robot minutes" in text
