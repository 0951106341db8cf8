"""Fragments and rows that are made once for the same values, and never shown for others."""

from decimal import Decimal

import pytest
from django.template import Context, engines
from django.utils.html import format_html

from records.models import Day, Task
from records.templatetags.kept import kept
from records.templatetags.rows import task_rows
from tests.pages import april_12

HEADER = "components/site_header.html"


def row_of(task: Task, **page: object) -> str:
    """The row of a task on a page that says this much."""
    return task_rows(Context(page), [task], "Claude")


def test_a_fragment_is_made_once_for_the_same_values():
    first = kept(HEADER, section="tasks", site_name="A site")
    assert kept(HEADER, section="tasks", site_name="A site") is first
    assert "Another" in kept(HEADER, section="tasks", site_name="Another")


def test_it_sees_nothing_but_what_it_is_given():
    template = engines["django"].from_string(
        '{% load kept %}{% kept "components/site_header.html" section=section %}'
    )
    assert "A site" not in template.render({"section": "tasks", "site_name": "A site"})


def test_what_is_safe_is_not_taken_for_what_only_reads_the_same():
    safe = kept(HEADER, section="tasks", site_name=format_html("<b>{}</b>", "A"))
    assert "<b>A</b>" in safe
    assert "<b>A</b>" not in kept(HEADER, section="tasks", site_name="<b>A</b>")


def test_rows_of_the_database_are_refused_as_values():
    with pytest.raises(TypeError, match="Give its fields"):
        kept(HEADER, site=Day(pk=1))
    with pytest.raises(TypeError, match="Give its fields"):
        kept(HEADER, days=[Day(pk=1)])


@pytest.mark.django_db
def test_a_row_follows_every_value_that_it_shows():
    task = april_12().tasks.order_by("pk")[0]
    before = row_of(task)
    assert row_of(Task.objects.get(pk=task.pk)) == before
    changes = {"position": 99, "name": "<Renamed>", "human_hours": Decimal("7.25"), "category": None}
    for name, value in changes.items():
        changed = Task.objects.get(pk=task.pk)
        setattr(changed, name, value)
        assert row_of(changed) != before, name
        assert "<Renamed>" not in row_of(changed)
    assert row_of(task, unpublished=True) != before
    assert row_of(task, show_day=True) != before
    assert row_of(task, hide_category=True) != before
