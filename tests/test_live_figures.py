"""Figures in prose: what they say of April 12, where they lead, and what becomes of them when rows change."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from records import publishing
from records.exporters.archive import days
from records.exporters.scope import Scope
from records.models import Category, Day, FigureSource, SiteProfile, Task
from records.publishing import NewDay
from records.summaries.day_prose import missing_figures
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import RECORD, april_12, html_of, page_text, part, text_of

pytestmark = pytest.mark.django_db


APRIL_12_SAYS = {
    "hours": "1,222.75",
    "minutes": "614",
    "supervisory_minutes": "140",
    "tokens": "4,129,000",
    "weeks": "30.6",
    "factor": "119.5×",
    "supervisory_factor": "524.0×",
    "median_factor": "45.0×",
    "median_supervisory_factor": "120.0×",
    "tasks": "37",
    "date": "April 12",
    "top.1.factor": "480.0×",
    "top.1.name": "Student simulator",
    "top.8.factor": "137.14×",
    "top.4.hours": "40",
    "top.4.name": "Test suite for the student simulator",  # of equals the one logged first
    "bottom.1.factor": "10.91×",
    "bottom.4.name": "Log-in and sign-up links wired into the marketing site's…",
    "largest.2.hours": "160",
    "largest.1-2.hours": "640",
    "share.largest.1-2.hours": "52 %",
    "without.largest.1-2.factor": "69.4×",
    "without.largest.1-2.tasks": "35",
    "task.8.factor": "137.14×",
    "task.8.supervisory_factor": "960.0×",
    "category.testing.tasks": "4",
    "category.full-stack-build.factor": "349.1×",
    "previous.factor": "120.0×",
    "previous.date": "April 11",
    "change.hours": "+1,122.75",
    "change.factor": "−0.5×",
    "week.hours": "1,346.75",
    "week.tasks": "40",
    "recent.days": "3",
    "recent.hours": "68.2",
    "recent.factor": "55.8×",
}


def figures_of(stored: Day) -> DayFigures:
    tasks = list(Task.objects.filter(day__date=stored.date).select_related("category"))
    return DayFigures(RecordSummary.of(stored, tasks, SiteProfile.load()))


@pytest.fixture
def april(db: None) -> DayFigures:
    stored = april_12()
    day(APRIL_12 - timedelta(days=1), [task(hours="100", agent="50", supervision="10")])
    day(APRIL_12 - timedelta(days=5), [task(hours="20", agent="100", supervision=None), task(hours="4")])
    day(APRIL_12 - timedelta(days=30), [task(hours="80.5", agent="60")])
    day(APRIL_12 - timedelta(days=31), [task(hours="9999", agent="1")])
    draft(APRIL_12 - timedelta(days=2), [task(hours="5000")])
    return figures_of(stored)


def test_april_12_in_figures(april: DayFigures):
    assert {name: april[name].text for name in APRIL_12_SAYS} == APRIL_12_SAYS
    assert all(april[name].origin for name in APRIL_12_SAYS)


def test_counts_read_in_words(april: DayFigures):
    assert april["tasks"].written("words") == "thirty-seven"
    assert april["without.largest.1-2.tasks"].written("Words") == "Thirty-five"


def test_every_name_on_offer_is_one_and_has_a_figure_or_a_reason(april: DayFigures):
    assert len(april) > 400
    for name in april:
        assert april[name].text
        assert april[name].origin or april[name].missing


def test_what_is_not_known_is_a_dash_with_its_reason():
    figures = figures_of(
        day(tasks=[task(supervision=None), task(agent=None, hours=None, supervision=None)], status="draft")
    )
    for name in ("supervisory_factor", "supervisory_minutes", "previous.hours", "change.hours", "tokens"):
        assert (figures[name].text, bool(figures[name].missing)) == ("—", True)
    assert figures["top.2.factor"].missing == ("Of this day’s tasks 1 can be ranked, so there is no top.2.")
    assert figures["factor"].origin.endswith("over 1 of 2 tasks")


def test_minutes_that_are_only_about_right_are_marked_as_in_tables():
    figures = figures_of(day(tasks=[task(agent_minutes_source=FigureSource.APPROXIMATE)]))
    assert (figures["factor"].text, figures["task.1.minutes"].text, figures["hours"].text) == (
        "~48.0×",
        "~10",
        "8",
    )
    assert figures["factor"].value == "48.0"


def test_the_page_shows_them_and_each_leads_to_its_rows(client):
    april_12(lede="**{{ tasks|Words }}** tasks, {{ share.largest.1-2.hours }}, led by {{ top.1.name }}.")
    lede = part(html_of(client.get(RECORD)), 'id="lede">', "</div>")
    assert text_of(lede) == "Thirty-seven tasks, 52 %, led by Student simulator."
    assert 'href="#t1" title="Task 1 of the log"' in lede
    narrowed = html_of(client.get(f"{RECORD}?category=testing"))
    assert f'href="{RECORD}#t1"' in part(narrowed, 'id="lede">', "</div>")


def test_the_first_page_leads_to_the_record(client):
    april_12(lede="{{ largest.1-2.hours }} by {{ category.testing.tasks|words }}")
    lede = part(html_of(client.get("/")), '<div class="prose">', "</div>")
    assert text_of(lede) == "640 by four"
    assert f'href="{RECORD}#log"' in lede


def test_a_draft_leads_nowhere_that_is_not_public(admin_client):
    draft(tasks=[task()], lede="{{ top.1.name }} [the task](task:1)")
    lede = part(html_of(admin_client.get(f"{RECORD}preview/")), 'id="lede">', "</div>")
    assert text_of(lede) == "Parser the task"
    assert "/tasks/" not in lede


def test_days_that_are_not_asked_for_are_not_read(client, django_assert_num_queries):
    april_12(lede="{{ hours }} {{ top.1.name }} {{ category.testing.factor }} {{ share.largest.1-2.hours }}")
    day(APRIL_12 - timedelta(days=1), [task()])
    with django_assert_num_queries(4):
        client.get(RECORD)


def test_all_other_days_are_read_in_three_queries(client, django_assert_max_num_queries):
    april_12(
        lede="{{ previous.hours }} {{ change.factor }} {{ week.hours }} {{ recent.factor }} {{ recent.days }}"
    )
    day(APRIL_12 - timedelta(days=1), [task()])
    with django_assert_max_num_queries(12):
        assert "48.0×" in page_text(client, RECORD)


def test_days_that_are_not_public_count_nowhere(client):
    april_12(lede="{{ previous.date }} {{ recent.hours }}")
    draft(APRIL_12 - timedelta(days=1), [task()])
    day(APRIL_12 - timedelta(days=2), [task()], published_at="2099-01-01T00:00:00Z")
    assert text_of(part(html_of(client.get(RECORD)), 'id="lede">', "</div>")) == "— —"


# Kept by id -------------------------------------------------------------------------------------------------


def test_a_task_typed_by_position_stays_the_same_when_rows_move(client):
    made = day(tasks=[task("Alpha"), task("Beta", hours="16")], lede="{{ task.2.name }} [it](task:2)")
    alpha, beta = Task.objects.order_by("position")
    assert made.lede == f"{{{{ task.id{beta.pk}.name }}}} [it](task:id{beta.pk})"
    publishing.save_day(Day.objects.get(), [beta, task("New"), alpha], reason="task missed")
    lede = part(html_of(client.get(RECORD)), 'id="lede">', "</div>")
    assert text_of(lede) == "Beta it"
    assert f'href="/tasks/{beta.pk}/"' in lede
    assert 'href="#t1"' in lede


def test_a_target_that_is_gone_is_told(client):
    day(tasks=[task("Alpha"), task("Beta")], lede="{{ task.2.hours }} [it](task:2)")
    stored, alpha = Day.objects.get(), Task.objects.get(description="Alpha")
    publishing.save_day(stored, [alpha], reason="typing error")
    assert text_of(part(html_of(client.get(RECORD)), 'id="lede">', "</div>")) == "— it"
    assert len(list(missing_figures(stored.lede, figures_of(stored)))) == 2


def test_revisions_keep_ids_and_the_archive_has_positions():
    made = day(tasks=[task("Alpha"), task("Beta")], analysis="{{ task.2.hours }} [it](task:1)")
    assert made.revisions.get().snapshot["analysis"] == made.analysis
    exported = json.loads(next(days(Scope(), written=lambda _: None)))
    assert exported["analysis"] == "{{ task.2.hours }} [it](task:1)"


def test_days_stored_in_bulk_keep_their_tasks_too():
    publishing.add_days([NewDay(Day(date=APRIL_12, lede="{{ task.1.name }}"), [task("Alpha")])])
    stored = Day.objects.get()
    assert stored.lede == f"{{{{ task.id{Task.objects.get().pk}.name }}}}"
    assert stored.revisions.get().snapshot["lede"] == stored.lede


def test_a_renamed_or_merged_category_is_still_found():
    testing, other = category("Testing"), category("Other")
    stored = day(tasks=[task(category=testing)])
    testing.slug = "tests"
    publishing.save_category(testing)
    assert figures_of(stored)["category.testing.hours"].text == "8"
    publishing.merge_categories(Category.objects.get(slug="tests"), other)
    assert figures_of(stored)["category.tests.hours"].text == "8"


def test_a_category_without_tasks_counts_none():
    stored = day(tasks=[task(hours=str(Decimal(8)))])
    category("Testing")
    figures = figures_of(stored)
    assert figures["category.testing.tasks"].text == "0"
    assert figures["category.testing.factor"].missing
